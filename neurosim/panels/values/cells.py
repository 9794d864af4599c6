"""The numbers of the rows on view: worked out when they are looked at, kept while nothing they depend on changes."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cached_property

import numpy as np

from neurosim.engine.dataset import Dataset, FloatArray
from neurosim.engine.objective import reduction_factor
from neurosim.engine.probabilities import probabilities, probability
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.panels.values.columns import TableColumn
from neurosim.records import dataclass, field
from neurosim.working.row_pass import penalty_slopes
from neurosim.working.shares import RowShares, Shares, row_shares

KEPT = 2_000
"""So many rows are kept before all are forgotten: some screens full of them."""


@dataclass
class KeptRow:
    """What was worked out for one row.

    Attributes:
        trained: whether the row is trained on.
        shares: all of its numbers; ``None`` without a loss.
        texts: what the cells show, by column; whoever writes numbers fills it.
    """

    trained: bool
    shares: RowShares | None
    texts: dict[int, str] = field(default_factory=dict)


class Cells:
    """Owns the rows that have been looked at. A row depends on the network, the settings and its own data alone.

    So while one point is dragged, one row is worked out per frame, however many are on view.
    """

    def __init__(self) -> None:
        self._snapshot: Snapshot | None = None
        self._rows: dict[int, KeptRow] = {}
        self._factor = Fraction(0)
        self._parameters: tuple[str, ...] = ()
        self._test_rows: frozenset[int] = frozenset()

    @property
    def snapshot(self) -> Snapshot | None:
        """Where the numbers come from."""
        return self._snapshot

    def show(self, snapshot: Snapshot) -> frozenset[int] | None:
        """Follow *snapshot*; the rows whose numbers may be others, ``None`` for all."""
        old, self._snapshot = self._snapshot, snapshot
        if old is snapshot:
            return frozenset()
        changed = (
            None if old is None or not _depends_alike(old, snapshot) else changed_rows(old.dataset, snapshot.dataset)
        )
        if changed is not None:
            for row in changed & self._rows.keys():
                del self._rows[row]
            return changed
        data, trainable = snapshot.dataset, snapshot.network.trainable
        n = data.n_rows - len(data.test_rows)
        self._rows.clear()
        self._test_rows = frozenset(data.test_rows)
        self._factor = reduction_factor(snapshot.settings.reduction, n) if n else Fraction(0)
        self._parameters = tuple(name for name in snapshot.gradient if trainable[name])
        return None

    def forget_texts(self) -> None:
        """Numbers are written otherwise from now on, or in other columns."""
        for kept in self._rows.values():
            kept.texts.clear()

    def is_test(self, row: int) -> bool:
        """Whether the row is kept out of training."""
        return row in self._test_rows

    def row(self, index: int) -> KeptRow:
        """The row with *index*, which exists."""
        kept = self._rows.get(index)
        if kept is None:
            if len(self._rows) >= KEPT:
                self._rows.clear()
            kept = self._rows[index] = self._work_out(index)
        return kept

    def _work_out(self, index: int) -> KeptRow:
        snapshot, trained = self._snapshot, index not in self._test_rows
        if snapshot is None or snapshot.problem is not None:
            return KeptRow(trained, None)
        return KeptRow(trained, row_shares(snapshot, index, self._factor, self._parameters, trained=trained))

    def value(self, index: int, column: TableColumn) -> Number | None:
        """The number in a cell; ``None`` when there is none, as for a test row's share."""
        snapshot = self._snapshot
        if snapshot is None or not 0 <= index < snapshot.dataset.n_rows:
            return None
        if column.kind in ("data", "feature"):
            return snapshot.dataset.columns[column.key][index]
        if column.kind == "z":
            return snapshot.pre_activation(column.key, index)
        if column.kind == "a":
            return snapshot.activation(column.key, index)
        if column.kind == "p":
            return probability(snapshot, column.key, index)
        if column.kind == "residual":
            return self._residual(snapshot, index, column.key)
        kept = self.row(index)
        if kept.shares is None:
            return None
        if column.kind == "loss":
            return kept.shares.loss
        if not kept.trained:
            return None
        return kept.shares.term if column.kind == "term" else kept.shares.gradient.get(column.key)

    @staticmethod
    def _residual(snapshot: Snapshot, index: int, node: str) -> Number | None:
        output, predicted = snapshot.network.output_of(node), snapshot.activation(node, index)
        if output is None or output.target is None or predicted is None:
            return None
        if output.target not in snapshot.dataset.columns:
            return None
        target = snapshot.dataset.columns[output.target][index]
        p = probability(snapshot, node, index)
        return (predicted if p is None else p) - target


