"""How the line of each variant looks: by colour and by dashes, so that neither has to be told alone."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from neurosim.panels._paint import line_pen
from neurosim.records import dataclass
from neurosim.widgets.theme import Theme, theme


@dataclass(frozen=True)
class VariantLook:
    """A colour token, a width at 100 %, and the lengths of dashes and gaps in widths; no dashes: solid."""

    token: str
    width: float
    dashes: tuple[float, ...] = ()

    def pen(self, colours: Theme) -> QPen:
        """The pen of the theme in force."""
        pen = line_pen(self.colour(colours), colours.stroke(self.width))
        if self.dashes:
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setDashPattern(self.dashes)
        return pen

    def colour(self, colours: Theme) -> QColor:
        """The colour of the theme in force."""
        return colours.colours()[self.token]


LOOKS: Mapping[str, VariantLook] = MappingProxyType(
    {
        "A": VariantLook("loss", 2.25),
        "B": VariantLook("text", 2.0),
        "C": VariantLook("loss", 2.0, (5.0, 2.5)),
        "D": VariantLook("text", 2.0, (1.6, 1.8)),
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
