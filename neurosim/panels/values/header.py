"""The titles above the values table and the labels at its side, with what is lit up in them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from neurosim.panels.values.marks import LINE_HEADER, LIT_COLUMN, LIT_ROW, NO_MARKS, Marks
from neurosim.panels.values.model import CellModel
from neurosim.panels.values.title import draw_title
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.theme import theme, with_alpha

BAR = 3.0
"""Width of the bar that marks what the current line concerns."""


class MarkedHeader(QHeaderView):
    """A header that paints itself and says which of its sections the pointer is on.

    Signals:
        pointed(section): the pointer is on another section; -1: on none.
    """

    pointed = Signal(int)

    def __init__(self, orientation: Qt.Orientation, model: CellModel, parent: QWidget) -> None:
        super().__init__(orientation, parent)
        self.marks = NO_MARKS
        self._cells = model
        self._pointed = -1
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    def set_marks(self, marks: Marks) -> None:
        """Show other marks."""
        self.marks = marks
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say which section the pointer is on."""
        super().mouseMoveEvent(event)
        self._point(self.logicalIndexAt(event.position().toPoint()))

    def viewportEvent(self, event: QEvent) -> bool:
        """Nothing is pointed at when the pointer has left."""
        if event.type() == QEvent.Type.Leave:
            self._point(-1)
        return super().viewportEvent(event)

    def _point(self, section: int) -> None:
        if section != self._pointed:
            self._pointed = section
            self.pointed.emit(section)


class TitleHeader(MarkedHeader):
    """The titles: names from the data as text, quantities as formulas in their colours."""

    def __init__(self, model: CellModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, model, parent)
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
        super().__init__(Qt.Orientation.Vertical, model, parent)
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
        colours, marks = theme(), self.marks
        painter.fillRect(rect, colours.surface)
        if not self._strong and section in marks.selected:
            painter.fillRect(rect, colours.selected)
        if not self._strong and section in marks.lit_rows:
            painter.fillRect(rect, with_alpha(colours.accent, LIT_ROW))
        painter.fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), colours.hairline)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colours.hairline)
        if self._strong and section == 0:
            painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 1), colours.border)
        if not self._strong and section in marks.line_rows:
            painter.fillRect(QRect(rect.left(), rect.top(), round(colours.stroke(BAR)), rect.height()), colours.accent)
        painter.setFont(self._font())
        painter.setPen(colours.text if self._strong or section in marks.selected else colours.text_muted)
        inside = rect.adjusted(colours.px(6), 0, -colours.px(8), 0)
        flags = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(inside, flags, self._cells.label(section))

    def _font(self) -> QFont:
        return ui_font(12, 600 if self._strong else 400)
