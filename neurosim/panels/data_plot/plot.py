"""The data plot itself: a PlotWidget, its layers, and how they follow a snapshot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject, QPoint, QPointF, QRectF, Signal
from PySide6.QtWidgets import QGraphicsItem

from neurosim.engine.dataset import FloatArray
from neurosim.engine.network import Network
from neurosim.engine.probabilities import all_said
from neurosim.engine.snapshot import Snapshot
from neurosim.panels._frame import fitted
from neurosim.panels._layer import Layer
from neurosim.panels._paint import ChipLines
from neurosim.panels._plot_frame import PlotFrame
from neurosim.panels._plots import label_axis, make_plot, restyle_plot
from neurosim.panels.data_plot.arrows import power_text
from neurosim.panels.data_plot.axes import Axes, title_of
from neurosim.panels.data_plot.clearance import HIDING, Obstacle
from neurosim.panels.data_plot.hand_layer import HandLayer
from neurosim.panels.data_plot.labels import arrow_words, plain, plane_note, row_lines, step_words
from neurosim.panels.data_plot.layers import Ground, PointsLayer
from neurosim.panels.data_plot.line_model import LineModel
from neurosim.panels.data_plot.model_layer import ModelLayer
from neurosim.panels.data_plot.picture import Picture, Points, columns_drawn
from neurosim.panels.data_plot.plane_model import PlaneModel
from neurosim.training.ahead import Foresight
from neurosim.widgets.display import Display
from neurosim.widgets.theme import theme

CROWD = 400
"""With more points than this the model is painted above them."""


class PlotView(PlotFrame):
    """Owns the widget ``dataPlot``, the picture that it shows, and its visible ranges.

    The ranges change by ``fit``, ``pan`` and ``zoom`` only.

    Signals:
        held(row): another row is in hand; -1: none.
    """

    held = Signal(int)

    def __init__(self, display: Display, foresight: Foresight, parent: QObject | None = None) -> None:
        title = QCoreApplication.translate("DataPlot", "Data plot")
        self.widget: Any = make_plot("dataPlot", title, display)
        super().__init__(self.widget, parent)
        self.picture = Picture()
        self.line = LineModel()
        self.plane = PlaneModel()
        self._display = display
        self._ground = Ground(self.picture, self.plane, self.ticks, lambda value: plain(value, display), self._box)
        self._model = ModelLayer(self.picture, self.line, self.plane, self._box)
        self._points = PointsLayer(self.picture, self._box)
        self._hand = HandLayer(self.picture, self.label_of, self._box)
        self.set_layers(self._ground, self._model, self._points, self._hand)
        self.more_about: Callable[[int], ChipLines] = lambda _row: []
        """What else the label of a row says."""
        self.also_at: Callable[[QPointF], int | None] = lambda _place: None
        """What else of a row is under a pixel, besides its point and its residual."""
        self.same_units = False
        """Whether 1 is as long on both axes."""
        self._foresight = foresight
        self._drawn: tuple[object, ...] = ()
        self._network: Network | None = None
        self.changed.connect(self._framed)

    # -- what is shown ---------------------------------------------------------------------------------------------

    def show_nothing(self) -> None:
        """Paint only the empty area."""
        self.picture.axes = None
        self.picture.points = None
        self.picture.place()
        self._drawn = ()
        for layer in self._layers:
            layer.changed()

    @property
    def box(self) -> QGraphicsItem:
        """The plotting area, of which layers are children."""
        box: QGraphicsItem = self._box
        return box

    def add_layer(self, layer: Layer) -> None:
        """Keep one more layer in step with the plotting area."""
        layer.set_area(self.picture.frame.width, self.picture.frame.height)
        self.set_layers(*self._layers, layer)

    def keep_words_clear_of(self, obstacles: Callable[[], list[Obstacle]], covered: Callable[[], QRectF]) -> None:
        """What words about the next step keep clear of, besides points, lines and the label of the point in hand.

        Args:
            obstacles: words and shapes that are there already.
            covered: the part of the plotting area that something else lies on; the label keeps clear of it, too.
        """
        self._hand.covered, self._hand.drawn = covered, self.lines_drawn
        self._model.obstacles = lambda: [
            *obstacles(),
            *((box, HIDING) for box in (covered(), self._hand.label_box(), self._model.note_box())),
        ]

    def show(self, snapshot: Snapshot, axes: Axes) -> None:
        """Follow *snapshot*. While a row is held only what its move changes is painted anew."""
        picture = self.picture
        axes_changed = axes != picture.axes
        classes = picture.points.classes if picture.points is not None else None
        picture.axes, picture.snapshot = axes, snapshot
        drawn = columns_drawn(axes, snapshot)
        data_changed = axes_changed or drawn != self._drawn
        held = picture.hand.held is not None and not axes_changed
        before = picture.looks()
        if data_changed:
            self._drawn = drawn
            picture.points = Points.of(axes, snapshot)
            picture.place()
            held = held and picture.px.size == before.px.size
            # Among few points the line runs behind them; a crowd would hide it.
            self._model.set_above(picture.px.size > CROWD)
            if not held:
                if axes.kind == "line":
                    self.line.clear_points(picture.px, picture.frame)
                self._points.follow(before)
        model_changed = axes_changed or snapshot.network is not self._network
        self._network = snapshot.network
        picture.prediction = None
        if axes.kind == "line" and axes.output is not None and axes.target is not None:
            picture.prediction = all_said(snapshot, axes.output)
        field_changed = self._update_models()
        behind = axes.kind == "line" or picture.points is None or picture.points.classes != classes
        if model_changed or field_changed or axes_changed:
            self._ground.changed()
        elif data_changed and behind and not held:
            self._ground.follow(before)
        self._model.changed()
        self._hand.changed()
        if axes_changed:
            self._write_labels()

    def _update_models(self) -> bool:
        axes, snapshot, points = self.picture.axes, self.picture.snapshot, self.picture.points
        if axes is None or snapshot is None or points is None:
            return False
        field_changed = False
        hidden = self._display.secrets
        ahead = None if "gradients" in hidden else self._foresight.of(snapshot)  # where it leads tells the gradient
        later = ahead.network if ahead is not None else None
        if axes.kind == "line":
            self.line.update(axes, snapshot, self.picture.frame, later)
            power = self.line.power
        else:
            field_changed = self.plane.update(
                axes,
                snapshot,
                self.picture.frame,
                classes=points.classes,
                targets=points.targets,
                theme=theme(),
                later=later,
            )
            power = self.plane.power
        loss = ahead.loss if ahead is not None and "loss" not in hidden else None
        self._model.ghost_words = step_words(loss, self._display) if ahead is not None else ()
        self._model.arrow_text = arrow_words(power_text(power))
        self._model.note = plane_note(self.plane, self._display) if axes.kind == "plane" else ""
        return field_changed

    def show_step_arrows(self, shown: bool) -> None:
        """Whether arrows lead from the model to where the next step moves it."""
        if shown != self._model.arrows_shown:
            self._model.arrows_shown = shown
            self._model.changed()

    def hand_changed(self) -> None:
        """Hover, selection or focus changed."""
        self._model.changed()
        self._hand.changed()

    def hold(self, row: int | None) -> None:
        """Take *row* out of the cached layers and paint it on its own; ``None`` puts it back."""
        if row != self.picture.hand.held:
            self.picture.hand.held = row
            for layer in self._layers:
                layer.changed()
            self.held.emit(-1 if row is None else row)

    def restyle(self) -> None:
        """Take the colours of the current theme."""
        restyle_plot(self.widget)
        self._write_labels()
        for layer in self._layers:
            layer.changed()

    # -- where it is shown -----------------------------------------------------------------------------------------

    def fit(self, snapshot: Snapshot, axes: Axes) -> None:
        """Show all rows, and on a line also where the model puts them, unless that is far away."""
        x = snapshot.dataset.columns[axes.across_column].floats
        y = snapshot.dataset.columns[axes.up_column or axes.across_column].floats
        points = Points.of(axes, snapshot)
        if axes.kind == "plane":
            self.set_ranges(fitted(x, 0.08), fitted(y, 0.08))
            return
        few = x.size <= 4
        x_range = fitted(x, 0.35 if few else 0.06, origin=1.0)
        if points.classes is not None:
            self.set_ranges(x_range, fitted(np.array([float(c) for c in points.classes]), 0.18))
            return
        shown = y
        predicted = None if axes.output is None else all_said(snapshot, axes.output)
        if predicted is not None:
            shown = np.concatenate((y, _near(predicted, y)))
        self.set_ranges(x_range, fitted(shown, 0.16 if few else 0.08, origin=1.0))

    def set_same_units(self, same: bool) -> None:
        """Make 1 as long on both axes, or let each axis have its own scale; the ranges then show more, never less."""
        self.same_units = same
        self._box.setAspectLocked(same, ratio=1.0)

    def zoom(self, factor: float, about: QPointF | None = None, across: bool = True, up: bool = True) -> None:
        """Show *factor* times as much, so that what is under *about* stays there (the middle by default)."""
        super().zoom(factor, about, across or self.same_units, up or self.same_units)

    def place_in_viewport(self, place: QPointF) -> QPoint:
        """A pixel of the plotting area as a pixel of the viewport."""
        found: QPoint = self.widget.mapFromScene(self._box.mapToScene(place))
        return found

    def _framed(self) -> None:
        self.picture.frame = self.frame
        self.picture.place()
        self.line.clear_points(self.picture.px, self.frame)
        self._update_models()

    # -- words -----------------------------------------------------------------------------------------------------

    def _write_labels(self) -> None:
        axes, snapshot = self.picture.axes, self.picture.snapshot
        if axes is None or snapshot is None:
            return
        label_axis(self.widget, "bottom", title_of(snapshot.network, axes.across))
        up = title_of(snapshot.network, axes.up) if axes.up is not None else axes.up_column
        label_axis(self.widget, "left", snapshot.network.column_title(up or ""))

    def note_box(self) -> QRectF:
        """Where a sentence stands at the foot of the plot."""
        return self._model.note_box()

    def lines_drawn(self) -> list[FloatArray]:
        """The model, its ghost and the arrows between them as curves (2, k) in pixels."""
        axes, line, plane = self.picture.axes, self.line, self.plane
        if axes is None:
            return []
        if axes.kind == "plane":
            return [*plane.boundary, *plane.ghost, *self._model.shafts()]
        return [*(curve for curve in (line.curve, line.ghost) if curve is not None), *self._model.shafts()]

    def label_of(self, row: int) -> ChipLines:
        """What the label of *row* says."""
        return row_lines(self.picture, self._display, row, self.more_about(row))


def _near(predictions: FloatArray, y: FloatArray) -> FloatArray:
    """The predictions that are no further from the targets than three times their span (at least 10)."""
    low, high = float(y.min()), float(y.max())
    reach = max(3 * (high - low), 10.0)
    return predictions[(predictions > low - reach) & (predictions < high + reach)]
