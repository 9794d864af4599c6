"""Hyperbolic tangent: squeezes every z into (-1, 1), symmetric about 0."""

from __future__ import annotations

import numpy as np

from neurosim.engine.activations._constants import ONE
from neurosim.engine.activations.base import Activation
from neurosim.engine.dataset import FloatArray


def _derivative(_z: FloatArray, a: FloatArray, out: FloatArray) -> None:
    # f'(z) = 1 - f(z)^2
    np.multiply(a, a, out)
    np.subtract(ONE, out, out)


PLUGIN = Activation(
    name="tanh",
    title="Tanh",
    help="Squeezes the sum into the range from -1 to 1, symmetric about 0.",
    formula="f(z) = (exp(z) - exp(-z)) / (exp(z) + exp(-z))",
    symbol="tanh",
    value=np.tanh,
    derivative=_derivative,
    needs_z=False,
    order=2,
)
