"""Leaky ReLU: like ReLU, but negative sums leak through at a hundredth of their size."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from neurosim.engine.activations._constants import ZERO, constant
from neurosim.engine.activations.base import Activation
from neurosim.engine.dataset import FloatArray

_LEAK = constant(0.01)


def _value(z: FloatArray, out: FloatArray) -> None:
    np.multiply(z, _LEAK, out)
    np.maximum(out, z, out=out)


def _derivative(z: FloatArray, _a: FloatArray, out: FloatArray) -> None:
    out.fill(0.01)
    np.copyto(out, 1.0, where=np.greater(z, ZERO))


PLUGIN = Activation(
    name="leaky_relu",
    title="Leaky ReLU",
    help="Passes positive sums unchanged and a hundredth of negative ones; its slope at 0 counts as 1/100.",
    formula="f(z) = z if z > 0, else z / 100",
    symbol="lrelu",
    value=_value,
    derivative=_derivative,
    exact_value=lambda z: z if z > 0 else z / 100,
    exact_derivative=lambda z: Fraction(1) if z > 0 else Fraction(1, 100),
    kinks=(0.0,),
    order=4,
)
