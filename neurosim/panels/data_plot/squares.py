"""The loss on the plot: a square on each residual, or a bar at each point; the button that shows them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from neurosim.engine.dataset import FloatArray
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.format import equals
from neurosim.panels._marks import diameter
from neurosim.panels._paint import ChipLines
from neurosim.panels._point_losses import SQUARED, loss_at, losses_at
from neurosim.panels.data_plot.axes import Axes
from neurosim.panels.data_plot.boxes import (
    Boxes,
    Mask,
    Rows,
    bars_at,
    grows_left,
    largest,
    no_boxes,
    squares_around,
    squares_on,
)
from neurosim.panels.data_plot.clearance import SHAPE, WORDS, Obstacle, covered, hidden
from neurosim.panels.data_plot.pixel_scale import PixelScale
from neurosim.panels.data_plot.plot import PlotView
from neurosim.panels.data_plot.square_numbers import numbers_beside, numbers_in
from neurosim.panels.data_plot.square_words import caption_of, symbol_of, too_many, with_count
from neurosim.panels.data_plot.squares_layer import Area, BoxesLayer, Caption, CaptionLayer, HeldBoxesLayer, Number
from neurosim.widgets.display import Display
from neurosim.widgets.icons import icon
from neurosim.widgets.theme import theme

MOST = 200
"""Of more points only so many squares are drawn, the largest: the rest would be one blot under them."""
LIMIT = 20_000
"""Of more points there are none at all."""
PLANE_ROOM = 0.16
"""From above, the largest square or bar takes at most this part of the plot's smaller side."""
BAR, THIN_BAR, MANY = 5.0, 3.0, 60
"""How thick bars are in pixels, and up to how many points they are as thick as that."""
BAR_REACH = 1.17
"""Between classes a bar may be so many times as long as from one class to the other: the edge is not much farther."""
ALONG = (0.0, 1.0, 0.5, 0.25, 0.75)
"""How far along the upper and the lower edge words may stand."""
NARROWEST = 10.0
"""A bar can be pointed at as if it were so many pixels wide."""


