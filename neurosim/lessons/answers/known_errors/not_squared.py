"""Residuals that are not squared, or are doubled where they should be."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors._squares import has_squares
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.rounding import size
from neurosim.lessons.answers.slips import Slip
from neurosim.numbers.exact import Number

_ADDED = "These are the residuals, added up. Square each one first: signs must not cancel."
_DOUBLED = "Squaring is multiplying by itself, not by 2."
_BRIEF = "the residuals are not squared"
_TWICE = "they are doubled instead of squared"


def _slips(case: Case) -> Iterator[Slip]:
    pencil = case.pencil
    if pencil is None or not has_squares(case):
        return
    if case.asks("square", "rowloss") and case.row is not None:
        r = pencil.residual(case.row)
        yield Slip(r, "That is the residual itself. Its square is asked for.", _BRIEF)
        yield Slip(size(r), "That is the size of the residual. Its square is asked for.", _BRIEF)
        yield Slip(2 * r, _DOUBLED, _TWICE)
        yield Slip(2 * size(r), _DOUBLED, _TWICE)
        yield Slip(-r * r, "A square is never below 0: the minus is squared too.", "the minus is not squared")
    if case.asks("loss", "squares"):
        total: Number = sum((pencil.residual(row) for row in pencil.rows), Fraction(0))
        factor = pencil.factor if case.asks("loss") else Fraction(1)
        yield Slip(factor * total, _ADDED, _BRIEF)
        yield Slip(factor * size(total), _ADDED, _BRIEF)
        yield Slip(2 * factor * total, _DOUBLED, _TWICE)


PLUGIN = KnownError("not_squared", "Did not square the residuals", _slips, order=20)
