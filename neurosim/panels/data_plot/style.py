"""How the things on the data plot are painted: point marks, their colours, arrows."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

from neurosim.panels._paint import line_pen
from neurosim.widgets.theme import Theme, mix, with_alpha

POINT = 11.0
"""Diameter of a point in pixels; many points are drawn smaller so that they stay apart."""
SMALL = 6.0
"""Points smaller than this have no rim."""
HIT_RADIUS = 12.0
"""A press this near to a point's middle takes it, in pixels."""


def diameter(n_points: int) -> float:
    """The diameter in pixels at which *n_points* are drawn."""
    for limit, size in ((60, POINT), (400, 9.0), (2_000, 7.0), (20_000, 5.0)):
        if n_points <= limit:
            return size
    return 3.0


def class_colour(theme: Theme, index: int) -> QColor:
    """The colour of the first (0) or second (1) class."""
    return theme.positive if index else theme.negative


def shade(theme: Theme, part: float) -> QColor:
    """The colour of a numeric target *part* (0 to 1) of the way from the smallest to the largest."""
    middle = mix(theme.canvas, theme.text_muted, 0.35)
    if part < 0.5:
        return mix(theme.negative, middle, part * 2)
    return mix(middle, theme.positive, part * 2 - 1)


def draw_mark(
    painter: QPainter, place: QPointF, size: float, colour: QColor, *, rim: QColor, triangle: bool, hollow: bool = False
) -> None:
    """One point: a circle, or a triangle of the same visual weight; *hollow* for rows that are not trained on."""
    rim_width = 1.5 if size >= 8 else 0.75
    if size < SMALL and not hollow:
        # Thousands of points: a rim would be most of each; see-through points show where they lie thickest.
        rim_width = 0.0
        rim, colour = QColor(0, 0, 0, 0), with_alpha(colour, 0.30)
    painter.setPen(QPen(colour if hollow else rim, 2.0 if hollow else rim_width))
    painter.setBrush(rim if hollow else colour)
    radius = size / 2 + (0 if hollow else rim_width / 2)
    if not triangle:
        painter.drawEllipse(place, radius, radius)
        return
    reach = radius * 1.24
    corners = [
        QPointF(place.x() + reach * math.cos(angle), place.y() - reach * math.sin(angle) + radius * 0.16)
        for angle in (math.pi / 2, math.pi * 7 / 6, math.pi * 11 / 6)
    ]
    painter.drawPolygon(QPolygonF(corners))


@lru_cache(maxsize=256)
def mark_pixmap(size: float, colour: int, *, rim: int, triangle: bool, hollow: bool, ratio: float) -> QPixmap:
    """A point's mark as a picture, for plots of thousands; colours as ``QColor.rgba()``."""
    side = math.ceil(size * 1.5) + 3
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = QPointF(side / 2, side / 2)
    draw_mark(
        painter, middle, size, QColor.fromRgba(colour), rim=QColor.fromRgba(rim), triangle=triangle, hollow=hollow
    )
    painter.end()
    return pixmap


def draw_arrow(painter: QPainter, start: QPointF, end: QPointF, colour: QColor, width: float) -> None:
    """An arrow whose head never outgrows it; nothing when it is shorter than 2 px."""
    dx, dy = end.x() - start.x(), end.y() - start.y()
    length = math.hypot(dx, dy)
    if length < 2:
        return
    head = min(4.6 * width, length * 0.6)
    ux, uy = dx / length, dy / length
    neck = QPointF(end.x() - ux * head * 0.85, end.y() - uy * head * 0.85)
    painter.setPen(line_pen(colour, width))
    painter.drawLine(start, neck)
    half = head * 0.46
    base_x, base_y = end.x() - ux * head, end.y() - uy * head
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(
        QPolygonF(
            [end, QPointF(base_x - uy * half, base_y + ux * half), QPointF(base_x + uy * half, base_y - ux * half)]
        )
    )
