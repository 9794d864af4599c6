"""The sum of some rows' losses over the grid: any network, any loss."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from neurosim.engine.compiled import BoolArray
from neurosim.engine.dataset import FloatArray
from neurosim.engine.loss_map.forward import ALONG_X, ALONG_Y, Fixed, Forward
from neurosim.engine.loss_map.grid import Grid
from neurosim.engine.loss_map.rows import IntArray, TrainRows
from neurosim.engine.losses import LOSSES, Loss
from neurosim.engine.losses.base import Prepared
from neurosim.engine.network import Network
from neurosim.records import dataclass

LARGEST = 1e290
"""A loss above this counts as too large to calculate with, so that sums of losses never overflow."""

VALUES = 32_000
"""About how many float64 of one kind are worked on at once, so that they stay in the cache."""

SLICE = 1e6
"""Nanoseconds that one piece of work should not exceed by much, so that it can be cut into slices of time."""

TOGETHER = 64
"""At most so many rows are added up one after another: each adds a rounding."""

CountArray = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Block:
    """Some rows made ready: what neither of the map's parameters reaches, and the targets as the loss prepared them."""

    fixed: Fixed
    prepared: Prepared

    @property
    def n(self) -> int:
        """How many rows."""
        return self.fixed.n

    def part(self, start: int, stop: int) -> Block:
        """The rows from *start* to *stop*."""
        return Block(self.fixed.part(start, stop), tuple(part[:, start:stop] for part in self.prepared))

    def chosen(self, rows: BoolArray) -> Block:
        """The rows that are true in *rows*."""
        fixed = Fixed(self.fixed.z[:, rows], self.fixed.a[:, rows], self.fixed.before[:, rows])
        return Block(fixed, tuple(part[:, rows] for part in self.prepared))


@dataclass(frozen=True, eq=False)
class Plane:
    """Sums of losses over the grid, or over a part of it: ``sums`` (ny, nx), always finite.

    ``too_large`` counts the losses beyond ``LARGEST`` that were left out at each point; ``None``: there are none.
    """

    sums: FloatArray
    too_large: CountArray | None = None

    def plus(self, other: Plane) -> Plane:
        """Both together."""
        return Plane(self.sums + other.sums, _counted(self.too_large, other.too_large, 1))

    def minus(self, other: Plane) -> Plane:
        """Without *other*, which is a part of it."""
        return Plane(self.sums - other.sums, _counted(self.too_large, other.too_large, -1))


def _counted(mine: CountArray | None, theirs: CountArray | None, sign: int) -> CountArray | None:
    if theirs is None:
        return mine
    found = sign * theirs if mine is None else mine + sign * theirs
    return found if found.any() else None


class Summing(Protocol):
    """What adds up rows' losses."""

    error: float
    """The relative error of its sums, at most."""

    def block(self, rows: TrainRows, which: slice | IntArray) -> Block:
        """*which* of the training rows, made ready."""

    @property
    def at_once(self) -> int:
        """How many rows to make ready at once, at most."""

    def pieces(self, n: int) -> Iterator[tuple[int, int, slice]]:
        """Parts of *n* rows and of the grid's second axis, each of which is a short piece of work."""

    def sum(self, block: Block, ys: slice) -> Plane:
        """The sum of the losses of *block* over a part of the grid."""


