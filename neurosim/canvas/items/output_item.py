"""An output: what the network says in the row on show, and the target it is compared with."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from neurosim.canvas import style
from neurosim.canvas.items.far import draw_far_box
from neurosim.canvas.items.node_item import NodeItem, two_lines
from neurosim.widgets.theme import Theme

NARROWEST = 104.0
WIDEST = 184.0
LINE = 18.0
"""Height of the line below the body."""
LONGEST = 300.0
INDENT = 24.0


class OutputItem(NodeItem):
    """One output; its key is ``"output:<node id>"``."""

    has_out = False
    LIVES = frozenset({"said", "target", "raw", "tell_brief"})

    def __init__(self, key: str) -> None:
        super().__init__(key, "")
        self.said = ""
        self.target = ""
        self.raw = ""
        self.tell_brief: Callable[[], str] | None = None
        self._below = 0.0
        self._half = NARROWEST / 2

    def set_words(self, said: str, target: str, raw: str = "") -> bool:
        """Show ``ŷ = ...``, the target, and below them the formula in *raw* units, if there is one.

        Returns whether it takes another room now (it never shrinks).
        """
        self.said, self.target, self.raw = said, target, raw
        below = max(min(style.width(raw, style.CAPTION), style.tall(LONGEST)) / 2, self._below) if raw else 0.0
        needed = max(style.width(said, style.VALUE), style.width(target, style.CAPTION)) + 28
        half = max(min(max(needed, NARROWEST), style.tall(WIDEST)) / 2, self._half)
        if half == self._half and below == self._below:
            return False
        self._half, self._below = half, below
        return True

    @property
    def brief(self) -> str:
        """What it says in as few signs as can be; made when it is looked at, for it seldom is."""
        return "" if self.tell_brief is None else self.tell_brief()

    def body(self) -> QRectF:
        """A rounded rectangle around the position."""
        return QRectF(-self._half, -two_lines() / 2, 2 * self._half, two_lines())

    def corner(self) -> float:
        """Rounder than an input: the end of the line."""
        return two_lines() / 2 - 8

    def extent(self) -> QRectF:
        """The body with a little air, and the line below it."""
        rect = self.body().adjusted(-4, -4, 4, 4)
        return rect.united(self._line()) if self.raw else rect

    def covered(self) -> tuple[QRectF, ...]:
        """The body, and the line below it, which is often wider."""
        rect = self.body().adjusted(-4, -4, 4, 4)
        return (rect, self._line()) if self.raw else (rect,)

    def _line(self) -> QRectF:
        # What is wider than the body goes on to the right, clear of what hangs below the neuron.
        left = -min(self._below, self._half - INDENT)
        return QRectF(left, two_lines() / 2, 2 * self._below, style.tall(LINE) + 4)

    def draw_body(self, painter: QPainter, of: Theme, detail: float) -> None:
        """The rounded rectangle."""
        del detail
        painter.setPen(style.pen(of.border, 1.75, of))
        painter.setBrush(of.raised)
        painter.drawRoundedRect(self.body(), self.corner(), self.corner())

    def draw_far(self, painter: QPainter, of: Theme, detail: float) -> None:
        """The outline, and what the network says."""
        draw_far_box(painter, of, self.brief or self.said, self.body(), detail, "right")

    def draw_words(self, painter: QPainter, of: Theme) -> None:
        """The prediction above, the target below."""
        room = 2 * self._half - 20
        said, target = style.elided(self.said, style.VALUE, room), style.elided(self.target, style.CAPTION, room)
        style.write(painter, said, style.VALUE, of.text, QPointF(0, -style.tall(11)))
        style.write(painter, target, style.CAPTION, of.text_muted, QPointF(0, style.tall(11)))
        if self.raw:
            raw = style.elided(self.raw, style.CAPTION, style.tall(LONGEST))
            style.write(painter, raw, style.CAPTION, of.text, self._line().center())
