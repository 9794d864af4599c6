"""How a line of a plot looks: by colour and by dashes, so that neither has to be told alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from neurosim.panels._paint import line_pen
from neurosim.records import dataclass
from neurosim.widgets.theme import Theme


@dataclass(frozen=True)
class Look:
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
        return colours.colours[self.token]
