"""The rows of a snapshot and their totals as Qt table models; a cell is worked out when it is looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.numbers.format import spoken
from neurosim.numbers.parse import parse_number
from neurosim.panels._words import signed
from neurosim.panels.values.cells import Cells, Totals
from neurosim.panels.values.columns import Group, TableColumn, columns_of, first_groups, structure_of
from neurosim.widgets.display import NOTHING, Display
from neurosim.widgets.theme import theme

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
FEW = 20
"""Up to so many rows that changed are told one by one, so that only they are painted anew."""
_ASKED = {Role.DisplayRole, Role.EditRole, Role.ToolTipRole, Role.AccessibleTextRole}


class CellModel(QAbstractTableModel):
    """What rows and totals share: numbers under the same columns, one formatter, one set of roles."""

    # Qt may still ask while the model is being taken down.
    _columns: tuple[TableColumn, ...] = ()
    _rows = 0

    def __init__(self, display: Display, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._display = display

    @property
    def columns(self) -> tuple[TableColumn, ...]:
        """The columns from left to right."""
        return self._columns

    def rowCount(self, parent: Index | None = None) -> int:
        """How many rows there are."""
        return 0 if parent is not None and parent.isValid() else self._rows

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns are shown."""
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def value(self, row: int, column: TableColumn) -> Number | None:
        """The number in a cell; ``None`` when there is none."""
        raise NotImplementedError

    def label(self, row: int) -> str:
        """What stands at the left of a row."""
        raise NotImplementedError

    def label_tip(self, row: int) -> str:
        """What the label means."""
        raise NotImplementedError

    def cell_text(self, row: int, column: int) -> str:
        """What a cell shows."""
        return self._write(self.value(row, self._columns[column]), self._columns[column])

    def colour(self, row: int, column: int) -> QColor:
        """The colour of a cell's text: the quantity's own."""
        del row
        colours, kind = theme(), self._columns[column].kind
        own = {"residual": colours.loss, "loss": colours.loss, "term": colours.loss, "gradient": colours.gradient}
        return own.get(kind, colours.text if kind in ("data", "feature") else colours.text_muted)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401  # as Qt declares it
        """Text, colour, tooltip and spoken form of a cell."""
        if not index.isValid() or index.column() >= len(self._columns) or index.row() >= self._rows:
            return None
        if role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Role.ForegroundRole:
            return self.colour(index.row(), index.column())
        if role not in _ASKED:
            return None
        if role == Role.DisplayRole:
            return self.cell_text(index.row(), index.column())
        column = self._columns[index.column()]
        value = self.value(index.row(), column)
        if role == Role.AccessibleTextRole:
            said = spoken(value) if value is not None else self.tr("none")
            return f"{self.label(index.row())}, {column.spoken}: {said}"
        full = self._display.full(value)
        if role == Role.EditRole:
            return full.removeprefix("~").strip()
        return self._tip(value, full)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401
        """Titles above, labels at the side."""
        if orientation == Qt.Orientation.Vertical:
            if not 0 <= section < self._rows or role not in {Role.DisplayRole, Role.ToolTipRole}:
                return None
            return self.label(section) if role == Role.DisplayRole else self.label_tip(section)
        if not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        known = {Role.DisplayRole: column.title, Role.ToolTipRole: column.tip, Role.AccessibleTextRole: column.spoken}
        return known.get(Role(role))

    def _write(self, value: Number | None, column: TableColumn) -> str:
        if value is None:
            return NOTHING
        if column.kind == "data":
            return self._display.datum(value)
        return signed(self._display, value) if column.kind == "residual" else self._display.text(value)

    def _tip(self, value: Number | None, full: str) -> str:
        if value is None:
            return ""
        both = self._display.both(value)
        return full if both in {full, full.removeprefix("~")} or "/" not in full else f"{full}\n{both}"

    def _tell(self, rows: Iterable[int]) -> None:
        """The numbers of *rows* are others."""
        last = len(self._columns) - 1
        for row in rows if last >= 0 else ():
            self.dataChanged.emit(self.index(row, 0), self.index(row, last))


