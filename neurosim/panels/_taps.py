"""Keys that are tapped in a row: one gesture, until a pause."""

from __future__ import annotations

import math

from PySide6.QtCore import QObject, QTimer, Signal

from neurosim.training.frame_clock import FrameClock

PAUSE = 0.7
"""Seconds without a key after which the next tap is another gesture."""


class Taps(QObject):
    """Knows when taps of keys stop belonging together; the time is that of the session's clock.

    Signals:
        ended(): the taps of a gesture are over: by a pause, or because ``end`` was called.
    """

    ended = Signal()

    def __init__(self, clock: FrameClock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._under_way = False
        self._released = math.inf
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(round(PAUSE * 1000))
        self._timer.timeout.connect(self._look)

    def pressed(self) -> None:
        """A key goes down. After a pause the taps before are another gesture, which is ended first."""
        if self._is_pause():
            self.end()
        self._under_way, self._released = True, math.inf
        self._timer.stop()

    def released(self) -> None:
        """The key is let go of."""
        if self._under_way:
            self._released = self._clock.now
            self._timer.start()

    def end(self) -> None:
        """Something else happens: what follows is another gesture."""
        self._timer.stop()
        if self._under_way:
            self._under_way, self._released = False, math.inf
            self.ended.emit()

    def _is_pause(self) -> bool:
        # A thousandth is less than a timer keeps to.
        return self._under_way and self._clock.now - self._released >= PAUSE - 0.001

    def _look(self) -> None:
        if self._is_pause():
            self.end()
        elif self._under_way:
            self._timer.start()
