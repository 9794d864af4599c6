"""Which artificial neuron stands beside the cell, and what flows into both: its z, and the current for that z."""

from __future__ import annotations

from collections.abc import Mapping

from neurosim.document.selection import Selection
from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.network import Neuron
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.panels._neuron_box import chosen_neuron
from neurosim.panels.biology.kept import CURRENT
from neurosim.records import dataclass


@dataclass(frozen=True)
class Subject:
    """The artificial neuron in one row.

    Attributes:
        node: its id.
        activation: the name of its activation.
        row: the row, or ``None`` without rows.
        z, a: its sum and its output there; ``None`` where they cannot be computed.
        current: what flows into the cell, in nA; ``None`` without a z.
    """

    node: str
    activation: str
    row: int | None
    z: Number | None
    a: Number | None
    current: Number | None


def find_subject(
    snapshot: Snapshot, selection: Selection, numbers: Mapping[str, Number], before: str | None
) -> Subject | None:
    """The one selected neuron in the first selected row; else the neuron *before*, else the first; ``None``: none."""
    network = snapshot.network
    node = chosen_neuron(network, selection.ids, before)
    if node is None:
        return None
    neuron = network.node_by_id[node]
    if not isinstance(neuron, Neuron) or neuron.activation not in ACTIVATIONS:
        return None
    count = snapshot.dataset.n_rows
    row = min(selection.rows, default=0)
    if not count:
        return Subject(node, neuron.activation, None, None, None, None)
    row = row if row < count else 0
    z = snapshot.pre_activation(node, row)
    current = z * numbers[CURRENT] if z is not None else None
    return Subject(node, neuron.activation, row, z, snapshot.activation(node, row), current)
