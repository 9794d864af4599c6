"""Where nodes stand while a class looks on: as near to each other as their words and the numbers on their edges allow.

The document's places stay as they are; the order from left to right and from top to bottom is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF

from neurosim.records import dataclass

COLUMN = 48.0
"""Nodes whose places differ by less than this from left to right stand in one column."""
AIR = 12.0
ARRIVING = 34.0
"""Beside the number on an edge: its port, a piece of line and its arrow."""


@dataclass(frozen=True)
class Span:
    """An edge from *source* to *target* with a number *wide* and *high* on it; 0 when there is none."""

    source: str
    target: str
    wide: float = 0.0
    high: float = 0.0


def stage_places(
    places: Mapping[str, QPointF], rooms: Mapping[str, QRectF], spans: Iterable[Span]
) -> dict[str, QPointF]:
    """The place of each node; *rooms* are their extents around their own places, in the same unit."""
    spans = [span for span in spans if span.source in places and span.target in places]
    columns = _columns(places)
    column_of = {key: i for i, column in enumerate(columns) for key in column}
    x = [0.0]
    for i, (left, right) in enumerate(pairwise(columns)):
        between = [span for span in spans if column_of[span.source] <= i < column_of[span.target]]
        near = [span for span in between if column_of[span.target] - column_of[span.source] == 1] or between
        wide = max((span.wide for span in near), default=0.0)
        reach = max(rooms[key].right() for key in left) - min(rooms[key].left() for key in right)
        x.append(x[-1] + reach + wide + ARRIVING)
    share = _height_share(places, rooms, spans, columns)
    return {key: QPointF(x[column_of[key]], place.y() * share) for key, place in places.items()}


def _columns(places: Mapping[str, QPointF]) -> list[list[str]]:
    columns: list[list[str]] = []
    last = 0.0
    for key in sorted(places, key=lambda key: places[key].x()):
        if columns and places[key].x() - last < COLUMN:
            columns[-1].append(key)
        else:
            columns.append([key])
            last = places[key].x()
    return columns


def _height_share(
    places: Mapping[str, QPointF], rooms: Mapping[str, QRectF], spans: list[Span], columns: list[list[str]]
) -> float:
    """The factor for the distances from top to bottom at which nothing in a column covers anything else."""
    share = 0.0
    for column in columns:
        ordered = sorted(column, key=lambda key: places[key].y())
        high = max((span.high for span in spans if span.source in column), default=0.0)
        targets = {span.target for span in spans if span.source in column and span.high}
        # Numbers on edges that run together towards one node need more height where the edges begin.
        needed = high * (1.5 if len(targets) <= 1 else 1.2)
        for above, below in pairwise(ordered):
            gap = places[below].y() - places[above].y()
            room = rooms[above].bottom() - rooms[below].top() + AIR
            if gap > 1.0:
                share = max(share, max(room, needed) / gap)
    return share or 1.0
