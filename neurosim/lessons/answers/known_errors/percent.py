"""A hundred times too much or too little: a percentage and its fraction mixed up."""

from __future__ import annotations

from collections.abc import Iterator

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import Slip


def _slips(case: Case) -> Iterator[Slip]:
    expected = case.expected
    if expected is None or not expected:
        return
    message = "A hundred times {}: 88 % is 0.88. Which of the two did you mean?"
    yield Slip(expected * 100, message.format("too much"), "a percentage is given without its sign")
    yield Slip(expected / 100, message.format("too little"), "it is divided by 100")


PLUGIN = KnownError("percent", "Mixed up a percentage and its fraction", _slips, order=60)
