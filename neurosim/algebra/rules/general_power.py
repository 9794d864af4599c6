"""A power whose base and exponent both depend on the symbol is first written with base e."""

from __future__ import annotations

from neurosim.algebra.expression import Derivative, E, Function, Power, Product, depends_on, factors_of
from neurosim.algebra.names import text_of
from neurosim.algebra.rules.base import Applied, Rule, Style, shown, still


def _applies(derivative: Derivative, _style: Style) -> bool:
    operand = derivative.operand
    return (
        isinstance(operand, Power)
        and depends_on(operand.base, derivative.symbol)
        and depends_on(operand.exponent, derivative.symbol)
    )


def _apply(derivative: Derivative, _style: Style) -> Applied:
    base, exponent = derivative.operand.children
    written = Power(E, Product((*factors_of(exponent), Function("ln", base))))
    why = (
        f"Base and exponent both depend on {text_of(derivative.symbol)}: since f = e^ln(f), "
        f"{shown(derivative.operand)} is {shown(written)}, where {shown(base)} is positive."
    )
    return Applied(still(written, derivative), why)


PLUGIN = Rule(
    name="general_power",
    title="Power with base e",
    order=13,
    priority=55,
    in_table=False,
    function="f(x)^g(x)",
    derivative="d/dx(e^(g(x) ln(f(x))))",
    latex=r"\frac{d}{dx} f(x)^{g(x)} = \frac{d}{dx} e^{g(x) \ln(f(x))}",
    example="x^x",
    applies=_applies,
    apply=_apply,
)
