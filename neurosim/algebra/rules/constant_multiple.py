"""The constant multiple rule: a factor that does not depend on the symbol stands before the derivative."""

from __future__ import annotations

from neurosim.algebra.expression import (
    ONE,
    Derivative,
    Expression,
    Negation,
    Product,
    Quotient,
    depends_on,
    product_of,
    without_sign,
)
from neurosim.algebra.rules.base import Applied, Rule, Style, is_bare, shown, still


def _split(expression: Expression, symbol: str) -> tuple[list[Expression], Expression]:
    """The constant factors and the rest of a product; no factors when it is none."""
    if not isinstance(expression, Product):
        return [], expression
    constants = [factor for factor in expression.factors if not depends_on(factor, symbol)]
    rest = [factor for factor in expression.factors if depends_on(factor, symbol)]
    return constants, product_of(rest)


def _applies(derivative: Derivative, _style: Style) -> bool:
    negative, inside = without_sign(derivative.operand)
    if isinstance(inside, Quotient):
        return negative or not depends_on(inside.denominator, derivative.symbol)
    return negative or bool(_split(inside, derivative.symbol)[0])


def _apply(derivative: Derivative, style: Style) -> Applied:
    negative, inside = without_sign(derivative.operand)
    done: Expression
    if isinstance(inside, Quotient) and not depends_on(inside.denominator, derivative.symbol):
        done = Quotient(_slope(inside.numerator, derivative, style), inside.denominator)
        factor: Expression = Quotient(ONE, inside.denominator)
        rest = inside.numerator
    else:
        constants, rest = _split(inside, derivative.symbol)
        slope = _slope(rest, derivative, style)
        done = product_of([*constants, slope] if slope != ONE or not constants else constants)
        factor = product_of(constants)
    factor = Negation(factor) if negative else factor
    why = f"{shown(factor)} is a constant factor: it stays, and {shown(rest)} is differentiated."
    return Applied(Negation(done) if negative else done, why)


def _slope(rest: Expression, derivative: Derivative, style: Style) -> Expression:
    return ONE if style.terse and is_bare(rest, derivative) else still(rest, derivative)


PLUGIN = Rule(
    name="constant_multiple",
    title="Constant multiplier",
    order=2,
    priority=30,
    in_table=True,
    function="c f(x)",
    derivative="c f′(x)",
    latex=r"\frac{d}{dx}\,c f(x) = c f'(x)",
    example="5sin(x)",
    applies=_applies,
    apply=_apply,
)
