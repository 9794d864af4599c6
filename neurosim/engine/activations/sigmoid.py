"""Sigmoid, the logistic function: squeezes every z into (0, 1), to be read as a probability."""

from __future__ import annotations

import numpy as np

from neurosim.engine.activations._constants import ONE
from neurosim.engine.activations.base import Activation
from neurosim.engine.dataset import FloatArray


def _value(z: FloatArray, out: FloatArray) -> None:
    # Below z = -709 exp(-z) overflows to infinity and f(z) becomes 0, which is f(z) rounded.
    np.negative(z, out)
    np.exp(out, out)
    np.add(out, ONE, out)
    np.reciprocal(out, out)


def _derivative(_z: FloatArray, a: FloatArray, out: FloatArray) -> None:
    # f'(z) = f(z) (1 - f(z))
    np.subtract(ONE, a, out)
    np.multiply(out, a, out)


PLUGIN = Activation(
    name="sigmoid",
    title="Sigmoid",
    help="Squeezes the sum into the range from 0 to 1, to be read as a probability.",
    formula="f(z) = 1 / (1 + exp(-z))",
    symbol="σ",
    value=_value,
    derivative=_derivative,
    needs_z=False,
    order=1,
)
