"""Python's garbage is collected between frames: within one it would hold up what a hand waits for."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

from neurosim import records
from neurosim.training.frame_clock import FrameClock

YOUNG, MIDDLE, OLD = 700, 10, 10
"""So many new objects, or collections of the generation before, and the next one is due; as Python has it by itself."""

LATEST = 50_000
"""So many new objects are collected even within a frame: a long calculation has no frames."""

ROOM = 0.003
"""Seconds that must be left until the next frame for more than the newest objects."""

QUIET = 1000
"""Milliseconds without a frame after which everything is looked at."""


class Garbage(QObject):
    """Owns when collections happen, from the first frame on. What Python has switched off stays so."""

    def __init__(self, clock: FrameClock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET)
        self._quiet.timeout.connect(self._when_quiet)
        clock.painted.connect(self._after_frame)
        gc.set_threshold(LATEST, MIDDLE, OLD)

    def _after_frame(self) -> None:
        """The frame has been painted."""
        self._quiet.start()
        records.finish(1)  # nor shall the data classes of a frame all be finished in one of the next ones
        young, middle, _ = gc.get_count()
        if not gc.isenabled() or young < YOUNG:
            return
        due = middle >= MIDDLE and (self._clock.left >= ROOM or middle >= 3 * MIDDLE)
        gc.collect(1 if due else 0)

    def _when_quiet(self) -> None:
        """Nothing moves."""
        if gc.isenabled() and gc.get_count()[2] >= OLD:
            gc.collect()
