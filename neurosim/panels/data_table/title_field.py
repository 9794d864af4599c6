"""The field over the title of a column, in which another name is typed."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QLineEdit

from neurosim.panels.data_table.header import ColumnHeader


class TitleField(QLineEdit):
    """Owns the name that is being typed.

    Signals:
        named(old, new): typing has ended; *new* may be no name, or the old one.
    """

    named = Signal(str, str)

    def __init__(self, columns: ColumnHeader) -> None:
        super().__init__(columns.viewport())
        self.setObjectName("columnName")
        self.setAccessibleName(self.tr("Name of the column"))
        self._columns = columns
        self._old = ""
        self.editingFinished.connect(self._finish)
        self.hide()

    def begin(self, column: int, name: str) -> None:
        """Stand over the title of a *column* that is called *name*."""
        self._old = name
        self.setGeometry(self._columns.area_of(column))
        self.setText(name)
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.selectAll()

    def _finish(self) -> None:
        if self.isHidden():
            return
        old, self._old = self._old, ""
        with QSignalBlocker(self):
            self.hide()
        self.named.emit(old, self.text())
