"""The foot of a lesson's page: Back, where one is, and Next, which says what comes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from neurosim.lessons.library import Head
from neurosim.main_window.lesson_dock.offer_bar import plain_button
from neurosim.teaching.lesson_runner import LessonRunner
from neurosim.widgets.theme import theme


class PageFoot(QFrame):
    """Owns the two buttons and the number of the page."""

    def __init__(
        self, runner: LessonRunner, back: Callable[[], object], onward: Callable[[], object], parent: QWidget
    ) -> None:
        """Call *back* and *onward* when the buttons are pressed."""
        super().__init__(parent)
        self._runner = runner
        self.setProperty("role", "bar")
        self._row = QHBoxLayout(self)
        self._back = plain_button("lessonBack", self.tr("Back"), back, self)
        self._next = plain_button("lessonNext", self.tr("Next"), onward, self)
        self._next.setProperty("primary", True)
        self._count = QLabel(self)
        self._count.setObjectName("lessonCount")
        self._count.setProperty("role", "muted")
        self._count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._row.addWidget(self._back)
        self._row.addWidget(self._count, 1)
        self._row.addWidget(self._next)

    def refresh(self, page: int, total: int, following: Head | None, *, finishes: bool, waits: bool) -> None:
        """Show where one is and what can be done.

        Args:
            page: from 1.
            total: how many pages there are.
            following: the lesson that Next opens, at the end of this one.
            finishes: whether Next ends the whole lecture.
            waits: whether a prediction has to be made first.
        """
        self._count.setText(f"{page} / {total}")
        self._count.setAccessibleName(self.tr("Page {page} of {total}").format(page=page, total=total))
        runner = self._runner
        self._back.setEnabled(runner.can_back)
        self._next.setEnabled((runner.can_next and not waits) or following is not None or finishes)
        words, tip = self._words(following, finishes=finishes, waits=waits)
        self._next.setText(words)
        self._next.setAccessibleName(words)
        self._next.setToolTip(tip)

    def _words(self, following: Head | None, *, finishes: bool, waits: bool) -> tuple[str, str]:
        """What stands on Next, and its tooltip."""
        if finishes:
            return self.tr("Finish"), self.tr("Look back at what was done")
        if following is not None:
            return self.tr("Next lesson"), following.title
        last = self._runner.at_last_stage
        words = self.tr("Next") if last else self.tr("Go on")
        if waits:
            return words, self.tr("Predict first")
        return words, self.tr("The next page") if last else self.tr("The next line of this page")

    def press_next(self) -> None:
        """As if Next were clicked."""
        self._next.click()

    def lead_on(self) -> None:
        """Put the keyboard on Next."""
        self._next.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def usable(self) -> QPushButton:
        """Where the keyboard goes when there is nothing to be done on the page."""
        return self._next if self._next.isEnabled() else self._back

    def restyle(self) -> None:
        """Take the lengths of the current zoom."""
        px = theme().px
        self._row.setContentsMargins(px(12), px(8), px(12), px(8))
        self._row.setSpacing(px(8))
