"""ELU: a ReLU whose negative side levels off at -1."""

from __future__ import annotations

import numpy as np

from neurosim.engine.activations._constants import ZERO
from neurosim.engine.activations.base import Activation
from neurosim.engine.dataset import FloatArray


def _value(z: FloatArray, out: FloatArray) -> None:
    np.minimum(z, ZERO, out=out)
    np.expm1(out, out)
    np.copyto(out, z, where=np.greater(z, ZERO))


def _derivative(z: FloatArray, _a: FloatArray, out: FloatArray) -> None:
    np.minimum(z, ZERO, out=out)  # exp(0) = 1 is the slope of the positive side
    np.exp(out, out)


PLUGIN = Activation(
    name="elu",
    title="ELU",
    help="Passes positive sums unchanged; negative ones level off smoothly at -1.",
    formula="f(z) = z if z > 0, else exp(z) - 1",
    symbol="elu",
    value=_value,
    derivative=_derivative,
    order=5,
)
