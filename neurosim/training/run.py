"""A run that is going on: the trainer, the steps that are not in the history yet, and the thread for long steps."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QCoreApplication

from neurosim.document.document import Document
from neurosim.document.edits import apply_step
from neurosim.document.history import Entry
from neurosim.document.state import DocumentState
from neurosim.engine.divergence import Stop
from neurosim.engine.errors import TrainingError
from neurosim.engine.trainer import Trainer
from neurosim.records import dataclass
from neurosim.training.evaluations import LONG_WORK, products
from neurosim.training.loss_trace import EMPTY_LOG, LossLog
from neurosim.training.trajectory import TrainingRecord, Trajectory
from neurosim.training.worker import Worker

Speed = Literal["1x", "10x", "max"]
SPEEDS: tuple[Speed, ...] = ("1x", "10x", "max")

MILLISECONDS_PER_STEP: dict[Speed, float] = {"1x": 250.0, "10x": 25.0}
"""At 1x each step can be followed by eye; at max there is no pause between steps."""

STEP_LIMIT = 1_000_000
"""A run pauses after so many steps, so that one that gets nowhere does not go on for ever."""

SLICE = 0.008
"""Seconds of a frame that training may take; the rest belongs to painting and to the user's hands."""


def steps_text(steps: int) -> str:
    """The name of a run of so many steps in the history."""
    if steps == 1:
        return QCoreApplication.translate("TrainingSession", "Train 1 step")
    return QCoreApplication.translate("TrainingSession", "Train {n} steps").format(n=steps)


def limit_text() -> str:
    """Why a run ended that has neither converged nor diverged."""
    return QCoreApplication.translate(
        "TrainingSession", "The run paused after {n} steps: it has not converged, and may go on."
    ).format(n=f"{STEP_LIMIT:,}".replace(",", "\N{NARROW NO-BREAK SPACE}"))


@dataclass(frozen=True, eq=False)
class Slice:
    """What a slice of training brought."""

    steps: int
    log: LossLog
    stop: Stop | None
    state: DocumentState
    seconds: float
    problem: str | None = None


class Leg:
    """A stretch of a run without an edit in it: owns the trainer, and the way from ``base`` to ``newest``."""

    def __init__(self, base: DocumentState) -> None:
        self.base = base
        self.newest = base
        self.steps = 0
        self.before = float("nan")
        self.log = EMPTY_LOG
        self.trajectory = Trajectory(base)
        self.entry: Entry | None = None
        self.long = products(base) > LONG_WORK
        self._trainer: Trainer | None = None

    def take(self, steps: int, seconds: float) -> Slice:
        """Train for a while; may be called in the worker's thread."""
        base = self.base
        if self._trainer is None:
            try:
                self._trainer = Trainer(base.network, base.dataset, base.training)
            except TrainingError as error:
                return Slice(0, EMPTY_LOG, None, base, 0.0, str(error))
            self.before = self._trainer.loss
        began = time.perf_counter()
        trainer = self._trainer
        trainer.advance(steps, seconds)
        spent = time.perf_counter() - began
        state = self.newest
        settings = trainer.settings()
        done = settings.step - state.training.step
        if done:
            state = apply_step(base, trainer.network(), settings)
        log = LossLog.measured(*trainer.take_trace()).until(settings.step)
        return Slice(done, log, trainer.stopped, state, spent)

    def accept(self, found: Slice) -> None:
        """Take a slice over."""
        if found.steps:
            self.steps += found.steps
            self.log = self.log.followed_by(found.log)
            self.newest = found.state
            self.trajectory.add(self.steps, found.state.network, found.state.training)
            self.long = found.seconds / found.steps > SLICE

    @property
    def record(self) -> TrainingRecord:
        """What the history keeps of the leg so far."""
        first = self.base.training.step + 1
        trajectory = self.trajectory.until(self.steps)
        return TrainingRecord(first, self.steps, self.before, self.log, trajectory)


