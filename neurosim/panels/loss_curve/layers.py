"""What is painted over the axes of the loss curve."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pyqtgraph
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem

from neurosim.engine.dataset import FloatArray
from neurosim.panels._frame import Frame
from neurosim.panels._layer import CachedLayer, Layer
from neurosim.panels._look import Look
from neurosim.panels._paint import ChipLines, draw_chip, draw_tag, line_pen
from neurosim.panels._plot_frame import PlotFrame
from neurosim.panels.loss_curve.curve import NO_CURVE, Curve
from neurosim.panels.loss_curve.lines import MAIN, Line
from neurosim.records import dataclass
from neurosim.training.loss_trace import IntArray
from neurosim.widgets.text_width import text_width
from neurosim.widgets.theme import theme

APART = 16.0
"""A coming step nearer than so many pixels to the present cannot be told from it."""
AROUND = 10.0
"""What is painted at a place reaches less far, in pixels."""
ROOM = 30_000.0
"""Pixels beyond which nothing is painted: paths with larger numbers take for ever."""


@dataclass
class CurvePicture:
    """What is painted now.

    Attributes:
        look: of the main curve.
        test: the loss of the test rows beside it.
        lines: the others that are shown.
        dividers: the steps at which data or settings were edited.
        now, test_now: step and height of the present value, and of the present loss of the test rows; ``None`` when
            there is none, or it cannot be shown.
        coming: the same after the coming step.
        hovered: the step under the pointer.
        note: a sentence at the foot of the plot about what is not shown.
    """

    curve: Curve = NO_CURVE
    look: Look = MAIN
    test: Line | None = None
    lines: tuple[Line, ...] = ()
    dividers: tuple[int, ...] = ()
    divider_text: str = ""
    now: tuple[float, float] | None = None
    test_now: tuple[float, float] | None = None
    coming: tuple[float, float] | None = None
    coming_text: str = ""
    hovered: float | None = None
    note: str = ""


class StillLayer(CachedLayer):
    """Grid, dividers and the lines beside the main one: painted anew only when one of them changes."""

    def __init__(self, picture: CurvePicture, view: PlotFrame, parent: QGraphicsItem) -> None:
        super().__init__(0, parent)
        self._picture = picture
        self._view = view

    def draw(self, painter: QPainter) -> None:
        """Back to front."""
        picture, frame, colours = self._picture, self._view.frame, theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(colours.hairline, 1.0))
        painter.drawLines(self._view.grid())
        painter.setPen(QPen(colours.border, 1.0, Qt.PenStyle.DashLine))
        for step in picture.dividers:
            at = round(frame.across(float(step)))
            painter.drawLine(QPointF(at, 0), QPointF(at, frame.height))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for line in picture.lines:
            painter.setPen(line.look.pen(colours))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            _draw_path(painter, frame, line.curve)
        if picture.dividers:
            at = round(frame.across(float(picture.dividers[-1])))
            right = at > frame.width / 2
            place = QPointF(at - 5 if right else at + 5, 14)
            draw_tag(painter, colours, place, picture.divider_text, colours.text_muted, right=right)


class CurveLayer(CachedLayer):
    """The curve and the test loss beside it: painted anew only when they, or the ranges, change."""

    def __init__(self, picture: CurvePicture, view: PlotFrame, parent: QGraphicsItem) -> None:
        super().__init__(1, parent)
        self._picture = picture
        self._view = view

    def draw(self, painter: QPainter) -> None:
        """Back to front."""
        picture, frame, colours = self._picture, self._view.frame, theme()
        colour = picture.look.colour(colours)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if picture.test is not None:
            painter.setPen(picture.test.look.pen(colours))
            _draw_path(painter, frame, picture.test.curve)
        painter.setPen(picture.look.pen(colours))
        _draw_path(painter, frame, picture.curve)
        if 0 < picture.curve.x.size <= 30:
            # While steps are few each is a thing to point at.
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            for x, y in zip(picture.curve.x.tolist(), picture.curve.y.tolist(), strict=True):
                if np.isfinite(y):
                    painter.drawEllipse(frame.place(x, y), 3.0, 3.0)


class PresentLayer(Layer):
    """The present place on the curve, and the values under the pointer."""

    def __init__(
        self,
        picture: CurvePicture,
        view: PlotFrame,
        label: Callable[[], tuple[ChipLines, list[tuple[QPointF, Look]]]],
        parent: QGraphicsItem,
    ) -> None:
        """``label()`` says what stands in the card at the hovered step, and which points it is about."""
        super().__init__(2, parent)
        self._picture = picture
        self._view = view
        self._label = label
        self._covered = QRectF()

    def changed(self) -> None:
        """Paint anew where something was, and where something is: in a drag that is a small part of the plot."""
        before, self._covered = self._covered, self._extent()
        self.update(before.united(self._covered))

    def set_area(self, width: float, height: float) -> None:
        """In another area everything is somewhere else."""
        super().set_area(width, height)
        self._covered = QRectF(self.area)

    def _extent(self) -> QRectF:
        """Where anything is painted, and a little around it."""
        picture, frame = self._picture, self._view.frame
        if picture.hovered is not None or picture.note:
            return QRectF(self.area)
        found = QRectF()
        for at in (picture.now, picture.test_now, picture.coming):
            if at is not None:
                place = frame.place(*at)
                y = min(max(place.y(), -ROOM), ROOM)
                found = found.united(QRectF(place.x() - AROUND, y - AROUND, 2 * AROUND, 2 * AROUND))
                if at is picture.coming:
                    wide = text_width(picture.coming_text, 11) + 2 * AROUND
                    found = found.united(QRectF(place.x(), y - 3 * AROUND, wide, 5 * AROUND))
        return found.intersected(self.area)

    def draw(self, painter: QPainter) -> None:
        """Back to front."""
        picture, frame, colours = self._picture, self._view.frame, theme()
        colour = picture.look.colour(colours)
        if picture.test_now is not None:
            painter.setPen(QPen(colour, 2.0))
            painter.setBrush(colours.canvas)
            painter.drawEllipse(frame.place(*picture.test_now), 4.5, 4.5)
        self._draw_coming(painter, frame)
        if picture.now is not None:
            painter.setPen(QPen(colours.canvas, 2.0))
            painter.setBrush(colour)
            painter.drawEllipse(frame.place(*picture.now), 6.0, 6.0)
        if picture.note:
            place = QPointF(8, frame.height - 8)
            draw_tag(painter, colours, place, picture.note, colours.text_muted, right=False)
        self._draw_hover(painter, frame)

    def _draw_coming(self, painter: QPainter, frame: Frame) -> None:
        """The way to where the next step leads, as long as it can be told from the curve; it may leave the plot."""
        picture, colours = self._picture, theme()
        if picture.now is None or picture.coming is None:
            return
        here, there = frame.place(*picture.now), frame.place(*picture.coming)
        there.setY(min(max(there.y(), -ROOM), ROOM))
        if math.hypot(there.x() - here.x(), there.y() - here.y()) < APART or there.x() > frame.width:
            return
        painter.setPen(line_pen(colours.next, colours.stroke(1.5), dashed=True))
        painter.drawLine(here, there)
        painter.setPen(QPen(colours.next, colours.stroke(1.5)))
        painter.setBrush(colours.canvas)
        painter.drawEllipse(there, 4.5, 4.5)
        wide = text_width(picture.coming_text, 11)
        there_is_room = 0.0 <= there.y() <= frame.height and there.x() + wide + 14 < frame.width
        if there_is_room and there.x() - here.x() > APART:
            place = QPointF(there.x() + 10, max(there.y() - 6, 12.0))
            draw_tag(painter, colours, place, picture.coming_text, colours.text_muted, right=False)

    def _draw_hover(self, painter: QPainter, frame: Frame) -> None:
        if self._picture.hovered is None:
            return
        colours = theme()
        lines, points = self._label()
        if not points:
            return
        x = frame.across(self._picture.hovered)
        painter.setPen(QPen(colours.border, 1.0))
        painter.drawLine(QPointF(x, 0), QPointF(x, frame.height))
        painter.setPen(QPen(colours.canvas, 1.5))
        for place, look in points:
            painter.setBrush(look.colour(colours))
            painter.drawEllipse(place, 4.5, 4.5)
        draw_chip(painter, colours, self.area, points[0][0], lines)


def _draw_path(painter: QPainter, frame: Frame, curve: Curve) -> None:
    if curve.x.size > 1:
        x, y = pixels_of(frame, curve)
        painter.drawPath(pyqtgraph.arrayToQPath(x, y, connect="finite"))


def pixels_of(frame: Frame, curve: Curve) -> tuple[FloatArray, FloatArray]:
    """The curve in pixels; of the many points over one pixel the first, the lowest, the highest and the last."""
    x, y = frame.across(curve.x), np.clip(frame.down(curve.y), -ROOM, ROOM)
    if x.size <= 4 * frame.width or not np.isfinite(y).all():
        return x, y
    starts = np.flatnonzero(np.diff(np.floor(x), prepend=-np.inf))
    ends = np.append(starts[1:], x.size)
    kept = np.unique(np.concatenate((starts, ends - 1, _extremes(y, starts, ends))))
    return x[kept], y[kept]


def _extremes(y: FloatArray, starts: IntArray, ends: IntArray) -> IntArray:
    """The places of the lowest and the highest of each stretch."""
    column = np.repeat(np.arange(starts.size), ends - starts)
    order = np.lexsort((y, column))
    return np.concatenate((order[starts], order[ends - 1]))
