"""Values of an expression at many points at once, for drawing; what an expression is worth is said by ``evaluate``."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np

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
)
from neurosim.algebra.functions import FUNCTIONS
from neurosim.engine.dataset import FloatArray

Place = Mapping[str, FloatArray | float]
ArrayFunction = Callable[[FloatArray], FloatArray]

WIDTH = 1e-5
"""Of the central difference that stands for a derivative inside a function."""


def _sigmoid(z: FloatArray) -> FloatArray:
    # exp(-|z|) never overflows; one division serves both sides.
    small = np.exp(-np.abs(z))
    return np.asarray(np.where(z >= 0, 1.0, small) / (1.0 + small))


_FUNCTIONS: Mapping[str, ArrayFunction] = {
    "exp": np.exp,
    "ln": np.log,
    "sqrt": np.sqrt,
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "abs": np.abs,
    "sigmoid": _sigmoid,
    "tanh": np.tanh,
    "relu": lambda u: np.asarray(np.maximum(u, 0.0)),
    "softplus": lambda u: np.asarray(np.logaddexp(0.0, u)),
    "step": lambda u: np.asarray(np.where(u >= 0, 1.0, 0.0)),
    "sign": np.sign,
}


def sample(expression: Expression, symbol: str, at: FloatArray, values: Mapping[str, float]) -> FloatArray:
    """The value of *expression* for each value of *symbol*, shape of *at*; NaN where it has none.

    Args:
        expression: what to evaluate.
        symbol: the symbol that varies.
        at: its values.
        values: those of all other symbols; where one is missing there is no value.
    """
    with np.errstate(all="ignore"):
        found = np.array(np.broadcast_to(_value(expression, {**values, symbol: at}), at.shape), dtype=np.float64)
    found[~np.isfinite(found)] = np.nan
    return found


def _value(expression: Expression, place: Place) -> FloatArray:
    if isinstance(expression, Constant):
        return np.asarray(float(expression.value))
    if isinstance(expression, NamedConstant):
        return np.asarray(math.e if expression.name == "e" else math.pi)
    if isinstance(expression, Symbol):
        return np.asarray(place.get(expression.name, math.nan), dtype=np.float64)
    if isinstance(expression, Derivative):
        return _slope(expression, place)
    parts = [_value(child, place) for child in expression.children]
    if isinstance(expression, Function):
        return _function(expression.name, parts[0])
    if isinstance(expression, Negation):
        return -parts[0]
    found = parts[0]
    for part in parts[1:]:
        found = _joined(expression, found, part)
    return found


def _joined(expression: Expression, left: FloatArray, right: FloatArray) -> FloatArray:
    if isinstance(expression, Sum):
        return np.asarray(left + right)
    if isinstance(expression, Product):
        return np.asarray(left * right)
    if isinstance(expression, Quotient):
        # Nothing is divided by zero, not even zero times infinity later on.
        return np.asarray(np.where(right == 0, np.nan, left / right))
    if isinstance(expression, Power):
        return np.asarray(np.where((left == 0) & (right < 0), np.nan, np.power(left, right)))
    raise TypeError(f"{type(expression).__name__} has no value.")


def _function(name: str, argument: FloatArray) -> FloatArray:
    known = _FUNCTIONS.get(name)
    if known is not None:
        return np.asarray(known(argument))
    return np.asarray(np.vectorize(_guarded(FUNCTIONS[name].value), otypes=[np.float64])(argument))


def _guarded(function: Callable[[float], float]) -> Callable[[float], float]:
    def value(argument: float) -> float:
        try:
            return function(argument)
        except (ValueError, OverflowError):
            return math.nan

    return value


def _slope(derivative: Derivative, place: Place) -> FloatArray:
    here = np.asarray(place.get(derivative.symbol, math.nan), dtype=np.float64)
    width = WIDTH * np.maximum(1.0, np.abs(here))
    above = _value(derivative.operand, {**place, derivative.symbol: here + width})
    below = _value(derivative.operand, {**place, derivative.symbol: here - width})
    return np.asarray((above - below) / (2 * width))
