"""Numbers are worked out: the sum, product, fraction or power of numbers is one number."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from neurosim.algebra.evaluate import rational_value
from neurosim.algebra.expression import Expression, Product, Sum, number, product_of, sum_of
from neurosim.algebra.render_text import render_text
from neurosim.algebra.simplifications._terms import has_decimals
from neurosim.algebra.simplifications.base import Rewritten, Simplification

_LARGEST = 10**12

Gather = Callable[[list[Expression]], Expression]


def _rewrite(part: Expression) -> Rewritten | None:
    whole = rational_value(part)
    if whole is not None:
        return _worked_out(part, whole)
    if isinstance(part, Sum):
        return _some(list(part.terms), sum_of)
    if isinstance(part, Product):
        return _some(list(part.factors), product_of)
    return None


def _worked_out(part: Expression, value: Fraction) -> Rewritten | None:
    done = number(value, has_decimals([part]))
    if done == part or max(abs(value.numerator), value.denominator) > _LARGEST:
        return None
    return Rewritten(done, f"{render_text(part)} = {render_text(done)}.")


def _some(parts: list[Expression], gather: Gather) -> Rewritten | None:
    """The numbers among terms or factors become one, where the first of them stood."""
    known = [index for index, part in enumerate(parts) if rational_value(part) is not None]
    if len(known) < 2:
        return None
    together = gather([parts[index] for index in known])
    value = rational_value(together)
    if value is None or max(abs(value.numerator), value.denominator) > _LARGEST:
        return None
    done = number(value, has_decimals([together]))
    kept = [done if index == known[0] else part for index, part in enumerate(parts) if index not in known[1:]]
    return Rewritten(gather(kept), f"{render_text(together)} = {render_text(done)}.")


PLUGIN = Simplification(
    name="arithmetic",
    title="Work out the numbers",
    order=50,
    example="3x^(3-1)",
    example_result="3x^2",
    rewrite=_rewrite,
)
