"""Xavier: uniform weights that keep the spread of activations and gradients, for sigmoid and tanh.

X. Glorot and Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010,
equation 16.
"""

from __future__ import annotations

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.engine.initializers.base import Initializer


def _weights(random: np.random.Generator, fan_in: FloatArray, fan_out: FloatArray) -> FloatArray:
    result: FloatArray = random.uniform(-1.0, 1.0, fan_in.shape) * np.sqrt(6.0 / (fan_in + fan_out))
    return result


PLUGIN = Initializer(
    name="xavier",
    title="Xavier",
    help="Weights evenly spread so that signals keep their size forwards and backwards; for tanh and sigmoid.",
    formula="w from U(-r, r), r = sqrt(6 / (fan_in + fan_out)), b = 0",
    weights=_weights,
    order=1,
)
