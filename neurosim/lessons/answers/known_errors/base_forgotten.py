"""An exponential of another base than e without its factor ln a."""

from __future__ import annotations

from collections.abc import Iterator

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors._careless import careless
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import FormulaSlip

_MESSAGE = "That is the rule for the base e. Another base a brings a factor ln(a)."
_BRIEF = "the factor ln(a) is left out"


def _formulas(case: Case) -> Iterator[FormulaSlip]:
    if case.derived is not None:
        for formula in careless(*case.derived, "base_forgotten"):
            yield FormulaSlip(formula, _MESSAGE, _BRIEF)


PLUGIN = KnownError("base_forgotten", "Left out the factor ln a", formulas=_formulas, order=26)
