"""Where the places of the timeline are: training steps share one scale, an edit takes a small fixed width."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from neurosim.records import dataclass
from neurosim.training.lanes import Lane
from neurosim.training.track import Stretch, Track

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
    """The pixels of one track, from *left* on."""

    def __init__(self, track: Track, left: float, edit: float, step: float) -> None:
        self.track = track
        self.left = left
        self._step = step
        self._firsts = [stretch.first for stretch in track.stretches]
        self._starts = [left]
        for stretch in track.stretches:
            self._starts.append(self._starts[-1] + _edits(stretch) * edit + stretch.steps * step)
        self.right = self._starts[-1] + track.tail * step

    def across(self, index: int) -> float:
        """The pixel of the place *index*; beyond the last one those of steps that are not recorded yet."""
        if index > self.track.last:
            return self._starts[-1] + (index - self.track.last) * self._step
        number = bisect_right(self._firsts, index) - 1
        if number < 0:
            return self.left
        begin, end = self._starts[number], self._starts[number + 1]
        stretch = self.track.stretches[number]
        return begin + (end - begin) * (index - stretch.first + 1) / stretch.places

    def index_at(self, x: float) -> int:
        """The place nearest to a pixel."""
        if x >= self._starts[-1]:
            tail = round((x - self._starts[-1]) / self._step) if self._step > 0 else 0
            return self.track.last + min(tail, self.track.tail)
        number = bisect_right(self._starts, x) - 1
        if number < 0:
            return 0
        stretch, begin, end = self.track.stretches[number], self._starts[number], self._starts[number + 1]
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
        # Edits and steps up to each entry that something may fork from, and its row.
        known: dict[int, tuple[int, int, int]] = {track.root.id: (0, 0, MAIN)}
        ends = [_measure(track, known, MAIN)]
        ends += [_measure(own, known, row) for row, own in enumerate(tracks)]
        ends[0] = (ends[0][0], ends[0][1] + track.tail)
        width = max(1.0, right - left)
        most_edits = max(edits for edits, _ in ends)
        self.edit = min(edit, EDITS_SHARE * width / most_edits) if most_edits else edit
        self.step = min((width - edits * self.edit) / room_for(steps) for edits, steps in ends)
        self.main = Spans(track, left, self.edit, self.step)
        found: list[LaneSpans] = []
        for lane, own in zip(lanes, tracks, strict=True):
            edits, steps, row = known[lane.fork.id]
            begin = left + edits * self.edit + steps * self.step
            found.append(LaneSpans(lane, Spans(own, begin, self.edit, self.step), row))
        self.lanes: tuple[LaneSpans, ...] = tuple(found)


def _edits(stretch: Stretch) -> int:
    return 1 if stretch.entry.kind == "edit" else 0


def _measure(track: Track, known: dict[int, tuple[int, int, int]], row: int) -> tuple[int, int]:
    edits, steps, _ = known[track.root.id]
    for stretch in track.stretches:
        edits, steps = edits + _edits(stretch), steps + stretch.steps
        known[stretch.entry.id] = (edits, steps, row)
    return edits, steps
