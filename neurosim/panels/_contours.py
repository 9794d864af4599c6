"""Lines of equal value on a field over the plotting area, in pixels."""

from __future__ import annotations

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.panels._frame import Frame
from neurosim.widgets.level_lines import LevelLines

Line = FloatArray
"""Points of a line in pixels of the plotting area, (2, n)."""


class Contours:
    """Finds the lines of values (rows, columns), the top row first, which fill the plotting area from edge to edge."""

    def __init__(self, values: FloatArray, frame: Frame) -> None:
        rows, columns = values.shape
        self._cell = np.array([[frame.width / (columns - 1)], [frame.height / (rows - 1)]])
        self._lines = LevelLines(values)

    def lines(self, level: float) -> list[Line]:
        """Where the value is *level*; lines of a single point are left out."""
        found = (line.T * self._cell for line in self._lines.at(level))
        return [line for line in found if line.shape[1] > 1]


def length(line: Line) -> float:
    """The length of a line in pixels."""
    return float(np.hypot(*np.diff(line, axis=1)).sum())


def along(line: Line, parts: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """x, y and the direction (dx, dy of length 1) of a line at *parts* of its length, 0 to 1."""
    steps = np.hypot(*np.diff(line, axis=1))
    reached = np.concatenate(([0.0], np.cumsum(steps)))
    at = np.asarray(parts, dtype=np.float64) * reached[-1]
    x, y = np.interp(at, reached, line[0]), np.interp(at, reached, line[1])
    # The direction over a few pixels: single steps of a contour may be tiny.
    near, far = np.clip(at - 3, 0, reached[-1]), np.clip(at + 3, 0, reached[-1])
    dx = np.interp(far, reached, line[0]) - np.interp(near, reached, line[0])
    dy = np.interp(far, reached, line[1]) - np.interp(near, reached, line[1])
    norm = np.maximum(np.hypot(dx, dy), 1e-9)
    return x, y, dx / norm, dy / norm
