"""The names of the columns with their roles above the table, and the numbers of the rows at its side."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QHeaderView, QWidget

from neurosim.panels._table_header import MarkedHeader
from neurosim.panels._table_marks import LIT_ROW
from neurosim.panels.data_table.model import TableModel
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.theme import theme, with_alpha

HEIGHT = 42.0
MENU = 24.0
"""The left end of a title that opens its menu, in pixels at 100 %."""
MARGIN = 8.0


class ColumnHeader(MarkedHeader):
    """Names, roles, and at the left of each the mark that opens the column's menu.

    Signals:
        menu_wanted(column): the mark was pressed.
        rename_wanted(column): a title was double-clicked.
    """

    menu_wanted = Signal(int)
    rename_wanted = Signal(int)

    def __init__(self, model: TableModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._table = model
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setObjectName("dataTableColumns")
        self.setAccessibleName(self.tr("Columns"))
        self.setSectionsMovable(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)

    def sizeHint(self) -> QSize:
        """Two lines: the name and the role."""
        return QSize(theme().px(MENU), theme().px(HEIGHT))

    def wanted_width(self, column: int) -> float:
        """Room for name and role, in pixels."""
        name = self._table.names[column]
        title = QFontMetricsF(ui_font(13, 600)).horizontalAdvance(name) + theme().px(14)
        role = QFontMetricsF(ui_font(11)).horizontalAdvance(self._table.roles[name].words)
        return max(title, role) + theme().px(MENU) + theme().px(MARGIN)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The mark opens the menu; anything else is Qt's: select, resize, move."""
        place = event.position().toPoint()
        column = self.logicalIndexAt(place)
        if event.button() == Qt.MouseButton.LeftButton and self._on_menu(column, place):
            self.menu_wanted.emit(column)
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Rename the column, unless its edge or its mark was meant."""
        place = event.position().toPoint()
        column = self.logicalIndexAt(place)
        on_edge = self.viewport().cursor().shape() == Qt.CursorShape.SplitHCursor
        if column >= 0 and not on_edge and not self._on_menu(column, place):
            self.rename_wanted.emit(column)
            return
        super().mouseDoubleClickEvent(event)

    def _on_menu(self, column: int, place: QPoint) -> bool:
        if column < 0:
            return False
        inside = place.x() - self.sectionViewportPosition(column)
        # The first pixels belong to the edge of the column before.
        return 4 <= inside <= theme().px(MENU)

    def area_of(self, column: int) -> QRect:
        """Where a title stands in the viewport."""
        return QRect(self.sectionViewportPosition(column), 0, self.sectionSize(column), self.height())

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Name over role at the right for numbers, at the left for words; the menu's mark at the left."""
        if not rect.isValid() or not 0 <= section < len(self._table.names):
            return
        colours, name = theme(), self._table.names[section]
        role = self._table.roles[name]
        painter.fillRect(rect, colours.surface)
        if section in self.marks.lit_columns:
            painter.fillRect(rect, with_alpha(colours.accent, LIT_ROW))
        painter.fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), colours.hairline)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colours.border)
        self._draw_menu_mark(painter, rect, strong=section == self.pointed_at)
        side = Qt.AlignmentFlag.AlignLeft if role.is_words else Qt.AlignmentFlag.AlignRight
        inside = rect.adjusted(colours.px(MENU), colours.px(4), -colours.px(MARGIN), -colours.px(5))
        right = 0
        if section == self.marks.sorted_by:
            right = colours.px(14)
            self._draw_arrow(painter, QPointF(inside.right() - right / 2 + 2, rect.top() + colours.px(13)))
        title = ui_font(13, 600)
        painter.setFont(title)
        painter.setPen(colours.text)
        text = QFontMetricsF(title).elidedText(name, Qt.TextElideMode.ElideRight, max(inside.width() - right, 0))
        painter.drawText(inside.adjusted(0, 0, -right, 0), int(side | Qt.AlignmentFlag.AlignTop), text)
        caption = ui_font(11)
        painter.setFont(caption)
        painter.setPen(colours.text_muted)
        text = QFontMetricsF(caption).elidedText(role.words, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, int(side | Qt.AlignmentFlag.AlignBottom), text)

    def _draw_menu_mark(self, painter: QPainter, rect: QRect, *, strong: bool) -> None:
        colours = theme()
        x, y = rect.left() + colours.px(MENU) / 2 + 1, rect.center().y() + 1.0
        reach = colours.px(4)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.text if strong else colours.border, 1.5))
        painter.drawPolyline(
            QPolygonF([QPointF(x - reach, y - reach / 2), QPointF(x, y + reach / 2), QPointF(x + reach, y - reach / 2)])
        )
        painter.restore()

    def _draw_arrow(self, painter: QPainter, place: QPointF) -> None:
        """Up: the values rise from row to row; down: they fall."""
        up = -1.0 if self.marks.descending else 1.0
        size = theme().px(4)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().accent)
        corners = [QPointF(-size, size * up), QPointF(size, size * up), QPointF(0, -size * up)]
        painter.drawPolygon(QPolygonF([place + corner for corner in corners]))
        painter.restore()


class RowHeader(MarkedHeader):
    """Row numbers; rows set aside and rows kept for testing say so."""

    def __init__(self, model: TableModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._table = model
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setObjectName("dataTableRows")
        self.setAccessibleName(self.tr("Rows"))
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def wanted_width(self) -> int:
        """Room for the longest label."""
        data = self._table.dataset
        labels = [str(data.n_rows), self.tr("aside") if data.aside else ""]
        if data.test_rows or any(row.test for row in data.aside):
            labels = [self.tr("{row} test").format(row=label) for label in labels if label]
        metrics = QFontMetricsF(ui_font(12))
        return round(max(metrics.horizontalAdvance(label) for label in labels)) + theme().px(24)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """One label."""
        table = self._table
        if not rect.isValid() or section >= table.rowCount():
            return
        row = None if table.is_blank(section) else table.dataset.complete_row(section)
        font = _label_font(aside=table.is_aside(section))
        self.draw_label(painter, rect, table.row_label(section), row, font=font, edge=theme().border)


def _label_font(*, aside: bool) -> QFont:
    font = QFont(ui_font(12))
    font.setItalic(aside)
    return font
