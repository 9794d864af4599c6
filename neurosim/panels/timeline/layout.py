"""What stands where in the timeline's widget: the rows, the lanes that have room, and what is under a pixel."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize

from neurosim.panels.timeline.geometry import Geometry
from neurosim.panels.timeline.painting import Rows, name_box
from neurosim.training.lanes import Lane
from neurosim.training.track import Place, Track
from neurosim.widgets.theme import theme

LANES = 4
"""So many of the other branches are drawn, the newest; the others are counted."""

NAMES, TRACK, NUMBERS, LANE, MORE = 20, 28, 20, 26, 20
"""Heights of the rows at 100 %."""

EDGE, EDIT = 20, 14
"""Pixels at both ends of the track, and the width of an edit, at 100 %."""


class TrackLayout:
    """Where everything is in a widget of a certain size.

    Attributes:
        geometry: the places across.
        rows: the heights.
        hidden: how many branches there is no room for.
        below: the height from which on there are lanes.
        named: whether there is room over the track for the names of edits.
        counted: whether there is room under it to say how many branches are hidden.
    """

    def __init__(self, track: Track, lanes: Sequence[Lane], size: QSize) -> None:
        px = theme().px
        spare = size.height() - px(TRACK) - px(NUMBERS)
        self.named = spare >= px(NAMES)
        # A low track stands in the middle of what there is.
        over = px(NAMES) if self.named else max(spare, 0) / 2
        self.below = over + px(TRACK) + px(NUMBERS)
        shown = _room_for_lanes(len(lanes), size.height() - self.below)
        self.hidden = len(lanes) - shown
        self.counted = size.height() - self.below - shown * px(LANE) >= px(MORE)
        self.width = size.width()
        right = max(px(EDGE) + 1.0, size.width() - px(EDGE))
        self.geometry = Geometry(track, lanes[:shown], px(EDGE), right, px(EDIT))
        self.rows = Rows(
            names=px(NAMES) / 2 if self.named else None,
            track=over + px(TRACK) / 2,
            numbers=over + px(TRACK) + px(NUMBERS) / 2,
            lanes=tuple(self.below + px(LANE) * (number + 0.72) for number in range(shown)),
            more=self.below + px(LANE) * shown + px(MORE) / 2,
        )

    @property
    def names_end(self) -> float:
        """Where the names of edits and lanes have to end."""
        return self.width - theme().px(8)

    def lane_at(self, place: QPointF) -> int | None:
        """The lane whose line or name is under a pixel."""
        number = int((place.y() - self.below) // theme().px(LANE))
        if place.y() < self.below or number >= len(self.geometry.lanes):
            return None
        found = self.geometry.lanes[number]
        margin = theme().px(12)
        name = name_box(found, self.rows.lanes[number], theme(), self.names_end)
        left = min(found.spans.left, name.left()) - margin
        right = max(found.spans.right, name.right()) + margin
        return number if left <= place.x() <= right else None

    def place_on_lane(self, number: int, x: float) -> Place | None:
        """The place of a lane under a pixel; ``None`` (its end) beyond its line, and at its fork."""
        spans = self.geometry.lanes[number].spans
        index = spans.index_at(x)
        return None if index in (0, spans.track.last) else spans.track.place_at(index)


def wanted_height(lanes: int) -> int:
    """The height of the track with its names and so many lanes."""
    px = theme().px
    return px(NAMES) + px(TRACK) + px(NUMBERS) + lanes * px(LANE)


def least_height() -> int:
    """The height of the track and its numbers alone."""
    px = theme().px
    return px(TRACK) + px(NUMBERS)


def _room_for_lanes(count: int, height: float) -> int:
    px = theme().px
    shown = min(LANES, count, max(0, int(height // px(LANE))))
    if shown < count:
        shown = min(shown, max(0, int((height - px(MORE)) // px(LANE))))
    return shown
