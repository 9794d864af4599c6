"""``neurosim lesson``: list the lessons, check one, or look at it."""

from __future__ import annotations

import argparse
from pathlib import Path

from neurosim.cli.errors import UsageError
from neurosim.cli.report import say
from neurosim.lessons.faults import LessonError
from neurosim.lessons.lesson import Lesson
from neurosim.lessons.lesson_file import TEXT, load_lesson
from neurosim.lessons.library import folder_named, lesson_folders, panel_names


def lesson(options: argparse.Namespace) -> int:
    """Carry out ``lesson``."""
    if options.action == "list":
        return _list()
    folder = _folder(options.folder, options.action)
    found = _checked(folder)
    if options.action == "check":
        questions = sum(1 for _ in found.asks())
        say(f"{folder}: {len(found.pages)} pages, {questions} questions; everything is in order.")
        return 0
    if options.text:
        from neurosim.lessons.printing import lesson_text

        say(lesson_text(found))
        return 0
    from neurosim.cli.window import open_lesson

    return open_lesson(folder)


def _list() -> int:
    for folder in lesson_folders():
        found = load_lesson(folder)
        say(f"{folder.name:<28}slide {found.slide:<8}{found.title}")
    return 0


def _folder(name: str | None, action: str) -> Path:
    """The folder named on the command line: a path, or the name or number of a bundled lesson."""
    if name is None:
        raise UsageError(f"lesson {action}: name the folder of a lesson; `neurosim lesson list` lists those at hand.")
    path = Path(name)
    if path.name == TEXT and path.is_file():
        path = path.parent
    if path.is_dir():
        return path
    bundled = folder_named(name)
    if bundled is None:
        raise UsageError(f"{name}: there is no such folder; `neurosim lesson list` lists the lessons at hand.")
    return bundled


def _checked(folder: Path) -> Lesson:
    """The lesson, when nothing is wrong with it.

    Raises:
        UsageError: with every mistake, one a line.
    """
    from neurosim.lessons.checker import check_lesson

    try:
        found = load_lesson(folder)
    except LessonError as error:
        raise UsageError(_together(str(error))) from error
    faults = check_lesson(found, str(folder / TEXT), panel_names())
    if faults:
        raise UsageError(_together("\n".join(map(str, faults))))
    return found


def _together(lines: str) -> str:
    count = lines.count("\n") + 1
    return lines if count == 1 else f"{count} mistakes in the lesson:\n{lines}"
