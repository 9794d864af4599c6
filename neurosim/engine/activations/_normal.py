"""The standard normal distribution's density and distribution function on arrays, without scipy.

erfc after W. J. Cody, "Rational Chebyshev approximations for the error function", Mathematics of Computation 23
(1969), 631-637, with the coefficients of his routine CALERF in SPECFUN (netlib): relative error below 1e-15 apart from
the rounding of the argument.
"""

from __future__ import annotations

import math

import numpy as np

from neurosim.engine.dataset import FloatArray

_SMALL = 0.46875
_LARGE = 4.0
_VANISHED = 28.0  # erfc(28) is below the smallest float64: from here on it rounds to 0

# erf(x) = x P(x^2) / Q(x^2) for |x| <= 0.46875; coefficients of falling powers, as in all tables below
_P_SMALL = (
    1.85777706184603153e-1,
    3.16112374387056560e00,
    1.13864154151050156e02,
    3.77485237685302021e02,
    3.20937758913846947e03,
)
_Q_SMALL = (1.0, 2.36012909523441209e01, 2.44024637934444173e02, 1.28261652607737228e03, 2.84423683343917062e03)
# erfc(x) = exp(-x^2) P(x) / Q(x) for 0.46875 <= x <= 4
_P_MIDDLE = (
    2.15311535474403846e-8,
    5.64188496988670089e-1,
    8.88314979438837594e0,
    6.61191906371416295e01,
    2.98635138197400131e02,
    8.81952221241769090e02,
    1.71204761263407058e03,
    2.05107837782607147e03,
    1.23033935479799725e03,
)
_Q_MIDDLE = (
    1.0,
    1.57449261107098347e01,
    1.17693950891312499e02,
    5.37181101862009858e02,
    1.62138957456669019e03,
    3.29079923573345963e03,
    4.36261909014324716e03,
    3.43936767414372164e03,
    1.23033935480374942e03,
)
# erfc(x) = exp(-x^2) / x (1 / sqrt(pi) - P(1/x^2) / (x^2 Q(1/x^2))) for x > 4
_P_LARGE = (
    1.63153871373020978e-2,
    3.05326634961232344e-1,
    3.60344899949804439e-1,
    1.25781726111229246e-1,
    1.60837851487422766e-2,
    6.58749161529837803e-4,
)
_Q_LARGE = (
    1.0,
    2.56852019228982242e00,
    1.87295284992346725e00,
    5.27905102951428412e-1,
    6.05183413124413191e-2,
    2.33520497626869185e-3,
)
_ONE_OVER_SQRT_PI = 1.0 / math.sqrt(math.pi)
_SQRT_HALF = math.sqrt(0.5)
_DENSITY_AT_ZERO = 1.0 / math.sqrt(2.0 * math.pi)


def erfc(x: FloatArray) -> FloatArray:
    """1 - erf(x) elementwise, as a new array."""
    size = np.abs(x)
    tail = np.empty_like(size)  # erfc(|x|)

    small = size <= _SMALL
    square = size[small] ** 2
    tail[small] = 1.0 - size[small] * np.polyval(_P_SMALL, square) / np.polyval(_Q_SMALL, square)

    middle = (size > _SMALL) & (size <= _LARGE)
    y = size[middle]
    tail[middle] = _exp_minus_square(y) * np.polyval(_P_MIDDLE, y) / np.polyval(_Q_MIDDLE, y)

    large = size > _LARGE
    y = np.minimum(size[large], _VANISHED)
    inverse = 1.0 / (y * y)
    series = inverse * np.polyval(_P_LARGE, inverse) / np.polyval(_Q_LARGE, inverse)
    tail[large] = _exp_minus_square(y) * (_ONE_OVER_SQRT_PI - series) / y

    return np.where(x < 0.0, 2.0 - tail, tail)


def distribution(z: FloatArray) -> FloatArray:
    """The probability that a standard normal variable is below z: erfc(-z / sqrt(2)) / 2, accurate in both tails."""
    result: FloatArray = 0.5 * erfc(-_SQRT_HALF * z)
    return result


def density(z: FloatArray) -> FloatArray:
    """exp(-z^2 / 2) / sqrt(2 pi)."""
    result: FloatArray = np.exp(-0.5 * np.square(z)) * _DENSITY_AT_ZERO
    return result


def _exp_minus_square(y: FloatArray) -> FloatArray:
    # y^2 = c^2 + (y - c)(y + c) with c = y cut after 4 binary places, so that c^2 carries no rounding error
    cut = np.trunc(y * 16.0) / 16.0
    result: FloatArray = np.exp(-cut * cut) * np.exp(-(y - cut) * (y + cut))
    return result
