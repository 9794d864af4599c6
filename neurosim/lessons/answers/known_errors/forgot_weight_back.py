"""What comes back is passed on without the weight of the edge that it comes back along."""

from __future__ import annotations

from collections.abc import Iterator

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.pencil import Twist
from neurosim.lessons.answers.slips import Slip


def _slips(case: Case) -> Iterator[Slip]:
    pencil = case.pencil
    if pencil is None or case.parameter is None or not pencil.network.outgoing[pencil.into(case.parameter)]:
        return
    message = "What comes back passes the edge to the later neuron: its weight is a factor."
    yield from case.twisted(Twist(without_weights=True), message, "the weight of the later edge is left out")


PLUGIN = KnownError("forgot_weight_back", "Left out the later weight on the way back", _slips, order=11)
