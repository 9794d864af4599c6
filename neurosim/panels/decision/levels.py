"""The place on the z axis where an activation passes a level, so that a boundary is drawn where z is, not where a is.

z is smooth where a jumps or is flat: a contour of z is right on the coarsest grid.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.response_map import value_range

REACH = 60.0
"""Between -REACH and REACH a rising function is told from others."""
FAR = 1e15
CORNER = 10.0
"""An activation that has an end and gets there does so within this."""


@lru_cache(maxsize=512)
def crossing(activation: str, level: float) -> float | None:
    """The z above which f(z) is above *level*, and below which it is not, for an f that never falls.

    ``None`` for other functions and where there is no such place. Where f stays on *level* for a while at its lowest
    (a ReLU at 0), the end of that stretch counts, else its beginning.
    """
    if not is_rising(activation):
        return None
    low, high = value_range(activation)
    if not low <= level <= high:
        return None
    f = ACTIVATIONS[activation].curve

    def value(z: float) -> float:
        return float(f(np.array([z]))[0])

    reached = _first(lambda z: value(z) >= level)
    if reached is None:
        reached = _first(lambda z: value(z) > level)
    # Where float64 rounds a sigmoid to 0 or 1 nothing is crossed.
    return None if reached is not None and level in (low, high) and abs(reached) > CORNER else reached


@lru_cache(maxsize=64)
def is_rising(activation: str) -> bool:
    """Whether f never falls."""
    found = ACTIVATIONS.get(activation)
    if found is None:
        return False
    values = found.curve(np.linspace(-REACH, REACH, 12_001))
    return bool((np.diff(values) >= -1e-12).all())


def _first(holds: Callable[[float], bool]) -> float | None:
    """The least z at which *holds* turns true, found by halving; ``None`` when it is true everywhere or nowhere."""
    low, high = -1.0, 1.0
    while holds(low):
        low *= 4
        if low < -FAR:
            return None
    while not holds(high):
        high *= 4
        if high > FAR:
            return None
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if holds(middle):
            high = middle
        else:
            low = middle
    # Halving never quite arrives at 0, nor at 3.
    near = round(high, 9) + 0.0
    return near if abs(high - near) <= 1e-15 * max(1.0, abs(near)) else high
