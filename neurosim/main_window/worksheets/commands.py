"""What the action Worksheets does: the sheet is opened, and the files are written where the user says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QWidget

from neurosim.document.atomic_write import write_atomically
from neurosim.main_window.file_controller import FileController
from neurosim.main_window.writing_commands import WritingCommands
from neurosim.widgets.display import Display

if TYPE_CHECKING:
    from neurosim.main_window.worksheets.sheet import WorksheetSheet


class WorksheetCommands(WritingCommands):
    """Owns the sheet, which is made when it is first wanted."""

    def __init__(self, files: FileController, display: Display, window: QWidget) -> None:
        super().__init__(files, window)
        self._display = display
        self._anchor: QWidget = window
        self._sheet: WorksheetSheet | None = None

    def attach(self, anchor: QWidget) -> None:
        """Open the sheet above *anchor* from now on."""
        self._anchor = anchor

    def handlers(self) -> Mapping[str, Callable[..., object]]:
        """What is called for each action, by the name of its handler."""
        return {"worksheets": self.open}

    def open(self) -> None:
        """Open the sheet."""
        from neurosim.main_window.worksheets.sheet import WorksheetSheet

        if self._sheet is None:
            self._sheet = WorksheetSheet(self._display, self.write, self._anchor)
        self._sheet.open_sheet()

    def write(self, title: str, kinds: tuple[str, ...], count: int, seed: int) -> bool:
        """Ask where to, and write sheets and key there; whether it was done."""
        folder = self._files.dialogs.ask_folder(self._window, str(Path.home()))
        if folder is None:
            return False
        stem = kinds[0] if len(kinds) == 1 else "exercises"
        QGuiApplication.setOverrideCursor(QCursor(Qt.CursorShape.WaitCursor))
        try:
            write_into(folder, stem, title, kinds, count, seed)
        except OSError as error:
            why = error.strerror or str(error)
            self.said.emit(
                self.tr("{folder}: the sheets cannot be written ({why}); choose another place.").format(
                    folder=folder, why=why
                )
            )
            return False
        finally:
            QGuiApplication.restoreOverrideCursor()
        self.said.emit(
            self.tr("{count} sheets and their key are in {folder}, as PDF and LaTeX.").format(
                count=count, folder=folder.name or str(folder)
            )
        )
        return True


def write_into(folder: Path, stem: str, title: str, kinds: tuple[str, ...], count: int, seed: int) -> None:
    """Write sheets and key into *folder*.

    Raises:
        OSError: it cannot be written to.
    """
    from neurosim.exporters.worksheets.content import make_worksheets
    from neurosim.exporters.worksheets.files import files_of

    for ending, data in files_of(make_worksheets(title, kinds, count, seed)).items():
        write_atomically(folder / f"{stem}-{ending}", data)
