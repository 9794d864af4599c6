"""Round learning rates, the rungs on which a slider rests: 1, 1/2, 1/3 ... 1/30, 1/40 ...; each an exact fraction."""

from __future__ import annotations

import math
from fractions import Fraction

from neurosim.numbers.exact import Number

ROUND = (10, 11, 12, 15, 20, 25, 30, 40, 50, 60, 80)
"""Tenths, from 1 to below 10: below 1 a rung is 1 over such a number (times a power of ten), above 1 it is the number.

The lecture's 1/100, 1/30, 1/11 and 1/10 are rungs.
"""

FINE = tuple(range(10, 100))
"""Every number of two digits: 1/21, 1/22, ..."""


def nearest_rung(rate: float, *, fine: bool = False) -> Fraction:
    """The rung that is nearest to a positive *rate* on a logarithmic scale."""
    below = _last_not_above(Fraction(rate), fine)
    low, high = _rung(below, fine), _rung(below + 1, fine)
    return low if rate * rate <= float(low) * float(high) else high


def rung_beyond(rate: Number, steps: int, *, fine: bool = False) -> Fraction:
    """The rung *steps* above a positive *rate* (below it if negative); the first step leads to the next rung."""
    value = Fraction(rate)
    at = _last_not_above(value, fine)
    if steps < 0 and _rung(at, fine) != value:
        at += 1
    return _rung(at + steps, fine)


def rungs_between(low: float, high: float, *, fine: bool = False) -> list[Fraction]:
    """All rungs from *low* (positive) to below *high* (finite), rising."""
    first = _last_not_above(Fraction(low), fine)
    found = []
    for at in range(first, first + 4000):
        rung = _rung(at, fine)
        if rung >= high:
            break
        if rung >= low:
            found.append(rung)
    return found


def _rung(at: int, fine: bool) -> Fraction:
    """Rung 0 is 1, positive ones are above, and rung -n is 1 over rung n."""
    series = FINE if fine else ROUND
    decade, place = divmod(abs(at), len(series))
    size = Fraction(series[place] * 10**decade, 10)
    return size if at >= 0 else 1 / size


def _last_not_above(value: Fraction, fine: bool) -> int:
    """The highest rung that is not above *value*."""
    series = FINE if fine else ROUND
    at = math.floor(_log10(value)) * len(series)
    while _rung(at, fine) > value:
        at -= 1
    while _rung(at + 1, fine) <= value:
        at += 1
    return at


def _log10(value: Fraction) -> float:
    # by parts: the fraction may be smaller than any float
    return math.log10(value.numerator) - math.log10(value.denominator)
