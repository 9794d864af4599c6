"""The keys of the table: what they ask for, and where Ctrl with an arrow leads to."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
STANDARD = QKeySequence.StandardKey
_WISHES: dict[STANDARD, str] = {
    STANDARD.Copy: "copy",
    STANDARD.Cut: "cut",
    STANDARD.Paste: "paste",
    STANDARD.Find: "find",
}
_KEYS: dict[tuple[int, bool, bool], str] = {
    (Qt.Key.Key_Delete, False, False): "clear",
    (Qt.Key.Key_Backspace, False, False): "clear",
    (Qt.Key.Key_Insert, False, False): "addRow",
    (Qt.Key.Key_Delete, True, False): "deleteRows",
    (Qt.Key.Key_D, True, False): "fillDown",
    (Qt.Key.Key_T, True, False): "markTest",
}
"""Key, Ctrl, Shift to the wish that it is."""
EDGES = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End})
"""With Ctrl: to the edge of the table."""


def wish_of(event: QKeyEvent) -> str:
    """What a key asks for, such as ``copy`` or ``clear``; empty when it is no wish."""
    for standard, name in _WISHES.items():
        if event.matches(standard):
            return name
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if modifiers & ~(CTRL | SHIFT):
        return ""
    return _KEYS.get((event.key(), bool(modifiers & CTRL), bool(modifiers & SHIFT)), "")


def is_jump(event: QKeyEvent) -> bool:
    """Whether a key leads to an edge of the table."""
    return bool(event.modifiers() & CTRL) and event.key() in EDGES


def is_ours(event: QKeyEvent) -> bool:
    """Whether the table wants a key for itself while it has the keyboard: what is typed, wishes and jumps."""
    typed = event.text().isprintable() and event.text() and not event.modifiers() & CTRL
    return bool(typed or is_jump(event) or wish_of(event) or event.matches(STANDARD.SelectAll))


def edge_from(place: tuple[int, int], key: Qt.Key, blank: int, columns: int) -> tuple[int, int]:
    """Row and column at the edge to which *key* leads from *place*.

    *blank* is the row in which a new one is typed: only from the last one does a key lead to it.
    """
    row, column = place
    last_row, last_column = max(blank - 1, 0), columns - 1
    below = blank if row >= last_row and key == Qt.Key.Key_Down else last_row
    return {
        Qt.Key.Key_Up: (0, column),
        Qt.Key.Key_Down: (below, column),
        Qt.Key.Key_Left: (row, 0),
        Qt.Key.Key_Right: (row, last_column),
        Qt.Key.Key_Home: (0, 0),
        Qt.Key.Key_End: (last_row, last_column),
    }[key]
