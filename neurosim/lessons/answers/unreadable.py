"""What is raised for an answer that cannot be read: no attempt, and no score is lost by it."""

from __future__ import annotations


class UnreadableError(ValueError):
    """The answer is not understood; the message says where reading stopped and what would be readable."""
