"""The decimal sign one place too far left or right."""

from __future__ import annotations

from collections.abc import Iterator

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import Slip


def _slips(case: Case) -> Iterator[Slip]:
    expected = case.expected
    if expected is None or not expected or case.typed is None or not case.typed.is_decimal:
        return
    message = "The digits are right, the decimal sign has moved: estimate the size first."
    for factor in (10, 100, 1000):
        yield Slip(expected * factor, message, "the decimal sign has moved")
        yield Slip(expected / factor, message, "the decimal sign has moved")


PLUGIN = KnownError("decimal_place", "Moved the decimal sign", _slips, order=62)
