"""The minus signs of a product or a fraction are counted and stand in front, once or not at all."""

from __future__ import annotations

from neurosim.algebra.evaluate import rational_value
from neurosim.algebra.expression import ONE, Expression, Negation, Power, Product, Quotient, product_of
from neurosim.algebra.simplifications._terms import flat
from neurosim.algebra.simplifications.base import Rewritten, Simplification


def _strip(part: Expression) -> tuple[int, Expression]:
    """How many minus signs stand in a product, and the product without them."""
    if isinstance(part, Negation):
        count, inside = _strip(part.operand)
        return count + 1, inside
    if isinstance(part, Product):
        stripped = [_strip(factor) for factor in part.factors]
        total = sum(count for count, _ in stripped)
        if not total:
            return 0, part
        # A factor -1 is nothing but a sign: no 1 stays behind.
        left = [inside for (count, inside) in stripped if not (count and inside == ONE)]
        return total, product_of(flat(left))
    if isinstance(part, Quotient):
        above, top = _strip(part.numerator)
        below, bottom = _strip(part.denominator)
        return above + below, Quotient(top, bottom)
    if isinstance(part, Power) and isinstance(part.base, Negation):
        exponent = rational_value(part.exponent)
        if exponent is not None and exponent.denominator == 1:
            return int(exponent), Power(part.base.operand, part.exponent)
    return 0, part


def _rewrite(part: Expression) -> Rewritten | None:
    count, inside = _strip(part)
    done = Negation(inside) if count % 2 else inside
    if done == part:
        return None
    if isinstance(part, Power):
        return Rewritten(done, "An even power of a negative is positive, an odd one negative.")
    if count == 1:
        return Rewritten(done, "The minus sign of a factor stands before the whole product.")
    return Rewritten(done, "Two minus signs make a plus." if count == 2 else f"There are {count} minus signs in all.")


PLUGIN = Simplification(
    name="collect_signs",
    title="Collect the signs",
    order=30,
    example="2*(-x)",
    example_result="-2x",
    rewrite=_rewrite,
)
