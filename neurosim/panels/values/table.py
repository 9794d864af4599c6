"""The table that paints its own cells: a frame of a drag costs one call per text, not seven per cell."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QStyledItemDelegate, QWidget

from neurosim.panels._table import CELL, MARGIN, PointingTable
from neurosim.panels._table_marks import LIT_COLUMN
from neurosim.panels.values.header import LabelHeader, TitleHeader
from neurosim.panels.values.marks import backgrounds
from neurosim.panels.values.model import CellModel, Index
from neurosim.panels.values.title import title_width
from neurosim.widgets.display import NOTHING
from neurosim.widgets.text_width import text_width
from neurosim.widgets.theme import theme, with_alpha

NARROWEST, WIDEST = 52.0, 220.0


class NumberDelegate(QStyledItemDelegate):
    """Numbers are typed at the right, and what is being typed is not overwritten by the next frame."""

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the number, unless the user has begun to type another."""
        if isinstance(editor, QLineEdit):
            if editor.isModified():
                return
            editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        super().setEditorData(editor, index)


class CellTable(PointingTable):
    """Rows of numbers in whole-row selection; painted here, everything else is Qt's.

    Signals:
        copy_wanted(), add_wanted(), delete_wanted(): Ctrl+C, Ins and Del.
    """

    copy_wanted = Signal()
    add_wanted = Signal()
    delete_wanted = Signal()

    def __init__(self, model: CellModel, parent: QWidget, *, totals: bool = False) -> None:
        super().__init__(parent)
        self._cells = model
        self._totals = totals
        self.titles = TitleHeader(model, self)
        self.labels = LabelHeader(model, self, strong=totals)
        self.wear(self.titles, self.labels)
        self.setModel(model)
        self.setItemDelegate(NumberDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setCornerButtonEnabled(False)
        self.titles.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.titles.setVisible(not totals)
        self.restyle()

    def restyle(self) -> None:
        """Take the lengths of the current zoom."""
        self.set_lengths(32)

    # -- widths ----------------------------------------------------------------------------------------------------

    def columns_in_sight(self) -> frozenset[int]:
        """The columns that can be seen whole."""
        room = self.viewport().width()
        return frozenset(
            column
            for column in range(len(self._cells.columns))
            if 0 <= self.columnViewportPosition(column) <= room - self.columnWidth(column)
        )

    def wanted_widths(self, n_columns: int) -> list[int]:
        """Room for title and visible numbers of each of the first columns, in pixels; 0 without such a column."""
        cells, margin = self._cells, 2 * theme().px(MARGIN) + 1
        narrowest, widest = theme().px(NARROWEST), theme().px(WIDEST)
        rows = self.rows_on_view()
        found = [0] * n_columns
        for column in range(min(n_columns, len(cells.columns))):
            room = max((text_width(cells.cell_text(row, column), CELL) for row in rows), default=0.0)
            if not self._totals:
                room = max(room, title_width(cells.columns[column]))
            found[column] = min(max(round(room) + margin, narrowest), widest)
        return found

    def sizeHintForColumn(self, column: int) -> int:
        """As wide as a double click between two titles makes it."""
        return self.wanted_widths(column + 1)[column]

    # -- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Backgrounds, hairlines and numbers of the cells that are on view."""
        self.executeDelayedItemsLayout()
        painter = QPainter(self.viewport())
        colours, clip = theme(), event.rect()
        painter.fillRect(clip, colours.surface if self._totals else colours.canvas)
        columns, rows = self.columns_at(clip), self.rows_at(clip)
        if not columns or not rows:
            return
        right = max(x + width for _, x, width in columns)
        painter.setFont(self.font())
        metrics = QFontMetricsF(painter.font())
        height = self.rowHeight(rows[0])
        for row in rows:
            y = self.rowViewportPosition(row)
            area = QRect(0, y, right, height)
            if not self._totals:
                for colour in backgrounds(self.marks, colours, row):
                    painter.fillRect(area, colour)
            painter.fillRect(QRect(0, y + height - 1, right, 1), colours.hairline)
            for column, x, width in columns:
                if column in self.marks.lit_columns:
                    painter.fillRect(QRect(x, y, width, height - 1), with_alpha(colours.accent, LIT_COLUMN))
                text = self._cells.cell_text(row, column)
                if text:
                    colour = colours.text_muted if text == NOTHING else self._cells.colour(row, column)
                    self.draw_text(painter, metrics, text, QRect(x, y, width, height), colour=colour)
        self._draw_groups(painter, columns, QRect(0, clip.top(), right, self.rowViewportPosition(rows[-1]) + height))
        if self._totals:
            painter.fillRect(QRect(0, 0, self.viewport().width(), 1), colours.border)
        self._draw_focus(painter)

    def _draw_groups(self, painter: QPainter, columns: list[tuple[int, int, int]], area: QRect) -> None:
        """A hairline where another group of columns begins."""
        painter.setPen(QPen(theme().hairline, 1.0))
        shown = self._cells.columns
        for column, x, _width in columns:
            if column and shown[column].group != shown[column - 1].group:
                painter.drawLine(x - 1, area.top(), x - 1, area.bottom())

    def _draw_focus(self, painter: QPainter) -> None:
        index = self.currentIndex()
        if not self.hasFocus() or not index.isValid():
            return
        width = theme().stroke(2.0)
        inset = width / 2
        painter.setPen(QPen(theme().accent, width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.visualRect(index).toRectF().adjusted(inset, inset, -inset, -inset))

    # -- hands -----------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Ctrl+C is ours while the table has the keyboard."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Copy):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Ctrl+C, Ins and Del."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        elif event.key() == Qt.Key.Key_Insert and not event.modifiers():
            self.add_wanted.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        else:
            super().keyPressEvent(event)
