"""A feature: a box with pointed sides, its name, the value of the row on show, and below it how that comes about."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF

from neurosim.canvas import style
from neurosim.canvas.items.far import draw_far_box
from neurosim.canvas.items.node_item import NodeItem, two_lines
from neurosim.widgets.theme import Theme

NARROWEST = 84.0
WIDEST = 172.0
POINT = 14.0
"""So far the sides are drawn out."""
LINE = 18.0
"""Height of a line of the arithmetic below the body."""
LONGEST = 230.0


class FeatureItem(NodeItem):
    """One feature node."""

    LIVES = frozenset({"value", "sum"})

    def __init__(self, key: str, name: str) -> None:
        super().__init__(key, name)
        self.value = ""
        self.sum = ""
        self._half = NARROWEST / 2
        self._below = 0.0
        self.set_words(name, "")

    def set_words(self, name: str, value: str, arithmetic: str = "") -> bool:
        """Show *name*, *value* and below them the *arithmetic*; returns whether it takes another room now.

        The width follows the name and grows with values that need it, but never shrinks while values change, so that
        nothing jitters in a run.
        """
        same_name = name == self.name
        self.name, self.value, self.sum = name, value, arithmetic
        needed = max(style.width(name, style.NAME), style.width(value, style.VALUE)) + 24 + 2 * POINT
        half = min(max(needed, NARROWEST), style.tall(WIDEST)) / 2
        below = min(style.width(arithmetic, style.CAPTION), style.tall(LONGEST)) / 2 if arithmetic else 0.0
        if same_name:
            half, below = max(half, self._half), max(below, self._below) if arithmetic else below
        if half == self._half and below == self._below:
            return False
        self._half, self._below = half, below
        return True

    def body(self) -> QRectF:
        """The box around the position, points included."""
        return QRectF(-self._half, -two_lines() / 2, 2 * self._half, two_lines())

    def extent(self) -> QRectF:
        """The body with the line below it."""
        rect = self.body().adjusted(-4, -4, 4, 4)
        if not self._below:
            return rect
        return rect.united(QRectF(-self._below, two_lines() / 2, 2 * self._below, style.tall(LINE) + 4))

    def covered(self) -> tuple[QRectF, ...]:
        """The body, and the line below it, which is often wider."""
        rect = self.body().adjusted(-4, -4, 4, 4)
        if not self._below:
            return (rect,)
        return rect, QRectF(-self._below, two_lines() / 2, 2 * self._below, style.tall(LINE) + 4)

    def name_at(self) -> QPointF:
        """The name's line inside the body."""
        return QPointF(0, -style.tall(11))

    def outline_path(self, grow: float = 0.0) -> QPainterPath:
        """The box with its pointed sides, larger all around by *grow*."""
        rect = self.body().adjusted(-grow, -grow, grow, grow)
        point = POINT + grow * 0.4
        path = QPainterPath()
        path.addPolygon(
            QPolygonF(
                [
                    QPointF(rect.left(), 0),
                    QPointF(rect.left() + point, rect.top()),
                    QPointF(rect.right() - point, rect.top()),
                    QPointF(rect.right(), 0),
                    QPointF(rect.right() - point, rect.bottom()),
                    QPointF(rect.left() + point, rect.bottom()),
                ]
            )
        )
        path.closeSubpath()
        return path

    def contains_point(self, point: QPointF) -> bool:
        """Whether a point is on the box."""
        return self.outline_path().contains(point)

    def _round(self, painter: QPainter, grow: float, pen: QPen) -> None:
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self.outline_path(grow))

    def draw_body(self, painter: QPainter, of: Theme, detail: float) -> None:
        """The box."""
        del detail
        painter.setPen(style.pen(of.border, 1.75, of))
        painter.setBrush(of.raised)
        painter.drawPath(self.outline_path())

    def draw_far(self, painter: QPainter, of: Theme, detail: float) -> None:
        """The outline, and the name."""
        draw_far_box(painter, of, self.name, self.body(), detail, "both")

    def draw_name(self, painter: QPainter, of: Theme) -> None:
        """The name above."""
        name = style.elided(self.name, style.NAME, self._room())
        style.write(painter, name, style.NAME, of.text_muted, self.name_at())

    def draw_words(self, painter: QPainter, of: Theme) -> None:
        """The value, and under the box where it comes from."""
        value = style.elided(self.value, style.VALUE, self._room())
        style.write(painter, value, style.VALUE, of.text, QPointF(0, style.tall(11)))
        if self.sum:
            line = style.elided(self.sum, style.CAPTION, style.tall(LONGEST))
            below = QPointF(0, two_lines() / 2 + style.tall(LINE) / 2 + 2)
            style.write(painter, line, style.CAPTION, of.text_muted, below)

    def _room(self) -> float:
        return 2 * (self._half - POINT) - 4
