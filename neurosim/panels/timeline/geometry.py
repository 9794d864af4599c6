"""Where the places of the timeline are: training steps share one scale, an edit takes a small fixed width."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from neurosim.document.history import Entry
from neurosim.records import dataclass
from neurosim.training.lanes import Lane
from neurosim.training.track import Track

EDITS_SHARE = 0.5
"""Edits take at most this part of the width, so that there is always room for steps."""

MAIN = -1
"""The row of the present branch; lanes count from 0."""


def room_for(steps: int) -> int:
    """For how many steps there is room: 10, 15, 20, 30, 40, ..., so that a growing track slides rarely."""
    room = 10
    while room < steps:
        room *= 2
    return room * 3 // 4 if room > 10 and steps <= room * 3 // 4 else room


class Spans:
    """The pixels of one track, from *left* on.

    Attributes:
        starts: where each stretch begins, and where the last one ends.
        right: the end, with what is not recorded yet.
    """

    def __init__(self, track: Track, left: float, edit: float, step: float) -> None:
        self.track = track
        self.left = left
        self._step = step
        pairs = zip(track.edits, track.training, strict=True)
        self.starts = [left + edits * edit + steps * step for edits, steps in pairs]
        self.right = self.starts[-1] + track.tail * step

    def across(self, index: int) -> float:
        """The pixel of the place *index*; beyond the last one those of steps that are not recorded yet."""
        if index > self.track.last:
            return self.starts[-1] + (index - self.track.last) * self._step
        number = bisect_right(self.track.firsts, index) - 1
        if number < 0:
            return self.left
        begin, end = self.starts[number], self.starts[number + 1]
        stretch = self.track.stretches[number]
        return begin + (end - begin) * (index - stretch.first + 1) / stretch.places

    def index_at(self, x: float) -> int:
        """The place nearest to a pixel."""
        if x >= self.starts[-1]:
            tail = round((x - self.starts[-1]) / self._step) if self._step > 0 else 0
            return self.track.last + min(tail, self.track.tail)
        number = bisect_right(self.starts, x) - 1
        if number < 0:
            return 0
        stretch, begin, end = self.track.stretches[number], self.starts[number], self.starts[number + 1]
        return stretch.first - 1 + round((x - begin) / (end - begin) * stretch.places)


@dataclass(frozen=True)
class LaneSpans:
    """A lane on the screen: its own track starts at its fork, which lies in the row *fork_row*."""

    lane: Lane
    spans: Spans
    fork_row: int


class Geometry:
    """The present branch and some lanes under it, between the pixels *left* and *right*, on one scale.

    Attributes:
        step: the width of a training step.
        edit: the width of an edit.
    """

    def __init__(self, track: Track, lanes: Sequence[Lane], left: float, right: float, edit: float) -> None:
        tracks = [Track([lane.fork, *lane.entries]) for lane in lanes]
        forks = [_before(lane.fork, track, tracks[:row]) for row, lane in enumerate(lanes)]
        ends = [(track.edits[-1], track.training[-1] + track.tail)]
        ends += [
            (edits + own.edits[-1], steps + own.training[-1])
            for own, (edits, steps, _) in zip(tracks, forks, strict=True)
        ]
        width = max(1.0, right - left)
        most_edits = max(edits for edits, _ in ends)
        self.edit = min(edit, EDITS_SHARE * width / most_edits) if most_edits else edit
        self.step = min((width - edits * self.edit) / room_for(steps) for edits, steps in ends)
        self.main = Spans(track, left, self.edit, self.step)
        found: list[LaneSpans] = []
        for lane, own, (edits, steps, row) in zip(lanes, tracks, forks, strict=True):
            begin = left + edits * self.edit + steps * self.step
            found.append(LaneSpans(lane, Spans(own, begin, self.edit, self.step), row))
        self.lanes: tuple[LaneSpans, ...] = tuple(found)


def _before(fork: Entry, main: Track, tracks: Sequence[Track]) -> tuple[int, int, int]:
    """Edits and steps from the start up to the end of *fork*, and the row that it is on."""
    number = main.number_of(fork)
    if number is not None:
        return main.edits[number + 1], main.training[number + 1], MAIN
    for row, own in enumerate(tracks):
        number = own.number_of(fork)
        if number is not None:
            edits, steps, _ = _before(own.root, main, tracks[:row])
            return edits + own.edits[number + 1], steps + own.training[number + 1], row
    raise ValueError("a lane starts on the track or on a lane before it")
