"""The constant rule: what does not depend on the symbol has derivative 0."""

from __future__ import annotations

from neurosim.algebra.expression import ZERO, Derivative, depends_on
from neurosim.algebra.names import text_of
from neurosim.algebra.rules.base import Applied, Rule, Style, shown


def _applies(derivative: Derivative, _style: Style) -> bool:
    return not depends_on(derivative.operand, derivative.symbol)


def _apply(derivative: Derivative, _style: Style) -> Applied:
    return Applied(
        ZERO, f"{shown(derivative.operand)} does not depend on {text_of(derivative.symbol)}: its derivative is 0."
    )


PLUGIN = Rule(
    name="constant",
    title="Constant",
    order=1,
    priority=10,
    in_table=True,
    function="c",
    derivative="0",
    latex=r"\frac{d}{dx} c = 0",
    example="7",
    applies=_applies,
    apply=_apply,
)
