"""What the actions of ``table_actions`` do, and the windows that they open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from neurosim.document.document import Document
from neurosim.engine.table_form import TableForm
from neurosim.main_window.action_book import ActionBook
from neurosim.main_window.file_controller import FileController
from neurosim.main_window.writing_commands import WritingCommands
from neurosim.widgets.display import Display
from neurosim.widgets.on_screen import show_in_front

if TYPE_CHECKING:
    from neurosim.main_window.export_data.dialog import ExportDialog
    from neurosim.main_window.new_data.controller import NewDataController
    from neurosim.main_window.open_data.controller import OpenDataController


class TableFileCommands(WritingCommands):
    """Owns the windows, which are made when they are first wanted."""

    def __init__(self, document: Document, files: FileController, display: Display, window: QWidget) -> None:
        super().__init__(files, window)
        self._document, self._display = document, display
        self._open_data: Callable[[], OpenDataController] | None = None
        self.export_dialog: ExportDialog | None = None

    def attach(self, open_data: Callable[[], OpenDataController]) -> None:
        """Take what gives the part that reads tables."""
        self._open_data = open_data

    @cached_property
    def making(self) -> NewDataController:
        """What new data are made with."""
        from neurosim.main_window.new_data.controller import NewDataController

        if self._open_data is None:
            raise RuntimeError("attach() comes before any action can run.")
        return NewDataController(self._document, self._open_data(), self._display, self._window)

    def handlers(self) -> Mapping[str, Callable[..., object]]:
        """What is called for each action, by the name of its handler."""
        return {"newData": self.new_data, "exportData": self.export}

    def close(self) -> None:
        """Close what is open."""
        if "making" in self.__dict__:
            self.making.close()
        if self.export_dialog is not None:
            self.export_dialog.close()

    def refresh(self, book: ActionBook) -> None:
        """Enable the actions as things stand."""
        book["exportData"].setEnabled(bool(self._document.state.dataset.names))

    def new_data(self) -> None:
        """Choose data to begin with."""
        self.making.show()

    def export(self) -> None:
        """Choose how the data are written."""
        if self.export_dialog is None:
            from neurosim.main_window.export_data.dialog import ExportDialog

            self.export_dialog = ExportDialog(self._document, self._window)
            self.export_dialog.asked.connect(self._export_as)
        show_in_front(self.export_dialog)

    def _export_as(self, form: TableForm) -> None:
        dialog = self.export_dialog
        if dialog is None:
            return
        dataset = self._document.state.dataset
        stem = Path(dataset.source).stem if dataset.source.lower().endswith((".csv", ".tsv")) else self._files.title()
        path = self._files.dialogs.ask_table_save_path(dialog, self.suggested(f"{stem}{dialog.suffix}"))
        if path is None:
            return
        from neurosim.document.csv_writing import write_table
        from neurosim.document.table import TableError

        try:
            write_table(dataset, path, form)
        except TableError as error:
            self.said.emit(str(error))
            return
        dialog.accept()
        rows = dataset.n_table_rows
        self.said.emit(self.tr("Exported {rows} rows to {name}.").format(rows=rows, name=path.name))
