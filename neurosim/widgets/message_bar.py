"""Messages that block nobody: a bar with buttons that goes by itself, and a log of all that was said."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QDateTime, QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)
from shiboken6 import isValid

from neurosim.records import dataclass
from neurosim.widgets.announce import announce
from neurosim.widgets.icons import icon
from neurosim.widgets.theme import theme, theme_notifier

Action = tuple[str, Callable[[], object]]
LOG_LENGTH = 500


@dataclass(frozen=True)
class LoggedMessage:
    """One message and when it was shown, in the time of the user's clock."""

    time: str
    text: str


class MessageLog(QObject):
    """Owns the messages of this session, oldest first, at most ``LOG_LENGTH`` of them.

    Signals:
        message_logged(object): a ``LoggedMessage`` was added.
    """

    message_logged = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._messages: list[LoggedMessage] = []

    @property
    def messages(self) -> tuple[LoggedMessage, ...]:
        """What was said, oldest first."""
        return tuple(self._messages)

    def add(self, text: str) -> None:
        """Keep *text* with the time of now."""
        message = LoggedMessage(QDateTime.currentDateTime().toString("HH:mm:ss"), text)
        self._messages = [*self._messages, message][-LOG_LENGTH:]
        self.message_logged.emit(message)


class MessageLogView(QListWidget):
    """Owns a list that shows a log and grows with it."""

    def __init__(self, log: MessageLog, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageLog")
        self.setAccessibleName(self.tr("Messages so far"))
        self.setWordWrap(True)
        self.setUniformItemSizes(False)
        for message in log.messages:
            self._add(message)
        log.message_logged.connect(self._add)

    def _add(self, message: LoggedMessage) -> None:
        self.addItem(f"{message.time}  {message.text}")
        while self.count() > LOG_LENGTH:
            self.takeItem(0)
        self.scrollToBottom()


class MessageBar(QFrame):
    """Owns the message on show. It leaves after some seconds, but never under the pointer or with the focus in it.

    Signals:
        message_shown(str): a message is on show.
        message_gone(): no message is on show any more.
    """

    message_shown = Signal(str)
    message_gone = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self.setAccessibleName(self.tr("Message"))
        self.setProperty("role", "message")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.log = MessageLog(self)
        self._came_from: QWidget | None = None
        self._left = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.dismiss)
        self._label = QLabel(self)
        self._label.setObjectName("messageText")
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._buttons: list[QPushButton] = []
        self._close = QToolButton(self)
        self._close.setObjectName("messageClose")
        self._close.setIcon(icon("x", "canvas"))
        self._close.setAccessibleName(self.tr("Dismiss the message"))
        self._close.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._close.clicked.connect(self.dismiss)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._label, 1)
        self._row.addWidget(self._close)
        for widget in (self, self._close):
            widget.installEventFilter(self)
        theme_notifier().changed.connect(self._set_sizes)
        self._set_sizes()
        self.hide()

    # -- saying ----------------------------------------------------------------------------------------------------

    def show_message(self, text: str, actions: Iterable[Action] = (), seconds: float = 8) -> None:
        """Show *text* with a button for each action, log it, and have it announced; the newest message wins.

        Args:
            text: one or two sentences.
            actions: pairs of a button's words and what to call; a pressed button also takes the message away.
            seconds: how long it stays while neither pointer nor focus is on it.
        """
        self._forget_buttons()
        self._label.setText(text)
        for index, (words, call) in enumerate(actions):
            self._add_button(index, words, call)
        self.log.add(text)
        if self._came_from is None:
            self._came_from = QApplication.focusWidget()
        self._left = round(seconds * 1000)
        self.show()
        self.raise_()
        self._resume()
        announce(self, text)
        self.message_shown.emit(text)

    def show_notice(self, notice: object) -> None:
        """Show an object with ``text`` and ``actions``, such as the session's notices."""
        self.show_message(str(getattr(notice, "text", notice)), getattr(notice, "actions", ()))

    def text(self) -> str:
        """What is on show, or nothing."""
        return self._label.text() if not self.isHidden() else ""

    def dismiss(self) -> None:
        """Take the message away; a focus that was on it goes back to where it came from."""
        if self.isHidden():
            return
        self._timer.stop()
        inside = self._has_focus()
        self.hide()
        self._forget_buttons()
        before = self._came_from
        # What had the keyboard may be gone by now: a field that was opened in place, the page of a lesson.
        if inside and before is not None and isValid(before) and before.isVisible():
            before.setFocus()
        self._came_from = None
        self.message_gone.emit()

    # -- staying while it is looked at ------------------------------------------------------------------------------

    @property
    def counting_down(self) -> bool:
        """Whether time is running for the message on show."""
        return self._timer.isActive()

    def remaining_time(self) -> int:
        """Milliseconds until the message goes, as far as it is counting down; else what will be left then."""
        return self._timer.remainingTime() if self._timer.isActive() else self._left

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay under the pointer."""
        self._pause()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Go on counting."""
        super().leaveEvent(event)
        self._resume(under_pointer=False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay while one of the buttons has the focus; Esc dismisses."""
        if event.type() == QEvent.Type.FocusIn:
            self._pause()
        elif event.type() == QEvent.Type.FocusOut:
            QTimer.singleShot(0, self, self._resume)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes the message away."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def _has_focus(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def _pause(self) -> None:
        if self._timer.isActive():
            self._left = max(self._timer.remainingTime(), 1000)
            self._timer.stop()

    def _resume(self, under_pointer: bool | None = None) -> None:
        if under_pointer is None:
            under_pointer = self.underMouse()
        if not self.isHidden() and not under_pointer and not self._has_focus():
            self._timer.start(self._left)
        elif self._timer.isActive():
            self._timer.stop()

    # -- making ----------------------------------------------------------------------------------------------------

    def _add_button(self, index: int, words: str, call: Callable[[], object]) -> None:
        button = QPushButton(words, self)
        button.setObjectName(f"messageAction{index}")
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._act(call))
        button.installEventFilter(self)
        self._row.insertWidget(1 + index, button)
        self._buttons.append(button)
        button.show()

    def _act(self, call: Callable[[], object]) -> None:
        self.dismiss()
        call()

    def _forget_buttons(self) -> None:
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []

    def _set_sizes(self) -> None:
        px = theme().px
        self._row.setContentsMargins(px(16), px(4), px(4), px(4))
        self._row.setSpacing(px(8))
        self._close.setIconSize(QSize(px(16), px(16)))
