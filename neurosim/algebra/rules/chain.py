"""The chain rule: the derivative of the outside, taken at the inside, times the derivative of the inside."""

from __future__ import annotations

from neurosim.algebra.expression import Derivative, Negation, Product, factors_of, without_sign
from neurosim.algebra.rules._outside import outside, placeholder
from neurosim.algebra.rules.base import Applied, Rule, Style, is_bare, shown, still


def _applies(derivative: Derivative, style: Style) -> bool:
    found = outside(derivative.operand, derivative.symbol, style)
    return found is not None and not is_bare(found.inside, derivative)


def _apply(derivative: Derivative, style: Style) -> Applied:
    found = outside(derivative.operand, derivative.symbol, style)
    if found is None:
        raise ValueError(f"{shown(derivative)} has no outside and inside.")
    negative, size = without_sign(found.slope)
    done = Product((*factors_of(size), still(found.inside, derivative)))
    letter = placeholder(derivative.operand)
    inside = f"{shown(letter)} = {shown(found.inside)}"
    why = (
        f"The outside is {shown(found.of(letter))} with the inside {inside}: "
        "the derivative of the outside, taken at the inside, times the derivative of the inside."
    )
    return Applied(Negation(done) if negative else done, why, found.rule)


PLUGIN = Rule(
    name="chain",
    title="Chain",
    order=10,
    priority=60,
    in_table=True,
    function="f(g(x))",
    derivative="f′(g(x)) g′(x)",
    latex=r"\frac{d}{dx} f(g(x)) = f'(g(x))\, g'(x)",
    example="1/(1+e^-x)",
    applies=_applies,
    apply=_apply,
)
