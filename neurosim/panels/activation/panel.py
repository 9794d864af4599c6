"""The activation microscope as a panel: one neuron's curve, its points, and the hand that moves them by the bias."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QStackedLayout, QVBoxLayout, QWidget

from neurosim.document import edits
from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.network import Neuron
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.panels._gesture import FieldEdits, Gesture
from neurosim.panels._marks import HIT_RADIUS
from neurosim.panels._paint import ChipLines
from neurosim.panels._plot_frame import PlotFrame
from neurosim.panels._plot_hands import PlotHands
from neurosim.panels._plot_keys import PlotKeys
from neurosim.panels._plots import CornerButton, label_axis, make_plot, restyle_plot
from neurosim.panels._rows_lit import row_ref, rows_in
from neurosim.panels._threshold import threshold_of
from neurosim.panels.activation import words
from neurosim.panels.activation.header import Header
from neurosim.panels.activation.layers import RUG, Ground, PointsLayer, Top
from neurosim.panels.activation.loss_plot import LossPlot
from neurosim.panels.activation.picture import MicroscopePicture, Points
from neurosim.panels.activation.shape import fitted_a, fitted_z, sampled, shape_of, slope_at
from neurosim.panels.activation.slope_bars import SlopeBars
from neurosim.panels.activation.surprise import is_probability, pull_of, surprise_of
from neurosim.panels.base import Panel, PanelContext
from neurosim.training.notice import Notice
from neurosim.widgets.announce import announce
from neurosim.widgets.empty_state import EmptyState
from neurosim.widgets.theme import theme

UNIT, FINE = Fraction(1, 10), Fraction(1, 100)
"""A dragged point moves by multiples of this, with Shift of that: values stay rational."""
TAB_STOPS = 50
"""Up to so many points Tab walks from point to point before it leaves the plot."""
WIDE = 1.25
"""From so many times as wide as high on the curves stand side by side."""


class ActivationPanel(Panel):
    """Owns the plot ``activationPlot``. Ranges change by Fit, pan and zoom, and with another neuron or function."""

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("activationPanel")
        self.setAccessibleName(self.tr("Activation"))
        self.picture = MicroscopePicture()
        self.plot = make_plot("activationPlot", self.tr("Activation curve"), context.display)
        self.view = PlotFrame(self.plot, self)
        box = self.plot.getViewBox()
        self._ground = Ground(self.picture, self.view.grid, box)
        self._points = PointsLayer(self.picture, box)
        self._top = Top(self.picture, self._point_lines, box)
        self.view.set_layers(self._ground, self._points, self._top)
        self.header = Header(context.display, self)
        self.losses = LossPlot(self.picture.hand, self._surprise_lines, context.display, self)
        self.bars = SlopeBars(context.display, self)
        self._empty = EmptyState(
            self.tr("There is no neuron yet, so there is no activation to look at."),
            self.tr("Add a neuron"),
            self._add_neuron,
            "activity",
            self,
        )
        self._fit = CornerButton(self.plot, "activationFit", self.tr("Fit: show the shape and all points (Home)"))
        self._gesture = Gesture(context, self)
        self._hands = PlotHands(self.plot, self.view, self._grab, Qt.CursorShape.SizeHorCursor, self)
        self._keys = PlotKeys(self.plot, self._busy, self._give_up, self)
        self._field_edits = FieldEdits(self.header.field, self._gesture, self._set_z)
        self._node: str | None = None
        self._fitted: tuple[object, ...] | None = None
        self._start: tuple[Number, float] = (Fraction(0), 0.0)
        self._lay_out()
        self._connect()
        self.watch()

    # -- building --------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        full = QFrame(self)
        full.setProperty("role", "canvas")
        self._lower = QFrame(full)
        self._lower.setProperty("role", "canvas")
        lower = QVBoxLayout(self._lower)
        lower.setContentsMargins(0, 0, 0, 0)
        lower.setSpacing(0)
        lower.addWidget(self.losses.widget, 1)
        lower.addWidget(self.bars)
        self._plots = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._plots.setContentsMargins(0, 0, 0, 0)
        self._plots.setSpacing(0)
        self._plots.addWidget(self.plot, 1)
        self._plots.addWidget(self._lower, 1)
        self._lower.hide()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(self._plots, 1)
        nothing = QFrame(self)
        nothing.setProperty("role", "canvas")
        middle = QVBoxLayout(nothing)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addWidget(self._empty)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(full)
        self._pages.addWidget(nothing)

    def _connect(self) -> None:
        header, hands, keys, selection = self.header, self._hands, self._keys, self.context.selection
        header.chosen.connect(lambda node: selection.select({node}))
        header.slope_toggled.connect(self._show_slope)
        header.loss_toggled.connect(self._show_losses)
        self._fit.wanted.connect(self.fit)
        self.view.changed.connect(self._framed)
        hands.taken.connect(self._take)
        hands.moved.connect(self._carry)
        hands.put_down.connect(self._put_down)
        hands.given_up.connect(self._cancel)
        hands.clicked.connect(self._click)
        hands.ground_clicked.connect(lambda _place: selection.select_rows(()))
        hands.double_clicked.connect(self._type)
        hands.pointed.connect(self._point)
        self.losses.pointed.connect(self._light)
        self.losses.chosen.connect(lambda row: selection.select_rows({row}))
        keys.nudged.connect(self._nudge)
        keys.nudge_ended.connect(self._put_down)
        keys.next_wanted.connect(self._walk)
        keys.typing_wanted.connect(self._type)
        keys.fit_wanted.connect(self.fit)
        keys.zoomed.connect(self.view.zoom)
        keys.panned.connect(lambda across, up: self.view.pan(QPointF(across, up)))
        keys.focus_changed.connect(self._focus_changed)
        selection.selection_changed.connect(self._selected)
        selection.rows_selected.connect(self._rows_selected)
        selection.lit_changed.connect(self._lit_changed)
        self.context.session.walk.changed.connect(self._line_changed)
        self.context.document.was_reset.connect(self._forget)

    # -- following -------------------------------------------------------------------------------------------------

    @property
    def node(self) -> str | None:
        """The neuron that is shown."""
        return self._node

    def refresh(self, snapshot: Snapshot) -> None:
        """Show the chosen neuron in *snapshot*; the ranges stay unless it is another neuron or function."""
        offered = words.neurons_offered(snapshot.network)
        node = self._chosen(offered)
        if node is None:
            self._show_nothing()
            return
        if node != self._node:
            self._hands.give_up()
        self._node = node
        self._pages.setCurrentIndex(0)
        neuron = snapshot.network.node_by_id[node]
        if not isinstance(neuron, Neuron) or neuron.activation not in ACTIVATIONS:
            return
        self.header.show_neurons(snapshot.network, offered, node)
        picture = self.picture
        shape = shape_of(neuron.activation)
        changed = shape is not picture.shape
        picture.shape, picture.points = shape, Points.of(snapshot, node)
        picture.kink_texts = words.kink_texts(shape, snapshot, node, self.context.display)
        picture.flat_text = self.tr("saturated")
        self._rows_selected(repaint=False)
        self._line_changed(repaint=False)
        key = (node, neuron.activation, snapshot.dataset.source)
        if key != self._fitted:
            self._fitted = key
            self.fit()
        picture.place()
        picture.note = words.outside_text(picture)
        self._choose_row(snapshot, neuron)
        self._write_axes(snapshot, node)
        if changed:
            self._sample()
        self._show_lower(snapshot, node)
        self._points.changed()
        self._top.changed()

    def _chosen(self, offered: tuple[str, ...]) -> str | None:
        """The one selected neuron, else the one that was shown before, else the first."""
        ids = [found.removeprefix("output:") for found in self.context.selection.ids]
        if len(ids) == 1 and ids[0] in offered:
            return ids[0]
        if self._node in offered:
            return self._node
        return offered[0] if offered else None

    def _choose_row(self, snapshot: Snapshot, neuron: Neuron) -> None:
        """The row whose tangent is drawn and whose z the field shows; and all words about it."""
        picture, display = self.picture, self.context.display
        count = picture.points.z.size
        rows = self.context.selection.rows
        held = picture.hand.held
        row = held if held is not None else min(rows) if rows else 0
        picture.row = row if row < count else 0 if count else None
        refusal = words.refusal_to_move(snapshot.network, neuron.id)
        if picture.row is None:
            sentence = self.tr("z of {name} cannot be calculated yet, so there are no points on the curve.")
            self.header.say("", "", sentence.format(name=snapshot.network.title(neuron.id)))
            self.header.allow(sentence, "z")
            return
        z = snapshot.pre_activation(neuron.id, picture.row)
        if z is None:
            return
        slope = slope_at(neuron.activation, z)
        picture.slope = float(slope)
        picture.slope_text = words.slope_text(snapshot, neuron.id, slope, display)
        sentences = [words.sentence_text(picture, display), refusal]
        values = words.values_text(snapshot, neuron.id, picture.row, display)
        self.header.say(values, picture.slope_text, " ".join(filter(None, sentences)))
        self.header.allow(refusal, self.tr("z of point {number}").format(number=picture.row + 1))
        self.header.field.set_value(z)
        self.plot.setAccessibleDescription(". ".join(filter(None, (values, picture.slope_text, *sentences))))

    def _show_lower(self, snapshot: Snapshot, node: str) -> None:
        """The curves of the loss, for an output that is read as a probability."""
        suits = is_probability(snapshot, node)
        self.header.loss_box.setVisible(suits)
        shown = suits and self.header.loss_box.isChecked()
        if shown == self._lower.isHidden():
            self._lower.setVisible(shown)
        if not shown:
            return
        picture = self.picture
        state = self.context.document.state
        threshold = threshold_of(state, node, None)
        text = self.tr("threshold {value}").format(value=self.context.display.text(threshold))
        rows = surprise_of(snapshot, node)
        held = self.context.document.history.head.open
        self.losses.show(rows, picture.row, (float(threshold), text), held=held)
        pull = None
        if picture.row is not None:
            neuron, z = snapshot.network.node_by_id[node], snapshot.pre_activation(node, picture.row)
            if isinstance(neuron, Neuron) and z is not None:
                pull = pull_of(snapshot, node, picture.row, slope_at(neuron.activation, z))
        title = self.tr("how the loss of point {number} changes with z").format(number=(picture.row or 0) + 1)
        self.bars.show_pull(title, pull)

    def _show_nothing(self) -> None:
        self._hands.give_up()
        self._pages.setCurrentIndex(1)
        self.picture.shape, self._node, self._fitted = None, None, None

    def _write_axes(self, snapshot: Snapshot, node: str) -> None:
        symbol = words.symbol_of(snapshot, node)
        wanted = (f"z {self.tr('of')} {snapshot.network.title(node)}", f"a = {symbol}(z)")
        if wanted != self.plot.property("axes"):
            self.plot.setProperty("axes", wanted)
            label_axis(self.plot, "bottom", wanted[0])
            label_axis(self.plot, "left", wanted[1])

    def restyle(self) -> None:
        """Take the colours and lengths of the current theme."""
        restyle_plot(self.plot)
        self.plot.setProperty("axes", None)
        self.losses.restyle()
        self.header.restyle()
        for layer in (self._ground, self._points, self._top):
            layer.changed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Curves side by side where there is more width than height."""
        super().resizeEvent(event)
        beside = self.width() > WIDE * self.height()
        directions = QBoxLayout.Direction
        wanted = directions.LeftToRight if beside else directions.TopToBottom
        if wanted != self._plots.direction():
            self._plots.setDirection(wanted)

    # -- ranges ----------------------------------------------------------------------------------------------------

    def fit(self) -> None:
        """Show the shape of the function and the points that are not far beyond it."""
        picture = self.picture
        if picture.shape is None:
            return
        x = fitted_z(picture.shape.name, picture.points.z)
        self.view.set_ranges(x, fitted_a(picture.shape.name, x, with_slope=picture.with_slope))
        self.losses.fit()

    def _framed(self) -> None:
        self.picture.frame = self.view.frame
        self._sample()
        self.picture.place()
        self.picture.note = words.outside_text(self.picture)

    def _sample(self) -> None:
        picture = self.picture
        if picture.shape is not None:
            count = max(64, round(picture.frame.width))
            picture.curve = sampled(picture.shape.name, picture.frame.x, count)
        self._ground.changed()

    # -- moving z --------------------------------------------------------------------------------------------------

    def _bias(self) -> Number | None:
        """The bias of the neuron as it is now; ``None`` when it cannot move anything."""
        network = self.context.document.state.network
        neuron = network.node_by_id.get(self._node or "")
        if not isinstance(neuron, Neuron) or words.refusal_to_move(network, neuron.id):
            return None
        return neuron.bias

    def _set_bias(self, value: Number) -> None:
        node = self._node
        if node is not None:
            title = self.context.document.state.network.title(node)
            self._gesture.edit(self.tr("Set bias of {name}").format(name=title), edits.set_bias, node, value)

    def _set_z(self, value: Number) -> None:
        """z = w·x + b: so that z of the chosen row becomes *value*, b changes by as much."""
        bias, node, row = self._bias(), self._node, self.picture.row
        if bias is None or node is None or row is None:
            return
        now = self.context.session.snapshot.pre_activation(node, row)
        if now is not None:
            self._set_bias(_sum(bias, _difference(value, now)))

    def _refuse(self) -> None:
        """Say why the points cannot be moved, with what would help."""
        state, node = self.context.document.state, self._node
        if node is None:
            return
        sentence = words.refusal_to_move(state.network, node)
        document = self.context.document
        neuron = state.network.node_by_id.get(node)
        if not sentence or not isinstance(neuron, Neuron):
            return
        if neuron.bias is None:
            action = (self.tr("Add a bias"), lambda: document.edit(self.tr("Add bias"), edits.add_bias, node))
        else:
            action = (
                self.tr("Unmute it"),
                lambda: document.edit(self.tr("Unmute bias"), edits.set_muted, f"{node}.bias", False),
            )
        self.context.session.message.emit(Notice(sentence, (action,)))

    def _add_neuron(self) -> None:
        self._gesture.edit(self.tr("Add neuron"), edits.add_neuron)

    # -- hands -----------------------------------------------------------------------------------------------------

    def _grab(self, place: QPointF) -> int | None:
        frame, zoom = self.picture.frame, theme().zoom
        reach = HIT_RADIUS * zoom
        if not (-reach <= place.x() <= frame.width + reach and -reach <= place.y() <= frame.height + reach):
            return None
        return self.picture.nearest(place, reach, RUG * zoom)

    def _take(self, row: object, place: QPointF) -> None:
        if not isinstance(row, int):
            return
        self.context.selection.select_rows({row})
        bias = self._bias()
        if bias is None:
            self._refuse()
            self._hands.give_up()
            return
        self.picture.hand.held = row
        self._start = (bias, place.x())
        self._gesture.begin()
        self._top.changed()

    def _carry(self, place: QPointF, fine: bool) -> None:
        if self.picture.hand.held is None:
            return
        bias, start = self._start
        unit = FINE if fine else UNIT
        by = round(Fraction((place.x() - start) / self.picture.frame.x_scale) / unit) * unit
        self._set_bias(_sum(bias, by))

    def _put_down(self) -> None:
        self._gesture.finish()
        self.picture.hand.held = None
        self._top.changed()

    def _cancel(self) -> None:
        self._gesture.cancel()
        self.picture.hand.held = None
        self._top.changed()

    def _click(self, row: object, add: bool) -> None:
        if isinstance(row, int):
            rows = self.context.selection.rows
            self.context.selection.select_rows(rows ^ {row} if add else {row})

    def _point(self, place: QPointF | None) -> None:
        hovered = None if place is None else self._grab(place)
        if hovered != self.picture.hand.hovered:
            self.picture.hand.hovered = hovered
            self._light(hovered)
            self._top.changed()

    def _light(self, row: object) -> None:
        self.context.selection.set_lit({row_ref(row)} if isinstance(row, int) else ())

    def _type(self, *_: object) -> None:
        if self._bias() is None:
            self._refuse()
        else:
            self.header.field.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- keys ------------------------------------------------------------------------------------------------------

    def _busy(self) -> bool:
        return self._hands.busy or self._gesture.under_way

    def _give_up(self) -> bool:
        return self._hands.give_up() or self._gesture.cancel()

    def _nudge(self, across: int, up: int, fine: bool) -> None:
        bias = self._bias()
        if bias is None:
            self._refuse()
            return
        if not self._gesture.under_way:
            self._gesture.begin()
        self._set_bias(_sum(bias, (across + up) * (FINE if fine else UNIT)))
        node, row = self._node, self.picture.row
        z = self.context.session.snapshot.pre_activation(node, row) if node is not None and row is not None else None
        announce(self.plot, self.tr("z {value}").format(value=self.context.display.text(z)))

    def _walk(self, step: int) -> None:
        count = self.picture.points.z.size
        rows = self.context.selection.rows
        if count:
            start = 0 if step > 0 else count - 1
            self.context.selection.select_rows({min(max(min(rows) + step, 0), count - 1) if rows else start})

    def _focus_changed(self, focused: bool) -> None:
        self.picture.hand.focused = focused
        if not focused:
            self._hands.give_up()
            self._gesture.finish()
        self._top.changed()

    # -- links -----------------------------------------------------------------------------------------------------

    def _selected(self) -> None:
        self.refresh_now()

    def _show_slope(self, on: bool) -> None:
        self.picture.with_slope = on
        self.fit()
        self._ground.changed()

    def _show_losses(self, _on: bool) -> None:
        self.refresh_now()

    def _forget(self) -> None:
        self._hands.give_up()
        self._node, self._fitted = None, None

    def _rows_selected(self, repaint: bool = True) -> None:
        hand, rows = self.picture.hand, self.context.selection.rows
        count, current = self.picture.points.z.size, min(rows) if rows else None
        self._keys.stops_at = set()
        if count <= TAB_STOPS:
            self._keys.stops_at = {step for step in (-1, 1) if current is None or 0 <= current + step < count}
        if rows != hand.selected:
            hand.selected = rows
            if repaint:
                self.refresh_now()

    def _lit_changed(self) -> None:
        lit = rows_in(self.context.selection.lit)
        if lit != self.picture.hand.lit:
            self.picture.hand.lit = lit
            self._top.changed()
            self.losses.repaint()

    def _line_changed(self, repaint: bool = True) -> None:
        if not self.is_seen():
            return
        found = rows_in(self.context.session.walk.refs)
        if found != self.picture.hand.in_line:
            self.picture.hand.in_line = found
            if repaint:
                self._top.changed()

    # -- words -----------------------------------------------------------------------------------------------------

    def _point_lines(self, row: int) -> ChipLines:
        if self._node is None:
            return []
        return words.point_lines(self.context.session.snapshot, self._node, row, self.context.display)

    def _surprise_lines(self, row: int) -> ChipLines:
        rows, node = self.losses.picture.rows, self._node
        if rows is None or node is None:
            return []
        return words.surprise_lines(rows, row, self.context.session.snapshot, node, self.context.display)


def _sum(a: Number, b: Number) -> Number:
    return a + b if isinstance(a, Fraction) and isinstance(b, Fraction) else float(a) + float(b)


def _difference(a: Number, b: Number) -> Number:
    return a - b if isinstance(a, Fraction) and isinstance(b, Fraction) else float(a) - float(b)
