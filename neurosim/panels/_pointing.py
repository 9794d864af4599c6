"""A table that says which cell the pointer is on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QTableView, QWidget


class PointingView(QTableView):
    """Owns the cell that is pointed at, and no more.

    Signals:
        pointed(row, column): the pointer is on another cell; -1, -1: on none.
    """

    pointed = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pointed = (-1, -1)

    def can_be_pointed_at(self, index: QModelIndex) -> bool:
        """Whether *index* is a cell of which something can be said."""
        return index.isValid()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say which cell the pointer is on."""
        super().mouseMoveEvent(event)
        self._point(self.indexAt(event.position().toPoint()))

    def viewportEvent(self, event: QEvent) -> bool:
        """Nothing is pointed at when the pointer has left."""
        if event.type() == QEvent.Type.Leave:
            self._point(QModelIndex())
        return super().viewportEvent(event)

    def _point(self, index: QModelIndex) -> None:
        place = (index.row(), index.column()) if self.can_be_pointed_at(index) else (-1, -1)
        if place != self._pointed:
            self._pointed = place
            self.pointed.emit(*place)
