"""Decimals of 16 and 17 digits, many at once: their float64, and whether they are the shortest text that means it.

N / 10^k is worked out with twice the digits of a float64, as the sum of a float64 and a small rest (T. Dekker, A
floating-point technique for extending the available precision, 1971). Its error is some 2^-100 of the number, so that
all that depends on which side of a border it lies can be told, but for the cells that lie upon one: they are left out.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from neurosim.engine.column import FloatArray

_SPLITTER = 2.0**27 + 1
_CLEAR = 2.0**-20
"""So far from a border, in parts of what the border is measured by, a rest lies on one side of it for certain."""


def long_decimals(
    first: FloatArray, last: FloatArray, divisors: FloatArray
) -> tuple[FloatArray, NDArray[np.bool_], NDArray[np.bool_]]:
    """The numbers ``(first * 10^9 + last) / divisors``, all of shape (n,).

    Args:
        first, last: whole numbers, *last* below 10^9; together N, of 16 or 17 digits.
        divisors: 10^k with k at most 22.

    Returns:
        The float64 nearest to each, NaN where that cannot be told; whether each is the decimal of its length nearest
        to this float64; and whether it is the shortest decimal of which this float64 is the nearest, as ``repr`` is.
    """
    whole = first.astype(np.int64) * 10**9 + last.astype(np.int64)
    head = whole.astype(np.float64)
    tail = (whole - head.astype(np.int64)).astype(np.float64)
    quotient = head / divisors
    product, rounded_off = _product(quotient, divisors)
    rest = (((head - product) - rounded_off) + tail) / divisors
    values = quotient + rest
    off = (quotient - values) + rest  # the decimal is values + off
    border = np.spacing(values) / 2
    # Below a power of two the next float64 is half as far away: such numbers are left to others.
    clear = (np.abs(np.abs(off) - border) > _CLEAR * border) & (np.abs(off) < border) & (np.frexp(values)[0] != 0.5)
    unit = 1 / divisors
    near = np.abs(off) < (0.5 - _CLEAR) * unit
    # The decimals with one digit less on either side: both must lie outside of what is rounded to the same float64.
    digit = (whole % 10).astype(np.float64)
    below, above = off - digit * unit, off + (10 - digit) * unit
    outside = (1 + _CLEAR) * border
    shortest = near & (below < -outside) & (above > outside)
    values[~clear] = np.nan
    return values, near & clear, shortest & clear


def _product(a: FloatArray, b: FloatArray) -> tuple[FloatArray, FloatArray]:
    """a b as a float64 and what rounding it took off (T. Dekker 1971, with G. Veltkamp's splitting)."""
    product = a * b
    a_high, a_low = _split(a)
    b_high, b_low = _split(b)
    return product, a_low * b_low - (((product - a_high * b_high) - a_low * b_high) - a_high * b_low)


def _split(a: FloatArray) -> tuple[FloatArray, FloatArray]:
    scaled = _SPLITTER * a
    high = scaled - (scaled - a)
    return high, a - high
