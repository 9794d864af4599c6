"""Going to any place of the present branch, and to other branches: at once where that is quick, else step by step."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QObject, Signal

from neurosim.document.document import Document
from neurosim.document.history import History
from neurosim.document.visit import Visit
from neurosim.training.dividing import visit_end, visit_inside
from neurosim.training.evaluations import LONG_WORK, products
from neurosim.training.lanes import Lane, lanes_beside
from neurosim.training.replay import Replay
from neurosim.training.track import Place, Track, end_of
from neurosim.training.trajectory import TrainingRecord, Trajectory
from neurosim.training.worker import Worker

SLICE = 0.005
"""Seconds of a frame in which steps may be taken again; the rest belongs to evaluating and painting."""


class Timeline(QObject):
    """Owns the place that is wanted and the replay that leads there. The document shows what has been reached.

    Looking around changes nothing: the document *visits* the place (see ``Document.visit``), and settles there only
    when something is done from it. A place inside a run is reached by taking steps again from the nearest state that
    was kept. What takes longer than a slice of a frame goes on in the next ones; until then the document shows the
    state reached so far, a true state of the run with its own step number, and ``pending`` says what is still to come.

    Signals:
        changed(): another place is wanted, the way there takes more than one frame, or it has been gone; or a hand
            took hold, or let go.
    """

    changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._wanted: Place | None = None
        self._replay: tuple[Trajectory, Replay] | None = None
        self._worker: Worker[None] = Worker("neurosim-replay")
        self._moving = False
        self._on_the_way = False
        self._held = False
        self._track: tuple[tuple[History, int, int], Track] | None = None
        self._lanes: tuple[Hashable, tuple[Lane, ...]] | None = None
        document.state_changed.connect(self._something_done)
        document.history_changed.connect(self._something_done)
        document.was_reset.connect(self._something_done)

    # -- asking ----------------------------------------------------------------------------------------------------

    @property
    def track(self) -> Track:
        """The present branch, from its start to where redo leads in the end."""
        history, tail = self._document.history, self._unrecorded()
        key = (history, history.version, tail)
        if self._track is None or self._track[0] != key:
            self._track = (key, self._grown(tail) or Track(history.branch() if tail else history.line(), tail))
        return self._track[1]

    def _grown(self, tail: int) -> Track | None:
        """The track known before, with what has come since; ``None`` where it is another one.

        A run that goes on grows a branch of its own: what redo would have led to lies beside it.
        """
        if self._track is None:
            return None
        (history, version, known_tail), track = self._track
        head = self._document.history.head
        if history is not self._document.history or track.root is not history.root:
            return None
        if version == history.version and tail and known_tail:
            return track.with_tail(tail)
        if version == history.version - 1 and not tail and head.parent is track.end and not head.children:
            return track.with_entry(head)
        return None

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """The other branches, the newest first."""
        history, running = self._document.history, bool(self._unrecorded())
        key = (history, history.version, running)
        if self._lanes is None or self._lanes[0] != key:
            line = history.branch() if running else history.line()
            self._lanes = (key, tuple(lanes_beside(history, line)))
        return self._lanes[1]

    @property
    def place(self) -> Place:
        """The place whose state the document shows (or, during a run, the last one that is recorded)."""
        visit = self._document.visited
        return end_of(self._document.history.head) if visit is None else Place(visit.entry, visit.done)

    @property
    def index(self) -> int:
        """The index of the place shown; during a run that of its newest step, beyond the last place."""
        found = self.track.index_of(self.place)
        return (self.track.last if found is None else found) + self._unrecorded()

    @property
    def pending(self) -> Place | None:
        """The place that is wanted and has not been reached yet; ``None`` when the document shows what is wanted."""
        return self._wanted

    @property
    def on_the_way(self) -> bool:
        """Whether a slice of time did not suffice to get there, and the state shown is one before it."""
        return self._wanted is not None and self._on_the_way

    @property
    def pending_index(self) -> int:
        """The index of the place that is wanted; that of the place shown when nothing else is."""
        found = self.track.index_of(self._wanted) if self._wanted is not None else None
        return self.index if found is None else found

    @property
    def held(self) -> bool:
        """Whether a hand is moving through the places: what is only words may wait until it lets go."""
        return self._held

    def set_held(self, held: bool) -> None:
        """A hand has taken hold of the place that is shown, or lets go of it."""
        if held != self._held:
            self._held = held
            self.changed.emit()

    # -- going -----------------------------------------------------------------------------------------------------

    def want(self, index: int) -> None:
        """Go to the place *index* of the present branch (the nearest there is) with the next ``advance``.

        A run that goes on is ended first. Nothing of the history changes.
        """
        if self._unrecorded():
            self._visit(visit_end(self._document.history.head))  # ends the run, and records it
        place = self.track.place_at(index)
        wanted = None if place == self.place else place
        if wanted != self._wanted:
            self._set_wanted(wanted)

    def go(self, index: int) -> None:
        """Go to the place *index* of the present branch and be there, however long it takes."""
        self.want(index)
        while self.advance(SLICE, wait=True):
            pass

    def go_to_branch(self, lane: Lane, place: Place | None = None) -> None:
        """Make another branch the present one; stand at *place* on it, or at its end."""
        self._document.go_to(lane.tip)
        if place is not None:
            found = self.track.index_of(place)
            if found is not None:
                self.want(found)

    def advance(self, seconds: float = SLICE, wait: bool = False) -> bool:
        """Move towards the wanted place for about *seconds* at most; whether there is more to do.

        *wait*: also wait for what is worked out in the thread, instead of taking it when it is there.
        """
        place = self._wanted
        if place is None:
            return False
        record = place.entry.record
        if place.at_end or not isinstance(record, TrainingRecord) or record.trajectory is None:
            self._visit(visit_end(place.entry))
            self._set_wanted(None)
            return False
        if self._worker.busy:
            if not (wait or self._worker.ready):
                return True
            self._worker.take()
        trajectory = record.trajectory
        replay = self._replay_to(place, trajectory)
        if products(trajectory.start) <= LONG_WORK:
            replay.advance(seconds)
            self._show(place, trajectory, replay)
        else:
            self._show(place, trajectory, replay)
            if not replay.finished:
                self._worker.submit(lambda: replay.advance(seconds))
        if self._wanted is not None and not self._on_the_way:
            self._on_the_way = True
            self.changed.emit()
        return self._wanted is not None

    def close(self) -> None:
        """End the thread, if there is one."""
        self._worker.close()

    # -- helpers ---------------------------------------------------------------------------------------------------

    def _unrecorded(self) -> int:
        """How many steps of a run are not in the history yet."""
        if self._document.visited is not None:
            return 0
        return self._document.state.training.step - self._document.history.head.state.training.step

    def _replay_to(self, place: Place, trajectory: Trajectory) -> Replay:
        """The replay that is under way where it leads there soonest, else another."""
        if self._replay is not None:
            known, replay = self._replay
            if known is trajectory and trajectory.nearest_done(place.done) <= replay.done <= place.done:
                replay.goal = place.done
                return replay
        self._replay = (trajectory, trajectory.replay(place.done))
        return self._replay[1]

    def _show(self, place: Place, trajectory: Trajectory, replay: Replay) -> None:
        """Let the document show what has been reached."""
        if trajectory.keep(replay):
            self._document.history.weigh(place.entry)
        shown, reached = self._document.visited, Place(place.entry, replay.done)
        if shown is None or Place(shown.entry, shown.done) != reached:
            if replay.done:
                self._visit(visit_inside(place.entry, replay.done, replay.state, replay.log))
            elif place.entry.parent is not None:
                self._visit(visit_end(place.entry.parent))
        if replay.finished:
            self._set_wanted(None)

    def _visit(self, visit: Visit) -> None:
        self._moving = True
        try:
            self._document.visit(visit)
        finally:
            self._moving = False

    def _set_wanted(self, place: Place | None) -> None:
        self._wanted = place
        self._on_the_way = False
        if self._worker.busy:
            self._worker.abandon()  # it still uses its replay
            self._replay = None
        self.changed.emit()

    def _something_done(self, *_: object) -> None:
        """What is done elsewhere goes on from the state that is shown; the way to another place ends."""
        if not self._moving and self._wanted is not None:
            self._set_wanted(None)
