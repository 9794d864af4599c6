"""What learners answer, predict and are told: judged on the numbers of the moment, and kept in their progress."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from neurosim.lessons.question import Question, Verdict
from neurosim.teaching.desk import Desk
from neurosim.teaching.keeping import HINTS, after_answers, after_hint
from neurosim.teaching.quantities import Quantities

if TYPE_CHECKING:
    from neurosim.lessons.lesson import Ask, Box

PATIENCE = 10.0
"""Seconds after which the next hint is given without another attempt."""


class Answering(QObject):
    """Keeps answers, predictions and hints; ``now()`` is the time in seconds, for the patience with hints."""

    def __init__(self, desk: Desk, quantities: Quantities, now: Callable[[], float]) -> None:
        super().__init__(desk)
        self._desk, self._quantities, self._now = desk, quantities, now
        self._since: dict[str, float] = {}

    def forget(self) -> None:
        """Another document: nobody waits for a hint."""
        self._since.clear()

    def predict(self, identifier: str, choice: str) -> None:
        """Commit to a prediction; it stays as it is once the outcome is on view."""
        waiting = self._desk.standing.waits_for
        if waiting is None or waiting.id != identifier:
            return
        progress = self._desk.progress
        predictions = MappingProxyType({**progress.predictions, identifier: choice})
        self._desk.write(self.tr("Predict"), replace(progress, predictions=predictions))
        self._desk.progress_changed.emit()

    def check(self, ask: Ask, texts: Mapping[str, str], decimal: str = ".") -> Mapping[str, Verdict]:
        """What is said to the answers typed into the boxes of *ask*, or to the ids chosen, by id.

        Empty boxes are passed over; an answer that could not be read is no attempt.
        """
        question = self._quantities.question(ask)
        if question is None:
            return {}
        found = _judged(question, texts, decimal)
        for name, verdict in found.items():
            if verdict.is_attempt:
                self._since.pop(name, None)
        self._desk.write(self.tr("Answer"), after_answers(self._desk.progress, ask, texts, found))
        self._desk.progress_changed.emit()
        return found

    def hints_shown(self, identifier: str) -> int:
        """How many hints of a box or choice are on view."""
        return self._desk.progress.hints.get(identifier, 0)

    def may_hint(self, part: Ask | Box) -> bool:
        """Whether the next hint is given now: after an attempt at it, or after ten seconds."""
        shown = self.hints_shown(part.id)
        if shown >= len(part.hints) or (shown == HINTS - 1 and self._desk.standing.hand.hides_answer(part.id)):
            return False
        if shown == 0:
            return True
        since = self._since.get(part.id)
        return since is None or self._now() - since >= PATIENCE

    def hint(self, part: Ask | Box) -> bool:
        """Show the next hint, if it may be; whether it was. The third one lets the question come back."""
        desk = self._desk
        if not self.may_hint(part):
            desk.said.emit(self.tr("Try it once with this hint; the next one comes after that, or in ten seconds."))
            return False
        self._since[part.id] = self._now()
        desk.write(self.tr("Hint"), after_hint(desk.progress, part.id, self._ask_of(part)))
        desk.progress_changed.emit()
        return True

    def _ask_of(self, part: Ask | Box) -> Ask | None:
        from neurosim.lessons.lesson import Ask

        page = self._desk.standing.page
        if page is None or isinstance(part, Ask):
            return part if isinstance(part, Ask) else None
        return next((ask for ask in page.questions if part in ask.boxes), None)


def _judged(question: Question, texts: Mapping[str, str], decimal: str) -> dict[str, Verdict]:
    """A verdict on each answer that is not empty, by the id of its box or choice."""
    from neurosim.lessons.answers import check, check_fields

    if question.fields:
        typed = [texts.get(field.id, "") for field in question.fields]
        verdicts = check_fields(typed, question, decimal=decimal)
        found = {field.id: verdict for field, verdict in zip(question.fields, verdicts, strict=True)}
    else:
        found = {question.id: check(texts.get(question.id, ""), question, decimal=decimal)}
    return {name: verdict for name, verdict in found.items() if texts.get(name, "").strip()}
