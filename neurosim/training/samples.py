"""How parameters and the loss of the test rows went over the steps of the present branch, at a plot's resolution."""

from __future__ import annotations

import time
from bisect import bisect_left, insort
from collections.abc import Callable, Hashable, Mapping, Sequence
from fractions import Fraction
from weakref import WeakKeyDictionary

import numpy as np

from neurosim.document.document import Document
from neurosim.document.history import Entry
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Column, Dataset, FloatArray
from neurosim.engine.evaluate import Evaluator
from neurosim.engine.objective import reduction_factor
from neurosim.engine.representation import represented
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.records import dataclass, replace
from neurosim.training.evaluations import LONG_WORK, products
from neurosim.training.loss_trace import IntArray
from neurosim.training.replay import Replay
from neurosim.training.trace_builder import curve_branch, restarts
from neurosim.training.trajectory import Checkpoint, TrainingRecord, Trajectory

RESOLUTION = 800
"""About so many steps are sampled on a whole curve; of a shorter one, every step."""

TEST_LOSS = ""
"""Stands for the loss of the test rows where the id of a parameter could stand."""


@dataclass(frozen=True, eq=False)
class ValueTrace:
    """Values after some of the steps, which rise or stay (an edit changes a value between two steps).

    A value is NaN where there is none; ``complete`` says that no more are being worked out.
    """

    steps: IntArray
    values: FloatArray
    complete: bool


@dataclass(eq=False)
class _Sample:
    """One state: its step, the parameters that training changes, and the loss of its test rows once it is known."""

    step: int
    values: Mapping[str, Number]
    loss: float | None = None


class _Block:
    """What is sampled of one entry, or of the run that goes on, and the places inside it that are still wanted."""

    def __init__(self, state: DocumentState, trajectory: Trajectory | None = None) -> None:
        self.state = state
        self.trajectory = trajectory
        self.samples: list[_Sample] = []
        self.todo: list[int] = []
        self.replay: Replay | None = None

    def value(self, sample: _Sample, quantity: str) -> float:
        """The quantity at a sample; NaN where there is none, or none yet."""
        if quantity == TEST_LOSS:
            return float("nan") if sample.loss is None else sample.loss
        found = sample.values.get(quantity, self.state.network.parameters.get(quantity))
        return float("nan") if found is None else float(found)


