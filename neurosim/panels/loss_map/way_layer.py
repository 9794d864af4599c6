"""The ways of training over the map: lines with a small dot at each step that has room."""

from __future__ import annotations

import numpy as np
import pyqtgraph
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem

from neurosim.engine.dataset import FloatArray
from neurosim.panels._layer import CachedLayer
from neurosim.panels._paint import draw_tag, line_pen
from neurosim.panels.loss_map.picture import FAR, MapPicture
from neurosim.panels.loss_map.ways import Way
from neurosim.widgets.theme import theme, with_alpha

ROOM = 7.0
"""Pixels between two steps that are both marked."""


class WayLayer(CachedLayer):
    """All ways. They stay as they are while nothing is trained."""

    def __init__(self, picture: MapPicture, parent: QGraphicsItem) -> None:
        super().__init__(1, parent)
        self._picture = picture

    def draw(self, painter: QPainter) -> None:
        """The newest last, and the present one above all."""
        for way in reversed(self._picture.ways):
            x = np.clip(self._picture.frame.across(way.x), -FAR, FAR)
            y = np.clip(self._picture.frame.down(way.y), -FAR, FAR)
            if way.name:
                self._draw_other(painter, way, x, y)
            else:
                self._draw_present(painter, way, x, y)

    def _draw_other(self, painter: QPainter, way: Way, x: FloatArray, y: FloatArray) -> None:
        colours = theme()
        _stroke(painter, x, y, ~way.by_hand[1:], colours.stroke(1.25), quiet=True)
        end = QPointF(float(x[-1]), float(y[-1]))
        if self._picture.is_inside(end):
            painter.setPen(line_pen(colours.canvas, 1.0))
            painter.setBrush(colours.text_muted)
            painter.drawEllipse(end, 3.0 * colours.zoom, 3.0 * colours.zoom)
            words = way.name.partition(",")[0].partition(":")[0]
            place = QPointF(min(end.x() + 6, self.area.width() - 8), max(end.y() - 6, 14.0))
            right = end.x() > self.area.width() - 80
            draw_tag(painter, colours, place, words, colours.text_muted, right=right)

    def _draw_present(self, painter: QPainter, way: Way, x: FloatArray, y: FloatArray) -> None:
        colours = theme()
        here = max(way.here, 1)
        trained = ~way.by_hand[1:]
        passed = np.arange(1, x.size) < here
        _stroke(painter, x, y, trained & ~passed, colours.stroke(1.25), quiet=True)
        _stroke(painter, x, y, trained & passed, colours.stroke(1.75), quiet=False)
        _stroke(painter, x, y, way.by_hand[1:], colours.stroke(1.25), quiet=True, dotted=True)
        marked = _with_room(x[:here], y[:here])
        painter.setPen(line_pen(colours.canvas, 1.0))
        painter.setBrush(colours.text)
        radius = 2.6 * colours.zoom * (1.3 if colours.stroke_scale > 1 else 1.0)
        for px, py in zip(x[marked].tolist(), y[marked].tolist(), strict=True):
            painter.drawEllipse(QPointF(px, py), radius, radius)


def _stroke(
    painter: QPainter,
    x: FloatArray,
    y: FloatArray,
    shown: np.ndarray,
    width: float,
    *,
    quiet: bool,
    dotted: bool = False,
) -> None:
    """The segments of a line for which *shown*, (n - 1,), is true, set off from the colours under them."""
    if not shown.any():
        return
    colours = theme()
    connect = np.append(shown, False).astype(np.int32)
    path = pyqtgraph.arrayToQPath(x, y, connect=connect)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(line_pen(with_alpha(colours.canvas, 0.45 if quiet else 0.7), width + 2.0 * colours.zoom))
    painter.drawPath(path)
    pen = line_pen(colours.text_muted if quiet else colours.text, width)
    if dotted:
        pen.setStyle(Qt.PenStyle.DotLine)
    painter.setPen(pen)
    painter.drawPath(path)


def _with_room(x: FloatArray, y: FloatArray) -> list[int]:
    """The points that are marked: each at some distance from the marked one before it."""
    found: list[int] = []
    last = (-1e9, -1e9)
    for number, place in enumerate(zip(x.tolist(), y.tolist(), strict=True)):
        if abs(place[0] - last[0]) + abs(place[1] - last[1]) >= ROOM:
            found.append(number)
            last = place
    return found
