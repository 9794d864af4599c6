"""Softplus: a ReLU with a round corner, log(1 + exp(z))."""

from __future__ import annotations

import numpy as np

from neurosim.engine.activations._constants import ONE, ZERO
from neurosim.engine.activations.base import Activation
from neurosim.engine.dataset import FloatArray


def _value(z: FloatArray, out: FloatArray) -> None:
    # log(1 + exp(z)) = max(z, 0) + log(1 + exp(-|z|)), in which nothing can overflow. PyTorch takes z itself above
    # z = 20, which is off by up to 2e-9.
    np.abs(z, out)
    np.negative(out, out)
    np.exp(out, out)
    np.log1p(out, out)
    np.add(out, np.maximum(z, ZERO), out)


def _derivative(z: FloatArray, _a: FloatArray, out: FloatArray) -> None:
    # f'(z) is the sigmoid of z
    np.negative(z, out)
    np.exp(out, out)
    np.add(out, ONE, out)
    np.reciprocal(out, out)


PLUGIN = Activation(
    name="softplus",
    title="Softplus",
    help="A ReLU with a round corner: always positive, its slope is the sigmoid.",
    formula="f(z) = log(1 + exp(z))",
    symbol="softplus",
    value=_value,
    derivative=_derivative,
    order=6,
)
