"""The first rows of a table as they were read, and what was wrong with which."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from neurosim.document.table import Table, TableColumn
from neurosim.widgets.display import NOTHING, Display
from neurosim.widgets.theme import theme

ROWS = 100
"""So many rows are shown."""


class PreviewModel(QAbstractTableModel):
    """Shows the first rows of one table."""

    def __init__(self, table: Table, display: Display, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._display = display

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        """At most ``ROWS``."""
        return 0 if parent.isValid() else min(self._table.n_rows, ROWS)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        """All columns."""
        return 0 if parent.isValid() else len(self._table.columns)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The number as a decimal, or the words; muted what is no number, a dash where nothing stands."""
        column = self._table.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(column, index.row())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.is_numeric else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole and column.is_numeric and not column.usable[index.row()]:
            return theme().text_muted
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Column names; the rows' lines in the file."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self._table.columns[section].name
        return str(int(self._table.lines[section]))

    def _cell(self, column: TableColumn, row: int) -> str:
        if not column.is_numeric:
            return column.texts[row]
        if not column.usable[row]:
            return self._table.text(column, row) or NOTHING
        # The shortest decimal that means this number: what stands in the file, unless that has more than 15 digits.
        digits = repr(float(column.floats[row])).removesuffix(".0").replace("-", "−")
        return digits.replace(".", self._display.decimal)
