"""The time that runs over the trace while the cell is played; nothing moves before that is asked for."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from neurosim.widgets.motion import motion

SLOWER = 10.0
"""A millisecond of the cell takes so many of ours."""

FRAME = 16
"""Milliseconds between two frames."""


class Playing(QObject):
    """Owns the clock of one play.

    Signals:
        moved(object): the time in ms that the cell has reached; ``None``: it is not played any more.
    """

    moved = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._duration = 0.0
        self._now: float | None = None
        self._elapsed = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME)
        self._timer.timeout.connect(self._tick)
        motion().changed.connect(self._look)

    @property
    def active(self) -> bool:
        """Whether the cell is being played."""
        return self._now is not None

    def begin(self, duration: float) -> None:
        """Play *duration* ms of the cell from the beginning."""
        if not motion().allowed:
            return  # the end is what is shown already
        self._duration = duration
        self._now = 0.0
        self._elapsed.start()
        self._timer.start()
        self.moved.emit(0.0)

    def end(self) -> None:
        """Stop, and show all of it again."""
        if self._now is not None:
            self._timer.stop()
            self._now = None
            self.moved.emit(None)

    def advance(self, milliseconds: float) -> None:
        """Go on as after so many milliseconds of ours."""
        if self._now is None:
            return
        self._now += milliseconds / SLOWER
        if self._now >= self._duration:
            self.end()
        else:
            self.moved.emit(self._now)

    def _look(self) -> None:
        if not motion().allowed:
            self.end()

    def _tick(self) -> None:
        self.advance(self._elapsed.restart())
