"""A product with a sum is multiplied out, term by term."""

from __future__ import annotations

from neurosim.algebra.expression import (
    Expression,
    Negation,
    Product,
    Sum,
    without_sign,
)
from neurosim.algebra.simplifications._terms import flat, without_ones
from neurosim.algebra.simplifications.base import Rewritten, Simplification


def _rewrite(part: Expression) -> Rewritten | None:
    negative, product = without_sign(part)
    if not isinstance(product, Product):
        return None
    place = next((index for index, factor in enumerate(product.factors) if isinstance(factor, Sum)), None)
    if place is None:
        return None
    terms: list[Expression] = []
    for term in product.factors[place].children:
        minus, inside = without_sign(term)
        done = without_ones(flat((*product.factors[:place], inside, *product.factors[place + 1 :])))
        terms.append(Negation(done) if minus != negative else done)
    # A difference reads better with the positive term in front: -y(1 - s) is ys - y.
    turned = len(terms) == 2 and isinstance(terms[0], Negation) and not isinstance(terms[1], Negation) and negative
    why = "Each term in the brackets is multiplied" + (", the positive result written first." if turned else ".")
    return Rewritten(Sum(tuple(reversed(terms)) if turned else tuple(terms)), why)


PLUGIN = Simplification(
    name="distribute",
    title="Multiply out",
    order=115,
    example="(1 - y)*x",
    example_result="x - y*x",
    rewrite=_rewrite,
    expands=True,
)
