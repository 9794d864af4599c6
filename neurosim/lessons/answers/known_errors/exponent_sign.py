"""e^z where e^−z stands in the sigmoid: σ(−z) comes out."""

from __future__ import annotations

from collections.abc import Iterator

from neurosim.engine.network import Neuron
from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import Slip


def _slips(case: Case) -> Iterator[Slip]:
    pencil, node, row = case.pencil, case.node, case.row
    if pencil is None or node is None or row is None or not case.asks("output", "value"):
        return
    neuron = pencil.network.node_by_id[node]
    if isinstance(neuron, Neuron) and neuron.activation == "sigmoid":
        message = "Look at the exponent: σ(z) has e to the power of minus z, and is above 1/2 where z is above 0."
        yield Slip(1 - pencil.a(node, row), message, "the minus in the exponent is lost")


PLUGIN = KnownError("exponent_sign", "Lost the minus in the exponent", _slips, order=13)
