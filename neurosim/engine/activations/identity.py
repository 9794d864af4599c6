"""Identity: a = z, the output of a linear neuron."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from neurosim.engine.activations.base import Activation
from neurosim.engine.dataset import FloatArray


def _value(z: FloatArray, out: FloatArray) -> None:
    np.copyto(out, z)


def _derivative(_z: FloatArray, _a: FloatArray, out: FloatArray) -> None:
    out.fill(1.0)


PLUGIN = Activation(
    name="identity",
    title="Linear",
    help="Passes the sum on unchanged: a linear neuron, for regression.",
    formula="f(z) = z",
    symbol="id",
    value=_value,
    derivative=_derivative,
    needs_z=False,
    exact_value=lambda z: z,
    exact_derivative=lambda _z: Fraction(1),
    order=0,
)
