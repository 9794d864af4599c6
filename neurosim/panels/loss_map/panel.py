"""The loss map as a panel: header, map, colour key, and what hands and keys do to the dot."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from neurosim.document import edits
from neurosim.engine.loss_map.directions import Directions
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.numbers.format import spoken
from neurosim.panels._frame import Frame, Range
from neurosim.panels._gesture import FieldEdits
from neurosim.panels._plot_frame import UNIT, PlotFrame
from neurosim.panels._plots import CornerButton, make_plot, restyle_plot
from neurosim.panels.base import Panel, PanelContext
from neurosim.panels.loss_map import ranges, words
from neurosim.panels.loss_map.axis_names import AxisNames
from neurosim.panels.loss_map.cards import Cards
from neurosim.panels.loss_map.ground import Ground
from neurosim.panels.loss_map.hands import MapHands
from neurosim.panels.loss_map.header import Header
from neurosim.panels.loss_map.key import ColourKey
from neurosim.panels.loss_map.landscape import Landscape
from neurosim.panels.loss_map.moves import DotMoves
from neurosim.panels.loss_map.picture import MapPicture, OnWay
from neurosim.panels.loss_map.subject import Nothing, Subject, find_subject, held_values
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
MAP_WORK, WAY_WORK = 0.006, 0.004
"""Seconds of work at a time."""


class LossMapPanel(Panel):
    """Owns the plot ``lossMapPlot``. Its ranges change by Fit, pan and zoom, and when other parameters are chosen."""

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
        self._axis_names = AxisNames(self.plot)
        self.header = Header(context.display, self)
        self.key = ColourKey(context.display, self)
        self._empty = EmptyState("", self.tr("Add a bias"), self._add_bias, "map", self)
        self._fit = CornerButton(self.plot, "lossMapFit", self.tr("Fit: show start, dot and minimum (Home)"))
        self._moves = DotMoves(context, self.picture, self)
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
        self._wanted: tuple[Range, Range] | None = None  # what Fit wanted to show, whatever the size of the panel
        self._set_ranges: tuple[Range, Range] | None = None
        self._last_frame: Frame = UNIT
        self._had_minimum = True
        self._drawn = -1
        self._lay_out()
        self._connect()
        self.watch()

    # -- building --------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        full = QFrame(self)
        full.setProperty("role", "canvas")
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.plot, 1)
        self._row.addWidget(self.key)
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(self._row, 1)
        nothing = QFrame(self)
        nothing.setProperty("role", "canvas")
        middle = QVBoxLayout(nothing)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addWidget(self._empty)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(full)
        self._pages.addWidget(nothing)

    def _connect(self) -> None:
        hands, context = self._hands, self.context
        self.header.chosen.connect(lambda _choice: self.refresh_now())
        self._fit.wanted.connect(self.fit)
        self.view.changed.connect(self._framed)
        hands.changed.connect(self._top.changed)
        hands.moved_by_key.connect(self._announce)
        hands.way_clicked.connect(self._go_to)
        hands.typing_wanted.connect(lambda: self.header.field_across.setFocus(Qt.FocusReason.OtherFocusReason))
        hands.fit_wanted.connect(self.fit)
        self._working.timeout.connect(self._work)
        self._still.timeout.connect(self._settle)
        context.selection.lit_changed.connect(self._light)
        context.session.walk.changed.connect(self._line_changed)
        context.session.timeline.changed.connect(self._show_ways)
        context.session.loss_trace_changed.connect(self._show_ways)
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
        self._pages.setCurrentIndex(0)
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
        if not self._had_minimum and found.slice_minimum is not None and self._is_untouched():
            self.fit()
        picture.pending = self._pending()
        self._read_lit()
        self._say(snapshot, subject, found)
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
            self.key.show_scale(scale, words.scale_text(scale, decimal))
            self._ground.changed()
        if self.landscape.pending and not self._working.isActive():
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
        """Nothing has changed for a while."""
        if self.picture.subject is None or not self.is_seen():
            return
        self.landscape.refine()
        self._show_map()
        self._ground.make_way()
        picture, display = self.picture, self.context.display
        snapshot = self.context.session.snapshot
        names = words.Names(snapshot.network, picture)
        relief = self.landscape.relief
        scale = words.scale_text(relief.scale if relief is not None else None, display.decimal)
        held = words.held_text(snapshot.network, held_values(snapshot.network, self.picture.subject), display)
        found = self.landscape.directions(curvature=self.landscape.is_bowl)
        condition = words.condition_text(found.curvature if found is not None else None, display.decimal)
        self.plot.setAccessibleDescription(words.description(picture, names, found, held, condition, scale))

    def _say(self, snapshot: Snapshot, subject: Subject, found: Directions) -> None:
        """Write numbers, labels, notes and the line of words."""
        picture, display, network = self.picture, self.context.display, snapshot.network
        names, labels = words.Names(network, picture), self._labels
        self._cards.names, self._cards.directions = names, found
        self.header.show_values(picture.dot, (self._moves.unit(False), self._moves.unit(True)))
        held = held_values(network, subject)
        stretched = "" if ranges.is_even(picture.frame) else self.tr("different scales across and up")
        condition = words.condition_text(found.curvature, display.decimal)
        lines = (words.held_text(network, held, display), condition, stretched)
        tips = (
            words.held_tip(network, held, display, bool(found.held)),
            self.tr("Largest by least curvature: the square of how many times longer than wide the valley is.")
            if condition
            else "",
            words.stretched_text() if stretched else "",
        )
        self.header.say("; ".join(filter(None, lines)), "\n".join(filter(None, tips)))
        if picture.minimum is not None:
            labels.minimum = words.label_of(picture.minimum, words.minimum_title(picture, least=False), display)
            labels.minimum_outside = words.outside_label(words.minimum_title(picture, least=False))
        labels.least = words.minimum_title(picture, least=True)
        labels.ghost, labels.pending = self.tr("after one step"), self.tr("new, not yet applied")
        labels.dot_outside = self.tr("dot out of view")
        late = not self.landscape.up_to_date and self.landscape.relief is not None
        picture.note = words.note_text(picture, names, display, late=late, step_problem=found.step_problem)

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
        self.header.set_compact(self.height() < theme().px(LOW))

    def _show_nothing(self, nothing: Nothing) -> None:
        self._pages.setCurrentIndex(1)
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
        found = self.landscape.directions()
        if found is None:
            return
        dot = (float(found.dot[0]), float(found.dot[1]))
        seen = [(float(way.x[0]), float(way.y[0])) for way in self.picture.ways if not way.name]
        step = None
        if found.step_end is not None:
            step = (float(found.step_end[0]), float(found.step_end[1]))
        lowest = found.slice_minimum
        self._had_minimum = lowest is not None or not self.landscape.is_bowl
        seen += [(float(m.place[0]), float(m.place[1])) for m in (lowest, found.minimum) if m is not None]
        if step is not None and ranges.is_near(step, [*seen, dot]):
            seen.append(step)
        reach = None if lowest is not None else ranges.reach_around(dot, step)
        self._wanted = ranges.fitted_ranges(seen, dot, reach)
        self.landscape.choose_scale()
        self._show_wanted()

    def _show_wanted(self) -> None:
        if self._wanted is not None:
            frame = self.view.frame
            self._set_ranges = ranges.evened(*self._wanted, frame.width, frame.height)
            self.view.set_ranges(*self._set_ranges)

    def _is_untouched(self) -> bool:
        """Whether what is in view is still what Fit has shown."""
        frame = self.view.frame
        return self._set_ranges == (frame.x, frame.y) and not self._moves.gesture.under_way

    def _framed(self) -> None:
        frame, last = self.view.frame, self._last_frame
        self._last_frame = frame
        if (frame.width, frame.height) != (last.width, last.height) and self._wanted is not None:
            wanted = self._for_size(frame, last)
            if wanted != (frame.x, frame.y):
                self._set_ranges = wanted
                self.view.set_ranges(*wanted)  # which leads here again
                return
        self.picture.frame = frame
        subject = self.picture.subject
        if subject is not None and self.is_seen():
            snapshot = self.context.session.snapshot
            self.landscape.show(snapshot, subject, frame)
            self._show(snapshot, subject)

    def _for_size(self, frame: Frame, last: Frame) -> tuple[Range, Range]:
        """What to show on a plot of another size: what Fit wanted, or the same middle at the same scale."""
        if self._wanted is not None and self._set_ranges == (frame.x, frame.y):
            return ranges.evened(*self._wanted, frame.width, frame.height)
        if last == UNIT or not ranges.is_even(last):
            return frame.x, frame.y
        return ranges.same_scale(last, frame.width, frame.height)

    # -- links -----------------------------------------------------------------------------------------------------

    def _pending(self) -> tuple[Number, Number] | None:
        subject, pending = self.picture.subject, self.context.session.walk.pending
        if subject is None or not {subject.across, subject.up} & pending.keys():
            return None
        x, y = self.picture.dot
        return pending.get(subject.across, x), pending.get(subject.up, y)

    def _read_lit(self) -> None:
        subject = self.picture.subject
        if subject is None:
            return
        mine = {name + part for name in (subject.across, subject.up) for part in ("", ".gradient")}
        self.picture.lit = self.context.selection.lit & mine
        self.picture.in_line = self.context.session.walk.refs & mine
        network = self.context.session.snapshot.network
        self._axis_names.show(network, subject, self.picture.lit, self.picture.in_line)

    def _light(self) -> None:
        if self.is_seen():
            self._read_lit()
            self._top.changed()

    def _line_changed(self) -> None:
        if self.picture.subject is not None and self.is_seen():
            self.picture.pending = self._pending()
            self._light()

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
