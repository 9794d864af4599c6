"""The loss map as a panel: header, map, colour key, and what hands and keys do to the dot."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from neurosim.document import edits
from neurosim.engine.loss_map.directions import Directions
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.numbers.format import spoken
from neurosim.panels._gesture import FieldEdits
from neurosim.panels._pages import Pages
from neurosim.panels._plot_frame import PlotFrame
from neurosim.panels._plots import CornerButton, make_plot, restyle_plot
from neurosim.panels.base import Panel, PanelContext
from neurosim.panels.loss_map import words
from neurosim.panels.loss_map.axis_names import AxisNames
from neurosim.panels.loss_map.captions import Captions
from neurosim.panels.loss_map.cards import Cards
from neurosim.panels.loss_map.fitting import Fitting
from neurosim.panels.loss_map.ground import Ground
from neurosim.panels.loss_map.hands import MapHands
from neurosim.panels.loss_map.header import Header
from neurosim.panels.loss_map.key import ColourKey
from neurosim.panels.loss_map.landscape import Landscape
from neurosim.panels.loss_map.links import MapLinks
from neurosim.panels.loss_map.moves import DotMoves
from neurosim.panels.loss_map.picture import MapPicture, OnWay
from neurosim.panels.loss_map.subject import Nothing, Subject, find_subject
from neurosim.panels.loss_map.tags import Labels
from neurosim.panels.loss_map.top import Top
from neurosim.panels.loss_map.way_layer import WayLayer
from neurosim.panels.loss_map.ways import Ways
from neurosim.widgets.announce import announce
from neurosim.widgets.empty_state import EmptyState
from neurosim.widgets.theme import theme

LOW = 220
"""Below so many pixels at 100 % the words make room for the map."""
STILL = 160
"""Milliseconds without a change after which numbers make way and the description for screen readers is written."""
SOON, LATER = 8, 120
"""Milliseconds until the map is worked on: as soon as can be; where that takes long, when the view is still."""
PATIENCE = 0.25
"""Seconds until it is said that the map is not there yet."""
MAP_WORK, WAY_WORK = 0.006, 0.004
"""Seconds of work at a time."""


class LossMapPanel(Panel):
    """Owns the plot ``lossMapPlot``. Its ranges change by Fit, pan and zoom, and when other parameters are chosen."""

    run_fps = 20.0

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("lossMapPanel")
        self.setAccessibleName(self.tr("Loss map"))
        self.picture = MapPicture()
        self.landscape = Landscape()
        self.ways = Ways(context)
        self.plot = make_plot("lossMapPlot", self.tr("Loss map"), context.display)
        self.view = PlotFrame(self.plot, self)
        self._labels = Labels()
        self._cards = Cards(context, self.picture, self.landscape)
        box = self.plot.getViewBox()
        self._ground = Ground(self.landscape, self.picture, self._labels, lambda: context.display.decimal, box)
        self._way_layer = WayLayer(self.picture, box)
        self._top = Top(self.picture, self._labels, self._cards.lines, box)
        self.view.set_layers(self._ground, self._way_layer, self._top)
        self._fitting = Fitting(self.view, self)
        self._axis_names = AxisNames(self.plot)
        self.header = Header(context.display, self)
        self.key = ColourKey(context.display, self)
        self._captions = Captions(context.display, self.picture, self._labels, self.header, self.plot)
        self._empty = EmptyState("", self.tr("Add a bias"), self._add_bias, "map", self)
        self._fit = CornerButton(self.plot, "lossMapFit", self.tr("Fit: show start, dot and minimum (Home)"))
        self._moves = DotMoves(context, self.picture, self)
        self._links = MapLinks(context, self.picture, self._axis_names, self.is_seen, self)
        self._cards.rest_at = self._moves.rest_at
        self._hands = MapHands(context, self.plot, self.view, self.picture, self._moves, self)
        self._edits = (
            FieldEdits(self.header.field_across, self._moves.gesture, lambda value: self._set(across=value)),
            FieldEdits(self.header.field_up, self._moves.gesture, lambda value: self._set(up=value)),
        )
        self._working, self._still = QTimer(self), QTimer(self)
        for timer in (self._working, self._still):
            timer.setSingleShot(True)
        self._still.setInterval(STILL)
        self._nothing: Nothing | None = None
        self._fitted: tuple[object, ...] | None = None
        self._drawn = -1
        self._late_since: float | None = None
        self._lay_out()
        self._connect()
        self.watch()

    # -- building --------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.plot, 1)
        self._row.addWidget(self.key)
        self._pages = Pages(self)
        self._pages.fill(self.header, self._row, self._empty)

    def _connect(self) -> None:
        hands, context = self._hands, self.context
        self.header.chosen.connect(lambda _choice: self.refresh_now())
        self._fit.wanted.connect(self.fit)
        self._fitting.framed.connect(self._framed)
        hands.changed.connect(self._top.changed)
        hands.moved_by_key.connect(self._announce)
        hands.way_clicked.connect(self._go_to)
        hands.typing_wanted.connect(lambda: self.header.field_across.setFocus(Qt.FocusReason.OtherFocusReason))
        hands.fit_wanted.connect(self.fit)
        self._working.timeout.connect(self._work)
        self._still.timeout.connect(self._settle)
        self._links.changed.connect(self._top.changed)
        context.session.timeline.changed.connect(self._show_ways)
        context.session.loss_trace_changed.connect(self._show_ways)
        context.session.running_changed.connect(lambda _running: self.refresh_now())
        context.document.was_reset.connect(self._forget)

    # -- following -------------------------------------------------------------------------------------------------

    def refresh(self, snapshot: Snapshot) -> None:
        """Show *snapshot*; the ranges stay unless other parameters are shown, or other data."""
        found = find_subject(snapshot.network, self.header.choice)
        if isinstance(found, Nothing):
            self._show_nothing(found)
            return
        self.picture.subject = found
        self.landscape.show(snapshot, found, self.view.frame)
        if self.landscape.problem is not None:
            self._show_nothing(Nothing(self.landscape.problem))
            return
        self._nothing = None
        self._pages.show_full()
        self.header.show_subject(snapshot.network, found)
        key = (found, snapshot.dataset.source)
        if key != self._fitted:
            self._fitted = key
            self._ground.renumber()
            self.fit()
        self._show(snapshot, found)

    def _show(self, snapshot: Snapshot, subject: Subject) -> None:
        """Have everything painted as it is at *snapshot*."""
        picture, bowl = self.picture, self.landscape.is_bowl
        found = self.landscape.directions(curvature=bowl)
        if found is None:
            return
        picture.frame = self.view.frame
        picture.dot, picture.loss, picture.gradient = found.dot, snapshot.loss, found.gradient
        picture.step_end = found.step_end
        picture.descent = self._descent(snapshot, subject, found)
        picture.minimum, picture.least = found.slice_minimum, found.minimum if found.held else None
        if self._fitting.wants_again(found) and not self._moves.gesture.under_way:
            self.fit()
        self._links.follow()
        steps = self._moves.unit(False), self._moves.unit(True)
        self.header.show_values(picture.dot, steps)
        self._cards.names, self._cards.directions = words.Names(snapshot.network, picture), found
        self._captions.say(snapshot.network, subject, found, late=self._is_late())
        self._show_map()
        self._show_ways()
        self._top.changed()
        self._still.start()

    def _descent(self, snapshot: Snapshot, subject: Subject, found: Directions) -> tuple[float, float]:
        """The falling gradient along what training may change."""
        if found.gradient is None:
            return 0.0, 0.0
        free = snapshot.network.trainable
        x, y = (
            -float(slope) if free.get(name, False) else 0.0
            for name, slope in zip((subject.across, subject.up), found.gradient, strict=True)
        )
        return x, y

    def _show_map(self) -> None:
        """Paint the map if there is another one, and see that work goes on."""
        if self.landscape.version != self._drawn:
            self._drawn = self.landscape.version
            relief, decimal = self.landscape.relief, self.context.display.decimal
            scale = relief.scale if relief is not None else None
            grey = relief is not None and bool(relief.picture.too_large.any())
            self.key.show_scale(scale, words.scale_text(scale, decimal, grey))
            self._ground.changed()
        # A run brings a frame soon, in which the map is worked on; in between the time belongs to the training.
        if self.landscape.pending and not self.context.session.running:
            self._working.start(SOON if self.landscape.is_quick else LATER)

    def _show_ways(self) -> None:
        """Paint the ways if there are others, and see that what is missing on them is worked out."""
        subject, picture = self.picture.subject, self.picture
        if subject is None or not self.is_seen():
            return
        found = self.ways.find(subject)
        if found is not picture.ways:
            picture.ways = found
            self._way_layer.changed()
            self._top.changed()
        if self.ways.pending and not self._working.isActive():
            self._working.start(SOON)

    def _work(self) -> None:
        """Go on with the map and the ways."""
        subject = self.picture.subject
        if subject is None or not self.is_seen():
            return
        if self.landscape.pending:
            self.landscape.work(MAP_WORK)
            self._show(self.context.session.snapshot, subject)
        elif self.ways.pending:
            self.ways.work(WAY_WORK)
            self._show_ways()

    def _settle(self) -> None:
        """Nothing has changed for a while: draw as fine as can be, and write what nobody reads in a hurry."""
        subject = self.picture.subject
        if subject is None or not self.is_seen():
            return
        self.landscape.refine()
        self._show_map()
        self._ground.make_way()
        found = self.landscape.directions(curvature=self.landscape.is_bowl)
        if found is not None:
            self._captions.say_all(self.context.session.snapshot.network, subject, found, self.key.accessibleName())

    def _is_late(self) -> bool:
        """Whether for some time the map has not been that of the instant shown."""
        if self.landscape.up_to_date:
            self._late_since = None
            return False
        now = time.monotonic()
        if self._late_since is None:
            self._late_since = now
        return now - self._late_since >= PATIENCE

    def restyle(self) -> None:
        """Take the colours and lengths of the current theme."""
        restyle_plot(self.plot)
        self.header.restyle()
        self._row.setContentsMargins(0, 0, theme().px(4), 0)
        self.key.updateGeometry()
        self._axis_names.forget()
        for layer in (self._ground, self._way_layer, self._top):
            layer.changed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little height the words make room for the map."""
        super().resizeEvent(event)
        compact = self.height() < theme().px(LOW)
        self.header.set_compact(compact)
        self._axis_names.set_compact(compact)

    def _show_nothing(self, nothing: Nothing) -> None:
        self._pages.show_empty()
        if nothing == self._nothing:
            return
        self._hands.give_up()
        self._nothing, self._fitted, self.picture.subject = nothing, None, None
        self.landscape.forget()
        self._empty.set_sentence(nothing.sentence)
        for button in self._empty.findChildren(QPushButton):
            button.setVisible(nothing.neuron is not None)

    def _add_bias(self) -> None:
        """What the button of the empty state does."""
        neuron = self._nothing.neuron if self._nothing is not None else None
        if neuron is not None:
            title = self.context.document.state.network.title(neuron)
            self._moves.gesture.edit(self.tr("Add bias of {name}").format(name=title), edits.add_bias, neuron)

    def _forget(self) -> None:
        self._hands.give_up()
        self.header.forget()
        self._fitted = None

    # -- ranges ----------------------------------------------------------------------------------------------------

    def fit(self) -> None:
        """Show start, dot, the end of the coming step and the minimum, or where it is not known some way around."""
        found, subject = self.landscape.directions(), self.picture.subject
        if found is not None and subject is not None:
            self.landscape.choose_scale()
            self._fitting.fit(found, self.ways.find(subject), bowl=self.landscape.is_bowl)

    def _framed(self) -> None:
        self.picture.frame = self.view.frame
        subject = self.picture.subject
        if subject is not None and self.is_seen():
            snapshot = self.context.session.snapshot
            self.landscape.show(snapshot, subject, self.view.frame)
            self._show(snapshot, subject)

    # -- links -----------------------------------------------------------------------------------------------------

    def _go_to(self, found: OnWay) -> None:
        """Look at the place in the history where training was at a point of the present way."""
        way = self.picture.ways[found.way]
        place = way.places[found.point]
        timeline = self.context.session.timeline
        index = timeline.track.index_of(place) if place is not None else None
        if index is not None:
            timeline.want(index)

    def _set(self, across: Number | None = None, up: Number | None = None) -> None:
        subject = self.picture.subject
        if subject is not None:
            values = {subject.across: across, subject.up: up}
            self._moves.set({name: value for name, value in values.items() if value is not None})

    def _announce(self) -> None:
        names = words.Names(self.context.session.snapshot.network, self.picture)
        network, subject = self.context.document.state.network, self.picture.subject
        if subject is not None:
            x, y = (spoken(network.parameters[name]) for name in (subject.across, subject.up))
            announce(self.plot, f"{names.across} {x}, {names.up} {y}")
