"""A sum inside a sum needs no brackets; behind a minus sign each of its signs turns round."""

from __future__ import annotations

from neurosim.algebra.expression import Expression, Negation, Sum, without_sign
from neurosim.algebra.simplifications.base import Rewritten, Simplification


def _rewrite(part: Expression) -> Rewritten | None:
    if not isinstance(part, Sum):
        return None
    terms: list[Expression] = []
    turned = False
    for term in part.terms:
        negative, inside = without_sign(term)
        if not isinstance(inside, Sum):
            terms.append(term)
        elif negative:
            turned = True
            for inner in inside.terms:
                was_negative, size = without_sign(inner)
                terms.append(size if was_negative else Negation(inner))
        else:
            terms.extend(inside.terms)
    if len(terms) == len(part.terms):
        return None
    why = "A minus before brackets turns every sign inside round." if turned else "A sum in a sum needs no brackets."
    return Rewritten(Sum(tuple(terms)), why)


PLUGIN = Simplification(
    name="open_brackets",
    title="Open the brackets",
    order=60,
    example="1 - (1 - x)",
    example_result="1 - 1 + x",
    rewrite=_rewrite,
)
