"""How often a view is painted while a run goes at full speed: what nobody can follow need not be painted."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QObject

from neurosim.engine.snapshot import Snapshot
from neurosim.training.session import TrainingSession


class Pace:
    """Owns when a view last showed a frame.

    Nobody reads numbers that change sixty times a second, and writing a sheet of them takes the time of a thousand
    steps. Outside of runs at full speed every frame is shown.
    """

    def __init__(self, session: TrainingSession, frames_per_second: float) -> None:
        self._session = session
        self._seconds = 1 / frames_per_second
        self._shown = -math.inf

    @property
    def rests(self) -> bool:
        """Whether the frame of now passes the view by."""
        session = self._session
        if not session.running or session.speed != "max":
            return False
        return session.clock.now - self._shown < self._seconds

    def show(self) -> None:
        """The view shows the frame of now."""
        self._shown = self._session.clock.now


class Paced(QObject):
    """Owns when ``show(snapshot)`` is called: with each frame, at its pace in a run at full speed, and at its end."""

    def __init__(
        self, session: TrainingSession, frames_per_second: float, show: Callable[[Snapshot], None], parent: QObject
    ) -> None:
        """Call *show* from now on, for as long as *parent* lives."""
        super().__init__(parent)
        self._session = session
        self._pace = Pace(session, frames_per_second)
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
