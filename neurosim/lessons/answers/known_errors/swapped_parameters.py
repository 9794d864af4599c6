"""Weight and bias, or two weights, exchanged: b x + a."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors._forward import forward_slip
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import Slip
from neurosim.numbers.exact import Number

_MOST = 3
"""Numbers that are exchanged: of more there are too many ways, and one of them always fits."""


def _slips(case: Case) -> Iterator[Slip]:
    pencil, node = case.pencil, case.node
    if pencil is None or node is None:
        return
    count = len([edge for edge in pencil.network.incoming[node] if not edge.muted]) + 1
    if not 2 <= count <= _MOST:
        return
    for order in list(permutations(range(count)))[1:]:

        def exchanged(
            weights: list[Number], inputs: list[Number], bias: Number, order: tuple[int, ...] = order
        ) -> Number:
            mixed = [(*weights, bias)[i] for i in order]
            return sum((w * x for w, x in zip(mixed, [*inputs, Fraction(1)], strict=True)), Fraction(0))

        message = "Two numbers have changed places: which one stands on which edge?"
        yield from forward_slip(case, exchanged, message, "two parameters are exchanged")


PLUGIN = KnownError("swapped_parameters", "Exchanged two parameters", _slips, order=12)
