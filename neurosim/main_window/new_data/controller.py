"""From the window of data to begin with to one edit, or to the choice of a table's columns."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from neurosim.document.bundled import BundledSet
from neurosim.document.document import Document
from neurosim.engine.dataset import Dataset
from neurosim.main_window.new_data.dialog import NewDataDialog
from neurosim.main_window.open_data.controller import OpenDataController
from neurosim.widgets.display import Display
from neurosim.widgets.on_screen import show_in_front


class NewDataController(QObject):
    """Owns the window, which is made when it is first wanted and keeps its settings."""

    def __init__(self, document: Document, open_data: OpenDataController, display: Display, window: QWidget) -> None:
        super().__init__(window)
        self._document, self._open_data, self._display, self._window = document, open_data, display, window
        self.dialog: NewDataDialog | None = None

    def show(self) -> None:
        """Bring the window before the others."""
        if self.dialog is None:
            self.dialog = NewDataDialog(self._document, self._display, self._window)
            self.dialog.build_asked.connect(self._build)
            self.dialog.use_asked.connect(self._use)
            self.dialog.table_asked.connect(self._open)
        show_in_front(self.dialog)

    def close(self) -> None:
        """Close the window if it is open."""
        if self.dialog is not None:
            self.dialog.close()

    def _build(self, dataset: Dataset, inputs: tuple[str, ...], target: str, classes: bool) -> None:
        self._open_data.build(dataset, inputs, target, name=self._called(dataset), classes=classes)

    def _use(self, dataset: Dataset) -> None:
        self._open_data.use(dataset, self._called(dataset))

    def _open(self, found: BundledSet) -> None:
        self._open_data.open_path(found.path)

    def _called(self, dataset: Dataset) -> str:
        """What the data are called in short: the settings of a rule stand in their source."""
        bundled = self.dialog.bundled if self.dialog is not None else None
        return dataset.source.partition(",")[0] if bundled is None else bundled.title
