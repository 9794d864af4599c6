"""What the actions of the menu Lesson do, and how the window follows a lesson: the dock opens, panels are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QMenu

from neurosim.document.document import Document
from neurosim.document.selection import Selection
from neurosim.lessons.faults import LessonError
from neurosim.lessons.hands import Hand
from neurosim.lessons.library import lesson_heads
from neurosim.main_window.action_book import ActionBook
from neurosim.main_window.file_controller import FileController
from neurosim.main_window.lesson_dock.context import LessonContext
from neurosim.main_window.lesson_dock.hand_applier import HandApplier
from neurosim.main_window.lesson_dock.panel import LessonPanel
from neurosim.main_window.workspace import Workspace
from neurosim.teaching.lesson_runner import LessonRunner
from neurosim.training.session import TrainingSession
from neurosim.widgets.display import Display

if TYPE_CHECKING:
    from neurosim.lessons.commands import Command
    from neurosim.main_window.lesson_dock.playing import Playing
    from neurosim.main_window.lesson_dock.window_commands import WindowCommands


class LessonCommands(QObject):
    """Owns the runner and the dock's panel.

    Signals:
        played(on): the lesson goes on by itself now, or no longer.
    """

    played = Signal(bool)

    def __init__(
        self,
        document: Document,
        session: TrainingSession,
        selection: Selection,
        display: Display,
        files: FileController,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._document, self._selection = document, selection
        self.runner = LessonRunner(document, session, self)
        self.panel = LessonPanel(LessonContext(self.runner, session, selection, display))
        self._workspace: Workspace | None = None
        self._applier: HandApplier | None = None
        self._nodes: tuple[str, ...] = ()
        self._panels: QByteArray | None = None
        self._files = files
        self._shows: WindowCommands | None = None
        self._playing: Playing | None = None
        self.panel.freed.connect(self._free)

    def attach(self, workspace: Workspace, menu: QMenu, applier: HandApplier, fit: Callable[[], None]) -> None:
        """Take the parts that were built later; ``fit()`` brings all of the graph into view."""
        self._fit = fit
        self.runner.page_changed.connect(self._fit_other)
        self._workspace = workspace
        self._applier = applier
        for told in (self.runner.lesson_changed, self.runner.page_changed, self.runner.progress_changed):
            told.connect(self.apply_hand)
        bar = workspace.docks["lesson"].bar
        bar.add_tools(self.panel.tools)
        bar.set_title(self.panel.title)
        bar.let_shrink()
        self.panel.title_changed.connect(bar.set_title)
        self._selection.selection_changed.connect(self._show_inspector)
        self.runner.shown.connect(self._carry_out)
        self.runner.opening.connect(self._remember_panels)
        self.runner.lesson_changed.connect(self._lesson_changed)
        for number, lesson in enumerate(lesson_heads(), 1):
            mark = f"&{number}  " if number < 10 else f"{number}  "
            action = menu.addAction(mark + lesson.title.replace("&", "&&"))
            action.setObjectName(f"openLesson-{lesson.name}")
            action.setStatusTip(lesson.goal)
            action.triggered.connect(lambda _=False, name=lesson.name: self.open_named(name))

    def _carry_out(self, command: Command) -> None:
        if self._shows is None and self._workspace is not None:
            from neurosim.main_window.lesson_dock.window_commands import WindowCommands

            self._shows = WindowCommands(self._document, self._selection, self._workspace)
        if self._shows is not None:
            self._shows.carry_out(command)

    def handlers(self) -> Mapping[str, Callable[..., object]]:
        """What is called for each action, by the name of its handler."""
        runner = self.runner
        return {
            "lessonsList": self.show_list,
            "lessonForward": self.forward,
            "lessonBackward": runner.back,
            "lessonRestartPage": runner.restart_page,
            "lessonSkip": runner.skip_to_turn,
            "lessonPlay": self.play,
            "lessonOwn": self.panel.toggle_own,
            "lessonLeave": runner.close,
            "teacherView": self.set_teacher,
            "handDialog": self.open_hand_dialog,
            "askPrediction": self.open_prediction_dialog,
            "saveForClass": self.save_for_class,
        }

    def refresh(self, book: ActionBook) -> None:
        """Enable the actions as things stand."""
        runner = self.runner
        is_open = runner.lesson is not None
        more = runner.can_next or self.panel.next_lesson is not None or self.panel.can_finish
        book["lessonForward"].setEnabled(more)
        book["lessonBackward"].setEnabled(runner.can_back)
        book["lessonSkip"].setEnabled(runner.can_skip)
        book["lessonOwn"].setEnabled(is_open and runner.has_own)
        for name in ("lessonRestartPage", "lessonLeave", "lessonPlay"):
            book[name].setEnabled(is_open)

    # -- opening ---------------------------------------------------------------------------------------------------

    def show_list(self) -> None:
        """Bring the dock to the front: the page, or the list of lessons, with the keyboard on it."""
        if self._workspace is not None:
            self._workspace.open_panel("lesson")
            self.panel.take_keyboard()

    def open_named(self, name: str) -> None:
        """Open a lesson of the program."""
        self.show_list()
        self.panel.open_named(name)
        self.panel.take_keyboard()

    def open_folder(self, folder: Path) -> None:
        """Open the lesson in *folder*, which need not be one of the program's.

        Raises:
            LessonError: it cannot be read.
        """
        from neurosim.lessons.lesson_file import load_lesson

        lesson = load_lesson(folder)
        self.show_list()
        self.runner.open(lesson, carried=True)
        self.panel.take_keyboard()

    def forward(self) -> None:
        """The next line or page, as the button at the foot of the page."""
        self.panel.press_next() if self.panel.isVisible() else self.runner.next()

    @property
    def playing(self) -> Playing:
        """What lets the lesson go on by itself, made when it is first wanted."""
        if self._playing is None:
            from neurosim.main_window.lesson_dock.playing import Playing

            self._playing = Playing(self.runner, self)
            self._playing.changed.connect(self.played)
        return self._playing

    def play(self, on: bool) -> None:
        """Let the lesson go on by itself, or no longer."""
        self.playing.set_on(on)

    # -- the instructor --------------------------------------------------------------------------------------------

    def set_teacher(self, on: bool) -> None:
        """See and change everything, with the notes for teachers; or see what the class sees."""
        self.runner.guard.teacher = on
        self.panel.set_teacher(on)
        self.apply_hand()

    def apply_hand(self) -> None:
        """Hide and lock in the window what is hidden and locked now."""
        if self._applier is not None:
            self._applier.apply(Hand() if self.panel.teacher else self.runner.hand)

    def open_hand_dialog(self) -> None:
        """Let the instructor choose what to hide and lock."""
        from neurosim.main_window.lesson_dock.hand_dialog import HandDialog

        dialog = HandDialog(self.runner, self._document, self.panel.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def open_prediction_dialog(self) -> None:
        """Let the instructor ask for a prediction about the document as it stands."""
        from neurosim.main_window.lesson_dock.prediction_dialog import PredictionDialog

        dialog = PredictionDialog(self.panel.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.asked.connect(self.ask_prediction)
        dialog.show()

    def ask_prediction(self, question: str, steps: int = 1) -> None:
        """Ask it: a page of its own in the dock; the steps are taken on the reveal."""
        from neurosim.lessons.commands import CommandError
        from neurosim.teaching.quick_prediction import quick_prediction

        try:
            lesson = quick_prediction(self._document.state, question, steps)
        except (CommandError, LessonError) as error:
            self.runner.said.emit(f"{str(error)[:1].upper()}{str(error)[1:].rstrip('.')}.")
            return
        self.show_list()
        self.runner.open(lesson, carried=True)
        self.panel.take_keyboard()

    def save_for_class(self) -> None:
        """Put the lesson into the document and save it under a name of its own."""
        self.runner.carry()
        self._files.save_as()

    def _free(self) -> None:
        if self._workspace is not None:
            self._workspace.docks["inspector"].bring_to_front()

    def _show_inspector(self) -> None:
        """What is selected is for the inspector, unless a lesson is read in its place."""
        if self._workspace is not None and self._selection.ids and self.runner.lesson is None:
            dock = self._workspace.docks["inspector"]
            if not dock.isHidden():
                dock.raise_()

    def _fit_other(self) -> None:
        """A page that begins with another network shows all of it; on the same one the view stays as it is."""
        nodes = tuple(node.id for node in self._document.state.network.nodes)
        if nodes != self._nodes:
            self._nodes = nodes
            if self.runner.lesson is not None:
                QTimer.singleShot(0, self, self._fit)  # when the panels have found their room

    def _remember_panels(self) -> None:
        """Where the learner had the panels before the first page arranges them."""
        if self._workspace is not None and self.runner.lesson is None:
            self._panels = self._workspace.layout_behind()

    def _bring_back_panels(self) -> None:
        """With the own work comes the place in which it was done."""
        before, self._panels = self._panels, None
        if self._workspace is not None and before is not None:
            self._workspace.bring_back(before)
            self._workspace.open_panel("lesson")  # the list of lessons, to go on from

    def _lesson_changed(self) -> None:
        if self._workspace is None:
            return
        if self.runner.lesson is not None:
            self._workspace.open_panel("lesson")
        else:
            self._bring_back_panels()
        self._workspace.share_out_left(reading=self.runner.lesson is not None)
