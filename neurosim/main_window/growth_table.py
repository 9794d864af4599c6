"""The steps before a divergence as a table: step, loss, parameters, distance, and the factor by which it grew."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from neurosim.numbers.exact import Number
from neurosim.numbers.format import MINUS
from neurosim.panels._words import parameter_name
from neurosim.training.growth import GrownStep, Growth
from neurosim.widgets.display import NOTHING, Display
from neurosim.widgets.theme import theme

LISTED = 3
"""So many parameters have a column, those that moved most."""

ROW, HEAD, SEEN = 24, 28, 7
"""Heights of a row and of the titles in pixels, and how many rows are seen at once."""

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class GrowthModel(QAbstractTableModel):
    """Owns the cells. A gap in the steps is a row of its own that says how many are left out."""

    def __init__(self, display: Display, parent: QWidget) -> None:
        super().__init__(parent)
        self._display = display
        self._growth: Growth | None = None
        self._titles: list[str] = []
        self._lines: list[GrownStep | None] = []

    def show_growth(self, growth: Growth) -> None:
        """Show the steps of *growth*."""
        self.beginResetModel()
        self._growth = growth
        network = growth.last.network
        listed = [parameter_name(network, name) for name in growth.names[:LISTED]]
        distance = self.tr("distance") if growth.direction is not None else self.tr("step length")
        self._titles = [self.tr("step"), self.tr("loss"), *listed, distance, self.tr("factor")]
        lines: list[GrownStep | None] = list(growth.steps)
        if growth.gap:
            lines.insert(growth.gap, None)
        stop = growth.stop
        if not stop.kept and stop.step is not None:
            lines.append(GrownStep(stop.step, stop.loss, {}))
        self._lines = lines
        self.endResetModel()

    def refresh(self) -> None:
        """Write the numbers in another way."""
        self.beginResetModel()
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """One for each step, and one for a gap."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Step, loss, parameters, distance, factor."""
        return 0 if parent.isValid() else len(self._titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The titles, with what they mean."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._titles):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ToolTipRole and section >= len(self._titles) - 2:
            return self._meaning(section == len(self._titles) - 1)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The number as shown; all its digits on hover."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ToolTipRole:
            value = self._value(index)
            return self._display.full(value) if value is not None else None
        return None

    def text(self) -> str:
        """The table for a spreadsheet: tabs between the cells, all digits."""
        lines = ["\t".join(self._titles)]
        for row, line in enumerate(self._lines):
            if line is not None:
                values = [self._value(self.index(row, column)) for column in range(len(self._titles))]
                lines.append("\t".join("" if value is None else _in_full(value) for value in values))
        return "\n".join(lines).replace(".", self._display.decimal).replace(MINUS, "-") + "\n"

    def _meaning(self, factor: bool) -> str:
        growth = self._growth
        if factor:
            return self.tr("The distance divided by that of the row above")
        if growth is not None and growth.direction is not None:
            return self.tr("How far from the bottom, along the direction in which the loss is curved most")
        return self.tr("How far the step moved the parameters, all together")

    def _text(self, index: Index) -> str:
        line = self._lines[index.row()]
        if line is None:
            left_out = self._growth.left_out if self._growth is not None else 0
            return self.tr("… {n} more").format(n=left_out) if index.column() == 1 else ""
        if index.column() == 0:
            return str(line.step)
        value = self._value(index)
        if index.column() == 1 and self._is_beyond(line):
            return self.tr("too large")
        return self._display.text(value) if value is not None else NOTHING

    def _value(self, index: Index) -> Number | None:
        line, growth, column = self._lines[index.row()], self._growth, index.column()
        if line is None or growth is None:
            return None
        if column == 0:
            return Fraction(line.step)
        if column == 1:
            return None if self._is_beyond(line) else line.loss
        if column == len(self._titles) - 2:
            return line.distance
        if column == len(self._titles) - 1:
            return line.factor
        return line.parameters.get(growth.names[column - 2])

    @staticmethod
    def _is_beyond(line: GrownStep) -> bool:
        """Whether the loss is infinite, or not a number any more."""
        return isinstance(line.loss, float) and not abs(line.loss) < float("inf")


class GrowthTable(QTableView):
    """Owns the view: read only, rows are selected and copied as text."""

    def __init__(self, display: Display, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("divergenceTable")
        self.setAccessibleName(self.tr("The steps before it stopped"))
        self.steps = GrowthModel(display, self)
        self.setModel(self.steps)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setStretchLastSection(True)

    def fit(self, least: int, most: int) -> int:
        """Take the lengths of the current zoom: as wide as the numbers need, within limits; return the width."""
        px = theme().px
        self.verticalHeader().setMinimumSectionSize(px(ROW))
        self.verticalHeader().setDefaultSectionSize(px(ROW))
        header = self.horizontalHeader()
        header.setFixedHeight(px(HEAD))
        rows = min(max(self.steps.rowCount(), 1), SEEN)
        columns = range(self.steps.columnCount())
        needed = [max(self.sizeHintForColumn(c), header.sectionSizeHint(c)) + px(4) for c in columns]
        around = 2 * px(2) + self.verticalScrollBar().sizeHint().width()
        width = min(max(sum(needed) + around, least), most)
        spare = max(0, width - around - sum(needed)) // max(len(needed), 1)
        for column, wanted in zip(columns, needed, strict=True):
            header.resizeSection(column, wanted + spare)
        self.setFixedSize(width, px(HEAD) + rows * px(ROW) + 2 * px(2) + 2)
        return width

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy gives the whole table."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.steps.text())
            event.accept()
        else:
            super().keyPressEvent(event)


def _in_full(value: Number) -> str:
    return str(value) if isinstance(value, Fraction) else repr(float(value))
