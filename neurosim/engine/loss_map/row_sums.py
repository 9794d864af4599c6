"""The sum of all training rows' losses over a grid, kept up while rows move: only what moved is worked out anew.

The rows that moved last are held apart from the rest:

    sums = rest + held

While the same rows go on moving (a drag) the rest stays as it is: the cost is that of the moved rows, and nothing adds
up. When others begin to move, the held ones join the rest, and the others' losses are subtracted from it once. What
such a subtraction leaves of rounding is kept account of at each point of the grid. Where it could exceed ``TOLERANCE``
of the sum (after hundreds of different rows, or when a row that had nearly all of the loss has left), everything is
added up anew as soon as the rows are still.
"""

from __future__ import annotations

import numpy as np

from neurosim.engine.loss_map.following import Following, Work
from neurosim.engine.loss_map.rows import NO_ROWS, IntArray, RowChange, TrainRows
from neurosim.engine.loss_map.terms import Plane, Summing

TOLERANCE = 2e-13
"""Relative error of the sums, from rounding, above which all rows are added up anew when they are still."""

VISIBLE = 1e-7
"""Relative error with which the sums are not shown at all; no colour and no contour line could show a smaller one."""

EVERYTHING = slice(None)

LEAST = 1e-9
"""A sum that is smaller than this part of the largest one counts as that when relative errors are spoken of."""

EPS = float(np.finfo(np.float64).eps)


class RowSums(Following):
    """One grid's sums over all training rows."""

    def __init__(self, summing: Summing, shape: tuple[int, int], rows: TrainRows) -> None:
        """Begin with nothing; *rows* are to be added up."""
        super().__init__(rows)
        self._summing, self._shape = summing, shape
        self._rest = self._held = self._total = Plane(np.zeros(shape))
        self._held_rows = NO_ROWS
        self._noise = np.zeros(shape)
        self._never_negative = False
        self._tidying = False  # whether the work under way only removes rounding

    def plane(self) -> Plane:
        """The sums."""
        return self._total

    def aim(self, rows: TrainRows) -> None:
        """From now on the sums should stand for *rows*; tidying up waits until these are still."""
        super().aim(rows)
        if self._tidying:
            self._work, self._tidying = None, False

    # -- work ------------------------------------------------------------------------------------------------------

    def _catch_up(self, aim: TrainRows) -> Work[None]:
        if self.rows is None:
            yield from self._everything(aim)
        elif self.rows is aim:
            self._tidying = True
            yield from self._everything(aim)
            self._tidying = False
        else:
            change = aim.since(self.rows)
            if len(change.removed) + len(change.added) >= aim.n:
                yield from self._everything(aim)
            else:
                yield from self._exchange(change, self.rows, aim)

    def _everything(self, aim: TrainRows) -> Work[None]:
        self._total = self._rest = yield from self._add_up(aim, EVERYTHING, aim.n)
        self._held, self._held_rows = Plane(np.zeros(self._shape)), NO_ROWS
        self._noise = self._summing.error * self._rest.sums
        self._never_negative = bool(self._rest.sums.min() >= 0.0)
        self._untidy = False

    def _exchange(self, change: RowChange, before: TrainRows, aim: TrainRows) -> Work[None]:
        rest, noise = self._rest, self._noise
        dragged = len(change.removed) > 0 and np.array_equal(change.removed, self._held_rows)
        if not dragged:
            rest = rest.plus(self._held)
            if len(change.removed):
                gone = yield from self._add_up(before, change.removed, len(change.removed))
                noise = noise + (EPS + self._summing.error) * gone.sums + EPS * rest.sums
                rest = rest.minus(gone)
        held = yield from self._add_up(aim, change.added, len(change.added))
        total = rest.plus(held)
        if self._never_negative:
            np.maximum(total.sums, 0.0, out=total.sums)
        seen = np.maximum(total.sums, LEAST * float(total.sums.max()))
        if bool((noise > VISIBLE * seen).any()):
            yield from self._everything(aim)
            return
        self._rest, self._noise = rest, noise
        self._held, self._held_rows = held, change.added
        self._total = total
        self._untidy = bool((noise > TOLERANCE * seen).any())

    def _add_up(self, rows: TrainRows, which: slice | IntArray, n: int) -> Work[Plane]:
        """The sums over *which* rows, piece by piece."""
        sums, counts = np.zeros(self._shape), np.zeros(self._shape, dtype=np.int32)
        lost = np.zeros(self._shape)  # what rounding has taken from the sums (Kahan 1965, CACM 8, p. 40)
        most = self._summing.at_once
        for first in range(0, n, most):
            size = min(n, first + most) - first
            some = slice(first, first + size) if isinstance(which, slice) else which[first : first + size]
            block = self._summing.block(rows, some)
            pieces = list(self._summing.pieces(size))
            if size == n and len(pieces) == 1:
                return self._summing.sum(block, pieces[0][2])
            for start, stop, ys in pieces:
                part = self._summing.sum(block.part(start, stop), ys)
                if part.too_large is not None:
                    counts[ys] += part.too_large
                missing = part.sums - lost[ys]
                total = sums[ys] + missing
                lost[ys] = (total - sums[ys]) - missing
                sums[ys] = total
                yield
        return Plane(sums, counts if counts.any() else None)
