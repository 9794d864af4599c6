"""The data plot as a panel: header, plot, sentences, and what is shown besides the points."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from neurosim.document import edits
from neurosim.document.selection import OUTPUT
from neurosim.engine.snapshot import Snapshot
from neurosim.panels._plots import CornerButton
from neurosim.panels._rows_lit import row_ref, rows_in
from neurosim.panels.base import Panel, PanelContext
from neurosim.panels.data_plot.axes import Axes, Choice, Empty, find_axes, title_of
from neurosim.panels.data_plot.clearance import WORDS, Obstacle
from neurosim.panels.data_plot.context_menu import build_menu
from neurosim.panels.data_plot.header import Header
from neurosim.panels.data_plot.invitation import Invitation
from neurosim.panels.data_plot.moves import RowMoves
from neurosim.panels.data_plot.plot import PlotView
from neurosim.panels.data_plot.point_card import PointCard
from neurosim.panels.data_plot.pulls import Pulls
from neurosim.panels.data_plot.row_hands import RowHands
from neurosim.panels.data_plot.squares import Squares
from neurosim.panels.data_plot.supply import Supply
from neurosim.widgets.theme import theme

LOSS = "loss"


class DataPlotPanel(Panel):
    """Owns the plot and its tools. Ranges change by Fit, pan and zoom, and when other columns are plotted."""

    run_fps = 20.0

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("dataPlotPanel")
        self.setAccessibleName(self.tr("Data and fit"))
        self.view = PlotView(context.display, context.session.walk.foresight, self)
        self.plot = self.view.widget
        self._header = Header(self)
        self._note = QLabel(self)
        self._note.setObjectName("dataPlotNote")
        self._note.setProperty("role", "caption")
        self._note.setWordWrap(True)
        self._note.hide()
        self._axes: Axes | None = None
        self._empty: Empty | None = None
        self._fitted: tuple[object, ...] | None = None
        self._about: tuple[object, ...] = ()
        self.title_tools = tools = QWidget(self)
        self._squares = Squares(self.view, context.display, tools, self)
        self._pulls = Pulls(self.view, context.display, tools, self)
        self._invitation = Invitation(context.document, context.session.walk, self.view.picture, self.view.box)
        self.view.add_layer(self._invitation)
        self._fit = CornerButton(self.plot, "dataPlotFit", self.tr("Fit: show all points (Home)"))
        self._moves = RowMoves(context, self.view, self)
        self._hands = RowHands(context, self.view, self._moves, self)
        self._moves.show_now = self.refresh_now
        self._supply = Supply(context, self.view, self._moves, self._hands, self)
        self._card = PointCard(context, self.view, self._moves, self)
        self._lay_out(tools)
        self._connect()
        self.watch()

    # -- building --------------------------------------------------------------------------------------------------

    def _lay_out(self, tools: QWidget) -> None:
        self._tools_row = QHBoxLayout(tools)
        self._tools_row.setContentsMargins(0, 0, 0, 0)
        for button in (self._squares.button, self._pulls.button):
            self._tools_row.addWidget(button)
        full = QFrame(self)
        full.setProperty("role", "canvas")
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._note)
        column.addWidget(self._supply.bar)
        column.addWidget(self.plot, 1)
        empty = QFrame(self)
        empty.setProperty("role", "canvas")
        empty.setObjectName("dataPlotEmpty")
        middle = QVBoxLayout(empty)
        self._sentence = QLabel(empty)
        self._sentence.setObjectName("dataPlotSentence")
        self._sentence.setProperty("role", "muted")
        self._sentence.setWordWrap(True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._remedy = QPushButton(empty)
        self._remedy.setObjectName("dataPlotRemedy")
        self._remedy.clicked.connect(self._mend)
        middle.addStretch(1)
        middle.addWidget(self._sentence)
        middle.addWidget(self._remedy, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(1)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(full)
        self._pages.addWidget(empty)
        self._full, self._empty_page = full, empty

    def _connect(self) -> None:
        hands, selection = self._hands, self.context.selection
        self._header.chosen.connect(self._choose)
        self._fit.wanted.connect(self.fit)
        hands.taken.connect(lambda _row: self._card.close())
        hands.pointed.connect(self._show_hand)
        hands.edit_wanted.connect(self.edit_row)
        hands.fit_wanted.connect(self.fit)
        hands.menu_wanted.connect(self._open_menu)
        selection.rows_selected.connect(self._rows_selected)
        selection.lit_changed.connect(self._lit_changed)
        self.context.session.walk.changed.connect(self._line_changed)
        self._squares.button.toggled.connect(lambda on: self._switch(self._squares, on))
        self._pulls.button.toggled.connect(lambda on: self._switch(self._pulls, on))
        self._pulls.card.pointed.connect(lambda row: selection.set_lit(() if row < 0 else {row_ref(row)}))
        self._squares.covered = self._covered
        self.view.more_about = lambda row: [*self._squares.lines(row), *self._pulls.lines(row)]
        self.view.also_at = self._squares.at
        self.view.keep_words_clear_of(self._in_the_way, self._covered)
        self.context.document.was_reset.connect(self._forget_choice)

    # -- following -------------------------------------------------------------------------------------------------

    def refresh(self, snapshot: Snapshot) -> None:
        """Show *snapshot*; the ranges stay unless other columns are plotted than before."""
        found = self._find_axes(snapshot)
        if isinstance(found, Empty):
            self._show_empty(found)
            return
        self._empty = None
        self._axes = found
        self._pages.setCurrentWidget(self._full)
        self._header.show_axes(snapshot.network, found)
        self._say(snapshot, found)
        # Other data, or other columns of them, are another picture; moving a row, or a step, is not.
        subject = (found.kind, found.across_column, found.up_column, snapshot.dataset.source)
        if subject != self._fitted:
            self._fitted = subject
            self.view.fit(snapshot, found)
        self._rows_selected(repaint=False)
        self._mark_line()
        self.view.show(snapshot, found)
        self._invitation.follow()
        self._supply.show_axes(found)
        self._pulls.show(snapshot, found)
        self._squares.show(snapshot, found)

    def _find_axes(self, snapshot: Snapshot) -> Axes | Empty:
        """What to plot; the same object as before when it is the same, so that nobody has to compare."""
        rows, known = self.context.selection.rows, self._axes
        row = next(iter(rows)) if len(rows) == 1 else None
        about = (self._header.choice, row, list(snapshot.dataset.columns), snapshot.dataset.n_rows > 0)
        # Where no input is held at a value of the data, only their columns count.
        if known is not None and not known.fixed and self._about == (snapshot.network, *about):
            return known
        self._about = (snapshot.network, *about)
        found = find_axes(snapshot.network, snapshot.dataset, self._header.choice, row)
        return known if known is not None and known == found else found

    def restyle(self) -> None:
        """Take the colours and lengths of the current theme."""
        self._header.restyle()
        px = theme().px
        self._note.setContentsMargins(px(8), 0, px(8), px(2))
        self._tools_row.setSpacing(px(4))
        self.view.restyle()
        self._pulls.restyle()
        self._squares.restyle()
        self._supply.restyle()

    def toggle_brush(self) -> None:
        """Take the brush in hand, or put it away."""
        self._supply.button.toggle()
        self.plot.setFocus(Qt.FocusReason.OtherFocusReason)

    def kept(self) -> dict[str, str]:
        """Besides, whether squares and pulls are shown."""
        on = {name: button for name, button in self._shown.items() if button.isChecked()}
        return super().kept() | dict.fromkeys(on, "on")

    def recall(self, kept: Mapping[str, str]) -> None:
        """Show squares and pulls again."""
        super().recall(kept)
        for name, button in self._shown.items():
            button.setChecked(kept.get(name) == "on")

    @property
    def _shown(self) -> dict[str, QToolButton]:
        return {"squares": self._squares.button, "pulls": self._pulls.button}

    def fit(self) -> None:
        """Show all points."""
        if self._axes is not None and self._empty is None:
            self.view.fit(self.context.session.snapshot, self._axes)

    def _choose(self, _choice: Choice) -> None:
        self.refresh_now()

    def _forget_choice(self) -> None:
        self._hands.give_up()
        self._header.forget()
        self._fitted = None

    def _say(self, snapshot: Snapshot, axes: Axes) -> None:
        """What the picture cannot show: inputs that are held still, and what hollow points are."""
        text = ""
        if axes.fixed:
            names = {column: title_of(snapshot.network, node) for node, column in axes.inputs.items()}
            held = ", ".join(f"{names[c]} = {self.context.display.text(v)}" for c, v in list(axes.fixed.items())[:4])
            if len(axes.fixed) > 4:
                held += ", …"
            if axes.fixed_row is None:
                text = self.tr("Drawn at the means of the other inputs: {held}. Select a point to hold its values.")
            else:
                text = self.tr("Drawn with the other inputs as in point {number}: {held}.")
            text = text.format(held=held, number=(axes.fixed_row or 0) + 1)
        data = snapshot.dataset
        if data.test_rows:
            legend = self.tr("Hollow: kept for testing, {count} of {n} rows.")
            legend = legend.format(count=len(data.test_rows), n=data.n_rows)
            text = f"{text} {legend}" if text else legend
        if text != self._note.text():
            self._note.setText(text)
        self._note.setVisible(bool(text))

    def _show_empty(self, empty: Empty) -> None:
        self._pages.setCurrentWidget(self._empty_page)
        if empty == self._empty:
            return
        self._hands.give_up()
        self._empty, self._axes, self._fitted = empty, None, None
        self._sentence.setText(empty.sentence)
        texts = {"input": self.tr("Add an input"), "point": self.tr("Add a point")}
        self._remedy.setVisible(empty.remedy is not None)
        self._remedy.setText(texts.get(empty.remedy or "", ""))
        self.view.show_nothing()
        self._pulls.show_nothing()
        self._squares.show_nothing()

    def _mend(self) -> None:
        """What the button of the empty state does."""
        document = self.context.document
        remedy = self._empty.remedy if self._empty is not None else None
        if remedy == "input":
            self._moves.attempt(lambda: document.edit(self.tr("Add input"), edits.add_input))
        elif remedy == "point":
            self._moves.add_values(dict.fromkeys(document.state.dataset.columns, Fraction(0)))

    # -- what is lit, marked and selected --------------------------------------------------------------------------

    def _show_hand(self) -> None:
        self.view.hand_changed()
        self._pulls.lit_changed()
        self._squares.lit_changed()

    def _lit_changed(self) -> None:
        lit = rows_in(self.context.selection.lit)
        if lit != self.view.picture.hand.lit:
            self.view.picture.hand.lit = lit
            self._show_hand()

    def set_for_class(self, on: bool) -> None:
        """A class is not asked to drag anything."""
        self._invitation.for_class = on
        self._invitation.follow()

    def _line_changed(self) -> None:
        self._invitation.follow()
        if self.isVisible() and self._mark_line():
            self._show_hand()

    def _mark_line(self) -> bool:
        """Mark what the current line of the working concerns; whether that is something else than before."""
        hand, refs = self.view.picture.hand, self.context.session.walk.refs
        line = rows_in(refs)
        residuals = bool(line) and any(ref == LOSS or ref.startswith(OUTPUT) for ref in refs)
        changed = (line, residuals) != (hand.line, hand.line_residuals)
        hand.line, hand.line_residuals = line, residuals
        return changed

    def _rows_selected(self, repaint: bool = True) -> None:
        hand, rows = self.view.picture.hand, self.context.selection.rows
        self._hands.set_stops()
        if rows == hand.selected:
            return
        hand.selected = rows
        if repaint:
            self.view.hand_changed()
            if self._axes is not None and self._axes.fixed:
                self.refresh_now()

    def _switch(self, extra: Squares | Pulls, on: bool) -> None:
        if not on:
            extra.show_nothing()
        elif self._axes is not None:
            extra.show(self.context.session.snapshot, self._axes)
        if self._axes is not None:
            # Words make room for the card, and come back when it is gone.
            self._squares.show(self.context.session.snapshot, self._axes)

    def _in_the_way(self) -> list[Obstacle]:
        return [*self._squares.area.in_the_way(), (self._invitation.box(), WORDS)]

    def _covered(self) -> QRectF:
        """The part of the plotting area that the card of the pulls covers."""
        card, view = self._pulls.card, self.view
        if card.isHidden():
            return QRectF()
        corner = view.place_in_plot(QPointF(card.geometry().topLeft()))
        return QRectF(corner.x(), corner.y(), card.width(), card.height())

    # -- typing and the menu ---------------------------------------------------------------------------------------

    def edit_row(self, row: int) -> None:
        """Open the card in which the values of *row* are typed."""
        if self._axes is not None:
            self._card.open(row, self._axes)

    def menu_at(self, place: QPointF, row: int) -> QMenu:
        """The context menu of *row*, or of the empty plot (-1) at a pixel of the plotting area."""
        return build_menu(
            self.context, self.view, self._moves, place, row, type_values=self.edit_row, fit=self.fit, parent=self
        )

    def _open_menu(self, place: QPointF, row: int) -> None:
        self.menu_at(place, row).popup(self.plot.viewport().mapToGlobal(self.view.place_in_viewport(place)))

    def changeEvent(self, event: QEvent) -> None:
        """Nothing is carried on while the window is not the active one."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow() and self._hands.busy:
            self._hands.give_up()
