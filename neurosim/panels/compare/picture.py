"""The small picture of the comparison: both curves over one input, and the residuals of both; the earlier dashed."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from neurosim.engine.dataset import FloatArray
from neurosim.engine.evaluate import Evaluator
from neurosim.engine.representation import points
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.format import MINUS
from neurosim.panels._frame import Frame, Range, fitted, nice_levels
from neurosim.panels._paint import draw_tag, line_pen
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.theme import Theme, theme, with_alpha

POINTS = 160
"""So many values of the input are computed for a curve."""

MOST_RESIDUALS = 400
"""With more rows residuals would be one grey mass: only points and curves are drawn."""


def can_be_drawn(snapshot: Snapshot) -> bool:
    """Whether a snapshot is a curve over one input with a target to compare with."""
    network, columns = snapshot.network, snapshot.dataset.columns
    if len(network.inputs) != 1 or len(network.outputs) != 1:
        return False
    output = network.outputs[0]
    return (
        network.inputs[0].column in columns
        and output.target is not None
        and output.target in columns
        and output.node in snapshot.activations
        and snapshot.dataset.n_rows > 0
    )


class _Side:
    """One moment: its rows, its predictions and its curve over a range of the input."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        network, columns = snapshot.network, snapshot.dataset.columns
        output = network.outputs[0]
        self.node = output.node
        self.input = network.inputs[0].column
        self.x: FloatArray = columns[self.input].floats
        self.y: FloatArray = columns[output.target or ""].floats
        self.predicted: FloatArray = snapshot.activations[self.node]
        self._curve: tuple[Range, FloatArray, FloatArray] | None = None

    def curve(self, over: Range, evaluator: Evaluator) -> tuple[FloatArray, FloatArray]:
        """Values of the input, and of the output at each."""
        if self._curve is None or self._curve[0] != over:
            x = np.linspace(over[0], over[1], POINTS)
            found = evaluator.evaluate(
                self.snapshot.network, points(self.snapshot.dataset, {self.input: x}), self.snapshot.settings
            )
            self._curve = (over, x, found.activations.get(self.node, np.full(POINTS, np.nan)))
        return self._curve[1], self._curve[2]


class ComparePicture(QWidget):
    """Owns the picture. Its axes stay while training moves the curve, as long as everything fits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("comparePicture")
        self.setAccessibleName(self.tr("Curves before and after, with their residuals"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._sides: tuple[_Side, _Side] | None = None
        self._ranges: tuple[Range, Range] | None = None
        self._evaluators = (Evaluator(exact=False), Evaluator(exact=False))

    def show_both(self, before: Snapshot, after: Snapshot, held: bool) -> None:
        """Draw these two moments; *held*: something is being dragged, and no axis may move."""
        old = self._sides
        first = old[0] if old is not None and old[0].snapshot is before else _Side(before)
        if old is not None and old[0].snapshot is not before:
            self._ranges = None
        self._sides = (first, _Side(after))
        if not held or self._ranges is None:
            self._ranges = self._fitting(self._sides)
        self.update()

    def _fitting(self, sides: tuple[_Side, _Side]) -> tuple[Range, Range]:
        x = np.concatenate([side.x for side in sides])
        y = np.concatenate([values for side in sides for values in (side.y, side.predicted)])
        known = self._ranges
        if known is not None and _holds(known[0], x) and _holds(known[1], y):
            return known
        return fitted(x, 0.12, 0.3), fitted(y, 0.12, 0.3)

    def sizeHint(self) -> QSize:
        """A third of a panel."""
        return QSize(theme().px(260), theme().px(170))

    def minimumSizeHint(self) -> QSize:
        """Enough to tell two lines apart."""
        return QSize(theme().px(160), theme().px(110))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Axes, residuals, curves, points, and which curve is which."""
        colours = theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.canvas)
        if self._sides is None or self._ranges is None:
            return
        px = colours.px
        area = QRectF(self.rect()).adjusted(px(34), px(6), -px(10), -px(20))
        frame = Frame(*self._ranges, area.width(), area.height())
        _paint_axes(painter, frame, area, colours)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(area.topLeft())
        painter.setClipRect(QRectF(0, 0, area.width(), area.height()))
        before, after = self._sides
        _paint_residuals(painter, frame, before, QPen(with_alpha(colours.loss, 0.75), colours.stroke(1.0)), dashed=True)
        _paint_residuals(painter, frame, after, QPen(colours.loss, colours.stroke(1.75)), dashed=False)
        for side, evaluator, pen in (
            (before, self._evaluators[0], line_pen(colours.text_muted, colours.stroke(1.75), dashed=True)),
            (after, self._evaluators[1], line_pen(colours.text, colours.stroke(2.5))),
        ):
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(_polyline(frame, *side.curve(frame.x, evaluator)))
        _paint_points(painter, frame, before, after, colours)
        self._paint_names(painter, frame, colours)
        painter.restore()

    def _paint_names(self, painter: QPainter, frame: Frame, colours: Theme) -> None:
        """Each curve has its name beside it, at the end where the two are farther apart."""
        if self._sides is None:
            return
        before, after = (side.curve(frame.x, e)[1] for side, e in zip(self._sides, self._evaluators, strict=True))
        right = not abs(before[4] - after[4]) > abs(before[-4] - after[-4])
        metrics = QFontMetricsF(ui_font(11))
        x = frame.width - 4 if right else 4.0
        places = []
        for heights, words, colour in (
            (after, self.tr("now"), colours.text),
            (before, self.tr("before"), colours.text_muted),
        ):
            height = float(heights[-4] if right else heights[4])
            if math.isfinite(height):
                y = min(max(frame.down(height) - 5, metrics.height()), frame.height - 3)
                places.append((y, words, colour))
        places.sort(key=lambda place: place[0])
        last = -math.inf
        for y, words, colour in places:
            at = max(y, last + metrics.height())
            last = at
            draw_tag(painter, colours, QPointF(x, at), words, colour, right=right)


