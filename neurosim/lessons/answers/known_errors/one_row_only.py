"""The share of a single row where all of them are asked for."""

from __future__ import annotations

from collections.abc import Iterator

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors._squares import has_squares
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.pencil import Twist
from neurosim.lessons.answers.slips import Slip


def _slips(case: Case) -> Iterator[Slip]:
    pencil = case.pencil
    if pencil is None or pencil.n < 2:
        return
    rows = "both rows" if pencil.n == 2 else f"all {pencil.n} rows"
    for row in pencil.rows:
        alone = f"That is what row {row + 1} alone gives. Add up {rows}."
        brief = f"only row {row + 1} is counted"
        yield from case.twisted(Twist(rows=(row,)), alone, brief)
        before_mean = f"That is the share of row {row + 1}, before the mean: add up {rows}."
        if case.asks("gradient") and case.parameter is not None and pencil.factor != 1:
            yield Slip(pencil.share(case.parameter, row), before_mean, brief)
        if case.asks("loss", "squares") and has_squares(case):
            yield Slip(pencil.square(row), alone, brief)
            yield Slip(pencil.factor * pencil.square(row), alone, brief)


PLUGIN = KnownError("one_row_only", "Counted one row only", _slips, order=50)
