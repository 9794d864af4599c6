"""A hundred times too much: a percentage and its fraction mixed up."""

from __future__ import annotations

from collections.abc import Iterator

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import Slip


def _slips(case: Case) -> Iterator[Slip]:
    expected = case.expected
    if expected is None or not 0 < expected < 1:
        return  # only a part of a whole is ever said in percent
    message = "A hundred times too much: 88 % is 0.88. Which of the two did you mean?"
    yield Slip(expected * 100, message, "a percentage is given without its sign")


PLUGIN = KnownError("percent", "Mixed up a percentage and its fraction", _slips, order=60)
