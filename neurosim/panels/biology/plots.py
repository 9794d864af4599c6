"""One of the panel's plots with what belongs to it: a caption, frame, grid, layer, hands and keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from neurosim.panels._frame import Range
from neurosim.panels._plot_frame import PlotFrame
from neurosim.panels._plot_hands import PlotHands
from neurosim.panels._plot_keys import PlotKeys
from neurosim.panels._plots import make_plot, restyle_plot
from neurosim.panels.biology.layers import CurveLayer, Grid, VoltageLayer, near
from neurosim.panels.biology.picture import CellPicture
from neurosim.training.frame_clock import FrameClock
from neurosim.widgets.display import Display
from neurosim.widgets.elided_label import ElidedLabel
from neurosim.widgets.theme import theme

REACH = 10.0
"""A press this near to a line takes it, in pixels at 100 %."""


class CellPlot(QObject):
    """Owns the plot of one *kind*: ``"voltage"`` over time, ``"rate"`` over current, or ``"activation"`` over z.

    What the axes are is said in a caption over the plot: beside them it would take a third of the room. ``widget``
    holds both.
    """

    def __init__(
        self,
        kind: str,
        name: str,
        title: str,
        picture: CellPicture,
        display: Display,
        clock: FrameClock,
        busy: Callable[[], bool],
        give_up: Callable[[], bool],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.kind = kind
        self.plot = make_plot(name, title, display)
        self.view = PlotFrame(self.plot, self)
        box = self.plot.getViewBox()
        self._grid = Grid(self.view, box)
        self._layer = (
            VoltageLayer(picture, self.view, box) if kind == "voltage" else CurveLayer(picture, self.view, kind, box)
        )
        self.view.set_layers(self._grid, self._layer)
        curve = self._layer if isinstance(self._layer, CurveLayer) else None
        self.grab = near(picture, self.view, kind, REACH, curve)
        across = Qt.CursorShape.SizeVerCursor if kind == "voltage" else Qt.CursorShape.SizeHorCursor
        self.hands = PlotHands(self.plot, self.view, self.grab, across, self)
        self.keys = PlotKeys(self.plot, clock, busy, give_up, self)
        self.widget = QWidget(parent)
        self.caption = self._label("caption", f"{name}Caption")
        self.remark = self._label("", f"{name}Remark")
        self.remark.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._words = QHBoxLayout()
        self._words.addWidget(self.caption, 1)
        self._words.addWidget(self.remark)
        self._column = QVBoxLayout(self.widget)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(self._words)
        self._column.addWidget(self.plot, 1)
        self.keys.lead(self.view)

    def value(self, place: QPointF) -> tuple[float, float]:
        """What is at a pixel, in the units of the axes."""
        return self.view.frame.value(place)

    def set_ranges(self, x: Range, y: Range) -> None:
        """Show exactly these ranges."""
        self.view.set_ranges(x, y)

    def say(self, caption: str, remark: str = "") -> None:
        """Write over the plot what its axes are, and at the right what follows from it."""
        self.caption.set_text(caption)
        self.remark.set_text(remark)
        self.remark.setVisible(bool(remark))

    def repaint(self) -> None:
        """What is painted over the grid is another."""
        self._layer.changed()

    def restyle(self) -> None:
        """Take the colours and lengths of the current theme."""
        restyle_plot(self.plot)
        px = theme().px
        self.plot.setMinimumSize(px(120), px(76))
        self.plot.plotItem.layout.setContentsMargins(2, px(6), px(8), 0)
        self._words.setContentsMargins(px(8), px(2), px(8), 0)
        self._words.setSpacing(px(8))
        self._grid.changed()
        self._layer.changed()

    def _label(self, role: str, name: str) -> ElidedLabel:
        label = ElidedLabel("", self.widget)
        label.setObjectName(name)
        label.setProperty("role", role)
        return label
