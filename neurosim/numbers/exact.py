"""The numbers of the program: fractions while the arithmetic is rational, float64 afterwards."""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction

Number = Fraction | float
"""A value on show: ``Fraction`` means exact, ``float`` means rounded to float64."""

DENOMINATOR_LIMIT = 10**18
"""Exact arithmetic ends where a denominator would exceed this; the numbers are unreadable long before."""


def is_exact(value: Number) -> bool:
    """Whether *value* is exact (a fraction) rather than rounded (a float)."""
    return isinstance(value, Fraction)


def all_exact(values: Iterable[Number]) -> bool:
    """Whether every one of *values* is exact."""
    return all(isinstance(value, Fraction) for value in values)


def within_limit(values: Iterable[Fraction]) -> bool:
    """Whether every denominator is small enough to go on exactly, and every value fits a float64."""
    return all(
        value.denominator <= DENOMINATOR_LIMIT and abs(value.numerator) <= DENOMINATOR_LIMIT**2 for value in values
    )


def as_number(value: Fraction | float | int) -> Number:
    """An ``int`` as the exact number it is; fractions and floats unchanged.

    Raises:
        ValueError: *value* is NaN or infinite.
    """
    if isinstance(value, int):
        return Fraction(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"{value} is not a finite number.")
    return value
