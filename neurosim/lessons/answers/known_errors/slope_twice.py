"""The factor σ(1 − σ) applied again, where cross-entropy and sigmoid together have cancelled it."""

from __future__ import annotations

from collections.abc import Iterator

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.pencil import Pencil
from neurosim.lessons.answers.slips import Slip
from neurosim.numbers.exact import Number

_MESSAGE = "The factor σ(z)(1 − σ(z)) has cancelled already: ŷ − y is the derivative by z, not by ŷ."


def _slips(case: Case) -> Iterator[Slip]:
    pencil = case.pencil
    if pencil is None or pencil.settings.loss != "cross_entropy" or pencil.neuron is None:
        return
    output = pencil.neuron.id

    def wrong(found: Pencil, parameter: str) -> Number:
        edge = found.network.edge_by_id.get(parameter)
        total: Number = 0.0
        for row in found.rows:
            factor: Number = 1.0 if edge is None else found.a(edge.source, row)
            total = total + found.residual(row) * found.slope(output, row) * factor
        return found.factor * total

    if case.parameter is not None and pencil.into(case.parameter) == output:
        yield from case.on_gradient(wrong, _MESSAGE, "the factor of the sigmoid is applied twice")


PLUGIN = KnownError("slope_twice", "Applied the factor of the sigmoid twice", _slips, order=15)
