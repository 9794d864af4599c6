"""Where the numbers of contour lines stand: each on its line, clear of all else, and as near as can be to where it was.

A number that jumps from one side of its line to the other while a hand drags a point draws all eyes; so each remembers
its place, and a new one looks for a place beside its neighbour's, so that they stand in a row like on a hiking map.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from neurosim.engine.dataset import FloatArray

Spot = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""

APART = 12.0
"""Pixels between two places on a line that are tried."""
TRIES = 60
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
    wide, high = size
    long = [piece for piece in pieces if _length(piece) > 1.5 * wide]
    if not long:
        return None
    x, y = np.concatenate([part for piece in long for part in (_nearest(piece, target), _along(piece))], axis=1)
    margin = 3.0
    inside = (x > wide / 2 + margin) & (x < area[0] - wide / 2 - margin)
    inside &= (y > high / 2 + margin) & (y < area[1] - high / 2 - margin)
    x, y = x[inside], y[inside]
    order = np.argsort((x - target[0]) ** 2 + (y - target[1]) ** 2)[:TRIES]
    for px, py in zip(x[order].tolist(), y[order].tolist(), strict=True):
        if is_free(_box((px, py), size), taken):
            return px, py
    return None


def is_free(box: Box, taken: Sequence[Box]) -> bool:
    """Whether *box* is clear of all others."""
    return not any(b[0] < box[2] and b[2] > box[0] and b[1] < box[3] and b[3] > box[1] for b in taken)


def _box(middle: Spot, size: Spot) -> Box:
    return middle[0] - size[0] / 2, middle[1] - size[1] / 2, middle[0] + size[0] / 2, middle[1] + size[1] / 2


def _length(line: FloatArray) -> float:
    return float(np.hypot(*np.diff(line, axis=1)).sum())


def _nearest(line: FloatArray, target: Spot) -> FloatArray:
    """The one place on a line that is nearest to *target*, (2, 1)."""
    start, step = line[:, :-1], np.diff(line, axis=1)
    offset = np.array([[target[0]], [target[1]]]) - start
    part = np.clip((offset * step).sum(axis=0) / np.maximum((step**2).sum(axis=0), 1e-12), 0.0, 1.0)
    places = start + part * step
    which = int(np.argmin(((places - np.array([[target[0]], [target[1]]])) ** 2).sum(axis=0)))
    return np.asarray(places[:, which : which + 1], dtype=np.float64)


def _along(line: FloatArray) -> FloatArray:
    """Places on a line, evenly apart."""
    reached = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(line, axis=1)))))
    count = max(2, int(reached[-1] / APART) + 1)
    at = np.linspace(0.0, reached[-1], count)
    return np.stack((np.interp(at, reached, line[0]), np.interp(at, reached, line[1])))
