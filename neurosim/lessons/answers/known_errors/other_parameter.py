"""The number of another edge where a weight or a bias is to be read off."""

from __future__ import annotations

from collections.abc import Iterator

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.pencil import Pencil
from neurosim.lessons.answers.slips import Slip, name_text


def _slips(case: Case) -> Iterator[Slip]:
    pencil = case.pencil
    if pencil is None or case.parameter is None or not case.asks("edge", "bias"):
        return
    for other in pencil.network.parameters:
        if other != case.parameter:
            message = f"That number stands on {_edge(pencil, other)}. Look at {_edge(pencil, case.parameter)}."
            yield Slip(pencil.value(other), message, "the number of another edge is taken")


def _edge(pencil: Pencil, parameter: str) -> str:
    edge = pencil.network.edge_by_id.get(parameter)
    if edge is not None:
        return f"the edge from {name_text(pencil.network.title(edge.source))}"
    return "the edge from the constant 1"


PLUGIN = KnownError("other_parameter", "Took the number of another edge", _slips, order=30)
