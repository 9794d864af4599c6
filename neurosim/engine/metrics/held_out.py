"""The loss of the rows that are kept out of training: the same formula over other rows, without the penalty."""

from __future__ import annotations

from fractions import Fraction

from neurosim.engine.losses import LOSSES
from neurosim.engine.objective import reduction_factor
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number


def loss_of_test_rows(snapshot: Snapshot) -> Number | None:
    """The reduced loss over the test rows, exact where the loss shown is; ``None`` without test rows or a loss.

    The reduction takes the number of test rows, so that a mean is a mean of these rows. l1 and l2 are left out: they
    belong to no row.
    """
    rows = snapshot.dataset.test_rows
    if not rows or snapshot.loss is None or snapshot.problem is not None:
        return None
    factor = reduction_factor(snapshot.settings.reduction, len(rows))
    exact = _exact_sum(snapshot, rows)
    if exact is not None:
        return factor * exact
    return float(factor) * float(snapshot.row_losses[list(rows)].sum())


def _exact_sum(snapshot: Snapshot, rows: tuple[int, ...]) -> Fraction | None:
    loss = LOSSES[snapshot.settings.loss]
    if not snapshot.exact or loss.exact_loss is None:
        return None
    total = Fraction(0)
    for output in snapshot.network.outputs:
        if output.target is None or output.node not in snapshot.exact_activations:
            return None
        targets = snapshot.dataset.columns[output.target]
        for row in rows:
            predicted, target = snapshot.exact_activations[output.node][row], targets[row]
            if not isinstance(predicted, Fraction) or not isinstance(target, Fraction):
                return None
            total += loss.exact_loss(predicted, target)
    return total
