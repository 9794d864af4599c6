"""What the plots share: a quiet PlotWidget with fixed ranges, our own axes, and no menus or gestures of pyqtgraph's."""

from __future__ import annotations

import math
from typing import Any

import pyqtgraph
from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsItem,
    QGraphicsSceneResizeEvent,
    QStyleOptionGraphicsItem,
    QToolButton,
    QWidget,
)

from neurosim.panels._log_ticks import Ticks, log_text, log_ticks
from neurosim.panels._plot_space import PlotSpace
from neurosim.widgets.display import Display
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.icons import icon
from neurosim.widgets.theme import theme

Plot = Any
"""A ``pyqtgraph.PlotWidget``: pyqtgraph carries no types."""
MINUS = "\u2212"


class NumberAxis(pyqtgraph.AxisItem):  # type: ignore[misc]  # pyqtgraph carries no types
    """An axis whose numbers are written as everywhere else: true minus, the user's decimal sign, tabular figures."""

    _painted = False
    _bounds: QRectF | None = None
    _words = ""
    """What stands in the label."""

    def __init__(self, orientation: str, display: Display) -> None:
        super().__init__(orientation)
        self._display = display
        self.enableAutoSIPrefix(False)
        self.setStyle(tickLength=4, maxTickLevel=1)
        # Grid lines and numbers are painted once per range, not once per frame.
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def setRange(self, mn: float, mx: float) -> None:
        """Take another range, and before the first paint the room that its numbers need.

        pyqtgraph finds that out when it paints them: the first picture would have other axes than the next one.
        """
        super().setRange(mn, mx)
        if not self._painted and self.orientation in {"left", "right"} and self.height() > 0:
            font = self.style["tickFont"] or ui_font(11)
            wide = QFontMetricsF(font).horizontalAdvance
            low, high = self.range
            levels = self.tickValues(low, high, self.height())[: self.style["maxTextLevel"] + 1]
            words = [text for spacing, values in levels for text in self.tickStrings(values, self.scale, spacing)]
            self._updateMaxTextSize(math.ceil(max(map(wide, words), default=0.0)))

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget) -> None:
        """As pyqtgraph's; from now on it knows the room itself."""
        self._painted = True
        super().paint(painter, option, widget)

    def boundingRect(self) -> QRectF:
        """As pyqtgraph's, worked out once for each size: Qt asks a dozen times a frame."""
        if self._bounds is None:
            self._bounds = super().boundingRect()
        return self._bounds

    def resizeEvent(self, event: QGraphicsSceneResizeEvent | None = None) -> None:
        """Another size has other bounds."""
        self._bounds = None
        super().resizeEvent(event)

    def setStyle(self, **style: object) -> None:
        """As pyqtgraph's; where its ticks are decides how far it reaches."""
        self._bounds = None
        super().setStyle(**style)

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """The numbers beside the ticks."""
        texts = [log_text(value) for value in values] if self.logMode else self._plain(values, scale, spacing)
        return [text.replace("-", MINUS).replace(".", self._display.decimal) for text in texts]

    def updateAutoSIPrefix(self) -> None:
        """Nothing: numbers stand as they are, without thousands of anything."""

    def _updateLabel(self) -> None:
        """As pyqtgraph's, which has the words laid out again and again when they are still the same."""
        words = self.labelString()
        if words != self._words:
            self._words = words
            self.label.setHtml(words)
        self._adjustSize()
        self.picture = None
        self.update()

    def tickValues(self, minVal: float, maxVal: float, size: float) -> Ticks:  # noqa: N803 - as pyqtgraph has it
        """Where the ticks are."""
        if self.logMode:
            return log_ticks(minVal, maxVal, size)
        found: Ticks = super().tickValues(minVal, maxVal, size)
        return found

    def _plain(self, values: list[float], scale: float, spacing: float) -> list[str]:
        texts: list[str] = super().tickStrings(values, scale, spacing)
        # Zero must not appear as "-0" or with decimals that its neighbours do not have.
        return ["0" if float(text) == 0 else text for text in texts]

    def major_ticks(self) -> list[float]:
        """The values of the ticks that carry a number now."""
        low, high = self.range
        length = self.width() if self.orientation in {"bottom", "top"} else self.height()
        if length <= 0 or high <= low:
            return []
        levels = self.tickValues(low, high, length)
        return [float(value) for value in levels[0][1]] if levels else []


def make_plot(name: str, accessible_name: str, display: Display) -> Plot:
    """A ``pyqtgraph.PlotWidget`` with the object name *name*, whose ranges only we change."""
    axes = {side: NumberAxis(side, display) for side in ("bottom", "left")}
    plot = pyqtgraph.PlotWidget(background=theme().canvas, plotItem=PlotSpace(axes))
    plot.setObjectName(name)
    plot.setAccessibleName(accessible_name)
    # Axes go from left to right in every language, and so do formulas and the graph.
    plot.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    plot.plotItem.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    plot.setFrameShape(QFrame.Shape.NoFrame)
    plot.setMouseEnabled(False, False)
    plot.getViewBox().disableAutoRange()
    plot.getViewBox().setDefaultPadding(0.0)
    plot.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    plot.viewport().setMouseTracking(True)
    # Its ground covers all of it: what lies behind need not be painted first.
    plot.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
    # Every move arrives; the frame clock decides which are painted.
    plot.scene().setProperty("mouseRateLimit", 0)
    pyqtgraph.setConfigOption("mouseRateLimit", 0)
    plot.setMinimumSize(160, 120)
    plot.plotItem.layout.setContentsMargins(2, 6, 14, 2)
    return plot


def restyle_plot(plot: Plot) -> None:
    """Dress *plot* in the current theme."""
    colours = theme()
    plot.setBackground(colours.canvas)
    for side in ("bottom", "left"):
        axis = plot.getAxis(side)
        axis.setPen(QPen(colours.border, 1.0))
        axis.setTextPen(QPen(colours.text_muted))
        axis.setTickFont(ui_font(11))
        axis.label.setFont(ui_font(12))
        axis.label.setDefaultTextColor(colours.text_muted)
        axis.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)


def label_axis(plot: Plot, side: str, text: str) -> None:
    """Write *text* beside an axis."""
    colours = theme()
    font = ui_font(12)
    plot.getAxis(side).setLabel(
        text, **{"color": colours.text_muted.name(), "font-size": f"{font.pixelSize()}px", "font-family": "Inter"}
    )


class CornerButton(QToolButton):
    """The Fit button of a plot, in the corner where the axes meet and nothing else can be.

    Signals:
        wanted(): it was pressed.
    """

    wanted = Signal()

    def __init__(self, plot: Plot, name: str, tip: str) -> None:
        super().__init__(plot)
        self._plot = plot
        self.setObjectName(name)
        self.setIcon(icon("maximize"))
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self.wanted)
        plot.installEventFilter(self)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Show}:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        px = theme().px
        side = px(26)
        self.setIconSize(QSize(px(14), px(14)))
        self.setFixedSize(side, side)
        self.move(px(2), self._plot.height() - side - px(2))
