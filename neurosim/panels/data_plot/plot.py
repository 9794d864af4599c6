"""The data plot itself: a PlotWidget, its layers, and how they follow a snapshot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject, QPoint, QPointF, Signal
from PySide6.QtWidgets import QGraphicsItem

from neurosim.engine.dataset import FloatArray
from neurosim.engine.network import Network
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.panels._frame import Frame, Range, fitted
from neurosim.panels._layer import Layer
from neurosim.panels._paint import ChipLines
from neurosim.panels._plots import MINUS, label_axis, make_plot, restyle_plot
from neurosim.panels.data_plot.arrows import power_text
from neurosim.panels.data_plot.axes import Axes, title_of
from neurosim.panels.data_plot.hand_layer import HandLayer
from neurosim.panels.data_plot.layers import Ground, ModelLayer, PointsLayer
from neurosim.panels.data_plot.line_model import LineModel
from neurosim.panels.data_plot.picture import Picture, Points, columns_drawn
from neurosim.panels.data_plot.plane_model import PlaneModel
from neurosim.widgets.display import Display
from neurosim.widgets.theme import theme

CROWD = 400
"""With more points than this the model is painted above them."""


class PlotView(QObject):
    """Owns the widget ``dataPlot``, the picture that it shows, and its visible ranges.

    The ranges change by ``fit``, ``pan`` and ``zoom`` only.

    Signals:
        framed(): the visible ranges or the size are others.
    """

    framed = Signal()

    def __init__(self, display: Display, parent: QObject | None = None) -> None:
        super().__init__(parent)
        tr = QCoreApplication.translate
        self.widget: Any = make_plot("dataPlot", tr("DataPlot", "Data plot"), display)
        self.picture = Picture()
        self.line = LineModel()
        self.plane = PlaneModel()
        self._display = display
        self._box: Any = self.widget.getViewBox()
        self._ground = Ground(self.picture, self.plane, self._ticks, self._plain, self._box)
        self._model = ModelLayer(self.picture, self.line, self.plane, self._box)
        self._points = PointsLayer(self.picture, self._box)
        self._hand = HandLayer(self.picture, self._label, self._box)
        self._layers: list[Layer] = [self._ground, self._model, self._points, self._hand]
        self.more_about: Callable[[int], ChipLines] = lambda _row: []
        """What else the label of a row says."""
        self._drawn: tuple[object, ...] = ()
        self._network: Network | None = None
        self._box.sigResized.connect(self._reframe)
        self._box.sigRangeChanged.connect(self._reframe)

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
        self._layers.append(layer)

    def show(self, snapshot: Snapshot, axes: Axes) -> None:
        """Follow *snapshot*. While a row is held only what its move changes is painted anew."""
        picture = self.picture
        axes_changed = axes != picture.axes
        picture.axes, picture.snapshot = axes, snapshot
        drawn = columns_drawn(axes, snapshot)
        data_changed = (
            axes_changed
            or len(drawn) != len(self._drawn)
            or any(new is not old and new != old for new, old in zip(drawn, self._drawn, strict=True))
        )
        held = picture.hand.held is not None and not axes_changed
        if data_changed:
            self._drawn = drawn
            rows_before = picture.px.size
            picture.points = Points.of(axes, snapshot)
            picture.place()
            held = held and picture.px.size == rows_before
            # Among few points the line runs behind them; a crowd would hide it.
            self._model.set_above(picture.px.size > CROWD)
            if not held:
                self.line.clear_points(picture.px, picture.frame)
                self._points.changed()
        model_changed = axes_changed or snapshot.network is not self._network
        self._network = snapshot.network
        picture.prediction = None
        if axes.kind == "line" and axes.output is not None and axes.target is not None:
            picture.prediction = snapshot.activations.get(axes.output)
        field_changed = self._update_models()
        if model_changed or field_changed or (data_changed and not held):
            self._ground.changed()
        self._model.changed()
        self._hand.changed()
        if axes_changed:
            self._write_labels()

    def _update_models(self) -> bool:
        axes, snapshot, points = self.picture.axes, self.picture.snapshot, self.picture.points
        if axes is None or snapshot is None or points is None:
            return False
        tr = QCoreApplication.translate
        field_changed = False
        if axes.kind == "line":
            self.line.update(axes, snapshot, self.picture.frame)
            power = self.line.power
        else:
            field_changed = self.plane.update(
                axes,
                snapshot,
                self.picture.frame,
                classes=points.classes,
                targets=points.targets,
                theme=theme(),
            )
            power = self.plane.power
        self._model.ghost_text = tr("DataPlot", "after one step")
        self._model.arrow_text = power_text(power)
        self._model.note = self._plane_note() if axes.kind == "plane" else ""
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
        if axes.output is not None and axes.output in snapshot.activations:
            shown = np.concatenate((y, _near(snapshot.activations[axes.output], y)))
        self.set_ranges(x_range, fitted(shown, 0.16 if few else 0.08, origin=1.0))

    def set_ranges(self, x: Range, y: Range) -> None:
        """Show exactly these ranges."""
        self._box.setRange(xRange=x, yRange=y, padding=0.0, disableAutoRange=True)

    def pan(self, pixels: QPointF) -> None:
        """Move what is shown by *pixels*, as a hand moves a sheet of paper."""
        frame = self.picture.frame
        dx, dy = pixels.x() / frame.x_scale, pixels.y() / frame.y_scale
        self.set_ranges((frame.x[0] - dx, frame.x[1] - dx), (frame.y[0] + dy, frame.y[1] + dy))

    def zoom(self, factor: float, about: QPointF | None = None, across: bool = True, up: bool = True) -> None:
        """Show *factor* times as much, so that what is under *about* stays there (the middle by default)."""
        frame = self.picture.frame
        about = about if about is not None else QPointF(frame.width / 2, frame.height / 2)
        x, y = frame.value(about)
        fx, fy = factor if across else 1.0, factor if up else 1.0
        new_x = x + (frame.x[0] - x) * fx, x + (frame.x[1] - x) * fx
        new_y = y + (frame.y[0] - y) * fy, y + (frame.y[1] - y) * fy
        if all(1e-9 * (1 + abs(low)) < high - low < 1e15 for low, high in (new_x, new_y)):
            self.set_ranges(new_x, new_y)

    def place_in_plot(self, place: QPoint) -> QPointF:
        """A pixel of the viewport as a pixel of the plotting area."""
        found = self._box.mapFromScene(self.widget.mapToScene(place))
        return QPointF(found.x(), found.y())

    def place_in_viewport(self, place: QPointF) -> QPoint:
        """A pixel of the plotting area as a pixel of the viewport."""
        found: QPoint = self.widget.mapFromScene(self._box.mapToScene(place))
        return found

    def _reframe(self, *_: object) -> None:
        (x, y), rect = self._box.viewRange(), self._box.rect()
        if rect.width() < 2 or rect.height() < 2:
            return
        frame = Frame((x[0], x[1]), (y[0], y[1]), rect.width(), rect.height())
        if frame == self.picture.frame:
            return
        self.picture.frame = frame
        self.picture.place()
        self.line.clear_points(self.picture.px, frame)
        self._update_models()
        for layer in self._layers:
            layer.set_area(frame.width, frame.height)
            layer.changed()
        self.framed.emit()

    # -- words -----------------------------------------------------------------------------------------------------

    def _plane_note(self) -> str:
        tr, plane = QCoreApplication.translate, self.plane
        if plane.image is None or plane.boundary:
            return ""
        if plane.flat is not None:
            value = self._plain(plane.flat)
            return tr("DataPlot", "The output is {value} everywhere: there is no boundary yet.").format(value=value)
        return tr("DataPlot", "The boundary is out of view.")

    def _ticks(self) -> tuple[list[float], list[float]]:
        return self.widget.getAxis("bottom").major_ticks(), self.widget.getAxis("left").major_ticks()

    def _plain(self, value: float) -> str:
        return f"{value:.6g}".replace("-", MINUS).replace(".", self._display.decimal)

    def _write_labels(self) -> None:
        axes, snapshot = self.picture.axes, self.picture.snapshot
        if axes is None or snapshot is None:
            return
        label_axis(self.widget, "bottom", title_of(snapshot.network, axes.across))
        up = title_of(snapshot.network, axes.up) if axes.up is not None else axes.up_column
        label_axis(self.widget, "left", up or "")

    def _label(self, row: int) -> ChipLines:
        picture, colours = self.picture, theme()
        axes, snapshot = picture.axes, picture.snapshot
        if axes is None or snapshot is None:
            return []
        text = self._display.datum
        data = snapshot.dataset
        place = [data.columns[c][row] for c in (axes.across_column, axes.up_column) if c is not None]
        lines: ChipLines = [(f"({', '.join(text(value) for value in place)})", colours.text)]
        if axes.kind == "plane" and axes.target is not None:
            lines.append((f"{axes.target} = {text(data.columns[axes.target][row])}", colours.text))
        residual = picture.residual(row)
        if residual is not None:
            lines.append((f"ŷ {MINUS} y = {self._signed(residual)}", colours.loss))
        lines += self.more_about(row)
        if picture.points is not None and picture.points.kept_out is not None and picture.points.kept_out[row]:
            lines.append((QCoreApplication.translate("DataPlot", "kept for testing"), colours.text_muted))
        return lines

    def _signed(self, value: Number) -> str:
        text = self._display.text(value)
        return text if value <= 0 or text.startswith("+") else (f"~+{text[1:]}" if text.startswith("~") else f"+{text}")


def _near(predictions: FloatArray, y: FloatArray) -> FloatArray:
    """The predictions that are no further from the targets than three times their span (at least 10)."""
    low, high = float(y.min()), float(y.max())
    reach = max(3 * (high - low), 10.0)
    return predictions[(predictions > low - reach) & (predictions < high + reach)]
