"""What each row of a sigmoid output costs in cross-entropy: its place on -ln p or -ln(1 - p), and the pull in z."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.engine.losses import LOSSES
from neurosim.engine.network import Neuron
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.records import dataclass

TOPS = (1.5, 3.0, 6.0, 12.0, 25.0, 50.0)
"""Where the axis of the loss may end: it grows in leaps."""


@dataclass(frozen=True)
class Surprise:
    """The rows, arrays (n_rows,): the probability p, the target y, and the loss -y ln p - (1 - y) ln(1 - p)."""

    p: FloatArray
    y: FloatArray
    loss: FloatArray

    @property
    def kind(self) -> np.ndarray:
        """1 for rows on -ln p (y = 1), 0 for those on -ln(1 - p) (y = 0), 2 for those between."""
        return np.where(self.y == 1.0, 1, np.where(self.y == 0.0, 0, 2))

    def top(self) -> float:
        """The end of the axis that shows every row, if any does."""
        highest = float(self.loss.max(initial=0.0)) * 1.08
        return next((top for top in TOPS if top >= highest), TOPS[-1])


def surprise_of(snapshot: Snapshot, node: str) -> Surprise | None:
    """The rows of *node*; ``None`` unless it is a sigmoid output that is trained with cross-entropy."""
    if not is_probability(snapshot, node):
        return None
    output = snapshot.network.output_of(node)
    z, p = snapshot.pre_activations.get(node), snapshot.activations.get(node)
    if output is None or output.target is None or z is None or p is None:
        return None
    y, loss = snapshot.dataset.columns[output.target].floats, np.empty_like(z)
    kind = LOSSES["cross_entropy"]
    with np.errstate(all="ignore"):
        kind.row_loss(z, p, kind.prepare(y), loss)
    return Surprise(p, y, loss)


def is_probability(snapshot: Snapshot, node: str) -> bool:
    """Whether *node* is an output whose value cross-entropy reads as a probability."""
    found, output = snapshot.network.node_by_id.get(node), snapshot.network.output_of(node)
    if not isinstance(found, Neuron) or output is None or snapshot.settings.loss != "cross_entropy":
        return False
    column = snapshot.dataset.columns.get(output.target) if output.target is not None else None
    if found.activation != "sigmoid" or column is None:
        return False
    return bool(((column.floats >= 0) & (column.floats <= 1)).all())


@dataclass(frozen=True)
class Pull:
    """How much one row's loss changes with z, for two losses.

    Attributes:
        of_cross_entropy: p - y.
        of_squares: 2 (p - y) f'(z).
    """

    of_cross_entropy: Number
    of_squares: Number


def pull_of(snapshot: Snapshot, node: str, row: int, slope: Number) -> Pull | None:
    """The pull of *row*, whose f'(z) is *slope*; ``None`` without a target."""
    output = snapshot.network.output_of(node)
    a = snapshot.activation(node, row)
    if output is None or output.target is None or a is None or output.target not in snapshot.dataset.columns:
        return None
    y = snapshot.dataset.columns[output.target][row]
    if isinstance(a, Fraction) and isinstance(y, Fraction) and isinstance(slope, Fraction):
        return Pull(a - y, 2 * (a - y) * slope)
    residual = float(a) - float(y)
    return Pull(residual, 2 * residual * float(slope))
