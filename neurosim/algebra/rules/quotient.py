"""The quotient rule: top differentiated times bottom, minus top times bottom differentiated, over bottom squared."""

from __future__ import annotations

from neurosim.algebra.expression import TWO, Derivative, Negation, Power, Product, Quotient, Sum, factors_of
from neurosim.algebra.rules.base import Applied, Rule, Style, shown, still


def _applies(derivative: Derivative, _style: Style) -> bool:
    return isinstance(derivative.operand, Quotient)


def _apply(derivative: Derivative, _style: Style) -> Applied:
    top, bottom = derivative.operand.children
    first = Product((still(top, derivative), *factors_of(bottom)))
    second = Product((*factors_of(top), still(bottom, derivative)))
    done = Quotient(Sum((first, Negation(second))), Power(bottom, TWO))
    why = f"With f = {shown(top)} and g = {shown(bottom)}: f′·g − f·g′ over g²."
    return Applied(done, why)


PLUGIN = Rule(
    name="quotient",
    title="Quotient",
    order=9,
    priority=80,
    in_table=True,
    function="f(x)/g(x)",
    derivative="(f′(x) g(x) − f(x) g′(x))/g(x)²",
    latex=r"\frac{d}{dx} \frac{f(x)}{g(x)} = \frac{f'(x) g(x) - f(x) g'(x)}{[g(x)]^2}",
    example="x/(1+x)",
    applies=_applies,
    apply=_apply,
)
