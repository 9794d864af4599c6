"""What keys do while the data plot has the focus."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent

Key = Qt.Key
NUDGES: dict[int, tuple[int, int]] = {
    Key.Key_Left: (-1, 0),
    Key.Key_Right: (1, 0),
    Key.Key_Up: (0, 1),
    Key.Key_Down: (0, -1),
    Key.Key_PageUp: (0, 5),
    Key.Key_PageDown: (0, -5),
}
ZOOMS: dict[int, float] = {Key.Key_Plus: 1 / 1.25, Key.Key_Equal: 1 / 1.25, Key.Key_Minus: 1.25}
WALKS: dict[int, int] = {Key.Key_N: 1, Key.Key_P: -1}
OWN = frozenset(
    {
        Key.Key_Delete,
        Key.Key_Backspace,
        Key.Key_Insert,
        Key.Key_Return,
        Key.Key_Enter,
        Key.Key_Home,
        Key.Key_F,
        Key.Key_N,
        Key.Key_P,
        Key.Key_B,
        Key.Key_T,
    }
)
MODIFIERS = frozenset({Key.Key_Shift, Key.Key_Control, Key.Key_Alt, Key.Key_Meta, Key.Key_AltGr})
PLAIN = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
PAN_BY = 40.0


class KeyTool(QObject):
    """Turns the keys of the plot into requests.

    Signals:
        nudged(across, up, fine): move the current point by snap units.
        nudge_ended(): the key was released.
        other_pressed(): another key goes down, which moves nothing; modifiers do not count.
        next_wanted(step): go to the next (1) or previous (-1) point.
        delete_wanted(), add_wanted(), edit_wanted(), fit_wanted(), menu_wanted()
        brush_wanted(), test_wanted(): take the brush or put it away; keep the current points for testing or not.
        zoomed(factor), panned(across, up): in pixels.
        focus_changed(focused): the plot got or lost the keyboard.
    """

    nudged = Signal(int, int, bool)
    nudge_ended = Signal()
    other_pressed = Signal()
    next_wanted = Signal(int)
    delete_wanted = Signal()
    add_wanted = Signal()
    edit_wanted = Signal()
    fit_wanted = Signal()
    menu_wanted = Signal()
    brush_wanted = Signal()
    test_wanted = Signal()
    zoomed = Signal(float)
    panned = Signal(float, float)
    focus_changed = Signal(bool)

    def __init__(
        self, widget: QObject, busy: Callable[[], bool], give_up: Callable[[], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._busy = busy
        self._give_up = give_up
        self.stops_at: set[int] = {-1, 1}
        """The directions in which Tab goes to a further point; in the others it leaves the plot."""
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the plot's keys."""
        kind = event.type()
        if isinstance(event, QKeyEvent):
            if kind == QEvent.Type.ShortcutOverride:
                # While the plot has the focus these keys are its own, not the window's.
                if self._is_ours(event):
                    event.accept()
                return False
            if kind == QEvent.Type.KeyPress:
                if event.key() not in NUDGES and event.key() not in MODIFIERS:
                    self.other_pressed.emit()
                return self._pressed(event)
            if kind == QEvent.Type.KeyRelease and not event.isAutoRepeat() and event.key() in NUDGES:
                self.nudge_ended.emit()
            return False
        if kind in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self.focus_changed.emit(kind == QEvent.Type.FocusIn)
        elif isinstance(event, QContextMenuEvent) and event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.menu_wanted.emit()
            return True
        return False

    def _is_ours(self, event: QKeyEvent) -> bool:
        key, modifiers = event.key(), _modifiers(event)
        if key in NUDGES:
            return modifiers in (PLAIN, SHIFT, ALT)
        if key == Key.Key_Escape:
            return self._busy()
        return modifiers == PLAIN and (key in OWN or key in ZOOMS)

    def _pressed(self, event: QKeyEvent) -> bool:
        key, modifiers = event.key(), _modifiers(event)
        if key in (Key.Key_Tab, Key.Key_Backtab) and not modifiers & Qt.KeyboardModifier.ControlModifier:
            step = -1 if key == Key.Key_Backtab or modifiers == SHIFT else 1
            if step in self.stops_at:
                self.next_wanted.emit(step)
                return True
            return False
        if key == Key.Key_Escape:
            # Esc that ends nothing here belongs to the window.
            return self._give_up()
        if key in WALKS and modifiers == PLAIN:
            self.next_wanted.emit(WALKS[key])
            return True
        if key in NUDGES and modifiers == ALT:
            across, up = NUDGES[key]
            self.panned.emit(-across * PAN_BY, up * PAN_BY)
            return True
        if key in NUDGES and modifiers in (PLAIN, SHIFT):
            self.nudged.emit(*NUDGES[key], modifiers == SHIFT)
            return True
        if key in ZOOMS and modifiers in (PLAIN, SHIFT):
            self.zoomed.emit(ZOOMS[key])
            return True
        signal = {
            Key.Key_Delete: self.delete_wanted,
            Key.Key_Backspace: self.delete_wanted,
            Key.Key_Insert: self.add_wanted,
            Key.Key_Return: self.edit_wanted,
            Key.Key_Enter: self.edit_wanted,
            Key.Key_Home: self.fit_wanted,
            Key.Key_F: self.fit_wanted,
            Key.Key_B: self.brush_wanted,
            Key.Key_T: self.test_wanted,
        }.get(Key(key))
        if signal is None or modifiers != PLAIN:
            return False
        signal.emit()
        return True


def _modifiers(event: QKeyEvent) -> Qt.KeyboardModifier:
    return event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
