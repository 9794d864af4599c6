"""A normal form for comparing expressions: a polynomial with fractions as coefficients over parts that are no sums."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from neurosim.algebra.evaluate import rational_value
from neurosim.algebra.expression import (
    E,
    Expression,
    Function,
    Negation,
    Power,
    Product,
    Quotient,
    Sum,
)

Monomial = tuple[tuple[str, Fraction], ...]
"""Bases, by their own normal form as text, with rational exponents, sorted."""

Polynomial = dict[Monomial, Fraction]
"""A coefficient for each monomial; none is 0."""

_MOST_TERMS = 200
_HIGHEST_POWER = 8


class _TooLongError(Exception):
    """The normal form would have too many terms."""


def normal_form(expression: Expression) -> str | None:
    """A text that is the same for expressions whose equality follows from the laws of sums, products and powers.

    Two expressions with different texts may still be equal. ``None`` when it would be too long.
    """
    try:
        return _text(_polynomial(expression))
    except _TooLongError:
        return None


def _polynomial(expression: Expression) -> Polynomial:
    value = rational_value(expression)
    if value is not None:
        return {(): value} if value else {}
    if isinstance(expression, Negation):
        return {key: -factor for key, factor in _polynomial(expression.operand).items()}
    if isinstance(expression, Sum):
        total: dict[Monomial, Fraction] = defaultdict(Fraction)
        for term in expression.terms:
            for key, factor in _polynomial(term).items():
                total[key] += factor
        return _checked(total)
    if isinstance(expression, Product):
        product: Polynomial = {(): Fraction(1)}
        for part in expression.factors:
            product = _times(product, _polynomial(part))
        return product
    if isinstance(expression, Quotient):
        return _times(_polynomial(expression.numerator), _power(_polynomial(expression.denominator), Fraction(-1)))
    if isinstance(expression, Power):
        exponent = rational_value(expression.exponent)
        if exponent is not None and expression.base != E:
            return _power(_polynomial(expression.base), exponent)
        return _exponential(expression)
    if isinstance(expression, Function):
        return {((f"{expression.name}[{_text(_polynomial(expression.argument))}]", Fraction(1)),): Fraction(1)}
    return {((repr(expression), Fraction(1)),): Fraction(1)}


def _exponential(expression: Power) -> Polynomial:
    """``a^(u + 2v)`` as ``(a^u) (a^v)^2``."""
    base = _text(_polynomial(expression.base))
    result: Polynomial = {(): Fraction(1)}
    for key, factor in _polynomial(expression.exponent).items():
        result = _times(result, {((f"[{base}]^[{_text({key: Fraction(1)})}]", factor),): Fraction(1)})
    return result


def _power(polynomial: Polynomial, exponent: Fraction) -> Polynomial:
    if exponent.denominator == 1:
        if 0 <= exponent <= _HIGHEST_POWER:
            result: Polynomial = {(): Fraction(1)}
            for _ in range(int(exponent)):
                result = _times(result, polynomial)
            return result
        if len(polynomial) == 1:
            ((key, factor),) = polynomial.items()
            if abs(exponent) > 2 * _HIGHEST_POWER:
                raise _TooLongError
            return {tuple((base, power * exponent) for base, power in key): factor ** int(exponent)}
    return {((f"({_text(polynomial)})", exponent),): Fraction(1)}


def _times(left: Polynomial, right: Polynomial) -> Polynomial:
    if len(left) * len(right) > _MOST_TERMS * 4:
        raise _TooLongError
    total: dict[Monomial, Fraction] = defaultdict(Fraction)
    for first, one in left.items():
        for second, other in right.items():
            powers: dict[str, Fraction] = defaultdict(Fraction)
            for base, exponent in (*first, *second):
                powers[base] += exponent
            total[tuple(sorted((base, power) for base, power in powers.items() if power))] += one * other
    return _checked(total)


def _checked(total: dict[Monomial, Fraction]) -> Polynomial:
    if len(total) > _MOST_TERMS:
        raise _TooLongError
    return {key: factor for key, factor in total.items() if factor}


def _text(polynomial: Polynomial) -> str:
    text = "+".join(
        f"{factor}*{'*'.join(f'{base}^{power}' for base, power in key)}" for key, factor in sorted(polynomial.items())
    )
    if len(text) > 20_000:
        raise _TooLongError
    return text
