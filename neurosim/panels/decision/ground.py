"""The ground of the decision map: the value as colour and numbered lines, the boundary with its sides, the grid."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyqtgraph
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem

from neurosim.panels._contours import length
from neurosim.panels._layer import CachedLayer
from neurosim.panels._marks import diameter, draw_mark
from neurosim.panels._paint import draw_tag, line_pen
from neurosim.panels.decision.contours import Box, Taken, spot_for, upper_sides
from neurosim.panels.decision.picture import MapPicture
from neurosim.widgets.colour_maps import class_colour
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.theme import theme, with_alpha

PLUS, MINUS = "+", "\u2212"
TICKS_APART, TICK = 24.0, 7.0
GLYPH_AWAY, GLYPH_RADIUS = 17.0, 9.0
BAND = 0.16
ROOM = 16
MANY = 400
"""Numbers keep out of the way of up to so many marks."""


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
        """Ticks that point to the upper side, and on each long piece a plus and a minus, each where no mark is."""
        colours, plane = theme(), self._picture.plane
        if plane.field is None:
            return
        zoom, away = colours.zoom, GLYPH_AWAY * colours.zoom
        for line in plane.boundary:
            reach = length(line)
            count = int(reach / (TICKS_APART * zoom))
            if count < 1:
                continue
            # Plus and minus stand between two ticks, as near to the middle as there is room for them.
            gaps = np.arange(1, count if reach > 60 * zoom else 1)
            parts = gaps[np.argsort(np.abs(2 * gaps - count), kind="stable")] / count
            found = upper_sides(plane.field, line, np.concatenate(((np.arange(count) + 0.5) / count, parts)))
            tick = TICK * zoom
            painter.setPen(line_pen(colours.text, colours.stroke(1.75)))
            painter.drawLines([QLineF(x, y, x + dx * tick, y + dy * tick) for (x, y), (dx, dy) in found[:count]])
            sides = ((PLUS, away, colours.positive_text), (MINUS, -away, colours.negative_text))
            for glyph, off, colour in sides if gaps.size else ():
                places = [QPointF(x + dx * off, y + dy * off) for (x, y), (dx, dy) in found[count:]]
                place = next((at for at in places if self._has_room(at, taken)), places[0])
                taken.add(self._glyph(painter, place, glyph, colour))

    def _has_room(self, place: QPointF, taken: Taken) -> bool:
        """Whether a plus or minus at *place* covers nothing and is not cut off."""
        left, top, right, bottom = box = self._glyph_box(place)
        frame = self._picture.frame
        return left >= 0 and top >= 0 and right <= frame.width and bottom <= frame.height and taken.is_free(box)

    @staticmethod
    def _glyph_box(place: QPointF) -> Box:
        radius = GLYPH_RADIUS * theme().zoom
        return place.x() - radius, place.y() - radius, place.x() + radius, place.y() + radius

    def _glyph(self, painter: QPainter, place: QPointF, glyph: str, colour: QColor) -> Box:
        """A plus or a minus on a disc of the canvas; returns the box around it."""
        colours = theme()
        radius = GLYPH_RADIUS * colours.zoom
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(with_alpha(colours.canvas, 0.88))
        painter.drawEllipse(place, radius, radius)
        painter.setPen(line_pen(colour, colours.stroke(2.0)))
        arm = radius / 2
        painter.drawLine(QPointF(place.x() - arm, place.y()), QPointF(place.x() + arm, place.y()))
        if glyph == PLUS:
            painter.drawLine(QPointF(place.x(), place.y() - arm), QPointF(place.x(), place.y() + arm))
        return self._glyph_box(place)

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
