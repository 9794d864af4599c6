"""The rows table as a panel: the table, buttons to add and delete, and selection shared with the plot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QPushButton, QTableView, QVBoxLayout, QWidget

from neurosim.document import edits
from neurosim.document.edits import EditError
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.panels.base import Panel, PanelContext
from neurosim.panels.rows.model import RowsModel
from neurosim.training.notice import Notice
from neurosim.widgets.theme import theme


class RowsTable(QTableView):
    """The view: Ins adds, Del deletes; everything else is Qt's."""

    def __init__(self, add: Callable[[], None], delete: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._add = add
        self._delete = delete

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Ins and Del."""
        if event.key() == Qt.Key.Key_Insert:
            self._add()
        elif event.key() == Qt.Key.Key_Delete:
            self._delete()
        else:
            super().keyPressEvent(event)


class RowsPanel(Panel):
    """Owns the widget ``rowsTable``, the keyboard's and the screen reader's way to the points of the plot."""

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("rowsPanel")
        self.setAccessibleName(self.tr("Rows"))
        self.model = RowsModel(context.display, self._change, self._say, self)
        self.table = RowsTable(self.add_row, self.delete_rows, self)
        self.table.setObjectName("rowsTable")
        self.table.setAccessibleName(self.tr("Rows of the data"))
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setMouseTracking(True)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._add = QPushButton(self.tr("Add row"), self)
        self._add.setObjectName("addRowButton")
        self._add.setProperty("quiet", True)
        self._add.clicked.connect(self.add_row)
        self._delete = QPushButton(self.tr("Delete row"), self)
        self._delete.setObjectName("deleteRowButton")
        self._delete.setProperty("quiet", True)
        self._delete.clicked.connect(self.delete_rows)
        self._bar = QHBoxLayout()
        self._bar.addWidget(self._add)
        self._bar.addWidget(self._delete)
        self._bar.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._bar)
        column.addWidget(self.table, 1)
        self.table.selectionModel().selectionChanged.connect(self._table_selected)
        self.table.entered.connect(self._entered)
        context.selection.rows_selected.connect(self._show_selection)
        self.watch()

    def refresh(self, snapshot: Snapshot) -> None:
        """Show *snapshot*."""
        if self.model.show(snapshot):
            self._size_columns()
            self._show_selection()
        self._delete.setEnabled(bool(self.context.selection.rows))
        self._add.setEnabled(bool(snapshot.dataset.columns))

    def restyle(self) -> None:
        """Take the lengths of the current zoom."""
        px = theme().px
        self._bar.setContentsMargins(px(8), px(4), px(8), px(4))
        self._bar.setSpacing(px(8))
        self.table.verticalHeader().setDefaultSectionSize(px(26))
        self._size_columns()

    def add_row(self) -> None:
        """Add a row after the selected one, or at the end, with 0 in every column, and select it."""
        document, rows = self.context.document, self.context.selection.rows
        data = document.state.dataset
        place = max(rows) + 1 if rows else data.n_rows
        values: dict[str, Fraction | float | int] = dict.fromkeys(data.columns, Fraction(0))
        if self._attempt(lambda: document.edit(self.tr("Add row"), edits.add_row, values, place)):
            self.context.selection.select_rows({place})

    def delete_rows(self) -> None:
        """Delete the selected rows; the row that takes the place of the first is selected."""
        document, rows = self.context.document, self.context.selection.rows
        if not rows:
            return
        one = self.tr("Delete row {number}").format(number=min(rows) + 1)
        text = one if len(rows) == 1 else self.tr("Delete {count} rows").format(count=len(rows))
        if self._attempt(lambda: document.edit(text, edits.delete_rows, rows)):
            left = document.state.dataset.n_rows
            self.context.selection.select_rows({min(*rows, left - 1)} if left else ())

    def _change(self, row: int, values: Mapping[str, Number]) -> bool:
        text = self.tr("Set row {number}").format(number=row + 1)
        return self._attempt(lambda: self.context.document.edit(text, edits.move_row, row, values))

    def _attempt(self, change: Callable[[], None]) -> bool:
        try:
            change()
        except EditError as error:
            self._say(str(error))
            return False
        return True

    def _say(self, sentence: str) -> None:
        self.context.session.message.emit(Notice(sentence))

    def _size_columns(self) -> None:
        metrics = self.table.fontMetrics()
        for number, column in enumerate(self.model.columns):
            widest = max(metrics.horizontalAdvance("~0.000000000"), metrics.horizontalAdvance(column.title))
            self.table.setColumnWidth(number, widest + theme().px(20))

    # -- selection, both ways --------------------------------------------------------------------------------------

    def _table_selected(self, _new: QItemSelection, _old: QItemSelection) -> None:
        rows = {index.row() for index in self.table.selectionModel().selectedRows()}
        self.context.selection.select_rows(rows)

    def _show_selection(self) -> None:
        rows = self.context.selection.rows
        self._delete.setEnabled(bool(rows))
        model = self.table.selectionModel()
        present = {index.row() for index in model.selectedRows()}
        if rows == present or not self.model.columns:
            return
        wanted = QItemSelection()
        last = len(self.model.columns) - 1
        for row in rows:
            if row < self.model.rowCount():
                wanted.select(self.model.index(row, 0), self.model.index(row, last))
        with QSignalBlocker(model):
            model.select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            if len(rows) == 1:
                column = max(self.table.currentIndex().column(), 0)
                here = self.model.index(next(iter(rows)), column)
                model.setCurrentIndex(here, QItemSelectionModel.SelectionFlag.NoUpdate)
                self.table.scrollTo(here)
        self.table.viewport().update()

    def _entered(self, index: QModelIndex) -> None:
        self.context.selection.set_lit({f"row:{index.row()}"})
