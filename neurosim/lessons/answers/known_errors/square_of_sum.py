"""The square of the sum instead of the sum of the squares."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors._squares import has_squares
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import Slip
from neurosim.numbers.exact import Number

_MESSAGE = "The residuals were added before they were squared. Square each one, then add."


def _slips(case: Case) -> Iterator[Slip]:
    pencil = case.pencil
    if pencil is None or not has_squares(case) or pencil.n < 2 or not case.asks("loss", "squares"):
        return
    total: Number = sum((pencil.residual(row) for row in pencil.rows), Fraction(0))
    factor = pencil.factor if case.asks("loss") else Fraction(1)
    yield Slip(factor * total * total, _MESSAGE, "the sum is squared")
    if case.asks("loss"):
        yield Slip(factor * factor * total * total, _MESSAGE, "the mean is squared")


PLUGIN = KnownError("square_of_sum", "Squared the sum", _slips, order=24)
