"""The value of an expression at a point: an exact fraction while everything in it is rational, else a float64."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction

from neurosim.algebra.errors import EvaluationError
from neurosim.algebra.expression import (
    Constant,
    Derivative,
    Expression,
    Function,
    NamedConstant,
    Negation,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    walk,
)
from neurosim.algebra.functions import FUNCTIONS, exact_root
from neurosim.algebra.render_text import render_text
from neurosim.numbers.exact import Number, as_number

LARGEST_BITS = 8192
"""An exact number longer than this is continued as a float64."""

Slope = Callable[[Derivative, Mapping[str, Number]], Number]


def evaluate(
    expression: Expression, values: Mapping[str, Number | int] | None = None, slope: Slope | None = None
) -> Number:
    """The value of *expression* with *values* in place of its symbols.

    Args:
        expression: what to evaluate.
        values: the value of each symbol by its name.
        slope: what a derivative that is still to be worked out counts as; without it there is none.

    Raises:
        EvaluationError: the sentence names the part that has no value: a division by zero, a logarithm of what is not
            positive, a symbol without a value, a result beyond 1.8e308.
    """
    try:
        point = {name: as_number(value) for name, value in (values or {}).items()}
    except ValueError as error:
        raise EvaluationError(str(error)) from None
    value = _Evaluation(point, slope).of(expression)
    try:
        float(value)
    except OverflowError:  # an exact number that no float64 can stand for
        raise EvaluationError(f"{_shown(expression)} is too large: numbers go up to 1.8e308.") from None
    return value


def rational_value(expression: Expression) -> Fraction | None:
    """The value of an expression in which there are only numbers, when it is rational; ``None`` for any other."""
    if any(isinstance(part, Symbol | NamedConstant | Function | Derivative) for _, part in walk(expression)):
        return None
    try:
        value = evaluate(expression)
    except EvaluationError:
        return None
    return value if isinstance(value, Fraction) else None


class _Evaluation:
    """One walk over a tree."""

    def __init__(self, point: Mapping[str, Number], slope: Slope | None) -> None:
        self._point = point
        self._slope = slope

    def of(self, expression: Expression) -> Number:
        try:
            value = self._value(expression)
        except OverflowError:
            raise EvaluationError(f"{_shown(expression)} is too large: numbers go up to 1.8e308.") from None
        if isinstance(value, float) and not math.isfinite(value):
            raise EvaluationError(f"{_shown(expression)} is too large: numbers go up to 1.8e308.")
        if isinstance(value, Fraction) and value.numerator.bit_length() + value.denominator.bit_length() > LARGEST_BITS:
            return float(value)
        return value

    def _value(self, expression: Expression) -> Number:
        if isinstance(expression, Constant):
            return expression.value
        if isinstance(expression, NamedConstant):
            return math.e if expression.name == "e" else math.pi
        if isinstance(expression, Symbol):
            if expression.name not in self._point:
                raise EvaluationError(f"{_shown(expression)} has no value.")
            return self._point[expression.name]
        if isinstance(expression, Negation):
            return -self.of(expression.operand)
        if isinstance(expression, Sum):
            return _total([self.of(term) for term in expression.terms])
        if isinstance(expression, Product):
            return _multiplied([self.of(factor) for factor in expression.factors])
        if isinstance(expression, Quotient):
            return self._quotient(expression)
        if isinstance(expression, Power):
            return self._power(expression)
        if isinstance(expression, Function):
            return self._function(expression)
        if isinstance(expression, Derivative) and self._slope is not None:
            return self._slope(expression, self._point)
        raise EvaluationError(f"{_shown(expression)} is still to be worked out.")

    def _quotient(self, expression: Quotient) -> Number:
        top, bottom = self.of(expression.numerator), self.of(expression.denominator)
        if bottom == 0:
            raise EvaluationError(f"{_shown(expression)} divides by zero.")
        if isinstance(top, Fraction) and isinstance(bottom, Fraction):
            return top / bottom
        return float(top) / float(bottom)

    def _power(self, expression: Power) -> Number:
        base, exponent = self.of(expression.base), self.of(expression.exponent)
        if base == 0 and exponent < 0:
            raise EvaluationError(f"{_shown(expression)} divides by zero.")
        if base < 0 and exponent != int(exponent):
            raise EvaluationError(f"{_shown(expression)} is not real: its base {_number(base)} is negative.")
        if isinstance(base, Fraction) and isinstance(exponent, Fraction):
            exact = _exact_power(base, exponent)
            if exact is not None:
                return exact
        return float(math.pow(float(base), float(exponent)))

    def _function(self, expression: Function) -> Number:
        function, argument = FUNCTIONS[expression.name], self.of(expression.argument)
        if isinstance(argument, Fraction):
            exact = function.exact(argument)
            if exact is not None:
                return exact
        try:
            return function.value(float(argument))
        except ValueError:
            raise EvaluationError(
                f"{_shown(expression)} is not defined: {_shown(expression.argument)} is {_number(argument)}, "
                f"and it has to be {function.domain}."
            ) from None


def _exact_power(base: Fraction, exponent: Fraction) -> Fraction | None:
    if exponent.denominator == 2:
        root = exact_root(base)
        return None if root is None else _exact_power(root, Fraction(exponent.numerator))
    bits = max(base.numerator.bit_length(), base.denominator.bit_length())
    if exponent.denominator != 1 or (bits > 1 and abs(exponent) * bits > LARGEST_BITS):
        return None
    return Fraction(base**exponent.numerator)


def _total(values: list[Number]) -> Number:
    exact = [value for value in values if isinstance(value, Fraction)]
    return sum(exact, Fraction(0)) if len(exact) == len(values) else math.fsum(float(value) for value in values)


def _multiplied(values: list[Number]) -> Number:
    exact = [value for value in values if isinstance(value, Fraction)]
    return math.prod(exact, start=Fraction(1)) if len(exact) == len(values) else math.prod(float(v) for v in values)


def _shown(expression: Expression) -> str:
    text = render_text(expression).text
    return text if len(text) <= 60 else f"{text[:56]} ..."


def _number(value: Number) -> str:
    text = str(value) if isinstance(value, Fraction) and len(str(value)) <= 11 else f"{float(value):.6g}"
    return text.replace("-", "−")
