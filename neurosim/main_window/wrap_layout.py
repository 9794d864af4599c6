"""A row that becomes several where the window is narrow or the interface large: nothing is cut off or scrolls away."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from neurosim.records import dataclass


@dataclass
class _Line:
    items: list[QLayoutItem]
    width: int
    height: int


class WrapLayout(QLayout):
    """Places its items from left to right and begins a new line where the next one does not fit.

    Items that want to grow sideways share what is left over in their line, so that what follows them stands at the
    right. Owns its items, as every layout does.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = 8
        self._line_gap = 8

    def set_gaps(self, between_items: int, between_lines: int) -> None:
        """Set the gaps in pixels."""
        self._gap, self._line_gap = between_items, between_lines
        self.invalidate()

    @property
    def gap(self) -> int:
        """The gap between two items, in pixels."""
        return self._gap

    def set_widgets(self, widgets: Iterable[QWidget]) -> None:
        """Hold these widgets, in this order, and no others."""
        while self._items:
            self.takeAt(0)
        for widget in widgets:
            self.addWidget(widget)
        self.invalidate()

    # -- as Qt has it ----------------------------------------------------------------------------------------------

    def addItem(self, item: QLayoutItem) -> None:
        """Add at the end."""
        self._items.append(item)

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at *index*, or none."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take the item at *index* out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Sideways only."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """A narrow row is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines at *width*."""
        lines = self._lines(width)
        return sum(line.height for line in lines) + self._line_gap * max(0, len(lines) - 1)

    def sizeHint(self) -> QSize:
        """One line of everything."""
        shown = self._shown()
        width = sum(_width(item) for item in shown) + self._gap * max(0, len(shown) - 1)
        return QSize(width, max((item.sizeHint().height() for item in shown), default=0))

    def minimumSize(self) -> QSize:
        """The widest item alone."""
        shown = self._shown()
        return QSize(
            max((_width(item) for item in shown), default=0),
            max((item.sizeHint().height() for item in shown), default=0),
        )

    def setGeometry(self, rect: QRect) -> None:
        """Place everything in *rect*."""
        super().setGeometry(rect)
        top = rect.top()
        for line in self._lines(rect.width()):
            growing = [item for item in line.items if _grows(item)]
            spare = max(0, rect.width() - line.width)
            left = rect.left()
            for item in line.items:
                width = _width(item)
                if item in growing:
                    width += spare // len(growing)
                height = min(item.sizeHint().height(), line.height)
                if item.hasHeightForWidth():
                    height = min(item.heightForWidth(width), line.height)
                item.setGeometry(QRect(left, top + (line.height - height) // 2, width, height))
                left += width + self._gap
            top += line.height + self._line_gap

    # -- lines -----------------------------------------------------------------------------------------------------

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[_Line]:
        lines: list[_Line] = []
        for item in self._shown():
            wanted = _width(item)
            if not lines or lines[-1].width + self._gap + wanted > width:
                lines.append(_Line([], -self._gap, 0))
            line = lines[-1]
            line.items.append(item)
            line.width += self._gap + wanted
            line.height = max(line.height, item.sizeHint().height())
        return lines


def _grows(item: QLayoutItem) -> bool:
    return bool(item.expandingDirections() & Qt.Orientation.Horizontal)


def _width(item: QLayoutItem) -> int:
    """The width an item needs: its minimum if it grows by itself, else what it would like."""
    return item.minimumSize().width() if _grows(item) else item.sizeHint().width()