class Runner:
    """Owns the run of a session. The document asks it for the newest state and tells it to record.

    While a job is in the thread nobody but the job touches its leg's trainer. Nobody waits for it either: when an edit
    or Pause ends the leg, a step that is not finished has not been taken.
    """

    def __init__(self, document: Document, ended: Callable[[], None]) -> None:
        self._document = document
        self._ended = ended
        self._worker: Worker[Slice] = Worker()
        self._leg: Leg | None = None
        self._stop: Stop | None = None
        self._recording = False
        self._due = 0.0
        self._left = STEP_LIMIT
        self.active = False
        self.problem: str | None = None
        """Why the run cannot go on from the state that an edit has made, as a sentence."""
        document.set_runner(self)

    # -- what the document asks ------------------------------------------------------------------------------------

    def newest(self) -> DocumentState | None:
        """The state after the steps that are not recorded yet; ``None`` when there are none."""
        leg = self._leg
        if leg is None or leg.newest is self._document.history.head.state:
            return None
        return leg.newest if leg.steps else None

    @property
    def text(self) -> str:
        """The name under which the steps are recorded."""
        return steps_text(self._leg.steps) if self._leg is not None else ""

    def flush(self) -> None:
        """Record the steps taken so far; the run goes on."""
        leg, head = self._leg, self._document.history.head
        if leg is None or leg.steps == 0 or leg.newest is head.state:
            return
        self._recording = True
        try:
            if head is leg.entry:
                self._document.amend(leg.newest, leg.record, steps_text(leg.steps))
            elif head.open:
                record = leg.record
                if isinstance(head.record, TrainingRecord):
                    record = head.record.followed_by(record)
                self._document.amend(leg.newest, TrainingRecord(record.first, record.steps, record.before, record.log))
                self._drop()
            else:
                self._document.record(steps_text(leg.steps), leg.newest, "run", leg.record)
                leg.entry = self._document.history.head
        finally:
            self._recording = False

    def halt(self) -> None:
        """Record the steps taken so far and end the run."""
        self.flush()
        self._end()

    def discard(self) -> None:
        """Forget the steps that are not recorded; the run goes on from what the document then holds."""
        self._drop()

    # -- what the session asks -------------------------------------------------------------------------------------

    @property
    def taken(self) -> int:
        """How many steps the run, or the last one, has taken."""
        return STEP_LIMIT - self._left

    @property
    def in_thread(self) -> bool:
        """Whether a step takes so long that it is made in the thread."""
        return self._leg is not None and self._leg.long

    @property
    def log(self) -> LossLog:
        """The losses of the steps that are not recorded yet."""
        leg = self._leg
        if leg is None or self.newest() is None:
            return EMPTY_LOG
        recorded = leg.entry.record if leg.entry is not None else None
        return (
            leg.log.after(leg.base.training.step + recorded.steps) if isinstance(recorded, TrainingRecord) else leg.log
        )

    @property
    def trajectory(self) -> Trajectory | None:
        """The way of the steps that are not recorded yet; ``None`` when there are none."""
        leg = self._leg
        return None if leg is None or self.newest() is None or leg.entry is not None else leg.trajectory

    @property
    def before(self) -> float:
        """The loss before the first step of the log."""
        return self._leg.before if self._leg is not None else float("nan")

    def begin(self) -> None:
        """Start running; the first step is due at once."""
        self._drop()
        self.problem = None
        self._left = STEP_LIMIT
        self._due = 1.0
        self.active = True

    def state_changed(self) -> None:
        """The document holds another state: go on from there, unless the change was this run's own."""
        if not self._recording:
            self._drop()

    def advance(
        self, speed: Speed, milliseconds: float | None, wait: bool, hold: bool = False, seconds: float = SLICE
    ) -> Stop | None:
        """One frame of the run: the steps that are due, at most for a slice of time.

        Args:
            speed: steps per time.
            milliseconds: the time since the last frame; ``None``: as long as makes one step due.
            wait: whether to wait for a job in the thread.
            hold: whether to begin nothing new, because what was reached has not been shown yet.
            seconds: what the frame may take.

        Returns:
            why the run should end; ``None`` when it goes on.
        """
        if self._worker.busy and not (wait or self._worker.ready):
            self._pass(speed, milliseconds)
            return None
        if self._worker.busy:
            self._accept(self._worker.take())
        steps = min(self._pass(speed, milliseconds), self._left)
        if self._stop is None and steps and not hold:
            self._due = max(0.0, self._due - steps)
            leg = self._leg = self._leg if self._leg is not None else Leg(self._document.history.head.state)
            if leg.long:
                self._worker.submit(lambda: leg.take(steps, seconds))
                if wait:
                    self._accept(self._worker.take())
            else:
                self._accept(leg.take(steps, seconds))
        stop, self._stop = self._stop, None
        return stop

    def abort(self) -> None:
        """End the run without recording, after an error in it."""
        self._end()

    def close(self) -> None:
        """End the run and the thread."""
        self.discard()
        self.active = False
        self._worker.close()

    def _pass(self, speed: Speed, milliseconds: float | None) -> int:
        """How many steps are due after so much time."""
        if speed == "max":
            return STEP_LIMIT
        if milliseconds is None:
            self._due = max(self._due, 1.0)
        else:
            self._due = min(self._due + milliseconds / MILLISECONDS_PER_STEP[speed], 20.0)
        return int(self._due + 1e-6)  # fifty times 20 ms are a second, whatever their floating-point sum is

    def _accept(self, found: Slice) -> None:
        leg = self._leg
        if leg is None:
            return
        leg.accept(found)
        self._left -= found.steps
        self._stop = found.stop
        if self._left <= 0 and found.stop is None:
            self._stop = Stop("limit", limit_text())
        self.problem = found.problem

    def _drop(self) -> None:
        self._leg = None
        self._stop = None
        self._worker.abandon()

    def _end(self) -> None:
        self._drop()
        if self.active:
            self.active = False
            self._ended()
