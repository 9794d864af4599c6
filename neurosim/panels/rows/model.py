"""The rows of a snapshot as a Qt table model; cells are worked out when they are looked at, never before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.numbers.format import spoken
from neurosim.numbers.parse import parse_number
from neurosim.panels._plots import MINUS
from neurosim.panels._words import signed
from neurosim.widgets.display import Display
from neurosim.widgets.theme import theme

Index = QModelIndex | QPersistentModelIndex
Kind = Literal["data", "prediction", "residual", "loss"]
Role = Qt.ItemDataRole


@dataclass(frozen=True)
class TableColumn:
    """One column: a column of the data, or what the model makes of it for one output."""

    kind: Kind
    title: str
    tip: str
    column: str = ""
    output: str = ""


def columns_of(snapshot: Snapshot, tr: Callable[[str], str]) -> tuple[TableColumn, ...]:
    """Inputs, targets, the columns that are not used, then per output prediction and residual, then the loss."""
    network, data = snapshot.network, snapshot.dataset
    used = [node.column for node in network.inputs] + [o.column for o in network.outputs if o.column is not None]
    names = [name for name in dict.fromkeys([*used, *data.columns]) if name in data.columns]
    idle = tr("{column}: not used by the network")
    found = [TableColumn("data", name, name if name in used else idle.format(column=name), name) for name in names]
    several = len(network.outputs) > 1
    for output in network.outputs:
        mark = f" {network.title(output.node)}" if several else ""
        tip = tr("the output of {node}").format(node=network.title(output.node))
        found.append(TableColumn("prediction", f"ŷ{mark}", tip, "", output.node))
        if output.column in data.columns:
            tip = tr("prediction minus target")
            found.append(TableColumn("residual", f"ŷ {MINUS} y{mark}", tip, str(output.column), output.node))
    if network.outputs:
        found.append(TableColumn("loss", tr("loss"), tr("this row's loss, before the reduction over the rows")))
    return tuple(found)


class RowsModel(QAbstractTableModel):
    """Owns which columns there are; the numbers belong to the snapshot.

    ``change(row, values)`` is called with what the user typed; it returns whether the document took it. ``refuse``
    gets the sentence when the text is not a number.
    """

    # Qt may still ask while the model is being taken down.
    _columns: tuple[TableColumn, ...] = ()
    _rows = 0

    def __init__(
        self,
        display: Display,
        change: Callable[[int, Mapping[str, Number]], bool],
        refuse: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._display = display
        self._change = change
        self._refuse = refuse
        self._snapshot: Snapshot | None = None

    @property
    def columns(self) -> tuple[TableColumn, ...]:
        """The columns from left to right."""
        return self._columns

    def show(self, snapshot: Snapshot) -> bool:
        """Follow *snapshot*; whether rows or columns came or went, so that the view lost its selection."""
        columns = columns_of(snapshot, self.tr)
        rows = snapshot.dataset.n_rows
        if columns != self._columns or rows != self._rows:
            self.beginResetModel()
            self._snapshot, self._columns, self._rows = snapshot, columns, rows
            self.endResetModel()
            return True
        self._snapshot = snapshot
        if rows and columns:
            self.dataChanged.emit(self.index(0, 0), self.index(rows - 1, len(columns) - 1))
        return False

    def rowCount(self, parent: Index | None = None) -> int:
        """How many rows the data have."""
        return 0 if parent is not None and parent.isValid() else self._rows

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns are shown."""
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def value(self, row: int, column: TableColumn) -> Number | None:
        """The number in a cell."""
        snapshot = self._snapshot
        if snapshot is None or row >= snapshot.dataset.n_rows:
            return None
        if column.kind == "data":
            return snapshot.dataset.columns[column.column][row]
        if column.kind == "loss":
            return self._row_loss(snapshot, row)
        predicted = snapshot.activation(column.output, row)
        if column.kind == "prediction" or predicted is None:
            return predicted
        target = snapshot.dataset.columns[column.column][row]
        if isinstance(predicted, Fraction) and isinstance(target, Fraction):
            return predicted - target
        return float(predicted) - float(target)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401  # as Qt declares it
        """Text, colour and tooltip of a cell."""
        if not index.isValid() or index.column() >= len(self._columns):
            return None
        if role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        column = self._columns[index.column()]
        if role == Role.ForegroundRole:
            colours = theme()
            derived = {"residual": colours.loss, "loss": colours.loss, "prediction": colours.text_muted}
            return derived.get(column.kind, colours.text)
        if role not in {Role.DisplayRole, Role.EditRole, Role.ToolTipRole, Role.AccessibleTextRole}:
            return None
        value = self.value(index.row(), column)
        if role == Role.AccessibleTextRole:
            return f"{column.title} {spoken(value)}" if value is not None else column.title
        if role == Role.DisplayRole and column.kind == "residual" and value is not None:
            return signed(self._display, value)
        if role == Role.DisplayRole:
            return self._display.datum(value) if column.kind == "data" else self._display.text(value)
        full = self._display.full(value)
        return full.removeprefix("~").strip() if role == Role.EditRole else full

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
        return self._change(index.row(), {column.column: number})

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cells of the data can be edited."""
        flags = super().flags(index)
        if index.isValid() and self._columns[index.column()].kind == "data":
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401
        """Titles above, row numbers from 1 at the side."""
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == Role.DisplayRole else None
        if section >= len(self._columns):
            return None
        column = self._columns[section]
        return {Role.DisplayRole: column.title, Role.ToolTipRole: column.tip}.get(Role(role))

    def _row_loss(self, snapshot: Snapshot, row: int) -> Number | None:
        if row >= snapshot.row_losses.shape[0]:
            return None
        exact = self._exact_row_loss(snapshot, row)
        return exact if exact is not None else float(snapshot.row_losses[row])

    @staticmethod
    def _exact_row_loss(snapshot: Snapshot, row: int) -> Number | None:
        """The row's loss as a fraction where the loss is rational and the data are exact."""
        from neurosim.engine.losses import LOSSES

        loss = LOSSES.get(snapshot.settings.loss)
        if loss is None or loss.exact_loss is None or not snapshot.exact:
            return None
        total = Fraction(0)
        for output in snapshot.network.outputs:
            a = snapshot.activation(output.node, row)
            y = snapshot.dataset.columns[output.column or ""][row]
            if not isinstance(a, Fraction) or not isinstance(y, Fraction):
                return None
            total += loss.exact_loss(a, y)
        return total
