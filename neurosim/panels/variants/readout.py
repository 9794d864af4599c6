"""A short text that changes often: painted in the place that it has, so that nothing is laid out anew for it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from neurosim.widgets.fonts import ui_font
from neurosim.widgets.theme import theme


class Readout(QWidget):
    """Owns the text; what does not fit ends in dots, and is read whole on hover."""

    def __init__(self, name: str, token: str, size: int, parent: QWidget) -> None:
        """Begin empty; *token* is a colour of the theme, *size* the font's in pixels at 100 %."""
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._token, self._size = token, size
        self._text = ""

    def text(self) -> str:
        """What is shown."""
        return self._text

    def show_text(self, text: str, token: str | None = None) -> None:
        """Show another text, in another colour if one is given."""
        if text == self._text and token in (None, self._token):
            return
        self._text = text
        self._token = token if token is not None else self._token
        self.setAccessibleName(text)
        self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(theme().px(80), round(QFontMetricsF(ui_font(self._size)).height()))

    def minimumSizeHint(self) -> QSize:
        """One line, of any width."""
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The text at the left."""
        painter = QPainter(self)
        font = ui_font(self._size)
        painter.setFont(font)
        painter.setPen(theme().colours[self._token])
        text = QFontMetricsF(font).elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(QRectF(self.rect()), int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text)
