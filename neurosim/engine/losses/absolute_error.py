"""Absolute error: the size of the residual, which outliers pull no harder than other rows."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.engine.losses.base import Loss, Prepared, never_refused, total_of


def _row_loss(_z: FloatArray, a: FloatArray, prepared: Prepared, out: FloatArray) -> None:
    np.subtract(a, prepared[0], out)
    np.abs(out, out)


def _gradient(_z: FloatArray, a: FloatArray, prepared: Prepared, out: FloatArray) -> None:
    np.subtract(a, prepared[0], out)
    np.sign(out, out)


PLUGIN = Loss(
    name="absolute_error",
    title="Absolute error",
    help="The size of the difference between output and target; outliers pull no harder than other rows.",
    formula="|ŷ - y|",
    row_loss=_row_loss,
    gradient=_gradient,
    total=total_of(_row_loss),
    refusal=never_refused,
    exact_loss=lambda a, y: abs(a - y),
    exact_gradient=lambda a, y: Fraction((a > y) - (a < y)),
    kinks=(0.0,),
    order=1,
)
