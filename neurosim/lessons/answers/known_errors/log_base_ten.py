"""The logarithm to base 10 where the natural one is meant."""

from __future__ import annotations

import math
from collections.abc import Iterator

from neurosim.algebra.expression import Function, Quotient, number, walk
from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import FormulaSlip, Slip

_MESSAGE = "That is the logarithm to base 10 (the key log). The loss takes the natural one, the key ln."
_BRIEF = "the logarithm is taken to base 10"


def _slips(case: Case) -> Iterator[Slip]:
    expected = case.expected
    if expected is None:
        return
    entropy = case.pencil is not None and case.pencil.settings.loss == "cross_entropy" and case.asks("loss", "rowloss")
    if entropy or case.asks("logarithm"):
        yield Slip(float(expected) / math.log(10), _MESSAGE, _BRIEF)


def _formulas(case: Case) -> Iterator[FormulaSlip]:
    if case.derived is None:
        return
    if any(isinstance(part, Function) and part.name == "ln" for _, part in walk(case.derived[0])):
        right = case.right_formula
        if right is not None:
            ten = Function("ln", number(10))
            yield FormulaSlip(Quotient(right, ten), "ln is the logarithm to base e: there is no factor ln(10).", _BRIEF)


PLUGIN = KnownError("log_base_ten", "Took the logarithm to base 10", _slips, _formulas, order=10)
