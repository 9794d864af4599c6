"""The product rule: the first factor differentiated times the rest, plus the first times the rest differentiated."""

from __future__ import annotations

from neurosim.algebra.expression import Derivative, Product, Sum, factors_of, product_of
from neurosim.algebra.rules.base import Applied, Rule, Style, shown, still


def _applies(derivative: Derivative, _style: Style) -> bool:
    return isinstance(derivative.operand, Product)


def _apply(derivative: Derivative, _style: Style) -> Applied:
    first, *others = derivative.operand.children
    rest = product_of(others)
    done = Sum((Product((still(first, derivative), *others)), Product((*factors_of(first), still(rest, derivative)))))
    why = f"With f = {shown(first)} and g = {shown(rest)}: f′·g + f·g′."
    return Applied(done, why)


PLUGIN = Rule(
    name="product",
    title="Product",
    order=8,
    priority=70,
    in_table=True,
    function="f(x) g(x)",
    derivative="f′(x) g(x) + f(x) g′(x)",
    latex=r"\frac{d}{dx}\, f(x) g(x) = f'(x) g(x) + f(x) g'(x)",
    example="x ln(x)",
    applies=_applies,
    apply=_apply,
)
