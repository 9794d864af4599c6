"""The integral where the derivative is asked for: the power goes up instead of down."""

from __future__ import annotations

from collections.abc import Iterator

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors._antiderivative import antiderivative
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import FormulaSlip

_MESSAGE = "It looks like you have integrated: the derivative of what you typed is the function that was given."


def _formulas(case: Case) -> Iterator[FormulaSlip]:
    if case.derived is not None:
        found = antiderivative(*case.derived)
        if found is not None:
            yield FormulaSlip(found, _MESSAGE, "it is integrated")


PLUGIN = KnownError("integrated", "Integrated instead of differentiating", formulas=_formulas, order=32)
