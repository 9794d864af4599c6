"""In a product numbers come first, then letters, then the rest, each in the order they had."""

from __future__ import annotations

from neurosim.algebra.evaluate import rational_value
from neurosim.algebra.expression import Expression, NamedConstant, Power, Product, Symbol
from neurosim.algebra.simplifications.base import Rewritten, Simplification


def _rank(factor: Expression) -> int:
    if rational_value(factor) is not None:
        return 0
    if isinstance(factor, NamedConstant):
        return 1
    letter = factor.base if isinstance(factor, Power) and rational_value(factor.exponent) is not None else factor
    return 2 if isinstance(letter, Symbol) else 3


def _rewrite(part: Expression) -> Rewritten | None:
    if not isinstance(part, Product):
        return None
    ordered = tuple(sorted(part.factors, key=_rank))
    if ordered == part.factors:
        return None
    return Rewritten(Product(ordered), "The order of factors is free: numbers first, then letters, then the rest.")


PLUGIN = Simplification(
    name="order_factors",
    title="Order the factors",
    order=110,
    example="(1 + x)*x*2",
    example_result="2x(1 + x)",
    rewrite=_rewrite,
)
