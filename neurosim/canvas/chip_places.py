"""Where the numbers stand on their edges: clear of nodes and of each other, and of other edges where they can be."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

import numpy as np
from PySide6.QtCore import QRectF

from neurosim.canvas import geometry, style
from neurosim.canvas.items.chip import HEIGHT
from neurosim.canvas.items.edge_layer import EdgeLayer
from neurosim.canvas.rectangles import boxes, covered, crossings
from neurosim.engine.dataset import FloatArray

ROOM = 72.0
"""Width that is kept free for a chip, so that it need not move when its number changes."""
AROUND = (3.0, 2.0)
"""And so much air beside it, and above and below."""
PRODUCT_PLACES = (0.88, 0.8, 0.94, 0.72, 0.64, 0.56)
PLACES_BEFORE_PRODUCT = (0.4, 0.34, 0.45, 0.3, 0.5, 0.26, 0.56)
ROUNDS = 4
"""So often chips are asked to make room for each other."""
PLACES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.2, 0.8)
FARTHER_PLACES = (0.46, 0.54, 0.38, 0.62, 0.3, 0.7, 0.235, 0.765, 0.165, 0.835, 0.13, 0.87)
"""Where chips look that find no free place among the first."""
MOST_LINES = 80
"""Among more edges than this, numbers cannot keep clear of others than their own."""
CROSSING, PRODUCT_CROSSING = 160.0, 120.0
"""What it costs to stand on another edge, in square pixels of something that is covered."""
LATER, PRODUCT_LATER = 4.0, 8.0
"""What each place that comes later in the order costs."""
OTHER_SIDE = 4.0
"""What it costs a product to stand on the other side of its edge."""


class _Choice:
    """The places that one number can choose among, and what they cost whatever the other numbers choose.

    Attributes:
        t: the curve parameters of the places, shape (n,).
        low, high: the corners of what the number covers there, both (n, 2).
    """

    def __init__(self, layer: EdgeLayer, key: str, t: tuple[float, ...], size: tuple[float, float]) -> None:
        row = layer.row[key]
        self.t = t
        points = geometry.at(layer.curves[row : row + 1], np.array(t))[0]
        wide, high = size[0], size[1]
        away = np.array([wide / 2, style.tall(HEIGHT) / 2]) + AROUND
        self.low = points - away
        self.high = self.low + np.array([wide + 2 * AROUND[0], high + 2 * AROUND[1]])
        others = np.delete(layer.lines, row, axis=0)
        few = len(layer.lines) <= MOST_LINES
        crossed = crossings(others, self.low, self.high) if few else np.zeros(len(t))
        self._costs = LATER * np.arange(len(t)) + CROSSING * crossed
        self._covered = np.zeros(len(t))

    def keep_clear(self, nodes: FloatArray) -> None:
        """What the rectangles *nodes* (k, 4) cover costs."""
        self._covered = covered(self.low, self.high, nodes)

    def best(self, count: int, taken: FloatArray) -> tuple[int, bool]:
        """The cheapest of the first *count* places where others have *taken* (k, 4); whether it covers something."""
        total = self._covered[:count] + covered(self.low[:count], self.high[:count], taken)
        found = int((total + self._costs[:count]).argmin())
        return found, bool(total[found] > 0.0)


def chip_places(
    layer: EdgeLayer,
    wanted: Mapping[str, tuple[float, float]],
    obstacles: Iterable[QRectF],
    with_product: Container[str] = frozenset(),
) -> dict[str, float]:
    """For each edge in *wanted* (key to width and height of its chips) the curve parameter where they stand best.

    Chips keep clear of nodes and of each other, and of other edges where they can: the first of ``PLACES`` that costs
    nothing, else the cheapest. As long as a chip covers something all are asked again, so that others make room for
    it. Those ``with_product`` leave room for it near the sum.
    """
    nodes, least = boxes(obstacles), style.tall(ROOM)
    choices: dict[str, _Choice] = {}
    for key, (wide, high) in wanted.items():
        places = PLACES_BEFORE_PRODUCT if key in with_product else PLACES + FARTHER_PLACES
        choices[key] = _Choice(layer, key, places, (max(wide, least), high))
        choices[key].keep_clear(nodes)
    chosen: dict[str, float] = {}
    taken = np.full((len(choices), 4), np.nan)
    for turn in range(ROUNDS):
        unhappy = False
        for i, (key, choice) in enumerate(choices.items()):
            taken[i] = np.nan  # its own place is in nobody's way
            there = taken[~np.isnan(taken[:, 0])]
            best, covers = choice.best(len(choice.t) if turn else len(PLACES), there)
            unhappy = unhappy or covers
            chosen[key] = choice.t[best]
            taken[i] = *choice.low[best], *choice.high[best]
        if not unhappy:
            break
    return chosen


def product_places(
    layer: EdgeLayer, sizes: Mapping[str, tuple[float, float]], obstacles: Iterable[QRectF]
) -> dict[str, tuple[float, float]]:
    """For each product where its right end stands: the curve parameter, and pixels above (-) or below (+) the line."""
    taken = boxes(obstacles)
    chosen: dict[str, tuple[float, float]] = {}
    away = style.tall(15.0)
    for name, (wide, high) in sizes.items():
        row = layer.row[name]
        below = bool(layer.directions[row][1] > 0.05)
        drops = (away, -away) if below else (-away, away)
        choices = [(t, drop) for t in PRODUCT_PLACES for drop in drops]
        points = geometry.at(layer.curves[row : row + 1], np.array([t for t, _ in choices]))[0]
        low = points + np.array([(-wide, drop - high / 2) for _, drop in choices])
        ends = low + np.array([wide, high])
        costs = PRODUCT_LATER * (np.arange(len(choices)) // 2) + OTHER_SIDE * (np.arange(len(choices)) % 2)
        costs = costs + PRODUCT_CROSSING * crossings(np.delete(layer.lines, row, axis=0), low, ends)
        best = int((costs + covered(low, ends, taken)).argmin())
        chosen[name] = choices[best]
        taken = np.concatenate([taken, [[*low[best], *ends[best]]]])
    return chosen
