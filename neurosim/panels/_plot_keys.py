"""What keys do on a plot with things to take hold of: move, walk, fit, zoom, pan, give up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractScrollArea

from neurosim.panels._plot_frame import PlotFrame
from neurosim.panels._taps import Taps
from neurosim.training.frame_clock import FrameClock
from neurosim.widgets.letters import letters
from neurosim.widgets.modifier_keys import MODIFIER_KEYS

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
FITS = (Key.Key_Home, Key.Key_F)
ENTERS = (Key.Key_Return, Key.Key_Enter)
KEEPING = MODIFIER_KEYS | {int(Key.Key_Escape)}
"""Keys between two taps that do not part them: modifiers, and Esc, which takes all of them back."""
NONE: Mapping[Key, Callable[[], object]] = MappingProxyType({})
PLAIN = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
PAN_BY = 40.0


class PlotKeys(QObject):
    """Turns the keys of the plot into requests. While it has the focus they are its own, not the window's.

    Signals:
        nudged(across, up, fine): move what is chosen by so many steps; *fine*: Shift is held.
        nudge_ended(): the keys have been let go of for a while: taps in a row belong together.
        next_wanted(step): go to the next (1) or previous (-1) thing.
        typing_wanted(): Enter: the number shall be typed.
        menu_wanted(): the context menu is wanted.
        fit_wanted(), zoomed(factor), panned(across, up): in pixels.
        focus_changed(focused): the plot got or lost the keyboard.
    """

    nudged = Signal(int, int, bool)
    nudge_ended = Signal()
    next_wanted = Signal(int)
    typing_wanted = Signal()
    menu_wanted = Signal()
    fit_wanted = Signal()
    zoomed = Signal(float)
    panned = Signal(float, float)
    focus_changed = Signal(bool)

    def __init__(
        self,
        plot: QAbstractScrollArea,
        clock: FrameClock,
        busy: Callable[[], bool],
        give_up: Callable[[], bool],
        parent: QObject | None = None,
        more: Mapping[Key, Callable[[], object]] = NONE,
    ) -> None:
        """Work on *plot*; Esc calls *give_up* while *busy*. *more* says what further keys do, without a modifier.

        Pauses between taps are measured by *clock*.
        """
        super().__init__(parent)
        self._taps = Taps(clock, self)
        self._taps.ended.connect(self.nudge_ended)
        self._busy = busy
        self._give_up = give_up
        self._more = more
        self.stops_at: set[int] = set()
        """The directions in which Tab goes to a further thing; in the others it leaves the plot."""
        plot.installEventFilter(self)
        plot.viewport().installEventFilter(self)

    def lead(self, view: PlotFrame) -> None:
        """Let the keys for it zoom and pan *view*."""
        self.zoomed.connect(view.zoom)
        self.panned.connect(lambda across, up: view.pan(QPointF(across, up)))

    def end_taps(self) -> None:
        """Something else happens: what is tapped next is another gesture."""
        self._taps.end()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the plot's keys."""
        kind = event.type()
        if isinstance(event, QKeyEvent):
            if kind == QEvent.Type.ShortcutOverride:
                if self._is_ours(event):
                    event.accept()
                return False
            if kind == QEvent.Type.KeyPress:
                if event.key() not in NUDGES and event.key() not in KEEPING:
                    self._taps.end()
                return self._pressed(event)
            if kind == QEvent.Type.KeyRelease and not event.isAutoRepeat() and event.key() in NUDGES:
                self._taps.released()
            return False
        if kind == QEvent.Type.MouseButtonPress:
            self._taps.end()
            return False
        if kind == QEvent.Type.FocusOut:
            self._taps.end()
        if kind in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self.focus_changed.emit(kind == QEvent.Type.FocusIn)
        if isinstance(event, QContextMenuEvent):
            # Pyqtgraph would open its own.
            if event.reason() == QContextMenuEvent.Reason.Keyboard:
                self.menu_wanted.emit()
            return True
        return False

    def _is_ours(self, event: QKeyEvent) -> bool:
        key, modifiers = event.key(), _modifiers(event)
        if letters().rest(key, modifiers):
            return False
        if key in NUDGES:
            return modifiers in (PLAIN, SHIFT, ALT)
        if key == Key.Key_Escape:
            return self._busy()
        return modifiers == PLAIN and any(key in known for known in (WALKS, ZOOMS, FITS, ENTERS, self._more))

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
            given_up = self._give_up()
            self._taps.end()
            return given_up
        if key in NUDGES and modifiers == ALT:
            across, up = NUDGES[key]
            self.panned.emit(-across * PAN_BY, up * PAN_BY)
            return True
        if key in NUDGES and modifiers in (PLAIN, SHIFT):
            self._taps.pressed()
            self.nudged.emit(*NUDGES[key], modifiers == SHIFT)
            return True
        if key in ZOOMS and modifiers in (PLAIN, SHIFT):
            self.zoomed.emit(ZOOMS[key])
            return True
        if modifiers != PLAIN or letters().rest(key, modifiers):
            return False
        if key in WALKS:
            self.next_wanted.emit(WALKS[key])
        elif key in ENTERS:
            self.typing_wanted.emit()
        elif key in FITS:
            self.fit_wanted.emit()
        elif key in self._more:
            self._more[Key(key)]()
        else:
            return False
        return True


def _modifiers(event: QKeyEvent) -> Qt.KeyboardModifier:
    return event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
