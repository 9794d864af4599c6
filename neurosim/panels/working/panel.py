"""The working as a panel: the sheet under a row of choices, alive in every frame."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from neurosim.engine.snapshot import Snapshot
from neurosim.panels.base import Panel, PanelContext
from neurosim.panels.working.copy_menu import CopyMenu
from neurosim.panels.working.item import Item, Items, Key, items_of
from neurosim.panels.working.model import WorkingModel
from neurosim.panels.working.view import WorkingView
from neurosim.training.notice import Notice
from neurosim.widgets.icons import icon
from neurosim.widgets.theme import theme
from neurosim.widgets.view_display import NumberModeBox, ViewDisplay
from neurosim.working.lecture_form import lecture_form
from neurosim.working.line import Line, Phase
from neurosim.working.working import Working

if TYPE_CHECKING:
    from neurosim.panels.working.sheets import TextForm


class WorkingPanel(Panel):
    """Owns the sheet ``workingList`` and how its numbers are written.

    The lines are those of the coming step; when a step was just taken line by line, its own stay until anything
    changes. Pointing at a term lights up what it stands for in every view, and the other way round.
    """

    run_fps = 5.0

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("workingPanel")
        self.setAccessibleName(self.tr("Working: the coming step, line by line"))
        self.display = ViewDisplay(context.display, self)
        self._opened: set[Key] = set()
        self._place: tuple[int, int] | None = None
        self._subject: tuple[object, ...] | None = None
        self.model = WorkingModel(self)
        self.view = WorkingView(self.model, self)
        self.view.setAccessibleName(self.tr("Lines of the step"))
        self._menu = CopyMenu(self)
        self._menu.wanted.connect(self.copy)
        self._lay_out()
        self._connect()
        self.watch()

    # -- building --------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.title_tools = tools = QWidget(self)
        self._mode = NumberModeBox(self.display, "working", tools)
        self._lecture = QToolButton(tools)
        self._lecture.setObjectName("lectureFormButton")
        self._lecture.setText(self.tr("Lecture's form"))
        self._lecture.setToolTip(self.tr("Add the gradient and the step in one line each, as on the lecture's slides"))
        self._lecture.setCheckable(True)
        self._lecture.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._copy = QToolButton(tools)
        self._copy.setObjectName("workingCopyButton")
        self._copy.setAccessibleName(self.tr("Copy the working"))
        self._copy.setToolTip(self.tr("Copy a line, the step or the run"))
        self._copy.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._copy.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._copy.setIcon(icon("copy"))
        self._bar = QHBoxLayout(tools)
        for widget in (self._lecture, self._mode, self._copy):
            self._bar.addWidget(widget)
        sheet = QFrame(self)
        sheet.setProperty("role", "canvas")
        inner = QVBoxLayout(sheet)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(sheet, 1)
        self._copy.setMenu(self._menu.build(self._copy, with_line=True))
        copy = QAction(self.tr("Copy line"), self.view)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(lambda: self.copy("line", "text"))
        self.view.addAction(copy)

    def _connect(self) -> None:
        context = self.context
        self._lecture.toggled.connect(lambda _on: self.refresh_now())
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._open_menu)
        self.view.pointed.connect(context.selection.set_lit)
        self.view.walk_wanted.connect(context.session.walk.go_to)
        self.view.open_toggled.connect(self._toggle)
        context.selection.lit_changed.connect(lambda: self.view.set_lit(context.selection.lit))
        context.session.walk.changed.connect(self.refresh_now)
        self.display.changed.connect(self._written_otherwise)

    # -- following -------------------------------------------------------------------------------------------------

    def refresh(self, snapshot: Snapshot) -> None:
        """Show the lines from *snapshot*."""
        walk = self.context.session.walk
        working, position = walk.on_view(self.display.mode, self.display.decimal)
        self.view.show_items(self._items(working), position)
        subject = (working.snapshot.exact, working.snapshot.network.order, working.snapshot.settings.loss)
        if subject != self._subject:  # numbers alone do not decide whether there is such a form
            self._subject = subject
            self._lecture.setVisible(lecture_form(working.snapshot) is not None)
        place = (snapshot.settings.step, position)
        if place != self._place:
            self._place = place
            self.view.show_line(position)

    def restyle(self) -> None:
        """Take the colours and lengths of the current theme."""
        px = theme().px
        self._bar.setContentsMargins(0, 0, 0, 0)
        self._bar.setSpacing(px(8))
        self._copy.setIconSize(QSize(px(16), px(16)))
        self.view.setMinimumSize(px(320), px(90))
        self.view.measure_again()

    def _written_otherwise(self) -> None:
        self.view.measure_again()
        super()._written_otherwise()

    @cached_property
    def _titles(self) -> dict[Phase, str]:
        return {
            "forward": self.tr("Forward"),
            "loss": self.tr("Loss"),
            "backward": self.tr("Backward"),
            "update": self.tr("Update"),
        }

    def _items(self, working: Working) -> Items:
        lecture: tuple[Line, ...] = ()
        if self._lecture.isChecked():
            lecture = lecture_form(working.snapshot) or ()
        return items_of(working, self._opened, self._titles, lecture, self.tr("In the lecture's form"))

    def _toggle(self, key: Key) -> None:
        self._opened ^= {key}
        self.refresh_now()

    # -- copying ---------------------------------------------------------------------------------------------------

    def chosen_line(self) -> Item | None:
        """The line that the keyboard or a click chose, else the walk's current line."""
        item = self.model.item(self.view.currentIndex())
        if item is not None and item.line is not None:
            return item
        row = self.model.row_of((self.model.position,))
        return None if row is None else self.model.items[row]

    def copy(self, scope: str, form: str) -> None:
        """Copy a line, the step or the run (*scope*) as text, LaTeX or picture (*form*)."""
        from neurosim.panels.working.sheets import picture_of
        from neurosim.widgets.formula.copying import copy_picture, copy_text

        if form == "picture":
            copy_picture(picture_of(self._copied_items(scope), self.view.row_words))
        else:
            copy_text(self._copied_text(scope, latex=form == "latex"))
        done = {"line": self.tr("Copied the line."), "step": self.tr("Copied the step.")}
        self.context.session.message.emit(Notice(done.get(scope, self.tr("Copied the run."))))

    def _copied_text(self, scope: str, latex: bool) -> str:
        from neurosim.panels.working.sheets import line_as, run_as, run_of
        from neurosim.working.copying import step_latex, step_text

        form: TextForm = "latex" if latex else "text"
        if scope == "line":
            item = self.chosen_line()
            return "" if item is None or item.line is None else line_as(item.line, form)
        if scope == "run":
            return run_as(run_of(self.context.session, self.display), form)
        working = self._working()
        return step_latex(working) if latex else step_text(working)

    def _copied_items(self, scope: str) -> list[Item]:
        from neurosim.panels.working.sheets import run_of, step_heading

        if scope == "line":
            item = self.chosen_line()
            return [] if item is None else [item]
        if scope == "step":
            return list(self.model.items)
        run = run_of(self.context.session, self.display)
        found: list[Item] = []
        for i, working in enumerate(run.workings):
            found.append(Item("heading", ("step", i), None, step_heading(working)))
            found += self._items(working)
        if run.rest:
            found.append(Item("sentence", ("rest",), None, run.rest))
        return found

    def _working(self) -> Working:
        return self.context.session.walk.on_view(self.display.mode, self.display.decimal)[0]

    def _open_menu(self, place: QPoint) -> None:
        found = self.view.item_at(place)
        if found is not None and found[0].line is not None:
            self.view.setCurrentIndex(self.view.indexAt(place))
        menu = self._menu.build(self.view, with_line=self.chosen_line() is not None)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.view.viewport().mapToGlobal(place))
