"""What passes are made of: lists of numpy calls, the buffers that they fill, and what a network is compared with."""

from __future__ import annotations

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
        self.z, self.a, self.d = np.zeros(shape), np.ones(shape), np.zeros(shape)
        self.work = np.zeros(shape)

    @cached_property
    def slopes(self) -> FloatArray:
        """(n_rows, n_samples)."""
        return np.zeros_like(self.work)
