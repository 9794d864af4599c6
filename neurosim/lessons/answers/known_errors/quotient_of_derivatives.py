"""A quotient differentiated above and below: f'/g'."""

from __future__ import annotations

from collections.abc import Iterator

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors._careless import careless
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import FormulaSlip

_MESSAGE = "Above and below cannot be differentiated each for itself: the quotient rule has three parts."
_BRIEF = "the derivatives are divided"


def _formulas(case: Case) -> Iterator[FormulaSlip]:
    if case.derived is not None:
        for formula in careless(*case.derived, "quotient_of_derivatives"):
            yield FormulaSlip(formula, _MESSAGE, _BRIEF)


PLUGIN = KnownError("quotient_of_derivatives", "Divided the derivatives", formulas=_formulas, order=26)
