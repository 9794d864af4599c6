"""The sum where the output is asked for: the activation is not applied."""

from __future__ import annotations

from collections.abc import Iterator

from neurosim.engine.network import Neuron
from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import Slip


def _slips(case: Case) -> Iterator[Slip]:
    pencil, node, row = case.pencil, case.node, case.row
    if pencil is None or node is None or row is None:
        return
    neuron = pencil.network.node_by_id[node]
    if not isinstance(neuron, Neuron) or neuron.activation == "identity":
        return
    if case.asks("output", "value"):
        message = "That is the sum z. The output is f(z): apply the activation."
        yield Slip(pencil.z(node, row), message, "the activation is left out")
    if case.asks("z"):
        message = "That is the output f(z). The sum before the activation is asked for."
        yield Slip(pencil.a(node, row), message, "the output is given")


PLUGIN = KnownError("forgot_activation", "Left out the activation", _slips, order=9)
