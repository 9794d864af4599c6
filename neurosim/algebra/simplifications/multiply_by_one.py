"""Multiplying or dividing by 1 changes nothing, nor does an exponent of 1."""

from __future__ import annotations

from neurosim.algebra.expression import ONE, ZERO, Expression, Power, Product, Quotient, product_of
from neurosim.algebra.simplifications.base import Rewritten, Simplification


def _rewrite(part: Expression) -> Rewritten | None:
    if isinstance(part, Product) and ONE in part.factors:
        others = [factor for factor in part.factors if factor != ONE]
        return Rewritten(product_of(others), "Multiplying by 1 changes nothing.")
    if isinstance(part, Quotient) and part.denominator == ONE:
        return Rewritten(part.numerator, "Dividing by 1 changes nothing.")
    if isinstance(part, Power):
        if part.exponent == ONE:
            return Rewritten(part.base, "The first power is the base itself.")
        if part.exponent == ZERO:
            return Rewritten(ONE, "The power with exponent 0 is 1.")
        if part.base == ONE:
            return Rewritten(ONE, "Every power of 1 is 1.")
    return None


PLUGIN = Simplification(
    name="multiply_by_one",
    title="Drop factors 1",
    order=20,
    example="1*x",
    example_result="x",
    rewrite=_rewrite,
    at_once=True,
)
