"""The marks of rows that belong to classes: a shape and a colour for each, so that neither has to be told alone."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

from neurosim.engine.dataset import FloatArray
from neurosim.widgets.theme import theme, with_alpha

POINT = 11.0
"""Diameter of a mark in pixels at 100 %; many are drawn smaller so that they stay apart."""
VECTOR_MARKS = 200
"""Up to so many marks are painted one by one in every frame, with smooth edges in the exact place."""
HIT_RADIUS = 12.0
"""A press this near to a mark's middle takes it, in pixels at 100 %."""
GLYPHS = ("▲", "●", "■", "◆", "▼", "⬟")
"""The shapes by class, as text; class 0 is a triangle and class 1 a circle, as on the data plot."""
_POLYGONS: dict[int, tuple[float, float, int]] = {
    0: (90.0, 1.24, 3),
    2: (45.0, 1.22, 4),
    3: (90.0, 1.3, 4),
    4: (270.0, 1.24, 3),
    5: (90.0, 1.12, 5),
}
"""For each shape but the circle: the angle of its first corner, how far out the corners are, and how many there are."""


def diameter(n_marks: int) -> float:
    """The diameter in pixels at 100 % at which *n_marks* are drawn."""
    for limit, size in ((60, POINT), (400, 9.0), (2_000, 7.0), (20_000, 5.0)):
        if n_marks <= limit:
            return size
    return 3.0


def nearest_mark(px: FloatArray, py: FloatArray, at: QPointF, radius: float) -> int | None:
    """Of marks at the pixels (*px*, *py*) the nearest to *at*, not farther than *radius*; at one place the last."""
    if not px.size:
        return None
    squared = (px - at.x()) ** 2 + (py - at.y()) ** 2
    last = squared.size - 1 - int(np.argmin(squared[::-1]))
    return last if squared[last] <= radius * radius else None


def draw_mark(
    painter: QPainter,
    place: QPointF,
    size: float,
    colour: QColor,
    *,
    rim: QColor | None,
    shape: int = 1,
    hollow: bool = False,
) -> None:
    """One mark: shape 1 is a circle, 0 a triangle, others by ``GLYPHS``; *hollow* for rows that are not trained on.

    What is hollow is filled with the colour of the *rim*; ``None`` is no rim, and nothing to fill with.
    """
    rim_width = 0.0 if rim is None else 1.5 if size >= 8 else 0.75
    edge, inside, width = (colour, rim, 2.0) if hollow else (rim, colour, rim_width)
    painter.setPen(Qt.PenStyle.NoPen if edge is None else QPen(edge, width))
    painter.setBrush(Qt.BrushStyle.NoBrush if inside is None else inside)
    radius = size / 2 + (0 if hollow else rim_width / 2)
    found = _POLYGONS.get(shape % len(GLYPHS))
    if found is None:
        painter.drawEllipse(place, radius, radius)
        return
    first, reach, corners = found
    # A triangle stands on its middle, not on the middle of its corners.
    down = {0: 0.16, 4: -0.16}.get(shape % len(GLYPHS), 0.0) * radius
    painter.drawPolygon(
        QPolygonF(
            [
                QPointF(
                    place.x() + reach * radius * math.cos(math.radians(first + 360 * corner / corners)),
                    place.y() - reach * radius * math.sin(math.radians(first + 360 * corner / corners)) + down,
                )
                for corner in range(corners)
            ]
        )
    )


@lru_cache(maxsize=256)
def mark_pixmap(size: float, colour: int, *, rim: int | None, shape: int, hollow: bool, ratio: float) -> QPixmap:
    """A mark as a picture, for plots of thousands; colours as ``QColor.rgba()``."""
    side = math.ceil(size * 1.5) + 3
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = QPointF(side / 2, side / 2)
    around = None if rim is None else QColor.fromRgba(rim)
    draw_mark(painter, middle, size, QColor.fromRgba(colour), rim=around, shape=shape, hollow=hollow)
    painter.end()
    return pixmap


def stamp_marks(painter: QPainter, marks: Iterable[tuple[QPointF, QColor, int, bool]], size: float) -> None:
    """Many marks (place, colour, shape, hollow) on whole pixels, each look painted once and then copied."""
    device = painter.device()
    ratio = device.devicePixelRatioF() if device is not None else 1.0
    rim = theme().canvas.rgba()
    for place, colour, shape, hollow in marks:
        stamp = mark_pixmap(size, colour.rgba(), rim=rim, shape=shape, hollow=hollow, ratio=ratio)
        half = stamp.width() / stamp.devicePixelRatio() / 2
        painter.drawPixmap(QPointF(round(place.x() - half), round(place.y() - half)), stamp)


def draw_halo(painter: QPainter, place: QPointF, radius: float, ink: QColor, strength: float) -> None:
    """A soft disc with an edge around a mark that is pointed at or in hand."""
    painter.setPen(QPen(with_alpha(ink, 0.45), 1.0))
    painter.setBrush(with_alpha(ink, strength))
    painter.drawEllipse(place, radius, radius)


def draw_ring(painter: QPainter, place: QPointF, radius: float, colour: QColor, width: float) -> None:
    """A ring around a mark."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, width))
    painter.drawEllipse(place, radius, radius)


def draw_lit(painter: QPainter, place: QPointF, size: float, *, held: bool = False) -> None:
    """Around a mark of *size* pixels that is pointed at, here or in another view, or in hand."""
    draw_halo(painter, place, max(size / 2 + 7, 10.0), theme().text, 0.20 if held else 0.14)


def draw_chosen(painter: QPainter, place: QPointF, size: float) -> None:
    """Around a mark of *size* pixels that is selected."""
    colours = theme()
    draw_ring(painter, place, size / 2 + 4, colours.accent, colours.stroke(2.0))


def draw_line_mark(painter: QPainter, place: QPointF, size: float) -> None:
    """What the current line of the working is about: quieter than pointer and selection, and it stays."""
    colours = theme()
    painter.setPen(QPen(colours.accent, colours.stroke(1.25), Qt.PenStyle.DotLine))
    painter.setBrush(with_alpha(colours.accent, 0.16))
    radius = size / 2 + 7
    painter.drawEllipse(place, radius, radius)


def draw_boxes(painter: QPainter, x: FloatArray, y: FloatArray, reach: float, colour: QColor, width: float) -> None:
    """A square around each of several marks: something is the matter with them."""
    painter.setPen(QPen(colour, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    places = zip((x - reach).tolist(), (y - reach).tolist(), strict=True)
    painter.drawRects([QRectF(left, top, 2 * reach, 2 * reach) for left, top in places])
