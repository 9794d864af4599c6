"""A branch of the history as a row of places, one after each training step and after each edit."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from neurosim.document.history import Entry
from neurosim.records import dataclass
from neurosim.training.trajectory import TrainingRecord


@dataclass(frozen=True)
class Place:
    """The state after ``done`` training steps of ``entry``; all of them (of an edit: none) is the state it led to."""

    entry: Entry
    done: int

    @property
    def at_end(self) -> bool:
        """Whether it is the state that the entry led to."""
        return self.done == end_of(self.entry).done

    @property
    def step(self) -> int:
        """How many training steps had been taken there."""
        return self.entry.state.training.step - (end_of(self.entry).done - self.done)


def end_of(entry: Entry) -> Place:
    """The place where *entry* ends."""
    record = entry.record
    return Place(entry, record.steps if isinstance(record, TrainingRecord) else 0)


@dataclass(frozen=True)
class Stretch:
    """What one entry covers of a track.

    Attributes:
        first: the index of its first place.
        places: how many places it has: one for each training step, one for an edit; and one for training that took
            place during an edit, of which only the end is kept.
        steps: how many training steps were taken in it.
    """

    entry: Entry
    first: int
    places: int
    steps: int

    @property
    def last(self) -> int:
        """The index of its last place."""
        return self.first + self.places - 1


class Track:
    """Owns the stretches of a branch, and finds places by index and indices by place. Index 0 is the start.

    ``tail`` counts the steps of a run that goes on and is no entry yet: places beyond ``last`` that nobody can visit
    before the run has been recorded.
    """

    def __init__(self, line: Sequence[Entry], tail: int = 0) -> None:
        self.root = line[0]
        self.tail = tail
        found: list[Stretch] = []
        index = 1
        for entry in line[1:]:
            record = entry.record
            steps = record.steps if isinstance(record, TrainingRecord) else 0
            parted = steps == 1 or (isinstance(record, TrainingRecord) and record.trajectory is not None)
            places = steps if parted and entry.kind != "edit" else 1
            found.append(Stretch(entry, index, places, steps))
            index += places
        self.stretches: tuple[Stretch, ...] = tuple(found)
        self.last = index - 1
        self._firsts = [stretch.first for stretch in found]
        self._by_entry = {stretch.entry.id: stretch for stretch in found}

    @property
    def steps(self) -> int:
        """How many training steps the track covers."""
        return sum(stretch.steps for stretch in self.stretches) + self.tail

    def stretch_at(self, index: int) -> Stretch | None:
        """The stretch to which the place *index* belongs; ``None`` at the start."""
        return self.stretches[bisect_right(self._firsts, index) - 1] if index > 0 and self.stretches else None

    def place_at(self, index: int) -> Place:
        """The place *index*; the nearest one where there is none."""
        index = min(max(index, 0), self.last)
        stretch = self.stretch_at(index)
        if stretch is None:
            return Place(self.root, 0)
        if stretch.places == 1:
            return end_of(stretch.entry)
        return Place(stretch.entry, index - stretch.first + 1)

    def index_of(self, place: Place) -> int | None:
        """Where a place is; ``None`` when it is not on this track."""
        if place.entry is self.root:
            return 0
        stretch = self._by_entry.get(place.entry.id)
        if stretch is None or stretch.entry is not place.entry:
            return None
        return stretch.last if stretch.places == 1 else stretch.first + max(place.done, 1) - 1

    def entry_before(self, index: int) -> int:
        """The end of the entry before the place *index*: the nearest one that is left of it."""
        stretch = self.stretch_at(index)
        return 0 if stretch is None else stretch.first - 1

    def entry_after(self, index: int) -> int:
        """The end of the entry that lies right of the place *index*, or passes through it."""
        stretch = self.stretch_at(index + 1) if index < self.last else None
        return self.last if stretch is None else stretch.last
