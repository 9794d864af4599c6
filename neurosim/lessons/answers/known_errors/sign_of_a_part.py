"""One part of a sum with the opposite sign, in a formula that names nothing more particular."""

from __future__ import annotations

from collections.abc import Iterator

from neurosim.algebra.expression import Expression, Negation, Sum
from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors._formulas import formula_changes
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import Slip
from neurosim.numbers.format import format_number


def _change(part: Expression) -> Iterator[tuple[Expression, Expression]]:
    if isinstance(part, Sum):
        for i, term in enumerate(part.terms):
            yield Sum((*part.terms[:i], Negation(term), *part.terms[i + 1 :])), term


def _slips(case: Case) -> Iterator[Slip]:
    for value, term in formula_changes(case, _change):
        shown = format_number(term, "exact", case.decimal)
        message = f"Look at the sign of {shown}: is it added, or taken away?"
        yield Slip(value, message, "one part has the opposite sign", vague=True)


PLUGIN = KnownError("sign_of_a_part", "Turned the sign of one part", _slips, order=92)
