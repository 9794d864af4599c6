"""The pencil's check on a derivation: each line's worth at a point, beside a central difference of the function."""

from __future__ import annotations

import math
from collections.abc import Mapping

from neurosim.algebra.errors import EvaluationError
from neurosim.algebra.evaluate import evaluate
from neurosim.algebra.expression import Derivative, Expression
from neurosim.algebra.names import text_of
from neurosim.numbers.exact import Number
from neurosim.records import dataclass

TOLERANCE = 1e-6
"""Relative difference up to which a line and the central difference agree."""


_GOOD = 1e-10
_WIDTHS = 12


@dataclass(frozen=True)
class LineCheck:
    """A line of a derivation at a point.

    Attributes:
        value: what the line is worth; what is still to be differentiated counts as its central difference.
        difference: the central difference of the function of the first line.
        agrees: whether the two are equal up to rounding.
        problem: why there is nothing to compare, as a sentence; empty when there is.
    """

    value: Number | None
    difference: float | None
    agrees: bool
    problem: str = ""


def central_difference(expression: Expression, symbol: str, values: Mapping[str, Number]) -> float:
    """The slope of *expression* with respect to *symbol* at a point, from values alone, good to about 10 digits.

    The central difference ``D(h) = (f(x+h) - f(x-h)) / 2h`` is taken at two widths and combined as
    ``(4 D(h/2) - D(h)) / 3``, so that the error falls with the fourth power of h (Richardson); h shrinks until two such
    values in a row agree.

    Raises:
        EvaluationError: the function is not defined on both sides of the point.
    """
    if symbol not in values:
        raise EvaluationError(f"{text_of(symbol)} has no value.")
    width = 2e-3 * max(1.0, abs(float(values[symbol])))
    best, error, before = math.nan, math.inf, math.nan
    problem = EvaluationError("The function has no values around this point.")
    for _ in range(_WIDTHS):
        try:
            wide = _difference(expression, symbol, values, width)
            narrow = _difference(expression, symbol, values, width / 2)
        except EvaluationError as reason:
            problem = reason  # the edge of the domain is near: keep to this side of it
        else:
            estimate = (4 * narrow - wide) / 3
            # Two widths that agree best are the most to be trusted: wider ones bend, narrower ones round.
            if math.isnan(best) or abs(estimate - before) < error:
                error = abs(estimate - before) if not math.isnan(before) else math.inf
                best = estimate
            if error <= _GOOD * max(1.0, abs(best)):
                break
            before = estimate
        width /= 4
    if math.isnan(best):
        raise problem
    return best


def slope(derivative: Derivative, values: Mapping[str, Number]) -> Number:
    """What a derivative that is still to be worked out is worth at a point: its central difference."""
    return central_difference(derivative.operand, derivative.symbol, values)


def check_line(line: Expression, function: Expression, symbol: str, values: Mapping[str, Number]) -> LineCheck:
    """Compare a line of the derivation of *function* with the central difference of the function at a point."""
    try:
        value = evaluate(line, values, slope)
        difference = central_difference(function, symbol, values)
    except EvaluationError as error:
        return LineCheck(None, None, False, str(error))
    return LineCheck(value, difference, agree(float(value), difference))


def agree(value: float, other: float, tolerance: float = TOLERANCE) -> bool:
    """Whether two values are equal up to rounding."""
    return math.isclose(value, other, rel_tol=tolerance, abs_tol=tolerance)


def _difference(expression: Expression, symbol: str, values: Mapping[str, Number], width: float) -> float:
    at = float(values[symbol])
    right, left = at + width, at - width
    above = evaluate(expression, {**values, symbol: right}, slope)
    below = evaluate(expression, {**values, symbol: left}, slope)
    result = (float(above) - float(below)) / (right - left)
    if not math.isfinite(result):
        raise EvaluationError("The values are too large to be compared.")
    return result
