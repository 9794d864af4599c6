"""Weights added to the inputs, or left out, where they multiply them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors._forward import forward_slip
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import Slip
from neurosim.numbers.exact import Number

_MESSAGE = "A weight is a multiplier on its edge: the input is multiplied by it."


def _slips(case: Case) -> Iterator[Slip]:
    def added(weights: list[Number], inputs: list[Number], bias: Number) -> Number:
        return sum((w + x for w, x in zip(weights, inputs, strict=True)), Fraction(0)) + bias

    def unweighted(_weights: list[Number], inputs: list[Number], bias: Number) -> Number:
        return sum(inputs, Fraction(0)) + bias

    pencil, row = case.pencil, case.row
    edge = None if pencil is None else pencil.network.edge_by_id.get(case.parameter or "")
    if case.asks("product") and pencil is not None and edge is not None and row is not None:
        yield Slip(edge.weight + pencil.a(edge.source, row), _MESSAGE, "the weight is added to the input")
        return
    yield from forward_slip(case, added, _MESSAGE, "the weights are added to the inputs")
    yield from forward_slip(case, unweighted, _MESSAGE, "the weights are left out")


PLUGIN = KnownError("sum_for_product", "Added the weight or left it out", _slips, order=18)
