"""Which examples there are, and what each is good for: ``resources/examples/catalogue.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from neurosim.paths import resources
from neurosim.records import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """A document of the program's own.

    Attributes:
        path: its file.
        title: as shown to the user.
        about: what it is good for, in a sentence.
        lesson: the slide of the lecture that it belongs to, if any.
    """

    path: Path
    title: str
    about: str
    lesson: int | None = None

    @property
    def name(self) -> str:
        """The name of its file without the ending."""
        return self.path.stem


@cache
def examples() -> tuple[Example, ...]:
    """All of them, in the order in which they are offered."""
    folder = resources() / "examples"
    catalogue = tomllib.loads((folder / "catalogue.toml").read_text("utf-8"))
    return tuple(
        Example(folder / entry["file"], entry["title"], entry["about"], entry.get("lesson"))
        for entry in catalogue["example"]
    )
