"""The mean over the rows where the sum is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.pencil import Twist
from neurosim.lessons.answers.slips import Slip

_BRIEF = "it is divided by n although the sum is asked for"


def _slips(case: Case) -> Iterator[Slip]:
    pencil, expected = case.pencil, case.expected
    if pencil is None or pencil.n < 2:
        return
    message = f"That is divided by n = {pencil.n}. Here the sum itself is asked for."
    if pencil.settings.reduction.endswith("sum"):
        yield from case.twisted(Twist(times=Fraction(1, pencil.n)), message, _BRIEF)
    if case.asks("share") and expected is not None:
        alone = f"That is already divided by n = {pencil.n}, for the mean. Here one row alone is asked for."
        yield Slip(expected / pencil.n, alone, "the mean is taken already")
    summed = case.asks("squares") or (case.asks("loss") and pencil.settings.reduction.endswith("sum"))
    if summed and expected is not None:
        yield Slip(expected / pencil.n, message, _BRIEF)


PLUGIN = KnownError("mean_for_sum", "Took the mean for the sum", _slips, order=16)
