"""The comparison as a Qt table model: titles and lines; a cell is worked out when it is looked at."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from neurosim.numbers.exact import Number
from neurosim.numbers.format import MINUS, spoken
from neurosim.panels._words import signed
from neurosim.panels.compare.comparison import Comparison, Section, difference
from neurosim.panels.compare.labels import line_label, section_title
from neurosim.widgets.display import NOTHING, Display
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.theme import theme

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
LABEL, BEFORE, AFTER, DIFFERENCE = range(4)
_NOBODY = QModelIndex()


class CompareModel(QAbstractTableModel):
    """Owns the comparison on view. Line 0 of each section is its title."""

    def __init__(self, display: Display, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._display = display
        self._comparison: Comparison | None = None
        self._offsets: list[int] = []
        self._count = 0
        self._titles = ("", "", "", "")

    def show(self, comparison: Comparison, before: str, after: str) -> bool:
        """Show another comparison, under these titles; whether the lines are others, not only their numbers."""
        old = self._comparison
        titles = ("", before, after, self.tr("difference"))
        if old is not None and old.sections == comparison.sections:
            self._comparison = comparison
            if titles != self._titles:
                self._titles = titles
                self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, DIFFERENCE)
            self.dataChanged.emit(self.index(0, LABEL), self.index(self._count - 1, DIFFERENCE))
            return False
        self.beginResetModel()
        self._comparison, self._titles = comparison, titles
        self._offsets, self._count = [], 0
        for section in comparison.sections:
            self._offsets.append(self._count)
            self._count += 1 + len(section)
        self.endResetModel()
        return True

    @property
    def title_rows(self) -> list[int]:
        """The rows that are titles."""
        return list(self._offsets)

    def line_at(self, row: int) -> tuple[Section, int] | None:
        """The section and the line that stand in *row*; ``None`` for a title."""
        number = bisect_right(self._offsets, row) - 1
        if self._comparison is None or number < 0 or row >= self._count or row == self._offsets[number]:
            return None
        return self._comparison.sections[number], row - self._offsets[number] - 1

    def value(self, row: int, column: int) -> Number | None:
        """The number in a cell; ``None`` where there is none."""
        found = self.line_at(row)
        if found is None or self._comparison is None or column == LABEL:
            return None
        pair = self._comparison.pair(*found)
        return difference(pair) if column == DIFFERENCE else pair[column - BEFORE]

    def text_table(self) -> str:
        """Everything as text for spreadsheets: tabs between cells, every number in full."""
        lines = ["\t".join(title.replace("\n", ", ") for title in self._titles)]
        for row in range(self._count):
            label = str(self.data(self.index(row, LABEL), Role.DisplayRole))
            if self.line_at(row) is None:
                lines.append(label)
                continue
            values = [self.value(row, column) for column in (BEFORE, AFTER, DIFFERENCE)]
            full = ["" if value is None else self._display.full(value).lstrip("~") for value in values]
            lines.append("\t".join([label, *(text.replace(MINUS, "-").strip() for text in full)]))
        return "\n".join(lines) + "\n"

    # -- as Qt has it ----------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NOBODY) -> int:
        """Titles and lines."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = _NOBODY) -> int:
        """What, before, after, difference."""
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401
        """The titles of the columns."""
        if orientation == Qt.Orientation.Horizontal and 0 <= section < 4:
            if role == Role.DisplayRole:
                return self._titles[section]
            if role == Role.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignLeft if section == LABEL else Qt.AlignmentFlag.AlignRight
                return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401 - as Qt has it
        """What a cell shows."""
        comparison = self._comparison
        if comparison is None or not index.isValid():
            return None
        row, column = index.row(), index.column()
        found = self.line_at(row)
        if found is None:
            return self._title_data(row, column, role)
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if column == LABEL else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Role.ForegroundRole:
            return _colour(found[0], column)
        if column == LABEL:
            return line_label(comparison, *found, self._display) if role == Role.DisplayRole else None
        if role not in (Role.DisplayRole, Role.ToolTipRole, Role.AccessibleTextRole):
            return None
        value = self.value(row, column)
        if value is None:
            return NOTHING
        if role == Role.ToolTipRole:
            return self._display.full(value)
        if role == Role.AccessibleTextRole:
            return spoken(value)
        return signed(self._display, value) if column == DIFFERENCE else self._display.text(value)

    def _title_data(self, row: int, column: int, role: int) -> Any:  # noqa: ANN401 - as Qt has it
        if column != LABEL or self._comparison is None:
            return None
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return section_title(self._comparison, self._comparison.sections[self._offsets.index(row)])
        if role == Role.FontRole:
            return ui_font(12, 600)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Titles are not chosen."""
        if self.line_at(index.row()) is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def _colour(section: Section, column: int) -> QColor:
    """The same colours as on the graph and in the plots."""
    colours = theme()
    if section.kind == "gradient":
        return colours.gradient
    if section.kind in ("loss", "residual", "row_loss"):
        return colours.loss
    return colours.text_muted if column == LABEL else colours.text
