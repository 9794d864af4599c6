"""An output: what the network says in the row on show, and the target it is compared with."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from neurosim.canvas import style
from neurosim.canvas.items.node_item import FEW_DETAILS, NodeItem
from neurosim.widgets.theme import Theme

NARROWEST = 104.0
WIDEST = 184.0
HEIGHT = 56.0


class OutputItem(NodeItem):
    """One output; its key is ``"output:<node id>"``."""

    has_out = False

    def __init__(self, key: str) -> None:
        super().__init__(key, "")
        self.said = ""
        self.target = ""
        self._half = NARROWEST / 2

    def set_words(self, said: str, target: str) -> bool:
        """Show ``ŷ = ...`` and the target; returns whether the outline has another width now (it never shrinks)."""
        self.said, self.target = said, target
        needed = max(style.width(said, style.VALUE), style.width(target, style.CAPTION)) + 28
        half = max(min(max(needed, NARROWEST), WIDEST) / 2, self._half)
        if half == self._half:
            return False
        self._half = half
        return True

    def body(self) -> QRectF:
        """A rounded rectangle around the position."""
        return QRectF(-self._half, -HEIGHT / 2, 2 * self._half, HEIGHT)

    def corner(self) -> float:
        """Rounder than an input: the end of the line."""
        return HEIGHT / 2 - 8

    def extent(self) -> QRectF:
        """The body with a little air."""
        return self.body().adjusted(-4, -4, 4, 4)

    def draw_body(self, painter: QPainter, of: Theme, detail: float) -> None:
        """The rounded rectangle."""
        del detail
        painter.setPen(style.pen(of.border, 1.75, of))
        painter.setBrush(of.raised)
        painter.drawRoundedRect(self.body(), self.corner(), self.corner())

    def draw_words(self, painter: QPainter, of: Theme, detail: float) -> None:
        """The prediction above, the target below."""
        if detail < FEW_DETAILS:
            return
        room = 2 * self._half - 20
        said, target = style.elided(self.said, style.VALUE, room), style.elided(self.target, style.CAPTION, room)
        style.write(painter, said, style.VALUE, of.text, QPointF(0, -11))
        style.write(painter, target, style.CAPTION, of.text_muted, QPointF(0, 11))
