"""Which part of the plane is visible at first: start, dot and minimum, with the same scale in both directions."""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction

from neurosim.panels._frame import Frame, Range

MARGIN = 0.3
"""Room around what must be seen, as a part of its span."""
LEAST = 2.0
"""Without a known minimum at least so far is shown to either side of the dot."""
STRETCH = 6.0
"""Where equal scales would show so many times more than is wanted in a direction, the scales differ."""
LARGEST = 1e12
"""Parameters farther away from 0 are not put on a map."""
PLACES = 40
"""A dragged dot has at least so many places to rest along an axis."""

Place = tuple[float, float]


def fitted_ranges(seen: Iterable[Place], around: Place, reach: Place | None) -> tuple[Range, Range]:
    """The ranges that show all places *seen*, and with *reach* so far to either side of *around*."""
    places = [place for place in (*seen, around) if _is_on_a_map(place)]
    if reach is not None and _is_on_a_map(around):
        places += [(around[0] + sign * reach[0], around[1] + sign * reach[1]) for sign in (-1.0, 1.0)]
    if not places:
        return (-1.0, 1.0), (-1.0, 1.0)
    xs, ys = zip(*places, strict=True)
    spans = max(xs) - min(xs), max(ys) - min(ys)
    # Where there is but one value the other direction says how large the world is.
    least = max(spans) / 4 if max(spans) > 0 else 2.0
    margin = 0.0 if reach is not None else MARGIN
    return _around(xs, least, margin), _around(ys, least, margin)


def _is_on_a_map(place: Place) -> bool:
    return all(abs(value) <= LARGEST for value in place)


def is_near(place: Place, others: Iterable[Place]) -> bool:
    """Whether showing *place* besides *others* makes what is shown at most about twice as large."""
    xs, ys = zip(*others, strict=True)
    spans = max(xs) - min(xs), max(ys) - min(ys)
    outside = [max(min(values) - at, at - max(values), 0.0) for at, values in zip(place, (xs, ys), strict=True)]
    return all(out <= max(span, max(spans) / 4) for out, span in zip(outside, spans, strict=True))


def reach_around(dot: Place, step: Place | None) -> Place:
    """How far to either side of the dot the map goes where no minimum is known."""
    steps = step if step is not None else dot
    reach = [max(LEAST, 1.25 * abs(at), 3.0 * abs(end - at)) for at, end in zip(dot, steps, strict=True)]
    return min(reach[0], LARGEST), min(reach[1], LARGEST)


def evened(x: Range, y: Range, width: float, height: float) -> tuple[Range, Range]:
    """*x* and *y* widened so that both have the same scale on *width* x *height* pixels.

    Then the arrow is at right angles to the contour under the dot. Not where that would show ``STRETCH`` times more
    than is wanted: an arrow that cannot be seen has no angle.
    """
    if width < 2 or height < 2:
        return x, y
    across, up = (x[1] - x[0]) / width, (y[1] - y[0]) / height
    unit = max(across, up)
    if unit > STRETCH * min(across, up):
        return x, y
    return _widened(x, unit * width), _widened(y, unit * height)


def same_scale(last: Frame, width: float, height: float) -> tuple[Range, Range]:
    """What shows the same middle at the same scale as *last* on another number of pixels."""
    return _widened(last.x, width / last.x_scale), _widened(last.y, height / last.y_scale)


def is_even(frame: Frame) -> bool:
    """Whether both directions have the same scale."""
    return abs(math.log(frame.x_scale / frame.y_scale)) < 0.02


def snap_unit(span: float) -> Fraction:
    """Where a dot comes to rest: multiples of this, the largest of 1, 2, 5 times a power of ten that suits *span*."""
    wanted = span / PLACES * (1 + 1e-9)
    decade = Fraction(10) ** math.floor(math.log10(wanted))
    return max(decade * digit for digit in (1, 2, 5) if float(decade * digit) <= wanted)


def _around(values: tuple[float, ...], least: float, margin: float) -> Range:
    low, high = min(values), max(values)
    span = high - low
    if span <= 1e-6 * max(abs(low), abs(high)):
        span = max(least, 1e-6 * max(abs(low), abs(high)))
    middle = (low + high) / 2
    half = span * (0.5 + margin)
    return middle - half, middle + half


def _widened(wanted: Range, span: float) -> Range:
    middle = (wanted[0] + wanted[1]) / 2
    return middle - span / 2, middle + span / 2
