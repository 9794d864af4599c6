"""The buttons in the title of the data table."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from neurosim.widgets.picture_button import picture_button
from neurosim.widgets.theme import theme


class Tools(QWidget):
    """Owns the buttons.

    Signals:
        wished(name): ``addRow``, ``addColumn``, ``deleteRows``, ``find`` or ``testing`` was pressed.
    """

    wished = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._add("tableAddRow", "plus", self.tr("Add a row (Ins)"), "addRow")
        self._add("tableAddColumn", "columns-3", self.tr("Add a column"), "addColumn")
        self._needing_columns = [
            self._add("tableDelete", "trash-2", self.tr("Delete the selected rows (Ctrl+Del)"), "deleteRows"),
            self._add("tableFind", "search", self.tr("Find a row (Ctrl+F)"), "find"),
        ]
        self.testing = self._add("tableTesting", "split", self.tr("Rows kept for testing"), "testing")
        self.testing.setCheckable(True)
        self._needing_columns.append(self.testing)

    def restyle(self) -> None:
        """Take the lengths of the current theme."""
        px = theme().px
        self._row.setSpacing(px(4))
        for button in self.findChildren(QToolButton):
            button.setIconSize(QSize(px(16), px(16)))
            button.setMinimumSize(px(28), px(28))

    def show_columns(self, there: bool) -> None:
        """Whether the table has columns: without, nothing can be deleted, found or kept for testing."""
        for button in self._needing_columns:
            button.setEnabled(there)

    def _add(self, name: str, picture: str, words: str, wish: str) -> QToolButton:
        button = picture_button(name, picture, words, self, focus=Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda _=False: self.wished.emit(wish))
        self._row.addWidget(button)
        return button
