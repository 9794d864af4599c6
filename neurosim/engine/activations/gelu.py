"""GELU: z weighted by the probability that a standard normal variable is below z."""

from __future__ import annotations

import numpy as np

from neurosim.engine.activations._normal import density, distribution
from neurosim.engine.activations.base import Activation
from neurosim.engine.dataset import FloatArray


def _value(z: FloatArray, out: FloatArray) -> None:
    np.multiply(z, distribution(z), out)


def _derivative(z: FloatArray, _a: FloatArray, out: FloatArray) -> None:
    # f'(z) = P(z) + z p(z), P the normal distribution and p its density
    np.multiply(z, density(z), out)
    np.add(out, distribution(z), out)


PLUGIN = Activation(
    name="gelu",
    title="GELU",
    help="The sum weighted by the normal probability of a smaller one: a smooth ReLU that dips below 0.",
    formula="f(z) = z P(z), P the standard normal distribution function (exact, with erf)",
    symbol="gelu",
    value=_value,
    derivative=_derivative,
    order=8,
)
