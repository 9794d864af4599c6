"""Free places beside chips: for what the walk through a step adds, which may cover neither nodes nor other chips."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from neurosim.canvas.rectangles import boxes, crossings, overlaps
from neurosim.engine.dataset import FloatArray
from neurosim.records import dataclass

GAPS = (5.0, 11.0, 19.0, 29.0, 41.0, 55.0, 71.0, 89.0, 109.0, 133.0, 163.0, 201.0, 251.0, 311.0, 391.0, 501.0)
"""How far from the chip a place may be, in the order in which they are tried."""
NEARER = 7
"""So many of them are looked at before the others."""
SLIDES = (0.0, -0.35, 0.35, -0.7, 0.7)
"""Above and below, a place may be so many widths to the left or right of the middle; beside, so many heights."""
SLIDING = 18.0
"""What a slide of a whole width or height costs, in pixels of distance."""
CORNER = 14.0
"""What a place across a corner costs."""
AIR = 4.0
NEAR = 10.0
CROSSING = 16.0
"""A place on an edge costs as much as one that is so many pixels farther."""
CLOSE = 5.0
"""So does one nearer than ``NEAR`` to an edge that is not the chip's own: it would seem to belong there."""
STRANGE = 30.0
"""So does one that is nearer to another value than to its own."""
DREAMT = 45.0
"""So does one that another chip would choose if it were alone."""
THROUGH = 25.0
"""So does one on the other side of a node's body: what ties it to its value would run through the node."""
OUTSIDE = 150.0
"""So does one that is out of sight."""

Key = TypeVar("Key")


@dataclass(frozen=True)
class Wish:
    """A place of *size* (width and height) beside *value*, which stands on the edge with the number *own*, or none."""

    value: QRectF
    size: tuple[float, float]
    own: int | None = None


@dataclass(frozen=True)
class Room:
    """What is there already.

    Attributes:
        taken: rectangles that must not be covered.
        bodies: the nodes' own rectangles.
        lines: the edges as polylines (n, m, 2), which are better not covered.
        values: the middles of all values (k, 2).
        within: the rectangle that is in sight.
    """

    taken: tuple[QRectF, ...]
    bodies: tuple[QRectF, ...]
    lines: FloatArray
    values: FloatArray
    within: QRectF


def places_beside(wishes: Mapping[Key, Wish], room: Room) -> dict[Key, QPointF]:
    """The centre of a place for each wish; those that find none near are left out.

    The hardest wish chooses first, but leaves to the others what each would choose if it were alone.
    """
    taken = boxes(room.taken)
    choices = {key: _Choice(wish, room, taken) for key, wish in wishes.items()}
    alone = {key: choice.best((), ()) for key, choice in choices.items()}
    dreams = {key: rect for key, (rect, _) in alone.items() if rect is not None}
    chosen: dict[Key, QRectF] = {}
    for key in sorted(wishes, key=lambda key: -alone[key][1]):
        dreams.pop(key, None)
        rect, _ = choices[key].best(chosen.values(), dreams.values())
        if rect is not None:
            chosen[key] = rect
    return {key: rect.center() for key, rect in chosen.items()}


class _Choice:
    """The places that one wish can choose among, near ones first, each with what it costs."""

    def __init__(self, wish: Wish, room: Room, taken: FloatArray) -> None:
        self._wish, self._room, self._taken = wish, room, taken
        self._rings: list[tuple[FloatArray, FloatArray]] = []  # centres (n, 2) and costs (n,) of near and far places

    def best(self, chosen: Iterable[QRectF], dreams: Iterable[QRectF]) -> tuple[QRectF | None, float]:
        """The cheapest place that is free of all that is there and of *chosen*, better of *dreams* too; its cost."""
        taken, dreamt = boxes(chosen), boxes(dreams)
        half = np.array(self._wish.size) / 2 + AIR
        found, cheapest = None, np.inf
        for i, gaps in enumerate((GAPS[:NEARER], GAPS[NEARER:])):
            if cheapest <= gaps[0]:
                break
            if i == len(self._rings):
                self._rings.append(self._rate(gaps))
            centres, costs = self._rings[i]
            low, high = centres - half, centres + half
            total = costs + np.where(overlaps(low, high, taken), np.inf, 0.0)
            total = total + np.where(overlaps(low, high, dreamt), DREAMT, 0.0)
            best = int(total.argmin()) if len(total) else 0
            if len(total) and total[best] < cheapest:
                found, cheapest = centres[best], float(total[best])
        if found is None:
            return None, np.inf
        wide, high_ = self._wish.size
        return QRectF(float(found[0]) - wide / 2, float(found[1]) - high_ / 2, wide, high_), cheapest

    def _rate(self, gaps: tuple[float, ...]) -> tuple[FloatArray, FloatArray]:
        """The free places so far away, and what they cost."""
        wish, room = self._wish, self._room
        centres, costs = _candidates(wish, gaps)
        half = np.array(wish.size) / 2 + AIR
        free = ~overlaps(centres - half, centres + half, self._taken)
        centres, costs = centres[free], costs[free]
        if not len(centres):
            return centres, costs
        low, high = centres - half, centres + half
        costs = costs + CROSSING * crossings(room.lines, low, high)
        others = room.lines if wish.own is None else np.delete(room.lines, wish.own, axis=0)
        costs = costs + CLOSE * crossings(others, low - NEAR, high + NEAR)
        within = np.array(room.within.getCoords())
        seen = np.all((low >= within[:2]) & (high <= within[2:]), axis=1)
        middle = np.array(wish.value.center().toTuple())
        x, y = centres[:, :1], centres[:, 1:]
        nearest = np.hypot(room.values[:, 0] - x, room.values[:, 1] - y).min(axis=1, initial=np.inf)
        strange = np.hypot(middle[0] - x[:, 0], middle[1] - y[:, 0]) > nearest + 0.5
        costs = costs + np.where(seen, 0.0, OUTSIDE) + np.where(strange, STRANGE, 0.0)
        way = (middle + np.linspace(0.2, 0.8, 7)[:, None, None] * (centres - middle)).reshape(-1, 2)
        through = overlaps(way, way, boxes(room.bodies)).reshape(7, -1).any(axis=0)
        return centres, np.asarray(costs + np.where(through, THROUGH, 0.0))


def _candidates(wish: Wish, gaps: tuple[float, ...]) -> tuple[FloatArray, FloatArray]:
    """Centres (n, 2) around the value at distances of *gaps*, and what each costs for being there."""
    (wide, high), value = wish.size, wish.value
    x, y = value.center().x(), value.center().y()
    places: list[tuple[float, float]] = []
    costs: list[float] = []
    for gap in gaps:
        up, down = value.top() - gap - high / 2, value.bottom() + gap + high / 2
        right, left = value.right() + gap + wide / 2, value.left() - gap - wide / 2
        for slide in SLIDES:
            cost = gap + SLIDING * abs(slide)
            places += [(x + slide * wide, up), (x + slide * wide, down)]
            places += [(right, y + slide * high), (left, y + slide * high)]
            costs += [cost, cost + 1.0, cost + 3.0, cost + 4.0]
        places += [(right, down), (left, down), (right, up), (left, up)]
        costs += [1.5 * gap + CORNER] * 4
    return np.array(places), np.array(costs)
