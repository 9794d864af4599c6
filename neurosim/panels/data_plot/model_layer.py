"""The layer that moves with every step: the model, where the next step puts it, and the arrows between the two."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyqtgraph
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem

from neurosim.engine.dataset import FloatArray
from neurosim.panels._layer import Layer
from neurosim.panels._paint import draw_tag, line_pen
from neurosim.panels.data_plot.clearance import WORDS, Obstacle, hidden
from neurosim.panels.data_plot.ghost_tag import GhostTag
from neurosim.panels.data_plot.line_model import LineModel
from neurosim.panels.data_plot.picture import Picture
from neurosim.panels.data_plot.plane_model import PlaneModel
from neurosim.panels.data_plot.style import draw_arrow
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.text_width import line_height, text_width
from neurosim.widgets.theme import theme

STRONG = 200
"""Of more rows the current line draws no stronger residuals: they would be one band."""

STRAIGHT = 0.01
"""A curve that leaves its chord by less than so many pixels is straight."""

_ALONG = np.linspace(0.0, 1.0, 16)
"""The corners of an arrow's shaft, as parts of its length."""


class ModelLayer(Layer):
    """The held row's residual, the ghost of the next step, the model itself and the gradient's arrows."""

    def __init__(self, picture: Picture, line: LineModel, plane: PlaneModel, parent: QGraphicsItem) -> None:
        super().__init__(1, parent)
        self._picture = picture
        self._line = line
        self._plane = plane
        self._words = _Words(self, parent)
        self.tag = GhostTag()
        self._arrow_tag = QRectF()
        self._above = False
        self.obstacles: Callable[[], list[Obstacle]] = list
        """What words about the next step keep clear of, besides points and lines."""
        self.ghost_words: tuple[str, ...] = ()
        """What is written beside the ghost."""
        self.arrow_text = ""
        self.arrows_shown = True
        self.note = ""
        """A sentence at the foot of the plot about what cannot be seen."""

    def set_area(self, width: float, height: float) -> None:
        """The words lie over the same area."""
        super().set_area(width, height)
        self._words.set_area(width, height)

    def changed(self) -> None:
        """The words too may be others."""
        super().changed()
        self._words.changed()

    def set_above(self, above: bool) -> None:
        """Paint above the points, with an edge that sets the lines off from them, or below."""
        self._above = above
        self.setZValue(2.5 if above else 1.0)

    def draw(self, painter: QPainter) -> None:
        """Back to front."""
        axes = self._picture.axes
        self._arrow_tag = QRectF()
        if axes is not None and axes.kind == "plane":
            self._draw_plane(painter)
        elif axes is not None:
            self._draw_line(painter)

    def _stroke(self, painter: QPainter, line: FloatArray, pen: QPen) -> None:
        path = _path(line)
        if self._above:
            painter.setPen(line_pen(theme().canvas, pen.widthF() + 3.0))
            painter.drawPath(path)
        painter.setPen(pen)
        painter.drawPath(path)

    def _draw_line(self, painter: QPainter) -> None:
        colours, line = theme(), self._line
        self._draw_strong_residuals(painter)
        if line.ghost is not None:
            self._stroke(painter, line.ghost, line_pen(colours.next, colours.stroke(1.75), dashed=True))
        if line.curve is not None:
            self._stroke(painter, line.curve, line_pen(colours.text, colours.stroke(2.5)))
        width = colours.stroke(2.0)
        for x, tail, head in line.arrows if self.arrows_shown else ():
            if self._above:
                painter.setPen(line_pen(colours.canvas, width + 3.0))
                painter.drawLine(QPointF(x, tail), QPointF(x, head))
            draw_arrow(painter, QPointF(x, tail), QPointF(x, head), colours.gradient, width)
        if line.arrows and self.arrow_text and self.arrows_shown:
            x, tail, head = line.arrows[-1]
            self._tag_arrow(painter, QPointF(x, (tail + head) / 2))

    def _draw_strong_residuals(self, painter: QPainter) -> None:
        """Those of the row in hand, under the pointer and of the current line."""
        colours, picture = theme(), self._picture
        hand = picture.hand
        strong = hand.line if hand.line_residuals and len(hand.line) <= STRONG else frozenset()
        for row in {hand.held, hand.hovered if hand.segment else None, *strong} - {None}:
            if picture.prediction is not None and row is not None and row < picture.prediction.size:
                width = 2.5 if row == hand.hovered or row in strong else 1.25
                painter.setPen(line_pen(colours.loss, colours.stroke(width)))
                top = picture.place_of(row)
                end = float(np.clip(picture.frame.down(float(picture.prediction[row])), -1e4, 1e4))
                painter.drawLine(top, QPointF(top.x(), end))

    def _draw_plane(self, painter: QPainter) -> None:
        colours, plane = theme(), self._plane
        for ghost in plane.ghost:
            self._stroke(painter, ghost, line_pen(colours.next, colours.stroke(1.75), dashed=True))
        for boundary in plane.boundary:
            self._stroke(painter, boundary, line_pen(colours.text, colours.stroke(2.5)))
        for tail, head in plane.arrows if self.arrows_shown else ():
            draw_arrow(painter, QPointF(*tail), QPointF(*head), colours.gradient, colours.stroke(2.0))
        if plane.arrows and self.arrow_text and self.arrows_shown:
            tail, head = plane.arrows[-1]
            self._tag_arrow(painter, QPointF((tail[0] + head[0]) / 2, (tail[1] + head[1]) / 2))

    def shafts(self) -> list[FloatArray]:
        """The arrows that are shown as lines (2, k) in pixels, with a corner every few pixels."""
        axes = self._picture.axes
        if axes is None or not self.arrows_shown:
            return []
        if axes.kind == "plane":
            ends = np.array(self._plane.arrows, dtype=np.float64).reshape(-1, 2, 2)
        else:
            ends = np.array([((x, tail), (x, head)) for x, tail, head in self._line.arrows]).reshape(-1, 2, 2)
        tails = ends[:, 0, :, None]
        return list(tails + (ends[:, 1, :, None] - tails) * _ALONG)

    def note_box(self) -> QRectF:
        """Where the note at the foot stands."""
        rows = self._note_rows()
        if not rows:
            return QRectF()
        metrics = QFontMetricsF(ui_font(11))
        high = metrics.height() * (len(rows) - 1)
        top = self.area.height() - 8 - metrics.ascent() - high
        return QRectF(5, top, max(map(metrics.horizontalAdvance, rows)) + 6, metrics.height() + high)

    def _note_rows(self) -> list[str]:
        """The note; and what the next step brings, where no ghost is in view beside which it could stand.

        Where there is no room for both side by side they stand under one another.
        """
        axes = self._picture.axes
        if axes is None or axes.kind != "plane":
            return []
        ahead = "" if self._plane.ghost else " ".join(self.ghost_words)
        parts = [part for part in (self.note, ahead) if part]
        if not parts:
            return []
        metrics, room = QFontMetricsF(ui_font(11)), self.area.width() - 16
        whole = " · ".join(parts)
        if metrics.horizontalAdvance(whole) <= room:
            return [whole]
        return [metrics.elidedText(part, Qt.TextElideMode.ElideRight, room) for part in parts]

    def draw_words(self, painter: QPainter) -> None:
        """The note at the foot, and the words about the next step."""
        axes, line, plane = self._picture.axes, self._line, self._plane
        self.tag.box = QRectF()
        if axes is None:
            return
        if axes.kind == "plane":
            ghosts, lines = plane.ghost, plane.boundary
            high = line_height(11).height
            for number, row in enumerate(reversed(self._note_rows())):
                place = QPointF(8, self.area.height() - 8 - high * number)
                draw_tag(painter, theme(), place, row, theme().text_muted, right=False)
        elif line.ghost is not None and line.curve is not None:
            ghosts, lines = [line.ghost], [line.curve]
        else:
            return
        if ghosts:
            drawn, words = [*lines, *self.shafts()], self.ghost_words
            taken = self.obstacles()
            if not self._arrow_tag.isEmpty():
                taken = [*taken, (self._arrow_tag, WORDS)]
            self.tag.draw(painter, words, self.area, self._picture, ghosts, drawn, taken)

    def _curves(self) -> list[FloatArray]:
        """The model and its ghost as lines."""
        axes, line, plane = self._picture.axes, self._line, self._plane
        if axes is not None and axes.kind == "plane":
            return [*plane.boundary, *plane.ghost]
        return [curve for curve in (line.curve, line.ghost) if curve is not None]

    def _tag_arrow(self, painter: QPainter, middle: QPointF) -> None:
        high = line_height(11)
        half_width, half_height = text_width(self.arrow_text, 11) / 2, high.height / 2
        aside, below = half_width + 8, 2 * half_height + 6
        x = middle.x() + np.array([aside, -aside, aside, -aside, aside, -aside])
        y = middle.y() + np.array([0.0, 0.0, below, below, -below, -below])
        x = np.clip(x, half_width + 3, max(self.area.right() - half_width - 3, half_width + 3))
        y = np.clip(y, half_height + 1, max(self.area.bottom() - half_height - 1, half_height + 1))
        cost = hidden(x, y, half_width + 3, half_height + 3, self._picture, self._curves()) + np.arange(x.size)
        best = int(np.argmin(cost))
        left, top = float(x[best]) - half_width, float(y[best]) - half_height
        self._arrow_tag = QRectF(left - 3, top - 1, 2 * half_width + 6, 2 * half_height + 2)
        place = QPointF(left, top + high.ascent)
        draw_tag(painter, theme(), place, self.arrow_text, theme().gradient, right=False)


def _path(line: FloatArray) -> QPainterPath:
    """A curve (2, n) to be painted; one that is straight to the eye needs no corners."""
    x, y = line
    run = x[-1] - x[0]
    if run > 0 and float(np.abs(y - y[0] - (x - x[0]) * ((y[-1] - y[0]) / run)).max()) < STRAIGHT:
        path = QPainterPath(QPointF(x[0], y[0]))
        path.lineTo(x[-1], y[-1])
    else:
        path = pyqtgraph.arrayToQPath(x, y)
    return path


class _Words(Layer):
    """What the model's layer says, above the points: among many of them words could not be read otherwise."""

    def __init__(self, model: ModelLayer, parent: QGraphicsItem) -> None:
        super().__init__(2.7, parent)
        self._model = model

    def draw(self, painter: QPainter) -> None:
        """The words."""
        self._model.draw_words(painter)
