"""Drag over empty space: select everything that the box touches."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from neurosim.canvas import style
from neurosim.canvas.interactions.tool import Modifiers, Tool
from neurosim.widgets.theme import theme, with_alpha


class BoxSelect(Tool):
    """A click on empty space selects nothing; a box selects what it touches, with Ctrl in addition."""

    _now: QPointF | None = None

    def drag(self, at: QPointF, screen: QPointF, modifiers: Modifiers) -> None:
        """Stretch the box."""
        del screen, modifiers
        self._now = at
        self.host.drawing.update()

    def released(self, at: QPointF, screen: QPointF, modifiers: Modifiers) -> bool:
        """Select."""
        del screen
        keep = self.host.selection.ids if modifiers & Qt.KeyboardModifier.ControlModifier else frozenset()
        if self.dragged:
            found = self.host.drawing.keys_inside(QRectF(self.start, at).normalized())
            self.host.selection.select(keep | found)
        elif not keep:
            self.host.selection.select(())
        self.host.drawing.update()
        return True

    def cancel(self) -> None:
        """No box any more."""
        self.host.drawing.update()

    def paint(self, painter: QPainter) -> None:
        """The box."""
        if self._now is not None:
            of = theme()
            painter.setPen(style.pen(of.accent, 1.25, of, (4.0, 3.0)))
            painter.setBrush(with_alpha(of.accent, 0.08))
            painter.drawRect(QRectF(self.start, self._now).normalized())
