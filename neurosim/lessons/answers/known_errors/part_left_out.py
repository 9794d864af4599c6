"""One part of a sum left out, in a formula that names nothing more particular."""

from __future__ import annotations

from collections.abc import Iterator

from neurosim.algebra.expression import Expression, Sum, sum_of
from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors._formulas import formula_changes
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import Slip
from neurosim.numbers.format import format_number


def _change(part: Expression) -> Iterator[tuple[Expression, Expression]]:
    if isinstance(part, Sum):
        for i, term in enumerate(part.terms):
            yield sum_of([*part.terms[:i], *part.terms[i + 1 :]]), term


def _slips(case: Case) -> Iterator[Slip]:
    for value, term in formula_changes(case, _change):
        shown = format_number(term, "exact", case.decimal)
        yield Slip(value, f"Something is left out: is {shown} in your sum?", "a part is left out", vague=True)


PLUGIN = KnownError("part_left_out", "Left out a part of a sum", _slips, order=90)
