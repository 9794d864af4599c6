"""How old each parameter is, in steps, and what that takes off the first averages of Adam."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.engine.optimizers.base import constant

_ONE = constant(1.0)


def common_age(steps: FloatArray) -> int | None:
    """The number of steps that all parameters have seen; ``None`` when some joined later than others."""
    if steps.size and bool(np.all(steps == steps[0])):
        return int(steps[0])
    return None


def bias_corrections(steps: FloatArray, *decays: float) -> Callable[[], tuple[FloatArray, ...]]:
    """A function that counts one more step in *steps* and gives 1 - decay^t for each of *decays*.

    The corrections are 0-d arrays while all parameters are of the same age, else vectors with one element for each.
    """
    age = common_age(steps)
    if age is None:
        distinct, group = np.unique(steps, return_inverse=True)
        later = itertools.count(1)

        def advance_each() -> tuple[FloatArray, ...]:
            np.add(steps, _ONE, steps)
            passed = next(later)
            # The same power function as below, so that a parameter's steps have the same bits in either company.
            ages_now = [int(start) + passed for start in distinct]
            return tuple(np.array([1.0 - decay**now for now in ages_now])[group] for decay in decays)

        return advance_each

    ages = itertools.count(age + 1)
    shared = tuple(np.empty(()) for _ in decays)

    def advance() -> tuple[FloatArray, ...]:
        np.add(steps, _ONE, steps)
        now = next(ages)
        for correction, decay in zip(shared, decays, strict=True):
            correction.fill(1.0 - decay**now)
        return shared

    return advance
