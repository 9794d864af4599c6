"""Which rows a training step reads: a pure function of the seed and the step, so that any step can be made again."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from neurosim.engine.errors import TrainingError

Rows = slice | NDArray[np.intp]
"""Rows of a step: a slice when they lie side by side, else their numbers (read-only)."""


def steps_per_epoch(n: int, batch_size: int | None) -> int:
    """How many steps read each of *n* rows once; the last one reads what is left over.

    Args:
        n: number of training rows.
        batch_size: rows per step; ``None`` or more than *n*: all of them.

    Raises:
        TrainingError: there are no rows, or the batch size is below 1.
    """
    if n < 1:
        raise TrainingError("There are no rows to train on.")
    if batch_size is None:
        return 1
    if batch_size < 1:
        raise TrainingError(f"A batch needs at least one row, not {batch_size}.")
    return -(-n // batch_size)


def batch_rows(n: int, batch_size: int | None, shuffle: bool, seed: int, step: int) -> Rows:
    """The rows that the step after *step* updates reads, out of ``0 .. n-1``.

    Each epoch reads every row once. With *shuffle* its order is ``default_rng([seed, epoch]).permutation(n)``; numpy's
    global generator is never touched. A batch of all rows is not shuffled: its order changes no sum.

    Args:
        n: number of training rows.
        batch_size: rows per step; ``None`` for all. The last batch of an epoch may be smaller.
        shuffle: whether each epoch has an order of its own.
        seed: of the orders; at least 0.
        step: updates made since the start, at least 0.

    Raises:
        TrainingError: no rows, a batch size below 1, or a negative seed or step.
    """
    steps = steps_per_epoch(n, batch_size)
    if step < 0:
        raise TrainingError(f"Steps are counted from 0, not from {step}.")
    epoch, number = divmod(step, steps)
    if steps == 1 or batch_size is None:
        return slice(0, n)
    start, stop = number * batch_size, min(n, (number + 1) * batch_size)
    if not shuffle:
        return slice(start, stop)
    if seed < 0:
        raise TrainingError(f"The seed must be a whole number from 0 on, not {seed}.")
    return _order(n, seed, epoch)[start:stop]


@lru_cache(maxsize=2)
def _order(n: int, seed: int, epoch: int) -> NDArray[np.intp]:
    """The order of an epoch; the last two are kept, since each is asked for once per batch."""
    order = np.random.default_rng([seed, epoch]).permutation(n).astype(np.intp, copy=False)
    order.setflags(write=False)
    return order
