"""SiLU, also called swish: z weighted by its own sigmoid."""

from __future__ import annotations

import numpy as np

from neurosim.engine.activations._constants import ONE
from neurosim.engine.activations.base import Activation
from neurosim.engine.dataset import FloatArray


def _sigmoid(z: FloatArray, out: FloatArray) -> None:
    np.negative(z, out)
    np.exp(out, out)
    np.add(out, ONE, out)
    np.reciprocal(out, out)


def _value(z: FloatArray, out: FloatArray) -> None:
    _sigmoid(z, out)
    np.multiply(out, z, out)


def _derivative(z: FloatArray, _a: FloatArray, out: FloatArray) -> None:
    # f'(z) = s (1 + z (1 - s)) with s = sigmoid(z); z meets the factor that vanishes first, so that 0 wins over 1e308
    _sigmoid(z, out)
    bend = np.subtract(ONE, out)
    np.multiply(bend, z, bend)
    np.add(bend, ONE, bend)
    np.multiply(out, bend, out)


PLUGIN = Activation(
    name="silu",
    title="SiLU",
    help="The sum weighted by its own sigmoid (swish): a smooth ReLU that dips below 0.",
    formula="f(z) = z / (1 + exp(-z))",
    symbol="silu",
    value=_value,
    derivative=_derivative,
    order=7,
)
