"""What becomes of a learner's progress after answers, hints and pages that come back: pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from neurosim.lessons.progress import Answer, Progress
from neurosim.lessons.question import Verdict

if TYPE_CHECKING:
    from neurosim.lessons.lesson import Ask, Lesson, Page

HINTS = 3
QUICK = 2
"""Questions in a row that are answered at once before skipping is offered."""


def ids_of(ask: Ask) -> tuple[str, ...]:
    """The ids under which the answers of *ask* are kept."""
    return (ask.id,) if ask.choices else tuple(box.id for box in ask.asked)


def answered(progress: Progress, ask: Ask) -> bool:
    """Whether all that *ask* asks is right."""
    return all(name in progress.answers and progress.answers[name].is_right for name in ids_of(ask))


def after_answers(progress: Progress, ask: Ask, texts: Mapping[str, str], verdicts: Mapping[str, Verdict]) -> Progress:
    """*progress* after answers to *ask*: tries are counted, and what was right stays right whatever is tried later.

    A question with a wrong answer comes back; one that has come back, with other numbers, and is right now, does not.
    """
    answers = dict(progress.answers)
    missed = list(progress.missed)
    for name, verdict in verdicts.items():
        before = answers.get(name)
        tries = (before.tries if before is not None else 0) + int(verdict.is_attempt)
        if before is not None and before.is_right and not verdict.is_right:
            answers[name] = replace(before, tries=tries)
            continue
        first = verdict.is_right and tries == 1 and not progress.hints.get(name)
        answers[name] = Answer(texts[name], verdict, tries, first or (before is not None and before.first_right))
        if verdict.is_attempt and not verdict.is_right and ask.id not in missed:
            missed.append(ask.id)
    after = replace(progress, answers=MappingProxyType(answers))
    if progress.again is not None and answered(after, ask):
        missed = [name for name in missed if name != ask.id]
    return replace(after, missed=tuple(missed))


def after_hint(progress: Progress, identifier: str, ask: Ask | None) -> Progress:
    """*progress* after one more hint to a box or choice; after the third, its question comes back."""
    shown = progress.hints.get(identifier, 0) + 1
    after = replace(progress, hints=MappingProxyType({**progress.hints, identifier: shown}))
    if shown == HINTS and ask is not None and ask.id not in after.missed:
        after = replace(after, missed=(*after.missed, ask.id))
    return after


def without_answers(progress: Progress, page: Page) -> Progress:
    """*progress* in which nothing on *page* was answered or hinted at yet."""
    own = {name for ask in page.questions for name in ids_of(ask)}
    answers = {name: answer for name, answer in progress.answers.items() if name not in own}
    hints = {name: count for name, count in progress.hints.items() if name not in own}
    return replace(progress, answers=MappingProxyType(answers), hints=MappingProxyType(hints))


def is_done(progress: Progress, page: Page) -> bool:
    """Whether everything that *page* asks has been answered, and everything predicted."""
    predicted = all(predict.id in progress.predictions for predict in page.predictions)
    return predicted and all(answered(progress, ask) for ask in page.questions)


def coming_back(progress: Progress, lesson: Lesson) -> list[int]:
    """The pages of the questions that were missed and can be asked on other numbers."""
    found = [index for index, ask in lesson.asks() if ask.id in progress.missed and lesson.pages[index].again]
    return list(dict.fromkeys(found))


def is_quick(progress: Progress, lesson: Lesson, index: int) -> bool:
    """Whether the last two questions up to page *index* were answered right at the first try, without a hint."""
    asked = [ask for at, ask in lesson.asks() if at <= index]
    tried = [ask for ask in asked if all(name in progress.answers for name in ids_of(ask))]
    return len(tried) >= QUICK and all(
        progress.answers[name].first_right for ask in tried[-QUICK:] for name in ids_of(ask)
    )
