"""What can be wrong with a typed number; each message is the sentence that the user reads."""

from __future__ import annotations


class NumberError(ValueError):
    """A text is not understood as a number; the message quotes what was not understood and where."""


class AmbiguousNumberError(NumberError):
    """A text can be read as two different numbers, and the user has to choose."""
