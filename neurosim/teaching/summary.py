"""What has been done in a lesson, counted: questions answered, right at once, predictions that came true."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from neurosim.lessons.library import bundled_lesson, lesson_heads
from neurosim.lessons.progress import Progress
from neurosim.records import dataclass
from neurosim.teaching.keeping import answered, ids_of

if TYPE_CHECKING:
    from neurosim.lessons.lesson import Lesson


@dataclass(frozen=True)
class Summary:
    """One lesson, or several together.

    Attributes:
        questions, answered, at_once: how many there are, how many are right, and how many were at the first try
            without a hint.
        predictions, came_true: how many were committed to, and how many came true.
        open_pages: the pages, from 0, on which something is still to be answered or was missed and not right since.
    """

    questions: int = 0
    answered: int = 0
    at_once: int = 0
    predictions: int = 0
    came_true: int = 0
    open_pages: tuple[int, ...] = ()

    def __add__(self, other: Summary) -> Summary:
        return Summary(
            self.questions + other.questions,
            self.answered + other.answered,
            self.at_once + other.at_once,
            self.predictions + other.predictions,
            self.came_true + other.came_true,
        )


def summary(lesson: Lesson, progress: Progress) -> Summary:
    """What *progress* says of *lesson*."""
    asks = list(lesson.asks())
    right = [ask for _, ask in asks if answered(progress, ask)]
    at_once = [ask for ask in right if all(progress.answers[name].first_right for name in ids_of(ask))]
    made = [predict for page in lesson.pages for predict in page.predictions if predict.id in progress.predictions]
    true = [predict for predict in made if progress.predictions[predict.id] == predict.right]
    left = [index for index, ask in asks if ask not in right or ask.id in progress.missed]
    return Summary(len(asks), len(right), len(at_once), len(made), len(true), tuple(dict.fromkeys(left)))


def together(found: Sequence[Summary]) -> Summary:
    """All of them added up."""
    return sum(found, Summary())


def progress_in(progress: Progress, name: str) -> Progress | None:
    """How far the learner is in the lesson *name*; ``None``: it was never opened."""
    return progress if progress.name == name else progress.others.get(name)


@dataclass(frozen=True)
class Gone:
    """A lesson and what was done in it; ``ended``: its last page has been seen."""

    lesson: Lesson
    found: Summary
    ended: bool


def is_of_lecture(lesson: Lesson) -> bool:
    """Whether *lesson* is one of those that come with the program, and follow one another."""
    return any(head.name == lesson.name for head in lesson_heads())


def gone_through(lesson: Lesson, progress: Progress) -> tuple[Gone, ...]:
    """What was done in all lessons of the lecture, or in *lesson* alone where it is not of it."""
    lessons = [lesson]
    if is_of_lecture(lesson):
        lessons = [found for head in lesson_heads() if (found := bundled_lesson(head.name)) is not None]
    known = [(one, progress_in(progress, one.name) or Progress()) for one in lessons]
    return tuple(Gone(one, summary(one, done), done.ended) for one, done in known)
