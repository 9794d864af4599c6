"""A header of a table: it paints itself, shows marks, and says which of its sections the pointer is on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from neurosim.panels._table_marks import LIT_ROW, NO_MARKS, TableMarks
from neurosim.widgets.theme import theme, with_alpha

BAR = 3.0
"""Width of the bar that marks what the current line concerns."""


class MarkedHeader(QHeaderView):
    """What the headers above and beside tables share.

    Signals:
        pointed(section): the pointer is on another section; -1: on none.
    """

    pointed = Signal(int)

    def __init__(self, orientation: Qt.Orientation, parent: QWidget) -> None:
        super().__init__(orientation, parent)
        self.marks = NO_MARKS
        self.pointed_at = -1
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    def set_marks(self, marks: TableMarks) -> None:
        """Show other marks."""
        self.marks = marks
        self.viewport().update()

    def draw_label(
        self, painter: QPainter, rect: QRect, text: str, row: int | None, *, font: QFont, edge: QColor
    ) -> None:
        """The label of a *row* at the side of a table; ``None`` for one that no mark can mean."""
        colours, marks = theme(), self.marks
        selected = row is not None and row in marks.selected
        painter.fillRect(rect, colours.surface)
        if selected:
            painter.fillRect(rect, colours.selected)
        if row is not None and row in marks.lit_rows:
            painter.fillRect(rect, with_alpha(colours.accent, LIT_ROW))
        painter.fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), edge)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colours.hairline)
        if row is not None and row in marks.line_rows:
            painter.fillRect(QRect(rect.left(), rect.top(), round(colours.stroke(BAR)), rect.height()), colours.accent)
        painter.setFont(font)
        painter.setPen(colours.text if selected or font.bold() else colours.text_muted)
        inside = rect.adjusted(colours.px(6), 0, -colours.px(8), 0)
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say which section the pointer is on."""
        super().mouseMoveEvent(event)
        self._point(self.logicalIndexAt(event.position().toPoint()))

    def viewportEvent(self, event: QEvent) -> bool:
        """Nothing is pointed at when the pointer has left."""
        if event.type() == QEvent.Type.Leave:
            self._point(-1)
        return super().viewportEvent(event)

    def _point(self, section: int) -> None:
        if section != self.pointed_at:
            self.pointed_at = section
            self.pointed.emit(section)
            self.viewport().update()
