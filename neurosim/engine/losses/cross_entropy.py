"""Cross-entropy of a probability with a target from 0 to 1, computed from the logit of a sigmoid output."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.engine.losses.base import Loss, Prepared

_ZERO, _MINUS = np.array(0.0), np.array(-1.0)
_ONE = np.array(1.0)
_SMALL = 1e-3


def _prepare(targets: FloatArray) -> Prepared:
    """y; 1 - y; and for targets that are all 0 or 1 the sign 1 - 2y as well, for the fused way."""
    if np.all((targets == 0.0) | (targets == 1.0)):
        return targets, 1.0 - targets, 1.0 - 2.0 * targets
    return targets, 1.0 - targets


def _row_loss(z: FloatArray, _a: FloatArray, prepared: Prepared, out: FloatArray) -> None:
    # -y log(a) - (1 - y) log(1 - a) with a = sigmoid(z) is (max(z, 0) - y z) + log(1 + exp(-|z|)): no term overflows,
    # and the first is 0 where a is right, so that a small loss keeps all its digits.
    ends = np.multiply(z, prepared[0])
    np.maximum(z, _ZERO, out=out)
    np.subtract(out, ends, ends)
    np.copysign(z, _MINUS, out)  # -|z|
    np.exp(out, out)
    np.log1p(out, out)
    np.add(out, ends, out)


def _gradient(_z: FloatArray, a: FloatArray, prepared: Prepared, out: FloatArray) -> None:
    np.subtract(a, prepared[0], out)  # d_z = a - y


def _total(z: FloatArray, a: FloatArray, prepared: Prepared, _gradient: FloatArray, scratch: FloatArray) -> float:
    # Since log(1 - a) = log(a) - z, the loss is (1 - y) z - log(a): one logarithm and no exponential. The difference
    # loses digits only where the loss is small, and is no number where a rounds to 0: there the long way is taken.
    np.log(a, scratch)
    total = float(np.vdot(z, prepared[1])) - float(np.add.reduce(scratch, None))
    if math.isfinite(total) and total > _SMALL * z.size:
        return total
    _row_loss(z, a, prepared, scratch)
    return float(np.add.reduce(scratch, None))


def _fused(z: FloatArray, prepared: Prepared, out: FloatArray, scratch: FloatArray) -> float:
    if len(prepared) == 3:
        # With targets 0 and 1 and u = (1 - 2y) z the loss is log(1 + exp(u)) and its derivative (1 - 2y) sigmoid(u).
        np.multiply(z, prepared[2], out)
        np.exp(out, out)
        np.log1p(out, scratch)
        total = float(np.add.reduce(scratch, None))
        if math.isfinite(total):
            np.add(out, _ONE, scratch)
            np.divide(out, scratch, out)
            np.multiply(out, prepared[2], out)
            return total
    np.negative(z, scratch)
    np.exp(scratch, scratch)
    np.add(scratch, _ONE, scratch)
    np.reciprocal(scratch, out)
    total = _total(z, out, prepared, out, scratch)
    np.subtract(out, prepared[0], out)
    return total


def _refusal(activations: Sequence[str], targets: FloatArray, titles: Sequence[str]) -> str | None:
    for activation, title in zip(activations, titles, strict=True):
        if activation != "sigmoid":
            return (
                f"Cross-entropy reads the output as a probability, so {title} needs the activation sigmoid, "
                f"but it has {activation}. Give it sigmoid, or choose another loss."
            )
    outside = (targets < 0.0) | (targets > 1.0)
    if outside.any():
        output, row = (int(i) for i in np.argwhere(outside)[0])
        return (
            f"Cross-entropy needs targets from 0 to 1, but row {row + 1} of {titles[output]} "
            f"has {targets[output, row]:g}. Choose another loss, or another target column."
        )
    return None


PLUGIN = Loss(
    name="cross_entropy",
    title="Cross-entropy",
    help="How surprised the probability is by the target: for yes-or-no targets (0 or 1) and a sigmoid output.",
    formula="-y log(ŷ) - (1 - y) log(1 - ŷ)",
    row_loss=_row_loss,
    gradient=_gradient,
    total=_total,
    fused=_fused,
    prepare=_prepare,
    refusal=_refusal,
    pairs_with="sigmoid",
    order=3,
)
