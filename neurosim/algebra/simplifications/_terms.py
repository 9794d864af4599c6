"""Taking terms and factors apart: coefficients, bases with exponents, and what is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction

from neurosim.algebra.evaluate import rational_value
from neurosim.algebra.expression import (
    ONE,
    Constant,
    Expression,
    Negation,
    Power,
    Product,
    Quotient,
    factors_of,
    number,
    product_of,
    walk,
)

Key = frozenset[tuple[Expression, int]]


def has_decimals(expressions: Iterable[Expression]) -> bool:
    """Whether a number in them was typed as a decimal, so that results are better shown as decimals too."""
    parts = (part for expression in expressions for _, part in walk(expression))
    return any(isinstance(part, Constant) and part.value.denominator != 1 for part in parts)


def coefficient(term: Expression) -> tuple[Fraction, tuple[Expression, ...]]:
    """The rational factor of a term and its other factors, in their order."""
    if isinstance(term, Negation):
        value, rest = coefficient(term.operand)
        return -value, rest
    if isinstance(term, Quotient):
        below = rational_value(term.denominator)
        if below:
            value, rest = coefficient(term.numerator)
            return value / below, rest
    value = Fraction(1)
    rest_factors: list[Expression] = []
    for factor in factors_of(term):
        known = rational_value(factor)
        if known is None:
            rest_factors.append(factor)
        else:
            value *= known
    return value, tuple(rest_factors)


def key_of(factors: Iterable[Expression]) -> Key:
    """The same for the same factors in any order."""
    return frozenset(Counter(factors).items())


def scaled(value: Fraction, rest: tuple[Expression, ...], decimal: bool = False) -> Expression:
    """A rational factor times other factors as one writes it: ``-3/4 x`` is the negative of ``3x/4``."""
    if not rest:
        return number(value, decimal)
    size = abs(value)
    below = number(size.denominator)
    if decimal and isinstance(number(size, decimal=True), Constant):
        above: Expression = number(size, decimal=True)
        below = ONE
    else:
        above = number(size.numerator)
    top = product_of(rest if above == ONE else (above, *rest))
    shown = top if below == ONE else Quotient(top, below)
    return Negation(shown) if value < 0 else shown


def power_of(factor: Expression) -> tuple[Expression, Fraction]:
    """A factor as base and rational exponent; one without such an exponent is its own base, to the first."""
    if isinstance(factor, Power):
        exponent = rational_value(factor.exponent)
        if exponent is not None:
            return factor.base, exponent
    return factor, Fraction(1)


def raised(base: Expression, exponent: Fraction) -> Expression:
    """A base with a rational exponent as one writes it."""
    if exponent == 0:
        return ONE
    return base if exponent == 1 else Power(base, number(exponent))


def without_ones(factors: Iterable[Expression]) -> Expression:
    """The product of the factors that are not 1."""
    return product_of([factor for factor in factors if factor != ONE])


def flat(factors: Iterable[Expression]) -> tuple[Expression, ...]:
    """The factors, those of products among them one by one."""
    return tuple(
        inner for factor in factors for inner in (factor.factors if isinstance(factor, Product) else (factor,))
    )
