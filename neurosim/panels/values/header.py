"""The titles above the values table and the labels at its side, with what is lit up in them."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from neurosim.panels._table_header import BAR, MarkedHeader
from neurosim.panels._table_marks import LIT_COLUMN
from neurosim.panels.values.marks import LINE_HEADER
from neurosim.panels.values.model import CellModel
from neurosim.panels.values.title import draw_title
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.theme import theme, with_alpha


class TitleHeader(MarkedHeader):
    """The titles: names from the data as text, quantities as formulas in their colours."""

    def __init__(self, model: CellModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._cells = model
        self.setObjectName("valuesHeader")
        self.setAccessibleName(self.tr("Columns"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def sizeHint(self) -> QSize:
        """One line of titles."""
        return QSize(super().sizeHint().width(), theme().px(30))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """One title, right-aligned as the numbers under it."""
        columns = self._cells.columns
        if not rect.isValid() or not 0 <= section < len(columns):
            return
        colours, area = theme(), QRectF(rect)
        painter.fillRect(rect, colours.surface)
        if section in self.marks.lit_columns:
            painter.fillRect(rect, with_alpha(colours.accent, LIT_COLUMN * 2))
        if section in self.marks.line_columns:
            painter.fillRect(rect, with_alpha(colours.accent, LINE_HEADER))
            bar = round(colours.stroke(BAR))
            painter.fillRect(QRect(rect.left(), rect.bottom() - bar + 1, rect.width(), bar), colours.accent)
        else:
            painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colours.hairline)
        draw_title(painter, columns[section], area, colours.px(8))


class LabelHeader(MarkedHeader):
    """The numbers of the rows, or the names of the totals, with the bar of the current line at their left."""

    def __init__(self, model: CellModel, parent: QWidget, *, strong: bool = False) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._cells = model
        self._strong = strong
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setObjectName("totalsLabels" if strong else "valuesLabels")
        self.setAccessibleName(self.tr("Totals") if strong else self.tr("Rows"))

    def wanted_width(self) -> int:
        """Room for the longest label."""
        metrics, n = QFontMetricsF(self._font()), self._cells.rowCount()
        # Of many rows the last has the longest number; a test row may be any.
        labels = [self._cells.label(row) for row in (range(n) if n <= 200 else (*range(100), n - 1))]
        widest = max((metrics.horizontalAdvance(label) for label in labels), default=0.0)
        return round(widest) + theme().px(24)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """One label."""
        if not rect.isValid() or section >= self._cells.rowCount():
            return
        row = None if self._strong else section
        text, edge = self._cells.label(section), theme().hairline
        self.draw_label(painter, rect, text, row, font=self._font(), edge=edge)
        if self._strong and section == 0:
            painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 1), theme().border)

    def _font(self) -> QFont:
        return ui_font(12, 600 if self._strong else 400)
