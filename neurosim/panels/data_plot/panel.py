"""The data plot as a panel: header, plot, sentences, and what hands and keys do to the rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from neurosim.document import edits
from neurosim.document.selection import OUTPUT
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.panels._plots import CornerButton
from neurosim.panels._rows_lit import row_ref, rows_in
from neurosim.panels.base import Panel, PanelContext
from neurosim.panels.data_plot.axes import Axes, Choice, Empty, find_axes, title_of
from neurosim.panels.data_plot.gestures import MouseTool
from neurosim.panels.data_plot.header import Header
from neurosim.panels.data_plot.keys import KeyTool
from neurosim.panels.data_plot.moves import RowMoves
from neurosim.panels.data_plot.plot import PlotView
from neurosim.panels.data_plot.point_editor import PointEditor
from neurosim.panels.data_plot.pulls import Pulls
from neurosim.widgets.theme import theme

TAB_STOPS = 50
"""Up to so many points Tab walks from point to point before it leaves the plot."""
LOSS = "loss"


class DataPlotPanel(Panel):
    """Owns the plot and its tools. Ranges change by Fit, pan and zoom, and when other columns are plotted."""

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("dataPlotPanel")
        self.setAccessibleName(self.tr("Data and fit"))
        self.view = PlotView(context.display, self)
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
        self._editor: PointEditor | None = None
        self.title_tools = tools = QWidget(self)
        self._pulls = Pulls(self.view, context.display, tools, self)
        self._fit = CornerButton(self.plot, "dataPlotFit", self.tr("Fit: show all points (Home)"))
        self._moves = RowMoves(context, self.view, self)
        self._mouse = MouseTool(self.view, self)
        self._keys = KeyTool(self.plot, lambda: self._mouse.busy, self._mouse.give_up, self)
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
        column.addWidget(self._header)
        column.addWidget(self._note)
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
        self._header.chosen.connect(self._choose)
        self._fit.wanted.connect(self.fit)
        mouse, keys, moves, selection = self._mouse, self._keys, self._moves, self.context.selection
        mouse.taken.connect(self._take)
        mouse.moved.connect(lambda _row, place, fine: moves.move_to(place, fine))
        mouse.put_down.connect(lambda _row: moves.finish())
        mouse.given_up.connect(moves.cancel)
        mouse.row_clicked.connect(self._click_row)
        mouse.ground_clicked.connect(lambda: selection.select_rows(()))
        mouse.add_wanted.connect(moves.add)
        mouse.edit_wanted.connect(self.edit_row)
        mouse.menu_wanted.connect(self._open_menu)
        mouse.hovered.connect(self._hover)
        keys.nudged.connect(self._nudge)
        keys.nudge_ended.connect(moves.finish)
        keys.next_wanted.connect(self._walk)
        keys.delete_wanted.connect(lambda: moves.delete(selection.rows))
        keys.add_wanted.connect(self._add_by_key)
        keys.edit_wanted.connect(self._edit_by_key)
        keys.fit_wanted.connect(self.fit)
        keys.menu_wanted.connect(self._menu_by_key)
        keys.zoomed.connect(self.view.zoom)
        keys.panned.connect(lambda across, up: self.view.pan(QPointF(across, up)))
        keys.focus_changed.connect(self._focus_changed)
        selection.rows_selected.connect(self._rows_selected)
        selection.lit_changed.connect(self._lit_changed)
        self.context.session.walk.changed.connect(self._line_changed)
        self._pulls.button.toggled.connect(self._show_pulls)
        self._pulls.card.pointed.connect(lambda row: selection.set_lit(() if row < 0 else {row_ref(row)}))
        self.view.more_about = self._pulls.lines
        self.context.document.was_reset.connect(self._forget_choice)

    # -- following -------------------------------------------------------------------------------------------------

    def refresh(self, snapshot: Snapshot) -> None:
        """Show *snapshot*; the ranges stay unless other columns are plotted than before."""
        rows = self.context.selection.rows
        found = find_axes(
            snapshot.network, snapshot.dataset, self._header.choice, next(iter(rows)) if len(rows) == 1 else None
        )
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
        self._pulls.show(snapshot, found)

    def restyle(self) -> None:
        """Take the colours and lengths of the current theme."""
        self._header.restyle()
        px = theme().px
        self._note.setContentsMargins(px(8), 0, px(8), px(2))
        self.view.restyle()
        self._pulls.restyle()

    def fit(self) -> None:
        """Show all points."""
        if self._axes is not None and self._empty is None:
            self.view.fit(self.context.session.snapshot, self._axes)

    def _choose(self, _choice: Choice) -> None:
        self.refresh_now()

    def _forget_choice(self) -> None:
        self._mouse.give_up()
        self._header.forget()
        self._fitted = None

    def _say(self, snapshot: Snapshot, axes: Axes) -> None:
        """What the picture cannot show: inputs that are held still."""
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
        if text != self._note.text():
            self._note.setText(text)
        self._note.setVisible(bool(text))

    def _show_empty(self, empty: Empty) -> None:
        self._pages.setCurrentWidget(self._empty_page)
        if empty == self._empty:
            return
        self._mouse.give_up()
        self._empty, self._axes, self._fitted = empty, None, None
        self._sentence.setText(empty.sentence)
        texts = {"input": self.tr("Add an input"), "point": self.tr("Add a point")}
        self._remedy.setVisible(empty.remedy is not None)
        self._remedy.setText(texts.get(empty.remedy or "", ""))
        self.view.show_nothing()
        self._pulls.show_nothing()

    def _mend(self) -> None:
        """What the button of the empty state does."""
        document = self.context.document
        remedy = self._empty.remedy if self._empty is not None else None
        if remedy == "input":
            self._moves.attempt(lambda: document.edit(self.tr("Add input"), edits.add_input))
        elif remedy == "point":
            self._moves.add_values(dict.fromkeys(document.state.dataset.columns, Fraction(0)))

    # -- hands -----------------------------------------------------------------------------------------------------

    def _take(self, row: int) -> None:
        self._close_editor()
        self._moves.take(row)
        if row not in self.context.selection.rows:
            self.context.selection.select_rows({row})

    def _click_row(self, row: int, add: bool) -> None:
        rows = self.context.selection.rows
        self.context.selection.select_rows(rows ^ {row} if add else {row})

    def _hover(self, row: int, segment: bool) -> None:
        hand = self.view.picture.hand
        hovered = row if row >= 0 else None
        if (hovered, segment) != (hand.hovered, hand.segment):
            hand.hovered, hand.segment = hovered, segment
            self.context.selection.set_lit(() if hovered is None else {row_ref(hovered)})
            self.view.hand_changed()
            self._pulls.lit_changed()

    def _lit_changed(self) -> None:
        lit = rows_in(self.context.selection.lit)
        if lit != self.view.picture.hand.lit:
            self.view.picture.hand.lit = lit
            self.view.hand_changed()
            self._pulls.lit_changed()

    def _line_changed(self) -> None:
        if self.isVisible() and self._mark_line():
            self.view.hand_changed()

    def _mark_line(self) -> bool:
        """Mark what the current line of the working concerns; whether that is something else than before."""
        hand, refs = self.view.picture.hand, self.context.session.walk.refs
        line = rows_in(refs)
        residuals = bool(line) and any(ref == LOSS or ref.startswith(OUTPUT) for ref in refs)
        changed = (line, residuals) != (hand.line, hand.line_residuals)
        hand.line, hand.line_residuals = line, residuals
        return changed

    def _show_pulls(self, on: bool) -> None:
        if not on:
            self._pulls.show_nothing()
        elif self._axes is not None:
            self._pulls.show(self.context.session.snapshot, self._axes)

    def _rows_selected(self, repaint: bool = True) -> None:
        hand, rows = self.view.picture.hand, self.context.selection.rows
        n = self.context.document.state.dataset.n_rows
        current = min(rows) if len(rows) == 1 else None
        self._keys.stops_at = set()
        if n <= TAB_STOPS:
            self._keys.stops_at = {step for step in (-1, 1) if current is None or 0 <= current + step < n}
        if rows == hand.selected:
            return
        hand.selected = rows
        if repaint:
            self.view.hand_changed()
            if self._axes is not None and self._axes.fixed:
                self.refresh_now()

    def _focus_changed(self, focused: bool) -> None:
        self.view.picture.hand.focused = focused
        if not focused:
            self._mouse.give_up()
            self._moves.finish()
        self.view.hand_changed()

    # -- keys ------------------------------------------------------------------------------------------------------

    def _current(self) -> int | None:
        rows = self.context.selection.rows
        return min(rows) if rows else None

    def _nudge(self, across: int, up: int, fine: bool) -> None:
        row = self._current()
        if row is None:
            self._walk(1)
            return
        if self._moves.row != row:
            self._moves.take(row)
        self._moves.nudge(across, up, fine)

    def _walk(self, step: int) -> None:
        n = self.context.document.state.dataset.n_rows
        row = self._current()
        if n:
            start = 0 if step > 0 else n - 1
            self.context.selection.select_rows({start if row is None else min(max(row + step, 0), n - 1)})

    def _add_by_key(self) -> None:
        frame = self.view.picture.frame
        self._moves.add(QPointF(frame.width / 2, frame.height / 2))

    def _edit_by_key(self) -> None:
        row = self._current()
        if row is not None:
            self.edit_row(row)

    def _menu_by_key(self) -> None:
        row = self._current()
        frame = self.view.picture.frame
        middle = QPointF(frame.width / 2, frame.height / 2)
        self._open_menu(middle if row is None else self.view.picture.place_of(row), -1 if row is None else row)

    # -- typing and the menu ---------------------------------------------------------------------------------------

    def edit_row(self, row: int) -> None:
        """Open the card in which the values of *row* are typed."""
        axes = self._axes
        if axes is None:
            return
        self._close_editor()
        self.context.selection.select_rows({row})
        document = self.context.document
        columns = dict.fromkeys([axes.across_column, axes.up_column, axes.target, *axes.fixed])
        values = {c: v for c, v in document.state.dataset.row(row).items() if c in columns}
        values = {c: values[c] for c in columns if c is not None and c in values}
        gesture = object()
        text = self.tr("Set point {number}").format(number=row + 1)

        def change(changed: Mapping[str, Number]) -> None:
            self._moves.attempt(lambda: document.edit(text, edits.move_row, row, changed, gesture=gesture))

        self._editor = PointEditor(
            self.tr("Point {number}").format(number=row + 1),
            values,
            self.context.display,
            self,
            change=change,
            close=lambda: self._editor_closed(gesture),
        )
        place = self.view.place_in_viewport(self.view.picture.place_of(row))
        self._editor.open_at(self.plot.viewport().mapTo(self, place), self.plot)

    def _editor_closed(self, gesture: object) -> None:
        self.context.document.finish(gesture)
        had_focus = self._editor is not None and self._editor.isAncestorOf(self.window().focusWidget() or self)
        self._editor = None
        if had_focus or self.window().focusWidget() is None:
            self.plot.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_editor(self) -> None:
        if self._editor is not None:
            self._editor.dismiss()

    def _open_menu(self, place: QPointF, row: int) -> None:
        menu = self.menu_at(place, row)
        menu.popup(self.plot.viewport().mapToGlobal(self.view.place_in_viewport(place)))

    def menu_at(self, place: QPointF, row: int) -> QMenu:
        """The context menu of *row*, or of the empty plot (-1) at a pixel of the plotting area."""
        menu = QMenu(self)
        menu.setObjectName("dataPlotMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        moves, selection = self._moves, self.context.selection

        def entry(text: str, run: Callable[[], object], name: str) -> None:
            action = menu.addAction(text)
            action.setObjectName(name)
            action.triggered.connect(lambda _checked=False: run())

        if row >= 0:
            rows = selection.rows if row in selection.rows else frozenset({row})
            selection.select_rows(rows)
            entry(self.tr("Type values of point {number}…").format(number=row + 1), lambda: self.edit_row(row), "type")
            count = self.tr("Delete point {number}").format(number=row + 1)
            if len(rows) > 1:
                count = self.tr("Delete {count} points").format(count=len(rows))
            entry(count, lambda: moves.delete(rows), "delete")
            menu.addSeparator()
        points = self.view.picture.points
        if self._axes is not None and self._axes.kind == "plane" and points is not None and points.classes is not None:
            for number, value in enumerate(points.classes):
                mark = ("▲", "●")[number]
                text = self.tr("Add point here: {target} = {value} {mark}").format(
                    target=self._axes.target, value=self.context.display.text(value), mark=mark
                )
                entry(text, partial(moves.add, place, value), f"add{number}")
        else:
            entry(self.tr("Add point here"), lambda: moves.add(place), "add")
        menu.addSeparator()
        entry(self.tr("Fit: show all points"), self.fit, "fit")
        return menu

    def changeEvent(self, event: QEvent) -> None:
        """Nothing is carried on while the window is not the active one."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow() and self._mouse.busy:
            self._mouse.give_up()
