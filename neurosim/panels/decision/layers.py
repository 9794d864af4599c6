"""The layers of the decision map from back to front; what stays while the pointer passes by is a cached picture."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyqtgraph
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem

from neurosim.panels._layer import CachedLayer, Layer
from neurosim.panels._marks import diameter, draw_boxes, draw_halo, draw_line_mark, draw_mark, draw_ring, mark_pixmap
from neurosim.panels._paint import ChipLines, draw_chip, draw_tag, line_pen
from neurosim.panels.decision.contours import Box, Taken, length, spot_for, upper_sides
from neurosim.panels.decision.picture import MapPicture
from neurosim.widgets.colour_maps import class_colour
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.theme import theme, with_alpha

PLUS, MINUS = "+", "\u2212"
TICKS_APART, TICK = 24.0, 7.0
GLYPH_AWAY = 17.0
BAND = 0.16
ROOM = 16
VECTOR_MARKS = 2_000
"""Up to so many marks are painted one by one with smooth edges; more are stamped."""
FEW = 60
"""Of more marks than this the boxes are drawn thinner."""
MANY = 400
"""Numbers keep out of the way of up to so many marks."""
MOST_BOXES = 500
"""Of more misclassified rows no boxes are painted: they would be one blot."""


class Ground(CachedLayer):
    """The value as colour and lines, the boundary with its sides, the grid."""

    def __init__(
        self,
        picture: MapPicture,
        grid: Callable[[], list[QLineF]],
        number: Callable[[float], str],
        parent: QGraphicsItem,
    ) -> None:
        super().__init__(0, parent)
        self._picture = picture
        self._grid = grid
        self._number = number

    def draw(self, painter: QPainter) -> None:
        """Back to front."""
        subject = self._picture.subject
        if subject is None:
            return
        image = self._picture.regions.image if subject.is_regions else self._picture.plane.image
        if subject.up is None:
            self._draw_bands(painter)
        elif image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self.area, image)
        self._draw_grid(painter, faint=subject.up is not None)
        if subject.is_regions:
            self._draw_regions(painter)
        elif subject.up is None:
            self._draw_curve(painter)
        else:
            self._draw_plane(painter)

    def _draw_grid(self, painter: QPainter, *, faint: bool) -> None:
        colours = theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(with_alpha(colours.border, 0.22) if faint else colours.hairline, 1.0))
        painter.drawLines(self._grid())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    # -- a plane ---------------------------------------------------------------------------------------------------

    def _draw_plane(self, painter: QPainter) -> None:
        colours, plane = theme(), self._picture.plane
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(line_pen(with_alpha(colours.text_muted, 0.75), colours.stroke(1.0)))
        for _, lines in plane.contours:
            for line in lines:
                painter.drawPath(pyqtgraph.arrayToQPath(line[0], line[1]))
        for width, colour in ((5.5, with_alpha(colours.canvas, 0.8)), (2.75, colours.text)):
            painter.setPen(line_pen(colour, colours.stroke(width)))
            for line in plane.boundary:
                painter.drawPath(pyqtgraph.arrayToQPath(line[0], line[1]))
        taken = Taken(self._boxes_of_marks())
        self._draw_sides(painter, taken)
        self._number_lines(painter, taken)

    def _boxes_of_marks(self) -> np.ndarray:
        """Where the rows are, (n, 4), if they are few enough for a number to find a place between them."""
        x, y = self._picture.px, self._picture.py
        if x.size > MANY:
            return np.empty((0, 4))
        half = diameter(x.size) * theme().zoom / 2
        return np.stack((x - half, y - half, x + half, y + half), axis=1)

    def _draw_sides(self, painter: QPainter, taken: Taken) -> None:
        """Ticks that point to the upper side, and a plus and a minus in the middle of each long piece."""
        colours, plane = theme(), self._picture.plane
        if plane.field is None:
            return
        zoom = colours.zoom
        for line in plane.boundary:
            reach = length(line)
            count = int(reach / (TICKS_APART * zoom))
            if count < 1:
                continue
            parts = np.array((0.25, 0.75) if reach > 420 * zoom else (0.5,) if reach > 60 * zoom else ())
            if count > 1:
                # Between two ticks.
                parts = np.maximum(np.rint(parts * count), 1) / count
            found = upper_sides(plane.field, line, np.concatenate(((np.arange(count) + 0.5) / count, parts)))
            tick = TICK * zoom
            painter.setPen(line_pen(colours.text, colours.stroke(1.75)))
            painter.drawLines([QLineF(x, y, x + dx * tick, y + dy * tick) for (x, y), (dx, dy) in found[:count]])
            for (x, y), (dx, dy) in found[count:]:
                away = GLYPH_AWAY * zoom
                for sign, glyph, colour in ((1, PLUS, colours.positive_text), (-1, MINUS, colours.negative_text)):
                    place = QPointF(x + sign * dx * away, y + sign * dy * away)
                    taken.add(self._glyph(painter, place, glyph, colour))

    def _glyph(self, painter: QPainter, place: QPointF, glyph: str, colour: QColor) -> Box:
        colours = theme()
        radius = 9.0 * colours.zoom
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(with_alpha(colours.canvas, 0.88))
        painter.drawEllipse(place, radius, radius)
        painter.setPen(line_pen(colour, colours.stroke(2.0)))
        arm = 4.5 * colours.zoom
        painter.drawLine(QPointF(place.x() - arm, place.y()), QPointF(place.x() + arm, place.y()))
        if glyph == PLUS:
            painter.drawLine(QPointF(place.x(), place.y() - arm), QPointF(place.x(), place.y() + arm))
        return place.x() - radius, place.y() - radius, place.x() + radius, place.y() + radius

    def _number_lines(self, painter: QPainter, taken: Taken) -> None:
        picture, colours = self._picture, theme()
        strong, quiet = ui_font(12, 600), ui_font(11)
        numbered = [(picture.threshold_text, picture.plane.boundary, strong, colours.text)]
        numbered += [(self._number(value), lines, quiet, colours.text_muted) for value, lines in picture.plane.contours]
        for number, (text, lines, font, colour) in enumerate(numbered):
            metrics = QFontMetricsF(font)
            size = metrics.horizontalAdvance(text) + 6, metrics.height()
            clear_of = picture.plane.boundary if number else ()
            spot = spot_for(lines, size, (self.area.width(), self.area.height()), taken, clear_of)
            if spot is not None:
                self._plate(painter, text, font, colour, QPointF(*spot))

    # -- regions ---------------------------------------------------------------------------------------------------

    def _draw_regions(self, painter: QPainter) -> None:
        picture, colours = self._picture, theme()
        regions, subject = picture.regions, picture.subject
        if subject is None:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for width, colour in ((5.5, with_alpha(colours.canvas, 0.8)), (2.75, colours.text)):
            painter.setPen(line_pen(colour, colours.stroke(width)))
            for line in regions.borders:
                painter.drawPath(pyqtgraph.arrayToQPath(line[0], line[1]))
        for index, curve in enumerate(regions.curves):
            painter.setPen(line_pen(class_colour(colours, index), colours.stroke(2.5)))
            painter.drawPath(pyqtgraph.arrayToQPath(curve[0], curve[1]))
        self._draw_edges(painter, regions.edges, picture.crossings)
        for name in regions.names:
            words = subject.outputs[name.index][1]
            metrics = QFontMetricsF(ui_font(12, 600))
            half = metrics.horizontalAdvance(words) / 2 + 10 * colours.zoom
            x = min(max(name.x, half + 4), self.area.width() - half - 4)
            y = 14.0 * colours.zoom if subject.up is None else min(max(name.y, 14.0), self.area.height() - 14)
            self._plate(painter, words, ui_font(12, 600), colours.text, QPointF(x, y), shape=name.index)

    def _plate(
        self, painter: QPainter, text: str, font: QFont, colour: QColor, middle: QPointF, shape: int | None = None
    ) -> None:
        """Words on a patch of the canvas, around *middle*; with the mark of a class before them."""
        colours = theme()
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        mark = 14.0 * colours.zoom if shape is not None else 0.0
        width, high = metrics.horizontalAdvance(text) + mark, metrics.height()
        box = QRectF(middle.x() - width / 2 - 3, middle.y() - high / 2, width + 6, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(with_alpha(colours.canvas, 0.82))
        painter.drawRoundedRect(box, 3, 3)
        if shape is not None:
            place = QPointF(box.left() + 3 + 5 * colours.zoom, middle.y())
            draw_mark(painter, place, 8 * colours.zoom, class_colour(colours, shape), rim=colours.canvas, shape=shape)
        painter.setPen(colour)
        painter.drawText(box.adjusted(3 + mark, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), text)

    # -- along one input -------------------------------------------------------------------------------------------

    def _draw_bands(self, painter: QPainter) -> None:
        """A tint over each stretch."""
        picture, colours = self._picture, theme()
        frame, subject = picture.frame, picture.subject
        painter.setPen(Qt.PenStyle.NoPen)
        if subject is not None and subject.is_regions:
            if picture.regions.image is not None:
                painter.setOpacity(0.5)
                painter.drawImage(self.area, picture.regions.image)
                painter.setOpacity(1.0)
            return
        for stretch in picture.curve.stretches:
            left, right = frame.across(stretch.first), frame.across(stretch.last)
            colour = colours.positive if stretch.above else colours.negative
            painter.fillRect(QRectF(left, 0, right - left, frame.height), with_alpha(colour, BAND))

    def _draw_curve(self, painter: QPainter) -> None:
        picture, colours = self._picture, theme()
        frame, curve = picture.frame, picture.curve
        self._draw_edges(painter, curve.crossings, picture.crossings)
        if curve.curve is not None:
            painter.setPen(line_pen(colours.text, colours.stroke(2.5)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(pyqtgraph.arrayToQPath(curve.curve[0], curve.curve[1], connect="finite"))
        for stretch in curve.stretches:
            left, right = max(frame.across(stretch.first), 0.0), min(frame.across(stretch.last), frame.width)
            if right - left > 2 * ROOM * colours.zoom:
                # The neuron runs on the other side of the threshold's line: here there is room.
                above = stretch.above
                level = min(max(frame.down(float(picture.threshold)), 0.0), frame.height)
                edge = frame.height if above else 0.0
                place = QPointF((left + right) / 2, (level + edge) / 2)
                self._glyph(
                    painter, place, PLUS if above else MINUS, colours.positive_text if above else colours.negative_text
                )

    def _draw_edges(self, painter: QPainter, edges: list[float], texts: tuple[str, ...]) -> None:
        """Upright lines at places on the input's axis, with what is written there."""
        picture, colours = self._picture, theme()
        frame = picture.frame
        subject_is_regions = picture.subject is not None and picture.subject.is_regions
        free = -1.0
        metrics = QFontMetricsF(ui_font(11))
        level = frame.down(float(picture.threshold))
        for number, value in enumerate(edges):
            x = frame.across(value)
            painter.setPen(line_pen(colours.text, colours.stroke(2.0)))
            painter.drawLine(QPointF(x, 0), QPointF(x, frame.height))
            if number >= len(texts) or x <= free:
                continue
            width = metrics.horizontalAdvance(texts[number])
            right = x + width + 10 > frame.width
            # On that side of the threshold's line where the curve does not go.
            rises = number < len(picture.curve.stretches) and not picture.curve.stretches[number].above
            below = level + metrics.height() + 4, level - 10
            y = metrics.ascent() + 30 if subject_is_regions else below[rises == right]
            draw_tag(painter, colours, QPointF(x - 6 if right else x + 6, y), texts[number], colours.text, right=right)
            free = x + width + 16


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
        if seen.size <= VECTOR_MARKS:
            for row in seen.tolist():
                draw_row(painter, picture, row, size)
        else:
            self._stamp(painter, seen, size)

    def _stamp(self, painter: QPainter, seen: np.ndarray, size: float) -> None:
        """Marks of one look that fall on one pixel give the same stamp: it is set once."""
        picture, rows, colours = self._picture, self._picture.rows, theme()
        if rows is None:
            return
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        shape = np.zeros(seen.size, dtype=np.int64) if rows.shape is None else rows.shape[seen].astype(np.int64)
        out = np.zeros(seen.size, dtype=np.int64) if rows.kept_out is None else rows.kept_out[seen].astype(np.int64)
        column, line = np.rint(picture.px[seen]).astype(np.int64), np.rint(picture.py[seen]).astype(np.int64)
        _, first = np.unique(((shape * 2 + out) * 20_000 + line + 5_000) * 20_000 + column + 5_000, return_index=True)
        for place in np.sort(first).tolist():
            row = int(seen[place])
            colour, form, hollow = row_look(picture, row)
            stamp = mark_pixmap(size, colour.rgba(), rim=colours.canvas.rgba(), shape=form, hollow=hollow, ratio=ratio)
            half = stamp.width() / stamp.devicePixelRatio() / 2
            painter.drawPixmap(QPointF(round(column[place] - half), round(line[place] - half)), stamp)


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
        for row in hand.in_line:
            if row < count:
                draw_line_mark(painter, picture.place_of(row), size)
        for row in hand.lit | ({hand.hovered} if hand.hovered is not None else set()):
            if row < count:
                draw_halo(painter, picture.place_of(row), max(size / 2 + 7, 10.0), colours.text, 0.14)
        for row in hand.selected:
            if row < count:
                draw_ring(painter, picture.place_of(row), size / 2 + 4, colours.accent, colours.stroke(2.0))
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
        hand, colours = self._picture.hand, theme()
        row = hand.hovered
        if row is None and hand.focused and len(hand.selected) == 1 and hand.pointer is None:
            row = next(iter(hand.selected))
        if row is not None and row < count:
            place = self._picture.place_of(row)
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
