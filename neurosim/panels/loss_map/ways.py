"""The way that training went over the map: every one of its first steps, and of long runs ever fewer.

On a map the first steps are far apart and the later ones lie close together. So a run is sampled at its first hundred
steps, and from then on at steps whose numbers grow by a small part. What is sampled are states that were reached:
checkpoints that the run left, or steps taken again from one.
"""

from __future__ import annotations

import math
import time
from collections.abc import Hashable, Sequence
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from neurosim.document.history import Entry
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import FloatArray
from neurosim.engine.snapshot import Snapshot
from neurosim.panels.base import PanelContext
from neurosim.panels.loss_map.subject import Subject
from neurosim.records import dataclass
from neurosim.training.evaluations import LONG_WORK, products
from neurosim.training.loss_trace import IntArray
from neurosim.training.replay import Replay
from neurosim.training.session import TrainingSession
from neurosim.training.trace_builder import curve_branch, restarts
from neurosim.training.track import Place
from neurosim.training.trajectory import TrainingRecord, Trajectory

DENSE = 128
"""So many steps at the beginning of a run are all on the way."""
GROWTH = 1.015
"""From then on the number of the next step on the way is so many times that of the last."""
NEAR = 0.006
"""A checkpoint stands for a step that is not further from it than this part of the step's number."""


@dataclass(frozen=True, eq=False)
class Way:
    """A way in units of the map's parameters; arrays of equal length (n,).

    Attributes:
        subject: the parameters.
        name: empty for the way of the present run, else that of its branch.
        steps: how many steps had been taken at each point.
        by_hand: whether a point was not reached by training but by an edit.
        places: the place in the history; ``None`` in a run that is not recorded yet.
        here: so many of the points lie up to the present place; those after it are where redo leads.
    """

    subject: Subject
    name: str
    steps: IntArray
    x: FloatArray
    y: FloatArray
    by_hand: NDArray[np.bool_]
    places: tuple[Place | None, ...]
    here: int


class _Inside:
    """The states inside one run that are on the way, as far as they are known."""

    def __init__(self, trajectory: Trajectory, steps: int) -> None:
        self.trajectory = trajectory
        self.column = {name: number for number, name in enumerate(trajectory.names)}
        self._known: dict[int, FloatArray] = {}
        self._replay: Replay | None = None
        self._arrays: tuple[int, IntArray, FloatArray] | None = None
        self.todo: list[int] = []
        self._want(steps)

    def _want(self, steps: int) -> None:
        kept = {checkpoint.done: checkpoint.values for checkpoint in self.trajectory.checkpoints}
        dones = np.array(sorted(kept), dtype=np.int64)
        again = products(self.trajectory.start) <= LONG_WORK
        for done in wanted_steps(steps):
            near = int(dones[np.argmin(np.abs(dones - done))]) if dones.size else -1
            if near >= 0 and near < steps and abs(near - done) <= NEAR * done:
                self._known[near] = kept[near]
            elif again:
                self.todo.append(done)

    def work(self, until: float) -> bool:
        """Take steps again until the clock says so; whether there is more to do."""
        while self.todo and time.perf_counter() < until:
            goal, replay = self.todo[0], self._replay
            if replay is None or not self.trajectory.nearest_done(goal) <= replay.done <= goal:
                replay = self._replay = self.trajectory.replay(goal)
            replay.goal = goal
            replay.advance(max(0.0, until - time.perf_counter()))
            replay.take_kept()
            if replay.finished:
                parameters = replay.state.network.parameters
                self._known[goal] = np.array([float(parameters[name]) for name in self.trajectory.names])
                del self.todo[0]
        if not self.todo:
            self._replay = None
        return bool(self.todo)

    def values(self) -> tuple[IntArray, FloatArray]:
        """The steps done, rising, (n,), and the parameters after them, (n, number of parameters)."""
        if self._arrays is None or self._arrays[0] != len(self._known):
            dones = sorted(self._known)
            rows = [self._known[done] for done in dones]
            values = np.array(rows) if rows else np.empty((0, len(self.column)))
            self._arrays = (len(dones), np.array(dones, dtype=np.int64), values)
        return self._arrays[1], self._arrays[2]


