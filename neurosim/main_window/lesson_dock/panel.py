"""The lesson dock's widget: the list of lessons, or a page with its head and with Back and Next at its foot."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from neurosim.lessons.faults import LessonError
from neurosim.lessons.library import Head, bundled_lesson, lesson_heads
from neurosim.main_window.lesson_dock.context import LessonContext
from neurosim.main_window.lesson_dock.offer_bar import OfferBar
from neurosim.main_window.lesson_dock.page_foot import PageFoot
from neurosim.main_window.lesson_dock.start_page import StartPage
from neurosim.main_window.lesson_dock.title_tools import TitleTools
from neurosim.widgets.theme import theme, theme_notifier

if TYPE_CHECKING:
    from neurosim.main_window.lesson_dock.end_page import EndPage
    from neurosim.main_window.lesson_dock.page_view import PageView


class LessonPanel(QWidget):
    """Owns the widgets of the lesson; what they show is the runner's.

    Signals:
        freed(): the user wants to play without a lesson.
        action_wanted(str): the action of that name is to be carried out.
        title_changed(str): what stands over the dock.
    """

    freed = Signal()
    action_wanted = Signal(str)
    title_changed = Signal(str)

    def __init__(self, context: LessonContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lessonPanel")
        self.setAccessibleName(self.tr("Lesson"))
        self._context = context
        self._runner = context.runner
        self.start = StartPage(self)
        self.start.chosen.connect(self.open_named)
        self.start.resumed.connect(lambda: self._open(self._runner.resume))
        self.start.freed.connect(self.freed)
        self.tools = TitleTools(self._runner, self.toggle_own, self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.start)
        self._end: EndPage | None = None
        self._ended = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._late = True
        self._runner.lesson_changed.connect(self._show)
        self._runner.page_changed.connect(self._page_changed)
        self._runner.progress_changed.connect(self._refresh_feet)
        self._runner.restored.connect(self._anew)
        context.session.snapshot_changed.connect(self._refresh)
        context.display.changed.connect(self._anew)
        theme_notifier().changed.connect(self._dress)
        self._dress_sizes()
        self._show()

    @property
    def title(self) -> str:
        """The title of the lesson that is open, or what the list of lessons is called."""
        lesson = self._runner.lesson
        return lesson.title if lesson is not None else self.tr("Lessons")

    # -- building --------------------------------------------------------------------------------------------------

    @cached_property
    def view(self) -> PageView:
        """The page, made with what stands under it when the first lesson is opened."""
        from neurosim.main_window.lesson_dock.page_view import PageView

        page = self._page = QWidget(self._stack)
        view = PageView(self._context, page)
        view.committed.connect(self._committed)
        view.done.connect(self._place_keyboard)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(view, 1)
        self._own = OfferBar(
            "lessonToPage", self.tr("You see your own work."), self.tr("Back to the page"), self.toggle_own, page
        )
        self._skip = OfferBar(
            "lessonSkipOffer",
            self.tr("Right at once, twice."),
            self.tr("Skip to your turn"),
            self._runner.skip_to_turn,
            page,
        )
        column.addWidget(self._own)
        column.addWidget(self._skip)
        self._foot = PageFoot(self._runner, self._runner.back, self._next, page)
        column.addWidget(self._foot)
        self._stack.insertWidget(1, page)
        self._dress_page(view)
        return view

    @property
    def _has_page(self) -> bool:
        return "view" in self.__dict__

    # -- opening ---------------------------------------------------------------------------------------------------

    def open_named(self, name: str) -> None:
        """Open a lesson of the program."""
        try:
            lesson = bundled_lesson(name)
        except LessonError as error:
            self._runner.said.emit(str(error.faults[0]))
            return
        if lesson is not None:
            self._open(lambda: self._runner.open(lesson))

    def _open(self, opens: Callable[[], object]) -> None:
        """Open a lesson; a keyboard that was in the list of lessons, or at the end of another, goes to its page."""
        held = self.window().focusWidget()
        inside = held is not None and self.isAncestorOf(held)
        opens()
        if inside and self.isVisible():
            self._place_keyboard()

    # -- following -------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened meanwhile."""
        super().showEvent(event)
        if self._late:
            self._late = False
            self._show()

    def _show(self) -> None:
        lesson = self._runner.lesson
        self.tools.setVisible(lesson is not None)
        self.title_changed.emit(self.title)
        if not self.isVisible():
            self._late = True
            return
        if lesson is None:
            progress = self._runner.progress
            lessons = lesson_heads()
            ended = {name for name, other in progress.others.items() if other.ended}
            ended |= {progress.name} if progress.ended else set()
            self.start.show_lessons(lessons, next((one for one in lessons if one.name == progress.name), None), ended)
            self._ended = False
            self._stack.setCurrentIndex(0)
            return
        self._show_page()

    def _show_page(self) -> None:
        """The page on view, or the end when that was asked for."""
        if self._ended:
            self._show_end()
        else:
            self._page_changed()

    # -- the end ---------------------------------------------------------------------------------------------------

    @property
    def can_finish(self) -> bool:
        """Whether everything has been seen and no lesson follows: what is left is to look back."""
        runner = self._runner
        return runner.lesson is not None and not runner.can_next and self.next_lesson is None

    def _finish(self) -> None:
        self._ended = True
        self._show_end()
        self.take_keyboard()

    def _show_end(self) -> None:
        """What was done: in the whole lecture after its last lesson, else in this one."""
        runner, lesson = self._runner, self._runner.lesson
        if lesson is None:
            return
        from neurosim.main_window.lesson_dock.end_page import EndPage
        from neurosim.teaching.summary import gone_through, is_of_lecture

        if self._end is None:
            self._end = end = EndPage(self)
            self._stack.addWidget(end)
            end.page_wanted.connect(self._open_page)
            end.chosen.connect(self.open_named)
            end.freed.connect(self._runner.close)
            end.freed.connect(self.freed)
            end.action_wanted.connect(self.action_wanted)
            end.returned.connect(self._return)
        self._end.show_end(gone_through(lesson, runner.progress), lecture=is_of_lecture(lesson))
        self._stack.setCurrentWidget(self._end)

    def _return(self) -> None:
        self._ended = False
        self._page_changed()
        self.take_keyboard()

    def _open_page(self, name: str, index: int) -> None:
        """Turn to a page of a lesson once more, with other numbers where it can have them."""
        runner = self._runner
        if runner.lesson is None or runner.lesson.name != name:
            self.open_named(name)
        runner.go_to(index)
        runner.other_numbers()
        self.take_keyboard()

    def _page_changed(self) -> None:
        if not self.isVisible() or self._runner.lesson is None:
            self._late = True
            return
        self._ended = False
        view = self.view
        self._stack.setCurrentWidget(self._page)
        held = self.window().focusWidget()
        inside = held is not None and self.isAncestorOf(held)
        view.show_page()
        self._refresh_feet()
        if inside:
            self._place_keyboard()

    def _refresh(self, *_: object) -> None:
        if self.isVisible() and self._runner.lesson is not None:
            self.view.refresh()

    def _refresh_feet(self) -> None:
        runner = self._runner
        lesson = runner.lesson
        if lesson is None or not self._has_page:
            return
        waits = runner.waits_for is not None and not self._context.teacher
        self._foot.refresh(runner.index + 1, len(lesson.pages), self.next_lesson, finishes=self.can_finish, waits=waits)
        own = runner.progress.at_own
        self._own.setVisible(own)
        self._skip.setVisible(runner.offers_skip)
        self.tools.offer_own(runner.has_own and not own)

    @property
    def next_lesson(self) -> Head | None:
        """The lesson after this one, at its end; ``None``: it goes on, or is the last."""
        lesson = self._runner.lesson
        if lesson is None or self._runner.can_next:
            return None
        heads = lesson_heads()
        place = next((index for index, head in enumerate(heads) if head.name == lesson.name), len(heads))
        return heads[place + 1] if place + 1 < len(heads) else None

    def _next(self) -> None:
        following = self.next_lesson
        if following is not None:
            self.open_named(following.name)
            return
        if self.can_finish:
            self._finish()
            return
        self._runner.next(anyway=self._context.teacher)

    def press_next(self) -> None:
        """Press the button at the foot of the page, if there is one."""
        if self._has_page:
            self._foot.press_next()

    def toggle_own(self) -> None:
        """Between the page and the learner's own work."""
        if self._runner.progress.at_own:
            self._runner.show_lesson()
        else:
            self._runner.show_own()
        self._refresh_feet()

    def _committed(self) -> None:
        self._refresh_feet()
        self._foot.lead_on()

    def _place_keyboard(self) -> None:
        """To what is to be done on the page, else to Next."""
        control = self.view.first_control()
        if control is None:
            control = self._foot.usable
        control.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.view.isAncestorOf(control) and not self.view.is_turning:
            self.view.ensureWidgetVisible(control, 0, theme().px(24))

    def take_keyboard(self) -> None:
        """Put the keyboard into the lesson."""
        if self._stack.currentIndex() == 0:
            button = self.start.findChild(QPushButton)
            if button is not None:
                button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._ended and self._end is not None:
            first = self._end.first()
            if first is not None:
                first.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._place_keyboard()

    @property
    def teacher(self) -> bool:
        """Whether the notes for teachers are shown."""
        return self._context.teacher

    def set_teacher(self, on: bool) -> None:
        """Show or hide the notes for teachers; they may go on without a prediction."""
        self._context.teacher = on
        self._anew()

    def _anew(self) -> None:
        if self._has_page:
            self.view.forget()
        self._show()

    def _dress(self) -> None:
        self._dress_sizes()
        self._anew()

    def _dress_sizes(self) -> None:
        # Page and list scroll: in a low window the feet stay, and as much of the text as there is room for.
        self._stack.setMinimumHeight(theme().px(100))
        self.tools.restyle()
        if self._has_page:
            self._dress_page(self.view)

    def _dress_page(self, view: PageView) -> None:
        px = theme().px
        view.setMinimumHeight(px(24))
        self._foot.restyle()
