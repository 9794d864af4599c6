"""The power rule without the factor n: x^(n − 1)."""

from __future__ import annotations

from collections.abc import Iterator

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors._careless import careless
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import FormulaSlip

_MESSAGE = "The exponent has been lowered. Where does it stand as a factor?"
_BRIEF = "the exponent is not a factor"


def _formulas(case: Case) -> Iterator[FormulaSlip]:
    if case.derived is not None:
        for formula in careless(*case.derived, "exponent_not_brought_down"):
            yield FormulaSlip(formula, _MESSAGE, _BRIEF)


PLUGIN = KnownError("exponent_not_brought_down", "Lost the exponent as a factor", formulas=_formulas, order=13)
