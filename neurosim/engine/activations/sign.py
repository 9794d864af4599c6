"""Sign: -1, 0 or 1."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from neurosim.engine.activations.base import Activation
from neurosim.engine.dataset import FloatArray


def _value(z: FloatArray, out: FloatArray) -> None:
    np.sign(z, out)


def _derivative(_z: FloatArray, _a: FloatArray, out: FloatArray) -> None:
    out.fill(0.0)


PLUGIN = Activation(
    name="sign",
    title="Sign",
    help="-1 below 0, 1 above 0, and 0 at 0; its slope is 0, so that gradient descent cannot train it.",
    formula="f(z) = -1 if z < 0, 0 if z = 0, 1 if z > 0",
    symbol="sgn",
    value=_value,
    derivative=_derivative,
    needs_z=False,
    exact_value=lambda z: Fraction((z > 0) - (z < 0)),
    exact_derivative=lambda _z: Fraction(0),
    kinks=(0.0,),
    order=12,
)
