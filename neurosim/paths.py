"""Where the program's own files are: installed inside the package, or beside it in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

LESSON_TEXT = "lesson.md"
"""The file in the folder of a lesson that holds its text."""


@cache
def resources() -> Path:
    """The folder of fonts, icons, themes, examples and data sets.

    A wheel carries it inside the package; an editable install finds it beside the package in the checkout.
    """
    package = Path(__file__).resolve().parent
    for folder in (package / "resources", package.parent / "resources"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"neurosim's resources folder is missing beside {package}: install neurosim again.")


def example(name: str) -> Path:
    """The path of a bundled document, such as ``example("lecture")``."""
    return resources() / "examples" / f"{name}.neurosim"


def is_example(path: Path) -> bool:
    """Whether *path* is that of a bundled document, which stays as it is."""
    return path.resolve().parent == resources() / "examples"
