"""How to get to any state within a run: checkpoints in bounded memory, and exact replay from the nearest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from neurosim.document.edits import apply_step
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import FloatArray
from neurosim.engine.network import Network
from neurosim.engine.settings import TrainingSettings
from neurosim.engine.trainer import Trainer
from neurosim.training.loss_trace import EMPTY_LOG, LossLog

RECENT = 16
"""So many of the latest checkpoints are kept whatever their distance: Back is used most right after a run."""

SPARSE = 64
"""At most so many checkpoints lie before them, evenly spread."""

BYTES = 16 * 1024 * 1024
"""A trajectory takes at most about so much memory (but two checkpoints in any case)."""

PIECES = 16
"""A replay leaves so many checkpoints on its way, so that going back further is quick."""


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """The trainable part of a state after *done* steps, as arrays in the order of the trajectory's names."""

    done: int
    values: FloatArray
    memory: Mapping[str, FloatArray] | None

    @property
    def nbytes(self) -> int:
        """How much memory it takes."""
        return int(self.values.nbytes + sum(array.nbytes for array in (self.memory or {}).values()))


@dataclass(eq=False)
class Trajectory:
    """Owns the checkpoints of one run, all made by steps from ``start`` without an edit in between.

    A step is a pure function of parameters, optimizer state and step number (see ``neurosim.engine.trainer``), so a
    replay from any checkpoint gives the same bits as the run did.
    """

    start: DocumentState
    checkpoints: list[Checkpoint] = field(default_factory=list)
    stride: int = 1

    def __post_init__(self) -> None:
        network = self.start.network
        self._names = tuple(name for name, free in network.trainable.items() if free)

    @property
    def nbytes(self) -> int:
        """How much memory the checkpoints take."""
        return sum(checkpoint.nbytes for checkpoint in self.checkpoints)

    def add(self, done: int, network: Network, settings: TrainingSettings) -> None:
        """Keep the state after *done* steps, if it is far enough from the one before."""
        if self.checkpoints and done <= self.checkpoints[-1].done:
            return
        parameters = network.parameters
        values = np.array([float(parameters[name]) for name in self._names])
        memory = None
        if settings.optimizer_state is not None:
            memory = {
                variable: np.array([float(kept.get(name, 0.0)) for name in self._names])
                for variable, kept in settings.optimizer_state.items()
            }
        self.checkpoints.append(Checkpoint(done, values, memory))
        self._thin()

    def state_after(self, steps: int) -> tuple[DocumentState, LossLog]:
        """The state after *steps* steps, to the last bit, and the losses on the way there from the last checkpoint."""
        if steps == 0:
            return self.start, EMPTY_LOG
        base, done = self._nearest(steps)
        was_fresh = True
        log = EMPTY_LOG
        trainer = Trainer(base.network, base.dataset, base.training)
        piece = -(-(steps - done) // PIECES)
        while done < steps:
            trainer.advance(min(piece, steps - done), watch=False)
            network, settings = trainer.network(), trainer.settings()
            log = log.followed_by(LossLog.measured(*trainer.take_trace()).until(settings.step))
            reached = settings.step - self.start.training.step
            fresh = trainer.stopped is not None and reached < steps
            if fresh:
                # The bounds at which a trainer stops depend on where it began; the run went on from here.
                if was_fresh and reached == done:
                    raise RuntimeError(f"the replay of a run ended {steps - done} steps early")
                trainer = Trainer(network, self.start.dataset, settings)
            done, was_fresh = reached, fresh
            if done < steps and piece > 1:
                self._insert(done, network, settings)
        return apply_step(self.start, trainer.network(), self._with_start(trainer.settings())), log

    def until(self, steps: int) -> Trajectory:
        """The trajectory of the first *steps* steps."""
        kept = [checkpoint for checkpoint in self.checkpoints if checkpoint.done <= steps]
        return Trajectory(self.start, kept, self.stride)

    def _with_start(self, settings: TrainingSettings) -> TrainingSettings:
        start = self.start.training.start
        return replace(settings, start=self.start.network.parameters if start is None else start)

    def _nearest(self, steps: int) -> tuple[DocumentState, int]:
        best = None
        for checkpoint in self.checkpoints:
            if checkpoint.done <= steps and (best is None or checkpoint.done > best.done):
                best = checkpoint
        if best is None:
            return self.start, 0
        training = self._with_start(self.start.training)
        memory = None
        if best.memory is not None:
            memory = {
                variable: dict(zip(self._names, (float(v) for v in array), strict=True))
                for variable, array in best.memory.items()
            }
        training = replace(training, step=training.step + best.done, optimizer_state=memory)
        values = dict(zip(self._names, (float(v) for v in best.values), strict=True))
        network = self.start.network.with_parameters(values)
        return replace(self.start, network=network, training=training), best.done

    def _insert(self, done: int, network: Network, settings: TrainingSettings) -> None:
        later = [checkpoint for checkpoint in self.checkpoints if checkpoint.done > done]
        self.checkpoints = [checkpoint for checkpoint in self.checkpoints if checkpoint.done <= done]
        self.add(done, network, settings)
        self.checkpoints.extend(later)

    def _thin(self) -> None:
        size = max(1, self.checkpoints[-1].nbytes)
        room = max(2, min(SPARSE + RECENT, BYTES // size))
        if len(self.checkpoints) <= room:
            return
        recent = min(RECENT, room // 2)
        old, new = self.checkpoints[:-recent], self.checkpoints[-recent:]
        # Of the old ones the one whose neighbours are nearest to each other is missed least.
        gaps = [
            (old[i + 1].done if i + 1 < len(old) else new[0].done) - (old[i - 1].done if i else 0)
            for i in range(len(old))
        ]
        del old[gaps.index(min(gaps))]
        self.checkpoints = old + new


@dataclass(frozen=True, eq=False)
class TrainingRecord:
    """What the history keeps of training: how many steps, their losses, and for a run the way there.

    Attributes:
        first: the number of the first step.
        steps: how many steps.
        before: the loss before the first step.
        log: the loss after each step, thinned where it is old.
        trajectory: for several steps without an edit in between.
    """

    first: int
    steps: int
    before: float
    log: LossLog
    trajectory: Trajectory | None = None

    @property
    def nbytes(self) -> int:
        """Roughly how much memory it takes."""
        return 300 + self.log.nbytes + (self.trajectory.nbytes if self.trajectory is not None else 0)

    def followed_by(self, other: TrainingRecord) -> TrainingRecord:
        """This and then *other*, with something else in between: the way there is lost, the losses are not."""
        return TrainingRecord(self.first, self.steps + other.steps, self.before, self.log.followed_by(other.log))
