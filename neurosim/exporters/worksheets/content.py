"""What stands on a set of worksheets: the same exercises in each version, with numbers of its own."""

from __future__ import annotations

from collections.abc import Sequence

from neurosim.lessons.lesson import Lesson
from neurosim.lessons.variants import KINDS, Variant, variants
from neurosim.records import dataclass


@dataclass(frozen=True)
class Version:
    """One student's sheet: its number, counted from 1, and its exercises."""

    number: int
    exercises: tuple[Variant, ...]


@dataclass(frozen=True)
class Worksheets:
    """A set of sheets.

    Attributes:
        title: over each sheet.
        seed: from which all numbers come: the same seed gives the same sheets.
        versions: one for each student.
    """

    title: str
    seed: int
    versions: tuple[Version, ...]


def make_worksheets(title: str, kinds: Sequence[str], count: int, seed: int) -> Worksheets:
    """As many versions as asked for, no two of which share an exercise.

    Args:
        title: over each sheet.
        kinds: the kinds of exercises, in their order on the sheet.
        count: how many versions.
        seed: any whole number.

    Raises:
        VariantError: there is no such kind.
    """
    columns = [[variant for _, variant in zip(range(count), variants(kind, seed), strict=False)] for kind in kinds]
    rows = zip(*columns, strict=True)
    return Worksheets(title, seed, tuple(Version(i, tuple(row)) for i, row in enumerate(rows, start=1)))


def kinds_for(lesson: Lesson) -> tuple[str, ...]:
    """The kinds of exercises that practise what a lesson teaches: those that vary the numbers of its slides."""
    slides = set(_slides(lesson.slide))
    return tuple(name for name, kind in KINDS.items() if slides & set(_slides(kind.slides)))


def _slides(text: str) -> list[int]:
    """The numbers in ``7``, ``7-9`` or ``2, 12``; none where there is no number."""
    found: list[int] = []
    for part in text.replace("–", "-").split(","):
        first, _, last = part.strip().partition("-")
        if first.strip().isdigit():
            end = last.strip()
            found += range(int(first), int(end if end.isdigit() else first) + 1)
    return found
