"""Squared error: the square of the residual, the loss of least squares."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.engine.losses.base import Loss, Prepared, never_refused


def _row_loss(_z: FloatArray, a: FloatArray, prepared: Prepared, out: FloatArray) -> None:
    np.subtract(a, prepared[0], out)
    np.multiply(out, out, out)


def _gradient(_z: FloatArray, a: FloatArray, prepared: Prepared, out: FloatArray) -> None:
    np.subtract(a, prepared[0], out)  # the factor 2 is the loss's gradient_factor


def _total(_z: FloatArray, _a: FloatArray, _prepared: Prepared, gradient: FloatArray, _scratch: FloatArray) -> float:
    if gradient.ndim > 1:
        gradient = gradient.reshape(-1)
    return float(gradient.dot(gradient))


def _bound(
    _z: FloatArray, a: FloatArray, prepared: Prepared, gradient: FloatArray, _scratch: FloatArray
) -> Callable[[], float]:
    targets, flat = prepared[0], gradient.reshape(-1)
    subtract = np.subtract
    square: Callable[[FloatArray], float] = flat.dot

    def measure() -> float:
        subtract(a, targets, gradient)
        return square(flat)

    return measure


PLUGIN = Loss(
    name="squared_error",
    title="Squared error",
    help="The square of the difference between output and target; large errors weigh most. For regression.",
    formula="(ŷ - y)^2",
    row_loss=_row_loss,
    gradient=_gradient,
    gradient_factor=2.0,
    total=_total,
    bound=_bound,
    refusal=never_refused,
    exact_loss=lambda a, y: (a - y) ** 2,
    exact_gradient=lambda a, y: 2 * (a - y),
    order=0,
)
