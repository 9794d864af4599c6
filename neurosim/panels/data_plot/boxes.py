"""Squares on the residuals and bars at the points, in pixels: their sides are what the loss is made of."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

from neurosim.engine.dataset import FloatArray
from neurosim.records import dataclass

Mask = NDArray[np.bool_]
Rows = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Boxes:
    """One upright rectangle for each of some rows.

    Attributes:
        rows: (m,): whose they are, in ascending order.
        left, top, width, height: (m,) in pixels of the plotting area.
    """

    rows: Rows
    left: FloatArray
    top: FloatArray
    width: FloatArray
    height: FloatArray

    def rect(self, place: int) -> QRectF:
        """The rectangle at *place* (0 to m - 1)."""
        values = self.left[place], self.top[place], self.width[place], self.height[place]
        return QRectF(*(float(value) for value in values))

    def rects(self) -> list[QRectF]:
        """All of them."""
        return [self.rect(place) for place in range(self.rows.size)]

    def place_of(self, row: int) -> int | None:
        """Where in the arrays *row* is; ``None`` when it has no rectangle."""
        return self._places.get(row)

    def at(self, pixel: QPointF, least: float = 0.0) -> int | None:
        """The row whose rectangle is under a pixel, of several the smallest; each is at least *least* pixels wide."""
        widened = np.maximum((least - self.width) / 2, 0.0)
        x, y = pixel.x(), pixel.y()
        inside = (x >= self.left - widened) & (x <= self.left + self.width + widened)
        inside &= (y >= self.top) & (y <= self.top + self.height)
        found = np.flatnonzero(inside)
        if not found.size:
            return None
        area = self.width[found] * self.height[found]
        return int(self.rows[found[int(np.argmin(area))]])

    def without(self, row: int | None) -> Boxes:
        """The others."""
        place = None if row is None else self._places.get(row)
        if place is None:
            return self
        parts = self.rows, self.left, self.top, self.width, self.height
        return Boxes(*(np.delete(part, place) for part in parts))  # type: ignore[arg-type]  # five, as they came

    def same_as(self, other: Boxes | None) -> bool:
        """Whether every rectangle is where the other one's is."""
        return other is not None and all(
            np.array_equal(mine, theirs)
            for mine, theirs in (
                (self.rows, other.rows),
                (self.left, other.left),
                (self.top, other.top),
                (self.width, other.width),
                (self.height, other.height),
            )
        )

    @cached_property
    def _places(self) -> dict[int, int]:
        return {row: place for place, row in enumerate(self.rows.tolist())}


def no_boxes() -> Boxes:
    """None at all."""
    nothing = np.zeros(0)
    return Boxes(np.zeros(0, dtype=np.intp), nothing, nothing, nothing, nothing)


def squares_on(rows: Rows, x: FloatArray, start: FloatArray, end: FloatArray, leftward: Mask) -> Boxes:
    """A square beside each residual from *start* to *end* at *x*: one of its sides is the residual itself.

    All arrays are (m,), in pixels; *leftward* says on which side of the residual the square lies.
    """
    side = np.abs(end - start)
    return Boxes(rows, np.where(leftward, x - side, x), np.minimum(start, end), side, side)


def grows_left(x: FloatArray, start: FloatArray, end: FloatArray, curve: FloatArray | None, width: float) -> Mask:
    """On which side the square of each residual has room: away from the model's line, and inside the plot.

    Args:
        x, start, end: (m,): the residual's place, the point's and the prediction's height, in pixels.
        curve: (2, k): the model's line in pixels; ``None`` when it is not drawn.
        width: of the plotting area.
    """
    side = np.abs(end - start)
    more_room = x > width / 2
    left, right = _crossed(x, start, end, curve, -1.0), _crossed(x, start, end, curve, 1.0)
    wanted = np.where(np.abs(left - right) > 0.5, left < right, more_room)
    fits_left, fits_right = x - side >= 0, x + side <= width
    only = np.where(fits_left == fits_right, np.where(fits_left, wanted, more_room), fits_left)
    return np.asarray(only, dtype=bool)


def _crossed(x: FloatArray, start: FloatArray, end: FloatArray, curve: FloatArray | None, way: float) -> FloatArray:
    """How far the line runs into a square on one side, at its middle and at its far edge together."""
    if curve is None:
        return np.zeros_like(x)
    side, downwards = np.abs(end - start), np.sign(start - end)
    total = np.zeros_like(x)
    for part in (0.5, 1.0):
        line = np.interp(x + way * part * side, curve[0], curve[1])
        total += np.clip((line - end) * downwards, 0.0, side)
    return total


def squares_around(rows: Rows, x: FloatArray, y: FloatArray, side: FloatArray) -> Boxes:
    """A square of *side* with the point in its middle, for a plot from above, where residuals cannot be seen."""
    return Boxes(rows, x - side / 2, y - side / 2, side, side)


def bars_at(rows: Rows, x: FloatArray, y: FloatArray, length: FloatArray, upward: Mask, thick: float) -> Boxes:
    """An upright bar from (*x*, *y*) on, (m,) each; *x* is its left edge."""
    return Boxes(rows, x, np.where(upward, y - length, y), np.full(x.shape, thick), length)


def largest(values: FloatArray, most: int, allowed: Mask | None) -> Rows:
    """The rows of the *most* largest finite *values*, in ascending order."""
    good = np.isfinite(values)
    if allowed is not None:
        good &= allowed
    rows = np.flatnonzero(good)
    if rows.size > most:
        rows = np.sort(rows[np.argpartition(values[rows], rows.size - most)[-most:]])
    return rows
