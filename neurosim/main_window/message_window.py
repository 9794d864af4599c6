"""The log of messages in a window of its own."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from neurosim.widgets.message_bar import MessageLog, MessageLogView
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
        layout.addWidget(MessageLogView(log, self))
        self.resize(theme().px(560), theme().px(360))
