"""Plain decimals, many at once: read from the signs of a text by numpy, each the very float64 that ``float`` gives.

A cell is plain when it holds a sign or none, digits, and one decimal sign or none: ``-12.50``, but not ``1e5``, ``NA``
or ``1 000``. With at most 15 significant digits it is N / 10^k for whole numbers that a float64 holds exactly, so that
one division rounds correctly (W. Clinger, How to read floating point numbers accurately, 1990), and no other such
decimal is the same float64. Longer ones: ``csv_long``. What cannot be decided is no plain decimal here.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from neurosim.document.csv_long import long_decimals
from neurosim.engine.column import FloatArray
from neurosim.records import dataclass

_MOST_DIGITS = 21
"""More digits than these, zeros in front included, are no plain decimal here."""
_POWERS = np.array([float(10**power) for power in range(_MOST_DIGITS + 1)])
_HALF = 9
"""The last so many digits are summed apart, so that both sums are exact."""
_SHORT, _LONG = 1e6, 1e8
"""Numbers of at most 15 and 17 digits have a first sum below these."""
_MINUS, _PLUS, _ZERO = np.frombuffer(b"-+0", dtype=np.uint8)
_LEAST_IN_FULL = 1e-4
"""Smaller numbers are written as powers of ten."""


@dataclass(frozen=True, slots=True)
class PlainCells:
    """Cells that were read as plain decimals; all arrays have one shape.

    Attributes:
        values: float64, NaN where the cell is no plain decimal.
        places: how many digits stand behind the decimal sign.
        tidy: where a format with its places writes it like this: no plus, no zero too many in front, digits on both
            sides of a point.
        brief: where it is written as ``float_text`` does.
    """

    values: FloatArray
    places: NDArray[np.intp]
    tidy: NDArray[np.bool_]
    brief: NDArray[np.bool_]

    def shaped(self, n_columns: int) -> PlainCells:
        """The same as arrays (n_columns, n_rows), from cells that stand row by row."""
        shape = (-1, n_columns)
        return PlainCells(
            self.values.reshape(shape).T,
            self.places.reshape(shape).T,
            self.tidy.reshape(shape).T,
            self.brief.reshape(shape).T,
        )

    def column(self, index: int) -> PlainCells:
        """One column of shaped cells."""
        return PlainCells(self.values[index], self.places[index], self.tidy[index], self.brief[index])

    def written_in(self, style: str) -> NDArray[np.bool_] | None:
        """Where ``cell_text`` in the format *style* writes the cell as it stands for certain; ``None``: unknown."""
        if not style:
            return self.brief
        if not (style.startswith(".") and style.endswith("f")):
            return None
        places = int(style[1:-1])
        # A number with more places would lose something, and is then written in full.
        fixed: NDArray[np.bool_] = self.tidy & (self.places == places)
        return fixed | (self.brief & (self.places > places))


def plain_cells(signs: NDArray[np.uint8], starts: NDArray[np.intp], ends: NDArray[np.intp], point: int) -> PlainCells:
    """The plain decimals among the cells of a text.

    Args:
        signs: (n,) the text in an encoding of one byte for each sign; its last sign belongs to no cell.
        starts, ends: (n_cells,) rising: cell i is ``signs[starts[i]:ends[i]]``. No point stands outside of all cells.
        point: the decimal sign.
    """
    is_point = signs == point
    points = np.flatnonzero(is_point)
    leading = signs[starts]
    negative = leading == _MINUS
    unsigned = starts + (negative | (leading == _PLUS))
    if len(points):
        # Digits are counted in the text without its points, where those of a cell follow one another.
        before, behind = _points_before(is_point, points, starts, ends)
        n_points = behind - before
        digits = signs[~is_point]
        low, high = unsigned - before, ends - behind
        has_point = n_points == 1
        place = points[np.minimum(before, len(points) - 1)]
        places = np.where(has_point, ends - place - 1, 0)
        n_digits = high - low
        good = (n_points <= 1) & (n_digits > 0) & (n_digits <= _MOST_DIGITS)
    else:
        digits, low, high = signs, unsigned, ends
        has_point = np.zeros(len(starts), dtype=bool)
        places = np.zeros(len(starts), dtype=np.intp)
        n_digits = high - low
        good = (n_digits > 0) & (n_digits <= _MOST_DIGITS)
    first, last = _sums(digits, high, n_digits, good)
    good &= first < _LONG
    divisors = _POWERS[np.clip(places, 0, _MOST_DIGITS)]
    values = (first * 10.0**_HALF + last) / divisors
    long = np.flatnonzero(good & (first >= _SHORT))
    if len(long):
        values[long], near, shortest = long_decimals(first[long], last[long], divisors[long])
        good[long[np.isnan(values[long])]] = False
    zero = values == 0.0
    np.negative(values, out=values, where=negative)
    values[~good] = np.nan
    n_whole = n_digits - places
    tidy = good & (leading != _PLUS) & (~has_point | (places > 0)) & (n_whole > 0)
    tidy &= (n_whole == 1) | (digits[np.minimum(low, len(digits) - 1)] != _ZERO)
    brief = tidy & (~has_point | (digits[high - 1] != _ZERO))
    brief &= (np.abs(values) >= _LEAST_IN_FULL) | (zero & ~negative)
    if len(long):
        tidy[long] &= near
        brief[long] &= shortest & has_point[long]
    return PlainCells(values, places, tidy, brief)


def _points_before(
    is_point: NDArray[np.bool_], points: NDArray[np.intp], starts: NDArray[np.intp], ends: NDArray[np.intp]
) -> tuple[NDArray[np.signedinteger], NDArray[np.signedinteger]]:
    """How many points stand before each cell begins, and before it ends."""
    if len(points) == len(starts) and bool(((starts <= points) & (points < ends)).all()):  # one in each cell
        before = np.arange(len(points))
        return before, before + 1
    counts = np.zeros(len(is_point) + 1, dtype=np.int32)
    np.cumsum(is_point, out=counts[1:])
    return counts[starts], counts[ends]


def _sums(
    digits: NDArray[np.uint8], high: NDArray[np.intp], n_digits: NDArray[np.intp], good: NDArray[np.bool_]
) -> tuple[FloatArray, FloatArray]:
    """The whole numbers that end before *high*, in two parts: ``first * 10^9 + last``, both exact.

    What holds another sign is no longer *good*.
    """
    first, last = np.zeros(len(high)), np.zeros(len(high))
    term = np.empty(len(high))
    at = high.copy()
    most = int(n_digits[good].max(initial=0))
    for power in range(most):
        at -= 1
        digit = np.take(digits, at, mode="clip")
        digit -= _ZERO
        digit *= n_digits > power
        good &= digit <= 9
        part, weight = (last, power) if power < _HALF else (first, power - _HALF)
        np.multiply(digit, _POWERS[weight], out=term)
        part += term
    return first, last
