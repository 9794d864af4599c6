"""The shape of an activation: its line and its slope's line, where it is flat, and where it bends or jumps."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

import numpy as np

from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.dataset import FloatArray
from neurosim.engine.response_map import value_range
from neurosim.numbers.exact import Number
from neurosim.panels._frame import Range
from neurosim.records import dataclass

FLAT = Fraction(1, 100)
"""Where |f'| is below this part of its maximum, f counts as flat: the neuron is saturated."""
REACH = 60.0
"""Flat places are looked for between -REACH and REACH; what is flat at an end is flat from there on."""
NARROWEST = 0.25
"""A flat place narrower than this is the top of a wave, not saturation."""
LEAST = 4.0
"""The curve is shown at least from -LEAST to LEAST."""
FARTHEST = 10.0
"""Rows farther out than so many times what shows the shape do not stretch the axis: the shape would vanish."""


@dataclass(frozen=True)
class Kink:
    """A place where f bends, or jumps: its value there, and those just before and after."""

    z: float
    value: float
    left: float
    right: float

    @property
    def jumps(self) -> bool:
        """Whether f itself jumps there, not only its slope."""
        return max(abs(self.value - self.left), abs(self.value - self.right)) > 1e-6


@dataclass(frozen=True)
class Shape:
    """What there is to know about f.

    Attributes:
        steepest: the largest |f'|.
        flat: the stretches (first, last) on which |f'| is below 1 % of it, infinite at the ends.
        kinks: in rising order.
    """

    name: str
    steepest: float
    flat: tuple[Range, ...]
    kinks: tuple[Kink, ...]

    @property
    def never_slopes(self) -> bool:
        """Whether f' is 0 everywhere (a step)."""
        return self.steepest == 0

    def is_flat_at(self, z: FloatArray) -> np.ndarray:
        """For each z whether f is flat there."""
        found = np.zeros(z.shape, dtype=bool)
        for first, last in self.flat:
            found |= (z >= first) & (z <= last)
        return found


@lru_cache(maxsize=64)
def shape_of(name: str) -> Shape:
    """The shape of the activation *name*.

    Raises:
        KeyError: there is no such activation.
    """
    activation = ACTIVATIONS[name]
    round_z = np.linspace(-REACH, REACH, 24_001)
    # Beside round numbers: at a kink f' is what convention says, not what its neighbours have.
    z = round_z + 1e-7
    slopes = np.abs(activation.slope(z))
    steepest = max(float(slopes.max()), float(np.abs(activation.slope(round_z)).max()))
    flat: list[Range] = []
    if steepest > 0:
        low = slopes < float(FLAT) * steepest
        edges = np.flatnonzero(np.diff(low.astype(np.int8))) + 1
        bounds = [0, *edges.tolist(), z.size]
        for start, stop in pairwise(bounds):
            if low[start]:
                first = -math.inf if start == 0 else _edge(name, float(z[start - 1]), float(z[start]), steepest)
                last = math.inf if stop == z.size else _edge(name, float(z[stop]), float(z[stop - 1]), steepest)
                if last - first >= NARROWEST:
                    flat.append((first, last))
    kinks = []
    for at in activation.kinks:
        left, value, right = activation.curve(np.array([at - 1e-9, at, at + 1e-9])).tolist()
        kinks.append(Kink(at, value, left, right))
    return Shape(name, steepest, tuple(flat), tuple(kinks))


def _edge(name: str, steep: float, flat: float, steepest: float) -> float:
    """Where between a steep and a flat place |f'| is just 1 % of the maximum, by halving."""
    for _ in range(60):
        middle = (steep + flat) / 2
        if abs(float(ACTIVATIONS[name].slope(np.array([middle]))[0])) < float(FLAT) * steepest:
            flat = middle
        else:
            steep = middle
    near = round(flat, 6) + 0.0
    return near if abs(near - flat) < 2e-7 else flat


@dataclass(frozen=True)
class Sampled:
    """f and f' along the visible part of the axis as lines (2, n): z and value, with NaN where they jump."""

    f: FloatArray
    slope: FloatArray


@lru_cache(maxsize=16)
def sampled(name: str, x: Range, count: int) -> Sampled:
    """f and f' at *count* places over *x*, and on both sides of each kink."""
    activation = ACTIVATIONS[name]
    tiny = (x[1] - x[0]) * 1e-7
    sides = [side for k in activation.kinks for side in (k - tiny, k, k + tiny) if x[0] < side < x[1]]
    z = np.unique(np.concatenate((np.linspace(x[0], x[1], count), sides)))
    return Sampled(_parted(z, activation.curve(z), tiny), _parted(z, activation.slope(z), tiny))


def _parted(z: FloatArray, values: FloatArray, tiny: float) -> FloatArray:
    """The line, parted where it leaps at a kink: it does not run through what lies between."""
    leaps = np.flatnonzero((np.diff(z) < 1.5 * tiny) & (np.abs(np.diff(values)) > 1e-4)) + 1
    return np.stack((np.insert(z, leaps, np.nan), np.insert(values, leaps, np.nan)))


def slope_at(name: str, z: Number) -> Number:
    """f'(z): a fraction where z is one and f' is rational, else a float64."""
    activation = ACTIVATIONS[name]
    if isinstance(z, Fraction) and activation.exact_derivative is not None:
        return activation.exact_derivative(z)
    return float(activation.slope(np.array([float(z)]))[0])


def fitted_z(name: str, z: FloatArray) -> Range:
    """The part of the axis that shows the shape, from where it is flat to where it is flat, and the rows *z*."""
    edges = [abs(edge) for stretch in shape_of(name).flat for edge in stretch if math.isfinite(edge)]
    least = max(LEAST, *(1.35 * edge for edge in edges)) if edges else LEAST
    seen = z[np.abs(z) <= FARTHEST * least]
    low, high = (float(seen.min()), float(seen.max())) if seen.size else (0.0, 0.0)
    margin = 0.06 * (max(high, least) - min(low, -least))
    return (
        -least if low > -least + margin else low - margin,
        least if high < least - margin else high + margin,
    )


def fitted_a(name: str, x: Range, *, with_slope: bool) -> Range:
    """The heights that show f over *x*, and with *with_slope* also f'."""
    drawn = sampled(name, x, 200)
    low, high = value_range(name)
    heights = drawn.f[1][np.isfinite(drawn.f[1])]
    lowest = low if math.isfinite(low) else float(heights.min())
    highest = high if math.isfinite(high) else float(heights.max())
    if with_slope:
        slopes = drawn.slope[1][np.isfinite(drawn.slope[1])]
        lowest, highest = min(lowest, float(slopes.min())), max(highest, float(slopes.max()))
    lowest, highest = min(lowest, 0.0), max(highest, 0.0)
    if highest - lowest < 1e-9:
        lowest, highest = -1.0, 1.0
    margin = 0.14 * (highest - lowest)
    return lowest - margin, highest + margin
