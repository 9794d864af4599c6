"""How to get to any state within a run: checkpoints in bounded memory, and exact replay from the nearest."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Mapping
from operator import attrgetter

import numpy as np

from neurosim.document.state import DocumentState
from neurosim.engine.dataset import FloatArray
from neurosim.engine.network import Network
from neurosim.engine.settings import TrainingSettings
from neurosim.records import dataclass, field, replace
from neurosim.training.loss_trace import LossLog
from neurosim.training.replay import Replay

RECENT = 16
"""So many of the latest checkpoints are kept whatever their distance: Back is used most right after a run."""

MOST = 4096
"""At most so many checkpoints: one for every slice of half a minute's run, so that between two lie milliseconds."""

BYTES = 16 * 1024 * 1024
"""A trajectory takes at most about so much memory (but two checkpoints in any case)."""

OVERHEAD = 250
"""Bytes that a checkpoint takes besides its numbers, roughly."""

SLICE = 0.008
"""Seconds of steps taken again at a time when nobody waits for a frame."""


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """The trainable part of a state after *done* steps, as arrays in the order of the trajectory's names."""

    done: int
    values: FloatArray
    memory: Mapping[str, FloatArray] | None

    @property
    def nbytes(self) -> int:
        """Roughly how much memory it takes."""
        memory = self.memory.values() if self.memory is not None else ()
        return OVERHEAD + int(self.values.nbytes) + sum(120 + int(array.nbytes) for array in memory)


@dataclass(eq=False)
class Trajectory:
    """Owns the checkpoints of one run, all made by steps from ``start`` without an edit in between.

    Attributes:
        start: the state before the first step.
        checkpoints: in the order of their steps.
        names: the parameters that a checkpoint holds.
    """

    start: DocumentState
    checkpoints: list[Checkpoint] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.names = tuple(name for name, free in self.start.network.trainable.items() if free)

    @property
    def nbytes(self) -> int:
        """Roughly how much memory the checkpoints take."""
        return len(self.checkpoints) * self.checkpoints[-1].nbytes if self.checkpoints else 0

    def add(self, done: int, network: Network, settings: TrainingSettings) -> None:
        """Keep the state after *done* steps, in as many bytes as there are; old neighbours may have to go for it."""
        place = bisect_right(self.checkpoints, done, key=_DONE)
        if place and self.checkpoints[place - 1].done == done:
            return
        parameters = network.parameters
        values = np.array([float(parameters[name]) for name in self.names])
        memory = None
        if settings.optimizer_state is not None:
            memory = {
                variable: np.array([float(kept.get(name, 0.0)) for name in self.names])
                for variable, kept in settings.optimizer_state.items()
            }
        insort(self.checkpoints, Checkpoint(done, values, memory), key=_DONE)
        self._thin()

    def keep(self, replay: Replay) -> bool:
        """Take over what a replay has left behind on its way; whether there was anything."""
        kept = replay.take_kept()
        for done, network, settings in kept:
            self.add(done, network, settings)
        return bool(kept)

    def nearest_done(self, steps: int) -> int:
        """After how many steps the last state is kept that is not beyond *steps*."""
        place = bisect_right(self.checkpoints, steps, key=_DONE)
        return self.checkpoints[place - 1].done if place else 0

    def nearest(self, steps: int) -> tuple[DocumentState, int]:
        """The last state kept that is not beyond *steps*, and after how many steps it was."""
        place = bisect_right(self.checkpoints, steps, key=_DONE)
        if not place:
            return self.start, 0
        best = self.checkpoints[place - 1]
        training = self.start.training
        start = self.start.network.parameters if training.start is None else training.start
        memory = None
        if best.memory is not None:
            memory = {
                variable: dict(zip(self.names, array.tolist(), strict=True)) for variable, array in best.memory.items()
            }
        training = replace(training, step=training.step + best.done, optimizer_state=memory, start=start)
        network = self.start.network.with_parameters(dict(zip(self.names, best.values.tolist(), strict=True)))
        return replace(self.start, network=network, training=training), best.done

    def replay(self, steps: int) -> Replay:
        """The way to the state after *steps* steps from the nearest that was kept."""
        base, done = self.nearest(steps)
        return Replay(self.start, base, done, steps)

    def state_after(self, steps: int) -> tuple[DocumentState, LossLog]:
        """The state after *steps* steps, to the last bit, and the losses on the way there from the last checkpoint."""
        replay = self.replay(steps)
        while not replay.finished:
            replay.advance(SLICE)
        self.keep(replay)
        return replay.state, replay.log

    def until(self, steps: int) -> Trajectory:
        """The trajectory of the first *steps* steps."""
        return Trajectory(self.start, self.checkpoints[: bisect_right(self.checkpoints, steps, key=_DONE)])

    def after(self, steps: int, state: DocumentState) -> Trajectory:
        """The trajectory of the steps after the first *steps*, which led to *state*."""
        later = self.checkpoints[bisect_right(self.checkpoints, steps, key=_DONE) :]
        return Trajectory(state, [replace(found, done=found.done - steps) for found in later])

    def _thin(self) -> None:
        room = max(2, min(MOST, BYTES // self.checkpoints[-1].nbytes))
        if len(self.checkpoints) <= room:
            return
        recent = min(RECENT, room // 2)
        old, new = self.checkpoints[:-recent], self.checkpoints[-recent:]
        # Half of the old ones go at once, so that those left are evenly spread and thinning is rare.
        distance = old[-1].done / max(1, (room - recent) // 2)
        kept: list[Checkpoint] = []
        last = 0
        for checkpoint in old:
            if checkpoint.done - last >= distance:
                kept.append(checkpoint)
                last = checkpoint.done
        self.checkpoints = kept + new


_DONE = attrgetter("done")


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
