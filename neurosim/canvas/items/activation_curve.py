"""The small drawing of an activation function with its axes and, where there is room, the point it works at."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath

from neurosim.canvas import style
from neurosim.engine.activations import ACTIVATIONS
from neurosim.widgets.theme import Theme

NARROWEST_RANGE = 4.0
FARTHEST = 1e100
"""The axis goes no farther: the heights over it shall be numbers still. What lies beyond is drawn at its end."""
SAMPLES = 97


@lru_cache(maxsize=256)
def _curve(activation: str, reach: float) -> tuple[tuple[tuple[float, float], ...], float, float]:
    """Points (z, f(z)) for z in [-reach, reach], and the lowest and highest value to show (0 included)."""
    z = np.linspace(-reach, reach, SAMPLES)
    a = ACTIVATIONS[activation].curve(z)
    a = np.clip(np.nan_to_num(a, posinf=reach, neginf=-reach), -4 * reach, 4 * reach)
    low, high = min(float(a.min()), 0.0), max(float(a.max()), 0.0)
    if high - low < 1e-9:
        low, high = -1.0, 1.0
    margin = 0.08 * (high - low)
    points = tuple((float(x), float(y)) for x, y in zip(z, a, strict=True))
    return points, low - margin, high + margin


@lru_cache(maxsize=256)
def _path(activation: str, reach: float, side: float) -> QPainterPath:
    """The curve in a square of *side* pixels around (0, 0); jumps are left open."""
    points, low, high = _curve(activation, reach)
    kinks = ACTIVATIONS[activation].kinks
    path = QPainterPath()
    before: tuple[float, float] | None = None
    for z, a in points:
        x, y = z / reach * side / 2, (0.5 - (a - low) / (high - low)) * side
        jumped = before is not None and any(before[0] < kink <= z for kink in kinks) and abs(a - before[1]) > 0.5
        if before is None or jumped:
            path.moveTo(x, y)
        else:
            path.lineTo(x, y)
        before = (z, a)
    return path


def reach_for(z: float | None) -> float:
    """How far the axis of z goes so that *z* is on it: 4, doubled until it fits, so that the picture seldom changes."""
    if z is None or not math.isfinite(z) or abs(z) <= NARROWEST_RANGE * 0.9:
        return NARROWEST_RANGE
    found = NARROWEST_RANGE * 2.0 ** math.ceil(math.log2(min(abs(z), FARTHEST) / (NARROWEST_RANGE * 0.9)))
    return float(min(found, FARTHEST))


def draw_curve(
    painter: QPainter, of: Theme, activation: str, square: QRectF, reach: float = NARROWEST_RANGE, *, plain: bool = True
) -> None:
    """Draw the curve of *activation* for z in [-*reach*, *reach*] in *square*; not *plain*: with axes to be read."""
    if activation not in ACTIVATIONS:
        style.write(painter, "?", style.VALUE, of.negative_text, square.center())
        return
    side = square.width()
    _, low, high = _curve(activation, reach)
    zero = _zero(low, high, side)
    painter.save()
    painter.translate(square.center())
    painter.setPen(style.pen(of.hairline if plain else of.border, 1.0, of))
    painter.drawLine(QPointF(-side / 2, zero), QPointF(side / 2, zero))
    painter.drawLine(QPointF(0, -side / 2), QPointF(0, side / 2))
    painter.setPen(style.pen(of.text, 2.0, of))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_path(activation, reach, side))
    painter.restore()


def draw_point(painter: QPainter, of: Theme, activation: str, square: QRectF, z: float | None, a: float | None) -> None:
    """Draw where *z* lies on the curve in *square*, which goes as far as ``reach_for(z)``, with lines to the axes.

    *a* is f(z).
    """
    if activation not in ACTIVATIONS or z is None or a is None or not math.isfinite(z) or math.isnan(a):
        return
    reach, side, middle = reach_for(z), square.width(), square.center()
    _, low, high = _curve(activation, reach)
    left, up = middle.x(), middle.y()
    zero = up + _zero(low, high, side)
    x = left + min(max(z / reach, -1.0), 1.0) * side / 2
    y = up + (0.5 - (min(max(a, low), high) - low) / (high - low)) * side
    point = QPointF(x, y)
    painter.setPen(style.pen(of.text_muted, 1.25, of, (3.0, 3.0)))
    painter.drawLine(QPointF(x, zero), point)
    painter.drawLine(point, QPointF(left, y))
    painter.setPen(style.pen(of.canvas, 1.5, of))
    painter.setBrush(of.accent)
    painter.drawEllipse(point, 4.5, 4.5)


def _zero(low: float, high: float, side: float) -> float:
    """How far below the middle of a square of *side* pixels a = 0 is."""
    return (0.5 + low / (high - low)) * side
