"""The commands that need the window: opening it, and drawing it into a picture. Qt is loaded here and no sooner."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from neurosim import preflight
from neurosim.cli.errors import UsageError
from neurosim.document.atomic_write import write_atomically
from neurosim.document.json_format import DocumentFormatError, load


def open_window(words: list[str]) -> int:
    """Open the window on the file named in *words*, or on the first screen."""
    if len(words) > 1:
        raise UsageError(
            f'"{" ".join(words)}" is not understood: give one file to open, or a command such as train; '
            "`neurosim --help` shows what is possible."
        )
    path = Path(words[0]) if words else None
    if path is not None and not path.exists():
        raise UsageError(f"{path}: there is no such file; check the name, or see `neurosim --help` for the commands.")
    _check_that_qt_can_start(window=True)
    from neurosim.app import run

    return int(run(path))


def render(options: argparse.Namespace) -> int:
    """Carry out ``render``."""
    if options.out.suffix.lower() != ".png":
        raise UsageError(f"{options.out}: only PNG pictures are drawn; give a name that ends in .png.")
    try:
        load(options.file)
    except DocumentFormatError as error:
        raise UsageError(str(error)) from error
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    _check_that_qt_can_start(window=False)
    from PySide6.QtCore import QBuffer
    from PySide6.QtWidgets import QApplication

    from neurosim.app import create_window

    window = create_window(options.file)
    window.resize(*options.size)
    window.show()
    QApplication.processEvents()
    data = QBuffer()
    data.open(QBuffer.OpenModeFlag.WriteOnly)
    window.grab().save(data, "PNG")
    try:
        write_atomically(options.out, bytes(data.data().data()))
    except OSError as error:
        raise UsageError(
            f"{options.out}: the picture cannot be written ({error.strerror}); choose another place."
        ) from error
    return 0


def _check_that_qt_can_start(*, window: bool) -> None:
    sentence = preflight.problem(window)
    if sentence is not None:
        raise UsageError(sentence.removeprefix("neurosim: "))
