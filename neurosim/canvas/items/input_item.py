"""An input: a rounded square with its column's name and the value of the row on show."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from neurosim.canvas import style
from neurosim.canvas.items.far import draw_far_box
from neurosim.canvas.items.node_item import NodeItem, two_lines
from neurosim.widgets.theme import Theme

NARROWEST = 72.0
WIDEST = 156.0


class InputItem(NodeItem):
    """One input node."""

    has_in = False
    LIVES = frozenset({"value"})

    def __init__(self, key: str, name: str) -> None:
        super().__init__(key, name)
        self.value = ""
        self._half = NARROWEST / 2
        self.set_words(name, "")

    def set_words(self, name: str, value: str) -> bool:
        """Show *name* and *value*; returns whether the outline has another width now.

        The width follows the name and grows with values that need it, but never shrinks while values change, so that
        nothing jitters in a run.
        """
        same_name = name == self.name
        self.name, self.value = name, value
        needed = max(style.width(name, style.NAME), style.width(value, style.VALUE)) + 24
        half = min(max(needed, NARROWEST), style.tall(WIDEST)) / 2
        half = max(half, self._half) if same_name else half
        if half == self._half:
            return False
        self._half = half
        return True

    def body(self) -> QRectF:
        """A rounded rectangle around the position."""
        return QRectF(-self._half, -two_lines() / 2, 2 * self._half, two_lines())

    def extent(self) -> QRectF:
        """The name stands inside, so the body is all."""
        return self.body().adjusted(-4, -4, 4, 4)

    def name_at(self) -> QPointF:
        """The name's line inside the body."""
        return QPointF(0, -style.tall(11))

    def draw_body(self, painter: QPainter, of: Theme, detail: float) -> None:
        """The rounded square."""
        del detail
        painter.setPen(style.pen(of.border, 1.75, of))
        painter.setBrush(of.raised)
        painter.drawRoundedRect(self.body(), self.corner(), self.corner())

    def draw_far(self, painter: QPainter, of: Theme, detail: float) -> None:
        """The outline, and the name."""
        draw_far_box(painter, of, self.name, self.body(), detail, "left")

    def draw_name(self, painter: QPainter, of: Theme) -> None:
        """The name above."""
        name = style.elided(self.name, style.NAME, 2 * self._half - 16)
        style.write(painter, name, style.NAME, of.text_muted, self.name_at())

    def draw_words(self, painter: QPainter, of: Theme) -> None:
        """The value below."""
        value = style.elided(self.value, style.VALUE, 2 * self._half - 16)
        style.write(painter, value, style.VALUE, of.text, QPointF(0, style.tall(11)))
