"""The table of the comparison: titles over their lines, numbers at the right, columns as wide as their numbers."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from neurosim.panels.compare.model import AFTER, BEFORE, DIFFERENCE, LABEL, CompareModel
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.theme import theme

NARROWEST, WIDEST = 64, 170
"""The width of a column of numbers at 100 %."""

MARGIN = 18
MEASURED = 60
"""So many rows decide how wide the columns are."""


class CompareTable(QTableView):
    """Owns nothing but its looks; Ctrl+C and the context menu copy everything."""

    def __init__(self, model: CompareModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._cells = model
        self.setObjectName("compareTable")
        self.setAccessibleName(self.tr("Every number before and after"))
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda place: self.menu().popup(self.viewport().mapToGlobal(place)))
        self.restyle()

    def lines_changed(self) -> None:
        """Other lines: titles reach over all columns."""
        self.clearSpans()
        for row in self._cells.title_rows:
            self.setSpan(row, LABEL, 1, DIFFERENCE + 1)
        self.fit()

    def restyle(self) -> None:
        """Take the lengths of the current theme."""
        px = theme().px
        self.verticalHeader().setMinimumSectionSize(px(24))
        self.verticalHeader().setDefaultSectionSize(px(24))
        self.horizontalHeader().setFixedHeight(px(40))
        self.fit()

    def fit(self) -> None:
        """Give numbers the width they need; what is left is for the names. Columns of numbers never become narrower."""
        px, metrics = theme().px, QFontMetrics(ui_font(13))
        rows = range(min(self._cells.rowCount(), MEASURED))
        role = Qt.ItemDataRole.DisplayRole
        taken = 0
        for column in (BEFORE, AFTER, DIFFERENCE):
            texts = [str(self._cells.data(self._cells.index(row, column), role) or "") for row in rows]
            texts += str(self._cells.headerData(column, Qt.Orientation.Horizontal, role) or "").split("\n")
            wanted = max((metrics.horizontalAdvance(text) for text in texts), default=0) + px(MARGIN)
            width = min(max(wanted, self.columnWidth(column) if self.isVisible() else 0, px(NARROWEST)), px(WIDEST))
            self.setColumnWidth(column, width)
            taken += width
        self.setColumnWidth(LABEL, max(px(NARROWEST), self.viewport().width() - taken))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the width."""
        super().resizeEvent(event)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the table."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put everything on the clipboard as text with tabs."""
        QGuiApplication.clipboard().setText(self._cells.text_table())

    def menu(self) -> QMenu:
        """What can be done with the table."""
        menu = QMenu(self)
        menu.setObjectName("compareMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        action = menu.addAction(self.tr("Copy table"))
        action.setObjectName("copyComparison")
        action.triggered.connect(lambda _=False: self.copy())
        return menu
