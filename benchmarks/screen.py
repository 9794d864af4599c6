"""The real window under measurement: opened on a task, its frames timed, and closed without questions."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks import SIZE
from benchmarks.shapes import Task
from neurosim.app import create_window
from neurosim.document.state import DocumentState
from neurosim.main_window.window import MainWindow
from neurosim.training.frame_clock import FrameClock

PAUSE = 0.2
"""Seconds; a frame that is longer is measured here."""


class Painted(QObject):
    """Tells of the moment at which a frame of *window*, which began with *clock*, has been painted.

    A filter of the window alone: one of the whole application, written in Python, would cost each frame half a
    millisecond. The note that it posts is the next thing to be delivered when the request to paint has been dealt with,
    before timers, and so before anything that is done in the rest of the frame's time.
    """

    def __init__(self, window: QObject, clock: FrameClock, told: Callable[[], None]) -> None:
        super().__init__()
        self._window, self._clock, self._told = window, clock, told
        self._waiting = False
        clock.ticked.connect(self._begin)
        window.installEventFilter(self)

    def _begin(self, _milliseconds: float) -> None:
        self._waiting = True

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.UpdateRequest and self._waiting:
            self._waiting = False
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), Qt.EventPriority.HighEventPriority.value)
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.User:
            self._told()
            return True
        return super().event(event)

    def stop(self) -> None:
        """Tell no more."""
        self._clock.ticked.disconnect(self._begin)
        self._window.removeEventFilter(self)


class Frames(QObject):
    """Notes when the window has been painted after a frame of its clock.

    ``lengths``: milliseconds from the beginning of each frame to that of the next, with all that is painted and trained
    in between. ``ends``: seconds of ``time.perf_counter`` of the frames in which something was painted.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self.lengths: list[float] = []
        self.ends: list[float] = []
        self._clock = window.session.clock
        self._latest = time.perf_counter()
        self._clock.ticked.connect(self._begin)
        self._painted = Painted(window, window.session.clock, lambda: self.ends.append(time.perf_counter()))

    def _begin(self, milliseconds: float) -> None:
        now, before = time.perf_counter(), self._latest
        self._latest = now
        # The clock counts from beginning to beginning, but makes little of long pauses.
        self.lengths.append(milliseconds if now - before < PAUSE else 1000 * (now - before))

    def stop(self) -> None:
        """Note no more."""
        self._clock.ticked.disconnect(self._begin)
        self._painted.stop()


@contextmanager
def opened(task: Task) -> Iterator[MainWindow]:
    """A shown window whose document is *task*; nothing else is to be done any more when it is handed over."""
    window = create_window()
    window.resize(*SIZE)
    window.show()
    QApplication.processEvents()
    _ = window.workspace.panels
    window.document.reset(DocumentState(task.network, task.dataset, task.settings))
    window.graph.tidy()  # or all nodes would stand in one place
    window.commands.fit()
    window.session.advance()
    wait(0.3)
    gc.collect()
    gc.freeze()
    try:
        yield window
    finally:
        window.session.pause()
        window.document.mark_saved(window.document.path)
        window.close()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.unfreeze()


def wait(seconds: float) -> None:
    """Let the event loop run; a loop of its own, for to quit the application would ask about unsaved changes."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()
