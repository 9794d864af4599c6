"""The rectifier used the wrong way round: 0 for what is above it, or the size without the sign."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from neurosim.engine.network import Neuron
from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import Slip


def _slips(case: Case) -> Iterator[Slip]:
    pencil, node, row = case.pencil, case.node, case.row
    if pencil is None or node is None or row is None or not case.asks("output", "value"):
        return
    neuron = pencil.network.node_by_id[node]
    if not isinstance(neuron, Neuron) or neuron.activation != "relu":
        return
    z = pencil.z(node, row)
    if z > 0:
        message = "The rectifier makes 0 only of what is below 0. On which side of 0 is z?"
        yield Slip(Fraction(0), message, "the rectifier is turned round")
    elif z < 0:
        message = "That is the size of z without its sign. The rectifier passes the larger of 0 and z."
        yield Slip(-z, message, "the sign of z is left out")


PLUGIN = KnownError("rectifier_turned", "Turned the rectifier round", _slips, order=8)
