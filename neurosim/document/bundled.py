"""The real data sets that come with the program: where each is from, and one question to ask it."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from neurosim.paths import resources
from neurosim.records import dataclass


@dataclass(frozen=True, slots=True)
class BundledSet:
    """A table of the program's own.

    Attributes:
        path: its file.
        title: as shown to the user.
        question: what may be asked of it, one sentence.
        about: what its rows and columns are.
        source: where it was published.
        inputs, target: the columns that answer the question.
    """

    path: Path
    title: str
    question: str
    about: str
    source: str
    inputs: tuple[str, ...]
    target: str

    @property
    def name(self) -> str:
        """The name of its file without the ending."""
        return self.path.stem


@cache
def bundled_sets() -> tuple[BundledSet, ...]:
    """All of them, in the order in which they are offered."""
    folder = resources() / "datasets"
    catalogue = tomllib.loads((folder / "catalogue.toml").read_text("utf-8"))
    return tuple(
        BundledSet(
            folder / entry["file"],
            entry["title"],
            entry["question"],
            entry["about"],
            entry["source"],
            tuple(entry["inputs"]),
            entry["target"],
        )
        for entry in catalogue["set"]
    )


def bundled_at(path: Path) -> BundledSet | None:
    """The bundled set in the file *path*; ``None`` for any other file."""
    resolved = path.resolve()
    return next((found for found in bundled_sets() if found.path.resolve() == resolved), None)
