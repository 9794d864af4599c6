"""ReLU: passes positive sums and stops negative ones."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from neurosim.engine.activations._constants import ZERO
from neurosim.engine.activations.base import Activation
from neurosim.engine.dataset import FloatArray


def _value(z: FloatArray, out: FloatArray) -> None:
    np.maximum(z, ZERO, out=out)


def _derivative(_z: FloatArray, a: FloatArray, out: FloatArray) -> None:
    np.greater(a, ZERO, out)  # 1 above the kink, 0 below and at it


PLUGIN = Activation(
    name="relu",
    title="ReLU",
    help="Passes positive sums unchanged and gives 0 for negative ones; its slope at 0 counts as 0.",
    formula="f(z) = max(0, z)",
    symbol="relu",
    value=_value,
    derivative=_derivative,
    needs_z=False,
    exact_value=lambda z: max(z, Fraction(0)),
    exact_derivative=lambda z: Fraction(1 if z > 0 else 0),
    kinks=(0.0,),
    order=3,
)
