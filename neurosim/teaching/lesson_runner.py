"""Leads through a lesson: one face for what the parts beside this file do with pages, answers and own work."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from neurosim.document.document import Document
from neurosim.lessons.hands import Hand
from neurosim.lessons.progress import Answer, Progress, content_text, in_lesson, problem_in, progress_of
from neurosim.lessons.question import Question, Verdict
from neurosim.numbers.exact import Number
from neurosim.teaching.answering import Answering
from neurosim.teaching.desk import Desk
from neurosim.teaching.own_work import OwnWork
from neurosim.teaching.paging import Paging
from neurosim.teaching.quantities import Quantities
from neurosim.training.session import TrainingSession

if TYPE_CHECKING:
    from neurosim.lessons.lesson import Ask, Block, Box, Lesson, Page, Predict
    from neurosim.lessons.references import Live


class LessonRunner(QObject):
    """Opens and leaves lessons. Where the learner is and what was answered is in the document, undone with it.

    Signals:
        opening(): a lesson is about to be opened; the one before, or none, is still on view.
        lesson_changed(): another lesson is open, or none.
        page_changed(): another page, or another stage of it, is on view.
        progress_changed(): answers, hints or what is kept have changed.
        restored(): answers are other ones because of undo or redo.
        shown(command): the window is to show something: a ``Command`` such as ``open panel loss_map``.
        said(sentence): something for the user to read.
    """

    opening = Signal()
    lesson_changed = Signal()
    page_changed = Signal()
    progress_changed = Signal()
    restored = Signal()
    shown = Signal(object)
    said = Signal(str)

    def __init__(
        self,
        document: Document,
        session: TrainingSession,
        parent: QObject | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Lead through lessons on *document*; ``now()`` is the time in seconds, for the patience with hints."""
        super().__init__(parent)
        self._desk = desk = Desk(document, session, self)
        self._quantities = Quantities(desk)
        self._own = OwnWork(desk)
        self._paging = Paging(desk, self._quantities, self._own)
        self._answering = Answering(desk, self._quantities, now)
        self.guard = desk.guard
        desk.lesson_changed.connect(self.lesson_changed)
        desk.page_changed.connect(self.page_changed)
        desk.progress_changed.connect(self.progress_changed)
        desk.restored.connect(self.restored)
        desk.shown.connect(self.shown)
        desk.said.connect(self.said)
        document.lesson_changed.connect(self._follow)
        document.was_reset.connect(self._was_reset)
        self._was_reset()

    # -- where the learner is: see Standing ------------------------------------------------------------------------

    @property
    def lesson(self) -> Lesson | None:
        """The lesson that is open."""
        return self._desk.lesson

    @property
    def progress(self) -> Progress:
        """How far the learner is."""
        return self._desk.progress

    @property
    def index(self) -> int:
        """The page on view, from 0."""
        return self._desk.standing.index

    @property
    def page(self) -> Page | None:
        """The page on view."""
        return self._desk.standing.page

    @property
    def stage(self) -> int:
        """How many reveals of the page have been passed."""
        return self._desk.standing.stage

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What is on view of the page."""
        return self._desk.standing.blocks

    @property
    def at_last_stage(self) -> bool:
        """Whether everything on the page is on view."""
        return self._desk.standing.at_last_stage

    @property
    def can_next(self) -> bool:
        """Whether anything comes after what is on view."""
        return self._desk.standing.can_next

    @property
    def can_back(self) -> bool:
        """Whether anything came before it."""
        return self._desk.standing.can_back

    @property
    def waits_for(self) -> Predict | None:
        """The prediction that is to be committed before the page goes on."""
        return self._desk.standing.waits_for

    @property
    def hand(self) -> Hand:
        """What is hidden and locked now: by the document, and by the page, which shows results once they are found."""
        return self._desk.standing.hand

    def is_done(self, index: int) -> bool:
        """Whether everything that a page asks has been answered, and all of it was seen."""
        return self._desk.standing.is_done(index)

    # -- opening ---------------------------------------------------------------------------------------------------

    def open(self, lesson: Lesson, *, carried: bool = False) -> None:
        """Begin *lesson*, or go on where it was left in this document; *carried*: it is no bundled one."""
        desk = self._desk
        self.opening.emit()
        desk.session.pause()
        before = desk.progress
        desk.carried = lesson if carried else None
        # From one lesson to the next the own work stays what it was: the document shows a page of the first.
        inside = desk.lesson is not None and bool(before.own) and not before.at_own
        own = self._own.kept_in(before).own if inside else content_text(desk.document.state)
        progress = replace(in_lesson(before, lesson.name), name=lesson.name, own=own, at_own=False)
        if carried:
            progress = replace(progress, text=lesson.source, files=lesson.files)
        desk.lesson = lesson
        self._quantities.forget_outcomes()
        page = min(progress.page, len(lesson.pages) - 1)
        text = self.tr("Lesson: {title}").format(title=lesson.title)
        self._paging.enter(page, progress.stage, text, progress)
        desk.lesson_changed.emit()
        desk.page_changed.emit()

    def close(self) -> None:
        """Leave the lesson; the learner's own work is on view again, and the place in the lesson is kept."""
        desk = self._desk
        if desk.lesson is None:
            return
        if not desk.progress.at_own:
            self.show_own()
        desk.lesson = None
        desk.hold()
        desk.lesson_changed.emit()
        desk.page_changed.emit()

    def resume(self) -> None:
        """Open the lesson that the document was left in."""
        lesson = self._desk.find()
        if lesson is not None:
            self.open(lesson, carried=bool(self.progress.text))

    # -- moving: see Paging ----------------------------------------------------------------------------------------

    def next(self, *, anyway: bool = False) -> None:
        """Reveal the next line, or turn to the next page; *anyway*: without the prediction that is waited for."""
        self._paging.next(anyway=anyway)

    def back(self) -> None:
        """Cover the last line again, or turn to the page before."""
        self._paging.back()

    def go_to(self, index: int) -> None:
        """Turn to a page, at its beginning."""
        self._paging.go_to(index)

    def restart_page(self) -> None:
        """Bring back what the page began with."""
        self._paging.restart()

    @property
    def has_other_numbers(self) -> bool:
        """Whether the page can be had with other numbers."""
        return self.page is not None and bool(self.page.again)

    def other_numbers(self) -> None:
        """Ask what the page asks once more, on other numbers."""
        self._paging.other_numbers()

    def skip_to_turn(self) -> None:
        """Turn to the next page on which it is the learner's turn."""
        self._paging.skip_to_turn()

    @property
    def can_skip(self) -> bool:
        """Whether such a page lies ahead."""
        return bool(self._desk.standing.turns_ahead)

    @property
    def offers_skip(self) -> bool:
        """Whether to offer it: the last two questions were answered right at the first try, without a hint."""
        return self._desk.standing.offers_skip

    # -- the learner's own work: see OwnWork -----------------------------------------------------------------------

    @property
    def has_own(self) -> bool:
        """Whether there is own work beside the page's."""
        return bool(self.progress.own)

    def show_own(self) -> None:
        """Show the learner's own work again; the lesson stays open."""
        self._own.show()

    def show_lesson(self) -> None:
        """Go from the own work back to the page; what was done meanwhile is kept with it."""
        self._paging.show_lesson()

    # -- numbers, answers and hints: see Quantities and Answering --------------------------------------------------

    def live(self) -> Live:
        """The quantities of this moment, with those of the page's start."""
        return self._quantities.live()

    def question(self, ask: Ask) -> Question | None:
        """What *ask* asks at this moment; ``None`` while an answer has no value."""
        return self._quantities.question(ask)

    def given_values(self, ask: Ask) -> Mapping[str, Number]:
        """What the lines of *ask* that are shown come to, by id; those without a value now are left out."""
        return self._quantities.given_values(ask)

    def outcome(self, predict: Predict) -> tuple[Number, Number] | None:
        """What a prediction was about, before and after; ``None`` when it has no such number."""
        return self._quantities.outcome(predict)

    def answer(self, identifier: str) -> Answer | None:
        """What was answered in a box or a choice."""
        return self.progress.answers.get(identifier)

    def predict(self, identifier: str, choice: str) -> None:
        """Commit to a prediction; it stays as it is once the outcome is on view."""
        self._answering.predict(identifier, choice)

    def check(self, ask: Ask, texts: Mapping[str, str], decimal: str = ".") -> Mapping[str, Verdict]:
        """What is said to the answers typed into the boxes of *ask*, or to the ids chosen, by id.

        Empty boxes are passed over; an answer that could not be read is no attempt.
        """
        return self._answering.check(ask, texts, decimal)

    def hints_shown(self, identifier: str) -> int:
        """How many hints of a box or choice are on view."""
        return self._answering.hints_shown(identifier)

    def may_hint(self, part: Ask | Box) -> bool:
        """Whether the next hint is given now: after an attempt at it, or after ten seconds."""
        return self._answering.may_hint(part)

    def hint(self, part: Ask | Box) -> bool:
        """Show the next hint, if it may be; whether it was. The third one lets the question come back."""
        return self._answering.hint(part)

    # -- the instructor --------------------------------------------------------------------------------------------

    def set_hand(self, hand: Hand) -> None:
        """Hide and lock exactly that in this document."""
        if hand != self.progress.hand:
            self._desk.write(self.tr("Hide and lock"), replace(self.progress, hand=hand))
            self._desk.progress_changed.emit()

    def carry(self) -> None:
        """Put the whole lesson into the document, so that one file is enough for a class."""
        desk, lesson = self._desk, self.lesson
        if lesson is not None and not desk.progress.text:
            desk.carried = lesson
            progress = replace(desk.progress, text=lesson.source, files=lesson.files)
            desk.write(self.tr("Put the lesson into the document"), progress)

    # -- following the document ------------------------------------------------------------------------------------

    def _follow(self) -> None:
        """The lesson part of the document has changed: by us, or by undo."""
        desk = self._desk
        before, desk.progress = desk.progress, progress_of(desk.document.state)
        if desk.progress == before:
            return
        if desk.lesson is not None and desk.progress.name != desk.lesson.name:
            desk.lesson = desk.find() if desk.progress.name else None
            self._quantities.forget()
            desk.lesson_changed.emit()
        desk.hold()
        if (before.page, before.stage) != (desk.progress.page, desk.progress.stage):
            self._own.put_by_lesson()
            self._quantities.forget()
            desk.page_changed.emit()
        desk.restored.emit()
        desk.progress_changed.emit()

    def _was_reset(self) -> None:
        """Another document: its lesson, if it holds one, is open."""
        desk = self._desk
        desk.progress = progress_of(desk.document.state)
        desk.carried = None
        self._answering.forget()
        self._quantities.forget()
        self._own.entered()
        problem = problem_in(desk.document.state)
        if problem is not None:
            desk.said.emit(problem)
        lesson = desk.find() if desk.progress.name and not desk.progress.at_own else None
        changed, desk.lesson = lesson is not desk.lesson, lesson
        desk.hold()
        if changed:
            desk.lesson_changed.emit()
        desk.page_changed.emit()
