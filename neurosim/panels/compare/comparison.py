"""Two snapshots side by side: every number of both, found when it is asked for."""

from __future__ import annotations

from typing import Literal

from neurosim.engine.objective import reduction_factor
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.records import dataclass
from neurosim.working.shares import row_shares

Kind = Literal["loss", "parameter", "gradient", "prediction", "residual", "row_loss"]
Key = str | tuple[str, int]
"""A parameter's id, ``LOSS`` or ``PENALTY``; or an output node and a row."""
Pair = tuple[Number | None, Number | None]

LOSS, PENALTY = "", "penalty"


@dataclass(frozen=True)
class Section:
    """A group of numbers of one kind, one for each key."""

    kind: Kind
    keys: tuple[Key, ...]

    def __len__(self) -> int:
        return len(self.keys)


class Comparison:
    """Owns two snapshots and the losses of their rows that were asked for."""

    def __init__(self, before: Snapshot, after: Snapshot) -> None:
        self.before = before
        self.after = after
        self.sections = _sections(before, after)
        self._losses: dict[tuple[bool, int], Number | None] = {}

    def pair(self, section: Section, line: int) -> Pair:
        """Both numbers of a line; ``None`` where there is none."""
        key = section.keys[line]
        return self._value(self.before, section.kind, key, False), self._value(self.after, section.kind, key, True)

    def _value(self, snapshot: Snapshot, kind: Kind, key: Key, after: bool) -> Number | None:
        if kind == "loss":
            return snapshot.penalty if key == PENALTY else snapshot.loss
        if isinstance(key, str):
            return (snapshot.network.parameters if kind == "parameter" else snapshot.gradient).get(key)
        node, row = key
        if row >= snapshot.dataset.n_rows or node not in snapshot.network.node_by_id:
            return None
        if kind == "row_loss":
            return self._row_loss(snapshot, row, after)
        found = snapshot.activation(node, row)
        if found is None or kind == "prediction":
            return found
        output = snapshot.network.output_of(node)
        column = None if output is None or output.target is None else snapshot.dataset.columns.get(output.target)
        return None if column is None else found - column[row]

    def _row_loss(self, snapshot: Snapshot, row: int, after: bool) -> Number | None:
        """The loss of a row before the reduction."""
        if snapshot.problem is not None:
            return None
        if (after, row) not in self._losses:
            factor = reduction_factor(snapshot.settings.reduction, 1)
            self._losses[after, row] = row_shares(snapshot, row, factor, (), trained=False).loss
        return self._losses[after, row]


def difference(pair: Pair) -> Number | None:
    """After less before, exact where both are; ``None`` where one is missing."""
    before, after = pair
    return None if before is None or after is None else after - before


def _sections(before: Snapshot, after: Snapshot) -> tuple[Section, ...]:
    losses: tuple[Key, ...] = (LOSS, PENALTY) if before.penalty or after.penalty else (LOSS,)
    parameters = _union(tuple(before.network.parameters), tuple(after.network.parameters))
    gradient = tuple(name for name in parameters if name in before.gradient or name in after.gradient)
    rows = range(max(before.dataset.n_rows, after.dataset.n_rows))
    outputs = _union(
        tuple(output.node for output in before.network.outputs), tuple(output.node for output in after.network.outputs)
    )
    per_output: tuple[Key, ...] = tuple((node, row) for node in outputs for row in rows)
    per_row: tuple[Key, ...] = tuple((outputs[0], row) for row in rows) if outputs else ()
    found = (
        Section("loss", losses),
        Section("parameter", parameters),
        Section("gradient", gradient),
        Section("prediction", per_output),
        Section("residual", per_output),
        Section("row_loss", per_row),
    )
    return tuple(section for section in found if len(section))


def _union(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    """*second*, and then what only *first* has."""
    return tuple(dict.fromkeys((*second, *first)))
