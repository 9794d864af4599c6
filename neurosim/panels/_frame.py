"""From data units to pixels of the plotting area and back, for numbers and for whole arrays."""

from __future__ import annotations

import math
from functools import cached_property
from typing import overload

import numpy as np
from PySide6.QtCore import QPointF

from neurosim.engine.dataset import FloatArray
from neurosim.records import dataclass

Range = tuple[float, float]


@dataclass(frozen=True)
class Frame:
    """The visible ranges of both axes and the size in pixels of the area that shows them; y pixels grow downwards."""

    x: Range
    y: Range
    width: float
    height: float

    @cached_property
    def x_scale(self) -> float:
        """Pixels per data unit across."""
        return self.width / (self.x[1] - self.x[0])

    @cached_property
    def y_scale(self) -> float:
        """Pixels per data unit upwards (a positive number)."""
        return self.height / (self.y[1] - self.y[0])

    @overload
    def across(self, x: float) -> float: ...
    @overload
    def across(self, x: FloatArray) -> FloatArray: ...
    def across(self, x: float | FloatArray) -> float | FloatArray:
        """The horizontal pixel of a value."""
        return (x - self.x[0]) * self.x_scale

    @overload
    def down(self, y: float) -> float: ...
    @overload
    def down(self, y: FloatArray) -> FloatArray: ...
    def down(self, y: float | FloatArray) -> float | FloatArray:
        """The vertical pixel of a value."""
        return (self.y[1] - y) * self.y_scale

    def place(self, x: float, y: float) -> QPointF:
        """The pixel of a point of the data."""
        return QPointF(self.across(x), self.down(y))

    def value(self, place: QPointF) -> tuple[float, float]:
        """The data point under a pixel."""
        return self.x[0] + place.x() / self.x_scale, self.y[1] - place.y() / self.y_scale


def fitted(values: FloatArray, margin: float, origin: float = 0.0) -> Range:
    """A range that shows all of *values* with *margin* (a part of their span) on both sides.

    Zero is shown too when it is no further than *origin* times the span. Equal values get one unit (or a tenth of
    their size) around them.
    """
    finite = values[np.isfinite(values)]
    if not finite.size:
        return -1.0, 1.0
    low, high = float(finite.min()), float(finite.max())
    span = high - low
    if span <= 1e-12 * max(abs(low), abs(high)):
        around = max(1.0, abs(low) / 10)
        low, high, span = low - around, high + around, 0.0
    if origin and 0 < low <= origin * span:
        low = 0.0
    elif origin and -origin * span <= high < 0:
        high = 0.0
    edge = margin * (high - low)
    return low - edge, high + edge


def nice_levels(low: float, high: float, about: int) -> list[float]:
    """Some *about* round values (1, 2, 5 times a power of ten) strictly between *low* and *high*."""
    span = high - low
    if not math.isfinite(span) or span <= 0:
        return []
    rough = span / about
    decade = 10.0 ** math.floor(math.log10(rough))
    step = next(s * decade for s in (1, 2, 5, 10) if s * decade >= rough)
    first = math.floor(low / step) + 1
    return [k * step for k in range(first, math.ceil(high / step)) if low < k * step < high]
