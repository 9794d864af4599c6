"""Tells screen readers what happened, at most twice a second and always the newest."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

PAUSE = 500
"""Milliseconds between two announcements."""

Words = str | Callable[[], str]
"""What is said, or what writes it when its turn comes: of the frames of a drag few are told. Nothing is not said."""


class Announcer(QObject):
    """Owns the pause between announcements: the first is made at once, of those that follow too soon the last."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: tuple[QWidget, Words] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.flush)

    def announce(self, source: QWidget, text: Words) -> None:
        """Have screen readers say *text* on behalf of *source* now, or when the pause is over."""
        self._waiting = (source, text)
        if not self._timer.isActive():
            self.flush()

    def forget(self, window: QWidget) -> None:
        """*window* closes: what waits to be said on behalf of it or of a part of it never is, and is kept no longer."""
        if self._waiting is None:
            return
        try:
            concerned = self._waiting[0].window() is window.window()
        except RuntimeError:
            concerned = True  # the widget is gone already
        if concerned:
            self._waiting = None

    def flush(self) -> None:
        """Say what waits."""
        if self._waiting is None:
            return
        (source, words), self._waiting = self._waiting, None
        text = words if isinstance(words, str) else words()
        if not text:
            return
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

        try:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(source, text))
        except RuntimeError:
            return  # the widget is gone, and with it the reason to speak
        self._timer.start()


class _Only:
    announcer: Announcer | None = None


def announcer() -> Announcer:
    """The one announcer of the program."""
    if _Only.announcer is None:
        _Only.announcer = Announcer()
    return _Only.announcer


def announce(source: QWidget, text: Words) -> None:
    """Have screen readers say *text* on behalf of *source*, without moving the focus."""
    announcer().announce(source, text)
