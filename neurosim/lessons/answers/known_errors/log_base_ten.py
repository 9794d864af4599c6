"""The logarithm to base 10 where the natural one is meant."""

from __future__ import annotations

import math
from collections.abc import Iterator

from neurosim.algebra.expression import Expression, Function, Quotient, number, walk
from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors._formulas import formula_changes
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import FormulaSlip, Slip

_MESSAGE = "That is the logarithm to base 10 (the key log). The loss takes the natural one, the key ln."
_BRIEF = "the logarithm is taken to base 10"
_LN_TEN = Function("ln", number(10))


def _change(part: Expression) -> Iterator[tuple[Expression, Expression]]:
    if isinstance(part, Function) and part.name == "ln":
        yield Quotient(part, _LN_TEN), part


def _slips(case: Case) -> Iterator[Slip]:
    for value, _ in formula_changes(case, _change):
        yield Slip(value, _MESSAGE, _BRIEF)
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
            yield FormulaSlip(
                Quotient(right, _LN_TEN), "ln is the logarithm to base e: there is no factor ln(10).", _BRIEF
            )


PLUGIN = KnownError("log_base_ten", "Took the logarithm to base 10", _slips, _formulas, order=10)
