"""Checking answers: read before judged, equal in any form, and known slips named; no Qt and no ``eval``.

``check(text, question, earlier)`` is the whole of it; ``how_read`` says how a text is read while it is typed.
"""

from __future__ import annotations

from neurosim.lessons.answers.check import check, check_fields, how_read

__all__ = ["check", "check_fields", "how_read"]
