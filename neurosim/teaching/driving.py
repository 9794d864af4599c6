"""Carries out a lesson's steps on the living session, and finds the lesson that a document speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from neurosim.lessons.library import bundled_lesson
from neurosim.lessons.progress import Progress
from neurosim.training.session import TrainingSession

if TYPE_CHECKING:
    from neurosim.lessons.commands import Command
    from neurosim.lessons.lesson import Lesson


def take_steps(session: TrainingSession, command: Command) -> None:
    """Go on by lines, phases or whole steps, as *command* says; the unit of the step bar stays what it was."""
    walk = session.walk
    times = int(command.arguments[0]) if command.arguments else 1
    if command.verb == "step":
        walk.reset()
        session.full_step(times)
        return
    unit = walk.unit
    walk.set_unit("phase" if command.verb == "step phase" else "line")
    if command.verb == "step to line":
        times = max(times - walk.position, 0)
    for _ in range(times):
        session.step()
    walk.set_unit(unit)


def find_lesson(progress: Progress, carried: Lesson | None) -> Lesson | None:
    """The lesson of *progress*: *carried* if it is that, the one inside the document, or one of the program's own.

    Raises:
        LessonError: it cannot be read.
    """
    if carried is not None and carried.name == progress.name:
        return carried
    if progress.text:
        from neurosim.lessons.lesson_file import read_lesson

        return read_lesson(progress.text, progress.files, progress.name)
    return bundled_lesson(progress.name)
