"""A branch of the history as a row of places, one after each training step and after each edit."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from copy import copy

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

    Attributes:
        stretches: what each entry covers, in their order.
        firsts: the index of each one's first place.
        edits, training: how many edits, and how many training steps, there are before each stretch, and in all.
    """

    def __init__(self, line: Sequence[Entry], tail: int = 0) -> None:
        self.root = line[0]
        self.tail = tail
        self.stretches: list[Stretch] = []
        self.firsts: list[int] = []
        self.edits, self.training = [0], [0]
        self.last = 0
        self._numbers: dict[int, int] = {}
        for entry in line[1:]:
            self._add(entry)

    def _add(self, entry: Entry) -> None:
        record = entry.record
        steps = record.steps if isinstance(record, TrainingRecord) else 0
        parted = steps == 1 or (isinstance(record, TrainingRecord) and record.trajectory is not None)
        edit = entry.kind == "edit"
        stretch = Stretch(entry, self.last + 1, steps if parted and not edit else 1, steps)
        self._numbers[entry.id] = len(self.stretches)
        self.stretches.append(stretch)
        self.firsts.append(stretch.first)
        self.edits.append(self.edits[-1] + edit)
        self.training.append(self.training[-1] + steps)
        self.last = stretch.last

    def with_entry(self, entry: Entry) -> Track:
        """The track that goes on with *entry* after its own last one; costs next to nothing, however long it is."""
        grown = copy(self)
        grown.tail = 0
        grown.stretches, grown.firsts = self.stretches.copy(), self.firsts.copy()
        grown.edits, grown.training = self.edits.copy(), self.training.copy()
        grown._numbers = self._numbers.copy()
        grown._add(entry)
        return grown

    def with_tail(self, tail: int) -> Track:
        """The same entries with another number of steps that are not recorded yet."""
        other = copy(self)
        other.tail = tail
        return other

    @property
    def end(self) -> Entry:
        """The entry with which the track ends."""
        return self.stretches[-1].entry if self.stretches else self.root

    @property
    def steps(self) -> int:
        """How many training steps the track covers."""
        return self.training[-1] + self.tail

    def number_of(self, entry: Entry) -> int | None:
        """Which of the stretches covers *entry*; -1 is the start, before the first one."""
        if entry is self.root:
            return -1
        number = self._numbers.get(entry.id)
        return number if number is not None and self.stretches[number].entry is entry else None

    def stretch_at(self, index: int) -> Stretch | None:
        """The stretch to which the place *index* belongs; ``None`` at the start."""
        return self.stretches[bisect_right(self.firsts, index) - 1] if index > 0 and self.stretches else None

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
        number = self.number_of(place.entry)
        if number is None or number < 0:
            return None if number is None else 0
        stretch = self.stretches[number]
        return stretch.last if stretch.places == 1 else stretch.first + max(place.done, 1) - 1

    def entry_before(self, index: int) -> int:
        """The end of the entry before the place *index*: the nearest one that is left of it."""
        stretch = self.stretch_at(index)
        return 0 if stretch is None else stretch.first - 1

    def entry_after(self, index: int) -> int:
        """The end of the entry that lies right of the place *index*, or passes through it."""
        stretch = self.stretch_at(index + 1) if index < self.last else None
        return self.last if stretch is None else stretch.last
