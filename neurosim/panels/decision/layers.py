"""The upper layers of the decision map: the rows' marks, and what pointer and keyboard are on."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyqtgraph
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem

from neurosim.panels._layer import CachedLayer, Layer
from neurosim.panels._marks import (
    diameter,
    draw_boxes,
    draw_chosen,
    draw_line_mark,
    draw_lit,
    draw_mark,
    stamp_marks,
)
from neurosim.panels._paint import ChipLines, draw_chip, draw_tag, line_pen
from neurosim.panels.decision.picture import MapPicture
from neurosim.widgets.colour_maps import class_colour
from neurosim.widgets.theme import theme, with_alpha

SMOOTH_MARKS = 2_000
"""Up to so many marks are painted one by one with smooth edges: they stay for many frames; more are stamped."""
FEW = 60
"""Of more marks than this the boxes are drawn thinner."""
MOST_BOXES = 500
"""Of more misclassified rows no boxes are painted: they would be one blot."""


class Marks(CachedLayer):
    """All rows. They stay as they are while the neuron learns."""

    def __init__(self, picture: MapPicture, parent: QGraphicsItem) -> None:
        super().__init__(2, parent)
        self._picture = picture

    def draw(self, painter: QPainter) -> None:
        """In the order of the rows."""
        picture, colours = self._picture, theme()
        rows = picture.rows
        if rows is None:
            return
        x, y = picture.px, picture.py
        size = diameter(x.size) * colours.zoom
        margin = size + 4
        shown = (x > -margin) & (x < self.area.width() + margin) & (y > -margin) & (y < self.area.height() + margin)
        seen = np.flatnonzero(shown)
        if seen.size <= SMOOTH_MARKS:
            for row in seen.tolist():
                draw_row(painter, picture, row, size)
        else:
            self._stamp(painter, seen, size)

    def _stamp(self, painter: QPainter, seen: np.ndarray, size: float) -> None:
        """Marks of one look that fall on one pixel give the same stamp: it is set once."""
        picture, rows = self._picture, self._picture.rows
        if rows is None:
            return
        shape = np.zeros(seen.size, dtype=np.int64) if rows.shape is None else rows.shape[seen].astype(np.int64)
        out = np.zeros(seen.size, dtype=np.int64) if rows.kept_out is None else rows.kept_out[seen].astype(np.int64)
        column, line = np.rint(picture.px[seen]).astype(np.int64), np.rint(picture.py[seen]).astype(np.int64)
        _, first = np.unique(((shape * 2 + out) * 20_000 + line + 5_000) * 20_000 + column + 5_000, return_index=True)
        kept = seen[np.sort(first)].tolist()
        stamp_marks(painter, ((picture.place_of(row), *row_look(picture, row)) for row in kept), size)


def row_look(picture: MapPicture, row: int) -> tuple[QColor, int, bool]:
    """A row's colour, the shape of its mark, and whether it is hollow."""
    rows, colours = picture.rows, theme()
    if rows is None:
        return colours.text, 1, False
    hollow = rows.kept_out is not None and bool(rows.kept_out[row])
    if rows.shape is None:
        return colours.text, 1, hollow
    return class_colour(colours, int(rows.shape[row])), int(rows.shape[row]), hollow


def draw_row(painter: QPainter, picture: MapPicture, row: int, size: float) -> None:
    """One row's mark."""
    colour, shape, hollow = row_look(picture, row)
    draw_mark(painter, picture.place_of(row), size, colour, rim=theme().canvas, shape=shape, hollow=hollow)


