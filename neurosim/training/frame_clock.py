"""The clock behind everything that moves: frames on request, never more than one per interval, none when idle."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

INTERVAL = 0.0155
"""Seconds from the beginning of one frame to that of the next, at least: timers fire up to 1 ms late, and 60 frames a
second leave 16.7 ms."""

NEARLY = 0.0035
"""Seconds before its time from which on a frame begins as soon as a hand moves: as long as from one move of a usual
mouse to the next, or less."""

PATIENCE = 0.002
"""Seconds for which a frame waits for a hand's next move; it is still one of sixty a second."""


class FrameClock(QObject):
    """Owns the one timer. Any number of requests before a frame are one frame.

    Signals:
        ticked(milliseconds): a frame begins, so long after the one before; after a pause of more than a quarter of a
            second (or for the first frame) it is the interval, so that nobody catches up on time asleep.
        painted(): what the frame changed has been painted; the rest of its time is for work that can wait.
    """

    ticked = Signal(float)
    painted = Signal()

    def __init__(
        self,
        now: Callable[[], float] = time.perf_counter,
        interval: float = INTERVAL,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._now = now
        self._interval = interval
        self._last = -math.inf
        self._turn = math.nan
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._after = QTimer(self)  # due when everything that was posted, painting too, has been dealt with
        self._after.setSingleShot(True)
        self._after.timeout.connect(self.painted)

    @property
    def pending(self) -> bool:
        """Whether a frame has been requested and has not begun."""
        return self._timer.isActive()

    @property
    def remaining(self) -> int:
        """Milliseconds for which the requested frame was put off; -1 when none is requested."""
        return self._timer.interval() if self._timer.isActive() else -1

    @property
    def left(self) -> float:
        """Seconds until the next frame may begin; 0 when it may begin now."""
        return max(0.0, self._last + self._interval - self._now())

    @property
    def now(self) -> float:
        """The time of the clock's source, in seconds."""
        return self._now()

    def request(self) -> None:
        """Ask for a frame; as soon as possible, but not before the interval since the last one is over."""
        if not self._timer.isActive():
            self._timer.start(round(min(self.left, self._interval) * 1000))  # up would be less than 60 a second

    def request_for_hand(self) -> None:
        """A hand has moved something: as ``request``, but a frame that is nearly due begins now.

        One that falls due between two moves waits a moment for the next. So the frames fall in with the moves, and what
        is painted is as new as can be.
        """
        left = self.left
        if left <= NEARLY:
            self._timer.start(0)
        elif not self._timer.isActive():
            self._timer.start(round((min(left, self._interval) + PATIENCE) * 1000))

    @property
    def turn_taken(self) -> bool:
        """Whether a view that takes long has already been drawn in this frame (see ``Pace``)."""
        return self._turn == self._last

    def take_turn(self) -> None:
        """A view that takes long is drawn in this frame."""
        self._turn = self._last

    def stop(self) -> None:
        """Forget the requested frame."""
        self._timer.stop()
        self._after.stop()

    def _tick(self) -> None:
        now = self._now()
        elapsed = now - self._last
        self._last = now
        self._after.start(0)
        self.ticked.emit(1000 * (elapsed if elapsed <= 0.25 else self._interval))
