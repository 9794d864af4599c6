"""The lesson that is open on a document: what every part that leads through it shares, and the ways to change it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from neurosim.document.document import Document
from neurosim.document.state import DocumentState
from neurosim.lessons.faults import LessonError
from neurosim.lessons.progress import Progress, with_progress
from neurosim.teaching.driving import find_lesson
from neurosim.teaching.instructor import Guard
from neurosim.teaching.standing import Standing
from neurosim.training.session import TrainingSession

if TYPE_CHECKING:
    from neurosim.lessons.lesson import Lesson


class Desk(QObject):
    """Owns the lesson that is open and the progress in it, which is a copy of the document's.

    Signals: see ``LessonRunner``, which hands them on.
    """

    lesson_changed = Signal()
    page_changed = Signal()
    progress_changed = Signal()
    restored = Signal()
    shown = Signal(object)
    said = Signal(str)

    def __init__(self, document: Document, session: TrainingSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document, self.session = document, session
        self.guard = Guard(document)
        self.lesson: Lesson | None = None
        self.carried: Lesson | None = None
        self.progress = Progress()

    @property
    def standing(self) -> Standing:
        """Where the learner is."""
        return Standing(self.lesson, self.progress)

    def write(self, text: str, progress: Progress) -> None:
        """Keep *progress* in the document; *text* names it for undo."""
        self.progress = progress = self._ended(progress)
        self.document.edit(text, with_progress, progress)
        self.hold()

    def put(self, text: str, state: DocumentState, progress: Progress) -> None:
        """Put what the lesson shows into the document, whatever is locked, and keep *progress* with it."""
        self.progress = progress = self._ended(progress)
        with self.guard.opened():
            self.document.edit(text, _with, state, progress)
        self.hold()

    def _ended(self, progress: Progress) -> Progress:
        """*progress*, which from now on knows that the lesson's end was seen, where it is."""
        return replace(progress, ended=progress.ended or Standing(self.lesson, progress).at_end)

    def hold(self) -> None:
        """Let the guard know what is locked now."""
        self.guard.hand = self.standing.hand

    def find(self) -> Lesson | None:
        """The lesson that the document speaks of: carried in it, opened from a folder, or one of the program's own."""
        progress = self.progress
        try:
            found = find_lesson(progress, self.carried)
        except LessonError as error:
            self.said.emit(str(error.faults[0]))
            return None
        if progress.text:
            self.carried = found
        if found is None:
            self.said.emit(
                self.tr("The lesson {name} of this document is not here: open it from its folder.").format(
                    name=progress.name
                )
            )
        return found


def _with(state: DocumentState, found: DocumentState, progress: Progress) -> DocumentState:
    state = replace(state, network=found.network, dataset=found.dataset, training=found.training)
    return with_progress(state, progress)
