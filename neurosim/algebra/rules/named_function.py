"""The known derivatives of the named functions: sine, sigma, tanh and their like."""

from __future__ import annotations

from neurosim.algebra.expression import Derivative, Expression, Function
from neurosim.algebra.functions import FUNCTIONS
from neurosim.algebra.names import text_of
from neurosim.algebra.rules._outside import applies_directly, apply_directly
from neurosim.algebra.rules.base import Rule, shown


def _why(derivative: Derivative, slope: Expression) -> str:
    operand = derivative.operand
    away = (
        f", away from {text_of(derivative.symbol)} = 0"
        if isinstance(operand, Function) and "away" in FUNCTIONS[operand.name].formula
        else ""
    )
    return f"The derivative of {shown(operand)} is known: {shown(slope)}{away}."


PLUGIN = Rule(
    name="named_function",
    title="Known derivative",
    order=12,
    priority=54,
    in_table=False,
    function="σ(x)",
    derivative="σ(x)(1 − σ(x))",
    latex=r"\frac{d}{dx} \sigma(x) = \sigma(x)(1 - \sigma(x))",
    example="sigma(x)",
    applies=applies_directly("named_function"),
    apply=apply_directly(_why),
)
