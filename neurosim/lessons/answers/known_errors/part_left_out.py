"""A term or a factor left out, in a formula that names nothing more particular."""

from __future__ import annotations

from collections.abc import Iterator

from neurosim.algebra.expression import Expression, Product, Sum, product_of, sum_of
from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors._formulas import formula_changes
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import Slip
from neurosim.numbers.format import format_number


def _terms(part: Expression) -> Iterator[tuple[Expression, Expression]]:
    if isinstance(part, Sum):
        for i, term in enumerate(part.terms):
            yield sum_of([*part.terms[:i], *part.terms[i + 1 :]]), term


def _factors(part: Expression) -> Iterator[tuple[Expression, Expression]]:
    if isinstance(part, Product):
        for i, factor in enumerate(part.factors):
            yield product_of([*part.factors[:i], *part.factors[i + 1 :]]), factor


def _slips(case: Case) -> Iterator[Slip]:
    for change, message in (
        (_terms, "Something is left out: is {} in your sum?"),
        (_factors, "Something is left out: is {} a factor in it?"),
    ):
        for value, part in formula_changes(case, change):
            shown = format_number(part, "exact", case.decimal)
            yield Slip(value, message.format(shown), "a part is left out", vague=True)


PLUGIN = KnownError("part_left_out", "Left out a part", _slips, order=90)
