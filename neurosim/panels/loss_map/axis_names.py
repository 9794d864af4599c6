"""The names beside the axes of the map; that of a parameter which is lit up, or in the working's line, stands out."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from neurosim.engine.network import Network
from neurosim.panels._words import parameter_name
from neurosim.panels.loss_map.subject import Subject
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.theme import theme


class AxisNames:
    """Owns what is written beside the axes of one plot."""

    def __init__(self, plot: Any) -> None:  # noqa: ANN401  # pyqtgraph carries no types
        self._plot = plot
        self._shown: dict[str, object] = {}
        self._compact = False

    def set_compact(self, compact: bool) -> None:
        """Leave out the name below where there is little height."""
        if compact != self._compact:
            self._compact = compact
            self._plot.getAxis("bottom").showLabel(not compact)

    def forget(self) -> None:
        """Write both anew: colours or sizes are others."""
        self._shown.clear()

    def show(self, network: Network, subject: Subject, lit: Collection[str], in_line: Collection[str]) -> None:
        """Write the names of both parameters."""
        colours = theme()
        for side, parameter in (("bottom", subject.across), ("left", subject.up)):
            name = parameter_name(network, parameter)
            strong = parameter in lit
            colour = colours.accent if strong or parameter in in_line else colours.text_muted
            wanted = (name, strong, colour.rgb())
            if self._shown.get(side) == wanted:
                continue
            self._shown[side] = wanted
            style = {"color": colour.name(), "font-size": f"{ui_font(12).pixelSize()}px", "font-family": "Inter"}
            if strong:
                style["font-weight"] = "bold"
            self._plot.getAxis(side).setLabel(name, **style)
            if side == "bottom" and self._compact:
                self._plot.getAxis(side).showLabel(False)
