"""What keys, buttons and menus ask for, done to the selected cells: copy, paste, fill, add, delete, find."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from neurosim.document.clipboard import read_block, write_block
from neurosim.panels.data_table.cells import Chosen, chosen_in, texts_of
from neurosim.panels.data_table.find_bar import FindBar
from neurosim.panels.data_table.finding import find_next
from neurosim.panels.data_table.grid import Grid
from neurosim.panels.data_table.hands import TableHands
from neurosim.panels.data_table.model import TableModel
from neurosim.widgets.announce import announce
from neurosim.widgets.display import Display


class TableDeeds(QObject):
    """Changes the document by way of the hands, and leads the table's current cell to where it goes on.

    Signals:
        edited(): the table shall show at once what was edited: the next key may already be about it.
        column_made(column): a column was added, and is to be named.
    """

    edited = Signal()
    column_made = Signal(int)

    def __init__(self, hands: TableHands, table: Grid, find_bar: FindBar, display: Display, parent: QObject) -> None:
        super().__init__(parent)
        self._hands = hands
        self._table = table
        self._model: TableModel = table.table
        self._find_bar = find_bar
        self._display = display
        find_bar.wanted.connect(self.find_text)

    def chosen(self) -> Chosen:
        """The selected cells, the blank row left out."""
        return chosen_in(self._table.blocks(), self._model.dataset.n_table_rows)

    def wish(self, name: str) -> None:
        """Do what a key, a button or a menu asks for."""
        chosen, hands = self.chosen(), self._hands
        names = [self._model.names[column] for column in chosen.columns]
        rows = chosen.rows
        if name in {"copy", "cut", "copyNames"}:
            self.copy(with_names=name == "copyNames")
            if name == "cut" and rows:
                hands.clear(rows, names, cut=True)
        elif name == "paste":
            self.paste()
        elif name == "find":
            self._find_bar.open()
        elif name == "addRow":
            self._add_row(rows)
        elif name == "addColumn":
            self.add_column()
        elif name == "deleteRows":
            self.delete_rows()
        elif rows and name == "clear":
            hands.clear(rows, names)
        elif rows and name == "fillDown":
            self._fill_or_duplicate(rows, names)
        elif rows and name == "fillSeries":
            hands.fill_series(rows, names)
        elif rows and name == "duplicateRows":
            self._duplicate(rows)
        elif rows and name == "markTest":
            hands.mark(rows, not all(self._model.is_test(row) for row in rows))
        self.edited.emit()

    # -- cells -----------------------------------------------------------------------------------------------------

    def copy(self, *, with_names: bool = False) -> None:
        """Put the selected cells on the clipboard."""
        chosen = self.chosen()
        if not chosen.count:
            return
        lines = list(texts_of(self._model.dataset, chosen, self._display.decimal))
        if with_names:
            lines.insert(0, [self._model.names[column] for column in chosen.columns])
        QGuiApplication.clipboard().setText(write_block(lines))
        announce(self._table, self.tr("{count} cells copied").format(count=chosen.count))

    def paste(self) -> None:
        """Write what the clipboard holds from the first selected cell on; one cell into all that are selected."""
        block = read_block(QGuiApplication.clipboard().text(), self._display.decimal)
        if block is None:
            self._hands.say(self.tr("The clipboard holds no cells."))
            return
        chosen = self.chosen()
        names = [self._model.names[column] for column in chosen.columns]
        if len(block.rows) == block.width == 1 and chosen.count > 1:
            self._hands.fill(block.rows[0][0], chosen.rows, names)
            return
        row, column = self._corner(chosen)
        if self._hands.paste(block, row, column):
            self.edited.emit()
            self._table.select_block(row, column, len(block.rows), block.width)
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _corner(self, chosen: Chosen) -> tuple[int, int]:
        index = self._table.currentIndex()
        if chosen.count:
            return chosen.rows[0], chosen.columns[0]
        if index.isValid():
            return min(index.row(), self._model.dataset.n_table_rows), index.column()
        return self._model.dataset.n_table_rows, 0

    def _fill_or_duplicate(self, rows: tuple[int, ...], names: list[str]) -> None:
        """Fill from the first of several rows; one row alone is there a second time."""
        if len(rows) == 1:
            self._duplicate(rows)
        else:
            self._hands.fill_down(rows, names)

    # -- rows and columns ------------------------------------------------------------------------------------------

    def _duplicate(self, rows: tuple[int, ...]) -> None:
        if self._hands.duplicate_rows(rows):
            self.edited.emit()
            self._table.select_block(rows[-1] + 1, 0, len(rows), len(self._model.names))

    def _add_row(self, rows: tuple[int, ...]) -> None:
        if not self._model.names:
            self.add_column()
            return
        place = rows[-1] + 1 if rows else self._model.dataset.n_table_rows
        if self._hands.add_row(place):
            self.edited.emit()
            self._table.go_to(place, max(self._table.currentIndex().column(), 0))
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_column(self) -> None:
        """Add a column behind the current one, ready to be named."""
        index = self._table.currentIndex()
        place = index.column() + 1 if index.isValid() else len(self._model.names)
        name = self._hands.add_column(place)
        if name:
            self.edited.emit()
            self.column_made.emit(self._model.names.index(name))

    def delete_rows(self) -> None:
        """Delete the selected rows; the one that takes the first one's place is selected."""
        rows = self.chosen().rows
        if not rows:
            self._hands.say(self.tr("Select the rows to delete."))
            return
        column = max(self._table.currentIndex().column(), 0)
        if self._hands.delete_rows(rows):
            self.edited.emit()
            self._table.go_to(min(rows[0], self._model.blank), column)

    def find_text(self, text: str) -> None:
        """Go to the next cell that holds *text*."""
        index = self._table.currentIndex()
        start = (index.row(), index.column()) if index.isValid() else (-1, -1)
        place = find_next(self._model.dataset, text, start, self._display.decimal)
        if place is None:
            self._find_bar.say(self.tr("Nothing found."))
            return
        self._find_bar.say(self.tr("row {label}").format(label=self._model.row_label(place[0])))
        self._table.go_to(*place)
