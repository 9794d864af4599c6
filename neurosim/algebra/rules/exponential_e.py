"""The exponential rule for base e: the function is its own derivative."""

from __future__ import annotations

from neurosim.algebra.expression import Derivative, Expression
from neurosim.algebra.rules._outside import applies_directly, apply_directly
from neurosim.algebra.rules.base import Rule, shown


def _why(derivative: Derivative, _slope: Expression) -> str:
    return f"{shown(derivative.operand)} is its own derivative."


PLUGIN = Rule(
    name="exponential_e",
    title="Exponential (base e)",
    order=5,
    priority=51,
    in_table=True,
    function="eˣ",
    derivative="eˣ",
    latex=r"\frac{d}{dx} e^x = e^x",
    example="e^x",
    applies=applies_directly("exponential_e"),
    apply=apply_directly(_why),
)
