"""The two lights of the canvas: a soft glow behind what the current line concerns, a band around what is pointed at."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPolygonF

from neurosim.canvas import style
from neurosim.engine.dataset import FloatArray
from neurosim.widgets.theme import Theme, with_alpha

GLOW = ((17.0, 0.11), (9.0, 0.2))
"""How far the glow reaches and how strong its accent is there, from the outside to the inside."""
PLAIN_GLOW = (11.0, 0.26)
BAND = 0.28
FLOW_GAP = 16.5
"""How far the arrow of what flows back stands beside its edge: just clear of the number on it."""
HEAD = 11.0


def glow_around(painter: QPainter, of: Theme, rect: QRectF, corner: float) -> None:
    """The glow behind a rounded rectangle."""
    painter.setPen(Qt.PenStyle.NoPen)
    for reach, strength in GLOW:
        painter.setBrush(with_alpha(of.accent, _stronger(of, strength)))
        painter.drawRoundedRect(rect.adjusted(-reach, -reach, reach, reach), corner + reach, corner + reach)


def glow_along(painter: QPainter, of: Theme, path: QPainterPath, stroke: float, *, plain: bool = False) -> None:
    """The glow behind a curve that is *stroke* wide; *plain*: in one piece, which costs half as much."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for reach, strength in (PLAIN_GLOW,) if plain else GLOW:
        painter.setPen(style.pen(with_alpha(of.accent, _stronger(of, strength)), stroke + 1.3 * reach, of))
        painter.drawPath(path)


def band_around(painter: QPainter, of: Theme, rect: QRectF, corner: float) -> None:
    """The band around a rounded rectangle."""
    painter.setPen(style.pen(with_alpha(of.accent, BAND), 8.0, of))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(-7, -7, 7, 7), corner + 7, corner + 7)


def band_along(painter: QPainter, of: Theme, path: QPainterPath, stroke: float) -> None:
    """The band along a curve that is *stroke* wide."""
    painter.setPen(style.pen(with_alpha(of.accent, BAND), stroke + 9.0, of))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)


def flow_line(line: FloatArray) -> FloatArray:
    """Where the arrow of what flows back runs above the polyline *line* (n, 2); the same shape, from its end."""
    along = np.gradient(line, axis=0)
    along /= np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)[:, None]
    return np.asarray((line + FLOW_GAP * np.stack([along[:, 1], -along[:, 0]], axis=1))[::-1])


def draw_flow(painter: QPainter, of: Theme, line: FloatArray) -> None:
    """An arrow above the polyline *line* (n, 2), from its end to its beginning: the backward pass comes this way."""
    # Short of the beginning, where edges that leave one port have not parted yet.
    points = flow_line(line)[2 : -(len(line) // 5)]
    tip, back = points[-1], points[-1] - points[-2]
    back = back / max(float(np.hypot(*back)), 1e-9)
    base = tip - back * HEAD
    across = np.array([-back[1], back[0]]) * HEAD * 0.5
    painter.setPen(style.pen(of.gradient, 2.25, of))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    shaft = [*points[:-1].tolist(), (tip - back * HEAD * 0.7).tolist()]
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in shaft]))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(of.gradient)
    corners = (tip, base + across, base - across)
    painter.drawPolygon(QPolygonF([QPointF(float(x), float(y)) for x, y in corners]))


def _stronger(of: Theme, strength: float) -> float:
    """On a dark canvas a glow needs more of the accent to be seen as far."""
    return strength * 1.35 if of.dark else strength
