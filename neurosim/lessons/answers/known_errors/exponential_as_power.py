"""The power rule on an exponential: x e^(x − 1)."""

from __future__ import annotations

from collections.abc import Iterator

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors._careless import careless
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import FormulaSlip

_MESSAGE = "Here the variable is in the exponent: that is an exponential, not a power."
_BRIEF = "the power rule is used on an exponential"


def _formulas(case: Case) -> Iterator[FormulaSlip]:
    if case.derived is not None:
        for formula in careless(*case.derived, "exponential_as_power"):
            yield FormulaSlip(formula, _MESSAGE, _BRIEF)


PLUGIN = KnownError("exponential_as_power", "Used the power rule on an exponential", formulas=_formulas, order=26)
