"""The table that paints its own cells, and the keys and moves of a spreadsheet."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QRect, QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QWidget

from neurosim.panels._table import CELL, MARGIN, PointingTable
from neurosim.panels._table_marks import LIT_ROW
from neurosim.panels.data_table.cell_editor import CellDelegate
from neurosim.panels.data_table.header import ColumnHeader, RowHeader
from neurosim.panels.data_table.keys import CTRL, SHIFT, edge_from, is_jump, is_ours, wish_of
from neurosim.panels.data_table.model import TableModel
from neurosim.widgets.display import Display
from neurosim.widgets.text_width import text_width
from neurosim.widgets.theme import theme, with_alpha

NARROWEST, WIDEST = 92.0, 260.0


class Grid(PointingTable):
    """Cells to select, type in, and move between.

    Signals:
        wished(name): a key asks for something: ``copy``, ``clear``, ``addRow``, ...
    """

    wished = Signal(str)

    def __init__(self, model: TableModel, display: Display, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("dataTable")
        self.setAccessibleName(self.tr("Data table"))
        self.setAccessibleDescription(self.tr("Type to change a cell. Tab and Enter go on; Ctrl+Tab leaves the table."))
        self.table = model
        self._run_start: int | None = None
        self._resized = False
        self._by_hand = True
        self.columns = ColumnHeader(model, self)
        self.rows = RowHeader(model, self)
        self.wear(self.columns, self.rows)
        self.setModel(model)
        self.cell_delegate = CellDelegate(model, display, self)
        self.setItemDelegate(self.cell_delegate)
        self.cell_delegate.moved.connect(self._go_on)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.columns.sectionResized.connect(self._column_resized)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self.widen())
        self.restyle()

    def restyle(self) -> None:
        """Take the lengths of the current zoom."""
        self.set_lengths(48)
        self._resized = False
        self.widen(anew=True)

    # -- widths ----------------------------------------------------------------------------------------------------

    def widen(self, *, anew: bool = False) -> None:
        """Make room where something has become longer; columns become narrower only when all is laid out *anew*."""
        if anew:
            self._resized = False
        if not self._resized:
            self._by_hand = False
            for column in range(len(self.table.names)):
                wanted = self.wanted_width(column)
                now = self.columnWidth(column)
                if wanted > now or (anew and wanted != now):
                    self.setColumnWidth(column, wanted)
            self._by_hand = True
        width = self.rows.wanted_width()
        if self.rows.width() != width:
            self.rows.setFixedWidth(width)
            self.updateGeometries()  # else the header would lie over the first column

    def wanted_width(self, column: int) -> int:
        """Room for the title and for what can be seen, in pixels."""
        px = theme().px
        texts = (self.table.cell_text(row, column) for row in self.rows_on_view())
        widest = max((text_width(text, CELL) for text in texts), default=0.0) + 2 * px(MARGIN) + 1
        return min(max(round(max(widest, self.columns.wanted_width(column))), px(NARROWEST)), px(WIDEST))

    def sizeHintForColumn(self, column: int) -> int:
        """As wide as a double click between two titles makes it."""
        return self.wanted_width(column)

    def _column_resized(self, _column: int, _old: int, _new: int) -> None:
        if self._by_hand and self.isVisible():
            self._resized = True

    # -- selection -------------------------------------------------------------------------------------------------

    def blocks(self) -> list[QRect]:
        """The selected cells as rectangles: x is a column, y a row."""
        selection = self.selectionModel().selection()
        parts = [selection.at(number) for number in range(selection.count())]
        return [QRect(p.left(), p.top(), p.right() - p.left() + 1, p.bottom() - p.top() + 1) for p in parts]

    def select_block(self, row: int, column: int, rows: int, columns: int) -> None:
        """Select a rectangle of cells; its first one becomes the current one."""
        model, selection = self.table, self.selectionModel()
        last_row = min(row + rows, model.rowCount()) - 1
        last_column = min(column + columns, model.columnCount()) - 1
        if last_row < row or last_column < column:
            return
        chosen = QItemSelection(model.index(row, column), model.index(last_row, last_column))
        selection.setCurrentIndex(model.index(row, column), QItemSelectionModel.SelectionFlag.NoUpdate)
        selection.select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(model.index(row, column))

    def select_rows(self, rows: list[int]) -> None:
        """Select exactly *rows* without a signal, and bring a single one into view."""
        model, selection = self.table, self.selectionModel()
        last, wanted = model.columnCount() - 1, QItemSelection()
        start = 0
        for at, row in enumerate(rows):
            if at + 1 == len(rows) or rows[at + 1] != row + 1:
                wanted.select(model.index(rows[start], 0), model.index(row, last))
                start = at + 1
        with QSignalBlocker(selection):
            selection.select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            if len(rows) == 1:
                here = model.index(rows[0], max(self.currentIndex().column(), 0))
                selection.setCurrentIndex(here, QItemSelectionModel.SelectionFlag.NoUpdate)
                self.scrollTo(here)
        self.viewport().update()

    def go_to(self, row: int, column: int) -> None:
        """Make one cell the current and the only selected one."""
        index = self.table.index(row, column)
        if index.isValid():
            # Not as ``setCurrentIndex`` does it: a Ctrl that is still down would keep what was selected before.
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    def _go_on(self, rows: int, columns: int) -> None:
        """After typing: to the right, or down to where the run of Tabs began."""
        index = self.currentIndex()
        if not index.isValid():
            return
        row, column, last = index.row(), index.column(), len(self.table.names) - 1
        if columns:
            if self._run_start is None:
                self._run_start = column
            column += columns
            if column > last:
                row, column = row + 1, 0
            elif column < 0:
                row, column = row - 1, last
        else:
            column = column if self._run_start is None else self._run_start
            self._run_start = None
            row += rows
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.go_to(min(max(row, 0), self.table.rowCount() - 1), column)

    # -- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Backgrounds, hairlines and texts of the cells that are on view."""
        self.executeDelayedItemsLayout()
        painter = QPainter(self.viewport())
        colours, clip, table = theme(), event.rect(), self.table
        painter.fillRect(clip, colours.surface)
        places, rows = self.columns_at(clip), self.rows_at(clip)
        if not places or not rows:
            return
        right = max(x + width for _, x, width in places)
        painter.setFont(self.font())
        metrics = QFontMetricsF(painter.font())
        height = self.rowHeight(rows[0])
        blocks = self.blocks()
        for row in rows:
            y = self.rowViewportPosition(row)
            aside = table.is_aside(row)
            self._draw_row(painter, row, QRect(0, y, right, height), aside=aside)
            inside = [block for block in blocks if block.top() <= row <= block.bottom()]
            for column, x, width in places:
                cell = QRect(x, y, width, height)
                if any(block.left() <= column <= block.right() for block in inside):
                    painter.fillRect(cell.adjusted(0, 0, -1, -1), colours.selected)
                if aside and table.is_lacking(row, column):
                    self._draw_gap(painter, cell)
                if text := table.cell_text(row, column):
                    colour, numeric = colours.text_muted if aside else colours.text, table.is_numeric(column)
                    self.draw_text(painter, metrics, text, cell, colour=colour, right=numeric)
        for _, x, width in places:
            painter.fillRect(
                QRect(x + width - 1, clip.top(), 1, self.rowViewportPosition(rows[-1]) + height), colours.hairline
            )
        self._draw_focus(painter)

    def _draw_row(self, painter: QPainter, row: int, area: QRect, *, aside: bool) -> None:
        colours, table = theme(), self.table
        if not aside:
            painter.fillRect(area, colours.canvas)
        complete = None if aside or table.is_blank(row) else table.dataset.complete_row(row)
        if complete is not None and complete in self.marks.lit_rows:
            painter.fillRect(area, with_alpha(colours.accent, LIT_ROW))
        painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), colours.hairline)

    def _draw_gap(self, painter: QPainter, cell: QRect) -> None:
        """A cell that keeps its row out of training."""
        colours = theme()
        painter.setPen(QPen(colours.negative, 1.0, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(cell).adjusted(2.5, 2.5, -3.5, -3.5))

    def _draw_focus(self, painter: QPainter) -> None:
        index = self.currentIndex()
        if not index.isValid():
            return
        colours = theme()
        width = colours.stroke(2.0) if self.hasFocus() else 1.0
        inset = width / 2
        painter.setPen(QPen(colours.accent if self.hasFocus() else colours.border, width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        area = self.visualRect(index).toRectF()
        painter.drawRect(area.adjusted(inset, inset, -inset - 1, -inset - 1))

    # -- hands -----------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """What is typed, and the keys of a table, are ours while it has the keyboard."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and is_ours(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Wishes, Tab and Enter; everything else is Qt's."""
        wish, key = wish_of(event), event.key()
        if wish:
            self.wished.emit(wish)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._run_start = None
            super().focusNextPrevChild(key == Qt.Key.Key_Tab and not event.modifiers() & SHIFT)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & CTRL:
            self._go_on(-1 if event.modifiers() & SHIFT else 1, 0)
        elif is_jump(event):
            self._jump(Qt.Key(key), extend=bool(event.modifiers() & SHIFT))
        else:
            if key not in (Qt.Key.Key_F2, Qt.Key.Key_Shift, Qt.Key.Key_Control):
                self._run_start = self._run_start if event.text() else None
            super().keyPressEvent(event)

    def _jump(self, key: Qt.Key, *, extend: bool) -> None:
        """To the edge of the table; with *extend* everything up to there is selected.

        Qt would move the current cell and leave the selection where it was.
        """
        index, selection = self.currentIndex(), self.selectionModel()
        if not index.isValid():
            return
        self._run_start = None
        row, column = index.row(), index.column()
        target = edge_from((row, column), key, self.table.blank, len(self.table.names))
        if not extend:
            self.go_to(*target)
            return
        goal = self.table.index(*target)
        corner = self.table.index(min(row, target[0]), min(column, target[1]))
        other = self.table.index(max(row, target[0]), max(column, target[1]))
        selection.select(QItemSelection(corner, other), QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(goal)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab goes from cell to cell; behind the last and before the first one it leaves the table."""
        index = self.currentIndex()
        last = (self.table.rowCount() - 1, len(self.table.names) - 1)
        at_end = (index.row(), index.column()) == (last if forwards else (0, 0))
        if at_end or not index.isValid():
            self._run_start = None
            return super().focusNextPrevChild(forwards)
        self._go_on(0, 1 if forwards else -1)
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press begins elsewhere: the run of Tabs is over."""
        self._run_start = None
        super().mousePressEvent(event)