class Squares(QObject):
    """Owns button, rectangles and their layers. While the button is off nothing is worked out."""

    def __init__(self, view: PlotView, display: Display, tools: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._display = display
        self.area = Area()
        self._layer = BoxesLayer(self.area, view.box)
        self._held_layer = HeldBoxesLayer(self.area, view.picture, view.box)
        self._caption_layer = CaptionLayer(self.area, view.box)
        self._layers = (self._layer, self._held_layer, self._caption_layer)
        for layer in self._layers:
            view.add_layer(layer)
            layer.hide()
        self.button = button = QToolButton(tools)
        button.setObjectName("squaresButton")
        button.setText(self.tr("Squares"))
        button.setAccessibleName(self.tr("Squares"))
        button.setToolTip(self.tr("Show what each point adds to the loss: the square of its residual, or a bar"))
        button.setIcon(icon("square"))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.covered: Callable[[], QRectF] = QRectF
        """What part of the plot something else covers: words keep clear of it."""
        self._scale = PixelScale()
        self._shown: tuple[Snapshot, Axes] | None = None
        self._losses: FloatArray = np.zeros(0)
        self._left: dict[int, tuple[bool, bool]] = {}
        self._written: object = None
        self._where: int | None = None
        view.changed.connect(self._framed)

    @property
    def on(self) -> bool:
        """Whether squares are shown."""
        return self.button.isChecked()

    @property
    def boxes(self) -> Boxes:
        """All rectangles but that of the row in hand."""
        return self.area.boxes

    # -- following -------------------------------------------------------------------------------------------------

    def show(self, snapshot: Snapshot, axes: Axes) -> None:
        """Follow *snapshot* on *axes*, which the plot already shows."""
        if not self.on:
            return
        self._shown = (snapshot, axes)
        for layer in self._layers:
            layer.show()
        self._follow(snapshot, axes)

    def show_nothing(self) -> None:
        """The button is off, or there is no plot."""
        self._shown = None
        self._losses, self._left = np.zeros(0), {}
        self.area.clear()
        self._caption_layer.say(Caption())
        for layer in self._layers:
            layer.changed()
            layer.hide()

    def lit_changed(self) -> None:
        """Other rows are lit up or in hand."""
        if self._shown is not None:
            self._held_layer.changed()

    def restyle(self) -> None:
        """Take the lengths of the current zoom."""
        px = theme().px
        self.button.setMinimumHeight(px(28))
        self.button.setIconSize(QSize(px(16), px(16)))
        self._written = None

    def at(self, place: QPointF) -> int | None:
        """The row whose square is under a pixel."""
        if self._shown is None:
            return None
        found = self.area.boxes.at(place, NARROWEST if self.area.solid else 0.0)
        return self.area.held.at(place) if found is None else found

    def lines(self, row: int) -> ChipLines:
        """What the label of *row* says about its square."""
        if self._shown is None or row >= self._losses.size:
            return []
        snapshot, axes = self._shown
        return [(f"{symbol_of(snapshot, axes.output or '', row)} {equals(self._text(row))}", theme().loss)]

    # -- rectangles ------------------------------------------------------------------------------------------------

    def _framed(self) -> None:
        if self._shown is not None:
            self._follow(*self._shown)

    def _follow(self, snapshot: Snapshot, axes: Axes) -> None:
        picture, area = self._view.picture, self.area
        losses = losses_at(snapshot, axes.output) if axes.output is not None else None
        fits = losses is not None and losses.size == picture.px.size
        self._losses = losses if fits and losses is not None else np.zeros(0)
        boxes = no_boxes()
        if 0 < self._losses.size <= LIMIT:
            boxes = self._boxes(snapshot, axes)
        held = picture.hand.held
        rest = boxes.without(held)
        place = None if held is None else boxes.place_of(held)
        area.held = no_boxes() if place is None else _only(boxes, place)
        area.solid = snapshot.settings.loss != SQUARED
        written = (self._display.mode, self._display.decimal, theme(), snapshot.settings.loss)
        if written != self._written or not rest.same_as(area.boxes):
            self._written, area.boxes = written, rest
            area.numbers = self._numbers(rest)
            self._layer.changed()
        area.held_numbers = self._numbers(area.held)
        self._write_caption(snapshot, axes, boxes)
        self._held_layer.changed()

    def _boxes(self, snapshot: Snapshot, axes: Axes) -> Boxes:
        picture = self._view.picture
        kept_out = picture.points.kept_out if picture.points is not None else None
        allowed = None if kept_out is None else ~kept_out
        held = picture.hand.held
        if held is not None and self.area.boxes.rows.size:
            # Under a hand the same squares stay, so that none appears from nowhere.
            rows = np.union1d(self.area.boxes.rows, [held]).astype(np.intp)
            rows = rows[rows < self._losses.size]
            rows = rows[np.isfinite(self._losses[rows])]
            rows = rows if allowed is None else rows[allowed[rows]]
        else:
            rows = largest(self._losses, MOST, allowed)
        if not rows.size:
            return no_boxes()
        x, y = picture.px[rows], picture.py[rows]
        if snapshot.settings.loss != SQUARED:
            return self._bars(axes, rows, x, y)
        if axes.kind == "line" and picture.prediction is not None:
            end = picture.frame.down(picture.prediction[rows])
            return squares_on(rows, x, y, end, self._leftward(rows, x, y, end))
        side = np.sqrt(self._losses[rows])
        room = PLANE_ROOM * min(picture.frame.width, picture.frame.height)
        self._scale.fit(float(side.max()), room, (axes.kind, axes.output))
        return squares_around(rows, x, y, side * self._scale.value)

    def _leftward(self, rows: Rows, x: FloatArray, y: FloatArray, end: FloatArray) -> Mask:
        """Where there is room; under a hand each square stays on its side until its point crosses the line."""
        picture = self._view.picture
        curve = self._view.line.curve
        found = grows_left(x, y, end, curve, picture.frame.width)
        above = (y < end).tolist()
        if picture.hand.held is not None:
            for place, row in enumerate(rows.tolist()):
                before = self._left.get(row)
                if before is not None and before[0] == above[place]:
                    found[place] = before[1]
        self._left = dict(zip(rows.tolist(), zip(above, found.tolist(), strict=True), strict=True))
        return found

    def _bars(self, axes: Axes, rows: Rows, x: FloatArray, y: FloatArray) -> Boxes:
        picture = self._view.picture
        frame, points = picture.frame, picture.points
        losses = self._losses[rows]
        subject = (axes.kind, axes.output, axes.up_column)
        code = points.code[rows] if points is not None and points.code is not None else None
        if axes.kind == "line":
            room = frame.height * 0.5
            if points is not None and points.classes is not None:
                room = BAR_REACH * abs(float(points.classes[1]) - float(points.classes[0])) * frame.y_scale
            self._scale.fit(float(losses.max()), room, subject, frame.y_scale)
        else:
            self._scale.fit(float(losses.max()), PLANE_ROOM * min(frame.width, frame.height), subject)
        upward = np.ones(rows.shape, dtype=bool)
        if axes.kind == "line" and code is not None:
            upward = code == 0
        elif axes.kind == "line" and picture.prediction is not None:
            upward = frame.down(picture.prediction[rows]) < y
        thick = theme().stroke(BAR if rows.size <= MANY else THIN_BAR)
        beside = diameter(picture.px.size) / 2 + 4
        left = np.where(x + beside + thick > frame.width - 2, x - beside - thick, x + beside)
        return bars_at(rows, left, y, losses * self._scale.value, upward, thick)

    # -- words -----------------------------------------------------------------------------------------------------

    def _text(self, row: int) -> str:
        snapshot, axes = self._shown if self._shown is not None else (None, None)
        if snapshot is None or axes is None or axes.output is None:
            return ""
        return self._display.text(loss_at(snapshot, axes.output, row, self._losses))

    def _numbers(self, boxes: Boxes) -> list[Number]:
        picture = self._view.picture
        if self.area.solid:
            return numbers_beside(boxes, self._text, picture, self._layer.area)
        return numbers_in(boxes, self._text, picture, self._layer.area, self._view.lines_drawn())

    def _write_caption(self, snapshot: Snapshot, axes: Axes, boxes: Boxes) -> None:
        count, caption = self._losses.size, Caption()
        if count > LIMIT:
            caption = too_many(count)
        elif boxes.rows.size:
            loss, same = snapshot.settings.loss, self._view.same_units
            caption = caption_of(loss, axes, boxes, self._scale, self._display, same=same)
            if count > MOST:
                caption = with_count(caption, boxes.rows.size, count)
        if caption.text:
            caption.box = self._place(*caption.size())
        if caption != self.area.caption:
            self._caption_layer.say(caption)

    def _place(self, width: float, height: float) -> QRectF:
        """At the edge where words hide least; under a hand they stay, unless something else comes to lie on them."""
        picture, size, margin = self._view.picture, self._layer.area, 8.0
        left, right = margin, max(size.width() - width - margin, margin)
        x = np.tile(left + (right - left) * np.array(ALONG), 2)
        y = np.repeat([margin - 2, size.height() - height - margin + 2], len(ALONG))
        if self._where is not None and self.covered().intersects(QRectF(x[self._where], y[self._where], width, height)):
            self._where = None
        if self._where is None or picture.hand.held is None:
            lines = self._view.lines_drawn()
            cost = hidden(x + width / 2, y + height / 2, width / 2, height / 2, picture, lines)
            # Corners are quieter than the middle of an edge.
            cost += [0.6 * (0 < part < 1) + 0.1 * part for part in ALONG] * 2
            obstacles: list[Obstacle] = [(self.covered(), 3 * WORDS), (self._view.note_box(), WORDS)]
            if self.area.solid:
                obstacles += [(rect, SHAPE) for rect in self.area.boxes.rects()]
            cost += covered(x + width / 2, y + height / 2, width / 2, height / 2, obstacles)
            self._where = int(np.argmin(cost))
        return QRectF(float(x[self._where]), float(y[self._where]), width, height)


def _only(boxes: Boxes, place: int) -> Boxes:
    one = slice(place, place + 1)
    return Boxes(boxes.rows[one], boxes.left[one], boxes.top[one], boxes.width[one], boxes.height[one])
