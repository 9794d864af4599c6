"""Added where the formula multiplies, or multiplied where it adds; doubled where it squares; not divided."""

from __future__ import annotations

from collections.abc import Iterator

from neurosim.algebra.expression import TWO, Expression, Power, Product, Quotient, Sum
from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors._formulas import formula_changes
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import Slip
from neurosim.numbers.format import format_number


def _products(part: Expression) -> Iterator[tuple[Expression, Expression]]:
    if isinstance(part, Product):
        yield Sum(part.factors), part


def _sums(part: Expression) -> Iterator[tuple[Expression, Expression]]:
    if isinstance(part, Sum):
        yield Product(part.terms), part


def _squares(part: Expression) -> Iterator[tuple[Expression, Expression]]:
    if isinstance(part, Power) and part.exponent == TWO:
        yield Product((TWO, part.base)), part.base
        yield part.base, part.base


def _quotients(part: Expression) -> Iterator[tuple[Expression, Expression]]:
    if isinstance(part, Quotient):
        yield part.numerator, part.denominator


_CHANGES = (
    (_products, "One sign is a multiplication: where is {} made?", "it is added where one multiplies"),
    (_sums, "One sign is an addition: where is {} made?", "it is multiplied where one adds"),
    (_squares, "Something is squared: {} times itself.", "it is not squared"),
    (_quotients, "Something is divided: by {}.", "it is not divided"),
)


def _slips(case: Case) -> Iterator[Slip]:
    for change, message, brief in _CHANGES:
        for value, turned in formula_changes(case, change):
            # What is asked for is never told.
            told = (
                message
                if case.expected is None or abs(turned) != abs(case.expected)
                else message.partition(":")[0] + ": which one?"
            )
            yield Slip(value, told.format(format_number(turned, "exact", case.decimal)), brief, vague=True)


PLUGIN = KnownError("other_operation", "Took another operation", _slips, order=94)
