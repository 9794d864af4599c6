"""Above the map, never kept as a picture: minima, the coming step with its arrow, the dot, and cards of text."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap, QPolygonF
from PySide6.QtWidgets import QGraphicsItem

from neurosim.panels._layer import Layer
from neurosim.panels._marks import draw_halo
from neurosim.panels._paint import ChipLines, draw_chip, line_pen
from neurosim.panels.loss_map.picture import DOT, LEAST, MINIMUM, SHORTEST, MapPicture, OnWay
from neurosim.panels.loss_map.tags import NOTE_FLAGS, Labels, Tag, as_box, at_rim, card_spot, layout, note_box
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.theme import theme, with_alpha

DOT_RADIUS, RIM = 6.5, 2.5
GHOST_RADIUS = 6.5
CROSS = 6.0
HEAD = 4.2
"""Length of the arrow's head in widths of its shaft."""


class Top(Layer):
    """Everything that moves with the dot."""

    def __init__(
        self, picture: MapPicture, labels: Labels, card: Callable[[], ChipLines], parent: QGraphicsItem
    ) -> None:
        super().__init__(2, parent)
        self._picture = picture
        self._labels = labels
        self._card = card

    def draw(self, painter: QPainter) -> None:
        """What is nearest to the eye last."""
        picture = self._picture
        if picture.subject is None:
            return
        self._draw_minima(painter)
        self._draw_step(painter)
        self._draw_pending(painter)
        self._draw_walked(painter)
        if picture.is_inside(picture.dot_place):
            self._draw_dot(painter)
        self._draw_at_rim(painter)
        taken, tags = layout(picture, self._labels)
        self._draw_tags(painter, tags)
        self._draw_note(painter)
        place = self._card_place()
        if place is not None:
            lines = self._card()
            if lines:
                draw_chip(painter, theme(), self.area, card_spot(picture, taken, place, lines), lines)

    # -- the dot and its step --------------------------------------------------------------------------------------

    def _draw_dot(self, painter: QPainter) -> None:
        hand, device = self._picture.hand, painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        active = hand.held or hand.hovered == DOT
        stamp = _dot_pixmap(active, hand.held, hand.focused, theme().name, theme().zoom, ratio)
        half = stamp.width() / ratio / 2
        place = self._picture.dot_place - QPointF(half, half)
        painter.drawPixmap(QPointF(round(place.x() * ratio) / ratio, round(place.y() * ratio) / ratio), stamp)

    def _draw_step(self, painter: QPainter) -> None:
        picture, colours = self._picture, theme()
        if picture.step_end is None:
            return
        dot, end = picture.dot_place, picture.place_of(picture.step_end)
        if picture.shows_step:
            if not picture.is_straight:
                self._line(painter, dot, end, colours.next, colours.stroke(1.75), dashed=True)
            self._draw_ghost(painter, end)
        head = picture.arrow_end
        if head is not None and _distance(dot, head) >= SHORTEST:
            strong = any(ref.endswith(".gradient") and self._is_mine(ref) for ref in picture.lit | picture.in_line)
            self._arrow(painter, dot, head, colours.gradient, colours.stroke(3.25 if strong else 2.5))

    def _is_mine(self, ref: str) -> bool:
        subject = self._picture.subject
        return subject is not None and ref.removesuffix(".gradient") in (subject.across, subject.up)

    def _draw_ghost(self, painter: QPainter, place: QPointF) -> None:
        colours = theme()
        radius = GHOST_RADIUS * colours.zoom
        painter.setBrush(with_alpha(colours.canvas, 0.7))
        painter.setPen(line_pen(colours.canvas, colours.stroke(3.5)))
        painter.drawEllipse(place, radius, radius)
        pen = line_pen(colours.next, colours.stroke(1.75))
        pen.setDashPattern([2.2, 1.6])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(place, radius, radius)

    def _draw_pending(self, painter: QPainter) -> None:
        """The new values, worked out and not yet applied: firmer than a ghost, and named."""
        picture, colours = self._picture, theme()
        if picture.pending is None:
            return
        place = picture.place_of(picture.pending)
        radius = (GHOST_RADIUS + 1.5) * colours.zoom
        painter.setBrush(with_alpha(colours.canvas, 0.85))
        painter.setPen(line_pen(colours.canvas, colours.stroke(5.0)))
        painter.drawEllipse(place, radius, radius)
        painter.setPen(line_pen(colours.accent, colours.stroke(2.25), dashed=True))
        painter.drawEllipse(place, radius, radius)

    def _arrow(self, painter: QPainter, start: QPointF, end: QPointF, colour: QColor, width: float) -> None:
        """An arrow from under the dot, set off from the colours; its head ends exactly at *end*."""
        colours = theme()
        length = _distance(start, end)
        along = (end - start) / length
        head = min(HEAD * width, length * 0.6)
        neck, side = end - along * head, QPointF(-along.y(), along.x()) * (head * 0.48)
        tip = QPolygonF([end, neck + side, neck - side])
        painter.setBrush(colours.canvas)
        painter.setPen(line_pen(colours.canvas, width + 3.0 * colours.zoom))
        painter.drawLine(start, neck)
        painter.setPen(line_pen(colours.canvas, 3.0 * colours.zoom))
        painter.drawPolygon(tip)
        painter.setPen(line_pen(colour, width))
        painter.drawLine(start, end - along * head * 0.85)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(tip)

    def _line(
        self, painter: QPainter, start: QPointF, end: QPointF, colour: QColor, width: float, *, dashed: bool
    ) -> None:
        painter.setPen(line_pen(theme().canvas, width + 2.5 * theme().zoom))
        painter.drawLine(start, end)
        painter.setPen(line_pen(colour, width, dashed=dashed))
        painter.drawLine(start, end)

    # -- minima ----------------------------------------------------------------------------------------------------

    def _draw_minima(self, painter: QPainter) -> None:
        picture = self._picture
        if picture.minimum is not None:
            place = picture.place_of(picture.minimum.place)
            if picture.is_inside(place):
                self._cross(painter, place, hollow=False)
        if picture.least is not None:
            place = picture.place_of(picture.least.place)
            if picture.is_inside(place):
                self._cross(painter, place, hollow=True)

    def _cross(self, painter: QPainter, place: QPointF, *, hollow: bool) -> None:
        """A cross for the minimum of the map; one in a ring for that of all parameters."""
        colours = theme()
        reach = CROSS * colours.zoom
        arms = [(QPointF(-reach, -reach), QPointF(reach, reach)), (QPointF(-reach, reach), QPointF(reach, -reach))]
        for colour, width in ((colours.canvas, 2.25 + 3.0), (colours.text, 2.25)):
            painter.setPen(line_pen(colour, colours.stroke(width)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for first, last in arms:
                part = 0.62 if hollow else 1.0
                painter.drawLine(place + first * part, place + last * part)
            if hollow:
                painter.drawEllipse(place, reach * 1.35, reach * 1.35)

    # -- the rest --------------------------------------------------------------------------------------------------

    def _draw_walked(self, painter: QPainter) -> None:
        """A ring around the point of the way that pointer or keyboard are on."""
        picture, colours = self._picture, theme()
        found = self._on_way()
        if found is None:
            return
        way = picture.ways[found.way]
        place = picture.place_of((float(way.x[found.point]), float(way.y[found.point])))
        radius = 6.0 * colours.zoom
        painter.setBrush(with_alpha(colours.canvas, 0.6))
        painter.setPen(line_pen(colours.canvas, colours.stroke(4.0)))
        painter.drawEllipse(place, radius, radius)
        painter.setPen(line_pen(colours.accent, colours.stroke(2.0)))
        painter.drawEllipse(place, radius, radius)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.text)
        painter.drawEllipse(place, radius * 0.45, radius * 0.45)

    def _on_way(self) -> OnWay | None:
        """The point of a way that is pointed at, if the ways have it."""
        hand, ways = self._picture.hand, self._picture.ways
        found = hand.hovered if isinstance(hand.hovered, OnWay) else None
        if found is None and hand.walked is not None and ways and not ways[0].name:
            found = OnWay(0, hand.walked)
        if found is None or found.way >= len(ways) or found.point >= ways[found.way].x.size:
            return None
        return found

    def _card_place(self) -> QPointF | None:
        picture, hand = self._picture, self._picture.hand
        found = self._on_way()
        if hand.held:
            return picture.dot_place
        if found is not None:
            way = picture.ways[found.way]
            return picture.place_of((float(way.x[found.point]), float(way.y[found.point])))
        if hand.hovered == MINIMUM and picture.minimum is not None:
            return picture.place_of(picture.minimum.place)
        if hand.hovered == LEAST and picture.least is not None:
            return picture.place_of(picture.least.place)
        if hand.hovered == DOT or (hand.focused and hand.pointer is None):
            return picture.dot_place if picture.is_inside(picture.dot_place) else None
        return hand.pointer

    def _draw_at_rim(self, painter: QPainter) -> None:
        """Arrows to what is out of view; that to the dot stands out."""
        colours = theme()
        for arrow in at_rim(self._picture, self._labels):
            strong = arrow.label.text == self._labels.dot_outside
            side = QPointF(-arrow.along.y(), arrow.along.x()) * (arrow.size * 0.6)
            foot = arrow.tip - arrow.along * arrow.size
            painter.setPen(line_pen(colours.canvas, (2.5 if strong else 1.5) * colours.zoom))
            painter.setBrush(colours.text if strong else colours.text_muted)
            painter.drawPolygon(QPolygonF([arrow.tip + arrow.along * (arrow.size * 0.4), foot + side, foot - side]))
            self._draw_tags(painter, [arrow.label])

    def _draw_tags(self, painter: QPainter, tags: list[Tag]) -> None:
        """The labels beside things."""
        colours = theme()
        painter.setFont(ui_font(11))
        for tag in tags:
            left, top, right, bottom = as_box(tag.box)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(with_alpha(colours.canvas, 0.86))
            painter.drawRoundedRect(QRectF(left, top + 2, right - left, bottom - top - 4), 3, 3)
            painter.setPen(colours.text)
            painter.drawText(tag.box.adjusted(0, 0, 2, 0), int(Qt.AlignmentFlag.AlignVCenter), tag.text)

    def _draw_note(self, painter: QPainter) -> None:
        """A sentence at the foot, in as many lines as it needs."""
        colours, box = theme(), note_box(self._picture)
        if box is None:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(with_alpha(colours.canvas, 0.88))
        painter.drawRoundedRect(box.adjusted(-4, -2, 4, 2), 3, 3)
        painter.setFont(ui_font(11))
        painter.setPen(colours.text)
        painter.drawText(box.adjusted(0, 0, 2, 0), NOTE_FLAGS, self._picture.note)


@lru_cache(maxsize=32)
def _dot_pixmap(active: bool, held: bool, focused: bool, _theme: str, zoom: float, ratio: float) -> QPixmap:
    """The dot with its halo, kept as a picture: it is painted in every frame of a drag, and see-through discs are slow.

    *active*: hand or pointer are on it. *_theme* names the theme in force, whose colours it has.
    """
    colours = theme()
    side = 36.0 * zoom
    pixmap = QPixmap(math.ceil(side * ratio), math.ceil(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = pixmap.width() / ratio / 2
    place = QPointF(middle, middle)
    draw_halo(painter, place, 14.0 * zoom, colours.canvas, 0.75 if active else 0.4)
    if focused:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((colours.canvas, 4.0), (colours.accent, 2.0)):
            painter.setPen(line_pen(colour, colours.stroke(width)))
            painter.drawEllipse(place, 13.0 * zoom, 13.0 * zoom)
    radius = (DOT_RADIUS + (1.0 if held else 0.0) + RIM / 2) * zoom
    painter.setPen(line_pen(colours.canvas, RIM * zoom))
    painter.setBrush(colours.text)
    painter.drawEllipse(place, radius, radius)
    painter.end()
    return pixmap


def _distance(a: QPointF, b: QPointF) -> float:
    return math.hypot(a.x() - b.x(), a.y() - b.y())
