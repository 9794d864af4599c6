"""Sine: a wave, for neurons that must repeat."""

from __future__ import annotations

import numpy as np

from neurosim.engine.activations.base import Activation
from neurosim.engine.dataset import FloatArray


def _value(z: FloatArray, out: FloatArray) -> None:
    np.sin(z, out)


def _derivative(z: FloatArray, _a: FloatArray, out: FloatArray) -> None:
    np.cos(z, out)


PLUGIN = Activation(
    name="sine",
    title="Sine",
    help="A wave between -1 and 1 (z in radians), for what repeats.",
    formula="f(z) = sin(z)",
    symbol="sin",
    value=_value,
    derivative=_derivative,
    order=13,
)
