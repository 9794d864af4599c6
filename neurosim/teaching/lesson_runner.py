"""Leads through a lesson: pages line by line, answers, hints, predictions, and the learner's own work kept safe."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from PySide6.QtCore import QObject, Signal

from neurosim.document.document import Document
from neurosim.document.edits import EditError
from neurosim.document.json_format import DocumentFormatError
from neurosim.document.state import DocumentState
from neurosim.lessons.answers import check, check_fields
from neurosim.lessons.asking import answers_of, question_of
from neurosim.lessons.commands import Command, CommandError, changed, is_step, only_shows
from neurosim.lessons.faults import LessonError
from neurosim.lessons.formulas import FormulaError, read_formula
from neurosim.lessons.hands import RESULTS, Hand, hand_of
from neurosim.lessons.lesson import Ask, Block, Box, Lesson, Page, Predict
from neurosim.lessons.playing import commands_on, entered, other_numbers, state_at
from neurosim.lessons.progress import (
    Answer,
    Progress,
    content_text,
    problem_in,
    progress_of,
    same_content,
    with_content,
    with_progress,
)
from neurosim.lessons.question import Question, Verdict
from neurosim.lessons.references import Live
from neurosim.numbers.exact import Number
from neurosim.teaching.driving import find_lesson, take_steps
from neurosim.teaching.instructor import Guard
from neurosim.teaching.keeping import (
    HINTS,
    after_answers,
    after_hint,
    coming_back,
    is_done,
    is_quick,
    without_answers,
)
from neurosim.training.session import TrainingSession

PATIENCE = 10.0
"""Seconds after which the next hint is given without another attempt."""


class LessonRunner(QObject):
    """Owns the lesson that is open. Where the learner is and what was answered is in the document, undone with it.

    Signals:
        lesson_changed(): another lesson is open, or none.
        page_changed(): another page, or another stage of it, is on view.
        progress_changed(): answers, hints or what is kept have changed.
        restored(): answers are other ones because of undo or redo.
        shown(command): the window is to show something: a ``Command`` such as ``open panel loss_map``.
        said(sentence): something for the user to read.
    """

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
        self.guard = Guard(document)
        self._document = document
        self._session = session
        self._now = now
        self._lesson: Lesson | None = None
        self._carried: Lesson | None = None
        self._put: DocumentState | None = None
        self._touched = False
        self._start: tuple[int, Live] | None = None
        self._live: Live | None = None
        self._since: dict[str, float] = {}
        self._before: dict[tuple[int, str], Number] = {}
        self._progress = Progress()
        document.lesson_changed.connect(self._follow)
        document.was_reset.connect(self._was_reset)
        self._was_reset()

    # -- asking ----------------------------------------------------------------------------------------------------

    @property
    def lesson(self) -> Lesson | None:
        """The lesson that is open."""
        return self._lesson

    @property
    def progress(self) -> Progress:
        """How far the learner is."""
        return self._progress

    @property
    def index(self) -> int:
        """The page on view, from 0."""
        return min(self._progress.page, len(self._lesson.pages) - 1) if self._lesson is not None else 0

    @property
    def page(self) -> Page | None:
        """The page on view."""
        return None if self._lesson is None else self._lesson.pages[self.index]

    @property
    def stage(self) -> int:
        """How many reveals of the page have been passed."""
        page = self.page
        return 0 if page is None else min(self._progress.stage, len(page.stages) - 1)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What is on view of the page."""
        page = self.page
        if page is None:
            return ()
        return tuple(block for blocks in page.stages[: self.stage + 1] for block in blocks)

    @property
    def at_last_stage(self) -> bool:
        """Whether everything on the page is on view."""
        page = self.page
        return page is None or self.stage == len(page.stages) - 1

    @property
    def can_next(self) -> bool:
        """Whether anything comes after what is on view."""
        if self._lesson is None:
            return False
        at_end = self.at_last_stage and self.index == len(self._lesson.pages) - 1
        return not at_end or self._progress.review or bool(self._coming_back())

    @property
    def can_back(self) -> bool:
        """Whether anything came before it."""
        return self._lesson is not None and (self.stage > 0 or self.index > 0)

    @property
    def waits_for(self) -> Predict | None:
        """The prediction that is to be committed before the page goes on."""
        page = self.page
        if page is None or self.at_last_stage:
            return None
        for block in page.stages[self.stage]:
            if isinstance(block, Predict) and block.id not in self._progress.predictions:
                return block
        return None

    @property
    def hand(self) -> Hand:
        """What is hidden and locked now: by the document, and by the page, which shows results once they are found."""
        page = self.page
        if page is None or self._progress.at_own:
            return self._progress.hand
        hide = page.hide
        if RESULTS in hide and self.is_done(self.index):
            hide = tuple(what for what in hide if what != RESULTS)
        return self._progress.hand | hand_of(hide, page.lock)

    def live(self) -> Live:
        """The quantities of this moment, with those of the page's start."""
        snapshot = self._session.snapshot
        if self._live is None or self._live.snapshot is not snapshot:
            self._live = Live(self._document.state, snapshot, self._page_start())
        return self._live

    def question(self, ask: Ask) -> Question | None:
        """What *ask* asks at this moment; ``None`` while an answer has no value."""
        try:
            return question_of(ask, self.live())
        except FormulaError:
            return None

    def given_values(self, ask: Ask) -> Mapping[str, Number]:
        """What the lines of *ask* that are shown come to, by id; those without a value now are left out."""
        try:
            found = answers_of(ask, self.live())
        except FormulaError:
            return {}
        given = {box.id for box in ask.boxes if box.given}
        return {name: value for name, value in found.items() if name in given and not isinstance(value, str)}

    def outcome(self, predict: Predict) -> tuple[Number, Number] | None:
        """What a prediction was about, before and after; ``None`` when it has no such number."""
        if not predict.outcome or self._lesson is None:
            return None
        stage = next((i for i, blocks in enumerate(self._lesson.pages[self.index].stages) if predict in blocks), 0)
        key = (self.index, predict.id)
        try:
            if key not in self._before:
                given = self._given(self.index, self._progress)
                place = state_at(self._lesson, self.index, stage, self._document.state, given)
                self._before[key] = read_formula(predict.outcome).value(Live(place.state).value)
            return self._before[key], read_formula(predict.outcome).value(self.live().value)
        except (FormulaError, CommandError):
            return None

    def answer(self, identifier: str) -> Answer | None:
        """What was answered in a box or a choice."""
        return self._progress.answers.get(identifier)

    def is_done(self, index: int) -> bool:
        """Whether everything that a page asks has been answered, and all of it was seen."""
        if self._lesson is None:
            return False
        passed = index < self._progress.reached or (index == self.index and self.at_last_stage)
        return passed and is_done(self._progress, self._lesson.pages[index])

    # -- opening ---------------------------------------------------------------------------------------------------

    def open(self, lesson: Lesson, *, carried: bool = False) -> None:
        """Begin *lesson*, or go on where it was left in this document; *carried*: it is no bundled one."""
        self._session.pause()
        before = self._progress
        again = before.name == lesson.name
        self._carried = lesson if carried else None
        state = self._document.state
        own = before.own if again and before.own else content_text(state)
        progress = replace(before, name=lesson.name, own=own, at_own=False)
        if not again:
            progress = Progress(name=lesson.name, own=own, hand=before.hand)
        if carried:
            progress = replace(progress, text=lesson.source, files=lesson.files)
        self._lesson = lesson
        self._before.clear()
        page = min(progress.page, len(lesson.pages) - 1)
        self._enter(
            page, progress.stage if again else 0, self.tr("Lesson: {title}").format(title=lesson.title), progress
        )
        self.lesson_changed.emit()
        self.page_changed.emit()

    def close(self) -> None:
        """Leave the lesson; the learner's own work is on view again, and the place in the lesson is kept."""
        if self._lesson is None:
            return
        if not self._progress.at_own:
            self.show_own()
        self._lesson = None
        self._hold()
        self.lesson_changed.emit()
        self.page_changed.emit()

    def resume(self) -> None:
        """Open the lesson that the document was left in."""
        lesson = self._find(self._progress)
        if lesson is not None:
            self.open(lesson, carried=bool(self._progress.text))

    # -- moving ----------------------------------------------------------------------------------------------------

    def next(self, *, anyway: bool = False) -> None:
        """Reveal the next line, or turn to the next page; *anyway*: without the prediction that is waited for."""
        page = self.page
        if page is None or not self.can_next:
            return
        if self.waits_for is not None and not anyway:
            self.said.emit(self.tr("Predict first: choose one of the answers, then it is shown."))
            return
        if self._progress.at_own:
            self.show_lesson()
        self._session.pause()
        if self.at_last_stage:
            self._turn_on()
            return
        stage = self.stage + 1
        self._note_touch()
        for command in commands_on(page, stage):
            self._do(command)
        self._set(self.tr("Next line"), replace(self._progress, stage=stage))
        self._remember_put()
        self.page_changed.emit()

    def _turn_on(self) -> None:
        """To the next page; after the last one, and from there on, to what was missed, with other numbers."""
        if self._lesson is None:
            return
        last = len(self._lesson.pages) - 1
        if self.index < last and not self._progress.review:
            self._turn(self.index + 1, 0)
            return
        waiting = [index for index in self._coming_back() if not (self._progress.review and index == self.index)]
        if waiting:
            self._turn(waiting[0], 0, again=self._fresh_seed(waiting[0]), review=True)
        else:
            self._turn(last, len(self._lesson.pages[last].stages) - 1)
            self.said.emit(self.tr("That was all: every question that came back is answered."))

    def _coming_back(self) -> list[int]:
        """The pages of the questions that were missed and can be asked on other numbers."""
        return [] if self._lesson is None else coming_back(self._progress, self._lesson)

    def _fresh_seed(self, index: int) -> int:
        return self._progress.again + 1 if self._progress.again is not None else 1000 * (index + 1)

    @property
    def has_other_numbers(self) -> bool:
        """Whether the page can be had with other numbers."""
        return self.page is not None and bool(self.page.again)

    def other_numbers(self) -> None:
        """Ask what the page asks once more, on other numbers."""
        if self.has_other_numbers:
            self._turn(self.index, 0, again=self._fresh_seed(self.index), review=self._progress.review)

    def back(self) -> None:
        """Cover the last line again, or turn to the page before."""
        if not self.can_back or self._lesson is None:
            return
        if self.stage > 0:
            progress = self._progress
            self._turn(self.index, self.stage - 1, again=progress.again, review=progress.review)
        else:
            before = self.index - 1
            self._turn(before, len(self._lesson.pages[before].stages) - 1)

    def go_to(self, index: int) -> None:
        """Turn to a page, at its beginning."""
        if self._lesson is not None and 0 <= index < len(self._lesson.pages):
            self._turn(index, 0)

    def restart_page(self) -> None:
        """Bring back what the page began with."""
        progress = self._progress
        self._turn(self.index, 0, again=progress.again, review=progress.review)

    def skip_to_turn(self) -> None:
        """Turn to the next page on which it is the learner's turn."""
        for index in self._turns_ahead():
            self.go_to(index)
            return

    @property
    def can_skip(self) -> bool:
        """Whether such a page lies ahead."""
        return bool(self._turns_ahead())

    @property
    def offers_skip(self) -> bool:
        """Whether to offer it: the last two questions were answered right at the first try, without a hint."""
        if self._lesson is None or self.page is None or self.page.kind == "your turn" or not self.can_skip:
            return False
        return is_quick(self._progress, self._lesson, self.index)

    def _turns_ahead(self) -> Sequence[int]:
        if self._lesson is None:
            return ()
        pages = self._lesson.pages
        return [i for i in range(self.index + 1, len(pages)) if pages[i].kind == "your turn"]

    # -- the learner's own work ------------------------------------------------------------------------------------

    @property
    def has_own(self) -> bool:
        """Whether there is own work beside the page's."""
        return bool(self._progress.own)

    def show_own(self) -> None:
        """Show the learner's own work again; the lesson stays open."""
        progress = self._progress
        if not progress.own or progress.at_own:
            return
        self._session.pause()
        try:
            with self.guard.opened():
                self._document.edit(self.tr("My version"), _show_own, replace(progress, at_own=True))
        except DocumentFormatError as error:
            self.said.emit(str(error))
            return
        self._session.walk.reset()

    def show_lesson(self) -> None:
        """Go from the own work back to the page; what was done meanwhile is kept with it."""
        if self._lesson is None or not self._progress.at_own:
            return
        own = content_text(self._document.state)
        self._enter(
            self.index, self.stage, self.tr("Back to the lesson"), replace(self._progress, own=own, at_own=False)
        )
        self.page_changed.emit()

    # -- answering -------------------------------------------------------------------------------------------------

    def predict(self, identifier: str, choice: str) -> None:
        """Commit to a prediction; it stays as it is once the outcome is on view."""
        waiting = self.waits_for
        if waiting is None or waiting.id != identifier:
            return
        predictions = MappingProxyType({**self._progress.predictions, identifier: choice})
        self._set(self.tr("Predict"), replace(self._progress, predictions=predictions))
        self.progress_changed.emit()

    def check(self, ask: Ask, texts: Mapping[str, str], decimal: str = ".") -> Mapping[str, Verdict]:
        """What is said to the answers typed into the boxes of *ask*, or to the ids chosen, by id.

        Empty boxes are passed over; an answer that could not be read is no attempt.
        """
        question = self.question(ask)
        if question is None:
            return {}
        if question.fields:
            typed = [texts.get(field.id, "") for field in question.fields]
            verdicts = check_fields(typed, question, decimal=decimal)
            found = {field.id: verdict for field, verdict in zip(question.fields, verdicts, strict=True)}
        else:
            found = {question.id: check(texts.get(question.id, ""), question, decimal=decimal)}
        found = {name: verdict for name, verdict in found.items() if texts.get(name, "").strip()}
        self._keep(ask, texts, found)
        return found

    def _keep(self, ask: Ask, texts: Mapping[str, str], verdicts: Mapping[str, Verdict]) -> None:
        for name, verdict in verdicts.items():
            if verdict.is_attempt:
                self._since.pop(name, None)
        self._set(self.tr("Answer"), after_answers(self._progress, ask, texts, verdicts))
        self.progress_changed.emit()

    # -- hints -----------------------------------------------------------------------------------------------------

    def hints_shown(self, identifier: str) -> int:
        """How many hints of a box or choice are on view."""
        return self._progress.hints.get(identifier, 0)

    def may_hint(self, part: Ask | Box) -> bool:
        """Whether the next hint is given now: after an attempt at it, or after ten seconds."""
        shown = self.hints_shown(part.id)
        if shown >= len(part.hints) or (shown == HINTS - 1 and self.hand.hides_answer(part.id)):
            return False
        if shown == 0:
            return True
        since = self._since.get(part.id)
        return since is None or self._now() - since >= PATIENCE

    def hint(self, part: Ask | Box) -> bool:
        """Show the next hint, if it may be; whether it was. The third one lets the question come back."""
        if not self.may_hint(part):
            self.said.emit(self.tr("Try it once with this hint; the next one comes after that, or in ten seconds."))
            return False
        self._since[part.id] = self._now()
        self._set(self.tr("Hint"), after_hint(self._progress, part.id, self._ask_of(part)))
        self.progress_changed.emit()
        return True

    def _ask_of(self, part: Ask | Box) -> Ask | None:
        page = self.page
        if page is None or isinstance(part, Ask):
            return part if isinstance(part, Ask) else None
        return next((ask for ask in page.questions if part in ask.boxes), None)

    # -- the instructor --------------------------------------------------------------------------------------------

    def set_hand(self, hand: Hand) -> None:
        """Hide and lock exactly that in this document."""
        if hand != self._progress.hand:
            self._set(self.tr("Hide and lock"), replace(self._progress, hand=hand))
            self.progress_changed.emit()

    def carry(self) -> None:
        """Put the whole lesson into the document, so that one file is enough for a class."""
        if self._lesson is not None and not self._progress.text:
            self._carried = self._lesson
            progress = replace(self._progress, text=self._lesson.source, files=self._lesson.files)
            self._set(self.tr("Put the lesson into the document"), progress)

    # -- inside ----------------------------------------------------------------------------------------------------

    def _turn(self, index: int, stage: int, *, again: int | None = None, review: bool = False) -> None:
        if self._lesson is None:
            return
        self._session.pause()
        page = self._lesson.pages[index]
        title = page.title
        progress = replace(self._progress, again=again, review=review)
        if again is not None:
            progress = without_answers(progress, page)
        if not progress.at_own:
            self._note_touch()
            if self._touched:
                progress = replace(progress, own=content_text(self._document.state))
        self._enter(index, stage, self.tr("Page: {title}").format(title=title), progress)
        self.page_changed.emit()

    def _enter(self, index: int, stage: int, text: str, progress: Progress) -> None:
        """Put the state of a stage of a page into the document, and show what the page shows."""
        lesson = self._lesson
        if lesson is None:
            return
        stage = min(stage, len(lesson.pages[index].stages) - 1)
        progress = replace(progress, page=index, stage=stage, reached=max(progress.reached, index), at_own=False)
        try:
            place = state_at(lesson, index, stage, self._document.state, self._given(index, progress))
        except CommandError as error:
            self.said.emit(str(error))
            return
        self._progress = progress
        with self.guard.opened():
            self._document.edit(text, _with, place.state, progress)
        self._session.walk.go_to(place.lines)
        self._start = None
        self._live = None
        self._remember_put()
        self._hold()
        self._touched = False
        page = lesson.pages[index]
        self.shown.emit(Command("light"))  # what the page before lit up goes out
        for command in page.commands:
            if only_shows(command):
                self.shown.emit(command)
        for passed in range(stage + 1):
            for command in commands_on(page, passed):
                if only_shows(command):
                    self.shown.emit(command)

    def _given(self, index: int, progress: Progress) -> DocumentState | None:
        """The other numbers that a page is on; ``None``: its own."""
        if self._lesson is None or progress.again is None:
            return None
        return other_numbers(self._lesson.pages[index], progress.again)

    def _do(self, command: Command) -> None:
        """Carry out one command on the living program."""
        if only_shows(command):
            self.shown.emit(command)
        elif is_step(command):
            take_steps(self._session, command)
        else:
            documents = self._lesson.documents if self._lesson is not None else {}
            try:
                with self.guard.opened():
                    self._document.edit(command.text, changed, command, documents)
            except (CommandError, EditError) as error:
                self.said.emit(str(error))

    def _set(self, text: str, progress: Progress) -> None:
        self._progress = progress
        self._document.edit(text, with_progress, progress)
        self._hold()

    def _hold(self) -> None:
        """Let the guard know what is locked now."""
        self.guard.hand = self.hand

    def _page_start(self) -> Live | None:
        if self._lesson is None:
            return None
        if self._start is None or self._start[0] != self.index:
            given = self._given(self.index, self._progress)
            place = entered(self._lesson, self.index, self._document.state, given)
            self._start = (self.index, Live(place.state))
        return self._start[1]

    def _note_touch(self) -> None:
        """Remember whether the learner has changed what the lesson put there."""
        if self._put is not None and not same_content(self._put, self._document.state):
            self._touched = True

    def _remember_put(self) -> None:
        self._put = self._document.state

    # -- following the document ------------------------------------------------------------------------------------

    def _follow(self) -> None:
        """The lesson part of the document has changed: by us, or by undo."""
        before, self._progress = self._progress, progress_of(self._document.state)
        if self._progress == before:
            return
        self._hold()
        if self._lesson is not None and self._progress.name != self._lesson.name:
            found = self._find(self._progress) if self._progress.name else None
            self._lesson = found
            self._start = None
            self.lesson_changed.emit()
        if (before.page, before.stage) != (self._progress.page, self._progress.stage):
            self._put = self._document.state
            self._start = None
            self.page_changed.emit()
        self.restored.emit()
        self.progress_changed.emit()

    def _was_reset(self) -> None:
        """Another document: its lesson, if it holds one, is open."""
        self._progress = progress_of(self._document.state)
        self._carried = None
        self._since.clear()
        self._start = self._live = None
        self._put = self._document.state
        self._touched = False
        problem = problem_in(self._document.state)
        if problem is not None:
            self.said.emit(problem)
        lesson = self._find(self._progress) if self._progress.name and not self._progress.at_own else None
        changed_lesson = lesson is not self._lesson
        self._lesson = lesson
        self._hold()
        if changed_lesson:
            self.lesson_changed.emit()
        self.page_changed.emit()

    def _find(self, progress: Progress) -> Lesson | None:
        """The lesson that the document speaks of: carried in it, opened from a folder, or one of the program's own."""
        try:
            found = find_lesson(progress, self._carried)
        except LessonError as error:
            self.said.emit(str(error.faults[0]))
            return None
        if progress.text:
            self._carried = found
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


def _show_own(state: DocumentState, progress: Progress) -> DocumentState:
    return with_progress(with_content(state, progress.own), progress)
