"""The table of e^-z that is given where no calculator is at hand."""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction

from neurosim.lessons.mathtext import read_math
from neurosim.lessons.variants.base import Given
from neurosim.markup.build import datum, number_of_text

DIGITS = 4


def table_of(sums: Iterable[Fraction]) -> Given:
    """e^-z to four digits, for the sums that occur and their opposites, in rising order."""
    places = sorted({sign * z for z in sums for sign in (1, -1)})
    rows = tuple((datum(z), number_of_text(_four_digits(math.exp(-float(z))))) for z in places)
    return Given((read_math("z"), read_math("e^(-z)")), rows)


def _four_digits(value: float) -> str:
    places = max(0, DIGITS - 1 - math.floor(math.log10(value)))
    return f"{value:.{places}f}"
