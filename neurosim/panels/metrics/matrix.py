"""The confusion matrix as a table: rows are what is true, columns what was said; pointing at a cell lights its rows."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from neurosim.engine.metrics.confusion import Counts, precision, recall
from neurosim.panels._pointing import PointingView
from neurosim.widgets.display import NOTHING, Display
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.theme import theme, with_alpha

Index = QModelIndex | QPersistentModelIndex
ItemRole = Qt.ItemDataRole
STRENGTH = 0.34
"""How strongly the fullest cell is coloured."""
CELL_WIDTH, CELL_HEIGHT = 74.0, 30.0
WIDEST_NAME = 150.0


class MatrixModel(QAbstractTableModel):
    """Counts, with the share that was found (recall) behind each row and the share that is right under each column."""

    def __init__(self, display: Display, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._display = display
        self._names: tuple[str, ...] = ()
        self._counts: Counts = np.zeros((0, 0), dtype=np.int64)

    @property
    def size(self) -> int:
        """How many classes."""
        return len(self._names)

    def show(self, names: Sequence[str], counts: Counts) -> bool:
        """Show other counts; whether the classes are others."""
        if tuple(names) != self._names:
            self.beginResetModel()
            self._names, self._counts = tuple(names), counts
            self.endResetModel()
            return True
        self._counts = counts
        self.dataChanged.emit(self.index(0, 0), self.index(self.size, self.size))
        return False

    def rowCount(self, parent: Index | None = None) -> int:
        """A row for each class, and the precision."""
        return 0 if parent is not None and parent.isValid() else self.size + bool(self._names)

    def columnCount(self, parent: Index | None = None) -> int:
        """A column for each class, and the recall."""
        return self.rowCount(parent)

    def share(self, row: int, column: int) -> Fraction | None:
        """The share in a margin; ``None`` for a count, the corner, and where there is none."""
        if column == self.size and row < self.size:
            return recall(self._counts, row)
        if row == self.size and column < self.size:
            return precision(self._counts, column)
        return None

    def data(self, index: Index, role: int = ItemRole.DisplayRole) -> Any:  # noqa: ANN401  # as Qt declares it
        """Text, colours and spoken form of a cell."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        inside = row < self.size and column < self.size
        if role == ItemRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if role == ItemRole.DisplayRole:
            return self._text(row, column)
        if role == ItemRole.BackgroundRole:
            return self._colour(row, column) if inside else theme().surface
        if role == ItemRole.ForegroundRole:
            return theme().text if inside else theme().text_muted
        if role == ItemRole.FontRole:
            return ui_font(13, 600 if inside and row == column else 400)
        if role in (ItemRole.ToolTipRole, ItemRole.AccessibleTextRole):
            return self._words(row, column)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ItemRole.DisplayRole) -> Any:  # noqa: ANN401
        """The classes; behind the last one the name of the margin."""
        if not 0 <= section <= self.size or not self._names:
            return None
        across = orientation == Qt.Orientation.Horizontal
        if role == ItemRole.DisplayRole:
            if section == self.size:
                return self.tr("found") if across else self.tr("of these right")
            return self._names[section]
        if role == ItemRole.ToolTipRole and section == self.size:
            if across:
                return self.tr("Recall: of the rows of a class, the share that was taken for it")
            return self.tr("Precision: of the rows taken for a class, the share that belongs to it")
        return None

    def _text(self, row: int, column: int) -> str:
        if row < self.size and column < self.size:
            return str(int(self._counts[row, column]))
        if row == column:
            return ""
        share = self.share(row, column)
        return NOTHING if share is None else self._display.text(share)

    def _words(self, row: int, column: int) -> str:
        if row < self.size and column < self.size:
            count, actual, said = int(self._counts[row, column]), self._names[row], self._names[column]
            verdict = self.tr("right") if row == column else self.tr("wrong")
            return self.tr("{count} rows of {actual}, taken for {said}: {verdict}").format(
                count=count, actual=actual, said=said, verdict=verdict
            )
        share = self.share(row, column)
        if share is None:
            return ""
        if column == self.size:
            found, there = int(self._counts[row, row]), int(self._counts[row].sum())
            return self.tr("{found} of {count} rows of {name} are found (recall)").format(
                found=found, count=there, name=self._names[row]
            )
        right, taken = int(self._counts[column, column]), int(self._counts[:, column].sum())
        return self.tr("{right} of {count} rows taken for {name} are right (precision)").format(
            right=right, count=taken, name=self._names[column]
        )

    def _colour(self, row: int, column: int) -> QColor:
        colours, count = theme(), int(self._counts[row, column])
        if not count:
            return colours.canvas
        base = colours.right if row == column else colours.loss
        return with_alpha(base, max(STRENGTH * count / max(int(self._counts.max()), 1), 0.06))


class CellPainter(QStyledItemDelegate):
    """Paints a cell in its colour, which a style sheet would not let through, with the focus around it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Colour, number, focus."""
        area, state, colours = option.rect, option.state, theme()
        painter.save()
        painter.fillRect(area, colours.canvas)
        painter.fillRect(area, index.data(ItemRole.BackgroundRole))
        painter.setFont(index.data(ItemRole.FontRole))
        painter.setPen(index.data(ItemRole.ForegroundRole))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), str(index.data(ItemRole.DisplayRole)))
        if state & QStyle.StateFlag.State_HasFocus or state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(colours.accent, colours.stroke(2.0)))
            painter.drawRect(area.adjusted(1, 1, -2, -2))
        painter.restore()


class MatrixView(PointingView):
    """Owns nothing but the picture; as high and as wide as it needs.

    Signals:
        pointed(actual, predicted): the pointer or the keyboard is on a cell; -1, -1: on none.
        chosen(actual, predicted): a cell was clicked, or Enter was pressed on it.
    """

    chosen = Signal(int, int)

    def __init__(self, model: MatrixModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("confusionMatrix")
        self.setAccessibleName(self.tr("Confusion matrix: rows are the truth, columns what the network says"))
        self._matrix = model
        self.setModel(model)
        self.setItemDelegate(CellPainter(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setHighlightSections(False)
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose)
        self.selectionModel().currentChanged.connect(lambda now, _before: self._point(now))

    def fit(self) -> None:
        """Take the size that the classes need."""
        px, metrics = theme().px, self.horizontalHeader().fontMetrics()
        for at in range(self._matrix.columnCount()):
            name = str(self._matrix.headerData(at, Qt.Orientation.Horizontal) or "")
            wide = min(metrics.horizontalAdvance(name) + px(16), px(WIDEST_NAME))
            self.setColumnWidth(at, max(px(CELL_WIDTH), wide))
            self.setRowHeight(at, px(CELL_HEIGHT))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """All cells and both headers."""
        columns = sum(self.columnWidth(at) for at in range(self._matrix.columnCount()))
        rows = sum(self.rowHeight(at) for at in range(self._matrix.rowCount()))
        width = self.verticalHeader().sizeHint().width() + columns + 4
        height = self.horizontalHeader().sizeHint().height() + rows + 4
        return QSize(width, height)

    def minimumSizeHint(self) -> QSize:
        """As high as it is; as narrow as need be."""
        return QSize(theme().px(120), self.sizeHint().height())

    def can_be_pointed_at(self, index: QModelIndex) -> bool:
        """The counts can, the sums beside them cannot."""
        return index.isValid() and index.row() < self._matrix.size and index.column() < self._matrix.size

    def _choose(self, index: QModelIndex) -> None:
        if self.can_be_pointed_at(index):
            self.chosen.emit(index.row(), index.column())
