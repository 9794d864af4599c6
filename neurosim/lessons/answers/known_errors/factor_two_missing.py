"""The factor 2 that the derivative of a square brings is missing."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from neurosim.algebra.expression import TWO, Power, Quotient, walk
from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors._squares import has_factor_two
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.pencil import Twist
from neurosim.lessons.answers.slips import FormulaSlip, Slip

_MESSAGE = "Check the power rule on r²: what comes down in front?"
_BRIEF = "the factor 2 is missing"


def _slips(case: Case) -> Iterator[Slip]:
    if has_factor_two(case):
        yield from case.twisted(Twist(times=Fraction(1, 2)), _MESSAGE, _BRIEF)


def _formulas(case: Case) -> Iterator[FormulaSlip]:
    if case.right_formula is not None and (case.asks("gradient") or _has_square(case)):
        yield FormulaSlip(Quotient(case.right_formula, TWO), "Check the power rule: what comes down in front?", _BRIEF)


def _has_square(case: Case) -> bool:
    """Whether the function to be differentiated has a square in it, which brings a 2."""
    squares = case.derived is not None and walk(case.derived[0])
    return any(isinstance(part, Power) and part.exponent == TWO for _, part in squares or ())


PLUGIN = KnownError("factor_two_missing", "Lost the factor 2 of the square's derivative", _slips, _formulas, order=12)
