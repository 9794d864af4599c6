"""A hand and an eye for a real window: X11 mouse and keyboard through xdotool, and waiting for what one would see."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QGraphicsView, QWidget

PATIENCE = 30.0
"""Seconds until something that should appear counts as missing."""


class Robot:
    """Uses one shown main window as a person would."""

    def __init__(self, window: QWidget, pictures: Path | None = None) -> None:
        self.window = window
        self.pictures = pictures
        # Wakes the waiting below now and then, so that a condition on something outside of Qt is asked again.
        self._heartbeat = QTimer(interval=5)
        self._heartbeat.start()
        self.wait(window.isVisible, "the window is shown")
        self.wait(window.isActiveWindow, "the window is active")

    # -- seeing ----------------------------------------------------------------------------------------------------

    def wait(self, condition: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
        """Let the program run until *condition* holds, for *patience* seconds at most.

        Raises:
            AssertionError: it does not hold in time; *what* says what was expected.
        """
        end = time.monotonic() + patience
        while not condition():
            if time.monotonic() > end:
                self.picture("failure")
                raise AssertionError(f"waited in vain: {what}")
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def picture(self, name: str) -> None:
        """Save what the window shows, when pictures are wanted."""
        if self.pictures is not None:
            QApplication.processEvents()
            self.window.screen().grabWindow(0).save(str(self.pictures / f"{name}.png"))

    def find(self, kind: type[QWidget], name: str) -> QWidget:
        """The widget with this object name.

        Raises:
            AssertionError: there is none.
        """
        found = self.window.findChild(kind, name)
        assert found is not None, f"there is no {kind.__name__} called {name}"
        return found

    # -- pointing --------------------------------------------------------------------------------------------------

    def point_at(self, place: QPoint) -> None:
        """Move the pointer to a place on the screen and wait until the program knows."""
        self._xdotool("mousemove", str(place.x()), str(place.y()))
        self.wait(lambda: QCursor.pos() == place, f"the pointer arrives at {place}")
        QApplication.processEvents()

    def place(self, widget: QWidget, at: QPointF | QPoint | None = None) -> QPoint:
        """Where on the screen *at* (by default the middle) of *widget* is."""
        inside = widget.rect().center() if at is None else QPointF(at).toPoint()
        return widget.mapToGlobal(inside)

    def in_scene(self, view: QGraphicsView, at: QPointF) -> QPoint:
        """Where on the screen a scene position of *view* is."""
        return view.viewport().mapToGlobal(view.mapFromScene(at))

    def click(self, place: QPoint, button: int = 1, times: int = 1) -> None:
        """Press and release at a place on the screen."""
        self.point_at(place)
        self._xdotool("click", "--repeat", str(times), "--delay", "60", str(button))
        QApplication.processEvents()

    def press(self, place: QPoint, button: int = 1) -> None:
        """Press a button at a place on the screen and keep it down."""
        self.point_at(place)
        self._xdotool("mousedown", str(button))
        self.wait(lambda: QApplication.mouseButtons() != Qt.MouseButton.NoButton, "the press arrives")

    def release(self, button: int = 1) -> None:
        """Let the button go."""
        self._xdotool("mouseup", str(button))
        self.wait(lambda: QApplication.mouseButtons() == Qt.MouseButton.NoButton, "the release arrives")

    def drag(self, start: QPoint, end: QPoint, steps: int = 8, halfway: Callable[[], None] | None = None) -> None:
        """Press at *start*, move to *end* in *steps*, calling *halfway* in the middle, and release."""
        self.press(start)
        for step in range(1, steps + 1):
            part = step / steps
            self.point_at(start + QPoint(round((end - start).x() * part), round((end - start).y() * part)))
            if halfway is not None and step == steps // 2:
                halfway()
        self.release()

    # -- typing ----------------------------------------------------------------------------------------------------

    def keys(self, names: Iterable[str] | str) -> None:
        """Press keys one after another, by X11 names such as ``ctrl+z`` or ``Escape``."""
        for name in [names] if isinstance(names, str) else names:
            self._xdotool("key", name)  # not --clearmodifiers: that lets go of the mouse button, too
            QApplication.processEvents()

    def write(self, text: str) -> None:
        """Type *text*."""
        self._xdotool("type", "--delay", "15", "--", text)
        QApplication.processEvents()

    @staticmethod
    def _xdotool(*arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], check=True, timeout=PATIENCE)
