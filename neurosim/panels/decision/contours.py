"""Lines of equal value on a field over a plane: in pixels, with their numbers placed and their upper side marked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.panels._contours import Contours, Line, along, length
from neurosim.panels._frame import Frame

Spot = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""


class Field:
    """Values over a plane, (rows, columns) with the top row first, which fill the plotting area from edge to edge."""

    def __init__(self, values: FloatArray, frame: Frame) -> None:
        self.values = values
        self.width, self.height = frame.width, frame.height
        rows, columns = values.shape
        self.cell_x, self.cell_y = frame.width / (columns - 1), frame.height / (rows - 1)
        self.lines = Contours(values, frame).lines

    def at(self, x: FloatArray, y: FloatArray) -> FloatArray:
        """The values at pixels, between the points of the grid evenly; beyond the edge as at the edge."""
        rows, columns = self.values.shape
        across = np.clip(x / self.cell_x, 0.0, columns - 1.0)
        down = np.clip(y / self.cell_y, 0.0, rows - 1.0)
        column = np.minimum(across.astype(np.intp), columns - 2)
        row = np.minimum(down.astype(np.intp), rows - 2)
        u, v = across - column, down - row
        values = self.values
        above = values[row, column] * (1 - u) + values[row, column + 1] * u
        below = values[row + 1, column] * (1 - u) + values[row + 1, column + 1] * u
        return np.asarray(above * (1 - v) + below * v, dtype=np.float64)

    def is_flat(self) -> bool:
        """Whether it is the same everywhere."""
        return float(np.ptp(self.values)) <= 1e-12 * max(1.0, float(np.abs(self.values).max()))

    def steepness(self, x: FloatArray, y: FloatArray) -> FloatArray:
        """How much the field changes per pixel at pixels, at most."""
        shift = np.array([[1.5], [-1.5], [0.0], [0.0]])
        east, west, south, north = self.at(x + shift, y + shift[[2, 3, 0, 1]])
        return np.asarray(np.hypot(east - west, south - north) / 3, dtype=np.float64)


def upper_sides(field: Field, line: Line, parts: FloatArray) -> list[tuple[Spot, Spot]]:
    """At *parts* of a line's length the place, and the direction (length 1) in which the field rises across it."""
    x, y, dx, dy = along(line, parts)
    nx, ny = -dy, dx
    reach = np.array([[3.0], [-3.0]])
    ahead, behind = field.at(x + reach * nx, y + reach * ny)
    side = np.where(ahead >= behind, 1.0, -1.0)
    return [
        ((float(px), float(py)), (float(sx), float(sy)))
        for px, py, sx, sy in zip(x, y, nx * side, ny * side, strict=True)
    ]


def distance_to(line: Line, x: float, y: float) -> float:
    """How far a pixel is from the nearest place of a line."""
    start, step = line[:, :-1], np.diff(line, axis=1)
    squared = np.maximum((step**2).sum(axis=0), 1e-12)
    part = np.clip(((x - start[0]) * step[0] + (y - start[1]) * step[1]) / squared, 0.0, 1.0)
    return float(np.hypot(start[0] + part * step[0] - x, start[1] + part * step[1] - y).min())


class Taken:
    """Owns the boxes in which something is painted already, so that numbers find free places."""

    def __init__(self, boxes: FloatArray) -> None:
        """Begin with *boxes*, (n, 4): left, top, right, bottom."""
        self._boxes = boxes

    def add(self, box: Box) -> None:
        """Something is painted in *box*."""
        self._boxes = np.append(self._boxes, [box], axis=0)

    def is_free(self, box: Box) -> bool:
        """Whether *box* is clear of all others."""
        left, top, right, bottom = self._boxes.T
        overlapping = (left < box[2] + 3) & (right > box[0] - 3) & (top < box[3] + 3) & (bottom > box[1] - 3)
        return not overlapping.any()


def spot_for(lines: list[Line], size: Spot, area: Spot, taken: Taken, clear_of: Sequence[Line] = ()) -> Spot | None:
    """A place (its middle) on one of *lines* for a number *size* pixels large.

    It lies in *area*, clear of what is *taken* (to which it is added) and of the lines *clear_of*. ``None`` when there
    is no room.
    """
    wide, high = size
    for line in sorted(lines, key=length, reverse=True)[:2]:
        if length(line) < wide * 1.5:
            continue
        x, y, _, _ = along(line, np.array([0.5, 0.35, 0.65, 0.2, 0.8, 0.1, 0.9]))
        for px, py in zip(x.tolist(), y.tolist(), strict=True):
            box = (px - wide / 2, py - high / 2, px + wide / 2, py + high / 2)
            inside = box[0] >= 2 and box[1] >= 2 and box[2] <= area[0] - 2 and box[3] <= area[1] - 2
            if not inside or not taken.is_free(box):
                continue
            if all(distance_to(other, px, py) > (wide + high) / 3 for other in clear_of):
                taken.add(box)
                return px, py
    return None
