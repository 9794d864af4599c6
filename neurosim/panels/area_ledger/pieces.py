"""What the loss is made of: one piece for each row, their sum, and what the convention makes of the sum."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from neurosim.engine.dataset import FloatArray
from neurosim.engine.losses import LOSSES
from neurosim.engine.objective import reduction_factor
from neurosim.engine.settings import Reduction
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.panels._point_losses import SQUARED, loss_at, losses_at, residual_at
from neurosim.records import dataclass

MOST = 60
"""Of more pieces so many are shown, the largest; the others are one piece together."""
CHOOSING = 20_000
"""Of more pieces the first are shown: to look for the largest in every frame would take too long."""

Ids = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Ledger:
    """The pieces of one loss in the order of the rows, and what they add up to.

    Attributes:
        snapshot: where the numbers come from.
        squares: whether the pieces are squares of residuals; else they are bars.
        ids: (m,): each shown piece's id, row times number of outputs plus output; good for ``ledger_of(keep=...)``.
        rows: (m,): whose the shown pieces are.
        nodes: the output of each.
        losses: (m,): what each brings, float64.
        total: the sum of all pieces, exact where the arithmetic is.
        n_rest: how many pieces are not shown.
        n: how many rows are trained on.
        several: whether a row has more than one piece.
    """

    snapshot: Snapshot
    squares: bool
    ids: Ids
    rows: Ids
    nodes: tuple[str, ...]
    losses: FloatArray
    total: Number
    n_rest: int
    n: int
    several: bool

    @cached_property
    def values(self) -> tuple[Number, ...]:
        """What each shown piece brings, exact where the arithmetic is."""
        found = losses_by_node(self.snapshot, self.nodes)
        pairs = zip(self.rows.tolist(), self.nodes, strict=True)
        return tuple(loss_at(self.snapshot, node, row, found[node]) for row, node in pairs)

    @cached_property
    def rest(self) -> Number:
        """The sum of the pieces that are not shown."""
        if not self.n_rest:
            return Fraction(0)
        if isinstance(self.total, Fraction):
            shown: Number = Fraction(0)
            for value in self.values:
                shown = shown + value
            if isinstance(shown, Fraction):
                return self.total - shown
        return max(float(self.total) - float(self.losses.sum()), 0.0)

    @property
    def reduction(self) -> Reduction:
        """The convention in force."""
        return self.snapshot.settings.reduction

    @property
    def factor(self) -> Fraction:
        """What the convention multiplies the sum by."""
        return reduction_factor(self.reduction, self.n)

    @property
    def sides(self) -> FloatArray:
        """(m,): the sides of the squares, or the heights of the bars."""
        return np.sqrt(self.losses) if self.squares else self.losses

    def name(self, place: int) -> str:
        """Whose a shown piece is: its row's number, and its output where there are several."""
        number = str(int(self.rows[place]) + 1)
        return f"{number} {self.snapshot.network.title(self.nodes[place])}" if self.several else number

    def residual(self, place: int) -> Number | None:
        """ŷ - y of a shown piece."""
        return residual_at(self.snapshot, self.nodes[place], int(self.rows[place]))


def ledger_of(snapshot: Snapshot, keep: Ids | None = None) -> Ledger | None:
    """The ledger of *snapshot*; ``None`` without a loss.

    *keep*: the ids of pieces to go on showing, so that none appears or goes while a point is dragged.
    """
    if snapshot.problem is not None or snapshot.data_loss is None:
        return None
    outputs = [output.node for output in snapshot.network.outputs]
    nodes = outputs[:1] if LOSSES[snapshot.settings.loss].joint else outputs
    found = losses_by_node(snapshot, nodes)
    if len(found) != len(nodes) or not nodes:
        return None
    columns = list(found.values())
    trained = snapshot.dataset.train_rows
    several = len(nodes)
    table = columns[0][trained] if several == 1 else np.stack(columns, axis=1)[trained].ravel()
    index = np.arange(snapshot.dataset.n_rows)[trained]
    ids = index if several == 1 else (index[:, None] * several + np.arange(several)).ravel()
    chosen = _chosen(table, ids, keep)
    shown = ids[chosen]
    rows, which = shown // several, shown % several
    return Ledger(
        snapshot,
        snapshot.settings.loss == SQUARED,
        shown,
        rows,
        tuple(nodes[number] for number in which.tolist()),
        table[chosen],
        _total(snapshot, table, len(index)),
        table.size - chosen.size,
        len(index),
        several > 1,
    )


def _chosen(table: FloatArray, ids: Ids, keep: Ids | None) -> Ids:
    if table.size <= MOST:
        return np.arange(table.size)
    if keep is not None:
        found = np.searchsorted(ids, keep)
        if keep.size == MOST and found.max() < ids.size and np.array_equal(ids[found], keep):
            return found
    if table.size > CHOOSING:
        return np.arange(MOST)
    return np.sort(np.argpartition(table, table.size - MOST)[-MOST:])


def _total(snapshot: Snapshot, table: FloatArray, n: int) -> Number:
    loss = snapshot.data_loss
    if isinstance(loss, Fraction):
        return loss / reduction_factor(snapshot.settings.reduction, n)
    return float(table.sum())


def losses_by_node(snapshot: Snapshot, nodes: Iterable[str]) -> dict[str, FloatArray]:
    """What each row costs at each of *nodes* that has a target."""
    found = {node: losses_at(snapshot, node) for node in dict.fromkeys(nodes)}
    return {node: losses for node, losses in found.items() if losses is not None}
