"""The constant 1 that a neuron's bias is the weight of, drawn in the close-up."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from neurosim.canvas import style
from neurosim.canvas.items.node_item import NodeItem
from neurosim.widgets.theme import Theme

SIDE = 48.0


class ConstantItem(NodeItem):
    """A 1 in a rounded square with a hairline: it is always there and never changes."""

    has_in = False

    def __init__(self, neuron: str) -> None:
        super().__init__(f"{neuron}.one", "")
        self.neuron = neuron

    def body(self) -> QRectF:
        """A rounded square."""
        return QRectF(-SIDE / 2, -SIDE / 2, SIDE, SIDE)

    def extent(self) -> QRectF:
        """The body with a little air."""
        return self.body().adjusted(-4, -4, 4, 4)

    def draw_body(self, painter: QPainter, of: Theme, detail: float) -> None:
        """The square."""
        del detail
        painter.setPen(style.pen(of.border, 1.75, of, (2.5, 2.5)))
        painter.setBrush(of.canvas)
        painter.drawRoundedRect(self.body(), self.corner(), self.corner())

    def draw_far(self, painter: QPainter, of: Theme, detail: float) -> None:
        """The same with its 1, however small."""
        self.draw_body(painter, of, detail)
        self.draw_name(painter, of)

    def draw_name(self, painter: QPainter, of: Theme) -> None:
        """It has no name, only its 1."""
        style.write(painter, "1", style.VALUE, of.text, QPointF(0, 0))