class Ways:
    """Finds the ways on a document's map; ``work`` goes on with what they are missing."""

    def __init__(self, context: PanelContext) -> None:
        self._document = context.document
        self._session = context.session
        self._inside: WeakKeyDictionary[Entry, tuple[object, _Inside]] = WeakKeyDictionary()
        self._running: tuple[Entry, _Inside] | None = None
        self._built: tuple[Hashable, DocumentState, tuple[Way, ...]] | None = None
        self._progress = 0
        self._unfinished: list[_Inside] = []

    def find(self, subject: Subject) -> tuple[Way, ...]:
        """The way of the present run, if it took any step, and those of the newest other branches."""
        history, session = self._document.history, self._session
        place, now = session.timeline.place, session.snapshot.settings.step
        key = (history, history.version, place.entry.id, place.done, subject, self._progress, session.running and now)
        state = self._document.state
        if self._built is None or self._built[0] != key or self._built[1] is not state:
            self._unfinished = []
            self._built = (key, state, tuple(self._found(subject)))
        return self._built[2]

    @property
    def pending(self) -> bool:
        """Whether points are missing on the ways that were found last."""
        return any(inside.todo for inside in self._unfinished)

    def work(self, seconds: float) -> bool:
        """Go on for about *seconds*; whether points are missing still."""
        until = time.perf_counter() + seconds
        for inside in self._unfinished:
            if inside.todo:
                inside.work(until)
                self._progress += 1
                if time.perf_counter() >= until:
                    break
        return self.pending

    # -- which entries a way has -----------------------------------------------------------------------------------

    def _found(self, subject: Subject) -> list[Way]:
        branch = curve_branch(self._document)
        first = max((index for index, entry in enumerate(branch) if restarts(entry)), default=0)
        present = self._way("", branch[first:], subject, live=self._session.running)
        shown = {entry.id for entry in branch[first:]}
        found = [present] if present is not None else []
        for curve in self._session.other_curves.newest()[0]:
            entries: list[Entry] = []
            entry: Entry | None = curve.end
            while entry is not None:
                entries.insert(0, entry)
                if entry.id in shown or restarts(entry):
                    break
                entry = entry.parent
            way = self._way(curve.name, entries, subject)
            if way is not None:
                found.append(way)
        return found

    def _way(self, name: str, run: Sequence[Entry], subject: Subject, live: bool = False) -> Way | None:
        """The way through the entries of *run*, from where its training began; ``None`` where there was none."""
        trained = next((index for index, entry in enumerate(run) if index and entry.record is not None), None)
        if trained is None and not live:
            return None
        points = _Points(subject)
        entries = run[trained - 1 :] if trained is not None else run[-1:]
        at = self._session.timeline.place
        passed = None if self._document.visited is None else 0
        for entry in entries:
            if entry is not entries[0]:
                self._add_inside(points, entry)
                if entry is at.entry and not at.at_end:
                    passed = points.up_to(entry, at.done)
            points.add_end(entry, first=entry is entries[0])
            if entry is at.entry and at.at_end:
                passed = len(points.x)
        if live:
            self._add_running(points, entries[-1])
            passed = None
        return points.way(name, passed)

    def _add_inside(self, points: _Points, entry: Entry) -> None:
        record = entry.record
        if not isinstance(record, TrainingRecord) or record.trajectory is None or entry.kind == "edit":
            return
        known = self._inside.get(entry)
        if known is None or known[0] is not record:
            known = self._inside[entry] = (record, _Inside(record.trajectory, record.steps))
        self._unfinished.append(known[1])
        points.add_inside(known[1], entry)

    def _add_running(self, points: _Points, head: Entry) -> None:
        """What a run that goes on has done so far."""
        reached = self._session.snapshot.settings.step - head.state.training.step
        early = min(reached, DENSE)
        if self._running is None or self._running[0] is not head:
            self._running = (head, _Inside(Trajectory(head.state), 0))
        inside = self._running[1]
        if products(head.state) <= LONG_WORK:
            known = int(inside.values()[0].size) + len(inside.todo)
            inside.todo += range(known + 1, early)
            self._unfinished.append(inside)
        points.add_inside(inside, None, head.state.training.step)
        points.add_samples(self._session, head.state.training.step + early, self._session.snapshot)


