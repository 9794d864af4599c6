"""Hinge loss: 0 once a row is on the right side of the boundary by a margin of 1, for targets -1 and 1."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.engine.losses.base import Loss, Prepared, total_of

_ZERO = np.array(0.0)
_ONE = np.array(1.0)


def _prepare(targets: FloatArray) -> Prepared:
    """-y, with which everything is multiplied."""
    return (-targets,)


def _row_loss(_z: FloatArray, a: FloatArray, prepared: Prepared, out: FloatArray) -> None:
    np.multiply(a, prepared[0], out)
    np.add(out, _ONE, out)
    np.maximum(out, _ZERO, out=out)


def _gradient(z: FloatArray, a: FloatArray, prepared: Prepared, out: FloatArray) -> None:
    _row_loss(z, a, prepared, out)
    np.sign(out, out)  # 1 where there is a loss, 0 where there is none and at the corner
    np.multiply(out, prepared[0], out)


def _refusal(_activations: Sequence[str], targets: FloatArray, titles: Sequence[str]) -> str | None:
    others = np.abs(targets) != 1.0
    if others.any():
        output, row = (int(i) for i in np.argwhere(others)[0])
        return (
            f"Hinge loss needs targets -1 and 1, but row {row + 1} of {titles[output]} "
            f"has {targets[output, row]:g}. Choose another loss, or another target column."
        )
    return None


PLUGIN = Loss(
    name="hinge",
    title="Hinge loss",
    help="0 once a row is right by a margin of 1, else the distance to it; for targets -1 and 1.",
    formula="max(0, 1 - y ŷ)",
    row_loss=_row_loss,
    gradient=_gradient,
    total=total_of(_row_loss),
    prepare=_prepare,
    refusal=_refusal,
    exact_loss=lambda a, y: max(Fraction(0), 1 - y * a),
    exact_gradient=lambda a, y: -y if y * a < 1 else Fraction(0),
    kinks=(1.0,),
    order=5,
)
