"""What the instructor sees on the other screen: where the class is, what comes next, notes, and the time."""

from __future__ import annotations

import html
import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from neurosim.lessons.printing import page_lines
from neurosim.lessons.saying import plain
from neurosim.lessons.text import Spans
from neurosim.lessons.typeset import Typesetter
from neurosim.markup.write_text import write_text
from neurosim.teaching.lesson_runner import LessonRunner
from neurosim.training.session import TrainingSession
from neurosim.widgets.display import Display
from neurosim.widgets.on_screen import resize_on_screen
from neurosim.widgets.theme import theme, theme_notifier
from neurosim.working.line import Line

SIZE = (900, 620)


class TeacherWindow(QWidget):
    """Owns a window of its own, which the class never sees: it stands on a second screen where there is one.

    With a lesson it shows the page on view, the next one, and the teacher's notes; without, the line on view and the
    next two of the step.
    """

    def __init__(
        self,
        runner: LessonRunner,
        session: TrainingSession,
        display: Display,
        forward: Callable[[], object],
        backward: Callable[[], object],
        parent: QWidget,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """*forward*, *backward*: one press of the clicker; ``now()`` is the time in seconds."""
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("teacherWindow")
        self.setWindowTitle(self.tr("For the teacher"))
        self._runner, self._session, self._display, self._now = runner, session, display, now
        self._began = now()
        self.present_view = self._text("teacherNow", self.tr("What the class sees"))
        self.next_view = self._text("teacherNext", self.tr("What comes next"))
        self.notes_view = self._text("teacherNotes", self.tr("Notes"))
        self.clock = QLabel("", self)
        self.clock.setObjectName("teacherClock")
        self.clock.setAccessibleName(self.tr("Time since the beginning"))
        self.clock.setProperty("role", "title")
        back = self._button("teacherBack", self.tr("&Back"), backward)
        on = self._button("teacherForward", self.tr("&Next"), forward)
        again = self._button("teacherClockReset", self.tr("&Start the clock anew"), self.start_clock)
        left, right, foot = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        for column, views in ((left, (self.present_view, self.next_view)), (right, (self.notes_view,))):
            for view in views:
                caption = QLabel(view.accessibleName(), self)
                caption.setProperty("role", "caption")
                caption.setBuddy(view)
                column.addWidget(caption)
                column.addWidget(view, 1)
        foot.addWidget(self.clock)
        foot.addWidget(again)
        foot.addStretch(1)
        foot.addWidget(back)
        foot.addWidget(on)
        both = QHBoxLayout()
        both.addLayout(left, 1)
        both.addLayout(right, 1)
        self._page = QVBoxLayout(self)
        self._page.addLayout(both, 1)
        self._page.addLayout(foot)
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._tell_time)
        for signal in (runner.lesson_changed, runner.page_changed, session.walk.changed, display.changed):
            signal.connect(self.refresh)
        session.snapshot_changed.connect(self._snapshot_changed)
        theme_notifier().changed.connect(self._resize)
        self._resize()

    def start_clock(self) -> None:
        """Count the time from now."""
        self._began = self._now()
        self._tell_time()

    def place(self) -> None:
        """Stand on a screen on which the window for the class is not, if there is one."""
        owner = self.parentWidget()
        screens = [screen for screen in self.screen().virtualSiblings() if owner is None or screen != owner.screen()]
        resize_on_screen(self, *SIZE)
        if screens:
            self.setScreen(screens[0])
            self.move(screens[0].availableGeometry().topLeft())

    @property
    def has_other_screen(self) -> bool:
        """Whether there is a screen for it besides that of the class."""
        return len(self.screen().virtualSiblings()) > 1

    def refresh(self) -> None:
        """Show where the class is."""
        if not self.isVisible():
            return
        runner = self._runner
        lesson, page = runner.lesson, runner.page
        if lesson is None or page is None:
            self._show_walk()
            return
        count, index = len(lesson.pages), runner.index
        stage = self.tr("part {part} of {parts}").format(part=runner.stage + 1, parts=len(page.stages))
        self._fill(self.present_view, f"{index + 1}/{count} · {page.title} · {stage}", page_lines(lesson, index, page))
        if index + 1 < count:
            following = lesson.pages[index + 1]
            title = f"{index + 2}/{count} · {following.title}"
            self._fill(self.next_view, title, page_lines(lesson, index + 1, following))
        else:
            self._fill(self.next_view, self.tr("The lesson ends here."), [])
        notes, typesetter = lesson.notes, Typesetter(runner.live(), decimal=self._display.decimal)

        def listed(title: str, points: tuple[Spans, ...]) -> str:
            items = "".join(f"<li>{html.escape(plain(point, typesetter))}</li>" for point in points)
            return f"<p><span style='font-weight:600'>{html.escape(title)}</span></p><ul>{items}</ul>" if points else ""

        self.notes_view.setHtml(
            f"<p><span style='font-weight:600'>{html.escape(lesson.title)}</span><br>{html.escape(lesson.goal)}</p>"
            + listed(self.tr("Misconceptions to listen for"), notes.misconceptions)
            + listed(self.tr("Questions to ask"), notes.ask)
            + listed(self.tr("What the model leaves out"), notes.leaves_out)
        )

    # -- events ----------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up, and let the clock run."""
        super().showEvent(event)
        self._second.start()
        self._tell_time()
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing runs while nobody looks."""
        super().hideEvent(event)
        self._second.stop()

    # -- helpers ---------------------------------------------------------------------------------------------------

    def _show_walk(self) -> None:
        walk, display = self._session.walk, self._display
        working, position = walk.on_view(display.mode, display.decimal)
        count = working.count
        here = working.line(position) if position else None
        step = self._session.document.state.training.step
        title = self.tr("Step {step} · line {number} of {count}").format(step=step, number=position, count=count)
        self._fill(self.present_view, title, [] if here is None else _said(here))
        coming = [
            text for number in range(position + 1, min(position + 2, count) + 1) for text in _said(working.line(number))
        ]
        self._fill(self.next_view, self.tr("The next lines"), coming)
        self._fill(
            self.notes_view, self.tr("No lesson is open."), [self.tr("A lesson brings its notes for the teacher here.")]
        )

    def _snapshot_changed(self) -> None:
        if self._runner.lesson is None and not self._session.running:
            self.refresh()

    def _tell_time(self) -> None:
        seconds = int(self._now() - self._began)
        self.clock.setText(f"{seconds // 60}:{seconds % 60:02d}")

    def _text(self, name: str, words: str) -> QTextBrowser:
        view = QTextBrowser(self)
        view.setObjectName(name)
        view.setAccessibleName(words)
        view.setOpenLinks(False)
        return view

    def _button(self, name: str, words: str, handler: Callable[[], object]) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.clicked.connect(lambda _checked=False: handler())
        return button

    def _fill(self, view: QTextBrowser, title: str, lines: list[str]) -> None:
        parts = "".join(f"<p>{html.escape(line.strip())}</p>" for line in lines if line.strip())
        view.setHtml(f"<p><span style='font-weight:600'>{html.escape(title)}</span></p>{parts}")

    def _resize(self) -> None:
        gap = theme().px(12)
        self._page.setContentsMargins(gap, gap, gap, gap)
        self._page.setSpacing(gap)


def _said(line: Line) -> list[str]:
    return [f"{line.number}. {line.title}", *(write_text(equation.markup) for equation in line.equations), line.note]
