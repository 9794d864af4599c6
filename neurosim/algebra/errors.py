"""What can go wrong in algebra, each with the sentence that the user reads."""

from __future__ import annotations


class AlgebraError(ValueError):
    """Something cannot be done; the message is a sentence for the user."""


class ParseError(AlgebraError):
    """A typed formula is not understood.

    Attributes:
        position: place in the typed text, counted from 0, at which reading stopped.
        read: what was understood up to there, with explicit brackets; empty when nothing was.
    """

    def __init__(self, sentence: str, position: int, read: str = "") -> None:
        super().__init__(sentence)
        self.position = position
        self.read = read


class EvaluationError(AlgebraError):
    """An expression has no value at a point."""


class TooLargeError(AlgebraError):
    """An expression or a derivation grows beyond what can be worked through by hand or shown."""
