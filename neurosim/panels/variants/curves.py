"""The losses of all variants over the steps, in one plot."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from neurosim.engine.dataset import FloatArray
from neurosim.panels._frame import Frame, Range
from neurosim.panels._layer import CachedLayer, Layer
from neurosim.panels._paint import ChipLines, draw_chip
from neurosim.panels._plot_frame import PlotFrame
from neurosim.panels._plots import CornerButton, label_axis, make_plot, restyle_plot
from neurosim.panels.loss_curve.curve import NO_CURVE, Curve, curve_of, height_range, nearest_step, step_range
from neurosim.panels.loss_curve.hands import CurveHands
from neurosim.panels.loss_curve.layers import pixels_of
from neurosim.panels.variants.looks import LOOKS
from neurosim.records import dataclass, field
from neurosim.training.lanes import grouped
from neurosim.training.variants import VariantRun
from neurosim.widgets.display import Display
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.segments import Segments
from neurosim.widgets.theme import theme

LOG_AFTER = 10
"""After so many steps the axis becomes logarithmic by itself, unless the user has chosen."""

FEW_POINTS = 64
"""A line of fewer points is drawn as it is."""

APART = 15.0
"""Letters at the ends of lines stand at least so many pixels apart."""


@dataclass
class Lines:
    """What is painted: the curves by letter, and the step under the pointer."""

    curves: dict[str, Curve] = field(default_factory=dict)
    hovered: float | None = None


class LinesLayer(CachedLayer):
    """Grid, lines and a letter at the end of each."""

    def __init__(self, lines: Lines, view: PlotFrame, parent: Any) -> None:  # noqa: ANN401  # a pyqtgraph ViewBox
        super().__init__(0, parent)
        self._lines, self._view = lines, view

    def draw(self, painter: QPainter) -> None:
        """Back to front: the first variant in front."""
        frame, colours = self._view.frame, theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(colours.hairline, 1.0))
        painter.drawLines(self._view.grid())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for name, curve in reversed(self._lines.curves.items()):
            painter.setPen(LOOKS[name].pen(colours))
            if curve.x.size > 1:
                x, y = simplified(*pixels_of(frame, curve))
                painter.drawPath(pyqtgraph.arrayToQPath(x, y, connect="finite"))
            elif curve.x.size:
                painter.setBrush(LOOKS[name].colour(colours))
                painter.drawEllipse(frame.place(float(curve.x[0]), float(curve.y[0])), 3.0, 3.0)
                painter.setBrush(Qt.BrushStyle.NoBrush)
        self._draw_letters(painter, frame)

    def _draw_letters(self, painter: QPainter, frame: Frame) -> None:
        """A letter on a disc where each line ends, moved apart where they would cover one another."""
        colours = theme()
        ends = []
        for name, curve in self._lines.curves.items():
            if curve.x.size and math.isfinite(float(curve.y[-1])):
                place = frame.place(float(curve.x[-1]), float(curve.y[-1]))
                ends.append((min(max(place.y(), 8.0), frame.height - 8.0), place.x(), name))
        ends.sort()
        apart = APART * colours.zoom
        font = ui_font(11, 600)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        heights = apart_where_near([(x, y) for y, x, _ in ends], apart, frame.height - 8.0 * colours.zoom)
        for at, (_y, x, name) in zip(heights, ends, strict=True):
            radius = 7.5 * colours.zoom
            disc = QRectF(min(x + 4, frame.width - 2 * radius - 1), at - radius, 2 * radius, 2 * radius)
            painter.setPen(QPen(LOOKS[name].colour(colours), colours.stroke(1.25)))
            painter.setBrush(colours.canvas)
            painter.drawEllipse(disc)
            width = metrics.horizontalAdvance(name)
            middle = QPointF(disc.center().x() - width / 2, disc.center().y() + metrics.capHeight() / 2)
            painter.drawText(middle, name)


def apart_where_near(places: Sequence[tuple[float, float]], apart: float, lowest: float) -> list[float]:
    """Heights for *places* (x, y in pixels, by rising y): those near one another stand *apart*, none below *lowest*."""
    heights: list[float] = []
    for index, (x, y) in enumerate(places):
        above = [heights[other] for other in range(index) if abs(places[other][0] - x) < apart]
        heights.append(max([y, *(height + apart for height in above)]))
    for index in reversed(range(len(places))):
        x = places[index][0]
        below = [heights[other] for other in range(index + 1, len(places)) if abs(places[other][0] - x) < apart]
        heights[index] = min([heights[index], lowest, *(height - apart for height in below)])
    return heights


def simplified(x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """A line in pixels with at most two points over each two pixels: dashes along thousands of points take for ever.

    Of the points over two pixels the lowest and the highest stay, in their order; the ends stay as they are.
    """
    if x.size < FEW_POINTS or not np.isfinite(y).all():
        return x, y
    starts = np.flatnonzero(np.diff(np.floor(x / 2.0), prepend=-np.inf))
    low = np.minimum.reduceat(y, starts)
    high = np.maximum.reduceat(y, starts)
    middle = np.add.reduceat(x, starts) / np.diff(np.append(starts, x.size))
    flat = high - low < 1.0
    rising = y[starts] <= y[np.append(starts[1:], x.size) - 1]
    first, last = np.where(rising, low, high), np.where(rising, high, low)
    places = np.stack([middle, middle], axis=1)
    heights = np.stack([np.where(flat, (low + high) / 2, first), last], axis=1)
    kept = np.stack([np.ones_like(flat), ~flat], axis=1)
    return np.concatenate([x[:1], places[kept], x[-1:]]), np.concatenate([y[:1], heights[kept], y[-1:]])


class HoverLayer(Layer):
    """The losses of all variants at the step under the pointer."""

    def __init__(self, lines: Lines, view: PlotFrame, display: Display, parent: Any) -> None:  # noqa: ANN401
        super().__init__(1, parent)
        self._lines, self._view, self._display = lines, view, display

    def card(self) -> ChipLines:
        """The step, and the loss of each variant there."""
        hovered, colours = self._lines.hovered, theme()
        found: ChipLines = []
        if hovered is None:
            return found
        for name, curve in self._lines.curves.items():
            near = nearest_step(curve, hovered)
            if near is not None and abs(float(curve.x[near]) - hovered) * self._view.frame.x_scale < 24:
                value = self._display.text(float(curve.losses[near]))
                found.append((f"{name}  {value}", LOOKS[name].colour(colours)))
        if found:
            found.insert(0, (grouped(round(hovered)), colours.text_muted))
        return found

    def draw(self, painter: QPainter) -> None:
        """A line upwards and a card."""
        lines, hovered, colours = self.card(), self._lines.hovered, theme()
        if not lines or hovered is None:
            return
        x = self._view.frame.across(hovered)
        painter.setPen(QPen(colours.border, 1.0))
        painter.drawLine(QPointF(x, 0), QPointF(x, self._view.frame.height))
        draw_chip(painter, colours, self.area, QPointF(x, self._view.frame.height * 0.35), lines)


class VariantCurves(QFrame):
    """Owns the plot ``variantsPlot`` and the choice of its scale."""

    def __init__(self, display: Display, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "canvas")
        self.plot: Any = make_plot("variantsPlot", self.tr("Loss of each variant per step"), display)
        self.view = PlotFrame(self.plot, self)
        self.lines = Lines()
        box = self.plot.getViewBox()
        self._layer = LinesLayer(self.lines, self.view, box)
        self.hover = HoverLayer(self.lines, self.view, display, box)
        self.view.set_layers(self._layer, self.hover)
        self._present: tuple[Range, Range] | None = None
        self._chosen: str | None = None
        self._scale = "linear"
        self._runs: Sequence[VariantRun] = ()
        self._known: tuple[object, ...] = ()
        self._caption = QLabel(self.tr("Loss per step"), self)
        self._caption.setProperty("role", "caption")
        self._segments = Segments((("linear", self.tr("linear")), ("log", self.tr("log"))), self)
        self._segments.setObjectName("variantsScale")
        self._segments.setAccessibleName(self.tr("Scale of the loss axis"))
        self._segments.chosen.connect(self.set_scale)
        self._head = QHBoxLayout()
        self._head.addWidget(self._caption, 1)
        self._head.addWidget(self._segments)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addWidget(self.plot, 1)
        fit = CornerButton(self.plot, "variantsFit", self.tr("Fit: show all curves (Home)"))
        fit.wanted.connect(self.fit)
        hands = CurveHands(self.plot, self.view, self)
        hands.pointed.connect(self._point_at)
        hands.walked.connect(self._walk)
        hands.fit_wanted.connect(self.fit)
        hands.scale_wanted.connect(lambda: self.set_scale("linear" if self._scale == "log" else "log"))

    @property
    def scale(self) -> str:
        """``"linear"`` or ``"log"``."""
        return self._scale

    def show_runs(self, runs: Sequence[VariantRun]) -> None:
        """Draw the losses of *runs*."""
        self._runs = runs
        longest = max((run.now.step for run in runs), default=0)
        if self._chosen is None:
            self._take_scale("log" if longest > LOG_AFTER else "linear")
        known = (self._scale, *((run.name, run.now.log) for run in runs))
        if known == self._known:
            return
        self._known = known
        log = self._scale == "log"
        self.lines.curves = {run.name: curve_of(run.now.log.steps, run.now.log.losses, log) for run in runs}
        if longest == 0 and self._present is not None and self._present[0][1] > 10:
            self._present = None  # they have begun anew
        self._grow()
        self._layer.changed()
        self.hover.changed()

    def set_scale(self, scale: str) -> None:
        """Choose the scale of the loss axis; from now on it stays as chosen."""
        self._chosen = scale
        self._take_scale(scale)
        self.show_runs(self._runs)

    def fit(self) -> None:
        """Show all curves, and no more steps."""
        self._present = None
        self._grow()
        last = max((float(c.x[-1]) for c in self.lines.curves.values() if c.x.size), default=0.0)
        if last > 10 and self._present is not None:
            self._present = ((0.0, last), self._present[1])
            self._set_ranges()

    def restyle(self) -> None:
        """Take the colours and lengths of the current theme."""
        px = theme().px
        self._head.setContentsMargins(px(8), px(4), px(8), 0)
        restyle_plot(self.plot)
        label_axis(self.plot, "bottom", self.tr("step"))
        self.plot.setMinimumHeight(px(132))
        for layer in (self._layer, self.hover):
            layer.changed()

    # -- helpers ---------------------------------------------------------------------------------------------------

    def _take_scale(self, scale: str) -> None:
        if scale != self._scale:
            self._scale = scale
            self._present = None
        if self._segments.value() != scale:
            self._segments.set_value(scale)
        axis = self.plot.getAxis("left")
        if axis.logMode != (scale == "log"):
            axis.setLogMode(scale == "log")

    def _grow(self) -> None:
        curves = list(self.lines.curves.values()) or [NO_CURVE]
        heights = np.concatenate([curve.y for curve in curves])
        last = max((float(curve.x[-1]) for curve in curves if curve.x.size), default=0.0)
        present = self._present
        wanted = (
            step_range(last, present[0] if present is not None else None),
            height_range(heights, self._scale == "log", present[1] if present is not None else None),
        )
        if wanted != present:
            self._present = wanted
            self._set_ranges()

    def _set_ranges(self) -> None:
        if self._present is not None:
            (low, high), y = self._present
            self.view.set_ranges((low - 0.03 * (high - low), high + 0.06 * (high - low)), y)

    def _point_at(self, place: QPointF | None) -> None:
        frame, hovered = self.view.frame, None
        if place is not None and -4 <= place.x() <= frame.width + 4 and -4 <= place.y() <= frame.height + 4:
            hovered = self._step_near(frame.value(place)[0])
        if hovered != self.lines.hovered:
            self.lines.hovered = hovered
            self.hover.changed()

    def _step_near(self, step: float) -> float | None:
        steps = [
            float(curve.x[near])
            for curve in self.lines.curves.values()
            if (near := nearest_step(curve, step)) is not None
        ]
        return min(steps, key=lambda found: abs(found - step), default=None)

    def _walk(self, by: int) -> None:
        """Point at the next step that was measured, or the one before."""
        steps = np.unique(np.concatenate([curve.x for curve in self.lines.curves.values()] or [np.empty(0)]))
        if not steps.size:
            return
        hovered = self.lines.hovered
        if hovered is None:
            place = steps.size - 1
        else:
            at = int(np.searchsorted(steps, hovered, side="right" if by > 0 else "left"))
            place = min(max(at if by > 0 else at - 1, 0), steps.size - 1)
        self.lines.hovered = float(steps[place])
        self.hover.changed()
