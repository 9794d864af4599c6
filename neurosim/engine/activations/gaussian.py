"""Gaussian: a bump that answers only near z = 0."""

from __future__ import annotations

import numpy as np

from neurosim.engine.activations._constants import constant
from neurosim.engine.activations.base import Activation
from neurosim.engine.dataset import FloatArray

_MINUS_TWO = constant(-2.0)


def _value(z: FloatArray, out: FloatArray) -> None:
    np.multiply(z, z, out)
    np.negative(out, out)
    np.exp(out, out)


def _derivative(z: FloatArray, a: FloatArray, out: FloatArray) -> None:
    # f'(z) = -2 z f(z); z f(z) first, so that f(z) = 0 wins over 1e308
    np.multiply(z, a, out)
    np.multiply(out, _MINUS_TWO, out)


PLUGIN = Activation(
    name="gaussian",
    title="Gaussian",
    help="A bump: 1 at 0 and near 0 far away on both sides.",
    formula="f(z) = exp(-z^2)",
    symbol="gauss",
    value=_value,
    derivative=_derivative,
    order=14,
)
