"""The calculus panel: a function is typed, differentiated line by line, checked, and drawn with its tangent."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

from neurosim.algebra.errors import ParseError
from neurosim.algebra.render_markup import render_markup, symbol_markup
from neurosim.algebra.render_text import render_text
from neurosim.algebra.rules import RULES
from neurosim.engine.snapshot import Snapshot
from neurosim.markup.build import EQUALS, row, words
from neurosim.markup.tree import Markup
from neurosim.numbers.exact import Number
from neurosim.panels._pages import canvas_page
from neurosim.panels.base import Panel, PanelContext
from neurosim.panels.calculus.checks import Checks
from neurosim.panels.calculus.entries import Entries
from neurosim.panels.calculus.function_input import FunctionInput
from neurosim.panels.calculus.inquiry import FIRST, Inquiry
from neurosim.panels.calculus.lines import rule_counts
from neurosim.panels.calculus.links import NO_REFS
from neurosim.panels.calculus.plot import CurvePlot
from neurosim.panels.calculus.plotted import Plotted
from neurosim.panels.calculus.presets import Preset
from neurosim.panels.calculus.question import Question
from neurosim.panels.calculus.readout import Readout
from neurosim.panels.calculus.rules_table import RulesModel, RulesTable
from neurosim.panels.calculus.stepper import Stepper
from neurosim.panels.calculus.value_fields import Shown, ValueFields
from neurosim.widgets.announce import announce
from neurosim.widgets.section import Section
from neurosim.widgets.theme import theme

WIDE = 760
"""From this width on, in pixels at 100 %, derivation and plot stand side by side."""

WIDE_SHARE, NARROW_SHARE = 0.52, 0.62
"""What the derivation gets of the room at first, beside the plot and above it."""


class CalculusPanel(Panel):
    """Owns the parts that show the inquiry, and tells it what the user does."""

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("calculusPanel")
        self.setAccessibleName(self.tr("Calculus"))
        display = context.display
        self.inquiry = Inquiry(context.session.snapshot, self)
        self._frames()
        self.input = FunctionInput(self._page)
        self.stepper = Stepper(display, self._left)
        self.readout = Readout(display, self._side)
        self.fields = ValueFields(display, self.readout, self._side)
        self.curves = CurvePlot(display, self._side)
        self._section = Section(self.tr("The ten rules of the lecture"), self._side, is_open=False)
        self._section.setObjectName("calculusRules")
        self._rules = RulesModel(self)
        self._entries = Entries(self.inquiry, display)
        self._plotted = Plotted(self.inquiry, self.curves, self.readout, display)
        self._refs: Mapping[str, frozenset[str]] = {}
        self._shown: tuple[object, ...] = ()
        self._followed: Snapshot | None = None
        self._decimal = display.decimal
        self._lay_out()
        self._connect()
        self.watch()

    @property
    def plot(self) -> QWidget:
        """The widget of the plot."""
        widget: QWidget = self.curves.widget
        return widget

    def _frames(self) -> None:
        """What everything else stands in: it comes first, so that nothing has to be moved there."""
        self._scroll = QScrollArea(self)
        self._page, self._column = canvas_page(self._scroll.viewport())
        self._splitter = QSplitter(Qt.Orientation.Vertical, self._page)
        self._left, self._side = QFrame(self._splitter), QFrame(self._splitter)
        for frame in (self._left, self._side):
            frame.setProperty("role", "canvas")

    def _lay_out(self) -> None:
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        self._side_column = side
        side.addWidget(self.fields)
        side.addWidget(self.curves.widget, 1)
        side.addWidget(self._section)
        inner = QVBoxLayout(self._left)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.stepper)
        self._splitter.setObjectName("calculusSplitter")
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self._left)
        self._splitter.addWidget(self._side)
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 2)
        self._column.addWidget(self.input)
        self._column.addWidget(self._splitter, 1)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._page)
        # The style sheet fills it. To Qt an opaque page would hide the panel below it, and who is hidden waits.
        self._page.setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)

    def _connect(self) -> None:
        context, inquiry = self.context, self.inquiry
        inquiry.asked.connect(self._show_question)
        inquiry.answered.connect(self._show_answer)
        inquiry.waiting.connect(self.stepper.set_stale)
        inquiry.numbers_changed.connect(self._show_numbers)
        self.input.typed.connect(self._typed)
        self.input.symbol_chosen.connect(inquiry.differentiate_by)
        self.input.menu.aboutToShow.connect(self._fill_menu)
        self.stepper.style_chosen.connect(inquiry.write_in)
        self.stepper.spread_chosen.connect(inquiry.spread_out)
        self.stepper.beside_wanted.connect(self._show_beside)
        self.fields.changed.connect(inquiry.set_value)
        self.fields.follow_wanted.connect(inquiry.follow)
        self.curves.moved.connect(self._point_moved)
        self._section.toggled.connect(lambda _open: self.rules)
        self.stepper.view.line_pointed.connect(self._line_pointed)
        for source in (self.input.pointed, self.stepper.view.pointed, self.fields.pointed):
            source.connect(context.selection.set_lit)
        context.selection.lit_changed.connect(self._show_lit)
        context.selection.rows_selected.connect(self.refresh_now)
        context.session.walk.changed.connect(self.refresh_now)

    @cached_property
    def rules(self) -> RulesTable:
        """The ten rules, made when they are first wanted."""
        made = RulesTable(self._rules, self._section.body)
        self._section.body_layout.addWidget(made)
        made.try_wanted.connect(self.try_rule)
        made.rule_pointed.connect(self._rule_pointed)
        return made

    def finish(self) -> None:
        """Make the table of the rules."""
        self.rules  # noqa: B018

    def sizeHint(self) -> QSize:
        """A column beside the graph."""
        return QSize(theme().px(430), theme().px(560))

    def minimumSizeHint(self) -> QSize:
        """Low docks scroll."""
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        narrow = max(part.minimumSizeHint().width() for part in (self.input, self.stepper, self.fields))
        return QSize(narrow + bar, theme().px(120))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room, else one above the other."""
        super().resizeEvent(event)
        self._orient()

    def _orient(self) -> None:
        wide = self.width() >= theme().px(WIDE)
        orientation = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if self._splitter.orientation() != orientation:
            self._splitter.setOrientation(orientation)
            room = self._splitter.width() if wide else self._splitter.height()
            share = WIDE_SHARE if wide else NARROW_SHARE
            self._splitter.setSizes([round(room * share), round(room * (1 - share))])

    def restyle(self) -> None:
        """Take the colours and lengths of the current theme."""
        px = theme().px
        for part in (self.input, self.stepper, self.fields, self.curves, self.readout):
            part.restyle()
        if "rules" in self.__dict__:
            self.rules.restyle()
        self.fields.setContentsMargins(px(12), px(6), px(12), 0)
        self._side_column.setSpacing(px(2))
        self.curves.widget.setMinimumHeight(px(120))
        self._splitter.setHandleWidth(1)
        self._orient()

    # -- asking ----------------------------------------------------------------------------------------------------

    def choose(self, name: str) -> bool:
        """Ask the question of the preset *name*; whether there is one."""
        return self.inquiry.choose(name)

    def begin(self, name: str) -> bool:
        """Show the first line of the derivation of the preset *name*; whether there is one."""
        found = self.choose(name)
        self.start_over()
        return found

    def start_over(self) -> None:
        """Show the first line of the derivation alone."""
        self.stepper.start_over()

    def show_more(self, lines: int) -> None:
        """Show so many lines more of the derivation, and stand at the last of them."""
        self.stepper.show_more(lines)

    def try_rule(self, name: str) -> None:
        """Put a rule's example into the input line."""
        self.ask(RULES[name].example)

    def ask(self, text: str) -> None:
        """Put a function into the input line, as if it were typed there."""
        self.input.show_function(text)
        self._typed(text)

    def _typed(self, text: str) -> None:
        try:
            self.inquiry.type_text(text, self.context.display.decimal)
        except ParseError as error:
            self.input.show_problem(error)
            self.stepper.set_stale(True)
            self.curves.set_muted(True)

    def _show_beside(self) -> None:
        if self.inquiry.question is not None and self.inquiry.question.beside:
            self.choose(self.inquiry.question.beside)

    def _fill_menu(self) -> None:
        menu = self.input.menu
        menu.clear()
        groups: dict[str, list[Preset]] = {}
        for preset in self.inquiry.presets():
            groups.setdefault(preset.group, []).append(preset)
        for number, (group, members) in enumerate(groups.items()):
            target = menu
            if number < 2:
                menu.addAction(group).setEnabled(False)  # a heading
            else:
                target = menu.addMenu(group)
            for preset in members:
                action = target.addAction(preset.title)
                action.setObjectName(f"preset-{preset.name}")
                action.triggered.connect(lambda _=False, name=preset.name: self.choose(name))
            menu.addSeparator()

    # -- showing ---------------------------------------------------------------------------------------------------

    def refresh(self, snapshot: Snapshot) -> None:
        """Follow the network's values, in the selected row."""
        if self.context.display.decimal != self._decimal:
            self._write_otherwise()
        self.inquiry.follow_network(snapshot, self._row(snapshot))
        if self.inquiry.question is None:
            self.choose(FIRST)

    def _row(self, snapshot: Snapshot) -> int:
        rows = self.context.selection.rows
        wanted = min(rows) if rows else (self.context.session.walk.row or 0)
        return min(wanted, max(snapshot.dataset.n_rows - 1, 0))

    def _write_otherwise(self) -> None:
        """Another decimal sign: what stands in the input line is written with it."""
        self._decimal = self.context.display.decimal
        question = self.inquiry.question
        if question is not None:
            self.input.show_function(render_text(question.function, self._decimal).text)
            self.input.show_reading(self._reading(question))
            self._show_answer(again=True)

    def _show_question(self) -> None:
        question, inquiry = self.inquiry.question, self.inquiry
        if question is None:
            return
        if not self.input.edit.hasFocus() or self.input.edit.text() != question.text:
            self.input.show_function(question.text)
        self.input.show_symbols(question.choices or (question.symbol,), question.symbol)
        self.input.show_reading(self._reading(question))
        self.stepper.set_stale(False)
        self.curves.set_muted(False)
        self.stepper.set_choices(inquiry.style.name, inquiry.spread)

    def _reading(self, question: Question) -> Markup:
        decimal, refs = self.context.display.decimal, self.inquiry.values.refs()
        shown = render_markup(question.function, decimal, refs=refs)
        if question.through is None:
            return shown
        meaning = render_markup(question.through.meaning, decimal, refs=refs)
        return row(shown, words(self.tr(", with ")), symbol_markup(question.through.name), EQUALS, meaning)

    def _show_answer(self, again: bool) -> None:
        inquiry = self.inquiry
        self._rules.show(rule_counts(inquiry.lines), frozenset())
        if inquiry.derivation is None:
            self.stepper.show_problem(str(inquiry.answer))
        else:
            self._refs = inquiry.values.refs()
            self.stepper.show_entries(self._entries.all(inquiry.values.point()), self._refs, again)
        self._plotted.wants_fit = not again
        self._shown, self._followed = (), None
        self._show_numbers()

    def _show_numbers(self) -> None:
        """Everything that depends on the point; nothing when it is where it was."""
        inquiry, question = self.inquiry, self.inquiry.question
        if question is None or inquiry.answer is None:
            return
        values = inquiry.values
        point = values.point()
        self._show_fields(question)
        followed = inquiry.snapshot if question.share else None
        now = (tuple(point.items()), values.row, self.context.display.mode)
        if now == self._shown and followed is self._followed:
            return
        self._shown, self._followed = now, followed
        self._plotted.show(point)
        model = self.stepper.model
        if inquiry.derivation is None:
            return
        model.set_checks(Checks(question.whole, question.symbol, point))
        refs = values.refs()
        if refs != self._refs:
            self._refs = refs
            self.stepper.replace_entries(self._entries.all(point), refs)
            self.input.show_reading(self._reading(question))
            return
        lines = [entry for entry in model.entries if entry.kind == "line"]
        self.stepper.replace_entries([*lines, *self._entries.closing(point)])

    def _show_fields(self, question: Question) -> None:
        values, network = self.inquiry.values, self.inquiry.snapshot.network
        refs = values.refs()
        shown = {}
        for name in question.free:
            link = values.link(name)
            text = "" if link is None else link.words(network, values.row)
            shown[name] = Shown(values.of(name), values.follows(name), text, refs.get(name, NO_REFS))
        self.fields.show_values(question.free, shown)

    def _point_moved(self, value: Number) -> None:
        if self.inquiry.question is None:
            return
        self.inquiry.set_value(self.inquiry.question.symbol, value)
        if not self.curves.held:
            announce(self.plot, self.plot.accessibleDescription())

    # -- lighting up -----------------------------------------------------------------------------------------------

    def _show_lit(self) -> None:
        lit = self.context.selection.lit
        # Input, target and output share their row: where one of them is meant the others stay dark.
        lit = frozenset(one for one in lit if not one.startswith("row:")) or lit
        self.stepper.view.set_lit(lit)
        self.input.reading.set_lit(lit)
        self.fields.set_lit(lit)

    def _rule_pointed(self, name: str) -> None:
        lit = frozenset({name} if name else ())
        self.stepper.view.set_lit_rules(lit)
        self._rules.show(self._rules.counts, lit)

    def _line_pointed(self, number: int) -> None:
        entries = self.stepper.model.entries
        rules = entries[number].rules if 0 <= number < len(entries) else frozenset[str]()
        self._rules.show(self._rules.counts, rules)
