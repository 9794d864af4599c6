"""What the first picture does not need, done after it: one piece whenever nothing else is to be done."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

WAIT = 100
"""Milliseconds until it is looked again whether the mouse is at rest."""


class Afterwards(QObject):
    """Owns work that can wait until the window has been painted for the first time.

    Each piece is done by itself, and whatever the user does comes in between; none while a button of the mouse is down.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._work: deque[Callable[[], object]] = deque()
        self._going = False
        self._timer = QTimer(self, singleShot=True, interval=0)  # a child: it ends with the window
        self._timer.timeout.connect(self._next)

    def add(self, *work: Callable[[], object]) -> None:
        """Do *work* later, after what was added before."""
        self._work.extend(work)
        if self._going:
            self._timer.start(0)

    def start(self) -> None:
        """The window has been painted: there is time now."""
        self._going = True
        if self._work:
            self._timer.start(0)

    def finish(self) -> None:
        """Do all of it now: somebody asks for what may not be there yet."""
        while self._work:
            self._work.popleft()()

    def stop(self) -> None:
        """Do no more: the window closes."""
        self._going = False
        self._timer.stop()
        self._work.clear()

    def _next(self) -> None:
        if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._timer.start(WAIT)  # a hand is dragging something: no frame of that shall be late
            return
        if self._work:
            self._work.popleft()()
        if self._work:
            self._timer.start(0)
