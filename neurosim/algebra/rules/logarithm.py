"""The logarithm rule: the derivative of ln(x) is 1/x."""

from __future__ import annotations

from neurosim.algebra.expression import Derivative, Expression
from neurosim.algebra.rules._outside import applies_directly, apply_directly
from neurosim.algebra.rules.base import Rule, shown


def _why(derivative: Derivative, slope: Expression) -> str:
    return f"The derivative of {shown(derivative.operand)} is {shown(slope)}."


PLUGIN = Rule(
    name="logarithm",
    title="Logarithm",
    order=7,
    priority=53,
    in_table=True,
    function="ln(x)",
    derivative="1/x",
    latex=r"\frac{d}{dx} \ln(x) = \frac{1}{x}",
    example="ln(x)",
    applies=applies_directly("logarithm"),
    apply=apply_directly(_why),
)
