"""The numbers a lesson speaks of: of this moment, of the page's beginning, and of before a prediction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from neurosim.document.state import DocumentState
from neurosim.lessons.progress import Progress
from neurosim.lessons.question import Question
from neurosim.numbers.exact import Number
from neurosim.teaching.desk import Desk

if TYPE_CHECKING:
    from neurosim.lessons.lesson import Ask, Predict
    from neurosim.lessons.references import Live


class Quantities:
    """Reads them from the session's snapshot, each page's beginning once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._start: tuple[int, Live] | None = None
        self._live: Live | None = None
        self._before: dict[tuple[int, str], Number] = {}

    def forget(self) -> None:
        """Another page, another beginning or another document."""
        self._start = None
        self._live = None

    def forget_outcomes(self) -> None:
        """Another lesson."""
        self._before.clear()

    def live(self) -> Live:
        """The quantities of this moment, with those of the page's start."""
        from neurosim.lessons.references import Live

        snapshot = self._desk.session.snapshot
        if self._live is None or self._live.snapshot is not snapshot:
            self._live = Live(self._desk.document.state, snapshot, self._page_start())
        return self._live

    def question(self, ask: Ask) -> Question | None:
        """What *ask* asks at this moment; ``None`` while an answer has no value."""
        from neurosim.lessons.asking import question_of
        from neurosim.lessons.formulas import FormulaError

        try:
            return question_of(ask, self.live())
        except FormulaError:
            return None

    def given_values(self, ask: Ask) -> Mapping[str, Number]:
        """What the lines of *ask* that are shown come to, by id; those without a value now are left out."""
        from neurosim.lessons.asking import answers_of
        from neurosim.lessons.formulas import FormulaError

        try:
            found = answers_of(ask, self.live())
        except FormulaError:
            return {}
        given = {box.id for box in ask.boxes if box.given}
        return {name: value for name, value in found.items() if name in given and not isinstance(value, str)}

    def outcome(self, predict: Predict) -> tuple[Number, Number] | None:
        """What a prediction was about, before and after; ``None`` when it has no such number."""
        from neurosim.lessons.commands import CommandError
        from neurosim.lessons.formulas import FormulaError, read_formula
        from neurosim.lessons.playing import state_at
        from neurosim.lessons.references import Live

        desk, standing = self._desk, self._desk.standing
        if not predict.outcome or desk.lesson is None:
            return None
        key = (standing.index, predict.id)
        try:
            formula = read_formula(predict.outcome)
            if key not in self._before:
                given = self.given_state(standing.index, desk.progress)
                stage = standing.stage_of(predict)
                place = state_at(desk.lesson, standing.index, stage, desk.document.state, given)
                self._before[key] = formula.value(Live(place.state).value)
            return self._before[key], formula.value(self.live().value)
        except (FormulaError, CommandError):
            return None

    def given_state(self, index: int, progress: Progress) -> DocumentState | None:
        """The other numbers that a page is on; ``None``: its own."""
        if self._desk.lesson is None or progress.again is None:
            return None
        from neurosim.lessons.playing import other_numbers

        return other_numbers(self._desk.lesson.pages[index], progress.again)

    def _page_start(self) -> Live | None:
        desk = self._desk
        if desk.lesson is None:
            return None
        from neurosim.lessons.playing import entered
        from neurosim.lessons.references import Live

        index = desk.standing.index
        if self._start is None or self._start[0] != index:
            given = self.given_state(index, desk.progress)
            place = entered(desk.lesson, index, desk.document.state, given)
            self._start = (index, Live(place.state))
        return self._start[1]
