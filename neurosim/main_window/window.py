"""The main window: everything composed, and nothing computed here."""

from __future__ import annotations

from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyqtgraph
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QStatusTipEvent,
)
from PySide6.QtWidgets import QGraphicsView, QMainWindow, QToolTip, QWidget

from neurosim import records
from neurosim.canvas.view import GraphView
from neurosim.document.document import Document
from neurosim.document.history import Entry
from neurosim.document.selection import Selection
from neurosim.main_window.action_book import ActionBook
from neurosim.main_window.action_button import QuietButton
from neurosim.main_window.action_spec import Scope
from neurosim.main_window.afterwards import Afterwards
from neurosim.main_window.appearance import Appearance
from neurosim.main_window.autosaver import AutoSaver
from neurosim.main_window.commands import Commands, Parts
from neurosim.main_window.corner import Corner
from neurosim.main_window.dock import TitleBar
from neurosim.main_window.drop import dropped_path
from neurosim.main_window.editing import Editor
from neurosim.main_window.file_controller import FileController
from neurosim.main_window.file_menus import FileMenus
from neurosim.main_window.garbage import Garbage
from neurosim.main_window.graph_room import GraphRoom
from neurosim.main_window.inspector.inspector import Inspector
from neurosim.main_window.inspector.section import InspectorContext
from neurosim.main_window.lesson_dock.hand_applier import HandApplier
from neurosim.main_window.message_place import MessagePlace
from neurosim.main_window.messages import Messages
from neurosim.main_window.one_paint import OnePaint
from neurosim.main_window.page import Page
from neurosim.main_window.panel_memory import PanelMemory
from neurosim.main_window.small_room import SmallRoom
from neurosim.main_window.status import StatusBar
from neurosim.main_window.step_bar import StepBar
from neurosim.main_window.store import read_bytes, read_text, write
from neurosim.main_window.tab_walk import walk_in_sight
from neurosim.main_window.training_bar import TrainingBar
from neurosim.main_window.walk_bar import WalkBar
from neurosim.main_window.workspace import GraphPage, Workspace
from neurosim.panels import PANELS, PanelContext
from neurosim.panels.headline import HeadlineNumbers
from neurosim.training.session import TrainingSession
from neurosim.widgets.announce import announcer
from neurosim.widgets.display import Display
from neurosim.widgets.message_bar import MessageBar
from neurosim.widgets.on_screen import room_on_screen
from neurosim.widgets.sheet import Sheet

if TYPE_CHECKING:
    from neurosim.main_window.dialogs import Dialogs
    from neurosim.main_window.divergence_sheet import DivergenceSheet
    from neurosim.main_window.open_data.controller import OpenDataController
    from neurosim.main_window.present.presentation import Presentation
    from neurosim.main_window.present.teacher_window import TeacherWindow
    from neurosim.training.growth import Divergence

SMALLEST = QSize(1024, 560)
FIRST_SIZE = QSize(1440, 900)
CLASSES_AT_ONCE = 10
"""So many data classes are finished in one piece of the work after the start: 5 ms."""

_GEOMETRY, _LAYOUT, _PARTS = "window/geometry", "window/panels", "window/panel_parts"


