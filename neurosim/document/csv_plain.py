"""Plain decimals, many at once: read from the signs of a text by numpy, each the very float64 that ``float`` gives.

A cell is plain when it holds a sign or none, digits, and one decimal sign or none: ``-12.50``, but not ``1e5``, ``NA``
or ``1 000``. With at most 15 digits it is N / 10^k for whole numbers that a float64 holds exactly, so that one division
rounds correctly (W. Clinger, How to read floating point numbers accurately, 1990). Two such decimals of different value
are never the same float64, so the shortest text for the number is the cell itself without zeros at its end.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from neurosim.engine.column import FloatArray
from neurosim.records import dataclass

DIGITS = 15
"""More digits than these are no plain decimal here."""
_POWERS = 10.0 ** np.arange(DIGITS + 1)
_MINUS, _PLUS, _ZERO = np.frombuffer(b"-+0", dtype=np.uint8)
_LEAST_IN_FULL = 1e-4
"""Smaller numbers are written as powers of ten."""


@dataclass(frozen=True, slots=True)
class PlainCells:
    """Cells that were read as plain decimals; all arrays have one shape.

    Attributes:
        values: float64, NaN where the cell is no plain decimal.
        places: how many digits stand behind the decimal sign.
        tidy: where it is written as formats do: no plus, no zero too many in front, digits on both sides of a point.
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
    points = np.flatnonzero(signs == point)
    with_point = len(points) > 0
    leading = signs[starts]
    negative = leading == _MINUS
    unsigned = starts + (negative | (leading == _PLUS))
    if with_point:
        # Digits are counted in the text without its points, where those of a cell follow one another.
        before = np.zeros(len(signs) + 1, dtype=np.int32)
        np.cumsum(signs == point, out=before[1:])
        behind = before[ends]
        n_points = behind - before[starts]
        digits = signs[signs != point]
        low, high = unsigned - before[unsigned], ends - behind
        has_point = n_points == 1
        place = points[np.minimum(before[starts], len(points) - 1)]
        places = np.where(has_point, ends - place - 1, 0)
        n_digits = high - low
        good = (n_points <= 1) & (n_digits > 0) & (n_digits <= DIGITS)
    else:
        digits, low, high = signs, unsigned, ends
        has_point = np.zeros(len(starts), dtype=bool)
        places = np.zeros(len(starts), dtype=np.intp)
        n_digits = high - low
        good = (n_digits > 0) & (n_digits <= DIGITS)
    whole = _whole_numbers(digits, high, n_digits, good)
    values = whole / _POWERS[np.clip(places, 0, DIGITS)]
    np.negative(values, out=values, where=negative)
    values[~good] = np.nan
    n_whole = n_digits - places
    tidy = good & (leading != _PLUS) & (~has_point | (places > 0)) & (n_whole > 0)
    tidy &= (n_whole == 1) | (digits[np.minimum(low, len(digits) - 1)] != _ZERO)
    brief = tidy & (~has_point | (digits[high - 1] != _ZERO))
    brief &= (np.abs(values) >= _LEAST_IN_FULL) | ((whole == 0.0) & ~negative)
    return PlainCells(values, places, tidy, brief)


def _whole_numbers(
    digits: NDArray[np.uint8], high: NDArray[np.intp], n_digits: NDArray[np.intp], good: NDArray[np.bool_]
) -> FloatArray:
    """(n_cells,) float64: the whole numbers that end before *high*; what holds another sign is no longer *good*."""
    found = np.zeros(len(high))
    term = np.empty(len(high))
    at = high.copy()
    most = int(n_digits[good].max(initial=0))
    for power in range(most):
        at -= 1
        digit = np.take(digits, at, mode="clip")
        digit -= _ZERO
        digit *= n_digits > power
        good &= digit <= 9
        np.multiply(digit, _POWERS[power], out=term)
        found += term
    return found
