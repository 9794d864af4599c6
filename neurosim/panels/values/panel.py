"""The values as a panel: rows that can be typed in, totals always in sight, and everything linked with the plot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QItemSelection, QPoint, QSize, Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedLayout, QToolButton, QWidget

from neurosim.engine.dataset import EXACT_ROWS
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.panels._rows_lit import row_ref, rows_in
from neurosim.panels._shares import shares_of
from neurosim.panels._table_marks import TableMarks
from neurosim.panels.base import Panel, PanelContext
from neurosim.panels.values.cells import ColumnCells
from neurosim.panels.values.columns import Group, TableColumn
from neurosim.panels.values.columns_button import ColumnsButton
from neurosim.panels.values.copying import Line, table_text
from neurosim.panels.values.layout import TablePair
from neurosim.panels.values.marks import columns_lit, columns_of_line
from neurosim.panels.values.model import TotalsModel, ValuesModel
from neurosim.panels.values.row_edits import RowEdits
from neurosim.panels.values.selecting import select_rows, selected_rows
from neurosim.panels.values.table import CellTable
from neurosim.widgets.empty_state import EmptyState
from neurosim.widgets.picture_button import picture_button
from neurosim.widgets.theme import theme
from neurosim.widgets.view_display import NumberModeBox, ViewDisplay

NARROW = 340.0
"""Below this width, in pixels at 100 %, the title has no room for all of its tools."""


class ValuesPanel(Panel):
    """Owns ``valuesTable`` and ``valuesTotals``, for keyboards and screen readers the way to the plot's points."""

    run_fps = 5.0

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        self.display = ViewDisplay(context.display)
        super().__init__(replace(context, display=self.display), parent)
        self.setObjectName("valuesPanel")
        self.setAccessibleName(self.tr("Values"))
        self.rows = RowEdits(self.context, self)
        self.model = ValuesModel(self.display, self.rows.change, self.rows.say, self)
        self.totals_model = TotalsModel(self.display, self)
        self.table = CellTable(self.model, self)
        self.table.setObjectName("valuesTable")
        self.table.setAccessibleName(self.tr("Values of each row"))
        self.totals = CellTable(self.totals_model, self, totals=True)
        self.totals.setObjectName("valuesTotals")
        self.totals.setAccessibleName(self.tr("Totals"))
        self._hovered: tuple[int, int] = (-1, -1)
        self._lit_here: frozenset[str] = frozenset()
        self.pair = TablePair(self.table, self.totals, self)
        self._build_tools()
        self._lay_out()
        self._connect()
        self.watch()

    # -- building --------------------------------------------------------------------------------------------------

    def _build_tools(self) -> None:
        self.title_tools = tools = QWidget(self)
        self._add = self._button("addRowButton", "plus", self.tr("Add a row (Ins)"), self.rows.add)
        self._delete = self._button(
            "deleteRowButton", "trash-2", self.tr("Delete the selected rows (Del)"), self.rows.delete
        )
        self.columns_button = ColumnsButton(tools)
        self.mode_box = NumberModeBox(self.display, "values", tools)
        self._tools = QHBoxLayout(tools)
        for widget in (self._add, self._delete, self.columns_button, self.mode_box):
            self._tools.addWidget(widget)

    def _button(self, name: str, picture: str, words: str, run: Callable[[], None]) -> QToolButton:
        button = picture_button(name, picture, words, self.title_tools, focus=Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda _=False: run())
        return button

    def _lay_out(self) -> None:
        self._nothing = EmptyState(
            self.tr("There are no rows yet."), self.tr("Add a row"), self.rows.add, "table-2", self
        )
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.pair)
        self._pages.addWidget(self._nothing)

    def _connect(self) -> None:
        table, totals, selection = self.table, self.totals, self.context.selection
        table.selectionModel().selectionChanged.connect(self._table_selected)
        table.pointed.connect(self._point)
        table.labels.pointed.connect(lambda row: self._point(row, -1))
        table.titles.pointed.connect(lambda column: self._point(-1, column))
        totals.pointed.connect(lambda _row, column: self._point(-1, column))
        table.copy_wanted.connect(self.copy)
        totals.copy_wanted.connect(self.copy_table)
        table.add_wanted.connect(self.rows.add)
        table.delete_wanted.connect(self.rows.delete)
        table.customContextMenuRequested.connect(lambda place: self._open_menu(table, place))
        totals.customContextMenuRequested.connect(lambda place: self._open_menu(totals, place))
        table.titles.customContextMenuRequested.connect(
            lambda place: self.columns_button.menu_of_groups.popup(table.titles.viewport().mapToGlobal(place))
        )
        self.columns_button.chosen.connect(self.choose_columns)
        selection.rows_selected.connect(self._show_selection)
        selection.lit_changed.connect(self._mark)
        self.context.session.walk.changed.connect(self._line_changed)
        self.context.document.was_reset.connect(lambda: self.choose_columns(None))

    # -- following -------------------------------------------------------------------------------------------------

    def refresh(self, snapshot: Snapshot) -> None:
        """Show *snapshot*."""
        reset = self.model.show(snapshot)
        totals_reset = self.totals_model.show(snapshot, self.model.columns)
        if reset:
            self._columns_changed()
        elif totals_reset:
            self.pair.place_totals()
        self.pair.widen()
        self._mark()
        self._delete.setEnabled(bool(self.context.selection.rows))
        self._add.setEnabled(bool(snapshot.dataset.columns))
        # Without columns there is nothing to add a row to: the graph comes first.
        self._pages.setCurrentWidget(
            self.pair if snapshot.dataset.n_rows or not self._add.isEnabled() else self._nothing
        )

    def restyle(self) -> None:
        """Take the lengths of the current zoom."""
        px = theme().px
        self._tools.setContentsMargins(0, 0, 0, 0)
        self._tools.setSpacing(px(4))
        for button in (self._add, self._delete, self.columns_button):
            button.setIconSize(QSize(px(16), px(16)))
            button.setMinimumSize(px(28), px(28))
        self.columns_button.setMinimumWidth(px(44))
        for table in (self.table, self.totals):
            table.restyle()
        self.pair.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow title leaves deleting to the key and the menu."""
        super().resizeEvent(event)
        self._delete.setVisible(self.width() >= theme().px(NARROW))

    def choose_columns(self, groups: frozenset[Group] | None) -> None:
        """Show these groups of columns; ``None``: those that fit."""
        self.model.set_groups(groups)
        self.totals_model.show(self.context.session.snapshot, self.model.columns)
        self._columns_changed()
        self._mark()

    def _columns_changed(self) -> None:
        model = self.model
        self.columns_button.show_groups(model.all_columns, model.groups, model.chosen)
        self._hovered = (-1, -1)
        self.pair.start_again()
        self._show_selection()

    def _line_changed(self) -> None:
        """Bring what the line is about into view, unless some of it is."""
        self._mark()
        marks = self.table.marks
        if self.isVisible() and marks.line_columns:
            columns, rows = self.table.columns_in_sight(), self.table.rows_on_view()
            column = min(marks.line_columns & columns or marks.line_columns)
            row = min(marks.line_rows & set(rows) or marks.line_rows or {rows.start})
            if row < self.model.rowCount():
                self.table.scrollTo(self.model.index(row, column))

    def _mark(self) -> None:
        if not self.isVisible():
            return
        selection, walk = self.context.selection, self.context.session.walk
        lit, line, columns = selection.lit, walk.line, self.model.columns
        hovered = self._hovered[1] if self._hovered[1] >= 0 and lit == self._lit_here else None
        marks = TableMarks(
            selection.rows,
            rows_in(lit),
            columns_lit(columns, lit, hovered),
            rows_in(walk.refs),
            columns_of_line(columns, line),
        )
        self.table.set_marks(marks)
        self.totals.set_marks(marks)

    # -- copying and the menu --------------------------------------------------------------------------------------

    def copy(self) -> None:
        """Put the selected rows on the clipboard, or the row of the current cell, with their titles."""
        rows = sorted(self.context.selection.rows)
        if not rows and self.table.currentIndex().isValid():
            rows = [self.table.currentIndex().row()]
        if rows:
            _to_clipboard(table_text(self.model.columns, self._lines(rows), self.display.decimal))

    def copy_table(self) -> None:
        """Put all rows and their totals on the clipboard, with the titles of the columns."""
        totals, count = self.totals_model, self.totals_model.rowCount()
        lines: list[Line] = list(self._lines(range(self.model.rowCount())))
        lines += [(totals.label(line), partial(totals.value, line)) for line in range(count)]
        _to_clipboard(table_text(self.model.columns, lines, self.display.decimal))

    def _lines(self, rows: Sequence[int]) -> Iterable[Line]:
        model, snapshot = self.model, self.context.session.snapshot
        value: Callable[[int, TableColumn], Number | None] = model.value
        if snapshot.problem is None and len(rows) > EXACT_ROWS:
            value = ColumnCells(shares_of(snapshot)).value
        for row in rows:
            yield model.label(row), partial(value, row)

    def menu_at(self, table: CellTable, place: QPoint) -> QMenu:
        """The context menu of the cell at *place* of a table's viewport."""
        menu = QMenu(self)
        menu.setObjectName("valuesMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def entry(text: str, run: Callable[[], None], name: str, enabled: bool = True) -> None:
            action = menu.addAction(text)
            action.setObjectName(name)
            action.setEnabled(enabled)
            action.triggered.connect(lambda _checked=False: run())

        rows = self.context.selection.rows
        index = table.indexAt(place)
        if table is self.table and index.isValid() and index.row() not in rows:
            self.context.selection.select_rows({index.row()})
            rows = self.context.selection.rows
        if index.isValid():
            value = table.model().data(index, Qt.ItemDataRole.EditRole)
            entry(self.tr("Copy value"), lambda: _to_clipboard(str(value)), "copyValue")
        one = len(rows) <= 1
        count = {"count": len(rows)}
        copy = self.tr("Copy row") if one else self.tr("Copy {count} rows").format(**count)
        delete = self.tr("Delete row") if one else self.tr("Delete {count} rows").format(**count)
        entry(copy, self.copy, "copy", bool(rows))
        entry(self.tr("Copy table"), self.copy_table, "copyTable")
        menu.addSeparator()
        entry(self.tr("Add row"), self.rows.add, "addRow", self._add.isEnabled())
        entry(delete, self.rows.delete, "deleteRow", bool(rows))
        menu.addSeparator()
        menu.addMenu(self.columns_button.menu_of_groups).setText(self.tr("Columns"))
        return menu

    def _open_menu(self, table: CellTable, place: QPoint) -> None:
        self.menu_at(table, place).popup(table.viewport().mapToGlobal(place))

    # -- selection and pointer, both ways --------------------------------------------------------------------------

    def _table_selected(self, _new: QItemSelection, _old: QItemSelection) -> None:
        self.context.selection.select_rows(selected_rows(self.table))

    def _show_selection(self) -> None:
        rows = self.context.selection.rows
        self._delete.setEnabled(bool(rows))
        if self.model.columns and rows != selected_rows(self.table):
            select_rows(self.table, rows)
        self._mark()

    def _point(self, row: int, column: int) -> None:
        """The pointer is on a cell, on a row's label (column -1), on a title (row -1), or on nothing."""
        self._hovered = (row, column)
        lit: set[str] = set() if row < 0 else {row_ref(row)}
        if 0 <= column < len(self.model.columns):
            lit |= self.model.columns[column].refs
        self._lit_here = frozenset(lit)
        if self._lit_here == self.context.selection.lit:
            self._mark()
        self.context.selection.set_lit(lit)


def _to_clipboard(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
