"""The data as a Qt table model: a cell is written when it is looked at, and a blank last row waits for a new one."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Dataset
from neurosim.engine.table_edits import missing_columns
from neurosim.numbers.cells import cell_number
from neurosim.numbers.exact import Number
from neurosim.numbers.format import full_text, spoken
from neurosim.panels.data_table.roles import Role, roles_of
from neurosim.widgets.display import Display

Index = QModelIndex | QPersistentModelIndex
ItemRole = Qt.ItemDataRole
KEPT = 20_000
"""So many written numbers are kept before all are forgotten."""

Write = Callable[[int, str, str], bool]
"""``write(table_row, column, text)``: what the user typed; whether it was taken."""


class TableModel(QAbstractTableModel):
    """Shows a dataset in table order. It holds no cells: a hundred thousand rows cost what is on view.

    Rows and columns come and go without losing selection and place, unless the columns are others.
    """

    # Qt may still ask while the model is being taken down.
    names: tuple[str, ...] = ()
    _rows = 0

    def __init__(self, display: Display, write: Write, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._display = display
        self._write = write
        self.dataset = Dataset({})
        self.roles: dict[str, Role] = {}
        self._tests: frozenset[int] = frozenset()
        self._network: object = None
        self._texts: dict[tuple[bool, Number], str] = {}
        display.changed.connect(self._texts.clear)

    def show(self, state: DocumentState) -> bool:
        """Follow *state*; whether the columns are others, so that views lost their selection."""
        data, network = state.dataset, state.network
        if data is not self.dataset or network is not self._network:
            roles = roles_of(network, data, self.tr)
        else:
            roles = self.roles
        if data.test_rows is not self.dataset.test_rows:
            self._tests = frozenset(data.test_rows)
        self._network = network
        rows = data.n_table_rows + 1 if data.names else 0
        if data.names != self.names:
            self.beginResetModel()
            self.dataset, self.names, self.roles, self._rows = data, data.names, roles, rows
            self.endResetModel()
            return True
        old_roles, same = self.roles, data is self.dataset
        self._follow(data, roles, rows)
        if not same and self._rows and self.names:
            self.dataChanged.emit(self.index(0, 0), self.index(self._rows - 1, len(self.names) - 1))
        if roles != old_roles and self.names:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.names) - 1)
        return False

    def _follow(self, data: Dataset, roles: dict[str, Role], rows: int) -> None:
        """Let rows come or go at the end: what moved in between is told as other data."""
        old = self._rows
        if rows > old:
            self.beginInsertRows(QModelIndex(), old, rows - 1)
        elif rows < old:
            self.beginRemoveRows(QModelIndex(), rows, old - 1)
        self.dataset, self.roles, self._rows = data, roles, rows
        if rows > old:
            self.endInsertRows()
        elif rows < old:
            self.endRemoveRows()

    # -- asking ----------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        """The rows, and the blank one."""
        return 0 if parent is not None and parent.isValid() else self._rows

    def columnCount(self, parent: Index | None = None) -> int:
        """The columns."""
        return 0 if parent is not None and parent.isValid() else len(self.names)

    @property
    def blank(self) -> int:
        """The number of the blank row."""
        return self._rows - 1

    def is_blank(self, row: int) -> bool:
        """Whether *row* is the blank one."""
        return row >= self._rows - 1

    def is_aside(self, row: int) -> bool:
        """Whether a row is set aside."""
        return not self.is_blank(row) and self.dataset.complete_row(row) is None

    def is_test(self, row: int) -> bool:
        """Whether a row is kept for testing, or will be as soon as it is complete."""
        if self.is_blank(row):
            return False
        complete = self.dataset.complete_row(row)
        if complete is None:
            aside = self.dataset.aside_row(row)
            return aside is not None and aside.test
        return complete in self._tests

    def is_lacking(self, row: int, column: int) -> bool:
        """Whether a cell of a row set aside has no number where one is needed."""
        return self.is_aside(row) and self.names[column] in missing_columns(self.dataset, row)

    def value(self, row: int, column: int) -> Number | str | None:
        """The number or word in a cell; the text where no number can be read; ``None`` in the blank row."""
        if self.is_blank(row):
            return None
        name = self.names[column]
        value = self.dataset.cell(row, name)
        if isinstance(value, str) and name in self.dataset.columns:
            number = cell_number(value, self.dataset.form.decimal)
            return value if number is None else number
        return value

    def cell_text(self, row: int, column: int) -> str:
        """What a cell shows."""
        value = self.value(row, column)
        if value is None:
            return ""
        if isinstance(value, str):
            return value.replace("\n", " ")
        key = (isinstance(value, Fraction), value)
        text = self._texts.get(key)
        if text is None:
            if len(self._texts) >= KEPT:
                self._texts.clear()
            text = self._texts[key] = self._display.datum(value)
        return text

    def edit_text(self, row: int, column: int) -> str:
        """What stands in a cell while it is typed in: every digit."""
        value = self.value(row, column)
        if value is None or isinstance(value, str):
            return value or ""
        shown = self._display.datum(value)
        if not shown.startswith("~"):
            return shown
        return full_text(value, self._display.decimal).removeprefix("~").strip()

    def is_numeric(self, column: int) -> bool:
        """Whether a column holds numbers."""
        return self.names[column] in self.dataset.columns

    def row_label(self, row: int) -> str:
        """Complete rows have the number that they have everywhere; those set aside have none."""
        if self.is_blank(row):
            return "+"
        complete = self.dataset.complete_row(row)
        label = self.tr("aside") if complete is None else str(complete + 1)
        return self.tr("{row} test").format(row=label) if self.is_test(row) else label

    def row_tip(self, row: int) -> str:
        """What the label means."""
        if self.is_blank(row):
            return self.tr("Type here to add a row.")
        found = []
        if self.is_aside(row):
            names = missing_columns(self.dataset, row)
            aside = self.dataset.aside_row(row)
            if names:
                text = self.tr("Set aside: no number in {columns}. The row is kept, but not trained on.")
                found.append(text.format(columns=", ".join(names)))
            elif aside is not None and aside.beyond:
                text = self.tr("Set aside: {count} cells too many for the columns there are.")
                found.append(text.format(count=len(aside.beyond)))
        if self.is_test(row):
            found.append(self.tr("Kept for testing: not trained on."))
        return "\n".join(found)

    # -- for Qt ----------------------------------------------------------------------------------------------------

    def data(self, index: Index, role: int = ItemRole.DisplayRole) -> Any:  # noqa: ANN401  # as Qt declares it
        """Text, text for typing, tooltip and spoken form of a cell."""
        if not index.isValid() or index.column() >= len(self.names) or index.row() >= self._rows:
            return None
        row, column = index.row(), index.column()
        if role == ItemRole.DisplayRole:
            return self.cell_text(row, column)
        if role == ItemRole.EditRole:
            return self.edit_text(row, column)
        if role == ItemRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.is_numeric(column) else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == ItemRole.ToolTipRole:
            return self._tip(row, column)
        if role == ItemRole.AccessibleTextRole:
            return self._said(row, column)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ItemRole.DisplayRole) -> Any:  # noqa: ANN401
        """Names above, row numbers at the side."""
        if orientation == Qt.Orientation.Vertical:
            if not 0 <= section < self._rows:
                return None
            known = {ItemRole.DisplayRole: self.row_label, ItemRole.ToolTipRole: self.row_tip}
            ask = known.get(ItemRole(role))
            return None if ask is None else ask(section)
        if not 0 <= section < len(self.names):
            return None
        name = self.names[section]
        if role == ItemRole.DisplayRole:
            return name
        if role in (ItemRole.ToolTipRole, ItemRole.AccessibleTextRole):
            return f"{name}: {self.roles[name].words}" if name in self.roles else name
        return None

    def setData(self, index: Index, value: Any, role: int = ItemRole.EditRole) -> bool:  # noqa: ANN401  # as Qt declares it
        """Take what was typed in a cell."""
        if role != ItemRole.EditRole or not index.isValid():
            return False
        return self._write(index.row(), self.names[index.column()], str(value))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell can be typed in."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.isValid() else flags

    def _tip(self, row: int, column: int) -> str:
        value = self.value(row, column)
        if value is None:
            return self.row_tip(row)
        if isinstance(value, str):
            return "\n".join(filter(None, (value, self.row_tip(row))))
        full = self._display.full(value)
        both = self._display.both(value) if "/" in full else ""
        return "\n".join(filter(None, (full, both if both != full else "", self.row_tip(row))))

    def _said(self, row: int, column: int) -> str:
        value, name = self.value(row, column), self.names[column]
        said = "" if value is None else value if isinstance(value, str) else spoken(value)
        label = self.tr("new row") if self.is_blank(row) else self.tr("row {label}").format(label=self.row_label(row))
        return f"{label}, {name}: {said or self.tr('empty')}"
