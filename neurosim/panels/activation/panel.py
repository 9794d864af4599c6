"""The activation microscope as a panel: one neuron's curve, its points, and the hand that moves them by the bias."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from neurosim.document import edits
from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.network import Neuron
from neurosim.engine.snapshot import Snapshot
from neurosim.panels._gesture import FieldEdits
from neurosim.panels._marks import HIT_RADIUS
from neurosim.panels._neuron_box import chosen_neuron
from neurosim.panels._pages import Pages
from neurosim.panels._paint import ChipLines
from neurosim.panels._plot_frame import PlotFrame
from neurosim.panels._plot_hands import PlotHands
from neurosim.panels._plot_keys import PlotKeys
from neurosim.panels._plots import CornerButton, label_axis, make_plot, restyle_plot
from neurosim.panels._row_links import RowLinks
from neurosim.panels.activation import words
from neurosim.panels.activation.header import Header
from neurosim.panels.activation.layers import RUG, Ground, PointsLayer, Top
from neurosim.panels.activation.losses import LossView
from neurosim.panels.activation.moves import BiasMoves
from neurosim.panels.activation.picture import MicroscopePicture, Points
from neurosim.panels.activation.shape import fitted_a, fitted_z, sampled, shape_of, slope_at
from neurosim.panels.activation.surprise import is_probability
from neurosim.panels.base import Panel, PanelContext
from neurosim.widgets.announce import announce
from neurosim.widgets.empty_state import EmptyState
from neurosim.widgets.theme import theme

TAB_STOPS = 50
"""Up to so many points Tab walks from point to point before it leaves the plot."""
WIDE = 1.25
"""From so many times as wide as high on the curves stand side by side."""


class ActivationPanel(Panel):
    """Owns the plot ``activationPlot``. Ranges change by Fit, pan and zoom, and with another neuron or function."""

    run_fps = 20.0

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
        self._links = RowLinks(context, self.is_seen, self)
        self.picture.linked = self._links.rows
        self.losses = LossView(context, self._links.rows, lambda: self.picture.hand.held, self)
        self._empty = EmptyState(
            self.tr("There is no neuron yet, so there is no activation to look at."),
            self.tr("Add a neuron"),
            self._add_neuron,
            "activity",
            self,
        )
        self._fit = CornerButton(self.plot, "activationFit", self.tr("Fit: show the shape and all points (Home)"))
        self._moves = BiasMoves(context, self.picture, self)
        self._hands = PlotHands(self.plot, self.view, self._grab, Qt.CursorShape.SizeHorCursor, self)
        self._keys = PlotKeys(self.plot, context.session.clock, self._busy, self._give_up, self)
        self._field_edits = FieldEdits(self.header.field, self._moves.gesture, self._moves.set_z)
        self._node: str | None = None
        self._fitted: tuple[object, ...] | None = None
        self._lay_out()
        self._connect()
        self.watch()

    # -- building --------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._plots = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._plots.setContentsMargins(0, 0, 0, 0)
        self._plots.setSpacing(0)
        self._plots.addWidget(self.plot, 1)
        self._plots.addWidget(self.losses, 1)
        self.losses.hide()
        self._pages = Pages(self)
        self._pages.fill(self.header, self._plots, self._empty)

    def _connect(self) -> None:
        header, hands, keys, links = self.header, self._hands, self._keys, self._links
        header.chosen.connect(lambda node: self.context.selection.select({node}))
        header.slope_toggled.connect(self._show_slope)
        header.loss_toggled.connect(lambda _on: self.refresh_now())
        self._fit.wanted.connect(self.fit)
        self.view.changed.connect(self._framed)
        hands.taken.connect(self._take)
        hands.moved.connect(self._carry)
        hands.put_down.connect(self._put_down)
        hands.given_up.connect(self._cancel)
        hands.clicked.connect(links.choose)
        hands.ground_clicked.connect(lambda _place: links.choose_none())
        hands.double_clicked.connect(lambda _place: self._type())
        hands.pointed.connect(self._point)
        self.losses.pointed.connect(links.point_at)
        self.losses.chosen.connect(links.choose)
        keys.nudged.connect(self._nudge)
        keys.nudge_ended.connect(self._put_down)
        keys.next_wanted.connect(lambda step: links.walk(step, self.picture.points.z.size))
        keys.typing_wanted.connect(self._type)
        keys.fit_wanted.connect(self.fit)
        keys.lead(self.view)
        keys.focus_changed.connect(self._focus_changed)
        links.changed.connect(self._repaint)
        links.selected.connect(self.refresh_now)
        self.context.selection.selection_changed.connect(self.refresh_now)
        self.context.document.was_reset.connect(self._forget)

    # -- following -------------------------------------------------------------------------------------------------

    @property
    def node(self) -> str | None:
        """The neuron that is shown."""
        return self._node

    def refresh(self, snapshot: Snapshot) -> None:
        """Show the chosen neuron in *snapshot*; the ranges stay unless it is another neuron or function."""
        node = chosen_neuron(snapshot.network, self.context.selection.ids, self._node)
        if node is None:
            self._show_nothing()
            return
        if node != self._node:
            self._hands.give_up()
        self._node = self._moves.node = node
        self._pages.show_full()
        neuron = snapshot.network.node_by_id[node]
        if not isinstance(neuron, Neuron) or neuron.activation not in ACTIVATIONS:
            return
        self.header.box.show_neurons(snapshot.network, node)
        picture = self.picture
        shape = shape_of(neuron.activation)
        changed = shape is not picture.shape
        picture.shape, picture.points = shape, Points.of(snapshot, node)
        picture.kink_texts = words.kink_texts(shape, snapshot, node, self.context.display)
        picture.flat_text = self.tr("saturated")
        self._links.follow()
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
        self._show_losses(snapshot, node)
        self._keys.stops_at = self._stops()
        self._points.changed()
        self._top.changed()

    def _choose_row(self, snapshot: Snapshot, neuron: Neuron) -> None:
        """The row whose tangent is drawn and whose z the field shows; and all words about it."""
        picture, display = self.picture, self.context.display
        count = picture.points.z.size
        rows = self.context.selection.rows
        held = picture.hand.held
        row = held if held is not None else min(rows) if rows else 0
        picture.row = row if row < count else 0 if count else None
        refusal = self._moves.hold.refusal(snapshot.network, neuron.id)
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

    def _stops(self) -> set[int]:
        """The directions in which Tab goes to a further point before it leaves the plot."""
        count, current = self.picture.points.z.size, self._links.current
        if count > TAB_STOPS:
            return set()
        return {step for step in (-1, 1) if current is None or 0 <= current + step < count}

    def _show_losses(self, snapshot: Snapshot, node: str) -> None:
        """The curves of the loss, for an output that is read as a probability."""
        suits = is_probability(snapshot, node)
        self.header.loss_box.setVisible(suits)
        shown = suits and self.header.loss_box.isChecked()
        if shown == self.losses.isHidden():
            self.losses.setVisible(shown)
        if shown:
            self.losses.show_node(snapshot, node, self.picture.row)

    def _show_nothing(self) -> None:
        self._hands.give_up()
        self._pages.show_empty()
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
        self.losses.plot.fit()

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

    # -- hands and keys --------------------------------------------------------------------------------------------

    def _grab(self, place: QPointF) -> int | None:
        frame, zoom = self.picture.frame, theme().zoom
        reach = HIT_RADIUS * zoom
        if not (-reach <= place.x() <= frame.width + reach and -reach <= place.y() <= frame.height + reach):
            return None
        return self.picture.nearest(place, reach, RUG * zoom)

    def _take(self, row: object, place: QPointF) -> None:
        if isinstance(row, int):
            self._links.choose(row)
            if self._moves.take(place.x()):
                self.picture.hand.held = row
                self._repaint()
            else:
                self._hands.give_up()

    def _carry(self, place: QPointF, fine: bool) -> None:
        if self.picture.hand.held is not None:
            self._moves.carry(place.x(), fine)

    def _put_down(self) -> None:
        self._moves.gesture.finish()
        self.picture.hand.held = None
        self._repaint()

    def _cancel(self) -> None:
        self._moves.gesture.cancel()
        self.picture.hand.held = None
        self._repaint()

    def _point(self, place: QPointF | None) -> None:
        hovered = None if place is None else self._grab(place)
        if hovered != self.picture.hand.hovered:
            self.picture.hand.hovered = hovered
            self._links.point_at(hovered)
            self._repaint()

    def _nudge(self, across: int, up: int, fine: bool) -> None:
        z = self._moves.nudge(across + up, fine)
        if z is not None:
            announce(self.plot, self.tr("z {value}").format(value=self.context.display.text(z)))

    def _type(self) -> None:
        if self._moves.bias is None:
            self._moves.refuse()
        else:
            self.header.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _busy(self) -> bool:
        return self._hands.busy or self._moves.gesture.under_way

    def _give_up(self) -> bool:
        return self._hands.give_up() or self._moves.gesture.cancel()

    def _focus_changed(self, focused: bool) -> None:
        if not focused:
            self._hands.give_up()
            self._moves.gesture.finish()

    # -- links -----------------------------------------------------------------------------------------------------

    def _repaint(self) -> None:
        """What is pointed at, selected or in hand is another."""
        self._top.changed()
        self.losses.plot.repaint()

    def _show_slope(self, on: bool) -> None:
        self.picture.with_slope = on
        self.fit()
        self._ground.changed()

    def _forget(self) -> None:
        self._hands.give_up()
        self._node, self._fitted = None, None

    def _add_neuron(self) -> None:
        self._moves.gesture.edit(self.tr("Add neuron"), edits.add_neuron)

    # -- words -----------------------------------------------------------------------------------------------------

    def _point_lines(self, row: int) -> ChipLines:
        if self._node is None:
            return []
        return words.point_lines(self.context.session.snapshot, self._node, row, self.context.display)
