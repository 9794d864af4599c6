"""``neurosim worksheet``: sheets with numbers of their own for a whole class, and the key."""

from __future__ import annotations

import argparse
from pathlib import Path

from neurosim.cli.errors import UsageError
from neurosim.cli.report import say
from neurosim.cli.window import check_that_qt_can_start
from neurosim.document.atomic_write import write_atomically
from neurosim.exporters.worksheets.content import kinds_for, make_worksheets
from neurosim.lessons.faults import LessonError
from neurosim.lessons.lesson import Lesson
from neurosim.lessons.lesson_file import load_lesson
from neurosim.lessons.library import folder_named, lesson_folders
from neurosim.lessons.variants import KINDS, VariantError

MOST_VERSIONS = 500


def worksheet(options: argparse.Namespace) -> int:
    """Carry out ``worksheet``."""
    if not 1 <= options.variants <= MOST_VERSIONS:
        raise UsageError(f"--variants {options.variants}: give a number from 1 to {MOST_VERSIONS}.")
    title, stem, kinds = _asked(options.exercise)
    check_that_qt_can_start(window=False)
    from neurosim.exporters.worksheets.files import files_of

    try:
        files = files_of(make_worksheets(title, kinds, options.variants, options.seed))
    except VariantError as error:
        raise UsageError(str(error)) from error
    folder: Path = options.out
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for ending, data in files.items():
            write_atomically(folder / f"{stem}-{ending}", data)
    except OSError as error:
        raise UsageError(f"{folder}: the sheets cannot be written ({error.strerror}); choose another place.") from error
    say(*(str(folder / f"{stem}-{ending}") for ending in files))
    return 0


def _asked(name: str) -> tuple[str, str, tuple[str, ...]]:
    """The title, the beginning of the files' names and the kinds of exercises that *name* stands for."""
    if name in KINDS:
        return KINDS[name].title, name, (name,)
    lesson = _lesson(name)
    if lesson is None:
        lessons = ", ".join(folder.name for folder in lesson_folders()) or "none"
        raise UsageError(
            f"{name}: there is no such exercise or lesson; exercises are {', '.join(KINDS)}, lessons are {lessons}."
        )
    kinds = kinds_for(lesson)
    if not kinds:
        raise UsageError(
            f"{name}: no exercise varies the numbers of slide {lesson.slide}; choose one of {', '.join(KINDS)}."
        )
    return lesson.title, lesson.name, kinds


def _lesson(name: str) -> Lesson | None:
    """The bundled lesson of that name or number, or the one in that folder."""
    folder = folder_named(name) or Path(name)
    if not folder.is_dir():
        return None
    try:
        return load_lesson(folder)
    except LessonError as error:
        raise UsageError(str(error.faults[0])) from error
