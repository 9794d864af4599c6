"""A difference without fractions is written with its positive term first."""

from __future__ import annotations

from neurosim.algebra.expression import Expression, Negation, Quotient, Sum, walk
from neurosim.algebra.simplifications.base import Rewritten, Simplification


def _rewrite(part: Expression) -> Rewritten | None:
    if not isinstance(part, Sum) or len(part.terms) != 2:
        return None
    first, second = part.terms
    if not isinstance(first, Negation) or isinstance(second, Negation):
        return None
    if any(isinstance(inner, Quotient) for _, inner in walk(part)):
        return None
    return Rewritten(Sum((second, first)), "The order of terms is free: the positive one first.")


PLUGIN = Simplification(
    name="positive_first",
    title="Positive term first",
    order=120,
    example="-y + x",
    example_result="x - y",
    rewrite=_rewrite,
)
