"""A row that becomes several where the window is narrow or the interface large: nothing is cut off or scrolls away."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from neurosim.records import dataclass


@dataclass(frozen=True)
class _Size:
    """What an item that is shown asks for."""

    item: QLayoutItem
    width: int
    height: int
    grows: bool


@dataclass
class _Line:
    sizes: list[_Size]
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
        self._known: list[_Size] | None = None
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

    def invalidate(self) -> None:
        """Something asks for another size, comes or goes: ask everything anew."""
        self._known = None
        super().invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        """Add at the end."""
        self._items.append(item)
        self._known = None

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at *index*, or none."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take the item at *index* out."""
        self._known = None
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
        sizes = self._sizes()
        width = sum(size.width for size in sizes) + self._gap * max(0, len(sizes) - 1)
        return QSize(width, max((size.height for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """The widest item alone."""
        sizes = self._sizes()
        return QSize(max((size.width for size in sizes), default=0), max((size.height for size in sizes), default=0))

    def setGeometry(self, rect: QRect) -> None:
        """Place everything in *rect*."""
        super().setGeometry(rect)
        top = rect.top()
        for line in self._lines(rect.width()):
            growing = sum(size.grows for size in line.sizes)
            spare = max(0, rect.width() - line.width)
            left = rect.left()
            for size in line.sizes:
                item, width = size.item, size.width + (spare // growing if size.grows else 0)
                height = min(size.height, line.height)
                if item.hasHeightForWidth():
                    height = min(item.heightForWidth(width), line.height)
                item.setGeometry(QRect(left, top + (line.height - height) // 2, width, height))
                left += width + self._gap
            top += line.height + self._line_gap

    # -- lines -----------------------------------------------------------------------------------------------------

    def _sizes(self) -> list[_Size]:
        """The items that are shown; each is asked once until something changes: a bar is laid out time and again."""
        if self._known is None:
            self._known = [_size(item) for item in self._items if not item.isEmpty()]
        return self._known

    def _lines(self, width: int) -> list[_Line]:
        lines: list[_Line] = []
        for size in self._sizes():
            if not lines or lines[-1].width + self._gap + size.width > width:
                lines.append(_Line([], -self._gap, 0))
            line = lines[-1]
            line.sizes.append(size)
            line.width += self._gap + size.width
            line.height = max(line.height, size.height)
        return lines


def _size(item: QLayoutItem) -> _Size:
    """What an item needs: its minimum width if it grows by itself, else what it would like."""
    hint, grows = item.sizeHint(), bool(item.expandingDirections() & Qt.Orientation.Horizontal)
    return _Size(item, item.minimumSize().width() if grows else hint.width(), hint.height(), grows)
