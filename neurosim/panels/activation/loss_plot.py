"""The curves -ln p and -ln(1 - p), and where each row of the output lies on them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyqtgraph
from PySide6.QtCore import QCoreApplication, QLineF, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem

from neurosim.engine.dataset import FloatArray
from neurosim.panels._frame import Frame
from neurosim.panels._layer import CachedLayer, Layer
from neurosim.panels._marks import (
    HIT_RADIUS,
    VECTOR_MARKS,
    diameter,
    draw_chosen,
    draw_lit,
    draw_mark,
    nearest_mark,
    stamp_marks,
)
from neurosim.panels._paint import ChipLines, draw_chip, draw_tag, line_pen
from neurosim.panels._plot_frame import UNIT, PlotFrame, pixels
from neurosim.panels._plot_hands import PlotHands
from neurosim.panels._plots import label_axis, make_plot, restyle_plot
from neurosim.panels._row_links import LinkedRows
from neurosim.panels.activation.surprise import TOPS, Surprise
from neurosim.records import dataclass, field
from neurosim.widgets.colour_maps import class_colour
from neurosim.widgets.display import Display
from neurosim.widgets.theme import theme

P = np.concatenate((np.geomspace(1e-12, 0.02, 60), np.linspace(0.02, 0.98, 97), 1 - np.geomspace(0.02, 1e-12, 60)))


@dataclass
class LossPicture:
    """What is painted now.

    Attributes:
        rows: the rows on the curves; ``None``: only the curves.
        row: the chosen row.
        told: the row under the pointer, whose card is shown.
        threshold: the probability from which on the neuron says 1, and how it is written.
        linked: the rows that are selected or lit up, the same as on the curve of the activation.
        held: the row that is in hand there.
    """

    linked: LinkedRows
    held: Callable[[], int | None]
    frame: Frame = UNIT
    rows: Surprise | None = None
    row: int | None = None
    told: int | None = None
    threshold: tuple[float, str] = (0.5, "")
    px: FloatArray = field(default_factory=lambda: np.empty(0))
    py: FloatArray = field(default_factory=lambda: np.empty(0))

    def place(self) -> None:
        """Work out the pixels of all rows anew."""
        self.px = self.py = np.empty(0)
        if self.rows is not None:
            self.px, self.py = pixels(self.frame, self.rows.p, self.rows.loss)

    def nearest(self, at: QPointF, radius: float) -> int | None:
        """The row nearest to a pixel, not farther than *radius*; of rows at one place the topmost."""
        return nearest_mark(self.px, self.py, at, radius)


class LossPlot(QObject):
    """Owns the widget ``activationLossPlot``. Its upper end grows in leaps, but never under a hand.

    Signals:
        pointed(row): the pointer is on a row (an int), or on none (``None``).
        chosen(row): a row was clicked.
    """

    pointed = Signal(object)
    chosen = Signal(int)

    def __init__(
        self,
        linked: LinkedRows,
        held: Callable[[], int | None],
        label: Callable[[int], ChipLines],
        display: Display,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        name = QCoreApplication.translate("LossPlot", "What each point costs in cross-entropy")
        self.widget: Any = make_plot("activationLossPlot", name, display)
        self.widget.setMinimumSize(120, 96)
        self.picture = LossPicture(linked, held)
        self._view = PlotFrame(self.widget, self)
        box = self.widget.getViewBox()
        self._ground = _Curves(self.picture, self._view.grid, box)
        self._rows = _Rows(self.picture, label, box)
        self._view.set_layers(self._ground, self._rows)
        self._hands = PlotHands(self.widget, self._view, self._grab, Qt.CursorShape.PointingHandCursor, self)
        self._hands.pointed.connect(self._point)
        self._hands.clicked.connect(self._click)
        self._view.changed.connect(self._framed)
        self._top = 0.0

    def show(self, rows: Surprise | None, row: int | None, threshold: tuple[float, str], *, held: bool) -> None:
        """Show *rows*; *held*: a hand is at work, and the axis stays."""
        self.picture.rows, self.picture.row = rows, row
        if threshold != self.picture.threshold:
            self.picture.threshold = threshold
            self._ground.changed()
        wanted = rows.top() if rows is not None else TOPS[1]
        if not self._top or (wanted > self._top and not held):
            self._set_top(wanted)
        self.picture.place()
        self._rows.changed()

    def fit(self) -> None:
        """Show every row, and no more."""
        if self.picture.rows is not None:
            self._set_top(self.picture.rows.top())

    def repaint(self) -> None:
        """What is pointed at is another."""
        self._rows.changed()

    def restyle(self) -> None:
        """Take the colours of the current theme."""
        restyle_plot(self.widget)
        label_axis(self.widget, "bottom", "ŷ")
        label_axis(self.widget, "left", QCoreApplication.translate("LossPlot", "loss"))
        self._ground.changed()
        self._rows.changed()

    def _set_top(self, top: float) -> None:
        self._top = top
        self._view.set_ranges((-0.03, 1.03), (-0.06 * top, top))

    def _framed(self) -> None:
        self.picture.frame = self._view.frame
        self.picture.place()

    def _point(self, place: QPointF | None) -> None:
        told = None if place is None else self._grab(place)
        if told != self.picture.told:
            self.picture.told = told
            self._rows.changed()
            self.pointed.emit(told)

    def _grab(self, place: QPointF) -> int | None:
        return self.picture.nearest(place, HIT_RADIUS * theme().zoom)

    def _click(self, row: object, _add: bool) -> None:
        # Nothing is carried here: the loss follows from the point on the curve.
        self._hands.give_up()
        if isinstance(row, int):
            self.chosen.emit(row)


class _Curves(CachedLayer):
    """Grid, both curves with their names, and the threshold."""

    def __init__(self, picture: LossPicture, grid: Callable[[], list[QLineF]], parent: QGraphicsItem) -> None:
        super().__init__(0, parent)
        self._picture = picture
        self._grid = grid

    def draw(self, painter: QPainter) -> None:
        picture, colours = self._picture, theme()
        frame = picture.frame
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(colours.hairline, 1.0))
        painter.drawLines(self._grid())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        at, words = picture.threshold
        painter.setPen(QPen(colours.border, colours.stroke(1.25), Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(frame.across(at), 0), QPointF(frame.across(at), frame.height))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for surprise, colour, dashed in (
            (-np.log1p(-P), colours.negative, True),
            (-np.log(P), colours.positive, False),
        ):
            painter.setPen(line_pen(colour, colours.stroke(2.25), dashed))
            painter.drawPath(pyqtgraph.arrayToQPath(*pixels(frame, P, surprise)))
        zoom = colours.zoom
        roomy = frame.width > 230 * zoom
        for edge, side, target, name, colour in (
            (0.0, 1, "y = 1: ", "−ln ŷ", colours.positive_text),
            (1.0, -1, "y = 0: ", "−ln(1 − ŷ)", colours.negative_text),
        ):
            place = QPointF(frame.across(edge) + side * (26 if roomy else 14) * zoom, 14 * zoom)
            draw_tag(painter, colours, place, (target if roomy else "") + name, colour, right=side < 0)
        if words and frame.height > 60 * zoom:
            place = QPointF(frame.across(at) + 4, frame.height - 5 * zoom)
            draw_tag(painter, colours, place, words, colours.text_muted, right=False)


class _Rows(Layer):
    """The rows on the curves, and the card of the one that is pointed at."""

    def __init__(self, picture: LossPicture, label: Callable[[int], ChipLines], parent: QGraphicsItem) -> None:
        super().__init__(2, parent)
        self._picture = picture
        self._label = label

    def draw(self, painter: QPainter) -> None:
        picture, colours = self._picture, theme()
        if picture.rows is None:
            return
        kind, linked, count = picture.rows.kind, picture.linked, picture.px.size
        row = picture.row
        if row is not None and row < count:
            place = self._place(row)
            painter.setPen(QPen(colours.loss, colours.stroke(1.25), Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(0, place.y()), place)
        size = diameter(count) * colours.zoom
        shown = np.arange(count)
        if count > 2 * self.area.width():
            _, shown = np.unique(np.rint(picture.px).astype(np.int64) * 4 + kind, return_index=True)
        if shown.size > VECTOR_MARKS:
            stamp_marks(painter, ((self._place(row), *_look(int(kind[row])), False) for row in shown.tolist()), size)
        else:
            for each in shown.tolist():
                self._mark(painter, each, size, int(kind[each]))
        for each in linked.lit | {found for found in (picture.told, picture.held()) if found is not None}:
            if each < count:
                draw_lit(painter, self._place(each), size)
        for each in linked.selected:
            if each < count:
                draw_chosen(painter, self._place(each), size)
        if row is not None and row < count:
            self._mark(painter, row, max(size, 9.0), int(kind[row]))
        if picture.told is not None and picture.told < count:
            draw_chip(painter, colours, self.area, self._place(picture.told), self._label(picture.told))

    def _place(self, row: int) -> QPointF:
        return QPointF(float(self._picture.px[row]), float(self._picture.py[row]))

    def _mark(self, painter: QPainter, row: int, size: float, kind: int) -> None:
        colour, shape = _look(kind)
        draw_mark(painter, self._place(row), size, colour, rim=theme().canvas, shape=shape)


def _look(kind: int) -> tuple[QColor, int]:
    """Colour and shape: those of the two classes, and a square for what lies between."""
    colours = theme()
    return (colours.text if kind == 2 else class_colour(colours, kind)), kind
