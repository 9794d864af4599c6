"""Slips in a neuron's sum, carried on into its output, its residual and the square of that."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.slips import Slip
from neurosim.numbers.exact import Number

WrongSum = Callable[[list[Number], list[Number], Number], Number]
"""``(weights, inputs, bias)`` to the sum that the slip gives."""


def forward_slip(case: Case, wrong: WrongSum, message: str, brief: str) -> Iterator[Slip]:
    """The slip in a question for the sum of a neuron or for what comes out of it."""
    pencil, node, row = case.pencil, case.node, case.row
    if pencil is None or node is None or row is None or not case.asks("z", "value", "output"):
        return
    if not case.asks("z") and case.knows(f"z:{node}:{row + 1}"):
        return  # the sum is known: a slip on the way to it is none that was made here
    edges = [edge for edge in pencil.network.incoming[node] if not edge.muted]
    inputs = [pencil.a(edge.source, row) for edge in edges]
    z = wrong([edge.weight for edge in edges], inputs, pencil.bias(node))
    value = z if case.asks("z") else pencil.activate(node, z)
    yield Slip(value, message, brief)
