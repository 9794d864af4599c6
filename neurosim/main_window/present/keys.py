"""The keys of a clicker and of a hand at the keyboard while presenting."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from neurosim.widgets.every_event import EveryEvent

Key = Qt.Key
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier

FORWARD = frozenset({Key.Key_PageDown, Key.Key_Right, Key.Key_Space, Key.Key_N, Key.Key_Return, Key.Key_Enter})
BACKWARD = frozenset({Key.Key_PageUp, Key.Key_Left, Key.Key_P})
BLACK = frozenset({Key.Key_B, Key.Key_Period})
REMOTE = frozenset({Key.Key_PageDown, Key.Key_PageUp, Key.Key_F5, Key.Key_Escape})
"""What a clicker sends: it works wherever the keyboard is."""

TEXT_FIELDS = (QLineEdit, QTextEdit, QPlainTextEdit, QAbstractSpinBox)


class PresentKeys(QObject):
    """Owns whether it watches; while it does, keys are the presenter's before they are anybody else's.

    Keys that write stay with a field in which something is being typed.
    """

    def __init__(self, window: QWidget, handlers: Mapping[str, Callable[[], object]]) -> None:
        """*handlers*: what ``forward``, ``backward``, ``black``, ``white``, ``spotlight`` and ``leave`` do."""
        super().__init__(window)
        self._window = window
        self._handlers = handlers
        self._every_event = EveryEvent(self)

    def watch(self, on: bool) -> None:
        """Begin, or end."""
        self._every_event.switch(on)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the presenter's keys, and their claims as shortcuts before them."""
        kind = event.type()
        if kind not in {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride} or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(watched, QWidget):
            return False
        own = watched.window()
        # The teacher's window is a child of the one that is presented: a clicker works there as well.
        if own is not self._window and own.parentWidget() is not self._window:
            return False
        handler = self._handler(event, watched)
        if handler is None:
            return False
        if kind == QEvent.Type.ShortcutOverride:
            event.accept()  # no shortcut of the window may have it; it comes back as a key
            return True
        handler()
        return True

    def _handler(self, event: QKeyEvent, watched: QWidget) -> Callable[[], object] | None:
        key, modifiers = Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key not in REMOTE and isinstance(watched, TEXT_FIELDS):
            return None
        if key == Key.Key_Space and modifiers == SHIFT:
            return self._handlers["backward"]
        if modifiers != NONE:
            return None
        for keys, name in (
            (FORWARD, "forward"),
            (BACKWARD, "backward"),
            (BLACK, "black"),
            (frozenset({Key.Key_W}), "white"),
            (frozenset({Key.Key_L}), "spotlight"),
            (frozenset({Key.Key_Escape, Key.Key_F5}), "leave"),
        ):
            if key in keys:
                return self._handlers[name]
        return None
