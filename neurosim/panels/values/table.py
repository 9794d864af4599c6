"""The table that paints its own cells: a frame of a drag costs one call per text, not seven per cell."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QStyledItemDelegate, QTableView, QWidget

from neurosim.panels.values.header import LabelHeader, TitleHeader
from neurosim.panels.values.marks import LIT_COLUMN, NO_MARKS, Marks
from neurosim.panels.values.model import CellModel, Index
from neurosim.panels.values.title import title_width
from neurosim.widgets.display import NOTHING
from neurosim.widgets.theme import theme, with_alpha

MARGIN = 8.0
"""Left and right of a number, in pixels at 100 %."""
NARROWEST, WIDEST = 52.0, 220.0
ROW_HEIGHT = 26.0
MEASURED_ROWS = 60
"""So many rows decide the first widths of the columns."""


class NumberDelegate(QStyledItemDelegate):
    """Numbers are typed at the right, and what is being typed is not overwritten by the next frame."""

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the number, unless the user has begun to type another."""
        if isinstance(editor, QLineEdit):
            if editor.isModified():
                return
            editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        super().setEditorData(editor, index)


class CellTable(QTableView):
    """Rows of numbers in whole-row selection; painted here, everything else is Qt's.

    Signals:
        pointed(row, column): the pointer is on another cell; -1, -1: on none.
        copy_wanted(), add_wanted(), delete_wanted(): Ctrl+C, Ins and Del.
    """

    pointed = Signal(int, int)
    copy_wanted = Signal()
    add_wanted = Signal()
    delete_wanted = Signal()

    def __init__(self, model: CellModel, parent: QWidget, *, totals: bool = False) -> None:
        super().__init__(parent)
        self._cells = model
        self._totals = totals
        self._marks = NO_MARKS
        self._pointed = (-1, -1)
        self._advances: dict[str, float] = {}
        self.titles = TitleHeader(model, self)
        self.labels = LabelHeader(model, self, strong=totals)
        self.setHorizontalHeader(self.titles)
        self.setVerticalHeader(self.labels)
        self.setModel(model)
        self.setItemDelegate(NumberDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.titles.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.titles.setVisible(not totals)
        self.restyle()

    def restyle(self) -> None:
        """Take the lengths of the current zoom."""
        px = theme().px
        self._advances.clear()
        self.labels.setMinimumSectionSize(px(ROW_HEIGHT))
        self.labels.setDefaultSectionSize(px(ROW_HEIGHT))
        self.titles.setMinimumSectionSize(px(32))

    @property
    def marks(self) -> Marks:
        """What stands out now."""
        return self._marks

    def set_marks(self, marks: Marks) -> None:
        """Show other marks."""
        if marks != self._marks:
            self._marks = marks
            self.titles.set_marks(marks)
            self.labels.set_marks(marks)
            self.viewport().update()

    # -- widths ----------------------------------------------------------------------------------------------------

    def rows_on_view(self) -> range:
        """The rows that can be seen now; the first ones while nothing is shown yet."""
        last = self._cells.rowCount()
        top = self.rowAt(0)
        if top < 0:
            return range(min(last, MEASURED_ROWS))
        bottom = self.rowAt(self.viewport().height() - 1)
        return range(top, last if bottom < 0 else bottom + 1)

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
        metrics, rows = QFontMetricsF(self.font()), self.rows_on_view()
        found = [0] * n_columns
        for column in range(min(n_columns, len(cells.columns))):
            room = max((self._advance(metrics, cells.cell_text(row, column)) for row in rows), default=0.0)
            if not self._totals:
                room = max(room, title_width(cells.columns[column]))
            found[column] = min(max(round(room) + margin, narrowest), widest)
        return found

    def sizeHintForColumn(self, column: int) -> int:
        """As wide as a double click between two titles makes it."""
        return self.wanted_widths(column + 1)[column]

    def _advance(self, metrics: QFontMetricsF, text: str) -> float:
        advance = self._advances.get(text)
        if advance is None:
            if len(self._advances) > 20_000:
                self._advances.clear()
            advance = self._advances[text] = metrics.horizontalAdvance(text)
        return advance

    # -- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Backgrounds, hairlines and numbers of the cells that are on view."""
        self.executeDelayedItemsLayout()
        painter = QPainter(self.viewport())
        colours, clip = theme(), event.rect()
        painter.fillRect(clip, colours.surface if self._totals else colours.canvas)
        columns = self._columns_at(clip)
        top, bottom = self.rowAt(clip.top()), self.rowAt(clip.bottom())
        if not columns or top < 0:
            return
        last = self._cells.rowCount() - 1 if bottom < 0 else bottom
        right = max(x + width for _, x, width in columns)
        painter.setFont(self.font())
        metrics = QFontMetricsF(painter.font())
        height = self.rowHeight(top)
        drop = (height + metrics.ascent() - metrics.descent()) / 2
        for row in range(top, last + 1):
            y = self.rowViewportPosition(row)
            area = QRect(0, y, right, height)
            if not self._totals:
                for colour in self._marks.backgrounds(colours, row):
                    painter.fillRect(area, colour)
            painter.fillRect(QRect(0, y + height - 1, right, 1), colours.hairline)
            for column, x, width in columns:
                if column in self._marks.lit_columns:
                    painter.fillRect(QRect(x, y, width, height - 1), with_alpha(colours.accent, LIT_COLUMN))
                self._draw_number(painter, metrics, row, column, QRect(x, y, width, height), y + drop)
        self._draw_groups(painter, columns, QRect(0, clip.top(), right, self.rowViewportPosition(last) + height))
        if self._totals:
            painter.fillRect(QRect(0, 0, self.viewport().width(), 1), colours.border)
        self._draw_focus(painter)

    def _draw_number(
        self, painter: QPainter, metrics: QFontMetricsF, row: int, column: int, cell: QRect, baseline: float
    ) -> None:
        text = self._cells.cell_text(row, column)
        if not text:
            return
        margin = theme().px(MARGIN)
        room = cell.width() - 2 * margin
        advance = self._advance(metrics, text)
        if advance > room + 1:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            advance = self._advance(metrics, text)
        painter.setPen(theme().text_muted if text == NOTHING else self._cells.colour(row, column))
        painter.drawText(round(cell.right() + 1 - margin - advance), round(baseline), text)

    def _columns_at(self, clip: QRect) -> list[tuple[int, int, int]]:
        """Number, left edge and width of each column that *clip* touches."""
        found = []
        for column in range(len(self._cells.columns)):
            x, width = self.columnViewportPosition(column), self.columnWidth(column)
            if x <= clip.right() and x + width > clip.left() and width > 0:
                found.append((column, x, width))
        return found

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
        place = (index.row(), index.column())
        if place != self._pointed:
            self._pointed = place
            self.pointed.emit(*place)
