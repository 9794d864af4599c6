"""A weight multiplied by what comes in by another edge."""

from __future__ import annotations

from collections.abc import Iterator

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import Slip, name_text


def _slips(case: Case) -> Iterator[Slip]:
    pencil, row = case.pencil, case.row
    edge = None if pencil is None else pencil.network.edge_by_id.get(case.parameter or "")
    if pencil is None or edge is None or row is None or not case.asks("product"):
        return
    for other in pencil.network.incoming[edge.target]:
        if other.id != edge.id and not other.muted:
            source = name_text(pencil.network.title(edge.source))
            message = f"{name_text(edge.id)} stands on the edge from {source}: take what comes in there."
            yield Slip(edge.weight * pencil.a(other.source, row), message, "another edge's input is taken")
            yield Slip(
                pencil.product(other, row),
                f"That is the product on the edge {name_text(other.id)}.",
                "another edge is taken",
            )


PLUGIN = KnownError("other_input", "Took what comes in by another edge", _slips, order=36)
