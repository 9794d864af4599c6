"""What is painted over the axes: a function, its derivative, and the tangent at the point in hand."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyqtgraph
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem

from neurosim.markup.build import italic, row
from neurosim.markup.tree import Markup, Symbol
from neurosim.panels._frame import Frame
from neurosim.panels._layer import CachedLayer, Layer
from neurosim.panels._paint import ChipLines, draw_chip, line_pen
from neurosim.panels.calculus.curve import Curve
from neurosim.records import dataclass, field
from neurosim.widgets.formula import Ink, set_formula
from neurosim.widgets.theme import theme, with_alpha

FAR = 30_000.0
"""Pixels beyond which nothing is drawn: a line to a pole ends there."""

POINT = 11.0

NAMES = (italic("f"), row(italic("f"), Symbol("′", "upright")))
"""What the two lines are called."""


def no_curve() -> Curve:
    """A line without points."""
    return Curve(np.empty(0), np.empty(0))


@dataclass
class CurvePicture:
    """What is painted now.

    Attributes:
        function, derivative: their lines.
        x: where the point is.
        value, slope: of the function there; ``None`` where there is none.
        axis: the symbol that the horizontal axis is; ``None``: it has no name.
        label: what is written beside the point while it is in hand or under the pointer.
        held: whether it is in hand.
        hovered: whether the pointer is on it.
        muted: the lines belong to a function that is being changed.
    """

    frame: Frame = field(default_factory=lambda: Frame((0.0, 1.0), (0.0, 1.0), 1.0, 1.0))
    function: Curve = field(default_factory=no_curve)
    derivative: Curve = field(default_factory=no_curve)
    x: float = 0.0
    value: float | None = None
    slope: float | None = None
    axis: Markup | None = None
    label: ChipLines = field(default_factory=list)
    held: bool = False
    hovered: bool = False
    muted: bool = False

    def handles(self) -> list[QPointF]:
        """Where the point can be taken, in pixels: on the function and on its derivative, else on the axis."""
        found = [self.frame.place(self.x, y) for y in (self.value, self.slope) if y is not None]
        return found or [self.frame.place(self.x, min(max(0.0, self.frame.y[0]), self.frame.y[1]))]


class CurvesLayer(CachedLayer):
    """Grid, axes, both lines and their names."""

    def __init__(
        self, picture: CurvePicture, ticks: Callable[[], tuple[list[float], list[float]]], parent: QGraphicsItem
    ) -> None:
        super().__init__(0, parent)
        self._picture = picture
        self._ticks = ticks

    def draw(self, painter: QPainter) -> None:
        """Back to front."""
        picture, colours = self._picture, theme()
        self._draw_grid(painter)
        ink = with_alpha(colours.text, 0.4) if picture.muted else colours.text
        purple = with_alpha(colours.gradient, 0.4) if picture.muted else colours.gradient
        self._draw_line(painter, picture.derivative, purple, 2.0)
        self._draw_line(painter, picture.function, ink, 2.5)
        self._draw_names(painter)

    def _draw_grid(self, painter: QPainter) -> None:
        frame, colours = self._picture.frame, theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        across, up = self._ticks()
        painter.setPen(QPen(colours.hairline, 1.0))
        for value in across:
            x = round(frame.across(value))
            painter.drawLine(QPointF(x, 0), QPointF(x, frame.height))
        for value in up:
            y = round(frame.down(value))
            painter.drawLine(QPointF(0, y), QPointF(frame.width, y))
        painter.setPen(QPen(colours.border, 1.0))
        x, y = round(frame.across(0.0)), round(frame.down(0.0))
        if 0 <= x <= frame.width:
            painter.drawLine(QPointF(x, 0), QPointF(x, frame.height))
        if 0 <= y <= frame.height:
            painter.drawLine(QPointF(0, y), QPointF(frame.width, y))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _draw_line(self, painter: QPainter, line: Curve, colour: QColor, width: float) -> None:
        if line.x.size < 2:
            return
        frame = self._picture.frame
        x, y = frame.across(line.x), np.clip(frame.down(line.y), -FAR, FAR)
        painter.setPen(line_pen(colour, theme().stroke(width)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(pyqtgraph.arrayToQPath(x, y, connect="finite"))

    def _draw_names(self, painter: QPainter) -> None:
        """Which line is which, in a corner that is cleared of what is under it; and what the axis is."""
        picture, colours, px = self._picture, theme(), theme().px
        names = [set_formula(markup, 16 * colours.zoom) for markup in NAMES]
        sample, gap, high = px(20), px(6), px(20)
        width = sample + gap + max(name.width for name in names)
        wide, tall, edge = width + 2 * gap, 2.0 * high, float(px(6))
        left_end, right_end = edge, picture.frame.width - wide - edge
        low_end = picture.frame.height - tall - edge
        corners = [QPointF(left_end, edge), QPointF(right_end, edge), QPointF(left_end, low_end)]
        box = self._clearest([QRectF(corner.x(), corner.y(), wide, tall) for corner in corners])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(with_alpha(colours.canvas, 0.85))
        painter.drawRoundedRect(box, 4, 4)
        for number, (name, colour, stroke) in enumerate(
            zip(names, (colours.text, colours.gradient), (2.5, 2.0), strict=True)
        ):
            middle = box.top() + (number + 0.5) * high
            painter.setPen(line_pen(colour, colours.stroke(stroke)))
            painter.drawLine(QPointF(box.left() + gap, middle), QPointF(box.left() + gap + sample, middle))
            name.paint(painter, box.left() + 2 * gap + sample, middle + px(5), Ink(colour))
        if picture.axis is not None:
            axis = set_formula(picture.axis, 16 * colours.zoom)
            wide, tall = axis.width + px(6), px(20)
            left = picture.frame.width - wide - px(2)
            tops = [picture.frame.height - (1 + number) * tall for number in range(3)]
            place = self._clearest([QRectF(left, top, wide, tall) for top in tops])
            axis.paint(painter, place.left() + px(3), place.bottom() - px(7), Ink(colours.text_muted))

    def _clearest(self, places: list[QRectF]) -> QRectF:
        """The first of *places* through which the lines pass least."""
        frame = self._picture.frame

        def crossed(place: QRectF) -> int:
            count = 0
            for line in (self._picture.function, self._picture.derivative):
                x, y = frame.across(line.x), frame.down(line.y)
                inside = (x >= place.left()) & (x <= place.right()) & (y >= place.top()) & (y <= place.bottom())
                count += int(inside.sum())
            return count

        return min(places, key=crossed)


class PointLayer(Layer):
    """The tangent, the point on both lines, and its numbers while it is looked at."""

    def __init__(self, picture: CurvePicture, parent: QGraphicsItem) -> None:
        super().__init__(2, parent)
        self._picture = picture

    def draw(self, painter: QPainter) -> None:
        """The guide between both points, the tangent, the points, the label."""
        picture, colours = self._picture, theme()
        frame = picture.frame
        if not self.area.adjusted(-POINT, 0, POINT, 0).contains(frame.across(picture.x), self.area.height() / 2):
            return
        handles = picture.handles()
        painter.setPen(QPen(colours.border, colours.stroke(1.0), Qt.PenStyle.DotLine))
        along = [*handles, frame.place(picture.x, 0.0)]
        top, bottom = min(place.y() for place in along), max(place.y() for place in along)
        across = handles[0].x()
        painter.drawLine(QPointF(across, max(top, -10.0)), QPointF(across, min(bottom, frame.height + 10)))
        if picture.value is not None and picture.slope is not None:
            self._draw_tangent(painter, picture.value, picture.slope)
        tones = [colours.text] if picture.value is not None else []
        tones += [colours.gradient] if picture.slope is not None else []
        for place, tone in reversed(list(zip(handles, tones or [colours.text_muted], strict=True))):
            self._draw_point(painter, place, tone)
        if (picture.held or picture.hovered) and picture.label:
            draw_chip(painter, colours, self.area, handles[0], picture.label)

    def _draw_tangent(self, painter: QPainter, value: float, slope: float) -> None:
        picture = self._picture
        left, right = picture.frame.x
        ends = [
            QPointF(picture.frame.across(x), picture.frame.down(value + slope * (x - picture.x))) for x in (left, right)
        ]
        if any(abs(end.y()) > FAR for end in ends):
            # Very steep: an upright line through the point, as long as can be drawn without overflow.
            place = picture.frame.place(picture.x, value)
            rise = -slope * picture.frame.y_scale / picture.frame.x_scale
            reach = 2 * picture.frame.height / max(abs(rise), 1e-9)
            ends = [QPointF(place.x() + side * reach, place.y() + side * reach * rise) for side in (-1, 1)]
        painter.setPen(line_pen(theme().text, theme().stroke(1.5), dashed=True))
        painter.drawLine(ends[0], ends[1])

    def _draw_point(self, painter: QPainter, place: QPointF, colour: QColor) -> None:
        picture, colours = self._picture, theme()
        size = POINT * colours.zoom
        if picture.held or picture.hovered:
            painter.setPen(QPen(with_alpha(colours.text, 0.45), 1.0))
            painter.setBrush(with_alpha(colours.text, 0.14))
            painter.drawEllipse(place, size / 2 + 5, size / 2 + 5)
        painter.setPen(QPen(colours.canvas, 1.5))
        painter.setBrush(colour)
        painter.drawEllipse(place, size / 2, size / 2)
