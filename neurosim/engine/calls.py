"""What passes are made of: lists of numpy calls, the buffers that they fill, and what a network is compared with."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from neurosim.engine.compiled import CompiledNetwork
from neurosim.engine.dataset import FloatArray
from neurosim.engine.losses import Loss
from neurosim.engine.losses.base import Prepared
from neurosim.records import dataclass

Call = tuple[Callable[..., Any], tuple[Any, ...]]


@dataclass(frozen=True)
class Objective:
    """What a network is compared with: the loss, the output nodes, and their targets as the loss prepared them."""

    loss: Loss
    outputs: tuple[str, ...]
    prepared: Prepared


def run(calls: Sequence[Call]) -> None:
    """Make the *calls*, one after another."""
    for function, arguments in calls:
        function(*arguments)


CACHE_LINE = 64
"""Bytes. Where rows begin at one, numpy's loops over them are about a tenth faster."""


def zeros(shape: tuple[int, ...]) -> FloatArray:
    """A float64 array of *shape* that begins at a cache line."""
    size = 8 * math.prod(shape)
    memory = np.zeros(size + CACHE_LINE, dtype=np.uint8)
    start = -memory.ctypes.data % CACHE_LINE
    return memory[start : start + size].view(np.float64).reshape(shape)


def aligned(values: FloatArray) -> FloatArray:
    """A copy of *values* that begins at a cache line, its rows one after another."""
    found = zeros(values.shape)
    found[...] = values
    return found


class Buffers:
    """What passes write; chunks of the same size take turns in one.

    Attributes:
        z, a: sums and activations, (n_rows, n_samples); the rows of ones of ``a`` are filled for good.
        d: gradients, (n_rows, n_samples): d_a first, then d_z in its place. Rows that reach no output stay 0.
        work: a place for anything that is used up at once.
        slopes: f'(z) of rows whose derivatives are worked out together; there when it is first asked for.
    """

    def __init__(self, compiled: CompiledNetwork, n_samples: int) -> None:
        """Allocate."""
        shape = (compiled.n_rows, n_samples)
        self.z, self.a, self.d, self.work = zeros(shape), zeros(shape), zeros(shape), zeros(shape)
        self.a.fill(1.0)

    def take_in(self, samples: FloatArray) -> FloatArray:
        """Hold *samples*, the inputs and a row of ones, for good, where only one chunk uses these buffers."""
        np.copyto(self.a[: len(samples)], samples)
        return self.a[: len(samples)]

    @cached_property
    def slopes(self) -> FloatArray:
        """(n_rows, n_samples)."""
        return zeros(self.work.shape)
