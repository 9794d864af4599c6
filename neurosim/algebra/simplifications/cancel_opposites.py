"""A term and its opposite add up to nothing."""

from __future__ import annotations

from neurosim.algebra.expression import Expression, Sum, sum_of
from neurosim.algebra.render_text import render_text
from neurosim.algebra.simplifications._terms import coefficient, key_of
from neurosim.algebra.simplifications.base import Rewritten, Simplification


def _rewrite(part: Expression) -> Rewritten | None:
    if not isinstance(part, Sum):
        return None
    split = [coefficient(term) for term in part.terms]
    keys = [key_of(rest) for _, rest in split]
    for first, (value, _) in enumerate(split):
        for second in range(first + 1, len(split)):
            if value and value == -split[second][0] and keys[first] == keys[second]:
                left = [term for index, term in enumerate(part.terms) if index not in (first, second)]
                pair = f"{render_text(part.terms[first])} and {render_text(part.terms[second])}"
                return Rewritten(sum_of(left), f"{pair} cancel.")
    return None


PLUGIN = Simplification(
    name="cancel_opposites",
    title="Cancel opposite terms",
    order=45,
    example="x + y - x",
    example_result="y",
    rewrite=_rewrite,
)
