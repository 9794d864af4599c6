"""The keys that do nothing by themselves, but change what another key does."""

from __future__ import annotations

from PySide6.QtCore import Qt

MODIFIER_KEYS: frozenset[int] = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
    }
)
