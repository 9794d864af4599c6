"""He: normal weights with twice the variance, since a ReLU stops half of what comes.

K. He, X. Zhang, S. Ren and J. Sun, "Delving deep into rectifiers", ICCV 2015, equation 10.
"""

from __future__ import annotations

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.engine.initializers.base import Initializer


def _weights(random: np.random.Generator, fan_in: FloatArray, _fan_out: FloatArray) -> FloatArray:
    result: FloatArray = random.standard_normal(fan_in.shape) * np.sqrt(2.0 / fan_in)
    return result


PLUGIN = Initializer(
    name="he",
    title="He",
    help="Normally distributed weights with the variance that ReLU neurons need.",
    formula="w from N(0, 2 / fan_in), b = 0",
    weights=_weights,
    order=2,
)
