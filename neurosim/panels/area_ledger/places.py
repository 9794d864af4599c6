"""Where everything stands: the pieces as squares, as parts of the bar, and anywhere between."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from neurosim.engine.dataset import FloatArray
from neurosim.panels.area_ledger.pieces import Ledger
from neurosim.panels.area_ledger.scales import Room, Scales
from neurosim.records import dataclass

WIDEST = 5.0
"""The widest gap between two pieces on their own, in smallest gaps."""


@dataclass(frozen=True, eq=False)
class Places:
    """All rectangles in pixels.

    Attributes:
        ledger: what they stand for.
        scales: how large.
        left, right: where the bar begins, and where its scale ends.
        floor: the height on which the bar stands.
        squares_left, squares_width, heights, floors: (m,): each piece on its own.
        bar_left, bar_width: (m,): each piece in the bar.
    """

    ledger: Ledger
    scales: Scales
    left: float
    right: float
    floor: float
    squares_left: FloatArray
    squares_width: FloatArray
    heights: FloatArray
    floors: FloatArray
    bar_left: FloatArray
    bar_width: FloatArray

    @property
    def bar_top(self) -> float:
        """The upper edge of the bar."""
        return self.floor - self.scales.thick

    @property
    def total(self) -> float:
        """How long the whole bar is, in pixels, be there room for it or not."""
        return float(self.ledger.total) * self.scales.bar

    @property
    def broken(self) -> bool:
        """Whether the bar is longer than its scale."""
        return self.left + self.total > self.right + 0.5

    @property
    def end(self) -> float:
        """Where the drawn bar ends."""
        return min(self.left + self.total, self.right)

    @property
    def rest(self) -> QRectF:
        """The part of the bar that stands for the pieces that are not shown."""
        width = float(self.ledger.rest) * self.scales.bar
        return self._within(self.left + float(self.bar_width.sum()), width)

    @property
    def part(self) -> float:
        """How long one of the equal parts is into which the bar is cut."""
        return self.total / parts_of(self.ledger)

    @property
    def kept(self) -> QRectF:
        """The part of the bar that the convention calls the loss."""
        return self._within(self.left, self.total * float(self.ledger.factor))

    def rect(self, place: int, progress: float) -> QRectF:
        """A piece on its way from its own place (0) into the bar (1)."""
        own = QRectF(
            float(self.squares_left[place]),
            float(self.floors[place]) - float(self.heights[place]),
            float(self.squares_width[place]),
            float(self.heights[place]),
        )
        if progress <= 0:
            return own
        inside = self._within(float(self.bar_left[place]), float(self.bar_width[place]))
        if progress >= 1:
            return inside
        return QRectF(
            own.left() + (inside.left() - own.left()) * progress,
            own.top() + (inside.top() - own.top()) * progress,
            own.width() + (inside.width() - own.width()) * progress,
            own.height() + (inside.height() - own.height()) * progress,
        )

    def at(self, pixel: QPointF, progress: float, reach: float) -> int | None:
        """The piece under a pixel; those of no size, and a column *reach* wide around narrow ones, can be hit too."""
        found: int | None = None
        nearest = reach / 2
        for place in range(self.ledger.rows.size):
            rect = self.rect(place, progress)
            if rect.contains(pixel):
                return place
            away = abs(pixel.x() - rect.center().x()) - rect.width() / 2
            if away <= nearest and rect.width() < reach and rect.top() - reach <= pixel.y() <= rect.bottom() + reach:
                found, nearest = place, max(away, 0.0)
        return found

    def _within(self, left: float, width: float) -> QRectF:
        """A part of the bar, as far as its scale goes."""
        start = min(left, self.right)
        return QRectF(start, self.bar_top, max(min(left + width, self.right) - start, 0.0), self.scales.thick)


def parts_of(ledger: Ledger) -> int:
    """Into how many equal parts the bar is cut: one for each row, two for a half, one for the sum itself."""
    if ledger.reduction in ("mean", "half_mean"):
        return ledger.n
    return 2 if ledger.reduction == "half_sum" else 1


def places_of(
    ledger: Ledger, scales: Scales, labels: FloatArray, room: Room, ends: tuple[float, float], floor: float
) -> Places:
    """Put every piece in its place.

    Args:
        ledger: the pieces.
        scales: how large they are.
        labels: (m,): the least pixels that each takes when it stands on its own.
        room: the pixels that there are.
        ends: of the bar's scale, left and right.
        floor: the height on which the bar stands, and the last line of squares.
    """
    heights = ledger.sides * scales.side
    count = heights.size
    widths = heights if ledger.squares else np.full(count, _bar_width(count, room))
    slots = np.maximum(widths, labels)
    own, floors = np.zeros(count), np.full(count, floor)
    stops = (*scales.breaks[1:], count)
    for start, stop in zip(scales.breaks, stops, strict=True):
        line = slice(start, stop)
        free = (room.own - float(slots[line].sum())) / max(stop - start, 1)
        gap = min(max(free, room.gap), WIDEST * room.gap)
        own[line] = ends[0] + np.concatenate(([0.0], np.cumsum(slots[line] + gap)[:-1]))
        # What stands under a line: the numbers of its rows, and the squares of the lines that follow.
        below = [
            heights[a:b].max(initial=0.0) + room.line for a, b in zip(scales.breaks, stops, strict=True) if a > start
        ]
        floors[line] = floor - float(sum(below))
    own += (slots - widths) / 2
    lengths = ledger.losses * scales.bar
    inside = ends[0] + np.concatenate(([0.0], np.cumsum(lengths)[:-1]))
    return Places(ledger, scales, *ends, floor, own, widths, heights, floors, inside, lengths)


def _bar_width(count: int, room: Room) -> float:
    return min(max(room.own / max(count, 1) - room.gap, 2.0), 1.5 * WIDEST * room.gap)
