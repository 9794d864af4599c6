"""Where the numbers of contour lines stand: each on its line, clear of all else, and as near as can be to where it was.

A number that jumps from one side of its line to the other while a hand drags a point draws all eyes; so each remembers
its place, and a new one looks for a place beside its neighbour's, so that they stand in a row like on a hiking map.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import islice

import numpy as np

from neurosim.engine.dataset import FloatArray

Spot = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""

APART = 12.0
"""Pixels between two places on a line that are tried."""
TRIES = 60
MARGIN = 3.0
"""Pixels between a number and the edge of the plot."""
FIRST = (0.3, 0.3)
"""Where the first number would like to stand, as parts of the width and the height."""


class NumbersOnLines:
    """Owns the places at which numbers stood last, by their level."""

    def __init__(self) -> None:
        self._places: dict[float, Spot] = {}

    def forget(self) -> None:
        """Place all anew."""
        self._places.clear()

    def place(
        self,
        lines: Sequence[tuple[float, Sequence[FloatArray]]],
        sizes: Sequence[Spot],
        area: Spot,
        taken: list[Box],
    ) -> list[tuple[float, Spot]]:
        """Levels with the middle of their numbers; a level without room has none.

        Args:
            lines: each level with its lines in pixels, (2, n).
            sizes: width and height of each level's number.
            area: width and height of the plot.
            taken: boxes to keep clear of; those of the numbers are added.
        """
        found: list[tuple[float, Spot]] = []
        target = FIRST[0] * area[0], FIRST[1] * area[1]
        for (level, pieces), size in zip(lines, sizes, strict=True):
            target = self._places.get(level, target)
            spot = _nearest_free(pieces, size, area, taken, target)
            if spot is None:
                continue
            taken.append(_box(spot, size))
            found.append((level, spot))
            target = spot
        self._places = dict(found)
        return found


def _nearest_free(pieces: Sequence[FloatArray], size: Spot, area: Spot, taken: list[Box], target: Spot) -> Spot | None:
    """The place on one of *pieces* nearest to *target* where a number of *size* has room."""
    long = [piece for piece in pieces if float(np.ptp(piece, axis=1).max()) > size[0]]
    if not long:
        return None
    at = np.array([[target[0]], [target[1]]])
    # Where the number stood there is room most of the time.
    spot = min((_nearest(piece, at) for piece in long), key=lambda found: math.dist(found, target))
    if _is_inside(spot, size, area) and is_free(_box(spot, size), taken):
        return spot
    x, y = np.concatenate([_along(piece) for piece in long], axis=1)
    order = np.argsort((x - target[0]) ** 2 + (y - target[1]) ** 2)
    spots = zip(x[order].tolist(), y[order].tolist(), strict=True)
    inside = islice((spot for spot in spots if _is_inside(spot, size, area)), TRIES)
    return next((spot for spot in inside if is_free(_box(spot, size), taken)), None)


def _is_inside(spot: Spot, size: Spot, area: Spot) -> bool:
    wide, high = size[0] / 2 + MARGIN, size[1] / 2 + MARGIN
    return wide < spot[0] < area[0] - wide and high < spot[1] < area[1] - high


def is_free(box: Box, taken: Sequence[Box]) -> bool:
    """Whether *box* is clear of all others."""
    return not any(b[0] < box[2] and b[2] > box[0] and b[1] < box[3] and b[3] > box[1] for b in taken)


def _box(middle: Spot, size: Spot) -> Box:
    return middle[0] - size[0] / 2, middle[1] - size[1] / 2, middle[0] + size[0] / 2, middle[1] + size[1] / 2


def _nearest(line: FloatArray, target: FloatArray) -> Spot:
    """The place on a line that is nearest to *target*, (2, 1)."""
    start, step = line[:, :-1], line[:, 1:] - line[:, :-1]
    part = ((target - start) * step).sum(axis=0) / np.maximum((step * step).sum(axis=0), 1e-12)
    places = start + np.minimum(np.maximum(part, 0.0), 1.0) * step
    offset = places - target
    x, y = places[:, int((offset * offset).sum(axis=0).argmin())].tolist()
    return x, y


def _along(line: FloatArray) -> FloatArray:
    """Places on a line, evenly apart."""
    reached = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(line, axis=1)))))
    count = max(2, int(reached[-1] / APART) + 1)
    at = np.linspace(0.0, reached[-1], count)
    return np.stack((np.interp(at, reached, line[0]), np.interp(at, reached, line[1])))
