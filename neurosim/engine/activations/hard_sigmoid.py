"""Hard sigmoid: the sigmoid drawn with three straight lines."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from neurosim.engine.activations._constants import ONE, ZERO, constant
from neurosim.engine.activations.base import Activation
from neurosim.engine.dataset import FloatArray

_HALF = constant(0.5)
_THREE = constant(3.0)
_SIX = constant(6.0)


def _value(z: FloatArray, out: FloatArray) -> None:
    np.divide(z, _SIX, out)
    np.add(out, _HALF, out)
    np.maximum(out, ZERO, out=out)
    np.minimum(out, ONE, out=out)


def _derivative(z: FloatArray, _a: FloatArray, out: FloatArray) -> None:
    np.abs(z, out)
    inside = np.less(out, _THREE)
    np.divide(inside, _SIX, out)


PLUGIN = Activation(
    name="hard_sigmoid",
    title="Hard sigmoid",
    help="The sigmoid drawn with straight lines: 0 up to -3, 1 from 3 on; its slope at the corners counts as 0.",
    formula="f(z) = min(max(z / 6 + 1/2, 0), 1)",
    symbol="hσ",
    value=_value,
    derivative=_derivative,
    exact_value=lambda z: min(max(z / 6 + Fraction(1, 2), Fraction(0)), Fraction(1)),
    exact_derivative=lambda z: Fraction(1, 6) if abs(z) < 3 else Fraction(0),
    kinks=(-3.0, 3.0),
    order=9,
)
