"""The plot of a function and its derivative, with a tangent whose point is dragged or moved by keys."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent

from neurosim.markup.tree import Markup
from neurosim.numbers.exact import Number
from neurosim.panels._frame import Frame, Range
from neurosim.panels._paint import ChipLines
from neurosim.panels._plots import CornerButton, make_plot, restyle_plot
from neurosim.panels.calculus.curve import POINTS, Curve, Sampled, curve, fitted_x, fitted_y
from neurosim.panels.calculus.plot_layers import CurvePicture, CurvesLayer, PointLayer, no_curve
from neurosim.widgets.display import Display
from neurosim.widgets.theme import theme

HIT_RADIUS = 12.0
"""A press this near to the point takes it, in pixels."""

REST = 3.0
"""At least so many pixels between two places where a dragged point rests."""

COARSE, FINE = 10, Fraction(1, 10)
ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class CurvePlot(QObject):
    """Owns the widget ``calculusPlot`` and its visible ranges, which change by ``fit``, panning and zooming only.

    Signals:
        moved(object): the user wants the point at this value (an exact fraction).
    """

    moved = Signal(object)

    def __init__(self, display: Display, parent: QObject | None = None) -> None:
        super().__init__(parent)
        name = QCoreApplication.translate("CurvePlot", "Plot of the function and its derivative")
        self.widget: Any = make_plot("calculusPlot", name, display)
        self.picture = CurvePicture()
        self._box: Any = self.widget.getViewBox()
        self._curves = CurvesLayer(self.picture, self._ticks, self._box)
        self._point = PointLayer(self.picture, self._box)
        self._function: Sampled | None = None
        self._derivative: Sampled | None = None
        self._x: Number = Fraction(1)
        self._grip = 0.0
        self._last = QPointF()
        self._fit = CornerButton(
            self.widget, "calculusFit", QCoreApplication.translate("CurvePlot", "Fit: show the whole function (Home)")
        )
        self._fit.wanted.connect(self.fit)
        self.widget.viewport().installEventFilter(self)
        self.widget.installEventFilter(self)
        self._box.sigResized.connect(self._reframe)
        self._box.sigRangeChanged.connect(self._reframe)

    # -- what is shown ---------------------------------------------------------------------------------------------

    @property
    def held(self) -> bool:
        """Whether the point is in hand."""
        return self.picture.held

    def show(self, function: Sampled | None, derivative: Sampled | None) -> None:
        """Draw these two; ``None``: there is none. The ranges stay."""
        self._function, self._derivative = function, derivative
        self._sample()

    def set_point(self, x: Number, value: float | None, slope: float | None, label: ChipLines) -> None:
        """Where the point is, what function and derivative are worth there, and what is written beside it."""
        self._x = x
        picture = self.picture
        picture.x, picture.value, picture.slope, picture.label = float(x), value, slope, label
        self._point.changed()

    def set_muted(self, muted: bool) -> None:
        """Whether the lines are those of a function that is being changed."""
        if muted != self.picture.muted:
            self.picture.muted = muted
            self._curves.changed()

    def set_axis(self, symbol: Markup) -> None:
        """What the horizontal axis is."""
        if symbol != self.picture.axis:
            self.picture.axis = symbol
            self._curves.changed()

    def fit(self) -> None:
        """Show all of the function that is worth seeing."""
        if self._function is None:
            return
        x = fitted_x(self._function, self.picture.x)
        at = np.linspace(x[0], x[1], POINTS // 2)
        kept = [value for value in (self.picture.value,) if value is not None]
        slope = Curve(at, self._derivative(at)) if self._derivative is not None else no_curve()
        y = fitted_y(Curve(at, self._function(at)), slope, self.picture.x, kept)
        self._show_range(x, y)

    def restyle(self) -> None:
        """Take the colours of the current theme."""
        restyle_plot(self.widget)
        # The button that fits stands below the axis: its lowest number stays readable.
        self.widget.getAxis("bottom").setHeight(theme().px(30))
        self._curves.changed()
        self._point.changed()

    # -- hands -----------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the point, move it by keys, zoom, pan with the middle or right button; pyqtgraph sees nothing."""
        if isinstance(event, QMouseEvent):
            self._mouse(event)
            return True
        if isinstance(event, QWheelEvent):
            self._zoom(event)
            return True
        if isinstance(event, QKeyEvent) and event.type() in {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride}:
            if event.type() == QEvent.Type.ShortcutOverride:
                if self._is_ours(event):
                    event.accept()
                return self._is_ours(event)
            return self._key(event)
        if event.type() == QEvent.Type.Leave:
            self._hover(False)
        elif event.type() == QEvent.Type.ContextMenu:
            return True
        return super().eventFilter(watched, event)

    def _mouse(self, event: QMouseEvent) -> None:
        place = QPointF(self._box.mapFromScene(self.widget.mapToScene(event.position().toPoint())))
        kind, picture = event.type(), self.picture
        if kind == QEvent.Type.MouseButtonPress:
            self.widget.setFocus(Qt.FocusReason.MouseFocusReason)
            if event.button() == Qt.MouseButton.LeftButton and self._near(place):
                picture.held = True
                self._grip = place.x() - picture.frame.across(picture.x)
        elif kind == QEvent.Type.MouseMove:
            if picture.held:
                fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self._drag_to(place.x() - self._grip, fine)
            elif event.buttons() & (Qt.MouseButton.MiddleButton | Qt.MouseButton.RightButton):
                self._pan(place - self._last)
            else:
                self._hover(self._near(place))
        elif kind == QEvent.Type.MouseButtonRelease and event.button() == Qt.MouseButton.LeftButton:
            picture.held = False
            self._hover(self._near(place))
        self._last = place
        self._set_cursor()
        self._point.changed()

    def _near(self, place: QPointF) -> bool:
        return any(
            math.hypot(place.x() - handle.x(), place.y() - handle.y()) <= HIT_RADIUS
            for handle in self.picture.handles()
        )

    def _drag_to(self, across: float, fine: bool) -> None:
        frame = self.picture.frame
        across = min(max(across, 0.0), frame.width)
        unit = self.unit() * (FINE if fine else 1)
        value = round(Fraction(frame.x[0] + across / frame.x_scale) / unit) * unit
        if value != self._x:
            self.moved.emit(value)

    def unit(self) -> Fraction:
        """The places where a dragged point rests are multiples of this: 1, 2 or 5 times a power of ten."""
        wanted = REST / self.picture.frame.x_scale
        decade = Fraction(10) ** math.floor(math.log10(wanted))
        return next(decade * digit for digit in (1, 2, 5, 10) if float(decade * digit) >= wanted)

    def _is_ours(self, event: QKeyEvent) -> bool:
        return Qt.Key(event.key()) in {*ARROWS, Qt.Key.Key_Home} and not event.modifiers() & (
            Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
        )

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if not self._is_ours(event):
            return False
        if key == Qt.Key.Key_Home:
            self.fit()
            return True
        unit = self.unit()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            unit *= COARSE
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            unit *= FINE
        there = Fraction(self._x) / unit
        # The next place to rest, wherever the point was.
        steps = math.floor(there) + 1 if ARROWS[key] > 0 else math.ceil(there) - 1
        self.moved.emit(steps * unit)
        return True

    def _hover(self, on: bool) -> None:
        if on != self.picture.hovered:
            self.picture.hovered = on
            self._point.changed()

    def _set_cursor(self) -> None:
        shape = Qt.CursorShape.ArrowCursor
        if self.picture.held:
            shape = Qt.CursorShape.ClosedHandCursor
        elif self.picture.hovered:
            shape = Qt.CursorShape.OpenHandCursor
        self.widget.viewport().setCursor(shape)

    def _pan(self, by: QPointF) -> None:
        frame = self.picture.frame
        dx, dy = by.x() / frame.x_scale, by.y() / frame.y_scale
        self._show_range((frame.x[0] - dx, frame.x[1] - dx), (frame.y[0] + dy, frame.y[1] + dy))

    def _zoom(self, event: QWheelEvent) -> None:
        frame = self.picture.frame
        place = QPointF(self._box.mapFromScene(self.widget.mapToScene(event.position().toPoint())))
        x, y = frame.value(place)
        factor = 1.15 ** (-event.angleDelta().y() / 120)
        # Over an axis only that axis is zoomed.
        fx = 1.0 if place.x() < 0 else factor
        fy = 1.0 if place.y() > frame.height else factor
        self._show_range(
            (x + (frame.x[0] - x) * fx, x + (frame.x[1] - x) * fx),
            (y + (frame.y[0] - y) * fy, y + (frame.y[1] - y) * fy),
        )

    # -- ranges ----------------------------------------------------------------------------------------------------

    def _show_range(self, x: Range, y: Range) -> None:
        if all(1e-9 * (1 + abs(low)) < high - low < 1e15 for low, high in (x, y)):
            self._box.setRange(xRange=x, yRange=y, padding=0.0, disableAutoRange=True)

    def _reframe(self, *_: object) -> None:
        (x, y), rect = self._box.viewRange(), self._box.rect()
        if rect.width() < 2 or rect.height() < 2:
            return
        self.picture.frame = Frame((x[0], x[1]), (y[0], y[1]), rect.width(), rect.height())
        for layer in (self._curves, self._point):
            layer.set_area(rect.width(), rect.height())
        self._sample()
        self._point.changed()

    def _sample(self) -> None:
        picture = self.picture
        height = picture.frame.y[1] - picture.frame.y[0]

        def line(function: Callable[[Any], Any] | None) -> Curve:
            return no_curve() if function is None else curve(function, picture.frame.x, height)

        picture.function, picture.derivative = line(self._function), line(self._derivative)
        self._curves.changed()

    def _ticks(self) -> tuple[list[float], list[float]]:
        return self.widget.getAxis("bottom").major_ticks(), self.widget.getAxis("left").major_ticks()
