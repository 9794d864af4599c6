"""What each row costs at an output, before the reduction: the squares and bars that the loss is made of."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.engine.losses import LOSSES
from neurosim.engine.probabilities import said
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number

SQUARED = "squared_error"
"""The one loss whose parts are squares."""


def losses_at(snapshot: Snapshot, node: str) -> FloatArray | None:
    """What each row costs at the output *node*, (n_rows,); of a joint loss all that the row costs.

    ``None`` when there is no loss, or *node* is no output with a target.
    """
    column = target_column(snapshot, node)
    if snapshot.problem is not None or column is None:
        return None
    loss = LOSSES[snapshot.settings.loss]
    if loss.joint or len(snapshot.network.outputs) == 1:
        return snapshot.row_losses
    a = snapshot.activations[node]
    z = snapshot.pre_activations.get(node, a)
    found = np.empty_like(a)
    with np.errstate(all="ignore"):
        loss.row_loss(z, a, loss.prepare(snapshot.dataset.columns[column].floats), found)
    return found


def loss_at(snapshot: Snapshot, node: str, row: int, losses: FloatArray) -> Number:
    """What one row costs at *node*, exact where the arithmetic is; *losses* are those of ``losses_at``."""
    exact = LOSSES[snapshot.settings.loss].exact_loss
    if exact is not None:
        a, y = snapshot.activation(node, row), target(snapshot, node, row)
        if isinstance(a, Fraction) and isinstance(y, Fraction):
            return exact(a, y)
    return float(losses[row])


def residual_at(snapshot: Snapshot, node: str, row: int) -> Number | None:
    """ŷ - y of a row at *node*, exact where both are; ``None`` where there is none."""
    a, y = said(snapshot, node, row), target(snapshot, node, row)
    return None if a is None or y is None else a - y


def target(snapshot: Snapshot, node: str, row: int) -> Number | None:
    """What *node* should have been in a row; ``None`` when it has no target."""
    column = target_column(snapshot, node)
    return None if column is None else snapshot.dataset.columns[column][row]


def target_column(snapshot: Snapshot, node: str) -> str | None:
    """The column that the output *node* should meet, if the data have it."""
    wanted = next((output.target for output in snapshot.network.outputs if output.node == node), None)
    return wanted if wanted in snapshot.dataset.columns else None
