"""The derivative of the symbol itself: the power rule for x to the first."""

from __future__ import annotations

from neurosim.algebra.expression import ONE, Derivative
from neurosim.algebra.names import text_of
from neurosim.algebra.rules.base import Applied, Rule, Style, is_bare


def _applies(derivative: Derivative, _style: Style) -> bool:
    return is_bare(derivative.operand, derivative)


def _apply(derivative: Derivative, _style: Style) -> Applied:
    name = text_of(derivative.symbol)
    return Applied(ONE, f"{name} is {name}¹, so the power rule gives 1·{name}⁰ = 1.")


PLUGIN = Rule(
    name="variable",
    title="Power, n = 1",
    order=11,
    priority=20,
    in_table=False,
    function="x",
    derivative="1",
    latex=r"\frac{d}{dx} x = 1",
    example="x",
    applies=_applies,
    apply=_apply,
)
