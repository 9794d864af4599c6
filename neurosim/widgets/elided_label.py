"""A label of one line that ends in dots where room ends, and says the whole on hover and to screen readers."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class ElidedLabel(QLabel):
    """Owns the whole text; what is painted may be shorter."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self._widths: tuple[int, int] | None = None
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.set_text(text)

    def whole_text(self) -> str:
        """The text without dots."""
        return self._whole

    def set_text(self, text: str) -> None:
        """Show *text*, as much of it as fits."""
        if text == self._whole:
            return
        self._whole = text
        self._widths = None
        self.setAccessibleName(text)
        self.updateGeometry()
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the text into the new width."""
        super().resizeEvent(event)
        self._elide()

    def changeEvent(self, event: QEvent) -> None:
        """Fit the text in the new font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._widths = None
            self._elide()

    def sizeHint(self) -> QSize:
        """Room for all of the text."""
        return QSize(self._measured()[0] + 2 * self.margin() + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Room for the dots."""
        return QSize(self._measured()[1], super().minimumSizeHint().height())

    def _measured(self) -> tuple[int, int]:
        """The widths of the whole text and of the dots: layouts ask often, texts seldom change."""
        if self._widths is None:
            metrics = self.fontMetrics()
            self._widths = metrics.horizontalAdvance(self._whole), metrics.horizontalAdvance("0…")
        return self._widths

    def _elide(self) -> None:
        room = self.contentsRect().width()
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, max(room, 0))
        if shown != self.text():
            self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")