class Terms:
    """The losses of a network's rows as functions of two parameters.

    A row's losses are worked out by the same operations in the same order whenever they are, alone or among others:
    what is subtracted when a row moves is to the last bit what was added.
    """

    error = TOGETHER / 2 * float(np.finfo(np.float64).eps)

    def __init__(self, network: Network, loss_name: str, grid: Grid) -> None:
        """Read the network, which has no problem (``find_problems``) that blocks the loss."""
        self.grid = grid
        self.loss: Loss = LOSSES[loss_name]
        self.outputs = tuple(output.node for output in network.outputs)
        self._targets = tuple(output.target or "" for output in network.outputs)
        self.forward = Forward(network, grid, self.outputs)
        self._input_columns = tuple(node.column for node in self.forward.inputs)
        self._reads_a: bool | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the dataset that the loss depends on."""
        return (*self._input_columns, *self._targets)

    def block(self, rows: TrainRows, which: slice | IntArray) -> Block:
        """*which* of the training rows, made ready."""
        fixed = self.forward.fixed(rows.block(self._input_columns, which))
        return Block(fixed, self.loss.prepare(rows.block(self._targets, which)))

    @property
    def at_once(self) -> int:
        """How many rows to make ready at once, at most."""
        return max(TOGETHER, VALUES // self.forward.count)

    def pieces(self, n: int) -> Iterator[tuple[int, int, slice]]:
        """Parts of *n* rows and of the grid's second axis, each of which is a short piece of work.

        How the axis is cut depends on the network alone, for a row's losses must not depend on which rows are with it.
        """
        ny, nx = self.grid.shape
        kind = self.forward.widest()
        across, along = nx if kind & ALONG_X else 1, ny if kind & ALONG_Y else 1
        each = self.forward.work + 10.0 * len(self.outputs)
        most = max(1, int(min(VALUES, SLICE / each)))
        height = ny if along == 1 else min(ny, max(1, most // across))
        width = max(1, min(TOGETHER, most // (across * min(along, height))))
        for low in range(0, ny, height):
            for start in range(0, n, width):
                yield start, min(n, start + width), slice(low, min(ny, low + height))

    def sum(self, block: Block, ys: slice) -> Plane:
        """The sum of the losses of *block* over a part of the grid; to be called within ``np.errstate``."""
        height, nx = len(self.grid.ys[ys]), len(self.grid.xs)
        losses = self._joint(block, ys) if self.loss.joint else self._each(block, ys)
        sums = np.zeros((height, nx))
        for part in losses:
            sums += np.add.reduce(part, axis=0)
        if sums.max() <= LARGEST:
            return Plane(sums)
        if block.n > 1:
            return self._row_by_row(block, ys)
        fine = sums <= LARGEST
        return Plane(np.where(fine, sums, 0.0), (~fine).astype(np.int32))

    def _row_by_row(self, block: Block, ys: slice) -> Plane:
        found = self.sum(block.part(0, 1), ys)
        for row in range(1, block.n):
            found = found.plus(self.sum(block.part(row, row + 1), ys))
        return found

    def _each(self, block: Block, ys: slice) -> list[FloatArray]:
        """For each output the losses (n_rows, height | 1, nx | 1)."""
        if self._reads_a is None:
            self._reads_a = self._reads_activation(block)
        z, a = self.forward.run(block.fixed, ys, dict.fromkeys(self.outputs, self._reads_a))
        found = []
        for i, name in enumerate(self.outputs):
            logits = np.broadcast_to(z[name], (block.n, *z[name].shape[1:]))
            values = np.broadcast_to(a.get(name, z[name]), logits.shape)
            targets = tuple(np.broadcast_to(part[i].reshape(-1, 1, 1), logits.shape) for part in block.prepared)
            out = np.empty(logits.shape)
            self.loss.row_loss(logits, values, targets, out)
            found.append(out)
        return found

    def _joint(self, block: Block, ys: slice) -> list[FloatArray]:
        z, a = self.forward.run(block.fixed, ys, dict.fromkeys(self.outputs, True))
        shape = np.broadcast_shapes((block.n, 1, 1), *(z[name].shape for name in self.outputs))
        count = shape[1] * shape[2]
        logits, values = (
            np.array([np.broadcast_to(part[name], shape).reshape(-1) for name in self.outputs]) for part in (z, a)
        )
        targets = tuple(np.repeat(part, count, axis=1) for part in block.prepared)
        out = np.empty_like(logits)
        self.loss.row_loss(logits, values, targets, out)
        return [part.reshape(shape) for part in out]

    def _reads_activation(self, block: Block) -> bool:
        """Whether the loss needs the outputs' activations, which cost as much as all the rest: asked by experiment."""
        if not self.loss.from_logit or not block.n:
            return True
        targets = tuple(part[:, :1] for part in block.prepared)
        z = np.full((len(self.outputs), 1), 0.5)
        out = np.empty_like(z)
        self.loss.row_loss(z, np.full_like(z, np.nan), targets, out)
        return not bool(np.isfinite(out).all())
