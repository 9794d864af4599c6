"""Terms that differ in their number only become one term."""

from __future__ import annotations

from fractions import Fraction

from neurosim.algebra.expression import Expression, Sum, sum_of
from neurosim.algebra.render_text import render_text
from neurosim.algebra.simplifications._terms import coefficient, has_decimals, key_of, scaled
from neurosim.algebra.simplifications.base import Rewritten, Simplification


def _rewrite(part: Expression) -> Rewritten | None:
    if not isinstance(part, Sum):
        return None
    split = [coefficient(term) for term in part.terms]
    keys = [key_of(rest) for _, rest in split]
    for first, (_, rest) in enumerate(split):
        alike = [index for index, key in enumerate(keys) if key == keys[first]]
        if rest and len(alike) > 1 and alike[0] == first:
            chosen = [part.terms[index] for index in alike]
            total = sum((split[index][0] for index in alike), Fraction(0))
            done = scaled(total, rest, has_decimals(chosen)) if total else None
            kept: list[Expression] = []
            for index, term in enumerate(part.terms):
                if index == first and done is not None:
                    kept.append(done)
                elif index not in alike:
                    kept.append(term)
            return Rewritten(sum_of(kept), f"The terms with {render_text(scaled(Fraction(1), rest))} are added.")
    return None


PLUGIN = Simplification(
    name="like_terms",
    title="Collect like terms",
    order=70,
    example="2x + 3x",
    example_result="5x",
    rewrite=_rewrite,
)
