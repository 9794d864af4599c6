"""The biological neuron as a panel: a leaky integrate-and-fire cell beside the artificial neuron, on the same input."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from neurosim.document import edits
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.numbers.format import equals
from neurosim.panels._pages import Pages
from neurosim.panels.base import Panel, PanelContext
from neurosim.panels.biology import words
from neurosim.panels.biology.fields import Fields
from neurosim.panels.biology.hands import CellHands
from neurosim.panels.biology.header import CURVES, NUMBERS, TERMS, Header
from neurosim.panels.biology.kept import CURRENT, DURATION, cell_of, numbers_of
from neurosim.panels.biology.moves import Moves
from neurosim.panels.biology.picture import (
    CellPicture,
)
from neurosim.panels.biology.playing import Playing
from neurosim.panels.biology.plots import CellPlot
from neurosim.panels.biology.ranges import CellRanges
from neurosim.panels.biology.subject import find_subject
from neurosim.panels.biology.term_list import TermList
from neurosim.panels.biology.terms import Term, breaks, terms_of
from neurosim.widgets.empty_state import EmptyState
from neurosim.widgets.theme import theme

TALL, WIDE = 560, 760
"""From so many pixels in height or width at 100 % on the plots and another page are shown together."""

FLAT, BROAD = 330, 560
"""Below so many pixels in height and from so many in width on all plots stand side by side."""


class BiologyPanel(Panel):
    """Owns the plots ``biologyVoltagePlot``, ``biologyRatePlot`` and ``biologyActivationPlot``, and the lists.

    The two curves share their axis: I = z times the current per unit of z. Ranges change by Fit, pan and zoom, and
    when what matters would be out of view; never during a gesture.
    """

    run_fps = 20.0

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("biologyPanel")
        self.setAccessibleName(self.tr("Biological neuron"))
        self.picture = CellPicture()
        self.moves = Moves(context, self)
        self.hands = CellHands(context, self.picture, self.moves, self)
        self.playing = Playing(self)
        self._frames()
        self.voltage = self._plot("voltage", "biologyVoltagePlot", self.tr("Membrane voltage over time"))
        self.rate = self._plot("rate", "biologyRatePlot", self.tr("Firing rate over input current"))
        self.activation = self._plot("activation", "biologyActivationPlot", self.tr("Activation over z"))
        self._plots = (self.voltage, self.rate, self.activation)
        self.hands.read(*self._plots)
        self.ranges = CellRanges(self.picture, *self._plots, self)
        self.header = Header(self._states.full)
        self._lists = lists = QWidget(self._scrolls[TERMS].viewport())
        self.terms = TermList("biologyTerms", (self.tr("artificial neuron"), self.tr("biological neuron")), lists)
        self._empty = EmptyState(
            self.tr("There is no neuron yet that a cell could stand beside."),
            self.tr("Add a neuron"),
            lambda: self.moves.gesture.edit(self.tr("Add neuron"), edits.add_neuron),
            "brain",
            self._states.nothing,
        )
        self._page = CURVES
        self._pointed: Term | None = None
        self._listed: tuple[Term, ...] = ()
        self._worked_out: tuple[object, ...] = ()
        self._together = False
        self._flat = False
        self._lay_out()
        self._connect()
        self.watch()

    # -- building --------------------------------------------------------------------------------------------------

    def _plot(self, kind: str, name: str, title: str) -> CellPlot:
        display, clock = self.context.display, self.context.session.clock
        busy, give_up = self.hands.busy, self.hands.give_up
        return CellPlot(kind, name, title, self.picture, display, clock, busy, give_up, self._curves)

    def _frames(self) -> None:
        """What everything else stands in: it comes first, so that nothing has to be moved there."""
        self._states = Pages(self)
        self._curves = QFrame(self._states.full)
        self._curves.setProperty("role", "canvas")
        self._pages = QStackedWidget(self._states.full)
        self._scrolls = {name: self._scroll() for name in (TERMS, NUMBERS)}

    def _lay_out(self) -> None:
        beside = QHBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self.rate.widget, 1)
        beside.addWidget(self.activation.widget, 1)
        self._drawn = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._curves)
        self._drawn.setContentsMargins(0, 0, 0, 0)
        self._drawn.setSpacing(0)
        self._drawn.addWidget(self.voltage.widget, 1)
        self._drawn.addLayout(beside, 1)
        self._lists.setProperty("role", "canvas")
        self._lists_column = lists = QVBoxLayout(self._lists)
        lists.setContentsMargins(0, 0, 0, 0)
        lists.addWidget(self.terms)
        lists.addStretch(1)
        self._scrolls[TERMS].setWidget(self._lists)
        for scroll in self._scrolls.values():
            self._pages.addWidget(scroll)
        self._parts = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(0)
        self._parts.addWidget(self._curves, 3)
        self._parts.addWidget(self._pages, 2)
        self._states.fill(self.header, self._parts, self._empty)
        self._arrange()

    @cached_property
    def fields(self) -> Fields:
        """A field for each number, made when their page is first wanted."""
        scroll = self._scrolls[NUMBERS]
        made = Fields(self.context.display, self.moves, scroll.viewport())
        scroll.setWidget(made)
        return made

    @cached_property
    def breaks(self) -> TermList:
        """Where the analogy breaks, under the terms; made when their page is first wanted."""
        titles = (self.tr("where the analogy breaks:"), self.tr("in the brain"))
        made = TermList("biologyBreaks", titles, self._lists, broken=True)
        made.show_terms(breaks())
        made.pointed.connect(self._point_at)
        self._lists_column.insertWidget(1, made)
        return made

    def finish(self) -> None:
        """Make the pages that are not shown at first."""
        self.fields  # noqa: B018
        self.breaks  # noqa: B018

    def _scroll(self) -> QScrollArea:
        area = QScrollArea(self._pages)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area

    def _connect(self) -> None:
        header, selection = self.header, self.context.selection
        header.chosen.connect(lambda node: selection.select({node}))
        header.play_wanted.connect(self._play)
        header.fit_wanted.connect(self.ranges.fit)
        header.page_chosen.connect(self.show_page)
        self.playing.moved.connect(self._played)
        self.hands.changed.connect(self._repaint)
        self.hands.ended.connect(self.refresh_now)
        self.hands.typing_wanted.connect(self._type)
        for one in self._plots:
            one.keys.fit_wanted.connect(self.ranges.fit)
        self.terms.pointed.connect(self._point_at)
        selection.rows_selected.connect(self.refresh_now)
        selection.selection_changed.connect(self.refresh_now)
        selection.lit_changed.connect(self._light)
        self.context.session.walk.changed.connect(self._follow_line)
        self.context.document.was_reset.connect(self._forget)

    # -- following -------------------------------------------------------------------------------------------------

    @property
    def numbers(self) -> Mapping[str, Number]:
        """The cell's numbers as they are in the document."""
        return numbers_of(self.context.document.state)

    def refresh(self, snapshot: Snapshot) -> None:
        """Show the chosen neuron in *snapshot*, and what the cell does with the same input."""
        numbers, picture = self.numbers, self.picture
        before = picture.subject.node if picture.subject is not None else None
        subject = find_subject(snapshot, self.context.selection, numbers, before)
        if subject is None:
            self._show_nothing()
            return
        self._states.show_full()
        picture.subject = subject
        picture.scale = float(numbers[CURRENT])
        picture.cell = cell_of(numbers)
        picture.duration = float(numbers[DURATION])
        picture.current = float(subject.current) if subject.current is not None else None
        worked_out = (picture.cell, picture.current, picture.duration)
        if worked_out != self._worked_out:
            if self._worked_out[2:] != (picture.duration,):
                self.playing.end()
            self._worked_out = worked_out
            picture.work_out()
        self.header.box.show_neurons(snapshot.network, subject.node)
        if not self.moves.gesture.under_way:
            self.ranges.follow()
        self._write(snapshot)
        for one in self._plots:
            one.repaint()

    def _write(self, snapshot: Snapshot) -> None:
        """Every word and number."""
        numbers, picture, display = self.numbers, self.picture, self.context.display
        subject = picture.subject
        if subject is None:
            return
        text = display.text
        picture.texts = {
            "spikes": words.spikes_text(picture),
            "threshold": self.tr("threshold {value} mV").format(value=text(numbers["v_threshold"])),
            "rate": self.tr("{rate} Hz").format(rate=text(picture.rate) if picture.rate else "0"),
            "activation": f"a {equals(text(subject.a))}",
        }
        firing = words.firing_text(picture, numbers, display)
        current = words.current_text(subject, numbers, display)
        title = snapshot.network.title(subject.node)
        self.voltage.say(self.tr("voltage in mV, over ms"), "" if self._flat else firing)
        self.rate.say(self.tr("rate in Hz, over I in nA"))
        self.activation.say(self.tr("activation of {name}, over z").format(name=title))
        self.header.say(f"{current}: {firing}" if self._flat and firing else current)
        for one in self._plots:
            one.plot.setAccessibleDescription(f"{current}. {firing}. {picture.texts['threshold']}.")
        self._listed = terms_of(snapshot, subject, numbers, picture.rate, display)
        self._write_page()
        self._light()
        self._follow_line()

    def _write_page(self) -> None:
        """The list or the fields, whichever is shown: nobody sees the other one."""
        if self._pages.isHidden() or self.picture.subject is None:
            return
        if self._pages.currentWidget() is self._scrolls[TERMS]:
            self.terms.show_terms(self._listed)
            self.breaks  # noqa: B018 - they stand under the terms
        else:
            self.fields.show_numbers(self.numbers)
            self._show_formulas(self.numbers)

    def _show_formulas(self, numbers: Mapping[str, Number]) -> None:
        subject, display = self.picture.subject, self.context.display
        if subject is None or subject.current is None:
            self.fields.show_formulas(None, None)
            return
        interval = words.interval_formula(numbers, subject.current, display)
        if interval is None:
            self.fields.show_formulas(words.silence_formula(numbers, subject.current, display), None)
        else:
            self.fields.show_formulas(interval, words.rate_formula(self.picture, display))

    def _show_nothing(self) -> None:
        for one in self._plots:
            one.hands.give_up()
        self.playing.end()
        self._states.show_empty()
        self.picture.subject = None

    def restyle(self) -> None:
        """Take the colours and lengths of the current theme."""
        for one in self._plots:
            one.restyle()
        self.header.restyle()
        self._arrange()

    # -- pages -----------------------------------------------------------------------------------------------------

    def show_page(self, name: str) -> None:
        """Show the curves, the terms or the numbers; the curves stay beside them where there is room."""
        self._page = name
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much together as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        px = theme().px
        wide = self.width() >= px(WIDE)
        self._together = wide or self.height() >= px(TALL)
        was_flat, self._flat = self._flat, self._lies_flat(wide)
        directions = QBoxLayout.Direction
        self._parts.setDirection(directions.LeftToRight if wide else directions.TopToBottom)
        self._drawn.setDirection(directions.LeftToRight if self._flat else directions.TopToBottom)
        self.header.pages.button(CURVES).setVisible(not self._together)
        other = self._page if self._page != CURVES else TERMS
        self.header.pages.set_value(other if self._together else self._page)
        self._curves.setVisible(self._together or self._page == CURVES)
        self._pages.setVisible(self._together or self._page != CURVES)
        self._pages.setCurrentWidget(self._scrolls[other])
        if was_flat != self._flat and self.picture.subject is not None:
            self._write(self.context.session.snapshot)
        self._write_page()

    def _lies_flat(self, wide: bool) -> bool:
        """Whether the plots have too little height to stand over one another, but width for all of them."""
        px = theme().px
        return not wide and self.height() < px(FLAT) and self.width() >= px(BROAD)

    def _type(self, one: CellPlot) -> None:
        """Type the threshold, or how much current z stands for."""
        self.show_page(NUMBERS)
        field = self.fields.fields["v_threshold" if one is self.voltage else CURRENT]
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- links -----------------------------------------------------------------------------------------------------

    def _point_at(self, term: Term | None) -> None:
        """A line of a list is pointed at: what it is about lights up on the graph and on the plots."""
        self._pointed = term
        self.context.selection.set_lit(term.refs if term is not None else ())
        self._light()

    def _light(self) -> None:
        """Light up what is pointed at here or elsewhere."""
        if not self.is_seen():
            return
        lit = self.context.selection.lit
        about = [term for term in self._listed if term.refs & lit and term.name != "network"]
        parts = frozenset[str]().union(*(term.parts for term in about))
        if self._pointed is not None:
            parts = self._pointed.parts
        if parts != self.picture.parts:
            self.picture.parts = parts
            self._repaint()
        self.terms.light(lit)
        if "breaks" in self.__dict__:
            self.breaks.light(frozenset())

    def _follow_line(self) -> None:
        """The current line of the working is about some of the terms: a quieter mark that stays."""
        if self.is_seen():
            self.terms.mark(self.context.session.walk.refs)

    def _repaint(self) -> None:
        for one in self._plots:
            one.repaint()

    def _forget(self) -> None:
        for one in self._plots:
            one.hands.give_up()
        self.playing.end()
        self.picture.subject = None
        self.ranges.forget()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: stop playing, and take the light away that the pointer left."""
        super().hideEvent(event)
        self.playing.end()
        if self._pointed is not None:
            self._point_at(None)

    # -- playing ---------------------------------------------------------------------------------------------------

    def _play(self) -> None:
        if self.playing.active:
            self.playing.end()
        elif self.picture.response is not None:
            if not self._together:
                self.show_page(CURVES)
            self.playing.begin(self.picture.duration)

    def _played(self, cursor: float | None) -> None:
        self.picture.cursor = cursor
        self.picture.texts["spikes"] = words.spikes_text(self.picture)
        self.header.show_playing(cursor is not None)
        self.voltage.repaint()
