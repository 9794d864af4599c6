"""A function as a line to draw: broken at poles, jumps and where it is undefined, and the ranges that show it well."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.panels._frame import Range, fitted
from neurosim.records import dataclass

Sampled = Callable[[FloatArray], FloatArray]
"""Values at many points, NaN where there are none."""

POINTS = 480
"""Points along the line before any are added."""

HALVINGS = 24
"""A jump that is still there after so many halvings of the interval is a jump."""

WIDEST = 6.0
"""A new function is first shown from minus to plus this."""

_STEEP = 4.5
"""When the whole line is so many times higher than its middle, the middle is shown."""

_SUSPECT = 0.08
"""A rise between two neighbouring points that is more than this part of the visible range is looked into."""


@dataclass(frozen=True)
class Curve:
    """Points of a line; NaN in ``y`` breaks it. Both are float64 (n,)."""

    x: FloatArray
    y: FloatArray


def curve(function: Sampled, x: Range, height: float) -> Curve:
    """The line of *function* over the range *x*.

    Args:
        function: its values.
        x: the visible range.
        height: the visible range of values, by which a rise is steep or not.
    """
    at = np.linspace(x[0], x[1], POINTS + 1)
    values = function(at)
    at, values = _with_edges(function, at, values)
    return _broken(function, at, values, height)


def _with_edges(function: Sampled, at: FloatArray, values: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Where a defined region begins or ends, its last point that has a value."""
    defined = np.isfinite(values)
    changes = np.flatnonzero(defined[1:] != defined[:-1])
    if not changes.size:
        return at, values
    inside = np.where(defined[changes], at[changes], at[changes + 1])
    outside = np.where(defined[changes], at[changes + 1], at[changes])
    for _ in range(HALVINGS):
        middle = (inside + outside) / 2
        good = np.isfinite(function(middle))
        inside, outside = np.where(good, middle, inside), np.where(good, outside, middle)
    edges = function(inside)
    return np.insert(at, changes + 1, inside), np.insert(values, changes + 1, edges)


def _broken(function: Sampled, at: FloatArray, values: FloatArray, height: float) -> Curve:
    """A break in the middle of every rise that does not become smaller as one looks closer."""
    rises = np.abs(np.diff(values))
    suspects = np.flatnonzero(rises > _SUSPECT * height)
    if not suspects.size:
        return Curve(at, values)
    left, right = at[suspects].copy(), at[suspects + 1].copy()
    low, high = values[suspects].copy(), values[suspects + 1].copy()
    first = np.abs(high - low)
    undefined = np.zeros(suspects.size, dtype=bool)
    for _ in range(HALVINGS):
        middle = (left + right) / 2
        value = function(middle)
        undefined |= ~np.isfinite(value)
        to_left = np.abs(value - low) >= np.abs(high - value)
        right, high = np.where(to_left, middle, right), np.where(to_left, value, high)
        left, low = np.where(to_left, left, middle), np.where(to_left, low, value)
    with np.errstate(invalid="ignore"):
        jumps = undefined | ~(np.abs(high - low) < 0.5 * first)
    places = suspects[jumps] + 1
    # The line runs up to the jump on both sides, with a gap between.
    new_x = np.column_stack((left[jumps], (left[jumps] + right[jumps]) / 2, right[jumps])).ravel()
    new_y = np.column_stack((low[jumps], np.full(int(jumps.sum()), np.nan), high[jumps])).ravel()
    where = np.repeat(places, 3)
    return Curve(np.insert(at, where, new_x), np.insert(values, where, new_y))


def fitted_x(function: Sampled, point: float) -> Range:
    """A range around *point* that shows the function, and no more than it where it ends within."""
    reach = max(WIDEST, 1.5 * abs(point))
    low, high = -reach, reach
    at = np.linspace(low, high, 1201)
    there = np.flatnonzero(np.isfinite(function(at)))
    if there.size < 2:
        return low, high
    first, last = float(at[there[0]]), float(at[there[-1]])
    first, last = min(first, point), max(last, point)
    if last - first > 0.6 * (high - low):
        return low, high
    edge = 0.08 * (last - first)
    return first - edge, last + edge


def fitted_y(function: Curve, slope: Curve, point: float, kept: list[float]) -> Range:
    """A range of values that shows the function well, and as much of its derivative as leaves it room.

    Where a line runs off, to a pole or as a power does, the middle of it counts more than its ends.

    Args:
        function: its line.
        slope: the line of its derivative.
        point: the place that is looked at.
        kept: values that are shown in any case.
    """
    low, high = _body(function, point)
    span = high - low
    slopes = slope.y[np.isfinite(slope.y)]
    if slopes.size:
        bottom, top = _body(slope, point)
        room = span if span > 0 else float("inf")
        low, high = min(low, max(bottom, low - room)), max(high, min(top, high + room))
    wanted = [low, high, 0.0, *(value for value in kept if np.isfinite(value))]
    return fitted(np.array(wanted), 0.08)


def _body(line: Curve, point: float) -> Range:
    """The values that most of a line has."""
    there = np.isfinite(line.y)
    x, y = line.x[there], line.y[there]
    if not y.size:
        return 0.0, 0.0
    low, high = _without_tails(y)
    middle, half = (line.x[0] + line.x[-1]) / 2, (line.x[-1] - line.x[0]) / 4
    near = y[(np.abs(x - middle) <= half) | (np.abs(x - point) <= half / 3)]
    if near.size:
        bottom, top = _without_tails(near)
        # A power leaves the picture on its way up; what happens where it is flat is more worth seeing.
        if top > bottom and high - low > _STEEP * (top - bottom):
            reach = (top - bottom) / 4
            return max(low, bottom - reach), min(high, top + reach)
    return low, high


def _without_tails(values: FloatArray) -> Range:
    if values.size < 20:
        return float(values.min()), float(values.max())
    low, high = (float(value) for value in np.quantile(values, (0.08, 0.92)))
    reach = 1.2 * (high - low)
    inside = values[(values >= low - reach) & (values <= high + reach)]
    return float(inside.min()), float(inside.max())
