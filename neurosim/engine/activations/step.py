"""Step: fires from z = 0 on; the activation of the first artificial neurons."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from neurosim.engine.activations._constants import ONE
from neurosim.engine.activations.base import Activation
from neurosim.engine.dataset import FloatArray


def _value(z: FloatArray, out: FloatArray) -> None:
    np.heaviside(z, ONE, out)


def _derivative(_z: FloatArray, _a: FloatArray, out: FloatArray) -> None:
    out.fill(0.0)


PLUGIN = Activation(
    name="step",
    title="Step",
    help="Fires (1) from 0 on and is silent (0) below; its slope is 0, so that gradient descent cannot train it.",
    formula="f(z) = 1 if z >= 0, else 0",
    symbol="step",
    value=_value,
    derivative=_derivative,
    needs_z=False,
    exact_value=lambda z: Fraction(1 if z >= 0 else 0),
    exact_derivative=lambda _z: Fraction(0),
    kinks=(0.0,),
    order=10,
)
