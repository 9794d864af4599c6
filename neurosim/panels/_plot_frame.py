"""What of a plot is visible: its ranges, which change by fit, pan and zoom only, and the pixels that show them."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QLineF, QObject, QPointF, Signal

from neurosim.engine.dataset import FloatArray
from neurosim.panels._frame import Frame, Range
from neurosim.panels._layer import Layer

FAR = 50.0
"""Nothing is painted farther outside than so many times what is shown."""
UNIT = Frame((0.0, 1.0), (0.0, 1.0), 1.0, 1.0)


def pixels(frame: Frame, x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The pixels of points of the data; those far outside are brought nearer, but stay outside.

    So no number grows beyond what float64 and a painter can take.
    """
    return frame.across(_near(x, frame.x)), frame.down(_near(y, frame.y))


def _near(values: FloatArray, shown: Range) -> FloatArray:
    reach = FAR * (shown[1] - shown[0])
    return np.clip(values, shown[0] - reach, shown[1] + reach)


class PlotFrame(QObject):
    """Owns the visible ranges of a PlotWidget and tells its layers how large they are.

    Signals:
        changed(): the ranges or the size are others; ``frame`` and the layers' areas have followed.
    """

    changed = Signal()

    def __init__(self, plot: Any, parent: QObject | None = None) -> None:  # noqa: ANN401  # pyqtgraph has no types
        super().__init__(parent)
        self._plot = plot
        self._box: Any = plot.getViewBox()
        self._layers: tuple[Layer, ...] = ()
        self._ticks: tuple[Frame, tuple[list[float], list[float]]] | None = None
        self.frame = UNIT
        self._box.sigResized.connect(self._reframe)
        self._box.sigRangeChanged.connect(self._reframe)

    def set_layers(self, *layers: Layer) -> None:
        """The layers that lie over the plotting area."""
        self._layers = layers

    def set_ranges(self, x: Range, y: Range) -> None:
        """Show exactly these ranges."""
        self._box.setRange(xRange=x, yRange=y, padding=0.0, disableAutoRange=True)

    def pan(self, pixels: QPointF) -> None:
        """Move what is shown by *pixels*, as a hand moves a sheet of paper."""
        frame = self.frame
        dx, dy = pixels.x() / frame.x_scale, pixels.y() / frame.y_scale
        self.set_ranges((frame.x[0] - dx, frame.x[1] - dx), (frame.y[0] + dy, frame.y[1] + dy))

    def zoom(self, factor: float, about: QPointF | None = None, across: bool = True, up: bool = True) -> None:
        """Show *factor* times as much, so that what is under *about* stays there (the middle by default)."""
        frame = self.frame
        about = about if about is not None else QPointF(frame.width / 2, frame.height / 2)
        x, y = frame.value(about)
        fx, fy = factor if across else 1.0, factor if up else 1.0
        new_x = x + (frame.x[0] - x) * fx, x + (frame.x[1] - x) * fx
        new_y = y + (frame.y[0] - y) * fy, y + (frame.y[1] - y) * fy
        if all(1e-9 * (1 + abs(low)) < high - low < 1e15 for low, high in (new_x, new_y)):
            self.set_ranges(new_x, new_y)

    def place_in_plot(self, place: QPointF) -> QPointF:
        """A pixel of the viewport as a pixel of the plotting area; fractions of a pixel stay."""
        whole = place.toPoint()
        found = self._box.mapFromScene(self._plot.mapToScene(whole))
        return QPointF(found.x(), found.y()) + (place - QPointF(whole))

    def ticks(self) -> tuple[list[float], list[float]]:
        """The values of the numbered ticks across and up."""
        # The axes work them out anew each time, which takes longer than all the lines of a map.
        if self._ticks is None or self._ticks[0] != self.frame:
            found = self._plot.getAxis("bottom").major_ticks(), self._plot.getAxis("left").major_ticks()
            self._ticks = (self.frame, found)
        return self._ticks[1]

    def grid(self) -> list[QLineF]:
        """A line for each of them, on whole pixels."""
        frame, (across, up) = self.frame, self.ticks()
        upright = [QLineF(x, 0, x, frame.height) for x in (round(frame.across(value)) for value in across)]
        return upright + [QLineF(0, y, frame.width, y) for y in (round(frame.down(value)) for value in up)]

    def _reframe(self, *_: object) -> None:
        (x, y), rect = self._box.viewRange(), self._box.rect()
        if rect.width() < 2 or rect.height() < 2:
            return
        frame = Frame((x[0], x[1]), (y[0], y[1]), rect.width(), rect.height())
        if frame == self.frame:
            return
        self.frame = frame
        for layer in self._layers:
            layer.set_area(frame.width, frame.height)
            layer.changed()
        self.changed.emit()
