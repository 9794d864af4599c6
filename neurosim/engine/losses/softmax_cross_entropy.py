"""Softmax cross-entropy over all outputs: the softmax is inside the loss, the outputs give the logits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.engine.losses.base import Loss, Prepared, total_of

_LOWEST = np.array(np.finfo(np.float64).min)
_SURE = 1.5
"""Where the sum of all exp(z_i - m) is less, one class has more than two thirds of the probability."""
_SUM_TOLERANCE = 1e-9  # thirds, tenths, ... as float64 add up to 1 apart from rounding


def _prepare(targets: FloatArray) -> Prepared:
    """The targets, and their sum in each row (1 apart from rounding), shape (1, n_rows)."""
    return targets, targets.sum(axis=0, keepdims=True)


def _row_loss(z: FloatArray, _a: FloatArray, prepared: Prepared, out: FloatArray) -> None:
    # -sum y_j log(p_j) with log(p_j) = (z_j - m) - log(sum exp(z_i - m)) and m the greatest z: nothing overflows.
    targets, sums = prepared
    shifted = z - np.maximum.reduce(z, axis=0, keepdims=True)
    np.maximum(shifted, _LOWEST, out=shifted)  # -infinity times a target of 0 would not be 0
    np.exp(shifted, out)
    total = np.add.reduce(out, axis=0)
    normaliser = np.log(total)
    sure = np.flatnonzero(total < _SURE)
    if sure.size:  # beside the 1 of the greatest z what the others add loses digits
        others = out[:, sure]
        others[others == 1.0] = 0.0
        normaliser[sure] = np.log1p(np.add.reduce(others, axis=0))
    np.multiply(shifted, targets, out)
    losses = normaliser * sums[0] - np.add.reduce(out, axis=0)
    out.fill(0.0)
    out[0] = losses


def _gradient(z: FloatArray, _a: FloatArray, prepared: Prepared, out: FloatArray) -> None:
    # d_z_j = p_j sum(y) - y_j
    targets, sums = prepared
    np.subtract(z, np.maximum.reduce(z, 0), out)
    np.exp(out, out)
    np.multiply(out, sums[0] / np.add.reduce(out, 0), out)
    np.subtract(out, targets, out)


def _refusal(activations: Sequence[str], targets: FloatArray, titles: Sequence[str]) -> str | None:
    if len(activations) < 2:
        return (
            "Softmax cross-entropy shares one probability among the outputs, so it needs at least two. "
            "Add an output for each class, or choose cross-entropy."
        )
    for activation, title in zip(activations, titles, strict=True):
        if activation != "identity":
            return (
                f"The softmax is inside this loss and takes the sums as they are, so {title} needs the activation "
                f"identity, but it has {activation}. Give it identity, or choose another loss."
            )
    outside = (targets < 0.0) | (targets > 1.0)
    if outside.any():
        output, row = (int(i) for i in np.argwhere(outside)[0])
        return (
            f"Softmax cross-entropy needs targets from 0 to 1, but row {row + 1} of {titles[output]} "
            f"has {targets[output, row]:g}. Choose another loss, or other target columns."
        )
    sums = targets.sum(axis=0)
    uneven = np.abs(sums - 1.0) > _SUM_TOLERANCE
    if uneven.any():
        row = int(np.argmax(uneven))
        return (
            f"Softmax cross-entropy needs the targets of each row to add up to 1 (a 1 for its class, 0 elsewhere), "
            f"but those of row {row + 1} add up to {sums[row]:g}."
        )
    return None


PLUGIN = Loss(
    name="softmax_cross_entropy",
    title="Softmax cross-entropy",
    help="How surprised the classes' probabilities are by the target; one output per class, softmax in the loss.",
    formula="-sum_j y_j log(p_j), p_j = exp(z_j) / sum_i exp(z_i)",
    row_loss=_row_loss,
    gradient=_gradient,
    total=total_of(_row_loss),
    prepare=_prepare,
    refusal=_refusal,
    pairs_with="identity",
    joint=True,
    order=4,
)
