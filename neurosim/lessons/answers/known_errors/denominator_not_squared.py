"""The quotient rule without the square below."""

from __future__ import annotations

from collections.abc import Iterator

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors._careless import careless
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import FormulaSlip

_MESSAGE = "Look at what stands below in the rule for a quotient or for 1/g: the denominator is squared."
_BRIEF = "the denominator is not squared"


def _formulas(case: Case) -> Iterator[FormulaSlip]:
    if case.derived is not None:
        for formula in careless(*case.derived, "denominator_not_squared"):
            yield FormulaSlip(formula, _MESSAGE, _BRIEF)


PLUGIN = KnownError("denominator_not_squared", "Left the denominator unsquared", formulas=_formulas, order=28)
