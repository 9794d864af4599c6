"""A fraction turned upside down."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import Slip


def _slips(case: Case) -> Iterator[Slip]:
    expected = case.expected
    whole = isinstance(expected, Fraction) and expected.denominator == 1
    if expected is not None and expected and not whole:
        yield Slip(1 / expected, "Above and below have changed places in this fraction.", "the fraction is turned over")


PLUGIN = KnownError("upside_down", "Turned a fraction upside down", _slips, order=64)
