"""The cross-entropy of the other label: ln(1 − ŷ) where y = 1, or ln ŷ where y = 0."""

from __future__ import annotations

import math
from collections.abc import Iterator

from neurosim.algebra.expression import ONE, Expression, Function, Negation, Sum
from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors._formulas import formula_changes
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import Slip

_MESSAGE = "That is the loss of the other label. With y = 1 only ln ŷ counts, with y = 0 only ln(1 − ŷ)."
_BRIEF = "the labels are exchanged"


def _change(part: Expression) -> Iterator[tuple[Expression, Expression]]:
    """ln(1 − p) for ln p, and the other way round."""
    if isinstance(part, Function) and part.name == "ln":
        yield Function("ln", Sum((ONE, Negation(part.argument)))), part


def _slips(case: Case) -> Iterator[Slip]:
    for value, _ in formula_changes(case, _change):
        yield Slip(value, _MESSAGE, _BRIEF)
    pencil = case.pencil
    if pencil is None or pencil.neuron is None or pencil.settings.loss != "cross_entropy":
        return
    if not case.asks("rowloss", "loss"):
        return
    rows = pencil.rows if case.asks("loss") else () if case.row is None else (case.row,)
    total = 0.0
    for row in rows:
        p, y = float(pencil.a(pencil.neuron.id, row)), float(pencil.y(pencil.neuron.id, row))
        if not 0 < p < 1:
            return
        total += -(1 - y) * math.log(p) - y * math.log(1 - p)
    if rows:
        yield Slip(total * float(pencil.factor if case.asks("loss") else 1), _MESSAGE, _BRIEF)


PLUGIN = KnownError("wrong_label", "Took the loss of the other label", _slips, order=12)
