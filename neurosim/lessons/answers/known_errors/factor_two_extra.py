"""A factor 2 that is not there, or that stands there twice."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from neurosim.algebra.expression import TWO, Product
from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors._squares import has_factor_two
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.pencil import Twist
from neurosim.lessons.answers.slips import FormulaSlip, Slip

_TWICE = "The factor 2 of the square stands in it once too often: count the twos."
_NONE = "There is a factor 2 in it that the loss does not bring: which rule gave it?"


def _slips(case: Case) -> Iterator[Slip]:
    message = _TWICE if has_factor_two(case) else _NONE
    yield from case.twisted(Twist(times=Fraction(2)), message, "there is a factor 2 too many")


def _formulas(case: Case) -> Iterator[FormulaSlip]:
    if case.right_formula is not None and case.asks("gradient", "derivative"):
        message = "There is a factor 2 too many: which rule gave it?"
        yield FormulaSlip(Product((TWO, case.right_formula)), message, "there is a factor 2 too many")


PLUGIN = KnownError("factor_two_extra", "Took the factor 2 once too often", _slips, _formulas, order=30)
