"""A product differentiated factor by factor: f'g' instead of f'g + fg'."""

from __future__ import annotations

from collections.abc import Iterator

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors._careless import careless
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import FormulaSlip

_MESSAGE = "A product is not differentiated factor by factor: each factor takes its turn, and the two are added."
_BRIEF = "the derivatives are multiplied"


def _formulas(case: Case) -> Iterator[FormulaSlip]:
    if case.derived is not None:
        for formula in careless(*case.derived, "product_of_derivatives"):
            yield FormulaSlip(formula, _MESSAGE, _BRIEF)


PLUGIN = KnownError("product_of_derivatives", "Multiplied the derivatives of the factors", formulas=_formulas, order=22)