def _holds(held: Range, values: FloatArray) -> bool:
    finite = values[np.isfinite(values)]
    return not finite.size or bool(held[0] <= finite.min() and finite.max() <= held[1])


def _polyline(frame: Frame, x: FloatArray, y: FloatArray) -> QPolygonF:
    far = 20 * frame.height
    down = np.clip(np.nan_to_num(frame.down(y), nan=far), -far, far)
    return QPolygonF([QPointF(a, b) for a, b in zip(frame.across(x).tolist(), down.tolist(), strict=True)])


def _paint_axes(painter: QPainter, frame: Frame, area: QRectF, colours: Theme) -> None:
    font = ui_font(11)
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    across = nice_levels(*frame.x, max(2, int(area.width() / colours.px(56))))
    up = nice_levels(*frame.y, max(2, int(area.height() / colours.px(32))))
    painter.setPen(QPen(colours.hairline, 1.0))
    painter.drawLines(
        [QLineF(area.left() + round(frame.across(v)), area.top(), area.left() + round(frame.across(v)), area.bottom())
         for v in across]
        + [QLineF(area.left(), area.top() + round(frame.down(v)), area.right(), area.top() + round(frame.down(v)))
           for v in up]
    )  # fmt: skip
    painter.setPen(colours.text_muted)
    for value in across:
        text = _number(value)
        left = area.left() + frame.across(value) - metrics.horizontalAdvance(text) / 2
        painter.drawText(QPointF(left, area.bottom() + metrics.ascent() + 2), text)
    for value in up:
        text = _number(value)
        left = area.left() - metrics.horizontalAdvance(text) - colours.px(5)
        painter.drawText(QPointF(left, area.top() + frame.down(value) + metrics.ascent() / 2 - 1), text)


def _number(value: float) -> str:
    return f"{value:.6g}".replace("-", MINUS)


def _paint_residuals(painter: QPainter, frame: Frame, side: _Side, pen: QPen, *, dashed: bool) -> None:
    if side.x.size > MOST_RESIDUALS:
        return
    if dashed:
        pen.setDashPattern([3.0, 3.0])
    painter.setPen(pen)
    x, top, bottom = frame.across(side.x), frame.down(side.y), frame.down(side.predicted)
    # Where both have their residuals at one place they stand side by side.
    shift = -2.0 if dashed else 1.0
    painter.drawLines(
        [QLineF(a + shift, b, a + shift, c) for a, b, c in zip(x.tolist(), top.tolist(), bottom.tolist(), strict=True)]
    )


def _paint_points(painter: QPainter, frame: Frame, before: _Side, after: _Side, colours: Theme) -> None:
    radius = colours.px(4) if after.x.size <= MOST_RESIDUALS else colours.px(2)
    if before.x is not after.x or before.y is not after.y:
        painter.setPen(QPen(colours.text_muted, 1.5))
        painter.setBrush(colours.canvas)
        _dots(painter, frame, before.x, before.y, radius)
    painter.setPen(QPen(colours.canvas, 1.5))
    painter.setBrush(colours.text)
    _dots(painter, frame, after.x, after.y, radius)


def _dots(painter: QPainter, frame: Frame, x: Sequence[float] | FloatArray, y: FloatArray, radius: float) -> None:
    for a, b in zip(frame.across(np.asarray(x)).tolist(), frame.down(y).tolist(), strict=True):
        painter.drawEllipse(QPointF(a, b), radius, radius)
