"""How squares and bars are painted: behind the points and lines, with numbers where there is room for them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem

from neurosim.panels._layer import CachedLayer, Layer
from neurosim.panels._paint import draw_tag
from neurosim.panels.data_plot.boxes import Boxes, no_boxes
from neurosim.panels.data_plot.clearance import SHAPE, WORDS, Obstacle
from neurosim.panels.data_plot.picture import Picture
from neurosim.records import dataclass, field
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.theme import theme, with_alpha

FILL, LIT_FILL, LINE_FILL = 0.16, 0.34, 0.24
EDGE, LIT_EDGE = 0.5, 1.0
BAR_FILL = 0.5
"""Bars are narrow: painted as faintly as squares they would hardly be seen."""
LAYERS = 1.5
"""Squares that lie so many deep on average are painted fainter, so that each can still be told."""
FEW = 12
"""Up to so many squares or bars carry numbers, of more the largest alone; and words keep clear of them."""
FAR = 8.0
"""Rectangles are cut off this far outside the plot: painters count in 16 bits."""


class Number(NamedTuple):
    """Where a number stands, its text, and whose it is."""

    box: QRectF
    text: str
    row: int


@dataclass
class Caption:
    """What the side of a square or the length of a bar stands for.

    Attributes:
        text: the words; empty when nothing is said.
        mark: width and height in pixels of what stands for one unit, painted after the words; zero for none.
        mark_text: what the mark stands for.
        box: where all of it stands.
    """

    text: str = ""
    mark: tuple[float, float] = (0.0, 0.0)
    mark_text: str = ""
    box: QRectF = field(default_factory=QRectF)

    def size(self) -> tuple[float, float]:
        """Width and height in pixels."""
        metrics = QFontMetricsF(ui_font(11))
        width, height = metrics.horizontalAdvance(self.text), metrics.height()
        if self.mark[1]:
            width += theme().px(8) + self.mark[0] + theme().px(4) + metrics.horizontalAdvance(self.mark_text)
            height = max(height, self.mark[1])
        return width, height

    def draw(self, painter: QPainter, fill: float) -> None:
        """Words and mark on one baseline."""
        if not self.text:
            return
        colours, metrics = theme(), QFontMetricsF(ui_font(11))
        baseline = self.box.bottom() - metrics.descent()
        draw_tag(painter, colours, QPointF(self.box.left(), baseline), self.text, colours.text_muted, right=False)
        width, height = self.mark
        if height:
            left = self.box.left() + metrics.horizontalAdvance(self.text) + colours.px(8)
            painter.setPen(QPen(colours.loss, 1.0))
            painter.setBrush(with_alpha(colours.loss, fill))
            painter.drawRect(QRectF(left, baseline - height + 1, width, height))
            place = QPointF(left + width + colours.px(4), baseline)
            draw_tag(painter, colours, place, self.mark_text, colours.text_muted, right=False)


@dataclass
class Area:
    """What is painted now.

    Attributes:
        boxes: all rectangles but that of the row in hand.
        held: that of the row in hand, painted each frame.
        numbers, held_numbers: the numbers of both.
        solid: whether they are bars.
        caption: what their sides stand for.
    """

    boxes: Boxes = field(default_factory=no_boxes)
    held: Boxes = field(default_factory=no_boxes)
    numbers: list[Number] = field(default_factory=list)
    held_numbers: list[Number] = field(default_factory=list)
    solid: bool = False
    caption: Caption = field(default_factory=Caption)

    def clear(self) -> None:
        """Have no squares."""
        self.boxes = self.held = no_boxes()
        self.numbers, self.held_numbers = [], []

    def in_the_way(self) -> list[Obstacle]:
        """What other words keep clear of: those that are written, and the shapes of a few points."""
        found = [(number.box, WORDS) for number in (*self.numbers, *self.held_numbers)]
        if self.caption.text:
            found.append((self.caption.box, WORDS))
        if self.boxes.rows.size <= FEW:
            found += [(rect, SHAPE) for rect in (*self.boxes.rects(), *self.held.rects())]
        return found


class BoxesLayer(CachedLayer):
    """Everything that does not move while a point is in hand."""

    def __init__(self, area: Area, parent: QGraphicsItem) -> None:
        super().__init__(0.3, parent)
        self._shown = area

    def draw(self, painter: QPainter) -> None:
        """All rectangles at once, then the numbers."""
        shown = self._shown
        _fill(painter, shown.boxes, self.area, shown.solid)
        _write(painter, shown.numbers, theme().loss)


class CaptionLayer(Layer):
    """What a side stands for, above the points; Qt keeps its picture."""

    def __init__(self, area: Area, parent: QGraphicsItem) -> None:
        super().__init__(2.6, parent)
        self._shown = area
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def boundingRect(self) -> QRectF:
        """No more than the words: the less is kept."""
        return self._shown.caption.box.adjusted(-6, -6, 6, 6)

    def say(self, caption: Caption) -> None:
        """Say something else, or at another place."""
        self.prepareGeometryChange()
        self._shown.caption = caption
        self.changed()

    def draw(self, painter: QPainter) -> None:
        """The words with their mark."""
        self._shown.caption.draw(painter, BAR_FILL if self._shown.solid else FILL)


class HeldBoxesLayer(Layer):
    """What moves with the hand or lights up."""

    def __init__(self, area: Area, picture: Picture, parent: QGraphicsItem) -> None:
        super().__init__(0.4, parent)
        self._shown = area
        self._picture = picture

    def draw(self, painter: QPainter) -> None:
        """The row in hand as the others are; then those that are lit."""
        shown, hand = self._shown, self._picture.hand
        _fill(painter, shown.held, self.area, shown.solid)
        lit = {row for row in (*hand.lit, hand.hovered, hand.held) if row is not None}
        quiet = hand.line - lit if hand.line_residuals and len(hand.line) <= shown.boxes.rows.size else frozenset()
        for rows, strength, edge in ((quiet, LINE_FILL, 0.8), (lit, LIT_FILL, LIT_EDGE)):
            for row in rows:
                for boxes in (shown.boxes, shown.held):
                    place = boxes.place_of(row)
                    if place is not None:
                        self._draw_strong(painter, boxes.rect(place), strength, edge)
        _write(painter, shown.held_numbers, theme().loss)
        # On a strong fill the colour of the loss could not be read.
        _write(painter, [number for number in (*shown.numbers, *shown.held_numbers) if number.row in lit], theme().text)

    def _draw_strong(self, painter: QPainter, rect: QRectF, strength: float, edge: float) -> None:
        colours = theme()
        painter.setPen(QPen(with_alpha(colours.loss, edge), colours.stroke(1.5)))
        painter.setBrush(with_alpha(colours.loss, strength * (2.0 if self._shown.solid else 1.0)))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.drawRect(rect.intersected(self.area.adjusted(-FAR, -FAR, FAR, FAR)))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _fill(painter: QPainter, boxes: Boxes, area: QRectF, solid: bool) -> None:
    if not boxes.rows.size:
        return
    colour, inside = theme().loss, area.adjusted(-FAR, -FAR, FAR, FAR)
    fill, edge = (BAR_FILL, EDGE) if solid else (FILL, EDGE)
    if not solid:
        deep = float((boxes.width * boxes.height).sum()) / max(area.width() * area.height(), 1.0)
        fainter = min(1.0, LAYERS / max(deep, 1e-9))
        fill, edge = max(fill * fainter, 0.008), max(edge * np.sqrt(fainter), 0.12)
    painter.setPen(QPen(with_alpha(colour, edge), 1.0))
    painter.setBrush(with_alpha(colour, fill))
    # Upright edges need no smoothing, which would take ten times as long.
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.drawRects([rect.intersected(inside) for rect in boxes.rects()])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _write(painter: QPainter, numbers: list[Number], colour: QColor) -> None:
    painter.setFont(ui_font(11, 500))
    painter.setPen(colour)
    for box, text, _ in numbers:
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip), text)
