"""The share of a single row where all of them are asked for."""

from __future__ import annotations

from collections.abc import Iterator

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.pencil import Twist
from neurosim.lessons.answers.slips import Slip


def _slips(case: Case) -> Iterator[Slip]:
    pencil = case.pencil
    if pencil is None or pencil.n < 2:
        return
    for place, row in enumerate(pencil.rows, start=1):
        message = f"That is what row {place} alone gives. The gradient adds up all {pencil.n} rows."
        yield from case.twisted(Twist(rows=(row,)), message, f"only row {place} is counted")
        if case.asks("gradient") and case.parameter is not None and pencil.factor != 1:
            share = pencil.share(case.parameter, row)
            yield Slip(
                share,
                f"That is the share of row {place}, before the mean: add up all {pencil.n} rows.",
                "one row is left alone",
            )


PLUGIN = KnownError("one_row_only", "Counted one row only", _slips, order=50)
