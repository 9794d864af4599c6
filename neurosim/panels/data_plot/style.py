"""How the things on the data plot are painted: the colours of points, arrows."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from neurosim.panels._paint import line_pen
from neurosim.widgets.theme import Theme, mix, with_alpha

SMALL = 6.0
"""Points smaller than this have no rim."""


def look_at_size(size: float, colour: QColor, rim: QColor, *, hollow: bool) -> tuple[QColor, QColor | None]:
    """Colour and rim of a point of *size* pixels: of thousands a rim would be most of each.

    See-through points show where they lie thickest.
    """
    return (with_alpha(colour, 0.30), None) if size < SMALL and not hollow else (colour, rim)


def shade(theme: Theme, part: float) -> QColor:
    """The colour of a numeric target *part* (0 to 1) of the way from the smallest to the largest."""
    middle = mix(theme.canvas, theme.text_muted, 0.35)
    if part < 0.5:
        return mix(theme.negative, middle, part * 2)
    return mix(middle, theme.positive, part * 2 - 1)


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