class MainWindow(QMainWindow):
    """Owns the parts of the window and connects them. ``document`` and ``session`` belong to whoever made them.

    The public attributes are the parts, for tests and for code above the window.
    """

    _painting: OnePaint | None = None  # events arrive before there is one
    _painted = False
    _message_place: MessagePlace

    def __init__(
        self,
        document: Document,
        session: TrainingSession,
        selection: Selection,
        display: Display,
        dialogs: Dialogs | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.afterwards = Afterwards(self)
        self._painting = painting = OnePaint(self, session.clock)
        self._gesture: Entry | None = None
        self._teaching = False
        self.document = document
        self.session = session
        self.selection = selection
        self.display = display
        self.appearance = Appearance(display, self)
        self.editor = Editor(document, self)
        self.files = FileController(document, session, dialogs, self)
        self.autosaver = AutoSaver(document, self)
        self.graph = GraphView(document, session, selection, display)
        parts = Parts(
            document, session, selection, self.editor, self.files, self.appearance, self.autosaver, self.graph, display
        )
        self.commands = Commands(parts, self)
        self.book = ActionBook(self.commands.handlers(), self)
        self._build()
        self.messages = Messages(self.message_bar, self.status)
        self.commands.attach(self.book, self.workspace, lambda: self.open_data, self.message_bar.log)
        self.commands.presenting.attach(lambda: self.presentation, lambda: self.teacher_window)
        self._room = SmallRoom(self.workspace, self.step_bar, self.status, self._presenting)
        self._graph_room = GraphRoom(document, self.graph, self.workspace)
        self._connect()
        self._restore_layout()
        self.commands.lessons.apply_hand()  # a document may come with things hidden and locked
        self.commands.refresh()
        self._show_title()
        # Last of all, when every part has seen the frame.
        session.clock.ticked.connect(lambda _milliseconds: painting.collect())
        Garbage(session.clock, self)
        self.graph.setFocus()

    # -- building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.setMinimumSize(SMALLEST)
        self.setAcceptDrops(True)
        menu_bar = self.menuBar()
        menu_bar.setObjectName("menuBar")
        self.menus = self.book.fill(menu_bar)
        self.menu_corner = Corner(self.book, self.menus, self)
        menu_bar.setCornerWidget(self.menu_corner, Qt.Corner.TopRightCorner)
        self.file_menus = FileMenus(self.menus["file/recent"], self.menus["file/examples"], self.files, self)
        self.inspector = Inspector(InspectorContext(self.editor, self.session, self.selection, self.display))
        context = PanelContext(self.document, self.session, self.selection, self.display)
        # Widgets are made where they stay: moving them would have each of their children dressed anew.
        page = self._page = Page(self)
        graph_page = GraphPage(self._graph_title(), self.graph)
        self.workspace = Workspace(graph_page, self.inspector, self.commands.lessons.panel, context, page)
        applier = HandApplier(self.document, self.display, self.workspace, self.graph, self.book, self)
        self.commands.lessons.attach(self.workspace, self.menus["lesson/open"], applier, self.commands.fit)
        self.commands.lessons.panel.action_wanted.connect(lambda name: self.book[name].trigger())
        self.step_bar = bar = StepBar(self.book, self.session, page)
        self.training_bar = TrainingBar(self.editor, self.session, self.display, self.book["rateSchedule"], bar)
        self.headline = HeadlineNumbers(self.session, self.display, bar)
        walk = WalkBar(self.book, self.session, self.selection, self.display, bar)
        bar.fill(walk, self.training_bar, self.headline)
        self.commands.worksheets.attach(self.step_bar)
        self.commands.training.attach("stopConditions", *self.step_bar.stop_anchors)
        self.commands.training.attach("rateSchedule", *self.training_bar.rate_anchors)
        page.fill(self.workspace, self.step_bar)
        self.setCentralWidget(page)
        self.status = StatusBar(self.book, self.document, self.display, self)
        self.setStatusBar(self.status)
        self.message_bar = MessageBar(page)
        self._message_place = place = MessagePlace(
            self.message_bar, self.workspace, self.graph, self._own_sheets, self._presenting
        )
        page.sheet_came.connect(
            lambda sheet: sheet.shown_changed.connect(lambda shown: place.find(sheet if shown else None))
        )
        self.book.attach(self.graph, Scope.CANVAS, Scope.GRAPH)
        self.graph.keys.given_up = self.book.keys.given_up
        self._adopt(self.workspace)
        self.workspace.panel_made.connect(self._adopt)
        self._memory = PanelMemory(self.workspace)
        self._late_parts()

    # -- made when they are first wanted ---------------------------------------------------------------------------

    @cached_property
    def open_data(self) -> OpenDataController:
        """What reads tables and builds data from them."""
        from neurosim.main_window.open_data.controller import OpenDataController

        made = OpenDataController(self.editor, self.display, self)
        made.said.connect(self.messages.say)
        made.built.connect(self._data_built)
        return made

    @cached_property
    def divergence(self) -> DivergenceSheet:
        """Why training diverged."""
        from neurosim.main_window.divergence_sheet import DivergenceSheet

        return DivergenceSheet(self.document, self.display, self.training_bar.slider)

    @cached_property
    def teacher_window(self) -> TeacherWindow:
        """What only the teacher sees."""
        from neurosim.main_window.present.teacher_window import TeacherWindow

        runner = self.commands.lessons.runner
        return TeacherWindow(runner, self.session, self.display, self._forward, self._backward, self)

    @cached_property
    def presentation(self) -> Presentation:
        """The window as a class sees it."""
        from neurosim.main_window.present.presentation import Presentation

        lessons = self.commands.lessons

        def chrome() -> tuple[QWidget, ...]:
            return self.menuBar(), self.statusBar(), self.step_bar, self.graph.corner_bar

        def reading() -> bool:
            return lessons.runner.lesson is not None

        def letter(height: float | None, quiet: bool) -> None:
            self.graph.set_stage(height, quiet=quiet)

        forward, backward = self._forward, self._backward
        settings = self.commands.presenting.settings
        history = (lambda: self.document.history.head), (lambda: self.document.undo_text)
        made = Presentation(
            self, self.workspace, self.appearance, chrome, forward, backward, letter, reading, settings, history
        )
        self.book.triggered_by_name.connect(lambda name: made.shown_keys.did(self.book.specs[name].plain_text))
        made.toggled.connect(self._presented)
        lessons.runner.lesson_changed.connect(made.follow_lesson)
        return made

    def _presenting(self) -> bool:
        """Whether the window is shown to a class; asked before there is anything to show it with, too."""
        return "presentation" in self.__dict__ and self.presentation.active

    def _late_parts(self) -> None:
        """Queue what the first picture does not show."""
        bar = self.training_bar
        self.afterwards.add(self.autosaver.look, lambda: bar.optimizer_sheet, lambda: bar.more_sheet)
        self.afterwards.add(lambda: self.inspector.section)
        for name in self.workspace.missing:
            kind, workspace = PANELS[name], self.workspace
            self.afterwards.add(*kind.create.loads(), partial(workspace.make, name), partial(workspace.finish, name))
        self.afterwards.add(
            lambda: self.commands.lessons.panel.view,
            lambda: self.training_bar.convention.sheet,
            lambda: self.headline.sheet,
            lambda: self.divergence,
            lambda: self.open_data,
            lambda: self.presentation,
            lambda: self.teacher_window,
            self._finish_classes,
        )

    def _finish_classes(self) -> None:
        if records.finish(CLASSES_AT_ONCE):
            self.afterwards.add(self._finish_classes)

    def _forward(self) -> None:
        lessons = self.commands.lessons
        lessons.forward() if lessons.runner.lesson is not None else self.session.step()

    def _backward(self) -> None:
        runner = self.commands.lessons.runner
        runner.back() if runner.lesson is not None else self.session.back()

    def _adopt(self, part: QWidget) -> None:
        """Give the plots in *part* the keys of a canvas and their hints, and let files be dropped on them."""
        for view in part.findChildren(QGraphicsView):
            if isinstance(view, pyqtgraph.PlotWidget):
                self.book.attach(view, Scope.CANVAS)
                view.setStatusTip(view.statusTip() or self._plot_hint(view.objectName()))
            # Graphics views swallow what is dropped on them: files are for the window.
            view.setAcceptDrops(False)
            view.viewport().setAcceptDrops(False)
            if self._painting is not None:
                self._painting.adopt(view)

    def _plot_hint(self, name: str) -> str:
        """How a plot is used, for the status bar."""
        if name == "dataPlot":
            return self.tr("Drag a point, or Tab to it and press an arrow key; double-click adds one, Del deletes it.")
        return self.tr("Wheel zooms, dragging with the right button moves the view; the corner button fits it again.")

    def _graph_title(self) -> QWidget:
        bar = TitleBar(self.tr("Neuron"), self)
        for name in ("addNode", "drawArchitecture", "tidy", "fit"):
            button = QuietButton(self.book[name], f"{name}Button", bar, side=16)
            bar.add_widget(button)
            if name == "drawArchitecture":
                self.commands.network.attach(button)
        return bar

    def _connect(self) -> None:
        document, session = self.document, self.session
        document.history_changed.connect(self._history_changed)
        document.history_trimmed.connect(self.messages.say)
        document.modified_changed.connect(self.setWindowModified)
        document.path_changed.connect(self._show_title)
        document.was_reset.connect(self._was_reset)
        self.selection.selection_changed.connect(self.commands.refresh)
        session.running_changed.connect(self.commands.refresh)
        session.walk.changed.connect(self.commands.refresh)
        session.message.connect(self.messages.show_notice)
        session.explanation_wanted.connect(self._explain)
        self.graph.hovered.connect(self.status.show_hint)
        self.graph.refused.connect(self.messages.note)
        self.commands.network.refused.connect(self.messages.say)
        self.commands.network.offered.connect(self.messages.show_notice)
        self.commands.lessons.played.connect(self.book["lessonPlay"].setChecked)
        for writing in self.commands.writing:
            writing.said.connect(self.messages.say)
        lessons = self.commands.lessons.runner
        lessons.said.connect(self.messages.say)
        for told in (lessons.lesson_changed, lessons.page_changed, lessons.progress_changed):
            told.connect(self.commands.refresh)
        self.graph.shown_changed.connect(self.commands.refresh)
        self.editor.refused.connect(self.messages.say)
        self.editor.refused.connect(lambda _reason: self.training_bar.refresh())
        self.editor.refused.connect(lambda _reason: self.inspector.refresh())
        self.training_bar.loss_refused.connect(
            lambda offer: self.messages.offer_loss(offer, self.training_bar.use_loss)
        )
        self.training_bar.said.connect(self.messages.show_notice)
        self.files.said.connect(self.messages.say)
        self.files.table_opened.connect(self._open_table)
        self.autosaver.failed.connect(self.messages.say)
        self.autosaver.recovered_changed.connect(self._offer_recovered)
        self.autosaver.recovered_changed.connect(self.commands.refresh)
        self.appearance.changed.connect(self.commands.refresh)
        for name, dock in self.workspace.docks.items():
            dock.toggleViewAction().toggled.connect(self.book[f"panel-{name}"].setChecked)

    # -- following -------------------------------------------------------------------------------------------------

    def _show_title(self) -> None:
        self.setWindowTitle(self.tr("{name}[*] — neurosim").format(name=self.files.title()))
        self.setWindowModified(self.document.modified)

    def _history_changed(self) -> None:
        head = self.document.history.head
        # A gesture that goes on changes nothing that can be done: it need not be asked anew at every move.
        if not (head.open and head is self._gesture):
            self._gesture = head
            self.commands.refresh()
            self.status.show_last(self.document.undo_text)

    def _presented(self, on: bool) -> None:
        """The class sees no notes: they are on the teacher's screen, if there is one. Nor what work was left behind."""
        if on:
            self._teaching = self.commands.lessons.panel.teacher
            self.commands.lessons.panel.set_teacher(False)
            self.teacher_window.start_clock()
            if self.teacher_window.has_other_screen:
                self.commands.presenting.show_teacher_window(True)
        elif self._teaching:
            self.commands.lessons.panel.set_teacher(True)
        if self.autosaver.recovered is not None:
            self.message_bar.dismiss() if on else self._offer_recovered()
        self.commands.refresh()
        self._room.look()

    def _was_reset(self) -> None:
        if self.autosaver.recovered is None:
            self.message_bar.dismiss()  # it was about another document, and so were its buttons
        self.selection.clear()
        self._show_title()
        self.commands.fit()
        self._graph_room.begin()

    def _explain(self, divergence: Divergence) -> None:
        self.divergence.explain(divergence)

    def _open_table(self, path: Path) -> None:
        self.open_data.open_path(path)

    def _data_built(self, sentence: str) -> None:
        self.selection.clear()
        self.commands.fit()
        self.messages.say_with_undo(sentence, self.document)

    def _offer_recovered(self) -> None:
        recovered = self.autosaver.recovered
        if recovered is not None and not self._presenting():
            self.messages.offer_restore(recovered, self.autosaver.restore, self.autosaver.throw_away)

    # -- layout ----------------------------------------------------------------------------------------------------

    def _restore_layout(self) -> None:
        if not self.restoreGeometry(read_bytes(_GEOMETRY)):
            self.resize(FIRST_SIZE.boundedTo(room_on_screen(self)).expandedTo(SMALLEST))
        self._layout_restored = self.workspace.restore_layout(read_bytes(_LAYOUT))
        if self._layout_restored:
            self.workspace.parts.take(read_text(_PARTS, ""))
        for name, dock in self.workspace.docks.items():
            self.book[f"panel-{name}"].setChecked(not dock.isHidden())

    def showEvent(self, event: QShowEvent) -> None:
        """Share the room out once it is known how much there is."""
        super().showEvent(event)
        if not self._layout_restored:
            self._layout_restored = True
            self.workspace.share_out()
        self._room.look()
        self.workspace.keep_parts()
        self._graph_room.look_later()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Begin with what could wait once everything has been painted: this comes before its children's painting."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = self._page.looks = True
            self.afterwards.start()

    def findChild(self, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401  # as Qt declares it
        """As Qt's, with every panel in place: a name is found whether or not its panel was opened before."""
        self.afterwards.finish()
        return super().findChild(*arguments, **options)

    def findChildren(self, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401  # as Qt declares it
        """As Qt's, with every panel in place."""
        self.afterwards.finish()
        return super().findChildren(*arguments, **options)

    def _own_sheets(self) -> list[Sheet]:
        """The sheets that there are by now."""
        return super().findChildren(Sheet)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab and Shift+Tab go where one sees it."""
        return walk_in_sight(lambda: super(MainWindow, self).focusNextPrevChild(forwards))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the message in its place, and do without what there is no room for."""
        super().resizeEvent(event)
        self._room.set_size(event.size())
        self.menu_corner.set_window_width(event.size().width())
        self._message_place.find()

    # -- events ----------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Show in the status bar how to use what is under the pointer; paint once a frame; Esc takes a tooltip away."""
        if self._painting is not None and self._painting.holds(event):
            return True
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            QToolTip.hideText()
        if isinstance(event, QStatusTipEvent):
            self.status.show_hint(event.tip())
            return True
        return super().event(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a document or a table."""
        if dropped_path(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open it."""
        path = dropped_path(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.open_path(path)

    def open_path(self, path: Path) -> bool:
        """Open a document or a table; whether it could be."""
        return self.files.open_path(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close unless there is something to save that the user wants to keep."""
        if not self.files.may_discard():
            event.ignore()
            return
        if "presentation" in self.__dict__:
            self.presentation.leave()
        self.afterwards.stop()
        write(_GEOMETRY, self.saveGeometry())
        write(_LAYOUT, self.workspace.layout_to_keep())
        write(_PARTS, self.workspace.parts.to_keep())
        self._memory.keep()
        if "open_data" in self.__dict__:
            self.open_data.close()
        self.commands.tables.close()
        self.commands.pictures.close()
        self.training_bar.close_zones()
        self.autosaver.close()
        announcer().forget(self)
        super().closeEvent(event)
