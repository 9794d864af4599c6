"""Notices keys and clicks while a class looks on, finds out what they did, and has the caption say both."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from neurosim.main_window.present.key_caption import KeyCaption
from neurosim.main_window.present.keys import TEXT_FIELDS
from neurosim.widgets.every_event import EveryEvent
from neurosim.widgets.modifier_keys import MODIFIER_KEYS


class KeyDisplay(QObject):
    """Owns the caption and the press of this moment. It takes no event from anybody.

    A press is told once everybody has had it: what it did is the command that ran (``did``), or else the entry that it
    has added to the history. What is typed into a field is nobody's business.
    """

    def __init__(
        self, window: QWidget, newest: Callable[[], object], entry: Callable[[], str], dark: Callable[[], bool]
    ) -> None:
        """*newest*: the newest entry of the history, whatever it is; *entry*: its words; *dark*: nothing is shown."""
        super().__init__(window)
        self._window, self._newest, self._entry, self._dark = window, newest, entry, dark
        self.caption = KeyCaption(window)
        self._pressed, self._did, self._typed = "", "", False
        self._at: QPoint | None = None
        self._before: object = None
        self._every_event = EveryEvent(self)

    def watch(self, on: bool) -> None:
        """Begin, or end."""
        if self._every_event.switch(on) and not on:
            self._pressed = ""
            self.caption.hide()

    def did(self, words: str) -> None:
        """The press of this moment did what *words* say."""
        if self._every_event.on and self._pressed:
            self._did = words

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice presses in the window."""
        if not isinstance(watched, QWidget) or watched.window() is not self._window:
            return False
        kind = event.type()
        if kind in {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress} and isinstance(event, QKeyEvent):
            if event.key() not in MODIFIER_KEYS and not event.isAutoRepeat():
                native = QKeySequence.SequenceFormat.NativeText
                self._notice(QKeySequence(event.keyCombination()).toString(native), isinstance(watched, TEXT_FIELDS))
        elif kind == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            self._at, self._before = event.globalPosition().toPoint(), self._newest()
        elif kind == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent) and self._at is not None:
            moved = (event.globalPosition().toPoint() - self._at).manhattanLength()
            self._at = None
            dragged = moved >= QApplication.startDragDistance()
            self._notice(self.tr("Drag") if dragged else self.tr("Click"), False, self._before, _called(watched))
        return False

    def _notice(self, pressed: str, typed: bool, before: object = None, called: str = "") -> None:
        if self._pressed:
            return  # the same key once more, now that it turned out to be no shortcut
        self._pressed, self._did, self._typed = pressed, "", typed
        newest = self._newest() if before is None else before
        QTimer.singleShot(0, self, lambda: self._tell(newest, called))

    def _tell(self, before: object, called: str) -> None:
        pressed, self._pressed = self._pressed, ""
        if not pressed or not self._every_event.on:
            return
        did = self._did or (self._entry() if self._newest() is not before else "") or called
        if self._dark():
            self.caption.hide()
        elif did or not self._typed:
            self.caption.tell(pressed, did)


def _called(widget: QWidget) -> str:
    """The name that a screen reader gives the nearest part that has one."""
    found: QWidget | None = widget
    while found is not None and not found.isWindow():
        if found.accessibleName():
            return found.accessibleName()
        found = found.parentWidget()
    return ""
