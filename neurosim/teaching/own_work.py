"""The learner's own work beside a lesson: what is changed by hand is noticed, kept as "My version", and shown again."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from neurosim.document.json_format import DocumentFormatError
from neurosim.document.state import DocumentState
from neurosim.lessons.progress import Progress, content_text, same_content, with_content, with_progress
from neurosim.teaching.desk import Desk


class OwnWork(QObject):
    """Knows what the lesson put into the document, and whether a hand has changed it since the page was entered."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._put: DocumentState = desk.document.state
        self._touched = False

    def entered(self) -> None:
        """The document holds the beginning of a page, and nobody has changed it yet."""
        self._touched = False
        self.put_by_lesson()

    def put_by_lesson(self) -> None:
        """What the document holds now is the lesson's doing."""
        self._put = self._desk.document.state

    def notice(self) -> None:
        """Remember it if a hand has changed what the lesson put there."""
        if not same_content(self._put, self._desk.document.state):
            self._touched = True

    def kept_in(self, progress: Progress) -> Progress:
        """*progress* with what the learner has changed on the page that is left."""
        if progress.at_own:
            return progress
        self.notice()
        return replace(progress, own=content_text(self._desk.document.state)) if self._touched else progress

    def show(self) -> None:
        """Show it again; the lesson stays open."""
        desk, progress = self._desk, self._desk.progress
        if not progress.own or progress.at_own:
            return
        desk.session.pause()
        try:
            with desk.guard.opened():
                desk.document.edit(self.tr("My version"), _show_own, replace(progress, at_own=True))
        except DocumentFormatError as error:
            desk.said.emit(str(error))
            return
        desk.session.walk.reset()


def _show_own(state: DocumentState, progress: Progress) -> DocumentState:
    return with_progress(with_content(state, progress.own), progress)
