"""Factors with the same base become one power, and a power of a power one power."""

from __future__ import annotations

from neurosim.algebra.evaluate import rational_value
from neurosim.algebra.expression import Constant, E, Expression, Power, Product, factors_of, product_of, sum_of
from neurosim.algebra.simplifications._terms import power_of, raised
from neurosim.algebra.simplifications.base import Rewritten, Simplification


def _rewrite(part: Expression) -> Rewritten | None:
    if isinstance(part, Power) and isinstance(part.base, Power):
        return _nested(part, part.base)
    if not isinstance(part, Product):
        return None
    factors = list(part.factors)
    for first, left in enumerate(factors):
        for second in range(first + 1, len(factors)):
            done = _together(left, factors[second])
            if done is not None:
                factors[first] = done
                del factors[second]
                return Rewritten(product_of(factors), "With the same base, the exponents are added.")
    return None


def _together(left: Expression, right: Expression) -> Expression | None:
    if isinstance(left, Power) and isinstance(right, Power) and left.base == right.base == E:
        return Power(E, sum_of([left.exponent, right.exponent]))
    (base, above), (other, more) = power_of(left), power_of(right)
    return raised(base, above + more) if base == other and not isinstance(base, Constant) else None


def _nested(part: Power, inner: Power) -> Rewritten | None:
    outer = rational_value(part.exponent)
    if outer is None or outer.denominator != 1:
        return None  # (x^2)^(1/2) is |x|, not x
    why = "In a power of a power, the exponents are multiplied."
    exponent = rational_value(inner.exponent)
    if exponent is not None:
        return Rewritten(raised(inner.base, exponent * outer), why)
    return Rewritten(Power(inner.base, Product((part.exponent, *factors_of(inner.exponent)))), why)


PLUGIN = Simplification(
    name="combine_powers",
    title="Combine powers",
    order=100,
    example="x*x^2",
    example_result="x^3",
    rewrite=_rewrite,
)