class Samples:
    """Owns what has been sampled. ``trace`` gives what is there, ``work`` goes on with what is missing.

    Every sample is a state that was reached. Inside a run it is a checkpoint where one lies near enough, else steps
    are taken again; with data so large that this would hold up the window the checkpoints have to do.
    """

    def __init__(self, document: Document, running: Callable[[], Trajectory | None]) -> None:
        """Sample the branches of *document*; ``running()`` is the way of a run that is not recorded yet."""
        self._document = document
        self._running = running
        self._blocks: WeakKeyDictionary[Entry, tuple[DocumentState, int, _Block]] = WeakKeyDictionary()
        self._of_checkpoint: WeakKeyDictionary[Checkpoint, _Sample] = WeakKeyDictionary()
        self._evaluator = Evaluator(exact=False)
        self._only_test: tuple[Dataset, Dataset] | None = None
        self._gathered: tuple[Hashable, DocumentState, list[_Block]] | None = None
        self._progress = 0
        self._built: tuple[Hashable, list[_Block], ValueTrace] | None = None

    def trace(self, quantity: str) -> ValueTrace:
        """The values of a parameter (by its id), or with ``TEST_LOSS`` the loss of the test rows, without a penalty.

        The present branch is followed as the loss curve is: since counting last began anew.
        """
        blocks = self._present()
        key = (quantity, self._progress)
        if self._built is None or self._built[0] != key or self._built[1] is not blocks:
            self._built = (key, blocks, _trace_of(blocks, quantity))
        return self._built[2]

    def work(self, quantity: str, seconds: float) -> bool:
        """Work on what ``trace`` is missing for about so long; whether something is missing still."""
        until = time.perf_counter() + seconds
        for block in self._present():
            while _is_missing(block, quantity):
                if time.perf_counter() >= until:
                    return True
                if block.todo:
                    self._reach(block, until - time.perf_counter())
                else:
                    self._measure(block)
                self._progress += 1
        return False

    # -- what there is to sample -----------------------------------------------------------------------------------

    def _present(self) -> list[_Block]:
        live, branch = self._running(), curve_branch(self._document)
        reached = live.checkpoints[-1].done if live is not None and live.checkpoints else 0
        key = (self._document.history, self._document.history.version, branch[-1].id, reached)
        if self._gathered is None or self._gathered[0] != key or self._gathered[1] is not branch[-1].state:
            self._gathered = (key, branch[-1].state, self._gather(branch, live, reached))
        return self._gathered[2]

    def _gather(self, branch: Sequence[Entry], live: Trajectory | None, reached: int) -> list[_Block]:
        first = max((index for index, entry in enumerate(branch) if restarts(entry)), default=0)
        run = branch[first:]
        steps = reached + sum(entry.record.steps for entry in run[1:] if isinstance(entry.record, TrainingRecord))
        stride = 1
        while stride * RESOLUTION < steps:
            stride *= 2
        # What was edited before the first step is not part of the curve.
        trained = next((index for index, entry in enumerate(run) if index and entry.record is not None), len(run))
        blocks = [self._block(entry, stride) for entry in run[trained - 1 :]]
        if live is not None and reached:
            blocks.append(self._inside(live, reached + 1, stride, again=False))
        return blocks

    def _block(self, entry: Entry, stride: int) -> _Block:
        known = self._blocks.get(entry)
        if known is not None and known[0] is entry.state and known[1] == stride:
            return known[2]
        record = entry.record
        if isinstance(record, TrainingRecord) and record.trajectory is not None:
            block = self._inside(record.trajectory, record.steps, stride, again=True)
        else:
            block = _Block(entry.state)
        block.samples.append(_Sample(entry.state.training.step, entry.state.network.parameters))
        self._blocks[entry] = (entry.state, stride, block)
        return block

    def _inside(self, trajectory: Trajectory, end: int, stride: int, *, again: bool) -> _Block:
        """What is sampled inside a run before the step *end*; *again*: take steps again for what is not kept."""
        block = _Block(trajectory.start, trajectory)
        dones = [checkpoint.done for checkpoint in trajectory.checkpoints]
        again = again and products(trajectory.start) <= LONG_WORK
        for wanted in range(stride, end, stride):
            at = bisect_left(dones, wanted - stride // 2)
            if at < len(dones) and dones[at] <= min(wanted + (stride - 1) // 2, end - 1):
                block.samples.append(self._sample(trajectory, trajectory.checkpoints[at]))
            elif again:
                block.todo.append(wanted)
        return block

    def _sample(self, trajectory: Trajectory, checkpoint: Checkpoint) -> _Sample:
        found = self._of_checkpoint.get(checkpoint)
        if found is None:
            values = dict(zip(trajectory.names, checkpoint.values.tolist(), strict=True))
            found = _Sample(trajectory.start.training.step + checkpoint.done, values)
            self._of_checkpoint[checkpoint] = found
        return found

    # -- working on it ---------------------------------------------------------------------------------------------

    def _reach(self, block: _Block, seconds: float) -> None:
        """Take steps again towards the next place that is wanted."""
        trajectory, goal = block.trajectory, block.todo[0]
        if trajectory is None:
            return
        replay = block.replay
        if replay is None or not trajectory.nearest_done(goal) <= replay.done <= goal:
            replay = block.replay = trajectory.replay(goal)
        replay.goal = goal
        replay.advance(max(0.0, seconds))
        trajectory.keep(replay)
        if replay.finished:
            parameters = replay.state.network.parameters
            values = {name: float(parameters[name]) for name in trajectory.names}
            insort(block.samples, _Sample(trajectory.start.training.step + goal, values), key=lambda found: found.step)
            del block.todo[0]
            if not block.todo:
                block.replay = None

    def _measure(self, block: _Block) -> None:
        """Work out the loss of the test rows at the next sample that has none."""
        sample = next(found for found in block.samples if found.loss is None)
        state = block.state
        whole = represented(state.network, state.dataset)
        if self._only_test is None or self._only_test[0] is not whole:
            self._only_test = (whole, _test_rows(whole))
        values = {name: value for name, value in sample.values.items() if name in state.network.parameters}
        settings = replace(state.training, l1=Fraction(0), l2=Fraction(0))
        network = state.network.with_parameters(values)
        found = self._evaluator.evaluate(network, self._only_test[1], settings)
        sample.loss = float("nan") if found.data_loss is None else float(found.data_loss)


def loss_of_test_rows(snapshot: Snapshot) -> float | None:
    """The loss of the test rows at this instant, without a penalty; ``None`` when there is none."""
    rows = list(snapshot.dataset.test_rows)
    if not rows or not len(snapshot.row_losses):
        return None
    return float(reduction_factor(snapshot.settings.reduction, len(rows))) * float(snapshot.row_losses[rows].sum())


def _test_rows(dataset: Dataset) -> Dataset:
    rows = list(dataset.test_rows)
    return dataset.numbers_only({name: Column(column.floats[rows]) for name, column in dataset.columns.items()})


def _is_missing(block: _Block, quantity: str) -> bool:
    if block.todo:
        return True
    return quantity == TEST_LOSS and any(sample.loss is None for sample in block.samples)


def _trace_of(blocks: Sequence[_Block], quantity: str) -> ValueTrace:
    steps = [sample.step for block in blocks for sample in block.samples]
    values = [block.value(sample, quantity) for block in blocks for sample in block.samples]
    complete = not any(_is_missing(block, quantity) for block in blocks)
    return ValueTrace(np.array(steps, dtype=np.int64), np.array(values, dtype=np.float64), complete)
