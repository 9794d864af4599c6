"""The outermost function of an expression, what is inside it, and its derivative taken at the inside."""

from __future__ import annotations

from collections.abc import Callable

from neurosim.algebra.evaluate import rational_value
from neurosim.algebra.expression import (
    ONE,
    TWO,
    ZERO,
    Derivative,
    E,
    Expression,
    Function,
    Negation,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    depends_on,
    factors_of,
    number,
    product_of,
    symbols,
)
from neurosim.algebra.functions import FUNCTIONS
from neurosim.algebra.rules.base import Applied, Style, is_bare, shown
from neurosim.records import dataclass


@dataclass(frozen=True)
class Outside:
    """The outermost function ``f`` of ``f(g)``.

    Attributes:
        rule: the name of the rule that differentiates it.
        inside: g.
        slope: f' at g.
        of: f as a function of any other argument.
    """

    rule: str
    inside: Expression
    slope: Expression
    of: Callable[[Expression], Expression]


def outside(expression: Expression, symbol: str, style: Style) -> Outside | None:
    """The outermost function, when only one part of the expression depends on the symbol and a rule knows it."""
    if isinstance(expression, Function):
        name, inside = expression.name, expression.argument
        rule = {"exp": "exponential_e", "ln": "logarithm"}.get(name, "named_function")
        return Outside(rule, inside, FUNCTIONS[name].derivative(inside), lambda u: Function(name, u))
    if isinstance(expression, Power):
        return _power(expression, symbol, style)
    if isinstance(expression, Quotient) and not depends_on(expression.numerator, symbol):
        return _reciprocal(expression, style)
    return None


def applies_directly(name: str) -> Callable[[Derivative, Style], bool]:
    """For a rule of a basic function: whether the operand is that function of the bare symbol."""

    def applies(derivative: Derivative, style: Style) -> bool:
        found = outside(derivative.operand, derivative.symbol, style)
        return found is not None and found.rule == name and is_bare(found.inside, derivative)

    return applies


def apply_directly(why: Callable[[Derivative, Expression], str]) -> Callable[[Derivative, Style], Applied]:
    """For a rule of a basic function of the bare symbol: its derivative, with a sentence made from it."""

    def apply(derivative: Derivative, style: Style) -> Applied:
        found = outside(derivative.operand, derivative.symbol, style)
        if found is None:
            raise ValueError(f"{shown(derivative)} is not the derivative of a basic function.")
        return Applied(found.slope, why(derivative, found.slope))

    return apply


def placeholder(expression: Expression) -> Symbol:
    """A letter for the inside that the expression does not use."""
    used = symbols(expression)
    return Symbol(next(letter for letter in ("u", "v", "w", "t", "s", "u_0") if letter not in used))


def _power(expression: Power, symbol: str, style: Style) -> Outside | None:
    base, exponent = expression.base, expression.exponent
    if not depends_on(exponent, symbol):
        return Outside("power", base, power_slope(base, exponent, style), lambda u: Power(u, exponent))
    if base == E:
        return Outside("exponential_e", exponent, expression, lambda u: Power(E, u))
    if depends_on(base, symbol):
        return None
    slope = Product((expression, Function("ln", base)))
    return Outside("exponential_a", exponent, slope, lambda u: Power(base, u))


def power_slope(base: Expression, exponent: Expression, style: Style) -> Expression:
    """``n u^(n-1)``, with n - 1 worked out when the style is terse and n is a number."""
    value = rational_value(exponent)
    if value is None or not style.terse:
        return Product((*factors_of(exponent), Power(base, Sum((exponent, Negation(ONE))))))
    if value == 0:
        return ZERO
    rest = [base] if value == 2 else [] if value == 1 else [Power(base, number(value - 1))]
    size = product_of([*([] if abs(value) == 1 and rest else [number(abs(value))]), *rest])
    return Negation(size) if value < 0 else size


def _reciprocal(expression: Quotient, style: Style) -> Outside | None:
    """``c/u`` as ``c u^-1``, whose derivative is ``-c/u^2``; likewise ``c/u^n`` with ``-n c/u^(n+1)``."""
    if style.constant_over != "chain":
        return None
    top, bottom = expression.numerator, expression.denominator
    if isinstance(bottom, Power):
        exponent = bottom.exponent
        value = rational_value(exponent)
        if value is not None and value > 0 and value.denominator == 1:
            scaled = number(value) if top == ONE else Product((number(value), *factors_of(top)))
            slope = Negation(Quotient(scaled, Power(bottom.base, number(value + 1))))
            return Outside("power", bottom.base, slope, lambda u: Quotient(top, Power(u, exponent)))
    return Outside("power", bottom, Negation(Quotient(top, Power(bottom, TWO))), lambda u: Quotient(top, u))
