"""The networks and data that are measured, built as a user's document would hold them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from neurosim.engine.dataset import Column, Dataset, FloatArray
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Node, Output
from neurosim.engine.settings import Reduction, TrainingSettings


@dataclass(frozen=True)
class Task:
    """A network, its data and how it is trained; ``x`` (inputs, rows) and ``y`` (outputs, rows) as arrays."""

    network: Network
    dataset: Dataset
    settings: TrainingSettings
    x: FloatArray
    y: FloatArray


def layered(sizes: Sequence[int], hidden: str, output: str, seed: int = 0) -> Network:
    """A dense network of layers with biases; weights from a uniform distribution of the usual width."""
    rng = np.random.default_rng(seed)
    nodes: list[Node] = [InputNode(f"x{i}", f"x{i}") for i in range(sizes[0])]
    edges: list[Edge] = []
    below = [node.id for node in nodes]
    for depth, size in enumerate(sizes[1:], start=1):
        last = depth == len(sizes) - 1
        width = 1.0 / np.sqrt(len(below))
        here = [f"n{depth}_{i}" for i in range(size)]
        for name in here:
            nodes.append(Neuron(name, bias=0.0, activation=output if last else hidden))
            edges += [Edge(f"{s}-{name}", s, name, float(rng.uniform(-width, width))) for s in below]
        below = here
    return Network(tuple(nodes), tuple(edges), tuple(Output(name, f"y{i}") for i, name in enumerate(below)))


def irregular(n_nodes: int, n_edges: int, n_inputs: int, seed: int = 0) -> Network:
    """A random acyclic graph: edges go from earlier to later nodes; every node is fed, and leads to the last."""
    rng = np.random.default_rng(seed)
    last = n_nodes - 1
    pairs = {(int(rng.integers(0, target)), target) for target in range(n_inputs, n_nodes)}
    for source in set(range(last)) - {source for source, _ in pairs}:
        pairs.add((source, int(rng.integers(max(source + 1, n_inputs), n_nodes))))
    while len(pairs) < n_edges:
        target = int(rng.integers(n_inputs, n_nodes))
        pairs.add((int(rng.integers(0, target)), target))
    nodes: list[Node] = [InputNode(f"x{i}", f"x{i}") for i in range(n_inputs)]
    nodes += [Neuron(f"n{i}", bias=0.0, activation="tanh") for i in range(n_inputs, n_nodes)]
    ids = [node.id for node in nodes]
    edges = tuple(Edge(f"e{a}_{b}", ids[a], ids[b], float(rng.uniform(-0.4, 0.4))) for a, b in sorted(pairs))
    return Network(tuple(nodes), edges, (Output(ids[-1], "y0"),))


def task(
    network: Network,
    n: int,
    loss: str,
    *,
    classes: int = 0,
    signs: bool = False,
    reduction: Reduction = "mean",
    learning_rate: float = 0.01,
    batch_size: int | None = None,
) -> Task:
    """Random rows for *network*: numbers, signs +-1, 0/1 for cross-entropy, or one of *classes* as one-hot columns."""
    rng = np.random.default_rng(1)
    x = rng.normal(size=(len(network.inputs), n))
    n_out = len(network.outputs)
    if classes:
        y = np.eye(classes)[rng.integers(0, classes, n)].T.copy()
    elif signs:
        y = np.sign(x[:1] * x[1:2])
    elif loss == "cross_entropy":
        y = (x[:1] + 0.5 * rng.normal(size=(1, n)) > 0.0).astype(np.float64)
    else:
        y = 2.0 * x[:1] - 1.0 + 0.3 * rng.normal(size=(n_out, n))
    columns = {f"x{i}": Column(row) for i, row in enumerate(x)} | {f"y{i}": Column(row) for i, row in enumerate(y)}
    settings = TrainingSettings(loss=loss, reduction=reduction, learning_rate=learning_rate, batch_size=batch_size)
    return Task(network, Dataset(columns), settings, x, y)
