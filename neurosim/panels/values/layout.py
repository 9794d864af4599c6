"""The rows above their totals: two tables with the same columns, one scroll bar at the foot, widths that only grow."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from neurosim.panels._table import ROW_HEIGHT
from neurosim.panels.values.table import CellTable
from neurosim.widgets.theme import theme

SPARE = 40.0
"""A column is widened by up to so many pixels where the table would leave room at its right."""
BORDER = 2
"""The border of a table in the style sheet, in pixels at 100 %."""


class TablePair(QWidget):
    """Owns nothing but places: *totals* stays in sight under *table*, each sum under its column."""

    def __init__(self, table: CellTable, totals: CellTable, parent: QWidget) -> None:
        super().__init__(parent)
        self._table, self._totals = table, totals
        self._by_hand = True
        self._resized = False
        # The bar at the foot moves both; the rows' own would stand between them and their totals.
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        totals.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._beside = QWidget(self)
        foot = QHBoxLayout()
        foot.setSpacing(0)
        foot.addWidget(totals, 1)
        foot.addWidget(self._beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(table, 1)
        column.addLayout(foot)
        table.titles.sectionResized.connect(self._column_resized)
        table.horizontalScrollBar().valueChanged.connect(totals.horizontalScrollBar().setValue)
        totals.horizontalScrollBar().valueChanged.connect(table.horizontalScrollBar().setValue)
        table.verticalScrollBar().valueChanged.connect(lambda _value: self.widen())
        for watched in (table.viewport(), table.verticalScrollBar(), totals.horizontalScrollBar()):
            watched.installEventFilter(self)

    def start_again(self) -> None:
        """Other columns are shown: forget what widths the user gave to those before."""
        self._resized = False
        self.fit()

    def fit(self) -> None:
        """Give every column room for what it shows now, and share out some of what is left over."""
        if not self._resized:
            wanted = self._wanted()
            left = self._table.viewport().width() - sum(wanted)
            spare = min(max(left // len(wanted), 0), theme().px(SPARE)) if wanted else 0
            self._set_widths([width + spare for width in wanted])
        width = max(self._table.labels.wanted_width(), self._totals.labels.wanted_width())
        for each in (self._table, self._totals):
            if each.labels.width() != width:
                each.labels.setFixedWidth(width)
        self.place_totals()

    def widen(self) -> None:
        """Make room where a number has become longer; columns never become narrower while numbers move."""
        if not self._resized:
            wanted = self._wanted()
            self._set_widths([max(self._table.columnWidth(column), width) for column, width in enumerate(wanted)])

    def place_totals(self) -> None:
        """As high as their lines, as wide as the rows."""
        px, bar = theme().px, self._totals.horizontalScrollBar()
        lines = self._totals.model().rowCount()
        # Without totals the view stays as the rows' scroll bar.
        height = lines * px(ROW_HEIGHT) + 2 * px(BORDER) * bool(lines)
        self._totals.setFixedHeight(height + (bar.sizeHint().height() if bar.isVisible() else 0))
        beside = self._table.verticalScrollBar()
        self._beside.setFixedWidth(beside.width() if beside.isVisible() else 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep totals under their columns when scroll bars come and go, and use the width that there is."""
        kind = event.type()
        if watched is self._table.viewport():
            if kind == QEvent.Type.Resize:
                self.fit()
        elif kind in {QEvent.Type.Show, QEvent.Type.Hide}:
            self.place_totals()
        return super().eventFilter(watched, event)

    def _wanted(self) -> list[int]:
        columns = self._table.model().columnCount()
        both = zip(self._table.wanted_widths(columns), self._totals.wanted_widths(columns), strict=True)
        return [max(rows, totals) for rows, totals in both]

    def _set_widths(self, widths: Iterable[int]) -> None:
        self._by_hand = False
        for column, width in enumerate(widths):
            for each in (self._table, self._totals):
                if column < each.model().columnCount() and width != each.columnWidth(column):
                    each.setColumnWidth(column, width)
        self._by_hand = True

    def _column_resized(self, column: int, _old: int, width: int) -> None:
        """The user drew a column wider or narrower: from now on widths are theirs."""
        if self._by_hand and self._table.isVisible():
            self._resized = True
            self._totals.setColumnWidth(column, width)
