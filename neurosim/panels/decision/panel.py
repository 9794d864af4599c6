"""The decision map as a panel: header, plot, words, and the threshold that hands and keys move."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtWidgets import QFrame, QStackedLayout, QVBoxLayout, QWidget

from neurosim.engine.network import Neuron
from neurosim.engine.response_map import value_range
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.numbers.format import MINUS
from neurosim.panels._frame import Range, fitted
from neurosim.panels._gesture import FieldEdits, Gesture
from neurosim.panels._marks import HIT_RADIUS
from neurosim.panels._paint import ChipLines
from neurosim.panels._plot_frame import PlotFrame
from neurosim.panels._plot_hands import PlotHands
from neurosim.panels._plot_keys import PlotKeys
from neurosim.panels._plots import CornerButton, label_axis, make_plot, restyle_plot
from neurosim.panels._rows_lit import row_ref, rows_in
from neurosim.panels._threshold import set_threshold, threshold_of
from neurosim.panels.base import Panel, PanelContext
from neurosim.panels.decision import words
from neurosim.panels.decision.header import Header
from neurosim.panels.decision.layers import Ground, Marks, Top
from neurosim.panels.decision.pencil import equation_of
from neurosim.panels.decision.picture import MapPicture, Rows
from neurosim.panels.decision.subject import Choice, Subject, find_subject
from neurosim.widgets.announce import announce
from neurosim.widgets.empty_state import EmptyState
from neurosim.widgets.theme import theme

THRESHOLD = "threshold"
"""What hands take hold of here, besides rows (their numbers)."""
REACH = 8.0
"""A press this near to the boundary takes the threshold, in pixels at 100 %."""
STILL = 160
"""Milliseconds without a change after which the map is drawn as fine as the eye can tell."""
COARSE = 5


class DecisionPanel(Panel):
    """Owns the plot ``decisionPlot``. Its ranges change by Fit, pan and zoom, and when other inputs are shown."""

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("decisionPanel")
        self.setAccessibleName(self.tr("Decision map"))
        self.picture = MapPicture()
        self.plot = make_plot("decisionPlot", self.tr("Decision map"), context.display)
        self.view = PlotFrame(self.plot, self)
        box = self.plot.getViewBox()
        self._ground = Ground(self.picture, self.view.grid, self._plain, box)
        self._marks = Marks(self.picture, box)
        self._top = Top(self.picture, self._row_lines, self._place_lines, box)
        self.view.set_layers(self._ground, self._marks, self._top)
        self.header = Header(context.display, self)
        self._empty = EmptyState("", icon_name="chart-scatter", parent=self)
        self._fit = CornerButton(self.plot, "decisionFit", self.tr("Fit: show all points (Home)"))
        self._gesture = Gesture(context, self)
        self._hands = PlotHands(self.plot, self.view, self._grab, self._cursor, self)
        self._keys = PlotKeys(self.plot, self._busy, self._give_up, self)
        self._field_edits = FieldEdits(self.header.field, self._gesture, self._set_threshold)
        self._still = QTimer(self)
        self._still.setSingleShot(True)
        self._still.setInterval(STILL)
        self._fitted: tuple[object, ...] | None = None
        self._drawn: tuple[object, ...] = ()
        self._marked: tuple[object, ...] = ()
        self._start = 0.0
        self._lay_out()
        self._connect()
        self.watch()

    # -- building --------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        full = QFrame(self)
        full.setProperty("role", "canvas")
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.plot, 1)
        nothing = QFrame(self)
        nothing.setProperty("role", "canvas")
        middle = QVBoxLayout(nothing)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addWidget(self._empty)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(full)
        self._pages.addWidget(nothing)

    def _connect(self) -> None:
        self.header.chosen.connect(self._choose)
        self._fit.wanted.connect(self.fit)
        self._still.timeout.connect(self.sharpen)
        self.view.changed.connect(self._framed)
        hands, keys, selection = self._hands, self._keys, self.context.selection
        hands.taken.connect(self._take)
        hands.moved.connect(self._carry)
        hands.put_down.connect(self._put_down)
        hands.given_up.connect(self._cancel)
        hands.clicked.connect(self._click)
        hands.ground_clicked.connect(lambda _place: selection.select_rows(()))
        hands.double_clicked.connect(lambda _place: self.header.field.setFocus(Qt.FocusReason.OtherFocusReason))
        hands.pointed.connect(self._point)
        keys.nudged.connect(self._nudge)
        keys.nudge_ended.connect(self._put_down)
        keys.next_wanted.connect(self._walk)
        keys.typing_wanted.connect(lambda: self.header.field.setFocus(Qt.FocusReason.OtherFocusReason))
        keys.fit_wanted.connect(self.fit)
        keys.zoomed.connect(self.view.zoom)
        keys.panned.connect(lambda across, up: self.view.pan(QPointF(across, up)))
        keys.focus_changed.connect(self._focus_changed)
        selection.rows_selected.connect(self._rows_selected)
        selection.lit_changed.connect(self._lit_changed)
        self.context.session.walk.changed.connect(self._line_changed)
        self.context.document.was_reset.connect(self._forget)

    # -- following -------------------------------------------------------------------------------------------------

    def refresh(self, snapshot: Snapshot) -> None:
        """Show *snapshot*: coarsely while it keeps changing, as fine as can be seen when it is still."""
        rows = self.context.selection.rows
        found = find_subject(snapshot, self.header.choice, next(iter(rows)) if len(rows) == 1 else None)
        if isinstance(found, str):
            self._show_nothing(found)
            return
        self._pages.setCurrentIndex(0)
        picture = self.picture
        picture.subject = found
        picture.threshold = threshold_of(self.context.document.state, found.node, found.classes)
        picture.threshold_text = self.context.display.text(picture.threshold)
        self.header.show_subject(snapshot, found)
        self.header.show_threshold(picture.threshold, self._unit() * COARSE, self._limits(snapshot, found))
        self._rows_selected(repaint=False)
        self._line_changed(repaint=False)
        self._show_axes(found, snapshot)
        key = self._fit_key(found, snapshot)
        picture.rows = Rows.of(snapshot, found, picture.threshold)
        if key != self._fitted:
            self._fitted = key
            self._drawn = ()
            self.fit()
        picture.place()
        # Showing the panel again, or writing numbers otherwise, draws no other map.
        drawn = (id(snapshot), found, picture.threshold, self.view.frame, self.context.display.text(Fraction(1, 3)))
        if drawn != self._drawn:
            self._drawn = drawn
            self._draw(fine=False)

    def _draw(self, *, fine: bool) -> None:
        """Work out the map and have everything painted anew."""
        picture, snapshot = self.picture, self.context.session.snapshot
        subject = picture.subject
        if subject is None:
            return
        picture.frame = self.view.frame
        picture.place()
        network, threshold = snapshot.network, float(picture.threshold)
        if subject.is_regions:
            marks = picture.px, picture.py
            picture.regions.update(network, subject, picture.frame, theme(), marks=marks, fine=fine)
        elif subject.up is None:
            picture.curve.update(network, subject, picture.frame, threshold)
        else:
            picture.plane.update(network, subject, picture.frame, threshold, theme(), fine=fine)
        display = self.context.display
        picture.crossings = words.crossing_texts(picture, snapshot, display)
        picture.note = words.note_text(picture, snapshot, display)
        self._say(snapshot, subject)
        # The marks of the rows change seldom, and the map in every frame of a run.
        marked = (snapshot.dataset, subject, picture.frame, snapshot.settings.loss, theme())
        if self._marked != marked or (subject.up is None and subject.target is None):
            self._marked = marked
            self._marks.changed()
        self._ground.changed()
        self._top.changed()
        if not fine:
            self._still.start()

    def sharpen(self) -> None:
        """Draw the map as fine as the eye can tell; nothing has changed for a while."""
        self._still.stop()
        if self.is_seen() and self.picture.subject is not None and self.picture.subject.up is not None:
            self._draw(fine=True)

    def _say(self, snapshot: Snapshot, subject: Subject) -> None:
        display, rows = self.context.display, self.picture.rows
        equation = None
        if not subject.is_regions:
            equation = equation_of(snapshot.network, subject.node, subject.fixed, self.picture.threshold)
        lines = [words.equation_text(equation, display), words.held_text(subject, display)]
        accuracy = words.accuracy_text(rows, display) if rows is not None else ""
        legend = words.legend_text(subject, rows, display) if rows is not None else ""
        self.header.say(accuracy, legend, "; ".join(filter(None, lines)))
        tip = self.tr(
            "Accuracy counts the points on the right side of the threshold. The loss also counts how sure the "
            "neuron is of each, and it is the loss that training makes small."
        )
        self.header.setToolTip(tip if accuracy else "")
        said = [accuracy, *lines, self.picture.note]
        self.plot.setAccessibleDescription(". ".join(filter(None, said)))

    def restyle(self) -> None:
        """Take the colours and lengths of the current theme."""
        restyle_plot(self.plot)
        self.header.restyle()
        self._drawn = ()
        if self.picture.subject is not None:
            self._show_axes(self.picture.subject, self.context.session.snapshot, anew=True)

    def _show_nothing(self, sentence: str) -> None:
        self._hands.give_up()
        self._pages.setCurrentIndex(1)
        self._empty.set_sentence(sentence)
        self.picture.subject, self.picture.rows = None, None
        self._fitted, self._drawn = None, ()

    def _show_axes(self, subject: Subject, snapshot: Snapshot, anew: bool = False) -> None:
        up = subject.up if subject.up is not None else self._title(subject, snapshot)
        wanted = (subject.across, up)
        if anew or wanted != self.plot.property("axes"):
            self.plot.setProperty("axes", wanted)
            label_axis(self.plot, "bottom", subject.across)
            label_axis(self.plot, "left", up)

    def _title(self, subject: Subject, snapshot: Snapshot) -> str:
        if subject.is_regions:
            return self.tr("probability")
        return snapshot.network.title(subject.node)

    # -- ranges ----------------------------------------------------------------------------------------------------

    def fit(self) -> None:
        """Show all points, and on a line all that the neuron can be."""
        picture, snapshot = self.picture, self.context.session.snapshot
        subject, rows = picture.subject, picture.rows
        if subject is None or rows is None:
            return
        if subject.up is not None:
            self.view.set_ranges(fitted(rows.x, 0.08), fitted(rows.y, 0.08))
            return
        self.view.set_ranges(fitted(rows.x, 0.12), self._heights(snapshot, subject, rows))

    def _heights(self, snapshot: Snapshot, subject: Subject, rows: Rows) -> Range:
        if subject.is_regions:
            return -0.04, 1.16
        node = snapshot.network.node_by_id.get(subject.node)
        low, high = value_range(node.activation) if isinstance(node, Neuron) else (-math.inf, math.inf)
        shown = [float(self.picture.threshold), *(end for end in (low, high) if math.isfinite(end))]
        a = snapshot.activations.get(subject.node, np.empty(0))
        return fitted(np.concatenate((rows.y, a, shown)), 0.12)

    @staticmethod
    def _fit_key(subject: Subject, snapshot: Snapshot) -> tuple[object, ...]:
        """Other data, or other columns of them, are another picture; a moved row or a step is not."""
        node = snapshot.network.node_by_id.get(subject.node)
        shape = (subject.node, node.activation if isinstance(node, Neuron) else "") if subject.up is None else ()
        return (subject.across, subject.up, subject.is_regions, snapshot.dataset.source, *shape)

    def _framed(self) -> None:
        self.picture.frame = self.view.frame
        self.picture.place()
        if self.is_seen() and self.picture.subject is not None:
            self._drawn = ()
            self._draw(fine=False)

    # -- the threshold ---------------------------------------------------------------------------------------------

    def _set_threshold(self, value: Number) -> None:
        subject = self.picture.subject
        if subject is not None and not subject.is_regions:
            title = self.context.document.state.network.title(subject.node)
            text = self.tr("Set threshold of {name}").format(name=title)
            self._gesture.edit(text, set_threshold, subject.node, value)

    def _limits(self, snapshot: Snapshot, subject: Subject) -> tuple[Number, Number] | None:
        """What the neuron can reach at all; ``None`` where there is no end."""
        node = snapshot.network.node_by_id.get(subject.node)
        low, high = value_range(node.activation) if isinstance(node, Neuron) else (-math.inf, math.inf)
        if not (math.isfinite(low) and math.isfinite(high)):
            return None
        return Fraction(low).limit_denominator(1000), Fraction(high).limit_denominator(1000)

    def _unit(self) -> Fraction:
        """The threshold rests at multiples of this: the hundredth part of what it can range over, or rounder."""
        snapshot, subject = self.context.session.snapshot, self.picture.subject
        limits = self._limits(snapshot, subject) if subject is not None else None
        if limits is not None:
            span = float(limits[1] - limits[0])
        else:
            a = snapshot.activations.get(subject.node, np.empty(0)) if subject is not None else np.empty(0)
            span = max(float(np.ptp(a)) if a.size else 0.0, 1.0)
        decade = Fraction(10) ** math.floor(math.log10(span / 100 * (1 + 1e-9)))
        return max(decade * digit for digit in (1, 2, 5) if float(decade * digit) <= span / 100 * (1 + 1e-9))

    def _rest(self, value: float, fine: bool) -> Number:
        """The place to rest nearest to *value*, within what the neuron reaches."""
        unit = self._unit() / (10 if fine else 1)
        found = round(Fraction(value) / unit) * unit
        subject = self.picture.subject
        limits = self._limits(self.context.session.snapshot, subject) if subject is not None else None
        if limits is not None:
            low, high = Fraction(limits[0]) + unit, Fraction(limits[1]) - unit
            found = min(max(found, low), high)
        return found

    # -- hands -----------------------------------------------------------------------------------------------------

    def _grab(self, place: QPointF) -> object:
        """A row, the threshold, or nothing."""
        picture = self.picture
        row = picture.nearest(place, HIT_RADIUS * theme().zoom)
        if row is not None:
            return row
        return THRESHOLD if self._is_on_threshold(place) else None

    def _is_on_threshold(self, place: QPointF) -> bool:
        picture, subject, reach = self.picture, self.picture.subject, REACH * theme().zoom
        frame = picture.frame
        if subject is None or subject.is_regions or not self._inside(place):
            return False
        if subject.up is None:
            return abs(place.y() - frame.down(float(picture.threshold))) <= reach
        return picture.plane.is_on_boundary(place.x(), place.y(), reach)

    def _inside(self, place: QPointF) -> bool:
        frame = self.picture.frame
        return -4 <= place.x() <= frame.width + 4 and -4 <= place.y() <= frame.height + 4

    def _cursor(self) -> Qt.CursorShape:
        hand = self.picture.hand
        if hand.hovered is not None:
            return Qt.CursorShape.PointingHandCursor
        upright = self.picture.subject is not None and self.picture.subject.up is None
        return Qt.CursorShape.SizeVerCursor if upright else Qt.CursorShape.OpenHandCursor

    def _take(self, grip: object, place: QPointF) -> None:
        if grip == THRESHOLD:
            self._gesture.begin()
            self.picture.hand.held = True
            # What is under the pointer now shall stay under it: the first pixels are no change.
            self._start = float(self.picture.threshold) - self._value_under(place)
            self._top.changed()

    def _value_under(self, place: QPointF) -> float:
        """The threshold that would lie under a pixel."""
        subject = self.picture.subject
        if subject is None or subject.up is None:
            return self.picture.frame.value(place)[1]
        found = self.picture.plane.value_at(place.x(), place.y())
        return found if found is not None else float(self.picture.threshold)

    def _carry(self, place: QPointF, fine: bool) -> None:
        if self.picture.hand.held:
            offset = self._start if self.picture.subject is not None and self.picture.subject.up is None else 0.0
            self._set_threshold(self._rest(self._value_under(place) + offset, fine))

    def _put_down(self) -> None:
        self._gesture.finish()
        self.picture.hand.held = False
        self._top.changed()

    def _cancel(self) -> None:
        self._gesture.cancel()
        self.picture.hand.held = False
        self._top.changed()

    def _click(self, grip: object, add: bool) -> None:
        if isinstance(grip, int):
            rows = self.context.selection.rows
            self.context.selection.select_rows(rows ^ {grip} if add else {grip})
            # A row is not carried here: the map shows decisions, the data plot moves points.
            self._hands.give_up()

    def _point(self, place: QPointF | None) -> None:
        hand = self.picture.hand
        inside = place is not None and self._inside(place)
        grip = self._grab(place) if place is not None and inside else None
        hovered = grip if isinstance(grip, int) else None
        before = (hand.hovered, hand.on_threshold, hand.pointer)
        hand.hovered, hand.on_threshold = hovered, grip == THRESHOLD
        hand.pointer = place if inside and hovered is None else None
        if (hand.hovered, hand.on_threshold, hand.pointer) != before:
            if hand.hovered != before[0]:
                self.context.selection.set_lit(() if hovered is None else {row_ref(hovered)})
            self._top.changed()

    # -- keys ------------------------------------------------------------------------------------------------------

    def _busy(self) -> bool:
        return self._hands.busy or self._gesture.under_way

    def _give_up(self) -> bool:
        return self._hands.give_up() or self._gesture.cancel()

    def _nudge(self, across: int, up: int, fine: bool) -> None:
        subject = self.picture.subject
        if subject is None or subject.is_regions:
            return
        if not self._gesture.under_way:
            self._gesture.begin()
        unit = self._unit() * (1 if fine else COARSE)
        now = threshold_of(self.context.document.state, subject.node, subject.classes)
        wanted = Fraction(now) / unit
        steps = across + up
        target = (math.floor(wanted) + steps if steps > 0 else math.ceil(wanted) + steps) * unit
        self._set_threshold(self._rest(float(target), fine))
        said = self.context.display.text(threshold_of(self.context.document.state, subject.node, subject.classes))
        announce(self.plot, self.tr("Threshold {value}").format(value=said))

    def _walk(self, step: int) -> None:
        count = self.context.document.state.dataset.n_rows
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

    def _choose(self, _choice: Choice) -> None:
        self.refresh_now()

    def _forget(self) -> None:
        self._hands.give_up()
        self.header.forget()
        self._fitted, self._drawn = None, ()

    def _rows_selected(self, repaint: bool = True) -> None:
        hand, rows = self.picture.hand, self.context.selection.rows
        if rows == hand.selected:
            return
        hand.selected = rows
        if repaint and self.is_seen():
            self._top.changed()
            if self.picture.subject is not None and self.picture.subject.fixed:
                self.refresh_now()

    def _lit_changed(self) -> None:
        lit = rows_in(self.context.selection.lit)
        if lit != self.picture.hand.lit:
            self.picture.hand.lit = lit
            self._top.changed()

    def _line_changed(self, repaint: bool = True) -> None:
        if not self.is_seen():
            return
        found = rows_in(self.context.session.walk.refs)
        if found != self.picture.hand.in_line:
            self.picture.hand.in_line = found
            if repaint:
                self._top.changed()

    # -- words -----------------------------------------------------------------------------------------------------

    def _row_lines(self, row: int) -> ChipLines:
        return words.row_lines(self.picture, self.context.session.snapshot, self.context.display, row)

    def _place_lines(self, at: QPointF) -> ChipLines:
        return words.place_lines(self.picture, self.context.session.snapshot, self.context.display, at)

    def _plain(self, value: float) -> str:
        return f"{value:.6g}".replace("-", MINUS).replace(".", self.context.display.decimal)
