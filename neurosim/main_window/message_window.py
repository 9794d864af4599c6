"""The log of messages in a window of its own."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from neurosim.widgets.empty_state import EmptyState
from neurosim.widgets.message_bar import MessageLog, MessageLogView
from neurosim.widgets.on_screen import resize_on_screen
from neurosim.widgets.theme import theme


class MessageWindow(QDialog):
    """Owns the list; it grows while it is open."""

    def __init__(self, log: MessageLog, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("messageWindow")
        self.setWindowTitle(self.tr("Messages"))
        layout = QVBoxLayout(self)
        gap = theme().px(12)
        layout.setContentsMargins(gap, gap, gap, gap)
        self._log = log
        self._list = MessageLogView(log, self)
        self._empty = EmptyState(
            self.tr("Nothing has been said yet. What the message bar says is kept here."),
            icon_name="message-square",
            parent=self,
        )
        layout.addWidget(self._list)
        layout.addWidget(self._empty)
        log.message_logged.connect(self._show)
        self._show()
        resize_on_screen(self, 560, 360)

    def _show(self, *_: object) -> None:
        """The list, or that there is nothing in it."""
        some = bool(self._log.messages)
        self._list.setVisible(some)
        self._empty.setVisible(not some)
