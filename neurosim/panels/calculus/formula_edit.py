"""The line in which a function is typed, with a mark at the place where reading stopped."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QLineEdit, QWidget

from neurosim.widgets.theme import theme


class FormulaEdit(QLineEdit):
    """Owns the text and the place of the mark."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place: int | None = None

    @property
    def place(self) -> int | None:
        """The marked character, counted from 0, up to one behind the last; ``None``: nothing is marked."""
        return self._place

    def mark(self, place: int | None, sentence: str = "") -> None:
        """Mark the place where reading stopped, and say why; ``None``: all was read."""
        if place != self._place:
            self._place = place
            self.setProperty("invalid", place is not None)
            self.style().unpolish(self)
            self.style().polish(self)
            self.update()
        self.setAccessibleDescription(sentence)

    def x_of(self, place: int) -> float:
        """Where the character at *place* begins, in pixels of the widget."""
        metrics, text = self.fontMetrics(), self.text()
        here = self.cursorRect().center().x()
        return here + metrics.horizontalAdvance(text[:place]) - metrics.horizontalAdvance(text[: self.cursorPosition()])

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line under the character where reading stopped, and a small arrow that points to it."""
        super().paintEvent(event)
        if self._place is None:
            return
        colours, metrics = theme(), self.fontMetrics()
        left = self.x_of(self._place)
        character = self.text()[self._place : self._place + 1] or " "
        width = max(metrics.horizontalAdvance(character), colours.px(6))
        foot = self.height() / 2 + (metrics.ascent() - metrics.descent()) / 2 + colours.px(4)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.negative, colours.stroke(2.0)))
        painter.drawLine(QPointF(left, foot), QPointF(left + width, foot))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.negative)
        half, rise = colours.px(3), colours.px(4)
        middle = left + width / 2
        tip = QPolygonF(
            [QPointF(middle, foot), QPointF(middle - half, foot + rise), QPointF(middle + half, foot + rise)]
        )
        painter.drawPolygon(tip)
