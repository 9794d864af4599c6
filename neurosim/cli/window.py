"""The commands that need the window: opening it, and drawing it into a picture. Qt is loaded here and no sooner."""

from __future__ import annotations

import argparse
from pathlib import Path

from neurosim import preflight
from neurosim.cli.errors import UsageError
from neurosim.document.json_format import DocumentFormatError, load


def open_window(words: list[str], *, present: bool = False) -> int:
    """Open the window on the file named in *words*, or on the first screen; *present* fills the screen."""
    if len(words) > 1:
        raise UsageError(
            f'"{" ".join(words)}" is not understood: give one file to open, or a command such as train; '
            "`neurosim --help` shows what is possible."
        )
    path = Path(words[0]) if words else None
    if path is not None and not path.exists():
        raise UsageError(f"{path}: there is no such file; check the name, or see `neurosim --help` for the commands.")
    check_that_qt_can_start(window=True)
    from neurosim.app import run

    return run(path, present)


def open_lesson(folder: Path) -> int:
    """Open the window on the lesson in *folder*."""
    check_that_qt_can_start(window=True)
    from neurosim.app import run

    return run(lesson=folder)


def render(options: argparse.Namespace) -> int:
    """Carry out ``render``."""
    if options.out.suffix.lower() not in (".png", ".svg"):
        raise UsageError(f"{options.out}: only PNG and SVG are drawn; give a name that ends in .png or .svg.")
    try:
        load(options.file)
    except DocumentFormatError as error:
        raise UsageError(str(error)) from error
    check_that_qt_can_start(window=False)
    from neurosim.app import render as draw

    try:
        draw(options.file, options.out, options.size, options.theme, options.view)
    except LookupError as error:
        raise UsageError(str(error.args[0])) from error
    except OSError as error:
        raise UsageError(
            f"{options.out}: the picture cannot be written ({error.strerror}); choose another place."
        ) from error
    return 0


def check_that_qt_can_start(*, window: bool) -> None:
    """Say in one sentence which library of the system Qt lacks, before it aborts.

    Raises:
        UsageError: one is missing.
    """
    sentence = preflight.problem(window)
    if sentence is not None:
        raise UsageError(sentence.removeprefix("neurosim: "))
