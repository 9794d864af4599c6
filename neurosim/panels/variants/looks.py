"""How the line of each variant looks: by colour and by dashes, so that neither has to be told alone."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from neurosim.panels._look import Look
from neurosim.widgets.theme import theme

LOOKS: Mapping[str, Look] = MappingProxyType(
    {
        "A": Look("loss", 2.25),
        "B": Look("text", 2.0),
        "C": Look("loss", 2.0, (5.0, 2.5)),
        "D": Look("text", 2.0, (1.6, 1.8)),
    }
)
"""By the variant's letter."""


class LineSample(QWidget):
    """A piece of a variant's line."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = LOOKS[name]

    def sizeHint(self) -> QSize:
        """Room for a few dashes."""
        return QSize(theme().px(24), theme().px(16))

    def minimumSizeHint(self) -> QSize:
        """As it is."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._look.pen(theme()))
        middle = self.height() / 2
        painter.drawLine(2, round(middle), self.width() - 2, round(middle))
