"""A minus inside that is lost on the way: the derivative of −x taken as 1."""

from __future__ import annotations

from collections.abc import Iterator

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors._careless import careless
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import FormulaSlip

_MESSAGE = "One minus is lost on the way: what is the derivative of the innermost part?"
_BRIEF = "the derivative of the innermost minus is lost"


def _formulas(case: Case) -> Iterator[FormulaSlip]:
    if case.derived is not None:
        for formula in careless(*case.derived, "inner_sign_lost"):
            yield FormulaSlip(formula, _MESSAGE, _BRIEF)


PLUGIN = KnownError("inner_sign_lost", "Lost the minus of the inside", formulas=_formulas, order=7)
