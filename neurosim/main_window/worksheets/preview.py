"""A page of a worksheet as it will be on paper, in small."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from neurosim.exporters.worksheets.pages import PAPER, Page, paint_page
from neurosim.widgets.theme import theme, theme_notifier

WIDTH = 276


class PagePreview(QWidget):
    """Owns the page on view. White in every theme: it is paper."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._page: Page | None = None
        theme_notifier().changed.connect(self.updateGeometry)

    def set_page(self, page: Page | None, words: str) -> None:
        """Show *page*; *words* say what it is to those who do not see it."""
        self._page = page
        self.setAccessibleName(words)
        self.update()

    def page(self) -> Page | None:
        """The page on view."""
        return self._page

    def sizeHint(self) -> QSize:
        """A sheet of A4, so wide that its formulas can be read."""
        width = theme().px(WIDTH)
        return QSize(width, round(width * PAPER[1] / PAPER[0]))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - all of it is painted
        """Paint the page on white paper with a thin edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paper = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.fillRect(paper, Qt.GlobalColor.white)
        if self._page is not None:
            painter.save()
            scale = self.width() / PAPER[0]
            painter.scale(scale, scale)
            paint_page(painter, self._page)
            painter.restore()
        painter.setPen(QPen(theme().border, 1))
        painter.drawRect(paper)
        painter.end()
