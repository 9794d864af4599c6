"""Step to -1 and +1: fires from z = 0 on, as the perceptron of the textbooks whose classes are -1 and +1."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from neurosim.engine.activations._constants import ONE
from neurosim.engine.activations.base import Activation
from neurosim.engine.dataset import FloatArray


def _value(z: FloatArray, out: FloatArray) -> None:
    np.heaviside(z, ONE, out)
    np.multiply(out, 2.0, out)
    np.subtract(out, 1.0, out)


def _derivative(_z: FloatArray, _a: FloatArray, out: FloatArray) -> None:
    out.fill(0.0)


# C. Bishop, Pattern Recognition and Machine Learning (2006), 4.53; "hardlims" in MATLAB. sgn is 0 at 0.
PLUGIN = Activation(
    name="step_both",
    title="Step to ±1",
    help="Fires (1) from 0 on and says -1 below; its slope is 0, so that gradient descent cannot train it.",
    formula="f(z) = 1 if z >= 0, else -1",
    symbol="step±",
    value=_value,
    derivative=_derivative,
    needs_z=False,
    exact_value=lambda z: Fraction(1 if z >= 0 else -1),
    exact_derivative=lambda _z: Fraction(0),
    kinks=(0.0,),
    order=11,
)
