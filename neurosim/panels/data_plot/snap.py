"""Where a dragged point comes to rest: exact multiples of a unit that suits the axis."""

from __future__ import annotations

import math
from fractions import Fraction

from neurosim.numbers.exact import Number

HALF = Fraction(1, 2)
FINE = Fraction(1, 10)
"""With Shift a point moves by this part of the unit."""


def snap_unit(span: float) -> Fraction:
    """The snap unit of an axis on which *span* data units are visible.

    1/2 on everyday ranges (4 to 40), as in the lecture; otherwise the largest of 1, 2, 5 times a power of ten that
    leaves at least 40 places to rest.
    """
    if not math.isfinite(span) or span <= 0 or 4 <= span <= 40:
        return HALF
    wanted = span / 40
    decade = Fraction(10) ** math.floor(math.log10(wanted))
    return max((decade * digit for digit in (1, 2, 5) if float(decade * digit) <= wanted), default=decade)


def snapped(value: float, unit: Fraction, start: Number | None = None) -> Number:
    """The exact multiple of *unit* nearest to *value*; *start* itself while *value* is nearer to it than half a unit.

    So a point that is dragged straight up keeps its x to the last digit, wherever it stood.
    """
    if start is not None and abs(value - float(start)) < float(unit) / 2:
        return start
    return round(Fraction(value) / unit) * unit


def nudged(value: Number, unit: Fraction, count: int) -> Number:
    """*value* moved by *count* units: exactly when it is exact."""
    if isinstance(value, Fraction):
        return value + unit * count
    return value + float(unit * count)


def nearest_of(value: float, allowed: tuple[Number, ...]) -> Number:
    """The one of *allowed* that is nearest to *value*."""
    return min(allowed, key=lambda choice: abs(float(choice) - value))
