"""Huber loss: squared for residuals up to 1, straight beyond (P. J. Huber 1964; torch.nn.HuberLoss with delta = 1)."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.engine.losses.base import Loss, Prepared, never_refused, total_of

_HALF = np.array(0.5)
_ONE = np.array(1.0)
_MINUS_ONE = np.array(-1.0)


def _gradient(_z: FloatArray, a: FloatArray, prepared: Prepared, out: FloatArray) -> None:
    np.subtract(a, prepared[0], out)
    np.minimum(out, _ONE, out=out)
    np.maximum(out, _MINUS_ONE, out=out)


def _row_loss(z: FloatArray, a: FloatArray, prepared: Prepared, out: FloatArray) -> None:
    # With g the gradient (the residual e, held within -1 and 1) both pieces are g (e - g/2).
    slope = np.empty_like(out)
    _gradient(z, a, prepared, slope)
    np.multiply(slope, _HALF, out)
    np.subtract(a - prepared[0], out, out)
    np.multiply(out, slope, out)


def _exact_loss(a: Fraction, y: Fraction) -> Fraction:
    residual = abs(a - y)
    return residual**2 / 2 if residual <= 1 else residual - Fraction(1, 2)


PLUGIN = Loss(
    name="huber",
    title="Huber loss",
    help="Half the square for differences up to 1, a straight line beyond: smooth, and calm about outliers.",
    formula="(ŷ - y)^2 / 2 if |ŷ - y| <= 1, else |ŷ - y| - 1/2",
    row_loss=_row_loss,
    gradient=_gradient,
    total=total_of(_row_loss),
    refusal=never_refused,
    exact_loss=_exact_loss,
    exact_gradient=lambda a, y: min(max(a - y, Fraction(-1)), Fraction(1)),
    kinks=(-1.0, 1.0),
    order=2,
)
