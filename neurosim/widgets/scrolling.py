"""A page in a window of its own that scrolls upwards and downwards where the screen is too low for it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from neurosim.widgets.theme import theme


class ScrollingPage(QScrollArea):
    """Owns a page that is never cut off sideways: it is at least as wide as the page needs to be."""

    def __init__(self, page: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(page)
        self._page = page

    def sizeHint(self) -> QSize:
        """As large as the page wants to be."""
        return self._page_size(self._page.sizeHint())

    def minimumSizeHint(self) -> QSize:
        """As wide as the page has to be; some of its lines high."""
        needed = self._page_size(self._page.minimumSizeHint())
        return QSize(needed.width(), min(needed.height(), 4 * self.fontMetrics().height()))

    def _page_size(self, size: QSize) -> QSize:
        return size + QSize(self.verticalScrollBar().sizeHint().width() + theme().px(8), 0)
