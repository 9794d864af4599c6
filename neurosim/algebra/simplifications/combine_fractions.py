"""A product of fractions is one fraction, and so is a fraction of fractions."""

from __future__ import annotations

from neurosim.algebra.expression import ONE, Expression, Product, Quotient
from neurosim.algebra.simplifications._terms import flat, without_ones
from neurosim.algebra.simplifications.base import Rewritten, Simplification


def _rewrite(part: Expression) -> Rewritten | None:
    if isinstance(part, Product) and any(isinstance(factor, Quotient) for factor in part.factors):
        above: list[Expression] = []
        below: list[Expression] = []
        for factor in part.factors:
            above.append(factor.numerator if isinstance(factor, Quotient) else factor)
            below.append(factor.denominator if isinstance(factor, Quotient) else ONE)
        return Rewritten(_fraction(above, below), "Top times top, over bottom times bottom.")
    if isinstance(part, Quotient):
        top, bottom = part.numerator, part.denominator
        if isinstance(bottom, Quotient):
            return Rewritten(
                _fraction([top, bottom.denominator], [bottom.numerator]),
                "Dividing by a fraction is multiplying by its inverse.",
            )
        if isinstance(top, Quotient):
            return Rewritten(_fraction([top.numerator], [top.denominator, bottom]), "The two bottoms are multiplied.")
    return None


def _fraction(above: list[Expression], below: list[Expression]) -> Expression:
    top, bottom = without_ones(flat(above)), without_ones(flat(below))
    return top if bottom == ONE else Quotient(top, bottom)


PLUGIN = Simplification(
    name="combine_fractions",
    title="Write as one fraction",
    order=80,
    example="y*(1/p)",
    example_result="y/p",
    rewrite=_rewrite,
)
