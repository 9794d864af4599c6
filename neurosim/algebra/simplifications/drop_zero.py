"""Adding 0 changes nothing, and a product with 0 is 0."""

from __future__ import annotations

from neurosim.algebra.expression import ZERO, Expression, Negation, Product, Quotient, Sum, sum_of
from neurosim.algebra.simplifications.base import Rewritten, Simplification


def _rewrite(part: Expression) -> Rewritten | None:
    if isinstance(part, Sum):
        terms = [term for term in part.terms if term not in (ZERO, Negation(ZERO))]
        return Rewritten(sum_of(terms), "Adding 0 changes nothing.") if len(terms) < len(part.terms) else None
    if isinstance(part, Product) and ZERO in part.factors:
        return Rewritten(ZERO, "A product with a factor 0 is 0.")
    if isinstance(part, Quotient) and part.numerator == ZERO and part.denominator != ZERO:
        return Rewritten(ZERO, "0 divided by anything is 0.")
    return Rewritten(ZERO, "−0 is 0.") if part == Negation(ZERO) else None


PLUGIN = Simplification(
    name="drop_zero",
    title="Drop zeros",
    order=10,
    example="0 + x",
    example_result="x",
    rewrite=_rewrite,
    at_once=True,
)
