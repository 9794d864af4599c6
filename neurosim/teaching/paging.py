"""Turning the pages of a lesson: line by line, on and back, to what was missed; each turn drives the program."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from neurosim.document.edits import EditError
from neurosim.lessons.progress import Progress, content_text
from neurosim.teaching.desk import Desk
from neurosim.teaching.driving import take_steps
from neurosim.teaching.keeping import without_answers
from neurosim.teaching.own_work import OwnWork
from neurosim.teaching.quantities import Quantities

if TYPE_CHECKING:
    from neurosim.lessons.commands import Command


class Paging(QObject):
    """Puts the state of each page into the document, keeping what the learner did on the page before."""

    def __init__(self, desk: Desk, quantities: Quantities, own: OwnWork) -> None:
        super().__init__(desk)
        self._desk, self._quantities, self._own = desk, quantities, own

    # -- turning ---------------------------------------------------------------------------------------------------

    def next(self, *, anyway: bool = False) -> None:
        """Reveal the next line, or turn to the next page; *anyway*: without the prediction that is waited for."""
        desk, standing = self._desk, self._desk.standing
        page = standing.page
        if page is None or not standing.can_next:
            return
        if standing.waits_for is not None and not anyway:
            desk.said.emit(self.tr("Predict first: choose one of the answers, then it is shown."))
            return
        if desk.progress.at_own:
            self.show_lesson()
        desk.session.pause()
        if standing.at_last_stage:
            self._turn_on()
            return
        from neurosim.lessons.playing import commands_on

        stage = standing.stage + 1
        self._own.notice()
        for command in commands_on(page, stage):
            self._do(command)
        desk.write(self.tr("Next line"), replace(desk.progress, stage=stage))
        self._own.put_by_lesson()
        desk.page_changed.emit()

    def back(self) -> None:
        """Cover the last line again, or turn to the page before."""
        desk, standing = self._desk, self._desk.standing
        if not standing.can_back or desk.lesson is None:
            return
        if standing.stage > 0:
            self._turn_same(standing.stage - 1)
        else:
            before = standing.index - 1
            self._turn(before, len(desk.lesson.pages[before].stages) - 1)

    def go_to(self, index: int) -> None:
        """Turn to a page, at its beginning."""
        lesson = self._desk.lesson
        if lesson is not None and 0 <= index < len(lesson.pages):
            self._turn(index, 0)

    def restart(self) -> None:
        """Bring back what the page began with."""
        self._turn_same(0)

    def other_numbers(self) -> None:
        """Ask what the page asks once more, on other numbers."""
        standing = self._desk.standing
        if standing.page is not None and standing.page.again:
            self._turn(standing.index, 0, again=self._fresh_seed(standing.index), review=standing.progress.review)

    def skip_to_turn(self) -> None:
        """Turn to the next page on which it is the learner's turn."""
        ahead = self._desk.standing.turns_ahead
        if ahead:
            self.go_to(ahead[0])

    def show_lesson(self) -> None:
        """Go from the own work back to the page; what was done meanwhile is kept with it."""
        desk, standing = self._desk, self._desk.standing
        if desk.lesson is None or not desk.progress.at_own:
            return
        progress = replace(desk.progress, own=content_text(desk.document.state), at_own=False)
        self.enter(standing.index, standing.stage, self.tr("Back to the lesson"), progress)
        desk.page_changed.emit()

    def _turn_on(self) -> None:
        """To the next page; after the last one, and from there on, to what was missed, with other numbers."""
        desk, standing = self._desk, self._desk.standing
        if desk.lesson is None:
            return
        review, last = standing.progress.review, len(desk.lesson.pages) - 1
        if standing.index < last and not review:
            self._turn(standing.index + 1, 0)
            return
        waiting = [index for index in standing.coming_back if not (review and index == standing.index)]
        if waiting:
            self._turn(waiting[0], 0, again=self._fresh_seed(waiting[0]), review=True)
        else:
            self._turn(last, len(desk.lesson.pages[last].stages) - 1)
            desk.said.emit(self.tr("That was all: every question that came back is answered."))

    def _fresh_seed(self, index: int) -> int:
        again = self._desk.progress.again
        return again + 1 if again is not None else 1000 * (index + 1)

    def _turn_same(self, stage: int) -> None:
        """To another stage of the same page, on the numbers it is on."""
        progress = self._desk.progress
        self._turn(self._desk.standing.index, stage, again=progress.again, review=progress.review)

    def _turn(self, index: int, stage: int, *, again: int | None = None, review: bool = False) -> None:
        desk = self._desk
        if desk.lesson is None:
            return
        desk.session.pause()
        page = desk.lesson.pages[index]
        progress = replace(desk.progress, again=again, review=review)
        if again is not None:
            progress = without_answers(progress, page)
        self.enter(index, stage, self.tr("Page: {title}").format(title=page.title), self._own.kept_in(progress))
        desk.page_changed.emit()

    # -- driving the program ---------------------------------------------------------------------------------------

    def enter(self, index: int, stage: int, text: str, progress: Progress) -> None:
        """Put the state of a stage of a page into the document, and show what the page shows; *text* is for undo."""
        from neurosim.lessons.commands import Command, CommandError, only_shows
        from neurosim.lessons.playing import commands_on, state_at

        desk, lesson = self._desk, self._desk.lesson
        if lesson is None:
            return
        stage = min(stage, len(lesson.pages[index].stages) - 1)
        progress = replace(progress, page=index, stage=stage, reached=max(progress.reached, index), at_own=False)
        given = self._quantities.given_state(index, progress)
        try:
            place = state_at(lesson, index, stage, desk.document.state, given)
        except CommandError as error:
            desk.said.emit(str(error))
            return
        desk.put(text, place.state, progress)
        desk.session.walk.go_to(place.lines)
        self._quantities.forget()
        self._own.entered()
        page = lesson.pages[index]
        desk.shown.emit(Command("light"))  # what the page before lit up goes out
        if page.start:
            for kind in ("select", "select row"):
                desk.shown.emit(Command(kind))  # and what it pointed at is no more: row 1 is on show
        passed = [command for at in range(stage + 1) for command in commands_on(page, at)]
        for command in (*page.commands, *passed):
            if only_shows(command):
                desk.shown.emit(command)

    def _do(self, command: Command) -> None:
        """Carry out one command on the living program."""
        from neurosim.lessons.commands import CommandError, changed, is_step, only_shows

        desk = self._desk
        if only_shows(command):
            desk.shown.emit(command)
        elif is_step(command):
            take_steps(desk.session, command)
        else:
            documents = desk.lesson.documents if desk.lesson is not None else {}
            try:
                with desk.guard.opened():
                    desk.document.edit(command.text, changed, command, documents)
            except (CommandError, EditError) as error:
                desk.said.emit(str(error))
