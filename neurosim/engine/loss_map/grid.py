"""Where the loss is taken: two parameters, and the values of each at which it is."""

from __future__ import annotations

import math

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.records import dataclass

COARSE = 4
"""A coarse grid has this many times fewer points along each axis: a sixteenth of the work."""

FEWEST = 10
"""A coarse grid with fewer points along an axis would show nothing."""


@dataclass(frozen=True, eq=False)
class Grid:
    """A grid over the parameters ``x`` and ``y`` (their ids): the values ``xs`` (nx,) and ``ys`` (ny,), rising.

    Both ends of a range belong to the grid. Arrays over it have the shape (ny, nx).
    """

    x: str
    y: str
    xs: FloatArray
    ys: FloatArray

    @staticmethod
    def spanning(
        x: str, y: str, range_x: tuple[float, float], range_y: tuple[float, float], shape: tuple[int, int]
    ) -> Grid:
        """The grid of *shape* (ny, nx) from end to end of both ranges.

        Raises:
            ValueError: the two parameters are the same, a range is empty or not finite, or a side has one point.
        """
        if x == y:
            raise ValueError(f"A loss map needs two different parameters, not {x} twice.")
        for low, high in (range_x, range_y):
            if not (low < high and math.isfinite(high - low)):
                raise ValueError(f"An axis cannot go from {low} to {high}.")
        if min(shape) < 2:
            raise ValueError(f"A loss map needs two points along each axis, not {shape}.")
        return Grid(x, y, _axis(*range_x, shape[1]), _axis(*range_y, shape[0]))

    @property
    def shape(self) -> tuple[int, int]:
        """How many points there are: (ny, nx)."""
        return len(self.ys), len(self.xs)

    def coarser(self) -> Grid | None:
        """The same ranges with fewer points, to be seen sooner; ``None`` where that would show nothing."""
        ny, nx = (-(-count // COARSE) for count in self.shape)
        if min(ny, nx) < FEWEST:
            return None
        return Grid(
            self.x,
            self.y,
            _axis(float(self.xs[0]), float(self.xs[-1]), nx),
            _axis(float(self.ys[0]), float(self.ys[-1]), ny),
        )


def _axis(low: float, high: float, count: int) -> FloatArray:
    found = np.linspace(low, high, count)
    found.setflags(write=False)
    return found
