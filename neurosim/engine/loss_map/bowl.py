"""One linear output with squared error, as a triangular factor of its rows: a sum of squares for any parameters.

The rows are [features | target]: what flows into the output, a 1 for the bias, and the target; with the weights w,

    sum of residual^2 = |R (w, -1)|^2.

The features of the two parameters stand first. R is triangular, so its first row alone depends on both, the second on
one, and all others on neither: the loss over the grid is one square, a square along an axis, and a constant, whatever
the number of rows.

The rows are factored in leaves of a thousand or so. Rows that move are held apart from theirs: while the same ones go
on moving, their few rows are factored together with the one factor of all others. When others begin to move, two leaves
are factored anew. Nothing is ever subtracted, so nothing drifts.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.engine.loss_map.following import Work
from neurosim.engine.loss_map.rows import NO_ROWS, IntArray, RowChange, TrainRows
from neurosim.engine.triangle import LEAF, leaves, together, triangle

HELD = 2 * LEAF
"""More rows than this are not held apart; then all leaves are factored anew."""

AT_ONCE = 64 * LEAF
"""Rows that are factored between two looks at the clock."""

Table = Callable[[TrainRows, slice | IntArray], FloatArray]
"""``table(rows, which)`` -> the features and the target of some rows, (n, k + 1)."""


class Bowl:
    """The factor of one output's rows, kept up while rows move.

    Attributes:
        rows: the rows that ``factor`` stands for; ``None`` before there is one.
        factor: R, (k + 1, k + 1).
    """

    def __init__(self, table: Table) -> None:
        """Begin with nothing; *table* reads the rows."""
        self._table = table
        self.rows: TrainRows | None = None
        self.factor: FloatArray = np.zeros((1, 1))
        self._starts: IntArray = np.zeros(1, dtype=np.intp)  # where each leaf begins, and where the last one ends
        self._leaves: FloatArray = np.zeros((0, 1, 1))
        self._held = NO_ROWS
        self._rest: FloatArray = np.zeros((1, 1))

    def catch_up(self, aim: TrainRows) -> Work[None]:
        """Bring the factor to the rows *aim*."""
        change = aim.since(self.rows) if self.rows is not None else None
        if change is None or len(change.removed) + len(change.added) > min(HELD, aim.n) or self._overgrown():
            yield from self._everything(aim)
        else:
            self._exchange(change, aim)
        self.rows = aim

    def _everything(self, aim: TrainRows) -> Work[None]:
        found = []
        for start in range(0, aim.n, AT_ONCE):
            found.append(leaves(self._table(aim, slice(start, min(aim.n, start + AT_ONCE)))))
            yield
        self._leaves = np.concatenate(found)
        self._starts = np.append(np.arange(0, aim.n, LEAF), aim.n)
        self._held = NO_ROWS
        self._rest = self.factor = together(self._leaves)

    def _overgrown(self) -> bool:
        """Whether a leaf has taken up so many new rows that it is none any more."""
        return bool((np.diff(self._starts) > 4 * LEAF).any())

    def _exchange(self, change: RowChange, aim: TrainRows) -> None:
        dragged = len(change.removed) > 0 and np.array_equal(change.removed, self._held)
        stale = set() if dragged else self._leaves_of(np.concatenate([self._held, change.removed]))
        self._starts = change.places(self._starts)
        self._starts[-1] = aim.n
        if not dragged:
            self._leaves = self._leaves.copy()
            for leaf in stale:
                which = np.arange(self._starts[leaf], self._starts[leaf + 1])
                self._leaves[leaf] = triangle(self._table(aim, np.setdiff1d(which, change.added, assume_unique=True)))
            self._rest = together(self._leaves)
        self._held = change.added
        self.factor = self._rest if not len(self._held) else together(self._rest, self._table(aim, self._held))

    def _leaves_of(self, rows: IntArray) -> set[int]:
        return set((np.searchsorted(self._starts, rows, side="right") - 1).tolist())
