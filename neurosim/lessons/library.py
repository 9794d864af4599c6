"""The lessons that come with the program, in their order."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from neurosim import paths
from neurosim.records import dataclass

if TYPE_CHECKING:
    from neurosim.lessons.lesson import Lesson


def lesson_folders() -> tuple[Path, ...]:
    """The folders of ``resources/lessons`` that hold a lesson, by name: ``01_...`` comes first."""
    root = paths.resources() / "lessons"
    if not root.is_dir():
        return ()
    return tuple(sorted(folder for folder in root.iterdir() if (folder / paths.LESSON_TEXT).is_file()))


@dataclass(frozen=True)
class Head:
    """What stands at the top of a lesson's file."""

    name: str
    title: str
    goal: str
    slide: str


def lesson_heads() -> tuple[Head, ...]:
    """The bundled lessons in their order, without reading more than the top of each."""
    return tuple(_head(folder, (folder / paths.LESSON_TEXT).stat().st_mtime_ns) for folder in lesson_folders())


@lru_cache(maxsize=64)
def _head(folder: Path, _changed: int) -> Head:
    found: dict[str, str] = {}
    with (folder / paths.LESSON_TEXT).open(encoding="utf-8") as stream:
        next(stream, "")
        for line in stream:
            if line.strip() == "---":
                break
            key, _, value = line.partition(":")
            found[key.strip()] = value.strip()
    return Head(folder.name, found.get("title", folder.name), found.get("goal", ""), found.get("slide", ""))


def folder_named(name: str) -> Path | None:
    """The bundled lesson of that name, or whose name begins with that number."""
    for folder in lesson_folders():
        if folder.name == name or folder.name.partition("_")[0].lstrip("0") == name.lstrip("0"):
            return folder
    return None


def bundled_lesson(name: str) -> Lesson | None:
    """The bundled lesson of that name, read once while its file does not change."""
    folder = folder_named(name)
    return None if folder is None else _read(folder, (folder / paths.LESSON_TEXT).stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _read(folder: Path, _changed: int) -> Lesson:
    from neurosim.lessons.lesson_file import load_lesson

    return load_lesson(folder)


def panel_names() -> tuple[str, ...]:
    """The panels that the program has, by the folders that they live in: without loading one of them."""
    root = Path(__file__).resolve().parent.parent / "panels"
    found = (path for path in root.iterdir() if path.is_dir() and (path / "__init__.py").is_file())
    return tuple(sorted(path.name for path in found if not path.name.startswith("_")))
