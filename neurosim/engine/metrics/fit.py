"""How near predictions come to quantities: RMSE in the units of the target, R^2 against the mean alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.numbers.exact import Number, all_exact
from neurosim.records import dataclass


@dataclass(frozen=True)
class Fit:
    """The sums behind R^2 and RMSE of one output over some rows; fractions where targets and predictions are.

    Attributes:
        n: how many rows.
        mean: of the targets of these rows.
        residual_squares: the sum of (prediction - target)^2.
        total_squares: the sum of (target - mean)^2.
    """

    n: int
    mean: Number
    residual_squares: Number
    total_squares: Number

    @property
    def mean_square(self) -> Number:
        """The mean squared error: residual_squares / n."""
        return self.residual_squares / self.n

    @property
    def rmse(self) -> Number:
        """The root of the mean squared error, in the units of the target; exact for squares of fractions."""
        return exact_root(self.mean_square)

    @property
    def r_squared(self) -> Number | None:
        """1 - residual_squares / total_squares; ``None`` when all targets are equal.

        1 for a perfect fit, 0 for one that is no better than the mean of these rows, below 0 for a worse one.
        """
        if not self.total_squares:
            return None
        return 1 - self.residual_squares / self.total_squares


def fit_of(targets: Sequence[Number] | FloatArray, predictions: Sequence[Number] | FloatArray) -> Fit | None:
    """The sums over rows whose *targets* and *predictions* stand in the same order; ``None`` without rows.

    Fractions give fractions, anything else float64.
    """
    n = len(targets)
    if not n:
        return None
    if isinstance(targets, np.ndarray) or isinstance(predictions, np.ndarray):
        return _rounded(np.asarray(targets, dtype=np.float64), np.asarray(predictions, dtype=np.float64))
    if all_exact(targets) and all_exact(predictions):
        pairs = list(zip(targets, predictions, strict=True))
        mean = sum((t for t, _ in pairs), Fraction(0)) / n
        residual = sum(((p - t) ** 2 for t, p in pairs), Fraction(0))
        return Fit(n, mean, residual, sum(((t - mean) ** 2 for t, _ in pairs), Fraction(0)))
    return _rounded(*(np.array([float(value) for value in values]) for values in (targets, predictions)))


def _rounded(y: FloatArray, p: FloatArray) -> Fit:
    with np.errstate(over="ignore", invalid="ignore"):
        centre = float(y.mean())
        away, around = p - y, y - centre
        return Fit(len(y), centre, float(away @ away), float(around @ around))


def exact_root(value: Number) -> Number:
    """The square root: a fraction when *value* is the square of one, else float64."""
    if isinstance(value, Fraction):
        top, bottom = math.isqrt(value.numerator), math.isqrt(value.denominator)
        if top * top == value.numerator and bottom * bottom == value.denominator:
            return Fraction(top, bottom)
    return math.sqrt(float(value))
