"""Taking the steps of a run again, from a state that was kept, to any state inside the run; in slices of time."""

from __future__ import annotations

import time

from neurosim.document.edits import apply_step
from neurosim.document.state import DocumentState
from neurosim.engine.network import Network
from neurosim.engine.settings import TrainingSettings
from neurosim.engine.trainer import Trainer
from neurosim.training.loss_trace import EMPTY_LOG, LossLog

PIECE = 0.002
"""Seconds of steps after which a replay leaves a state behind, so that the next one nearby is shorter still."""

Kept = tuple[int, Network, TrainingSettings]


class Replay:
    """Owns the trainer that walks from *base*, reached after ``done`` steps from *start*, to the *goal*.

    It may be used in a thread, by one user at a time: it changes nothing but itself. A step is a pure function of
    parameters, optimizer state and step number, so what it reaches is what the run reached, to the last bit.

    Attributes:
        done: how many steps from the start of the run have been reached.
        goal: how many are wanted.
        log: the losses of the steps that were taken again.
    """

    def __init__(self, start: DocumentState, base: DocumentState, done: int, goal: int) -> None:
        self.done = done
        self.goal = goal
        self.log = EMPTY_LOG
        self._start = start
        self._base = base
        self._trainer: Trainer | None = None
        self._fresh = True
        self._kept: list[Kept] = []

    @property
    def finished(self) -> bool:
        """Whether the goal has been reached."""
        return self.done == self.goal

    @property
    def state(self) -> DocumentState:
        """The state after ``done`` steps."""
        if self._trainer is None:
            return self._base
        return apply_step(self._start, self._trainer.network(), self._trainer.settings())

    def advance(self, seconds: float | None = None) -> None:
        """Go on towards the goal for about *seconds*, but one step at least; ``None``: to the goal.

        Raises:
            RuntimeError: a step that was taken in the run cannot be taken again; never, unless the engine is wrong.
        """
        if self.finished:
            return
        began = time.perf_counter()
        trainer = self._trainer
        if trainer is None:
            trainer = self._trainer = Trainer(self._base.network, self._base.dataset, self._base.training)
        first = self.done
        while self.done < self.goal:
            left = None if seconds is None else seconds - (time.perf_counter() - began)
            if left is not None and left <= 0 and self.done > first:
                break
            trainer.advance(self.goal - self.done, self._piece(left), watch=False)
            settings = trainer.settings()
            self.log = self.log.followed_by(LossLog.measured(*trainer.take_trace()).until(settings.step))
            reached = settings.step - self._start.training.step
            if trainer.stopped is not None and reached < self.goal:
                # The bounds at which a trainer stops depend on where it began; the run went on from here.
                if self._fresh and reached == self.done:
                    raise RuntimeError(f"the replay of a run ended {self.goal - self.done} steps early")
                trainer = self._trainer = Trainer(trainer.network(), self._start.dataset, settings)
                self._fresh = True
            else:
                self._fresh = False
            self.done = reached
            if not self.finished:
                self._kept.append((reached, trainer.network(), settings))

    def _piece(self, left: float | None) -> float | None:
        """How many seconds the trainer works before it is asked where it is."""
        if self._start.training.batch_size is not None:
            return left  # with mini-batches each call measures the loss of all rows: few calls
        return PIECE if left is None else min(left, PIECE)

    def take_kept(self) -> list[Kept]:
        """The states that were left behind on the way since this was last asked: steps done, network and settings."""
        kept, self._kept = self._kept, []
        return kept
