"""How often a view is painted while a run goes at full speed: what nobody can follow need not be painted."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QObject

from neurosim.engine.snapshot import Snapshot
from neurosim.training.session import TrainingSession

LATE, SOON = 0.04, 0.02
"""Seconds for which a view may wait for a frame in which no other one that takes long is drawn: one that takes long
itself, and a quick one, which lets one such frame pass."""


class Pace:
    """Owns when a view last showed a frame.

    Nobody reads numbers that change sixty times a second, and writing a sheet of them takes the time of a thousand
    steps. Outside of runs at full speed every frame is shown.

    Views that take long take turns, one a frame, so that graph, plots and sheets do not fall due together and make one
    frame in six as long as two. Quick ones let such a frame pass, too.
    """

    def __init__(self, session: TrainingSession, frames_per_second: float, *, long: bool = True) -> None:
        """*long*: the view takes a good part of a frame, and takes turns with the others that do."""
        self._session = session
        self._seconds = 1 / frames_per_second
        self._long = long
        self._latest = self._seconds + (LATE if long else SOON)
        self._shown = -math.inf

    @property
    def hurries(self) -> bool:
        """Whether a run goes on at full speed."""
        return self._session.running and self._session.speed == "max"

    @property
    def rests(self) -> bool:
        """Whether the frame of now passes the view by."""
        if not self.hurries:
            return False
        clock = self._session.clock
        since = clock.now - self._shown
        return since < self._seconds or (clock.turn_taken and since < self._latest)

    def show(self) -> None:
        """The view shows the frame of now."""
        clock = self._session.clock
        self._shown = clock.now
        if self._long:
            clock.take_turn()


class Paced(QObject):
    """Owns when ``show(snapshot)`` is called: with each frame, at its pace in a run at full speed, and at its end."""

    def __init__(
        self, session: TrainingSession, frames_per_second: float, show: Callable[[Snapshot], None], parent: QObject
    ) -> None:
        """Call *show* from now on, for as long as *parent* lives."""
        super().__init__(parent)
        self._session = session
        self._pace = Pace(session, frames_per_second, long=False)
        self._show = show
        session.snapshot_changed.connect(self._frame)
        session.running_changed.connect(self._run_changed)

    def _frame(self, snapshot: Snapshot) -> None:
        if not self._pace.rests:
            self._pace.show()
            self._show(snapshot)

    def _run_changed(self, running: bool) -> None:
        if not running:
            self._show(self._session.snapshot)
