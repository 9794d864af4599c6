"""What of the plane or of the line is visible at first, and when that is to be found anew."""

from __future__ import annotations

import math

import numpy as np

from neurosim.engine.network import Neuron
from neurosim.engine.response_map import value_range
from neurosim.engine.snapshot import Snapshot
from neurosim.panels._frame import Range, fitted
from neurosim.panels.decision.picture import Rows
from neurosim.panels.decision.subject import Subject


def fitted_ranges(snapshot: Snapshot, subject: Subject, rows: Rows, threshold: float) -> tuple[Range, Range]:
    """The ranges that show all rows, and on a line also the threshold and all that the neuron can be."""
    if subject.up is not None:
        return fitted(rows.x, 0.08), fitted(rows.y, 0.08)
    x = fitted(rows.x, 0.12)
    if subject.is_regions:
        # Room above 1 for the words.
        return x, (-0.04, 1.16)
    node = snapshot.network.node_by_id.get(subject.node)
    ends = value_range(node.activation) if isinstance(node, Neuron) else ()
    a = snapshot.activations.get(subject.node, np.empty(0))
    shown = [threshold, *(end for end in ends if math.isfinite(end))]
    return x, fitted(np.concatenate((rows.y, a, shown)), 0.12)


def fit_key(subject: Subject, snapshot: Snapshot) -> tuple[object, ...]:
    """Other data, or other columns of them, are another picture; a moved row or a step is not."""
    node = snapshot.network.node_by_id.get(subject.node)
    shape = (subject.node, node.activation if isinstance(node, Neuron) else "") if subject.up is None else ()
    return (subject.across, subject.up, subject.is_regions, snapshot.dataset.source, *shape)
