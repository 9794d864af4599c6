"""What is painted over the axes: the membrane's voltage with its spikes, and the two curves side by side."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyqtgraph
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem

from neurosim.engine.dataset import FloatArray
from neurosim.panels._frame import Frame
from neurosim.panels._layer import CachedLayer, Layer
from neurosim.panels._paint import draw_tag, line_pen
from neurosim.panels._plot_frame import PlotFrame, pixels
from neurosim.panels.biology.kept import ONSET
from neurosim.panels.biology.picture import CellPicture, activations_over, rates_over, spike_top
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.theme import theme, with_alpha

CROWDED = 2.0
"""Spikes nearer to one another than so many pixels are drawn as a band."""

GRIP = 24.0
"""The grips on the movable lines, in pixels at 100 % along the line."""


class Grid(CachedLayer):
    """The grid lines under everything."""

    def __init__(self, view: PlotFrame, parent: QGraphicsItem) -> None:
        super().__init__(0, parent)
        self._view = view

    def draw(self, painter: QPainter) -> None:
        """Thin lines on whole pixels."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(theme().hairline, 1.0))
        painter.drawLines(self._view.grid())


class VoltageLayer(Layer):
    """The voltage over time, the spikes, the threshold that can be moved, and how far the cell has been played."""

    def __init__(self, picture: CellPicture, view: PlotFrame, parent: QGraphicsItem) -> None:
        super().__init__(1, parent)
        self._picture = picture
        self._view = view

    def draw(self, painter: QPainter) -> None:
        """Back to front."""
        picture, frame = self._picture, self._view.frame
        if picture.subject is None:
            return
        self._draw_input(painter, frame)
        self._draw_levels(painter, frame)
        response = picture.response
        if response is not None:
            cursor = picture.cursor
            if cursor is None:
                self._draw_trace(painter, frame, None)
            else:
                painter.setOpacity(0.25)
                self._draw_trace(painter, frame, None)
                painter.setOpacity(1.0)
                self._draw_trace(painter, frame, cursor)
                self._draw_cursor(painter, frame, cursor)
        self._draw_threshold(painter, frame)
        words = picture.texts.get("spikes", "")
        if words:
            colours = theme()
            metrics = QFontMetricsF(ui_font(11))
            place = QPointF(frame.width - 6, metrics.ascent() + 4)
            draw_tag(painter, colours, place, words, colours.text, right=True)

    def _draw_input(self, painter: QPainter, frame: Frame) -> None:
        """When the input flows: a band."""
        colours, picture = theme(), self._picture
        left = frame.across(ONSET)
        band = QRectF(left, 0, frame.width - left, frame.height)
        lit = picture.is_lit("current")
        painter.fillRect(band, with_alpha(colours.accent, 0.14 if lit else 0.05))
        painter.setPen(QPen(colours.accent if lit else colours.border, colours.stroke(1.0), Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(left, 0), QPointF(left, frame.height))

    def _draw_levels(self, painter: QPainter, frame: Frame) -> None:
        """Where the voltage rests."""
        colours, picture = theme(), self._picture
        painter.setPen(QPen(colours.border, 1.0, Qt.PenStyle.DotLine))
        y = frame.down(picture.cell.v_rest)
        painter.drawLine(QPointF(0, y), QPointF(frame.width, y))

    def _draw_trace(self, painter: QPainter, frame: Frame, until: float | None) -> None:
        picture, colours = self._picture, theme()
        response = picture.response
        if response is None:
            return
        lit = picture.is_lit("voltage")
        pen = line_pen(colours.accent if lit else colours.text, colours.stroke(2.5 if lit else 2.0))
        spikes = response.spikes
        spacing = frame.width / max(len(spikes), 1)
        if spacing < CROWDED:
            self._draw_band(painter, frame, until)
            return
        times, voltages = response.trace(max(picture.duration / max(frame.width, 1.0), 0.01))
        if until is not None:
            kept = times <= until
            here = np.array([min(until, picture.duration)])
            times = np.append(times[kept], here)
            voltages = np.append(voltages[kept], response.voltage(here))
            spikes = spikes[spikes <= until]
        x, y = pixels(frame, times, voltages)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(pyqtgraph.arrayToQPath(x, y))
        self._draw_spikes(painter, frame, spikes)

    def _draw_spikes(self, painter: QPainter, frame: Frame, spikes: FloatArray) -> None:
        picture, colours = self._picture, theme()
        lit = picture.is_lit("spikes")
        top, foot = frame.down(spike_top(picture.cell)), frame.down(picture.cell.v_threshold)
        painter.setPen(QPen(colours.accent if lit else colours.text, colours.stroke(2.5 if lit else 1.5)))
        painter.drawLines([QLineF(x, foot, x, top) for x in frame.across(spikes).tolist()])

    def _draw_band(self, painter: QPainter, frame: Frame, until: float | None) -> None:
        """So many spikes that they cannot be told apart."""
        picture, colours = self._picture, theme()
        response = picture.response
        if response is None or not len(response.spikes):
            return
        first = float(response.spikes[0])
        last = picture.duration if until is None else min(until, picture.duration)
        if last <= first:
            return
        left, right = frame.across(first), frame.across(last)
        top, foot = frame.down(spike_top(picture.cell)), frame.down(picture.cell.v_reset)
        painter.fillRect(QRectF(left, top, right - left, foot - top), with_alpha(colours.text, 0.7))

    def _draw_cursor(self, painter: QPainter, frame: Frame, cursor: float) -> None:
        colours, picture = theme(), self._picture
        x = frame.across(cursor)
        painter.setPen(QPen(colours.accent, colours.stroke(1.0)))
        painter.drawLine(QPointF(x, 0), QPointF(x, frame.height))
        if picture.response is not None:
            voltage = float(picture.response.voltage(np.array([cursor]))[0])
            painter.setPen(QPen(colours.canvas, 1.5))
            painter.setBrush(colours.accent)
            painter.drawEllipse(frame.place(cursor, voltage), 5.0, 5.0)

    def _draw_threshold(self, painter: QPainter, frame: Frame) -> None:
        colours, picture = theme(), self._picture
        lit = picture.is_lit("threshold")
        colour = colours.accent if lit else colours.text_muted
        y = frame.down(picture.cell.v_threshold)
        painter.setPen(line_pen(colour, colours.stroke(2.5 if lit else 1.5), dashed=True))
        painter.drawLine(QPointF(0, y), QPointF(frame.width, y))
        draw_grip(painter, QPointF(colours.px(18), y), colour, upright=False, focused=picture.hand.focused == "voltage")
        words = picture.texts.get("threshold", "")
        if words:
            draw_tag(painter, colours, QPointF(colours.px(36), y - 5), words, colour, right=False)


class CurveLayer(Layer):
    """One of the two curves over the same input, and where the neuron is on it: a line that can be moved."""

    def __init__(self, picture: CellPicture, view: PlotFrame, kind: str, parent: QGraphicsItem) -> None:
        """Paint the ``"rate"`` over the current, or the ``"activation"`` over z."""
        super().__init__(1, parent)
        self._picture = picture
        self._view = view
        self._kind = kind

    def draw(self, painter: QPainter) -> None:
        """Back to front."""
        picture, frame, colours = self._picture, self._view.frame, theme()
        if picture.subject is None:
            return
        painter.setPen(QPen(colours.border, 1.0))
        zero, foot = round(frame.across(0.0)), round(frame.down(0.0))
        painter.drawLine(QPointF(zero, 0), QPointF(zero, frame.height))
        painter.drawLine(QPointF(0, foot), QPointF(frame.width, foot))
        if self._kind == "rate":
            self._draw_start(painter, frame)
        x, y = self._curve(frame)
        lit = picture.is_lit(self._kind)
        painter.setPen(line_pen(colours.accent if lit else colours.text, colours.stroke(3.0 if lit else 2.5)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(pyqtgraph.arrayToQPath(*pixels(frame, x, y), connect="finite"))
        self._draw_here(painter, frame)

    def _curve(self, frame: Frame) -> tuple[FloatArray, FloatArray]:
        count = max(64, round(frame.width))
        if self._kind == "rate":
            return rates_over(self._picture.cell, frame.x, count)
        subject = self._picture.subject
        return activations_over(subject.activation if subject is not None else "identity", frame.x, count)

    def _draw_start(self, painter: QPainter, frame: Frame) -> None:
        """The current above which the cell fires."""
        colours, picture = theme(), self._picture
        lit = picture.is_lit("threshold")
        x = frame.across(picture.cell.threshold_current)
        if not -1 <= x <= frame.width + 1:
            return
        colour = colours.accent if lit else colours.text_muted
        painter.setPen(line_pen(colour, colours.stroke(2.0 if lit else 1.25), dashed=True))
        painter.drawLine(QPointF(x, 0), QPointF(x, frame.height))

    def _draw_here(self, painter: QPainter, frame: Frame) -> None:
        """Where the neuron is: a line to the curve, and one from there to the axis."""
        here = self.place()
        if here is None:
            return
        colours, picture = theme(), self._picture
        lit = picture.is_lit("current")
        x, y = frame.place(*here).x(), frame.place(*here).y()
        if not -1 <= x <= frame.width + 1:
            return
        painter.setPen(QPen(colours.accent, colours.stroke(2.5 if lit else 1.5)))
        painter.drawLine(QPointF(x, 0), QPointF(x, frame.height))
        painter.setPen(QPen(colours.accent, 1.0, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(0, y), QPointF(x, y))
        focused = picture.hand.focused == self._kind
        top, foot = colours.px(14), frame.height - colours.px(14)
        grip = top if y - top >= foot - y or y - top > colours.px(GRIP) else foot  # clear of the point
        draw_grip(painter, QPointF(x, grip), colours.accent, upright=True, focused=focused)
        painter.setPen(QPen(colours.canvas, 1.5))
        painter.setBrush(colours.accent)
        painter.drawEllipse(QPointF(x, y), 5.5, 5.5)
        words = picture.texts.get(self._kind, "")
        if words:
            metrics = QFontMetricsF(ui_font(11))
            wide = metrics.horizontalAdvance(words)
            # left of the line in the right half, inside in any case
            left = x - 9 - wide if x > frame.width / 2 else x + 9
            left = max(4.0, min(left, frame.width - 4 - wide))
            clear = y - 8 if left + wide < x or left > x else y - 12
            place = QPointF(left, max(clear, metrics.ascent() + 4))
            draw_tag(painter, colours, place, words, colours.text, right=False)

    def place(self) -> tuple[float, float] | None:
        """Where the neuron is, in the units of the axes."""
        picture = self._picture
        subject = picture.subject
        if subject is None or picture.current is None:
            return None
        if self._kind == "rate":
            return picture.current, picture.rate
        if subject.z is None or subject.a is None:
            return None
        return float(subject.z), float(subject.a)


def draw_grip(painter: QPainter, middle: QPointF, colour: QColor, *, upright: bool, focused: bool) -> None:
    """Where a line can be taken hold of: a small handle with two arrow heads across the line."""
    colours, px = theme(), theme().px
    along, across = px(GRIP) / 2, px(12) / 2
    half_width, half_height = (across, along / 1.4) if upright else (along / 1.4, across)
    body = QRectF(middle.x() - half_width, middle.y() - half_height, 2 * half_width, 2 * half_height)
    if focused:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.accent, colours.stroke(2.0)))
        painter.drawRoundedRect(body.adjusted(-3, -3, 3, 3), px(6), px(6))
    painter.setPen(QPen(colour, colours.stroke(1.5)))
    painter.setBrush(colours.raised)
    painter.drawRoundedRect(body, px(4), px(4))
    reach = px(2)
    if upright:
        lines = [
            QLineF(middle.x() + s * reach, middle.y() - px(4), middle.x() + s * reach, middle.y() + px(4))
            for s in (-1, 1)
        ]
    else:
        lines = [
            QLineF(middle.x() - px(4), middle.y() + s * reach, middle.x() + px(4), middle.y() + s * reach)
            for s in (-1, 1)
        ]
    painter.drawLines(lines)


def near(
    picture: CellPicture, view: PlotFrame, kind: str, reach: float, layer: CurveLayer | None
) -> Callable[[QPointF], str | None]:
    """What a press at a place of the plot *kind* takes hold of."""

    def grab(place: QPointF) -> str | None:
        frame = view.frame
        if picture.subject is None or not (-4 <= place.x() <= frame.width + 4 and -4 <= place.y() <= frame.height + 4):
            return None
        close = reach * theme().zoom
        if kind == "voltage":
            return "threshold" if abs(place.y() - frame.down(picture.cell.v_threshold)) <= close else None
        here = layer.place() if layer is not None else None
        return "current" if here is not None and abs(place.x() - frame.across(here[0])) <= close else None

    return grab