class Top(Layer):
    """Above everything and never cached: a line's movable threshold, boxes, rings, and what is pointed at."""

    def __init__(
        self,
        picture: MapPicture,
        label: Callable[[int], ChipLines],
        pointed: Callable[[QPointF], ChipLines],
        parent: QGraphicsItem,
    ) -> None:
        super().__init__(3, parent)
        self._picture = picture
        self._label = label
        self._pointed = pointed

    def draw(self, painter: QPainter) -> None:
        """The threshold first, labels last."""
        picture, colours = self._picture, theme()
        hand, count = picture.hand, picture.px.size
        subject = picture.subject
        if subject is None:
            return
        if not subject.is_regions:
            if subject.up is None:
                self._draw_threshold(painter)
            elif hand.on_threshold or hand.held:
                self._light_boundary(painter)
        size = diameter(count) * colours.zoom
        self._draw_boxes(painter, size)
        for row in picture.linked.in_line:
            if row < count:
                draw_line_mark(painter, picture.place_of(row), size)
        for row in picture.linked.lit | ({hand.hovered} if hand.hovered is not None else set()):
            if row < count:
                draw_lit(painter, picture.place_of(row), size)
        for row in picture.linked.selected:
            if row < count:
                draw_chosen(painter, picture.place_of(row), size)
        if picture.note:
            draw_tag(painter, colours, QPointF(8, self.area.height() - 8), picture.note, colours.text, right=False)
        self._draw_label(painter, count)

    def _draw_boxes(self, painter: QPainter, size: float) -> None:
        picture, colours = self._picture, theme()
        if picture.rows is None or picture.rows.wrong is None:
            return
        wrong = picture.rows.wrong
        if int(wrong.sum()) <= MOST_BOXES:
            width = colours.stroke(1.75 if wrong.size <= FEW else 1.0)
            draw_boxes(painter, picture.px[wrong], picture.py[wrong], size / 2 + 4, colours.text, width)

    def _draw_label(self, painter: QPainter, count: int) -> None:
        picture, hand, colours = self._picture, self._picture.hand, theme()
        row = hand.hovered
        if row is None and hand.focused and len(picture.linked.selected) == 1 and hand.pointer is None:
            row = next(iter(picture.linked.selected))
        if row is not None and row < count:
            place = picture.place_of(row)
            if self.area.adjusted(-6, -6, 6, 6).contains(place):
                draw_chip(painter, colours, self.area, place, self._label(row))
        elif hand.pointer is not None and not hand.held:
            lines = self._pointed(hand.pointer)
            if lines:
                draw_chip(painter, colours, self.area, hand.pointer, lines)

    def _light_boundary(self, painter: QPainter) -> None:
        colours = theme()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(line_pen(with_alpha(colours.accent, 0.9), colours.stroke(3.25)))
        for line in self._picture.plane.boundary:
            painter.drawPath(pyqtgraph.arrayToQPath(line[0], line[1]))

    def _draw_threshold(self, painter: QPainter) -> None:
        """A line across with a grip at its right end and its number."""
        picture, colours = self._picture, theme()
        y = picture.frame.down(float(picture.threshold))
        if not -20 <= y <= self.area.height() + 20:
            return
        active = picture.hand.on_threshold or picture.hand.held
        ink = colours.accent if active else colours.text_muted
        painter.setPen(line_pen(ink, colours.stroke(2.5 if active else 1.75)))
        right = self.area.width()
        painter.drawLine(QPointF(0, y), QPointF(right, y))
        grip = QRectF(right - 15 * colours.zoom, y - 8 * colours.zoom, 11 * colours.zoom, 16 * colours.zoom)
        painter.setPen(QPen(ink, colours.stroke(1.5)))
        painter.setBrush(colours.canvas)
        painter.drawRoundedRect(grip, 3, 3)
        for shift in (-3, 0, 3):
            at = y + shift * colours.zoom
            painter.drawLine(QPointF(grip.left() + 3, at), QPointF(grip.right() - 3, at))
        above = y > 26 * colours.zoom
        place = QPointF(grip.left() - 8, y - 6 if above else y + 16 * colours.zoom)
        draw_tag(painter, colours, place, picture.threshold_text, ink if active else colours.text, right=True)
