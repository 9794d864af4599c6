"""What is painted over the axes of the loss curve."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pyqtgraph
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem

from neurosim.panels._frame import Frame
from neurosim.panels._layer import Layer
from neurosim.panels._paint import ChipLines, draw_chip, draw_tag, line_pen
from neurosim.panels.loss_curve.curve import Curve
from neurosim.widgets.theme import theme

ROOM = 30_000.0


@dataclass
class CurvePicture:
    """What is painted now.

    Attributes:
        dividers: the steps at which data or settings were edited.
        now: step and height of the present loss; ``None`` when there is none, or it cannot be shown.
        hovered: index of the point under the pointer.
        note: a sentence at the foot of the plot about what is not shown.
    """

    frame: Frame = field(default_factory=lambda: Frame((0.0, 1.0), (0.0, 1.0), 1.0, 1.0))
    curve: Curve = field(default_factory=lambda: Curve(np.empty(0), np.empty(0), np.empty(0), 0))
    dividers: tuple[int, ...] = ()
    divider_text: str = ""
    now: tuple[float, float] | None = None
    hovered: int | None = None
    note: str = ""


class CurveLayer(Layer):
    """Grid, dividers, the curve, the present place on it, and the value under the pointer."""

    def __init__(
        self,
        picture: CurvePicture,
        ticks: Callable[[], tuple[list[float], list[float]]],
        label: Callable[[int], ChipLines],
        parent: QGraphicsItem,
    ) -> None:
        super().__init__(0, parent)
        self._picture = picture
        self._ticks = ticks
        self._label = label

    def draw(self, painter: QPainter) -> None:
        """Back to front."""
        picture, colours = self._picture, theme()
        frame = picture.frame
        self._draw_grid(painter)
        for number, step in enumerate(picture.dividers):
            at = round(frame.across(float(step)))
            painter.setPen(QPen(colours.border, 1.0, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(at, 0), QPointF(at, frame.height))
            if number == len(picture.dividers) - 1:
                right = at > frame.width / 2
                place = QPointF(at - 5 if right else at + 5, 14)
                draw_tag(painter, colours, place, picture.divider_text, colours.text_muted, right=right)
        if picture.curve.x.size:
            x = frame.across(picture.curve.x)
            y = np.clip(frame.down(picture.curve.y), -ROOM, ROOM)
            painter.setPen(line_pen(colours.loss, colours.stroke(2.0)))
            if x.size > 1:
                painter.drawPath(pyqtgraph.arrayToQPath(x, y))
            if x.size <= 30:
                # While steps are few each is a thing to point at.
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colours.loss)
                for left, top in zip(x.tolist(), y.tolist(), strict=True):
                    painter.drawEllipse(QPointF(left, top), 3.0, 3.0)
        if picture.now is not None:
            painter.setPen(QPen(colours.canvas, 2.0))
            painter.setBrush(colours.loss)
            painter.drawEllipse(frame.place(*picture.now), 6.0, 6.0)
        if picture.note:
            place = QPointF(8, frame.height - 8)
            draw_tag(painter, colours, place, picture.note, colours.text_muted, right=False)
        self._draw_hover(painter)

    def _draw_grid(self, painter: QPainter) -> None:
        frame = self._picture.frame
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(theme().hairline, 1.0))
        across, up = self._ticks()
        for value in across:
            x = round(frame.across(value))
            painter.drawLine(QPointF(x, 0), QPointF(x, frame.height))
        for value in up:
            y = round(frame.down(value))
            painter.drawLine(QPointF(0, y), QPointF(frame.width, y))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _draw_hover(self, painter: QPainter) -> None:
        picture, colours = self._picture, theme()
        if picture.hovered is None or picture.hovered >= picture.curve.x.size:
            return
        place = picture.frame.place(float(picture.curve.x[picture.hovered]), float(picture.curve.y[picture.hovered]))
        painter.setPen(QPen(colours.border, 1.0))
        painter.drawLine(QPointF(place.x(), 0), QPointF(place.x(), picture.frame.height))
        painter.setPen(QPen(colours.canvas, 1.5))
        painter.setBrush(colours.loss)
        painter.drawEllipse(place, 5.0, 5.0)
        draw_chip(painter, colours, self.area, place, self._label(picture.hovered))
