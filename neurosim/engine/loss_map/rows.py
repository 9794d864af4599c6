"""The training rows that a loss reads, and which of them differ from those of an earlier dataset."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from neurosim.engine.dataset import Dataset, FloatArray
from neurosim.records import dataclass

IntArray = NDArray[np.intp]

NO_ROWS: IntArray = np.zeros(0, dtype=np.intp)


@dataclass(frozen=True, eq=False)
class RowChange:
    """What became of the training rows: where the ``removed`` ones stood, and where the ``added`` ones stand.

    A row that was moved is both, at the same place. All others are as they were, in the same order.
    """

    removed: IntArray
    added: IntArray

    def __bool__(self) -> bool:
        return bool(len(self.removed) or len(self.added))

    def places(self, before: IntArray) -> IntArray:
        """Where boundaries in front of the old rows number *before* stand now; a new array."""
        if np.array_equal(self.removed, self.added):
            return before.copy()
        # else the rows went, or came, in one piece
        first = int(self.removed[0]) if len(self.removed) else int(self.added[0])
        moved = np.maximum(first, before + len(self.added) - len(self.removed))
        return np.where(before <= first, before, moved)


class TrainRows:
    """The training rows of one dataset, counted from 0 without the test rows; ``columns`` are those that matter."""

    def __init__(self, dataset: Dataset, columns: Iterable[str]) -> None:
        """Look at the rows of *dataset*; it has all of *columns*."""
        self.dataset = dataset
        self.columns = tuple(dict.fromkeys(columns))
        self._split = dataset.train_rows
        self.n = dataset.n_rows if isinstance(self._split, slice) else len(self._split)
        self._since: tuple[TrainRows, RowChange] | None = None

    def values(self, column: str, which: slice | IntArray) -> FloatArray:
        """A column's values in *which* of the training rows."""
        floats = self.dataset.columns[column].floats
        found: FloatArray = floats[which] if isinstance(self._split, slice) else floats[self._split[which]]
        return found

    def block(self, columns: Iterable[str], which: slice | IntArray) -> FloatArray:
        """The values of *columns* in *which* of the training rows, as a new array (n_columns, n_rows)."""
        found = [self.values(name, which) for name in columns]
        if found:
            return np.array(found)
        return np.empty((0, len(which) if isinstance(which, np.ndarray) else len(range(*which.indices(self.n)))))

    def since(self, old: TrainRows) -> RowChange:
        """What differs from *old*, whose columns are the same; the answer is kept for who asks again."""
        if self._since is None or self._since[0] is not old:
            self._since = old, _difference(old, self)
            old._since = None  # else each would keep all that were before it
        return self._since[1]

    def numbers(self, rows: IntArray) -> IntArray:
        """Which training rows the *rows* of the dataset are, without those that are none."""
        if isinstance(self._split, slice) or not len(rows):
            return rows
        places = np.minimum(np.searchsorted(self._split, rows), self.n - 1)
        found: IntArray = places[self._split[places] == rows]
        return found


def _difference(old: TrainRows, new: TrainRows) -> RowChange:
    before, after = old.dataset, new.dataset
    if before.n_rows != after.n_rows or before.test_rows != after.test_rows:
        return _exchanged(old, new)
    moved = [_unlike(before.columns[name].floats, after.columns[name].floats) for name in new.columns]
    several = [rows for rows in moved if len(rows)]
    if not several:
        rows = NO_ROWS
    elif all(np.array_equal(several[0], rows) for rows in several[1:]):
        rows = several[0]
    else:
        rows = np.unique(np.concatenate(several))
    rows = new.numbers(rows)
    return RowChange(rows, rows)


def _unlike(a: FloatArray, b: FloatArray) -> IntArray:
    """Where two columns of one length differ."""
    return NO_ROWS if a is b else np.flatnonzero(a != b)


def _exchanged(old: TrainRows, new: TrainRows) -> RowChange:
    """Rows came or went: what lies between the longest common beginning and the longest common end."""
    everything = slice(None)
    pairs = [(old.values(name, everything), new.values(name, everything)) for name in new.columns]
    head = min(old.n, new.n)
    for a, b in pairs:
        head = _common(a[:head], b[:head])
    tail = min(old.n, new.n) - head
    for a, b in pairs:
        tail = _common(a[old.n - tail :][::-1], b[new.n - tail :][::-1])
    return RowChange(np.arange(head, old.n - tail), np.arange(head, new.n - tail))


def _common(a: FloatArray, b: FloatArray) -> int:
    """How many values two arrays of one length have in common at their beginning."""
    unlike = a != b
    return int(unlike.argmax()) if unlike.any() else len(a)
