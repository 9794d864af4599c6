"""A curve as values and pixels: what a logarithmic axis can show of it, and ranges that grow in leaps."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from neurosim.engine.dataset import FloatArray
from neurosim.panels._frame import Range, fitted
from neurosim.records import dataclass

FIRST_STEPS = 10.0
"""The step axis begins with room for so many steps."""


@dataclass(frozen=True, eq=False)
class Curve:
    """What is plotted. On a logarithmic axis heights are powers of ten and points that have none are left out.

    Attributes:
        x: steps, float64 (n,).
        y: heights, float64 (n,).
        losses: the values themselves, float64 (n,).
        left_out: how many points a logarithmic axis cannot show because their loss is 0 or less.
    """

    x: FloatArray
    y: FloatArray
    losses: FloatArray
    left_out: int


NO_CURVE = Curve(np.empty(0), np.empty(0), np.empty(0), 0)


def curve_of(steps: NDArray[np.int64], losses: FloatArray, log: bool) -> Curve:
    """The curve on a linear or logarithmic axis."""
    if not log:
        return Curve(steps.astype(np.float64), losses, losses, 0)
    shown = losses > 0
    kept = losses[shown]
    return Curve(steps[shown].astype(np.float64), np.log10(kept), kept, int(losses.size - kept.size))


def step_range(last: float, present: Range | None) -> Range:
    """A range of steps that holds *last*; it grows by doubling, so that a running curve does not slide."""
    end = max(FIRST_STEPS, present[1] if present is not None else 0.0)
    while end < last:
        end *= 2
    return 0.0, end


def height_range(heights: FloatArray, log: bool, present: Range | None) -> Range:
    """A range that holds all *heights*; *present* is kept while it holds them."""
    finite = heights[np.isfinite(heights)]
    if not finite.size:
        return present if present is not None else ((-1.0, 1.0) if log else (0.0, 1.0))
    low, high = float(finite.min()), float(finite.max())
    if not log:
        # A linear loss axis starts at 0: heights can then be compared by eye.
        low = min(low, 0.0)
    if present is not None and present[0] <= low and high <= present[1]:
        return present
    if log:
        # Whole decades, so that the axis moves rarely.
        bottom, top = math.floor(low - 0.05), math.ceil(high + 0.05)
        return float(bottom), float(max(top, bottom + 1))
    room = max(high - low, 1e-12)
    return low - room * 0.05, high + room * 0.12


def value_range(values: FloatArray, present: Range | None) -> Range:
    """A range that holds all *values* of a parameter; *present* is kept while it holds them."""
    finite = values[np.isfinite(values)]
    if present is not None and (not finite.size or (present[0] <= finite.min() and finite.max() <= present[1])):
        return present
    return fitted(finite, 0.12)


def nearest_step(curve: Curve, step: float) -> int | None:
    """The index of the point whose step is nearest to *step*; of several at one step the last."""
    if not curve.x.size:
        return None
    away = np.abs(curve.x - step)
    return int(away.size - 1 - np.argmin(away[::-1]))
