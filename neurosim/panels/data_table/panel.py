"""The data table as a panel: the grid with its tools, linked with everything else that shows rows."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QPoint, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QMenu, QStackedLayout, QVBoxLayout, QWidget

from neurosim.document.edits.sorting import is_sorted
from neurosim.engine.dataset import Dataset
from neurosim.engine.snapshot import Snapshot
from neurosim.panels._row_links import RowLinks
from neurosim.panels._rows_lit import row_ref
from neurosim.panels._table_marks import TableMarks
from neurosim.panels.base import Panel, PanelContext
from neurosim.panels.data_table.cells import Chosen
from neurosim.panels.data_table.deeds import TableDeeds
from neurosim.panels.data_table.find_bar import FindBar
from neurosim.panels.data_table.foot import Foot
from neurosim.panels.data_table.grid import Grid
from neurosim.panels.data_table.hands import TableHands
from neurosim.panels.data_table.menus import fill_cell_menu, fill_column_menu, new_menu
from neurosim.panels.data_table.model import TableModel
from neurosim.panels.data_table.testing_bar import TestingBar
from neurosim.panels.data_table.title_field import TitleField
from neurosim.panels.data_table.tools import Tools
from neurosim.widgets.empty_state import EmptyState


class DataTablePanel(Panel):
    """Owns ``dataTable`` and its tools. Rows are selected here and everywhere at once."""

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("dataTablePanel")
        self.setAccessibleName(self.tr("Data table"))
        self.hands = TableHands(context, self)
        self.model = TableModel(context.display, self._write, self)
        self.table = Grid(self.model, context.display, self)
        self.find_bar = FindBar(self)
        self.deeds = TableDeeds(self.hands, self.table, self.find_bar, context.display, self)
        self._links = RowLinks(context, self.is_seen, self)
        self._sorted: tuple[str, bool] | None = None
        self._checked: tuple[Dataset, bool] | None = None
        self._pointed_column = -1
        self._build()
        self._connect()
        self.watch()

    # -- building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.title_tools = self._tools = Tools(self)
        self.testing = TestingBar(self.context, self)
        self.testing.hide()
        self.foot = Foot(self.context.display, self)
        self._title_field = TitleField(self.table.columns)
        full = QFrame(self)
        full.setProperty("role", "canvas")
        self._column = QVBoxLayout(full)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        for part in (self.testing, self.table, self.find_bar, self.foot):
            self._column.addWidget(part, 1 if part is self.table else 0)
        self._nothing = EmptyState(
            self.tr("There is no table yet. Paste one from a spreadsheet (Ctrl+V), or begin with a column."),
            self.tr("Add a column"),
            self.deeds.add_column,
            "table-2",
            self,
        )
        self._nothing.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(full)
        self._pages.addWidget(self._nothing)
        self._full = full

    def _connect(self) -> None:
        table, links = self.table, self._links
        table.wished.connect(self.wish)
        self._tools.wished.connect(self.wish)
        self.deeds.edited.connect(self.catch_edit)
        self.deeds.column_made.connect(self.begin_rename)
        table.pointed.connect(self._point)
        table.rows.pointed.connect(lambda row: self._point(row, -1))
        table.columns.pointed.connect(lambda column: self._point(-1, column))
        table.customContextMenuRequested.connect(lambda at: self._popup(self.cell_menu(), table.viewport(), at))
        table.rows.customContextMenuRequested.connect(self._row_menu)
        table.columns.customContextMenuRequested.connect(self._column_menu_at)
        table.columns.menu_wanted.connect(self.open_column_menu)
        table.columns.rename_wanted.connect(self.begin_rename)
        table.columns.sectionMoved.connect(self._column_moved)
        table.selectionModel().selectionChanged.connect(self._cells_selected)
        self._title_field.named.connect(self._rename)
        self.find_bar.closed.connect(lambda: table.setFocus(Qt.FocusReason.OtherFocusReason))
        self.context.document.was_reset.connect(self._forget_order)
        links.changed.connect(self._mark)
        links.selected.connect(self._rows_selected)
        self.context.selection.lit_changed.connect(self._mark)

    # -- following -------------------------------------------------------------------------------------------------

    def refresh(self, snapshot: Snapshot) -> None:
        """Show *snapshot*'s data, and what the network does with them."""
        del snapshot  # the document's state is the one it was taken from
        state = self.context.document.state
        anew = self.model.show(state)
        self._links.follow()
        self._pages.setCurrentWidget(self._full if state.dataset.names else self._nothing)
        self._tools.show_columns(bool(state.dataset.names))
        self.table.widen(anew=anew)
        self.table.rows.viewport().update()  # which rows are set aside or kept for testing
        if anew:
            self._rows_selected()
        self.testing.show_state(state)
        self.foot.show_rows(state.dataset)
        self._sum()
        self._mark()

    def restyle(self) -> None:
        """Take the lengths of the current theme."""
        for part in (self._tools, self.foot, self.find_bar, self.testing, self.table):
            part.restyle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Where there is no table yet, one can be pasted."""
        if not self.model.names and event.matches(QKeySequence.StandardKey.Paste):
            self.wish("paste")
        else:
            super().keyPressEvent(event)

    def _mark(self) -> None:
        if not self.isVisible():
            return
        rows, lit = self._links.rows, self.context.selection.lit
        names = self.model.names
        columns = {place for place, name in enumerate(names) if self.model.roles[name].ids & lit}
        if self._pointed_column >= 0:
            columns &= {self._pointed_column}
        by, descending = self._sorted_by()
        self.table.set_marks(
            TableMarks(rows.selected, rows.lit, frozenset(columns), rows.in_line, sorted_by=by, descending=descending)
        )

    def _forget_order(self) -> None:
        """Another document: nobody has sorted it yet."""
        self._sorted = self._checked = None

    def _sorted_by(self) -> tuple[int, bool]:
        """The column that the rows were last sorted by, while they still stand in its order; -1 for none."""
        data = self.model.dataset
        if self._sorted is None or self._sorted[0] not in data.names:
            return -1, False
        name, descending = self._sorted
        if self._checked is None or self._checked[0] is not data:
            self._checked = (data, is_sorted(data, name, descending))
        return (data.names.index(name), descending) if self._checked[1] else (-1, False)

    # -- selection and pointer, both ways --------------------------------------------------------------------------

    def _cells_selected(self, _new: QItemSelection, _old: QItemSelection) -> None:
        self.context.selection.select_rows(self._complete(self.deeds.chosen()))
        self._sum()
        self.table.viewport().update()

    def _complete(self, chosen: Chosen) -> frozenset[int]:
        return frozenset(self.model.dataset.complete_rows(chosen.rows).tolist())

    def _rows_selected(self) -> None:
        """Rows were selected elsewhere: select all of their cells."""
        rows, data = self.context.selection.rows, self.model.dataset
        if self.model.names and rows != self._complete(self.deeds.chosen()):
            self.table.select_rows(sorted(data.table_row(row) for row in rows if row < data.n_rows))
            self._sum()
        self._mark()

    def _point(self, row: int, column: int) -> None:
        """The pointer is on a cell, on a row's number (column -1), on a name (row -1), or on nothing."""
        lit: set[str] = set()
        if 0 <= row < self.model.dataset.n_table_rows:
            complete = self.model.dataset.complete_row(row)
            lit |= set() if complete is None else {row_ref(complete)}
        self._pointed_column = column if 0 <= column < len(self.model.names) else -1
        if self._pointed_column >= 0 and row < 0:
            lit |= self.model.roles[self.model.names[column]].ids
        self.context.selection.set_lit(lit)
        self._mark()

    def _sum(self) -> None:
        self.foot.show_sum(self.model.dataset, self.deeds.chosen())

    # -- wishes ----------------------------------------------------------------------------------------------------

    def wish(self, name: str) -> None:
        """Do what a key, a button or a menu asks for."""
        if name == "testing":
            self.show_testing(self.testing.isHidden())
        else:
            self.deeds.wish(name)

    def catch_edit(self) -> None:
        """Show at once what was edited here: the next key may already be about it."""
        self.refresh_now()

    def take_keyboard(self) -> None:
        """Put the keyboard into the table, at its first cell if it was nowhere yet."""
        if self.model.names and not self.table.currentIndex().isValid():
            self.table.go_to(0, 0)
        place = self.table if self.model.names else self._nothing
        place.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_testing(self, on: bool = True) -> None:
        """Show the bar of the rows kept for testing, with the keyboard on its slider."""
        self.testing.setVisible(on)
        self.testing.show_state(self.context.document.state)
        self._tools.testing.setChecked(on)
        if on:
            self.testing.share.setFocus(Qt.FocusReason.OtherFocusReason)

    def _write(self, row: int, column: str, text: str) -> bool:
        done = self.hands.write(row, column, text)
        self.catch_edit()
        return done

    # -- columns ---------------------------------------------------------------------------------------------------

    def column_menu(self, column: int) -> QMenu:
        """The menu of a column."""
        name, menu = self.model.names[column], new_menu("columnMenu", self)
        network = self.context.document.state.network
        fill_column_menu(
            menu,
            self.hands,
            network,
            name,
            self.model.roles[name],
            rename=lambda: self.begin_rename(column),
        )
        menu.triggered.connect(lambda action: self._column_done(action.objectName(), name))
        return menu

    def _column_done(self, what: str, name: str) -> None:
        if what in {"sortUp", "sortDown"}:
            self._sorted, self._checked = (name, what == "sortDown"), None
        self.catch_edit()

    def open_column_menu(self, column: int) -> None:
        """Open the menu of a column under its title."""
        area = self.table.columns.area_of(column)
        self.column_menu(column).popup(self.table.columns.viewport().mapToGlobal(area.bottomLeft()))

    def begin_rename(self, column: int) -> None:
        """Type a name over the title of a column."""
        self.table.scrollTo(self.model.index(0, column))
        self._title_field.begin(column, self.model.names[column])

    def _rename(self, old: str, text: str) -> None:
        if old in self.model.names:
            self.hands.rename(old, text)
            if self._sorted is not None and self._sorted[0] == old:
                self._sorted = (text.strip(), self._sorted[1])
            self.catch_edit()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _column_moved(self, logical: int, _old: int, new: int) -> None:
        """A title was dragged to another place: the data follow, the header itself stays in order."""
        header = self.table.columns
        with QSignalBlocker(header):
            header.moveSection(header.visualIndex(logical), logical)
        self.hands.move(self.model.names[logical], new)
        self.catch_edit()

    def _column_menu_at(self, at: QPoint) -> None:
        column = self.table.columns.logicalIndexAt(at)
        if column >= 0:
            self._popup(self.column_menu(column), self.table.columns.viewport(), at)

    # -- menus -----------------------------------------------------------------------------------------------------

    def cell_menu(self) -> QMenu:
        """The menu of the selected cells, with that of the current cell's column in it."""
        chosen, menu = self.deeds.chosen(), new_menu("cellMenu", self)
        tests = sum(self.model.is_test(row) for row in chosen.rows)
        fill_cell_menu(menu, self.wish, cells=chosen.count, rows=len(chosen.rows), tests=tests)
        index = self.table.currentIndex()
        if index.isValid():
            name = self.model.names[index.column()]
            below = menu.addMenu(self.tr("Column {name}").format(name=name))
            below.setObjectName("columnMenu")
            column = index.column()
            network, role = self.context.document.state.network, self.model.roles[name]
            fill_column_menu(below, self.hands, network, name, role, rename=lambda: self.begin_rename(column))
            below.triggered.connect(lambda action: self._column_done(action.objectName(), name))
        return menu

    def _row_menu(self, at: QPoint) -> None:
        row = self.table.rows.logicalIndexAt(at)
        if row >= 0 and row not in self.deeds.chosen().rows:
            self.table.selectRow(row)
        self._popup(self.cell_menu(), self.table.rows.viewport(), at)

    def _popup(self, menu: QMenu, viewport: QWidget, at: QPoint) -> None:
        menu.popup(viewport.mapToGlobal(at))
