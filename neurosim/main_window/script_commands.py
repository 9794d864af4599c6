"""Writes the document as a program in plain Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from neurosim.document.document import Document
from neurosim.main_window.file_controller import FileController
from neurosim.main_window.writing_commands import WritingCommands
from neurosim.widgets.display import Display


class ScriptCommands(WritingCommands):
    """Owns nothing."""

    def __init__(self, document: Document, files: FileController, display: Display, window: QWidget) -> None:
        super().__init__(files, window)
        self._document, self._display = document, display

    def handlers(self) -> Mapping[str, Callable[..., object]]:
        """What is called for each action, by the name of its handler."""
        return {"exportScript": self.export}

    def export(self) -> None:
        """Ask for a name and write the script there; what cannot be written so is said before anything is asked."""
        from neurosim.document.atomic_write import write_atomically
        from neurosim.exporters.script import ScriptError, python_script

        if self._display.secrets:
            # The program prints every number: it would tell what is kept from the reader.
            self.said.emit(self.tr("Something is hidden here that the program would print: export it later."))
            return
        title = self._files.title()
        try:
            text = python_script(self._document.state, title)
        except ScriptError as error:
            self.said.emit(str(error))
            return
        path = self._files.dialogs.ask_script_path(self._window, self.suggested(f"{title}.py"))
        if path is None:
            return
        try:
            write_atomically(path, text.encode())
        except OSError as error:
            said = self.tr("{name}: the script cannot be written ({reason}); choose another place.")
            self.said.emit(said.format(name=path.name, reason=error.strerror))
            return
        self.said.emit(
            self.tr("Saved as {name}: run it with Python, and it prints the numbers on the screen.").format(
                name=path.name
            )
        )
