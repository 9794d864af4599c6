"""What ends a command early, with the exit code 2 and one sentence."""

from __future__ import annotations


class UsageError(Exception):
    """A command cannot be carried out as asked; the message is the sentence that goes to stderr."""
