"""Values that everybody knows: ln(1) is 0, and e to the ln(x) is x."""

from __future__ import annotations

from fractions import Fraction

from neurosim.algebra.evaluate import rational_value
from neurosim.algebra.expression import ONE, E, Expression, Function, Power, number
from neurosim.algebra.functions import FUNCTIONS
from neurosim.algebra.simplifications.base import Rewritten, Simplification

_LARGEST = 10**12


def _rewrite(part: Expression) -> Rewritten | None:
    if isinstance(part, Power) and part.base == E:
        return _undone(part.exponent, "ln", "e to the ln of something is that something.")
    if not isinstance(part, Function):
        return None
    argument = part.argument
    if part.name == "exp":
        undone = _undone(argument, "ln", "exp undoes ln.")
        if undone is not None:
            return undone
    if part.name == "ln":
        if argument == E:
            return Rewritten(ONE, "The logarithm of e is 1.")
        if isinstance(argument, Power) and argument.base == E:
            return Rewritten(argument.exponent, "ln undoes the exponential with base e.")
        undone = _undone(argument, "exp", "ln undoes exp.")
        if undone is not None:
            return undone
    value = rational_value(argument)
    return None if value is None else _rational(part, value)


def _undone(argument: Expression, name: str, why: str) -> Rewritten | None:
    if isinstance(argument, Function) and argument.name == name:
        return Rewritten(argument.argument, why)
    return None


def _rational(part: Function, value: Fraction) -> Rewritten | None:
    exact = FUNCTIONS[part.name].exact(value)
    if exact is None or max(abs(exact.numerator), exact.denominator) > _LARGEST:
        return None
    return Rewritten(number(exact), "This value is known exactly.")


PLUGIN = Simplification(
    name="known_values",
    title="Known value",
    order=40,
    example="ln(1)",
    example_result="0",
    rewrite=_rewrite,
)
