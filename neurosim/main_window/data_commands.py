"""What the actions on the data do, or open: the panel in which it is done, with the keyboard in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView

from neurosim.document import edits
from neurosim.document.document import Document
from neurosim.document.selection import Selection
from neurosim.main_window.action_book import ActionBook
from neurosim.main_window.editing import Editor
from neurosim.main_window.workspace import Workspace
from neurosim.training.notice import Notice
from neurosim.training.session import TrainingSession

if TYPE_CHECKING:
    from neurosim.panels.data_table.panel import DataTablePanel


class DataCommands(QObject):
    """Owns nothing. ``attach`` hands it the workspace, before any of the actions can run."""

    def __init__(self, editor: Editor, session: TrainingSession, selection: Selection, parent: QObject) -> None:
        super().__init__(parent)
        self._editor, self._session, self._selection = editor, session, selection
        self._workspace: Workspace | None = None

    def attach(self, workspace: Workspace) -> None:
        """Take the workspace, which is built later."""
        self._workspace = workspace

    def handlers(self) -> Mapping[str, Callable[..., object]]:
        """What is called for each action, by the name of its handler."""
        return {
            "insertRow": self.insert_row,
            "supplyData": self.supply_data,
            "writeTable": self.write_table,
            "findRow": self.find_row,
            "brush": self.take_brush,
            "testRows": self.choose_test_rows,
            "trainOnAll": self.train_on_all,
            "judge": lambda: self._workspace.open_panel("metrics") if self._workspace is not None else None,
        }

    def refresh(self, book: ActionBook) -> None:
        """Enable the actions as things stand."""
        data = self._document.state.dataset
        book["insertRow"].setEnabled(bool(data.columns))
        self._name_supply(book["supplyData"])
        book["findRow"].setEnabled(bool(data.names))
        book["brush"].setEnabled(bool(data.columns))
        book["testRows"].setEnabled(data.n_rows > 1)
        book["trainOnAll"].setEnabled(bool(data.test_rows))

    def insert_row(self) -> None:
        """Add a row like the last one, so that no plot has to change its axes."""
        dataset = self._document.state.dataset
        values = dict(dataset.row(dataset.n_rows - 1)) if dataset.n_rows else {}
        if self._editor.edit(self.tr("Add row"), edits.add_row, values):
            self._selection.select_rows({dataset.n_rows})

    def supply_data(self) -> None:
        """Add what the network reads and the data lack, and say what there is to fill in."""
        names = edits.lacking_columns(self._document.state)
        if self._editor.edit(self._supply_words(names), edits.supply_data) and names:
            if self._workspace is not None:
                self._workspace.open_panel("values")
                table = self._workspace.panels["values"].findChild(QAbstractItemView, "valuesTable")
                if table is not None:
                    table.setFocus(Qt.FocusReason.OtherFocusReason)  # the button that was pressed goes away
            said = self.tr("Fill in {columns}: there is 0 in every row.").format(columns=", ".join(names))
            self._session.message.emit(Notice(said))

    def _supply_words(self, names: tuple[str, ...]) -> str:
        if not names:
            return self.tr("Add missing data")
        words = self.tr("Add column {columns}") if len(names) == 1 else self.tr("Add columns {columns}")
        return words.format(columns=", ".join(names[:3]) + (", …" if len(names) > 3 else ""))

    def _name_supply(self, action: QAction) -> None:
        """Say what the data lack, where they lack anything."""
        state = self._document.state
        action.setText(self._supply_words(edits.lacking_columns(state)))
        action.setEnabled(edits.lacks_data(state))

    def write_table(self) -> None:
        """Open the data table with the keyboard in it."""
        panel = self._table()
        if panel is not None:
            panel.take_keyboard()

    def find_row(self) -> None:
        """Open the data table with its field for finding."""
        panel = self._table()
        if panel is not None:
            panel.wish("find")

    def choose_test_rows(self) -> None:
        """Open the data table with the slider of the test rows."""
        panel = self._table()
        if panel is not None:
            panel.show_testing()

    def train_on_all(self) -> None:
        """Keep no rows for testing any more."""
        rows = range(self._document.state.dataset.n_table_rows)
        self._editor.edit(self.tr("Train on all rows"), edits.mark_rows, rows, False)

    def take_brush(self) -> None:
        """Take the brush of the data plot in hand, or put it away."""
        if self._workspace is not None:
            self._workspace.open_panel("data_plot")
            from neurosim.panels.data_plot.panel import DataPlotPanel

            panel = self._workspace.panels["data_plot"]
            if isinstance(panel, DataPlotPanel):
                panel.toggle_brush()

    @property
    def _document(self) -> Document:
        return self._editor.document

    def _table(self) -> DataTablePanel | None:
        if self._workspace is None:
            return None
        # The table is made when it is first wanted, and its modules are loaded no sooner.
        from neurosim.panels.data_table.panel import DataTablePanel

        self._workspace.open_panel("data_table")
        panel = self._workspace.panels["data_table"]
        return panel if isinstance(panel, DataTablePanel) else None
