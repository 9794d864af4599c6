"""The exponential rule for any other base: the function times the logarithm of its base."""

from __future__ import annotations

from neurosim.algebra.expression import Derivative, Expression, Power
from neurosim.algebra.rules._outside import applies_directly, apply_directly
from neurosim.algebra.rules.base import Rule, shown


def _why(derivative: Derivative, slope: Expression) -> str:
    base = shown(derivative.operand.base) if isinstance(derivative.operand, Power) else "a"
    return f"An exponential with base a = {base} is multiplied by ln(a): {shown(slope)}."


PLUGIN = Rule(
    name="exponential_a",
    title="Exponential (base a)",
    order=6,
    priority=52,
    in_table=True,
    function="aˣ",
    derivative="aˣ ln(a)",
    latex=r"\frac{d}{dx} a^x = a^x \ln(a)",
    example="3^x",
    applies=applies_directly("exponential_a"),
    apply=apply_directly(_why),
)
