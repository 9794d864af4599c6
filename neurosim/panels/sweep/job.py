"""The trainings of a sweep, one after another in a thread of their own; the window never waits for them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from threading import Event

from PySide6.QtCore import QObject, QTimer, Signal

from neurosim.document.state import DocumentState
from neurosim.numbers.exact import Number
from neurosim.training.sweeping import Axis, Outcome, outcome
from neurosim.training.worker import Worker

POLL = 30
"""Milliseconds between two looks whether the thread is done."""


class SweepJob(QObject):
    """Owns the thread, and what is still to be trained.

    Signals:
        found(outcome): a training has ended; an ``Outcome``.
        ended(): all have, or the sweep was stopped.
    """

    found = Signal(object)
    ended = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._worker: Worker[Outcome] = Worker("neurosim-sweep")
        self._cancelled = Event()
        self._waiting: list[Number] = []
        self._task: tuple[DocumentState, Axis, int] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(POLL)
        self._timer.timeout.connect(self._look)
        parent.destroyed.connect(partial(_close, self._worker, self._cancelled))

    @property
    def running(self) -> bool:
        """Whether anything is still to be trained."""
        return self._task is not None

    def start(self, state: DocumentState, axis: Axis, values: Sequence[Number], steps: int) -> None:
        """Begin anew with *values* of *axis*."""
        self.stop()
        self._task, self._waiting = (state, axis, steps), list(values)
        self._cancelled.clear()
        self._timer.start()
        self._next()

    def stop(self) -> None:
        """Do without what has not been trained yet."""
        if self._task is None:
            return
        self._cancelled.set()
        if self._worker.busy:
            self._worker.take()  # it gives up within a few hundredths of a second
        self._end()

    def _look(self) -> None:
        if self._worker.ready:
            self.found.emit(self._worker.take())
            self._next()

    def _next(self) -> None:
        if self._task is None or not self._waiting:
            self._end()
            return
        state, axis, steps = self._task
        value, cancelled = self._waiting.pop(0), self._cancelled
        self._worker.submit(lambda: outcome(state, axis, value, steps, cancelled))

    def _end(self) -> None:
        self._task, self._waiting = None, []
        self._timer.stop()
        self.ended.emit()


def _close(worker: Worker[Outcome], cancelled: Event, *_: object) -> None:
    """End the thread, when the panel is no more."""
    cancelled.set()
    worker.close()
