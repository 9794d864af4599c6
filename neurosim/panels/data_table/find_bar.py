"""The field that finds a row, over the foot of the table."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from neurosim.widgets.icons import icon
from neurosim.widgets.theme import theme


class FindBar(QWidget):
    """Owns ``dataTableFind``. Enter goes on to the next place, Esc closes it.

    Signals:
        wanted(text): find the next place.
        closed(): the table shall have the keyboard again.
    """

    wanted = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit(self)
        self.field.setObjectName("dataTableFind")
        self.field.setPlaceholderText(self.tr("a value, a word, or #12 for row 12"))
        self.field.setAccessibleName(self.tr("Find in the table"))
        self.field.returnPressed.connect(lambda: self.wanted.emit(self.field.text()))
        self._said = QLabel(self)
        self._said.setObjectName("dataTableFindSays")
        self._said.setProperty("role", "caption")
        self._close = QToolButton(self)
        self._close.setIcon(icon("x"))
        self._close.setAccessibleName(self.tr("Close"))
        self._close.setToolTip(self.tr("Close (Esc)"))
        self._close.clicked.connect(lambda _=False: self.leave())
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.field, 1)
        self._row.addWidget(self._said)
        self._row.addWidget(self._close)
        self.restyle()
        self.hide()

    def restyle(self) -> None:
        """Take the lengths of the current theme."""
        px = theme().px
        self._row.setContentsMargins(px(8), px(4), px(8), px(4))
        self._row.setSpacing(px(8))
        self._close.setIconSize(QSize(px(16), px(16)))
        self._close.setMinimumSize(px(28), px(28))

    def open(self) -> None:
        """Show the field, ready to be typed in."""
        self._said.clear()
        self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()

    def say(self, words: str) -> None:
        """What came of it."""
        self._said.setText(words)

    def leave(self) -> None:
        """Close the bar."""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)
