"""The numerator of the quotient rule the other way round: fg' − f'g."""

from __future__ import annotations

from collections.abc import Iterator

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors._careless import careless
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import FormulaSlip

_MESSAGE = "In the quotient rule the derivative of the numerator comes first: f'g − fg'."
_BRIEF = "the quotient rule is turned round"


def _formulas(case: Case) -> Iterator[FormulaSlip]:
    if case.derived is not None:
        for formula in careless(*case.derived, "quotient_turned"):
            yield FormulaSlip(formula, _MESSAGE, _BRIEF)


PLUGIN = KnownError("quotient_turned", "Turned the quotient rule round", formulas=_formulas, order=24)
