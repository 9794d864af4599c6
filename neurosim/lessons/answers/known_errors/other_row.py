"""The right quantity of another row."""

from __future__ import annotations

from collections.abc import Iterator

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.pencil import Pencil
from neurosim.lessons.answers.slips import Slip
from neurosim.numbers.exact import Number


def _slips(case: Case) -> Iterator[Slip]:
    pencil, row = case.pencil, case.row
    if pencil is None or row is None:
        return
    for other in pencil.rows:
        value = _value(case, pencil, other) if other != row else None
        if value is not None:
            message = f"That is right for row {other + 1}. Row {row + 1} is asked for."
            yield Slip(value, message, f"row {other + 1} is taken")


def _value(case: Case, pencil: Pencil, row: int) -> Number | None:
    if case.asks("output", "value") and case.node is not None:
        return pencil.a(case.node, row)
    if case.asks("z") and case.node is not None:
        return pencil.z(case.node, row)
    edge = pencil.network.edge_by_id.get(case.parameter or "")
    if case.asks("product") and edge is not None:
        return pencil.product(edge, row)
    if case.asks("residual"):
        return pencil.residual(row)
    if case.asks("square"):
        return pencil.residual(row) * pencil.residual(row)
    return None


PLUGIN = KnownError("other_row", "Took another row", _slips, order=40)