@dataclass(frozen=True, eq=False)
class Totals:
    """The lines under the rows: what the columns add up to, and what regularisation adds to that."""

    snapshot: Snapshot
    tr: Callable[[str], str]

    @cached_property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """Label and tip of each line, from top to bottom; none without a loss."""
        if self.snapshot.loss is None:
            return ()
        tr = self.tr
        if not self.penalised:
            return ((tr("Σ"), tr("the sums over the rows: the loss L and its gradient")),)
        return (
            (tr("Σ"), tr("the sums over the rows: the loss of the data and its gradient")),
            (tr("+ penalty"), tr("what the l1 and l2 terms add; they belong to no row")),
            (tr("= total"), tr("the loss L that is trained on, and its gradient")),
        )

    @cached_property
    def penalised(self) -> bool:
        """Whether l1 or l2 terms are part of the loss."""
        return bool(self.snapshot.settings.l1 or self.snapshot.settings.l2)

    def value(self, line: int, column: TableColumn) -> Number | None:
        """The number under a column; ``None`` where a sum would mean nothing."""
        snapshot = self.snapshot
        if snapshot.loss is None or snapshot.data_loss is None or line >= len(self.lines):
            return None
        if column.kind == "loss":
            return self._whole_loss() if line == 0 else None
        if column.kind == "term":
            return (snapshot.data_loss, snapshot.penalty, snapshot.loss)[line]
        if column.kind != "gradient" or column.key not in snapshot.gradient:
            return None
        whole, added = snapshot.gradient[column.key], self._slopes.get(column.key, Fraction(0))
        return (whole - added if added else whole, added, whole)[line]

    @cached_property
    def _slopes(self) -> dict[str, Number]:
        return dict(penalty_slopes(self.snapshot))

    def _whole_loss(self) -> Number | None:
        """The losses before the reduction: the loss of the data without its factor."""
        data = self.snapshot.dataset
        n = data.n_rows - len(data.test_rows)
        if self.snapshot.data_loss is None or not n:
            return None
        return self.snapshot.data_loss / reduction_factor(self.snapshot.settings.reduction, n)


def _targets_of(snapshot: Snapshot, node: str) -> FloatArray | None:
    output = snapshot.network.output_of(node)
    column = None if output is None else snapshot.dataset.columns.get(output.target or "")
    return None if column is None else column.floats


def _depends_alike(old: Snapshot, new: Snapshot) -> bool:
    """Whether a row with the same data has the same numbers in both."""
    before, after = old.dataset, new.dataset
    return (
        old.network is new.network
        and old.settings is new.settings
        and (old.problem is None) == (new.problem is None)
        and old.exact == new.exact
        and old.exact_activations.keys() == new.exact_activations.keys()
        and old.exact_pre_activations.keys() == new.exact_pre_activations.keys()
        and before.columns.keys() == after.columns.keys()
        and before.n_rows == after.n_rows
        and before.test_rows == after.test_rows
    )


def changed_rows(old: Dataset, new: Dataset) -> frozenset[int]:
    """The rows in which two datasets of equal shape differ."""
    found: set[int] = set()
    for name, column in new.columns.items():
        before = old.columns[name]
        if column is before:
            continue
        if column.numbers is not None and before.numbers is not None:
            pairs = enumerate(zip(column.numbers, before.numbers, strict=True))
            found.update(row for row, (a, b) in pairs if a is not b and (type(a) is not type(b) or a != b))
        else:
            found.update(np.flatnonzero(column.floats != before.floats).tolist())
    return frozenset(found)


class ColumnCells:
    """The numbers of whole columns as float64, for copying more rows than anybody works out one by one."""

    def __init__(self, shares: Shares) -> None:
        self._shares = shares
        self._columns: dict[TableColumn, FloatArray | None] = {}

    def value(self, index: int, column: TableColumn) -> float | None:
        """The number in a cell; ``None`` when there is none."""
        if column not in self._columns:
            self._columns[column] = self._whole(column)
        values = self._columns[column]
        if values is None or (column.kind in {"term", "gradient"} and not self._shares.trained[index]):
            return None
        return float(values[index])

    def _whole(self, column: TableColumn) -> FloatArray | None:
        shares, snapshot = self._shares, self._shares.snapshot
        if column.kind in ("data", "feature"):
            return snapshot.dataset.columns[column.key].floats
        if column.kind == "loss":
            return snapshot.row_losses
        if column.kind == "term":
            return shares.terms
        if column.kind == "gradient":
            place = shares.parameters.index(column.key) if column.key in shares.parameters else None
            return None if place is None else shares.gradient[:, place]
        if column.kind == "p":
            return probabilities(snapshot, column.key)
        shared = probabilities(snapshot, column.key) if column.kind == "residual" else None
        target = _targets_of(snapshot, column.key)
        if shared is not None and target is not None:
            return np.asarray(shared - target)
        found = {"z": snapshot.pre_activations, "a": snapshot.activations, "residual": shares.residuals}[column.kind]
        return found.get(column.key)
