"""The loss after each step: a bounded log that is exact at its recent end, and the curve of the present branch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from neurosim.engine.dataset import FloatArray
from neurosim.records import dataclass

IntArray = NDArray[np.int64]

POINTS = 5000
"""A curve has at most so many points; more cannot be told apart on a screen."""

RECENT = 1024
"""So many points at the end of a thinned log are kept as they are."""


@dataclass(frozen=True, eq=False)
class LossTrace:
    """The loss curve of the present branch. ``steps`` rise; arrays are read-only and of equal length.

    Attributes:
        steps: how many steps had been taken; the first point is the start (usually step 0).
        losses: the loss after that many steps.
        dividers: the steps at which data, network or settings were edited, so that the curve before and after belong
            to different problems.
    """

    steps: IntArray
    losses: FloatArray
    dividers: tuple[int, ...] = ()

    def __len__(self) -> int:
        return int(self.steps.shape[0])


@dataclass(frozen=True, eq=False)
class LossLog:
    """Steps and the loss after each, thinned where it is old. Immutable: ``followed_by`` returns another."""

    steps: IntArray
    losses: FloatArray

    @classmethod
    def of(cls, first_step: int, losses: Iterable[float] | FloatArray) -> LossLog:
        """The losses after *first_step*, the step after it, and so on."""
        values = np.array(losses if isinstance(losses, np.ndarray) else list(losses), dtype=np.float64)
        return cls(np.arange(first_step, first_step + len(values), dtype=np.int64), values)

    @classmethod
    def measured(cls, steps: NDArray[np.intp], losses: FloatArray) -> LossLog:
        """The losses after those steps."""
        return cls(steps.astype(np.int64), losses)

    @classmethod
    def joined(cls, logs: Sequence[LossLog]) -> LossLog:
        """Several logs, one after the other, every point kept."""
        return cls(np.concatenate([log.steps for log in logs]), np.concatenate([log.losses for log in logs]))

    def __len__(self) -> int:
        return int(self.steps.shape[0])

    def followed_by(self, other: LossLog) -> LossLog:
        """This log and then *other*, thinned when it grows beyond twice the number of points of a curve."""
        joined = LossLog.joined((self, other))
        return joined.thinned(POINTS) if len(joined) > 2 * POINTS else joined

    def until(self, step: int) -> LossLog:
        """The points up to and including *step*."""
        end = int(np.searchsorted(self.steps, step, side="right"))
        return LossLog(self.steps[:end], self.losses[:end])

    def after(self, step: int) -> LossLog:
        """The points after *step*."""
        begin = int(np.searchsorted(self.steps, step, side="right"))
        return LossLog(self.steps[begin:], self.losses[begin:])

    def thinned(self, limit: int) -> LossLog:
        """At most *limit* points: the first and the recent ones as they are, of the others the extremes per stretch."""
        n = len(self)
        if n <= limit:
            return self
        recent = min(RECENT, limit // 2)
        middle = slice(1, n - recent)
        stretches = (limit - recent - 1) // 2
        length = -(-(n - recent - 1) // stretches)
        padded = -(n - recent - 1) % length
        values = np.concatenate((self.losses[middle], np.full(padded, np.nan))).reshape(-1, length)
        rows = np.arange(len(values)) * length + 1
        lowest = rows + np.argmin(np.where(np.isnan(values), np.inf, values), axis=1)
        highest = rows + np.argmax(np.where(np.isnan(values), -np.inf, values), axis=1)
        kept = np.zeros(n, dtype=bool)
        kept[0] = True
        kept[lowest] = True
        kept[highest] = True
        kept[n - recent :] = True
        return LossLog(self.steps[kept], self.losses[kept])

    @property
    def nbytes(self) -> int:
        """How much memory the points take."""
        return int(self.steps.nbytes + self.losses.nbytes)


EMPTY_LOG = LossLog(np.empty(0, dtype=np.int64), np.empty(0))
"""No steps."""


def trace_of(log: LossLog, dividers: Iterable[int] = ()) -> LossTrace:
    """A curve with at most ``POINTS`` points, its first point and its end exact."""
    thin = log.thinned(POINTS)
    thin.steps.setflags(write=False)
    thin.losses.setflags(write=False)
    return LossTrace(thin.steps, thin.losses, tuple(dict.fromkeys(dividers)))
