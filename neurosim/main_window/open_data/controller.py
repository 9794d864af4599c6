"""From a file, a drop or the clipboard to the Open data window, and from its buttons to one edit."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QProgressDialog, QWidget

from neurosim.document import edits
from neurosim.document.bundled import BundledSet, bundled_at
from neurosim.document.table import Table
from neurosim.engine.dataset import Dataset
from neurosim.main_window.editing import Editor
from neurosim.main_window.open_data.dialog import OpenDataDialog
from neurosim.main_window.open_data.layout_row import Choices
from neurosim.main_window.open_data.plan import fit
from neurosim.main_window.open_data.reader import FOUND_OUT, TableReader
from neurosim.widgets.display import Display
from neurosim.widgets.on_screen import show_in_front


class OpenDataController(QObject):
    """Owns the reader and the window for the table read last.

    Signals:
        said(str): why a table cannot be read, as a sentence.
        built(str): the document holds the new data; what was done, as a sentence.
    """

    said = Signal(str)
    built = Signal(str)

    def __init__(self, editor: Editor, display: Display, window: QWidget) -> None:
        super().__init__(window)
        self._editor = editor
        self._display = display
        self._window = window
        self.reader = TableReader(self)
        self.dialog: OpenDataDialog | None = None
        self._known: BundledSet | None = None
        self._choices = FOUND_OUT
        self._source: tuple[str | Path, str] = ("", "")
        self._waiting: QProgressDialog | None = None
        self.reader.started.connect(self._started)
        self.reader.finished.connect(self._show)
        self.reader.failed.connect(self._failed)

    def open_path(self, path: Path) -> None:
        """Read a file."""
        self._known = bundled_at(path)
        self._read(path)

    def paste(self) -> None:
        """Read the clipboard, if it holds a table."""
        text = QGuiApplication.clipboard().text()
        if "\n" not in text.strip("\r\n"):
            self.said.emit(self.tr("The clipboard holds no table: copy the cells in a spreadsheet first."))
            return
        self._known = None
        self._read(text, self.tr("pasted data"))

    def read_again(self, choices: Choices) -> None:
        """Read what is shown once more, as the user says that it is laid out."""
        self._read(*self._source, choices)

    def _read(self, source: str | Path, name: str = "", choices: Choices = FOUND_OUT) -> None:
        self._source, self._choices = (source, name), choices
        self.reader.read(source, name, choices)

    def close(self) -> None:
        """Close what is open and end the thread."""
        self._stop_waiting()
        if self.dialog is not None:
            self.dialog.close()
        self.reader.close()

    def _started(self, name: str) -> None:
        """Say that reading takes a while; the window stays usable."""
        self._stop_waiting()
        waiting = QProgressDialog(self.tr("Reading {name} …").format(name=name), self.tr("Cancel"), 0, 0, self._window)
        waiting.setObjectName("readingDialog")
        waiting.setWindowModality(Qt.WindowModality.NonModal)
        waiting.setMinimumDuration(400)
        waiting.canceled.connect(self.reader.cancel)
        self._waiting = waiting

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.reset()
            self._waiting.deleteLater()
            self._waiting = None

    def _failed(self, sentence: str) -> None:
        self._stop_waiting()
        self.said.emit(sentence)
        if self.dialog is not None:
            self.dialog.show_layout()

    def _show(self, table: Table) -> None:
        self._stop_waiting()
        state, old = self._editor.document.state, self.dialog
        dialog = OpenDataDialog(table, state, self._display, self._window, self._known, self._choices)
        dialog.build_asked.connect(self.build)
        dialog.use_asked.connect(self.use)
        dialog.reading_asked.connect(self.read_again)
        if old is not None:
            if old.isVisible():
                dialog.setGeometry(old.geometry())
            old.close()
            old.deleteLater()
        self.dialog = dialog
        show_in_front(dialog)

    def build(
        self,
        dataset: Dataset,
        inputs: tuple[str, ...],
        target: str,
        quick: bool = False,
        standardise: bool = False,
        classes: bool = False,
        name: str = "",
    ) -> None:
        """Draw a neuron that fits *target*, or one for each of its classes.

        *classes* says that numbers of the target are names of classes; *name* calls the data, by default as their
        source does.
        """
        name = name or dataset.source
        text = self.tr("Fit a neuron to {name}").format(name=name)
        if self._editor.edit(text, fit, dataset, inputs, target, quick, standardise, classes):
            sentence = self.tr("{name}: {rows} rows, {target} from {inputs}.{aside} Press Run to train.")
            aside, columns = self._aside(dataset), ", ".join(inputs)
            self.built.emit(sentence.format(name=name, rows=dataset.n_rows, target=target, inputs=columns, aside=aside))

    def use(self, dataset: Dataset, name: str = "") -> None:
        """Give the drawn network these data."""
        name = name or dataset.source
        text = self.tr("Use {name} as data").format(name=name)
        if self._editor.edit(text, edits.use_dataset, dataset):
            sentence = self.tr("{name}: {rows} rows.{aside}")
            self.built.emit(sentence.format(name=name, rows=dataset.n_rows, aside=self._aside(dataset)))

    def _aside(self, dataset: Dataset) -> str:
        """How many rows are not trained on, as a sentence behind another; empty when there are none."""
        n = len(dataset.aside)
        if not n:
            return ""
        one = self.tr(" 1 row with missing values is kept out of training.")
        return one if n == 1 else self.tr(" {n} rows with missing values are kept out of training.").format(n=n)
