"""What pointer and keyboard are on: halos, rings, the point that is held, and its label."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem

from neurosim.engine.dataset import FloatArray
from neurosim.panels._layer import Layer
from neurosim.panels._marks import diameter
from neurosim.panels._paint import ChipLines, chip_size, draw_chip
from neurosim.panels.data_plot.label_place import LabelPlace
from neurosim.panels.data_plot.layers import draw_row
from neurosim.panels.data_plot.picture import Picture
from neurosim.widgets.theme import theme, with_alpha

RINGS = 1_000
"""Of larger selections no rings are painted: they would be one blot."""


class HandLayer(Layer):
    """Above everything: never cached, and small."""

    def __init__(self, picture: Picture, label: Callable[[int], ChipLines], parent: QGraphicsItem) -> None:
        super().__init__(3, parent)
        self._picture = picture
        self._label = label
        self._written: tuple[QPointF, ChipLines, QRectF] | None = None
        self._fresh = False
        self.covered: Callable[[], QRectF] = QRectF
        """What lies over the plot, where a label could not be read."""
        self.drawn: Callable[[], list[FloatArray]] = list
        """The lines that a label keeps clear of, (2, k) each, in pixels."""
        self._place = LabelPlace()
        self._of: int | None = None

    def changed(self) -> None:
        """The label, too, may be another one. A layer with nothing to show is not asked to paint."""
        self._fresh = False
        hand = self._picture.hand
        on_one = hand.held is not None or hand.hovered is not None
        self.setVisible(on_one or bool(hand.lit or hand.line or hand.selected))
        super().changed()

    def set_area(self, width: float, height: float) -> None:
        """The label stands inside of the new area."""
        super().set_area(width, height)
        self._fresh = False

    def label_box(self) -> QRectF:
        """Where the label of the point in hand or under the pointer stands; empty without one."""
        label = self._label_now()
        return QRectF() if label is None else label[2]

    def draw(self, painter: QPainter) -> None:
        """Halos first, then rings, the held point, the label."""
        hand, picture, colours = self._picture.hand, self._picture, theme()
        n = picture.px.size
        size = diameter(n)
        self._draw_line_marks(painter, n, size)
        if hand.hovered is not None and hand.hovered < n and hand.held is None:
            self._halo(painter, picture.place_of(hand.hovered), size, 0.14)
        for row in hand.lit:
            if row < n and row not in (hand.hovered, hand.held):
                self._halo(painter, picture.place_of(row), size, 0.14)
        if len(hand.selected) <= RINGS:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            width = colours.stroke(2.0)
            painter.setPen(QPen(colours.accent, width))
            for row in hand.selected:
                if row < n and row != hand.held:
                    radius = size / 2 + 3 + width / 2
                    painter.drawEllipse(picture.place_of(row), radius, radius)
        if hand.held is not None and hand.held < n:
            place = picture.place_of(hand.held)
            self._halo(painter, place, size, 0.20)
            draw_row(painter, picture, hand.held, place, max(size, 9.0) + 2)
        self._draw_label(painter)

    def _draw_line_marks(self, painter: QPainter, n: int, size: float) -> None:
        """A soft disc with a thin ring around the points of the current line: quieter than pointer and selection."""
        rows, colours = self._picture.hand.line, theme()
        if not rows or len(rows) > RINGS:
            return
        radius = size / 2 + 7
        painter.setPen(QPen(colours.accent, colours.stroke(1.25), Qt.PenStyle.DotLine))
        painter.setBrush(with_alpha(colours.accent, 0.16))
        for row in rows:
            if row < n:
                painter.drawEllipse(self._picture.place_of(row), radius, radius)

    def _draw_label(self, painter: QPainter) -> None:
        label = self._label_now()
        if label is not None:
            place, lines, card = label
            draw_chip(painter, theme(), self.area, place, lines, card)

    def _label_now(self) -> tuple[QPointF, ChipLines, QRectF] | None:
        """The label's point, words and place; written once after each change."""
        if not self._fresh:
            self._fresh, self._written = True, self._write()
        return self._written

    def _write(self) -> tuple[QPointF, ChipLines, QRectF] | None:
        hand, n = self._picture.hand, self._picture.px.size
        row = hand.held if hand.held is not None else hand.hovered
        if row is None and hand.focused and len(hand.selected) == 1:
            row = next(iter(hand.selected))
        if row is None or row >= n:
            return None
        if row != self._of:
            self._of = row
            self._place.forget()
        place = self._picture.place_of(row)
        lines = self._label(row) if self.area.adjusted(-6, -6, 6, 6).contains(place) else []
        if not lines:
            return None
        box = self._place.find(self.area, place, chip_size(lines), self._picture, self.drawn(), self.covered())
        return place, lines, box

    def _halo(self, painter: QPainter, place: QPointF, size: float, strength: float) -> None:
        colours = theme()
        painter.setPen(QPen(with_alpha(colours.text, 0.45), 1.0))
        painter.setBrush(with_alpha(colours.text, strength))
        radius = max(size / 2 + 7, 10.0)
        painter.drawEllipse(place, radius, radius)
