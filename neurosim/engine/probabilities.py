"""The probabilities of outputs that share one: the softmax that is inside the loss, to look at."""

from __future__ import annotations

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.engine.losses import LOSSES
from neurosim.engine.response_map import softmax
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number


def shares_probability(snapshot: Snapshot) -> bool:
    """Whether the outputs share one probability: a loss over all of them, and no problem with it."""
    loss = LOSSES.get(snapshot.settings.loss)
    return loss is not None and loss.joint and snapshot.problem is None and len(snapshot.network.outputs) > 1


def probability(snapshot: Snapshot, node: str, row: int) -> float | None:
    """p of the output *node* in *row*; ``None`` where outputs share no probability."""
    nodes = [output.node for output in snapshot.network.outputs]
    if node not in nodes or not shares_probability(snapshot) or row >= snapshot.dataset.n_rows:
        return None
    z = [snapshot.activations[name][row : row + 1] for name in nodes if name in snapshot.activations]
    return float(softmax(z)[nodes.index(node), 0]) if len(z) == len(nodes) else None


def said(snapshot: Snapshot, node: str, row: int) -> Number | None:
    """What a node is read as in *row*: its probability where outputs share one, else its activation."""
    p = probability(snapshot, node, row)
    return snapshot.activation(node, row) if p is None else p


def all_said(snapshot: Snapshot, node: str) -> FloatArray | None:
    """The same in every row, (n_rows,); ``None`` when the node cannot be computed."""
    p = probabilities(snapshot, node)
    return snapshot.activations.get(node) if p is None else p


def probabilities(snapshot: Snapshot, node: str) -> FloatArray | None:
    """p of the output *node* in every row, (n_rows,); ``None`` where outputs share no probability."""
    nodes = [output.node for output in snapshot.network.outputs]
    if node not in nodes or not shares_probability(snapshot):
        return None
    z = [snapshot.activations[name] for name in nodes if name in snapshot.activations]
    return np.asarray(softmax(z)[nodes.index(node)]) if len(z) == len(nodes) else None
