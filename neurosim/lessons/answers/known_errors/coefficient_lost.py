"""A constant factor lost: the derivative of 3x taken as 1, or that of ax by a as 1."""

from __future__ import annotations

from collections.abc import Iterator

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors._careless import careless
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import FormulaSlip

_MESSAGE = "What stands beside the variable as a factor stays: the derivative of 3x is 3."
_BRIEF = "a constant factor is lost"


def _formulas(case: Case) -> Iterator[FormulaSlip]:
    if case.derived is not None:
        for formula in careless(*case.derived, "coefficient_lost"):
            yield FormulaSlip(formula, _MESSAGE, _BRIEF)


PLUGIN = KnownError("coefficient_lost", "Lost a constant factor", formulas=_formulas, order=16)