class ValuesModel(CellModel):
    """Owns which columns are shown of all that there are; the numbers belong to the snapshot.

    ``change(row, values)`` is called with what the user typed; it returns whether the document took it. ``refuse``
    gets the sentence when the text is not a number.
    """

    def __init__(
        self,
        display: Display,
        change: Callable[[int, Mapping[str, Number]], bool],
        refuse: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(display, parent)
        self._change = change
        self._refuse = refuse
        self.cells = Cells()
        self.all_columns: tuple[TableColumn, ...] = ()
        self._groups: frozenset[Group] | None = None
        self._structure: object = None
        display.changed.connect(self.cells.forget_texts)

    @property
    def groups(self) -> frozenset[Group]:
        """The groups of columns that are shown."""
        return first_groups(self.all_columns) if self._groups is None else self._groups

    @property
    def chosen(self) -> bool:
        """Whether the user has chosen the groups."""
        return self._groups is not None

    def set_groups(self, groups: frozenset[Group] | None) -> None:
        """Show these groups of columns; ``None``: those that fit."""
        self._groups = groups
        self.beginResetModel()
        self._choose()
        self.endResetModel()

    def show(self, snapshot: Snapshot) -> bool:
        """Follow *snapshot*; whether rows or columns came or went, so that the view lost its selection."""
        structure, rows = structure_of(snapshot), snapshot.dataset.n_rows
        if structure != self._structure or rows != self._rows:
            self.beginResetModel()
            self.cells.show(snapshot)
            if structure != self._structure:
                self._structure = structure
                self.all_columns = columns_of(snapshot, self.tr)
            self._rows = rows
            self._choose()
            self.endResetModel()
            return True
        changed = self.cells.show(snapshot)
        if changed is not None and len(changed) <= FEW:
            self._tell(changed)
        elif rows and self._columns:
            self.dataChanged.emit(self.index(0, 0), self.index(rows - 1, len(self._columns) - 1))
        return False

    def value(self, row: int, column: TableColumn) -> Number | None:
        """The number in a cell."""
        return self.cells.value(row, column)

    def label(self, row: int) -> str:
        """Rows count from 1."""
        number = str(row + 1)
        return self.tr("{number} test").format(number=number) if self.cells.is_test(row) else number

    def label_tip(self, row: int) -> str:
        """Why a test row has no share."""
        if self.cells.is_test(row):
            return self.tr("Kept for testing: it is no part of the loss and has no share of the gradient.")
        return ""

    def cell_text(self, row: int, column: int) -> str:
        """What a cell shows; written once while its row stays as it is."""
        texts = self.cells.row(row).texts
        text = texts.get(column)
        if text is None:
            text = texts[column] = super().cell_text(row, column)
        return text

    def colour(self, row: int, column: int) -> QColor:
        """Test rows stand back."""
        if self.cells.is_test(row) and self._columns[column].kind != "data":
            return theme().text_muted
        return super().colour(row, column)

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:  # noqa: ANN401  # as Qt declares it
        """Take what was typed in a cell."""
        if role != Role.EditRole or not index.isValid():
            return False
        column = self._columns[index.column()]
        if column.kind != "data":
            return False
        try:
            number = parse_number(str(value), self._display.decimal)
        except ValueError as error:
            self._refuse(str(error))
            return False
        if number == self.value(index.row(), column):
            return True
        return self._change(index.row(), {column.key: number})

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cells of the data can be edited."""
        flags = super().flags(index)
        if index.isValid() and self._columns[index.column()].kind == "data":
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def _choose(self) -> None:
        groups = self.groups
        self._columns = tuple(column for column in self.all_columns if column.group in groups)
        self.cells.forget_texts()


class TotalsModel(CellModel):
    """The lines under the rows: sums, and the penalty where there is one."""

    def __init__(self, display: Display, parent: QObject | None = None) -> None:
        super().__init__(display, parent)
        self._totals: Totals | None = None

    def show(self, snapshot: Snapshot, columns: tuple[TableColumn, ...]) -> bool:
        """Follow *snapshot* under *columns*; whether lines or columns came or went."""
        totals = Totals(snapshot, self.tr)
        if columns != self._columns or len(totals.lines) != self._rows:
            self.beginResetModel()
            self._totals, self._columns, self._rows = totals, columns, len(totals.lines)
            self.endResetModel()
            return True
        self._totals = totals
        self._tell(range(self._rows))
        return False

    def value(self, row: int, column: TableColumn) -> Number | None:
        """The number under a column."""
        return None if self._totals is None else self._totals.value(row, column)

    def label(self, row: int) -> str:
        """What the line holds."""
        return "" if self._totals is None or row >= self._rows else self._totals.lines[row][0]

    def label_tip(self, row: int) -> str:
        """What its sums mean."""
        return "" if self._totals is None or row >= self._rows else self._totals.lines[row][1]

    def _write(self, value: Number | None, column: TableColumn) -> str:
        return "" if value is None else super()._write(value, column)
