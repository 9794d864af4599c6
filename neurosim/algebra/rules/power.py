"""The power rule: the exponent comes down as a factor and is then one less."""

from __future__ import annotations

from neurosim.algebra.expression import Derivative, Expression, Power
from neurosim.algebra.rules._outside import applies_directly, apply_directly
from neurosim.algebra.rules.base import Rule, shown


def _why(derivative: Derivative, slope: Expression) -> str:
    operand = derivative.operand
    if isinstance(operand, Power):
        exponent = shown(operand.exponent)
        return f"The exponent n = {exponent} comes down as a factor, and n − 1 takes its place: {shown(slope)}."
    return f"{shown(operand)} is a power with a negative exponent; its derivative is {shown(slope)}."


PLUGIN = Rule(
    name="power",
    title="Power",
    order=4,
    priority=50,
    in_table=True,
    function="xⁿ",
    derivative="n xⁿ⁻¹",
    latex=r"\frac{d}{dx} x^n = n x^{n-1}",
    example="x^3",
    applies=applies_directly("power"),
    apply=apply_directly(_why),
)
