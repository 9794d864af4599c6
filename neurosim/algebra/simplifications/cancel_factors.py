"""A factor that stands both above and below a fraction bar cancels."""

from __future__ import annotations

import math
from fractions import Fraction

from neurosim.algebra.expression import ONE, Constant, Expression, Quotient, factors_of
from neurosim.algebra.render_text import render_text
from neurosim.algebra.simplifications._terms import power_of, raised, without_ones
from neurosim.algebra.simplifications.base import Rewritten, Simplification


def _rewrite(part: Expression) -> Rewritten | None:
    if not isinstance(part, Quotient):
        return None
    above, below = list(factors_of(part.numerator)), list(factors_of(part.denominator))
    for top_index, top in enumerate(above):
        for bottom_index, bottom in enumerate(below):
            shared = _shared(top, bottom)
            if shared is not None:
                common, above[top_index], below[bottom_index] = shared
                done_top, done_bottom = without_ones(above), without_ones(below)
                done = done_top if done_bottom == ONE else Quotient(done_top, done_bottom)
                return Rewritten(done, f"Top and bottom are divided by {render_text(common)}.")
    return None


def _shared(top: Expression, bottom: Expression) -> tuple[Expression, Expression, Expression] | None:
    """The common part of two factors, and what is left of each."""
    if isinstance(top, Constant) and isinstance(bottom, Constant):
        if top.value.denominator != 1 or bottom.value.denominator != 1:
            return None
        divisor = math.gcd(top.value.numerator, bottom.value.numerator)
        if divisor < 2:
            return None
        return Constant(Fraction(divisor)), Constant(top.value / divisor), Constant(bottom.value / divisor)
    (base, above), (other, below) = power_of(top), power_of(bottom)
    if base != other or isinstance(base, Constant) or above <= 0 or below <= 0:
        return None
    least = min(above, below)
    return raised(base, least), raised(base, above - least), raised(base, below - least)


PLUGIN = Simplification(
    name="cancel_factors",
    title="Cancel a common factor",
    order=90,
    example="x*y/x",
    example_result="y",
    rewrite=_rewrite,
)