class _Points:
    """A way while it is put together."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._names = (subject.across, subject.up)
        self.steps: list[int] = []
        self.x: list[float] = []
        self.y: list[float] = []
        self._by_hand: list[bool] = []
        self._places: list[Place | None] = []

    def add_end(self, entry: Entry, *, first: bool) -> None:
        """Where an entry ends; an edit that leaves both parameters as they are is no point."""
        parameters = entry.state.network.parameters
        if not all(name in parameters for name in self._names):
            return
        x, y = (float(parameters[name]) for name in self._names)
        record = entry.record
        trained = isinstance(record, TrainingRecord)
        if self.x and not trained and (x, y) == (self.x[-1], self.y[-1]):
            return
        place = Place(entry, record.steps if isinstance(record, TrainingRecord) else 0)
        self._add(entry.state.training.step, x, y, place, by_hand=not trained and not first)

    def add_inside(self, inside: _Inside, entry: Entry | None, first: int | None = None) -> None:
        """The states inside a run, which belongs to *entry*, or began after *first* steps."""
        dones, values = inside.values()
        if not dones.size:
            return
        fixed = inside.trajectory.start.network.parameters
        columns = []
        for name in self._names:
            if name in inside.column:
                columns.append(values[:, inside.column[name]].tolist())
            elif name in fixed:
                columns.append([float(fixed[name])] * dones.size)
            else:
                return
        start = inside.trajectory.start.training.step if first is None else first
        for done, x, y in zip(dones.tolist(), *columns, strict=True):
            self._add(start + done, x, y, Place(entry, done) if entry is not None else None, by_hand=False)

    def add_samples(self, session: TrainingSession, after: int, snapshot: Snapshot) -> None:
        """The states that a run which goes on has left after the step *after*, and the newest."""
        traces = [session.samples.trace(name) for name in self._names]
        for step, x, y in zip(traces[0].steps.tolist(), traces[0].values, traces[1].values, strict=True):
            if after < step < snapshot.settings.step and math.isfinite(x) and math.isfinite(y):
                self._add(step, float(x), float(y), None, by_hand=False)
        parameters = snapshot.network.parameters
        if all(name in parameters for name in self._names):
            x, y = (float(parameters[name]) for name in self._names)
            self._add(snapshot.settings.step, x, y, None, by_hand=False)

    def up_to(self, entry: Entry, done: int) -> int:
        """How many points there are up to a place inside *entry*, the last that was added."""
        later = sum(1 for place in self._places if place is not None and place.entry is entry and place.done > done)
        return len(self.x) - later

    def way(self, name: str, here: int | None) -> Way | None:
        """The way; ``None`` for less than two points."""
        if len(self.x) < 2:
            return None
        return Way(
            self._subject,
            name,
            np.array(self.steps, dtype=np.int64),
            np.array(self.x),
            np.array(self.y),
            np.array(self._by_hand),
            tuple(self._places),
            len(self.x) if here is None else here,
        )

    def _add(self, step: int, x: float, y: float, place: Place | None, *, by_hand: bool) -> None:
        self.steps.append(step)
        self.x.append(x)
        self.y.append(y)
        self._by_hand.append(by_hand)
        self._places.append(place)


def wanted_steps(steps: int) -> list[int]:
    """The steps inside a run of so many steps that are on the way."""
    inner = steps - 1
    dense = list(range(1, min(inner, DENSE) + 1))
    if inner <= DENSE:
        return dense
    count = math.ceil(math.log(inner / DENSE) / math.log(GROWTH)) + 1
    rest = np.unique(np.rint(np.geomspace(DENSE, inner, count)).astype(np.int64))
    return dense + [int(step) for step in rest if step > DENSE]
