"""Zeros: every weight and bias begins at 0."""

from __future__ import annotations

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.engine.initializers.base import Initializer


def _weights(_random: np.random.Generator, fan_in: FloatArray, _fan_out: FloatArray) -> FloatArray:
    return np.zeros_like(fan_in)


PLUGIN = Initializer(
    name="zeros",
    title="Zeros",
    help="Every weight and bias begins at 0: right for one neuron, but hidden neurons that begin alike stay alike.",
    formula="w = 0, b = 0",
    weights=_weights,
    order=3,
)
