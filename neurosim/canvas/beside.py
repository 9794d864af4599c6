"""Free places beside a chip: for what the walk through a step adds, which may cover neither nodes nor other chips."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from neurosim.canvas import geometry
from neurosim.engine.dataset import FloatArray

GAPS = (5.0, 11.0, 19.0, 29.0, 41.0, 55.0, 71.0, 89.0, 109.0, 133.0, 163.0, 201.0, 251.0, 311.0, 391.0, 501.0)
"""How far from the chip a place may be, in the order in which they are tried."""
SLIDES = (0.0, -0.35, 0.35, -0.7, 0.7)
"""Above and below, a place may be so many widths to the left or right of the middle."""
SLIDING = 18.0
"""What a slide of a whole width costs, in pixels of distance."""
CORNER = 14.0
"""What a place across a corner costs."""
AIR = 4.0
NEAR = 10.0
CROSSING = 16.0
"""A place on an edge costs as much as one that is so many pixels farther."""
CLOSE = 5.0
"""So does one nearer than ``NEAR`` to an edge that is not the chip's own: it would seem to belong there."""
OUTSIDE = 150.0
"""So does one that is out of sight."""


def place_beside(
    value: QRectF,
    size: tuple[float, float],
    taken: Iterable[QRectF],
    lines: FloatArray,
    own: int | None,
    within: QRectF,
) -> QPointF | None:
    """The centre of the best free place of *size* beside the rectangle *value*; ``None`` when there is none near.

    Args:
        value: what the new chip belongs to.
        size: width and height.
        taken: rectangles that must not be covered.
        lines: the edges as polylines (n, m, 2), which are better not covered.
        own: which of them the value stands on; the others are better not even touched.
        within: the rectangle that is in sight.
    """
    centres, costs = _candidates(value, size)
    boxes = np.array([[r.left(), r.top(), r.right(), r.bottom()] for r in taken]).reshape(-1, 4)
    half = np.array(size) / 2 + AIR
    low, high = centres - half, centres + half
    overlaps = (low[:, None] < boxes[None, :, 2:]) & (high[:, None] > boxes[None, :, :2])
    covered = np.any(np.all(overlaps, axis=2), axis=1)
    others = lines if own is None else np.delete(lines, own, axis=0)
    best, cheapest = None, np.inf
    for i in np.flatnonzero(~covered).tolist():
        if costs[i] >= cheapest:
            break  # they only get dearer
        rect = QRectF(QPointF(*low[i].tolist()), QPointF(*high[i].tolist()))
        cost = float(costs[i]) + CROSSING * _crossings(lines, rect)
        cost += CLOSE * _crossings(others, rect.adjusted(-NEAR, -NEAR, NEAR, NEAR))
        cost += 0.0 if within.contains(rect) else OUTSIDE
        if cost < cheapest:
            best, cheapest = i, cost
    return None if best is None else QPointF(*centres[best].tolist())


def _candidates(value: QRectF, size: tuple[float, float]) -> tuple[FloatArray, FloatArray]:
    """Centres (n, 2) around *value*, from near to far, and what each costs."""
    wide, high = size
    x, y = value.center().x(), value.center().y()
    places: list[tuple[float, float]] = []
    costs: list[float] = []
    for gap in GAPS:
        up, down = value.top() - gap - high / 2, value.bottom() + gap + high / 2
        for slide in SLIDES:
            places += [(x + slide * wide, up), (x + slide * wide, down)]
            costs += [gap + SLIDING * abs(slide), gap + SLIDING * abs(slide) + 1.0]
        right, left = value.right() + gap + wide / 2, value.left() - gap - wide / 2
        places += [(right, y), (left, y), (right, down), (left, down), (right, up), (left, up)]
        costs += [gap + 3.0, gap + 4.0] + [1.5 * gap + CORNER] * 4
    order = np.argsort(np.array(costs), kind="stable")
    return np.array(places)[order], np.array(costs)[order]


def _crossings(lines: FloatArray, rect: QRectF) -> float:
    return float(geometry.crosses(lines, rect.left(), rect.top(), rect.right(), rect.bottom()).sum())
