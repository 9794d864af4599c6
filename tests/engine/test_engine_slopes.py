"""The slopes of neighbouring levels are worked out together: to the last bit what one level after another gives."""

from __future__ import annotations

import numpy as np
import pytest

from neurosim.engine import passes
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Node, Output
from neurosim.engine.settings import TrainingSettings
from neurosim.engine.trainer import Trainer


def layered(activations: list[str]) -> Network:
    """Two inputs, layers of three neurons, one output; one activation for each layer."""
    rng = np.random.default_rng(2)
    nodes: list[Node] = [InputNode("x0", "x0"), InputNode("x1", "x1")]
    edges: list[Edge] = []
    below = ["x0", "x1"]
    for depth, activation in enumerate(activations):
        here = [f"n{depth}_{i}" for i in range(3 if depth < len(activations) - 1 else 1)]
        nodes += [Neuron(name, bias=float(rng.normal()), activation=activation) for name in here]
        edges += [Edge(f"{a}-{b}", a, b, float(rng.normal())) for b in here for a in below]
        below = here
    return Network(tuple(nodes), tuple(edges), (Output(below[0], "y"),))


def data(rows: int) -> Dataset:
    rng = np.random.default_rng(3)
    x = rng.normal(size=(2, rows))
    columns = {"x0": Column(x[0]), "x1": Column(x[1]), "y": Column((x[0] * x[1] > 0).astype(float))}
    return Dataset(columns)


@pytest.mark.parametrize("batch", [None, 4])
@pytest.mark.parametrize(
    ("activations", "loss", "together"),
    [
        (["tanh", "tanh", "tanh"], "squared_error", True),
        (["sigmoid", "sigmoid", "sigmoid"], "cross_entropy", True),
        (["relu", "tanh", "tanh"], "squared_error", True),
        (["tanh", "relu", "tanh"], "squared_error", False),
        (["softplus", "softplus", "identity"], "squared_error", False),  # reads z, which a row of ones has not
    ],
)
def test_together_and_one_after_another_are_the_same_bits(
    monkeypatch: pytest.MonkeyPatch, activations: list[str], loss: str, together: bool, batch: int | None
) -> None:
    network, dataset = layered(activations), data(20)
    settings = TrainingSettings(loss=loss, learning_rate=0.1, batch_size=batch)

    def trained() -> tuple[dict[str, float], int]:
        trainer = Trainer(network, dataset, settings)
        trainer.advance(50, watch=False)
        return trainer.parameters(), joined

    joined = 0
    add = passes.Passes._joined_slopes

    def counted(self: passes.Passes) -> list[slice]:
        nonlocal joined
        found = add(self)
        joined += len(found)
        return found

    monkeypatch.setattr(passes.Passes, "_joined_slopes", counted)
    found, spans = trained()
    assert (spans > 0) is together
    monkeypatch.setattr(passes, "FEW_VALUES", 0)
    joined = 0
    apart, spans = trained()
    assert spans == 0
    assert found == apart
