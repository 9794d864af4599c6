"""What commands have in common that write something else than the document: a table, a picture, a script, sheets."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from neurosim.main_window.file_controller import FileController, start_folder


class WritingCommands(QObject):
    """Knows where a question for a place begins; what is written, and how, is said by who inherits from it.

    Signals:
        said(str): what was written, or why nothing was.
    """

    said = Signal(str)

    def __init__(self, files: FileController, window: QWidget) -> None:
        super().__init__(window)
        self._files, self._window = files, window

    def suggested(self, name: str) -> str:
        """The path that is suggested for a file called *name*: in the folder that was used last."""
        return str(Path(start_folder()) / name)
