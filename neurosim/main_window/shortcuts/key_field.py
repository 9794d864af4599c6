"""A field that takes a key as it is pressed, and lets Tab and Esc go on meaning what they mean everywhere."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from neurosim.main_window.key_map import native, portable
from neurosim.widgets.modifier_keys import MODIFIER_KEYS

_LEAVING = frozenset({Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape})


class KeyField(QLineEdit):
    """Owns the key that was pressed last. (Qt's own field takes Tab as well, and the keyboard cannot leave it.)

    Signals:
        pressed(str): a key was pressed, as portable text.
    """

    pressed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.key = ""

    def event(self, event: QEvent) -> bool:
        """Take every key but those that leave the field, also those that would run a command of the window."""
        if isinstance(event, QKeyEvent) and not self._leaves(event):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._take(event)
                return True
        return super().event(event)

    @staticmethod
    def _leaves(event: QKeyEvent) -> bool:
        return event.key() in _LEAVING and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier

    def _take(self, event: QKeyEvent) -> None:
        if event.key() in MODIFIER_KEYS or event.key() == Qt.Key.Key_unknown:
            return
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers == Qt.KeyboardModifier.ShiftModifier and event.text() == chr(event.key() & 0xFFFF).strip():
            # The sign itself needs Shift on this keyboard, and perhaps not on another: "?".
            modifiers = modifiers if event.text().isalpha() else Qt.KeyboardModifier.NoModifier
        self.key = portable(QKeySequence(QKeyCombination(modifiers, Qt.Key(event.key()))).toString())
        self.setText(native(self.key))
        self.pressed.emit(self.key)
