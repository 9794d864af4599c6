"""New, open, save and close: which file the document lives in, and that nothing is lost."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QWidget

from neurosim import paths
from neurosim.document import json_format
from neurosim.document.document import Document
from neurosim.document.place_in_step import with_line, without_line
from neurosim.document.state import DocumentState
from neurosim.main_window.recent import RecentFiles
from neurosim.main_window.store import read_text, write
from neurosim.training.session import TrainingSession

if TYPE_CHECKING:
    from neurosim.main_window.dialogs import Dialogs

DOCUMENT_SUFFIX = ".neurosim"
TABLE_SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".dat"})
_FOLDER = "files/folder"


class FileController(QObject):
    """Owns the way between the document and the disk. Writing is atomic; reading changes nothing unless it succeeds.

    Signals:
        said(str): a sentence for the user, such as why a file cannot be opened.
        table_opened(object): the path of a table that the user wants as data.
    """

    said = Signal(str)
    table_opened = Signal(object)

    def __init__(self, document: Document, session: TrainingSession, dialogs: Dialogs | None, window: QWidget) -> None:
        super().__init__(window)
        self._document = document
        self._session = session
        self._window = window
        if dialogs is not None:
            self.dialogs = dialogs
        self.recent = RecentFiles(self)

    @cached_property
    def dialogs(self) -> Dialogs:
        """What asks the user."""
        from neurosim.main_window.dialogs import Dialogs

        return Dialogs()

    # -- new and open ----------------------------------------------------------------------------------------------

    def new(self) -> None:
        """The lecture's neuron, as a document without a file."""
        if self.may_discard():
            self._document.reset(json_format.load(paths.example("lecture")))

    def new_empty(self) -> None:
        """An empty sheet."""
        if self.may_discard():
            self._document.reset(DocumentState())

    def open(self) -> None:
        """Ask for a document and open it."""
        path = self.dialogs.ask_open_path(self._window, start_folder())
        if path is not None:
            self.open_path(path)

    def open_data(self) -> None:
        """Ask for a table and hand it on."""
        path = self.dialogs.ask_table_path(self._window, start_folder())
        if path is not None:
            self.open_path(path)

    def open_path(self, path: Path) -> bool:
        """Open *path*: a document replaces this one, a table is handed on; says why when it cannot. Whether it did."""
        if path.suffix.lower() in TABLE_SUFFIXES:
            write(_FOLDER, str(path.parent))
            self.recent.add(path)
            self.table_opened.emit(path)
            return True
        if paths.is_example(path):
            return self.open_example(path)
        state = self._read(path)
        if state is None or not self.may_discard():
            return False
        bare, position = without_line(state)
        self._document.reset(bare, path)
        self._session.walk.go_to(position)
        self._remember(path)
        return True

    def open_example(self, path: Path) -> bool:
        """Open a bundled document as one without a file, so that saving never writes into the program."""
        state = self._read(path)
        if state is None or not self.may_discard():
            return False
        self._document.reset(state)
        return True

    # -- save and close --------------------------------------------------------------------------------------------

    def save(self) -> bool:
        """Write the document to its file, asking for one when it has none. Whether it was written."""
        return self._write(self._document.path) if self._document.path is not None else self.save_as()

    def save_as(self) -> bool:
        """Ask for a name and write the document there. Whether it was written."""
        suggestion = self._document.path or Path(start_folder()) / f"{self.tr('neuron')}{DOCUMENT_SUFFIX}"
        path = self.dialogs.ask_save_path(self._window, str(suggestion))
        return path is not None and self._write(path)

    def may_discard(self) -> bool:
        """Whether the present document may be left: it is saved, or the user saves it now or does not want it."""
        self._session.pause()
        if not self._document.modified:
            return True
        answer = self.dialogs.ask_save_changes(self._window, self.title())
        return self.save() if answer == "save" else answer == "discard"

    def title(self) -> str:
        """What the document is called."""
        return self._document.path.stem if self._document.path is not None else self.tr("untitled")

    # -- helpers ---------------------------------------------------------------------------------------------------

    def _read(self, path: Path) -> DocumentState | None:
        try:
            return json_format.load(path)
        except (json_format.DocumentFormatError, OSError) as error:
            self.said.emit(_sentence(error, path))
            return None

    def _write(self, path: Path) -> bool:
        self._session.pause()
        try:
            json_format.save(with_line(self._document.state, self._session.walk.position), path)
        except (json_format.DocumentFormatError, OSError) as error:
            self.said.emit(_sentence(error, path))
            return False
        self._document.mark_saved(path)
        self._remember(path)
        self.said.emit(self.tr("Saved {name}.").format(name=path.name))
        return True

    def _remember(self, path: Path) -> None:
        write(_FOLDER, str(path.parent))
        self.recent.add(path)


def _sentence(error: Exception, path: Path) -> str:
    return f"{path.name}: {error.strerror}." if isinstance(error, OSError) and error.strerror else str(error)


def start_folder() -> str:
    """Where a question for a file begins: where the last one was answered."""
    home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return read_text(_FOLDER, home)
