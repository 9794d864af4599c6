"""Uniform: weights and biases within one over the root of the number of incoming edges, as torch.nn.Linear begins."""

from __future__ import annotations

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.engine.initializers.base import Initializer


def _draw(random: np.random.Generator, fan_in: FloatArray, _fan_out: FloatArray) -> FloatArray:
    result: FloatArray = random.uniform(-1.0, 1.0, fan_in.shape) / np.sqrt(fan_in)
    return result


PLUGIN = Initializer(
    name="uniform",
    title="Uniform",
    help="Weights and biases evenly between plus and minus one over the root of the number of incoming edges.",
    formula="w, b from U(-r, r), r = 1 / sqrt(fan_in)",
    weights=_draw,
    biases=_draw,
    order=0,
)
