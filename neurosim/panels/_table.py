"""A table that paints its own cells, shows marks, and says which cell the pointer is on."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QAbstractItemView, QWidget

from neurosim.panels._pointing import PointingView
from neurosim.panels._table_header import MarkedHeader
from neurosim.panels._table_marks import NO_MARKS, TableMarks
from neurosim.widgets.text_width import text_width
from neurosim.widgets.theme import theme

MARGIN = 8.0
"""Left and right of a text, in pixels at 100 %."""
ROW_HEIGHT = 26.0
MEASURED_ROWS = 60
"""So many rows decide the first widths of the columns."""
CELL = 13.0
"""The size of the cells' font: that of the interface."""


class PointingTable(PointingView):
    """What the tables of the program share; the cells are painted by who inherits from it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._marks = NO_MARKS
        self._headers: tuple[MarkedHeader, ...] = ()

    def wear(self, above: MarkedHeader, beside: MarkedHeader) -> None:
        """Take these headers, and be a table for mouse and keyboard."""
        self._headers = (above, beside)
        self.setHorizontalHeader(above)
        self.setVerticalHeader(beside)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def set_lengths(self, narrowest: float) -> None:
        """Take row height and least column width (in pixels at 100 %) of the current zoom."""
        px = theme().px
        above, beside = self._headers
        beside.setMinimumSectionSize(px(ROW_HEIGHT))
        beside.setDefaultSectionSize(px(ROW_HEIGHT))
        above.setMinimumSectionSize(px(narrowest))

    # -- marks -----------------------------------------------------------------------------------------------------

    @property
    def marks(self) -> TableMarks:
        """What stands out now."""
        return self._marks

    def set_marks(self, marks: TableMarks) -> None:
        """Show other marks."""
        if marks != self._marks:
            self._marks = marks
            for header in self._headers:
                header.set_marks(marks)
            self.viewport().update()

    # -- what is on view -------------------------------------------------------------------------------------------

    def rows_on_view(self) -> range:
        """The rows that can be seen now; the first ones while nothing is shown yet."""
        last, top = self.model().rowCount(), self.rowAt(0)
        if top < 0:
            return range(min(last, MEASURED_ROWS))
        bottom = self.rowAt(self.viewport().height() - 1)
        return range(top, last if bottom < 0 else bottom + 1)

    def columns_at(self, clip: QRect) -> list[tuple[int, int, int]]:
        """Number, left edge and width of each column that *clip* touches."""
        found = []
        for column in range(self.model().columnCount()):
            x, width = self.columnViewportPosition(column), self.columnWidth(column)
            if x <= clip.right() and x + width > clip.left() and width > 0:
                found.append((column, x, width))
        return found

    def rows_at(self, clip: QRect) -> range:
        """The rows that *clip* touches."""
        top, bottom = self.rowAt(clip.top()), self.rowAt(clip.bottom())
        if top < 0:
            return range(0)
        return range(top, self.model().rowCount() if bottom < 0 else bottom + 1)

    # -- painting --------------------------------------------------------------------------------------------------

    def draw_text(
        self,
        painter: QPainter,
        metrics: QFontMetricsF,
        text: str,
        cell: QRect,
        *,
        colour: QColor,
        right: bool = True,
    ) -> None:
        """One line of text in a cell, with dots where room ends; at the *right*, as numbers stand."""
        margin, width = theme().px(MARGIN), text_width(text, CELL)
        room = cell.width() - 2 * margin
        if width > room + 1:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            width = text_width(text, CELL)
        left = cell.left() + margin
        if right:
            left = round(cell.right() + 1 - margin - width)
        drop = (cell.height() + metrics.ascent() - metrics.descent()) / 2
        painter.setPen(colour)
        painter.drawText(left, round(cell.top() + drop), text)
