"""The data table as a panel: the grid, its tools, a line that says what is set aside, and the rows kept for testing."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from neurosim.document.clipboard import read_block, write_block
from neurosim.document.edits.table import is_sorted
from neurosim.engine.dataset import Dataset
from neurosim.engine.snapshot import Snapshot
from neurosim.engine.table_edits import missing_columns
from neurosim.panels._row_links import RowLinks
from neurosim.panels._rows_lit import row_ref
from neurosim.panels._table_marks import TableMarks
from neurosim.panels.base import Panel, PanelContext
from neurosim.panels.data_table.cells import Chosen, chosen_in, sum_of, texts_of
from neurosim.panels.data_table.find_bar import FindBar
from neurosim.panels.data_table.finding import find_next
from neurosim.panels.data_table.grid import Grid
from neurosim.panels.data_table.hands import TableHands
from neurosim.panels.data_table.menus import fill_cell_menu, fill_column_menu, new_menu
from neurosim.panels.data_table.model import TableModel
from neurosim.panels.data_table.testing_bar import TestingBar
from neurosim.widgets.announce import announce
from neurosim.widgets.elided_label import ElidedLabel
from neurosim.widgets.empty_state import EmptyState
from neurosim.widgets.icons import icon
from neurosim.widgets.theme import theme

NAMED = 3
"""Up to so many rows that are set aside are named one by one."""


class DataTablePanel(Panel):
    """Owns ``dataTable`` and its tools. Rows are selected here and everywhere at once."""

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("dataTablePanel")
        self.setAccessibleName(self.tr("Data table"))
        self.hands = TableHands(context, self)
        self.model = TableModel(context.display, self._write, self)
        self.table = Grid(self.model, context.display, self)
        self._links = RowLinks(context, self.is_seen, self)
        self._sorted: tuple[str, bool] | None = None
        self._checked: tuple[Dataset, bool] | None = None
        self._pointed_column = -1
        self._build()
        self._connect()
        self.watch()

    # -- building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.title_tools = tools = QWidget(self)
        self._tools_row = QHBoxLayout(tools)
        self._tools_row.setContentsMargins(0, 0, 0, 0)
        self._buttons = [
            self._button("tableAddRow", "plus", self.tr("Add a row (Ins)"), lambda: self.wish("addRow")),
            self._button("tableAddColumn", "columns-3", self.tr("Add a column"), self.add_column),
            self._button("tableDelete", "trash-2", self.tr("Delete the selected rows (Ctrl+Del)"), self.delete_rows),
            self._button("tableFind", "search", self.tr("Find a row (Ctrl+F)"), lambda: self.wish("find")),
            self._button("tableTesting", "split", self.tr("Rows kept for testing"), self.toggle_testing),
        ]
        self._buttons[-1].setCheckable(True)
        for button in self._buttons:
            self._tools_row.addWidget(button)
        self.find_bar = FindBar(self)
        self.testing = TestingBar(self.context, self)
        self.testing.hide()
        self.note = ElidedLabel(parent=self)
        self.note.setObjectName("dataTableNote")
        self.note.setProperty("role", "caption")
        self.sums = ElidedLabel(parent=self)
        self.sums.setObjectName("dataTableSums")
        self.sums.setProperty("role", "caption")
        self._rename_field = QLineEdit(self.table.columns.viewport())
        self._rename_field.setObjectName("columnName")
        self._rename_field.setAccessibleName(self.tr("Name of the column"))
        self._rename_field.hide()
        self._renamed = ""
        full = QFrame(self)
        full.setProperty("role", "canvas")
        self._column = QVBoxLayout(full)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.note, 1)
        self._foot.addWidget(self.sums)
        for part in (self.testing, self.table, self.find_bar):
            self._column.addWidget(part, 1 if part is self.table else 0)
        self._column.addLayout(self._foot)
        self._nothing = EmptyState(
            self.tr("There is no table yet. Paste one from a spreadsheet (Ctrl+V), or begin with a column."),
            self.tr("Add a column"),
            self.add_column,
            "table-2",
            self,
        )
        self._nothing.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(full)
        self._pages.addWidget(self._nothing)
        self._full = full

    def _button(self, name: str, picture: str, words: str, run: object) -> QToolButton:
        button = QToolButton(self.title_tools)
        button.setObjectName(name)
        button.setIcon(icon(picture))
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if callable(run):
            button.clicked.connect(lambda _=False: run())
        return button

    def _connect(self) -> None:
        table, links = self.table, self._links
        table.wished.connect(self.wish)
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
        self._rename_field.editingFinished.connect(self._finish_rename)
        self.find_bar.wanted.connect(self.find_text)
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
        for button in self._buttons[2:]:
            button.setEnabled(bool(state.dataset.names))
        self.table.widen(anew=anew)
        self.table.rows.viewport().update()  # which rows are set aside or kept for testing
        if anew:
            self._rows_selected()
        self.testing.show_state(state)
        self._say(state.dataset)
        self._sum()
        self._mark()

    def restyle(self) -> None:
        """Take the lengths of the current theme."""
        px = theme().px
        self._tools_row.setSpacing(px(4))
        self._foot.setContentsMargins(px(8), px(4), px(8), px(4))
        self._foot.setSpacing(px(12))
        for button in self._buttons:
            button.setIconSize(QSize(px(16), px(16)))
            button.setMinimumSize(px(28), px(28))
        self.find_bar.restyle()
        self.testing.restyle()
        self.table.restyle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Where there is no table yet, one can be pasted."""
        if not self.model.names and event.matches(QKeySequence.StandardKey.Paste):
            self.wish("paste")
        else:
            super().keyPressEvent(event)

    def _say(self, data: Dataset) -> None:
        """How many rows there are, and which are set aside and why."""
        parts = [self.tr("1 row") if data.n_rows == 1 else self.tr("{count} rows").format(count=data.n_rows)]
        if data.test_rows:
            parts[0] = self.tr("{rows}, {count} of them kept for testing").format(
                rows=parts[0], count=len(data.test_rows)
            )
        if data.aside:
            count = len(data.aside)
            words = self.tr("1 row is set aside") if count == 1 else self.tr("{count} rows are set aside")
            reasons = []
            for index, aside in enumerate(data.aside[:NAMED]):
                missing = ", ".join(missing_columns(data, aside.place + index))
                names = self.tr("{columns} missing").format(columns=missing) if missing else self.tr("cells too many")
                where = self.tr("after row {row}").format(row=aside.place) if aside.place else self.tr("at the top")
                reasons.append(self.tr("{columns} {where}").format(columns=names, where=where))
            more = ", …" if count > NAMED else ""
            parts.append(
                self.tr("{words}, not trained on: {reasons}").format(
                    words=words.format(count=count), reasons=f"{'; '.join(reasons)}{more}"
                )
            )
        text = " · ".join(parts)
        self.note.set_text(text)

    def _sum(self) -> None:
        """Count, sum and mean of the selected numbers: as a pencil adds them."""
        found = sum_of(self.model.dataset, self.chosen())
        text = ""
        if found is not None and found[0] > 1:
            count, total = found
            write = self.context.display.text
            text = self.tr("{count} numbers · Σ {total} · mean {mean}").format(
                count=count, total=write(total), mean=write(total / count)
            )
        self.sums.set_text(text)
        self.sums.setVisible(bool(text))

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

    def chosen(self) -> Chosen:
        """The selected cells, the blank row left out."""
        return chosen_in(self.table.blocks(), self.model.dataset.n_table_rows)

    def _cells_selected(self, _new: QItemSelection, _old: QItemSelection) -> None:
        self.context.selection.select_rows(self._complete(self.chosen()))
        self._sum()
        self.table.viewport().update()

    def _complete(self, chosen: Chosen) -> frozenset[int]:
        data = self.model.dataset
        if not data.aside:
            return frozenset(chosen.rows)
        return frozenset(row for place in chosen.rows if (row := data.complete_row(place)) is not None)

    def _rows_selected(self) -> None:
        """Rows were selected elsewhere: select all of their cells."""
        rows, data = self.context.selection.rows, self.model.dataset
        if self.model.names and rows != self._complete(self.chosen()):
            _select_rows(self.table, sorted(data.table_row(row) for row in rows if row < data.n_rows))
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

    # -- wishes ----------------------------------------------------------------------------------------------------

    def wish(self, name: str) -> None:
        """Do what a key, a button or a menu asks for."""
        chosen, hands = self.chosen(), self.hands
        names = [self.model.names[column] for column in chosen.columns]
        rows = chosen.rows
        if name in {"copy", "cut", "copyNames"}:
            self.copy(with_names=name == "copyNames")
            if name == "cut" and rows:
                hands.clear(rows, names, cut=True)
        elif name == "paste":
            self.paste()
        elif name == "find":
            self.find_bar.open()
        elif name == "addRow":
            self._add_row(rows)
        elif rows and name == "clear":
            hands.clear(rows, names)
        elif rows and name == "fillDown":
            self._fill_or_duplicate(rows, names)
        elif rows and name == "fillSeries":
            hands.fill_series(rows, names)
        elif rows and name == "duplicateRows":
            self._duplicate(rows)
        elif rows and name == "deleteRows":
            self.delete_rows()
        elif rows and name == "markTest":
            hands.mark(rows, not all(self.model.is_test(row) for row in rows))
        self.catch_edit()

    def _fill_or_duplicate(self, rows: tuple[int, ...], names: list[str]) -> None:
        """Fill from the first of several rows; one row alone is there a second time."""
        if len(rows) == 1:
            self._duplicate(rows)
        else:
            self.hands.fill_down(rows, names)

    def _duplicate(self, rows: tuple[int, ...]) -> None:
        if self.hands.duplicate_rows(rows):
            self.catch_edit()
            self.table.select_block(rows[-1] + 1, 0, len(rows), len(self.model.names))

    def catch_edit(self) -> None:
        """Show at once what was edited here: the next key may already be about it."""
        self.refresh_now()

    def copy(self, *, with_names: bool = False) -> None:
        """Put the selected cells on the clipboard."""
        chosen = self.chosen()
        if not chosen.count:
            return
        lines = list(texts_of(self.model.dataset, chosen, self.context.display.decimal))
        if with_names:
            lines.insert(0, [self.model.names[column] for column in chosen.columns])
        QGuiApplication.clipboard().setText(write_block(lines))
        announce(self.table, self.tr("{count} cells copied").format(count=chosen.count))

    def paste(self) -> None:
        """Write what the clipboard holds from the first selected cell on; one cell into all that are selected."""
        block = read_block(QGuiApplication.clipboard().text(), self.context.display.decimal)
        if block is None:
            self.hands.say(self.tr("The clipboard holds no cells."))
            return
        chosen = self.chosen()
        names = [self.model.names[column] for column in chosen.columns]
        if len(block.rows) == block.width == 1 and chosen.count > 1:
            self.hands.fill(block.rows[0][0], chosen.rows, names)
            return
        row, column = self._corner(chosen)
        if self.hands.paste(block, row, column):
            self.catch_edit()
            self.table.select_block(row, column, len(block.rows), block.width)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _corner(self, chosen: Chosen) -> tuple[int, int]:
        index = self.table.currentIndex()
        if chosen.count:
            return chosen.rows[0], chosen.columns[0]
        if index.isValid():
            return min(index.row(), self.model.dataset.n_table_rows), index.column()
        return self.model.dataset.n_table_rows, 0

    def _add_row(self, rows: tuple[int, ...]) -> None:
        if not self.model.names:
            self.add_column()
            return
        place = rows[-1] + 1 if rows else self.model.dataset.n_table_rows
        if self.hands.add_row(place):
            self.catch_edit()
            self.table.go_to(place, max(self.table.currentIndex().column(), 0))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_column(self) -> None:
        """Add a column behind the current one, ready to be named."""
        index = self.table.currentIndex()
        place = index.column() + 1 if index.isValid() else len(self.model.names)
        name = self.hands.add_column(place)
        if name:
            self.catch_edit()
            self.begin_rename(self.model.names.index(name))

    def delete_rows(self) -> None:
        """Delete the selected rows; the one that takes the first one's place is selected."""
        rows = self.chosen().rows
        if not rows:
            self.hands.say(self.tr("Select the rows to delete."))
            return
        column = max(self.table.currentIndex().column(), 0)
        if self.hands.delete_rows(rows):
            self.catch_edit()
            self.table.go_to(min(rows[0], self.model.blank), column)

    def find_text(self, text: str) -> None:
        """Go to the next cell that holds *text*."""
        index = self.table.currentIndex()
        start = (index.row(), index.column()) if index.isValid() else (-1, -1)
        place = find_next(self.model.dataset, text, start, self.context.display.decimal)
        if place is None:
            self.find_bar.say(self.tr("Nothing found."))
            return
        self.find_bar.say(self.tr("row {label}").format(label=self.model.row_label(place[0])))
        self.table.go_to(*place)

    def take_keyboard(self) -> None:
        """Put the keyboard into the table, at its first cell if it was nowhere yet."""
        if self.model.names and not self.table.currentIndex().isValid():
            self.table.go_to(0, 0)
        place = self.table if self.model.names else self._nothing
        place.setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle_testing(self) -> None:
        """Show or hide the bar of the rows kept for testing."""
        self.show_testing(self.testing.isHidden())

    def show_testing(self, on: bool = True) -> None:
        """Show the bar of the rows kept for testing, with the keyboard on its slider."""
        self.testing.setVisible(on)
        self.testing.show_state(self.context.document.state)
        self._buttons[-1].setChecked(on)
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
        self._renamed = self.model.names[column]
        field = self._rename_field
        field.setGeometry(self.table.columns.area_of(column))
        field.setText(self._renamed)
        field.show()
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.selectAll()

    def _finish_rename(self) -> None:
        if self._rename_field.isHidden():
            return
        old, self._renamed = self._renamed, ""
        text = self._rename_field.text()
        with QSignalBlocker(self._rename_field):
            self._rename_field.hide()
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
        chosen, menu = self.chosen(), new_menu("cellMenu", self)
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
        if row >= 0 and row not in self.chosen().rows:
            self.table.selectRow(row)
        self._popup(self.cell_menu(), self.table.rows.viewport(), at)

    def _popup(self, menu: QMenu, viewport: QWidget, at: QPoint) -> None:
        menu.popup(viewport.mapToGlobal(at))


def _select_rows(table: Grid, rows: list[int]) -> None:
    """Select exactly *rows* without a signal, and bring a single one into view."""
    model, selection = table.table, table.selectionModel()
    last, wanted = model.columnCount() - 1, QItemSelection()
    start = 0
    for at, row in enumerate(rows):
        if at + 1 == len(rows) or rows[at + 1] != row + 1:
            wanted.select(model.index(rows[start], 0), model.index(row, last))
            start = at + 1
    with QSignalBlocker(selection):
        selection.select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if len(rows) == 1:
            here = model.index(rows[0], max(table.currentIndex().column(), 0))
            selection.setCurrentIndex(here, QItemSelectionModel.SelectionFlag.NoUpdate)
            table.scrollTo(here)
    table.viewport().update()
