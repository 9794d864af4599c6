"""The sizes of the residuals added up, instead of their squares."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors._squares import has_squares
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.rounding import size
from neurosim.lessons.answers.slips import Slip
from neurosim.numbers.exact import Number

_MESSAGE = "That adds up the lengths of the residuals. The loss here adds up their squares."


def _slips(case: Case) -> Iterator[Slip]:
    pencil = case.pencil
    if pencil is None or not has_squares(case) or not case.asks("loss", "squares"):
        return
    total: Number = sum((size(pencil.residual(row)) for row in pencil.rows), Fraction(0))
    yield Slip(total * (pencil.factor if case.asks("loss") else 1), _MESSAGE, "the absolute values are added up")


PLUGIN = KnownError("absolute_values", "Added up absolute values", _slips, order=22)
