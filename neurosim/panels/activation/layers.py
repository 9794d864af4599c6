"""The layers of the activation microscope from back to front."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pyqtgraph
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem

from neurosim.engine.dataset import FloatArray
from neurosim.panels._layer import CachedLayer, Layer
from neurosim.panels._marks import (
    VECTOR_MARKS,
    diameter,
    draw_chosen,
    draw_line_mark,
    draw_lit,
    draw_mark,
    stamp_marks,
)
from neurosim.panels._paint import ChipLines, draw_chip, draw_tag, line_pen
from neurosim.panels._plot_frame import pixels
from neurosim.panels.activation.picture import MicroscopePicture
from neurosim.panels.activation.shape import Kink
from neurosim.widgets.colour_maps import class_colour
from neurosim.widgets.fonts import math_font, ui_font
from neurosim.widgets.theme import theme, with_alpha

FAR = 30_000.0
TANGENT = 92.0
"""Half the length of the tangent in pixels at 100 %."""
RUG = 9.0
"""The length of a tick of the rug in pixels at 100 %."""


class Ground(CachedLayer):
    """Grid, flat stretches, f and f', and the kinks: what stays while points move along the curve."""

    def __init__(self, picture: MicroscopePicture, grid: Callable[[], list[QLineF]], parent: QGraphicsItem) -> None:
        super().__init__(0, parent)
        self._picture = picture
        self._grid = grid

    def draw(self, painter: QPainter) -> None:
        """Back to front."""
        picture, colours = self._picture, theme()
        if picture.shape is None or picture.curve is None:
            return
        for stretch in picture.shape.flat:
            self._draw_flat(painter, *stretch)
        self._draw_grid(painter)
        if picture.with_slope:
            self._draw_line(painter, picture.curve.slope, colours.gradient, 2.0)
        self._draw_line(painter, picture.curve.f, colours.text, 2.5)
        for number, kink in enumerate(picture.shape.kinks):
            self._draw_kink(painter, kink, named=number == 0)
        if picture.with_slope:
            self._draw_names(painter)

    def _draw_grid(self, painter: QPainter) -> None:
        frame, colours = self._picture.frame, theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(colours.hairline, 1.0))
        painter.drawLines(self._grid())
        painter.setPen(QPen(colours.border, 1.0))
        x, y = round(frame.across(0.0)), round(frame.down(0.0))
        painter.drawLine(QPointF(x, 0), QPointF(x, frame.height))
        painter.drawLine(QPointF(0, y), QPointF(frame.width, y))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _draw_flat(self, painter: QPainter, first: float, last: float) -> None:
        """A hatched band: flat is told without colour, too."""
        picture, colours = self._picture, theme()
        frame = picture.frame
        left = max(frame.across(first), 0.0) if math.isfinite(first) else 0.0
        right = min(frame.across(last), frame.width) if math.isfinite(last) else frame.width
        if right - left < 1:
            return
        band = QRectF(left, 0, right - left, frame.height)
        painter.fillRect(band, with_alpha(colours.text_muted, 0.07))
        painter.fillRect(band, QBrush(with_alpha(colours.text_muted, 0.20), Qt.BrushStyle.BDiagPattern))
        metrics = QFontMetricsF(ui_font(11))
        words = picture.flat_text
        if words and metrics.horizontalAdvance(words) + 12 < band.width():
            place = QPointF(band.left() + 6, metrics.ascent() + 5)
            draw_tag(painter, colours, place, words, colours.text_muted, right=False)

    def _draw_line(self, painter: QPainter, line: FloatArray, colour: QColor, width: float) -> None:
        frame = self._picture.frame
        x, y = pixels(frame, line[0], line[1])
        painter.setPen(line_pen(colour, theme().stroke(width)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(pyqtgraph.arrayToQPath(x, y, connect="finite"))

    def _draw_kink(self, painter: QPainter, kink: Kink, *, named: bool) -> None:
        """A diamond where f bends; where it jumps, open circles at the ends that do not count, and a full one."""
        picture, colours = self._picture, theme()
        frame, radius = picture.frame, 4.0 * colours.zoom
        place = frame.place(kink.z, kink.value)
        if not self.area.adjusted(-8, -8, 8, 8).contains(place):
            return
        painter.setPen(QPen(colours.text, colours.stroke(1.5)))
        if kink.jumps:
            painter.setBrush(colours.canvas)
            for value in {kink.left, kink.right} - {kink.value}:
                if abs(value - kink.value) > 1e-6:
                    painter.drawEllipse(frame.place(kink.z, value), radius, radius)
            painter.setBrush(colours.text)
            painter.drawEllipse(place, radius, radius)
        else:
            painter.setBrush(colours.canvas)
            draw_mark(painter, place, 8.0 * colours.zoom, colours.text, rim=colours.canvas, shape=3, hollow=True)
        if named:
            # Left of it, where these functions are low or flat: above a bend, and below the top of a jump.
            words = picture.kink_texts[1 if kink.jumps else 0]
            metrics = QFontMetricsF(ui_font(11))
            y = place.y() + metrics.ascent() + 8 if kink.jumps else place.y() - 10
            cramped = place.x() - 9 - metrics.horizontalAdvance(words) < 4
            x = place.x() + 9 if cramped else place.x() - 9
            draw_tag(painter, colours, QPointF(x, y), words, colours.text_muted, right=not cramped)

    def _draw_names(self, painter: QPainter) -> None:
        """Which line is which, in a corner that is cleared of what is under it."""
        colours, px = theme(), theme().px
        painter.setFont(math_font(16, italic=True))
        metrics = painter.fontMetrics()
        sample, gap, high = px(20), px(6), metrics.height()
        width = sample + gap + 2 * metrics.horizontalAdvance("f")
        flat = self._picture.shape.flat if self._picture.shape is not None else ()
        # Beside the word over a flat stretch at the left edge.
        edges = [self._picture.frame.across(last) for first, last in flat if not math.isfinite(first)]
        left = min(max([0.0, *edges]), self.area.width() / 2) + px(8)
        box = QRectF(left, px(6), width + 2 * gap, 2 * high + px(4))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(with_alpha(colours.canvas, 0.88))
        painter.drawRoundedRect(box, 4, 4)
        for number, (name, colour, stroke) in enumerate((("f", colours.text, 2.5), ("f", colours.gradient, 2.0))):
            middle = box.top() + px(2) + (number + 0.5) * high
            painter.setPen(line_pen(colour, colours.stroke(stroke)))
            painter.drawLine(QPointF(box.left() + gap, middle), QPointF(box.left() + gap + sample, middle))
            painter.setPen(colour)
            baseline = middle + (metrics.ascent() - metrics.descent()) / 2
            place = QPointF(box.left() + 2 * gap + sample, baseline)
            painter.setFont(math_font(16, italic=True))
            painter.drawText(place, name)
            if number:
                # The mathematical italic has no prime that stands high enough.
                painter.setFont(ui_font(15))
                painter.drawText(place + QPointF(metrics.horizontalAdvance(name), 0), "′")


class PointsLayer(Layer):
    """Every row's point on the curve, and its tick at the foot."""

    def __init__(self, picture: MicroscopePicture, parent: QGraphicsItem) -> None:
        super().__init__(2, parent)
        self._picture = picture

    def draw(self, painter: QPainter) -> None:
        """Ticks first; of rows in one pixel column only one is painted, for they all lie on the curve."""
        picture, colours = self._picture, theme()
        rows = self._seen()
        if not rows.size:
            return
        foot, long = self.area.height(), RUG * colours.zoom
        shape = picture.points.shape
        kinds = np.zeros(rows.size, dtype=np.intp) if shape is None else shape[rows]
        crowd = rows.size > VECTOR_MARKS
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, not crowd)
        for kind in np.unique(kinds).tolist():
            colour = colours.text_muted if shape is None else class_colour(colours, kind)
            painter.setPen(QPen(colour, 1.0) if crowd else line_pen(with_alpha(colour, 0.9), colours.stroke(1.75)))
            places = picture.px[rows[kinds == kind]]
            painter.drawLines(
                [QLineF(x, foot - long, x, foot) for x in (np.rint(places) if crowd else places).tolist()]
            )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = diameter(picture.px.size) * colours.zoom
        if crowd:
            stamp_marks(painter, ((picture.place_of(row), *row_look(picture, row)) for row in rows.tolist()), size)
            return
        for row in rows.tolist():
            colour, form, hollow = row_look(picture, row)
            draw_mark(painter, picture.place_of(row), size, colour, rim=colours.canvas, shape=form, hollow=hollow)

    def _seen(self) -> np.ndarray:
        """The rows to paint: one for each pixel column and look."""
        picture = self._picture
        x, margin = picture.px, 12.0
        seen = np.flatnonzero((x > -margin) & (x < self.area.width() + margin))
        if seen.size <= VECTOR_MARKS:
            return seen
        look = np.zeros(seen.size, dtype=np.int64)
        if picture.points.shape is not None:
            look += picture.points.shape[seen]
        if picture.points.kept_out is not None:
            look += 8 * picture.points.kept_out[seen]
        _, first = np.unique(np.rint(x[seen]).astype(np.int64) * 16 + look, return_index=True)
        return np.asarray(seen[np.sort(first)])


def row_look(picture: MicroscopePicture, row: int) -> tuple[QColor, int, bool]:
    """A row's colour, the shape of its mark, and whether it is hollow."""
    points, colours = picture.points, theme()
    hollow = points.kept_out is not None and bool(points.kept_out[row])
    if points.shape is None:
        return colours.accent, 1, hollow
    return class_colour(colours, int(points.shape[row])), int(points.shape[row]), hollow


class Top(Layer):
    """The chosen row's tangent with its number, rings and halos, and the card of what is pointed at."""

    def __init__(self, picture: MicroscopePicture, label: Callable[[int], ChipLines], parent: QGraphicsItem) -> None:
        super().__init__(3, parent)
        self._picture = picture
        self._label = label

    def draw(self, painter: QPainter) -> None:
        """The tangent first, the card last."""
        picture, colours = self._picture, theme()
        hand, count = picture.hand, picture.px.size
        if picture.shape is None:
            return
        if picture.row is not None and picture.row < count:
            self._draw_tangent(painter, picture.row)
        size = diameter(count) * colours.zoom
        for row in picture.linked.in_line:
            if row < count:
                draw_line_mark(painter, picture.place_of(row), size)
        for row in picture.linked.lit | {row for row in (hand.hovered, hand.held) if row is not None}:
            if row < count:
                draw_lit(painter, picture.place_of(row), size, held=row == hand.held)
        for row in picture.linked.selected:
            if row < count:
                draw_chosen(painter, picture.place_of(row), size)
        if picture.row is not None and picture.row < count:
            colour, form, hollow = row_look(picture, picture.row)
            place = picture.place_of(picture.row)
            draw_mark(painter, place, max(size, 9.0), colour, rim=colours.canvas, shape=form, hollow=hollow)
        if picture.note:
            place = QPointF(8, self.area.height() - 14 * colours.zoom)
            draw_tag(painter, colours, place, picture.note, colours.text_muted, right=False)
        row_told = hand.held if hand.held is not None else hand.hovered
        if row_told is not None and row_told < count:
            place = picture.place_of(row_told)
            if self.area.adjusted(-6, -6, 6, 6).contains(place):
                draw_chip(painter, colours, self.area, place, self._label(row_told))

    def _draw_tangent(self, painter: QPainter, row: int) -> None:
        """A piece of the tangent of equal length on the screen, and dotted lines from the point to z and to a."""
        picture, colours = self._picture, theme()
        frame, place = picture.frame, picture.place_of(row)
        if not -FAR < place.x() < FAR or not -FAR < place.y() < FAR:
            return
        painter.setPen(QPen(colours.border, colours.stroke(1.0), Qt.PenStyle.DotLine))
        painter.drawLine(place, QPointF(place.x(), frame.height))
        painter.drawLine(QPointF(0, place.y()), place)
        down = -picture.slope * frame.y_scale / frame.x_scale
        part = TANGENT * colours.zoom / math.hypot(1.0, down)
        along = QPointF(part, part * down)
        painter.setPen(line_pen(colours.gradient, colours.stroke(2.25)))
        painter.drawLine(place - along, place + along)
        if picture.with_slope:
            on_slope = frame.place(float(picture.points.z[row]), picture.slope)
            draw_mark(painter, on_slope, 8 * colours.zoom, colours.gradient, rim=colours.canvas)
        if row not in (picture.hand.held, picture.hand.hovered):
            # Else it stands on the card.
            self._write_slope(painter, place, along)

    def _covered(self, box: QRectF) -> float:
        """How much that is worth seeing a box would cover: points, and the curve itself."""
        picture = self._picture
        x, y = picture.px, picture.py
        wide = box.adjusted(-5, -5, 5, 5)
        cost = float(((x > wide.left()) & (x < wide.right()) & (y > wide.top()) & (y < wide.bottom())).sum())
        if picture.curve is not None:
            line = picture.curve.f
            x, y = pixels(picture.frame, line[0], line[1])
            inside = (x > box.left()) & (x < box.right()) & (y > box.top()) & (y < box.bottom())
            cost += 2.0 * bool(inside.any())
        return cost

    def _write_slope(self, painter: QPainter, place: QPointF, along: QPointF) -> None:
        """The number of the slope at that end of the tangent where there is room."""
        picture, colours = self._picture, theme()
        metrics = QFontMetricsF(ui_font(12, 600))
        width, high = metrics.horizontalAdvance(picture.slope_text) + 8, metrics.height()
        room = self.area.adjusted(2, 2, -2, -2 - RUG * colours.zoom)
        rises = along.y() < 0
        best, least = QRectF(), math.inf
        for end, side in ((place + along, 1), (place - along, -1)):
            # At either end: before it and behind it, above and below.
            for shift in (-1.0, 1.0):
                for across in (0.62, -0.62):
                    middle = QPointF(end.x() + side * across * width, end.y() + shift * (high / 2 + 5))
                    box = QRectF(middle.x() - width / 2, middle.y() - high / 2, width, high)
                    box.moveLeft(min(max(box.left(), room.left()), room.right() - width))
                    box.moveTop(min(max(box.top(), room.top()), room.bottom() - high))
                    cost = self._covered(box) + (0.5 if side < 0 else 0.0) + (0.2 if (shift < 0) == rises else 0.0)
                    if cost < least:
                        best, least = box, cost
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(with_alpha(colours.canvas, 0.88))
        painter.drawRoundedRect(best, 3, 3)
        painter.setFont(ui_font(12, 600))
        painter.setPen(colours.gradient)
        painter.drawText(best, int(Qt.AlignmentFlag.AlignCenter), picture.slope_text)
