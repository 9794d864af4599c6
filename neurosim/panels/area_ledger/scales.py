"""How large squares and bar are drawn: two scales that keep every area, and that stay while they do."""

from __future__ import annotations

import math

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.records import dataclass, replace

SLACK = 1.12
"""The scale of a bar that is newly fitted ends so many times as far as the bar: a point can be dragged on."""
SMALLEST_BAR = 0.06
"""Scales are kept until the bar takes less than this part of its room, or the largest square less than a line."""
TRIES = 24
LARGEST_UNIT = 52.0
"""There is room for a unit of so many pixels, at 100 %."""


@dataclass(frozen=True)
class Room:
    """The pixels that there are.

    Attributes:
        width: for the bar.
        own: for pieces that stand on their own, side by side.
        height: for all lines of them together.
        line: what each further line of squares needs besides, for the numbers of its rows.
        thin, thick: how thick the bar may be, at least and at most.
        gap: between two squares, at least.
    """

    width: float
    own: float
    height: float
    line: float
    thin: float
    thick: float
    gap: float


@dataclass(frozen=True)
class Scales:
    """Pixels for 1.

    Attributes:
        side: for the side of a square, or the height of a bar of its own.
        bar: for 1 in the bar that they are laid into.
        thick: how thick that bar is; of squares each keeps its area in it.
        breaks: with which piece each line of squares begins.
    """

    side: float
    bar: float
    thick: float
    breaks: tuple[int, ...] = (0,)


def fitted(sides: FloatArray, labels: FloatArray, total: float, room: Room, *, squares: bool) -> Scales:
    """Scales at which everything fits.

    Args:
        sides: (m,): the sides of the squares, or the heights of the bars.
        labels: (m,): the least pixels that each takes, for its number.
        total: what all add up to.
        room: the pixels that there are.
        squares: whether they are squares, whose areas the bar keeps.
    """
    bar = room.width / (total * SLACK) if total > 0 else 1.0
    largest = float(sides.max(initial=0.0))
    if largest <= 0:
        return Scales(room.height, bar, room.thin)
    side = room.height / largest
    if not squares:
        return Scales(side, bar, min(max(room.thick / 2, room.thin), 4.5 * room.thin))
    if not _fits(side, sides, labels, room, lines_of(side, sides, labels, room)):
        low, high = 0.0, side
        for _ in range(TRIES):
            middle = (low + high) / 2
            fits = _fits(middle, sides, labels, room, lines_of(middle, sides, labels, room))
            low, high = (middle, high) if fits else (low, middle)
        side = max(low, 1e-9)
    if side * side / bar > room.thick:
        side = math.sqrt(room.thick * bar)
    elif side * side / bar < room.thin:
        bar = side * side / room.thin
    return Scales(side, bar, side * side / bar, lines_of(side, sides, labels, room))


def kept(
    scales: Scales, sides: FloatArray, labels: FloatArray, total: float, room: Room, *, squares: bool, held: bool
) -> Scales | None:
    """*scales*, if they still serve; ``None`` when new ones are wanted.

    Under a hand (*held*) they are kept in any case, but for squares that would grow out of their room.
    """
    largest = float(sides.max(initial=0.0))
    fits = largest * scales.side <= room.height + 0.5
    if squares:
        fits &= _fits(scales.side, sides, labels, room, scales.breaks)
    if held:
        return scales if fits else None
    seen = largest * scales.side >= room.line or largest <= 0
    seen &= total * scales.bar >= SMALLEST_BAR * room.width or total <= 0
    within = total * scales.bar <= room.width and room.thin - 0.5 <= scales.thick <= room.thick + 0.5
    return scales if fits and seen and within else None


def shrunk(scales: Scales, sides: FloatArray, labels: FloatArray, room: Room, *, squares: bool) -> Scales:
    """*scales* with squares that fit again, on the same scale of the bar: what outgrows that one is broken off."""
    low, high = 0.0, scales.side
    for _ in range(TRIES):
        middle = (low + high) / 2
        fits = float(sides.max(initial=0.0)) * middle <= room.height
        if squares:
            fits &= _fits(middle, sides, labels, room, scales.breaks)
        low, high = (middle, high) if fits else (low, middle)
    return replace(scales, side=low, thick=low * low / scales.bar if squares else scales.thick)


def lines_of(side: float, sides: FloatArray, labels: FloatArray, room: Room) -> tuple[int, ...]:
    """With which square each line begins when as many as possible stand side by side."""
    widths = np.maximum(sides * side, labels).tolist()
    breaks, taken = [0], 0.0
    for place, width in enumerate(widths):
        if place and taken + room.gap + width > room.own + 0.5:
            breaks.append(place)
            taken = width
        else:
            taken += width + (room.gap if place else 0.0)
    return tuple(breaks)


def unit_of(side: float, zoom: float, *, squares: bool) -> float:
    """A round area (or height) for the legend: 1 where it can be seen and has room, else of some 10 to 24 pixels."""
    side = max(side, 1e-12)
    if 8.0 * zoom <= side <= LARGEST_UNIT * zoom:
        return 1.0
    wanted = 24.0 * zoom / side
    least = wanted * wanted if squares else wanted
    decade = 10.0 ** math.floor(math.log10(least))
    return max(step * decade for step in (1.0, 2.0, 5.0) if step * decade <= least * (1 + 1e-9))


def _fits(side: float, sides: FloatArray, labels: FloatArray, room: Room, breaks: tuple[int, ...]) -> bool:
    """Whether lines of squares that begin at *breaks* have room."""
    if not sides.size:
        return True
    starts = np.array(breaks)
    height = float(np.maximum.reduceat(sides, starts).sum()) * side + room.line * (len(breaks) - 1)
    counts = np.diff(np.append(starts, sides.size))
    widths = np.add.reduceat(np.maximum(sides * side, labels), starts) + room.gap * (counts - 1)
    return height <= room.height + 0.5 and float(widths.max()) <= room.own + 1.0
