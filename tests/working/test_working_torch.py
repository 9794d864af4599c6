"""The shown update of every optimizer, on mini-batches of a network with hidden neurons, is the one PyTorch makes."""

import json
from pathlib import Path
from types import MappingProxyType

import pytest

from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import OptimizerSettings, TrainingSettings
from neurosim.engine.trainer import Trainer
from neurosim.markup.write_text import write_text
from neurosim.working.working import step_lines
from pencil import check

DATA = Path(__file__).parents[1] / "engine" / "data"
TORCH = json.loads((DATA / "torch_networks.json").read_text(encoding="utf-8"))
STEPS = 4


def network() -> Network:
    start = TORCH["start"]
    hidden = tuple(Neuron(name, bias=start[f"{name}.bias"], activation="sigmoid") for name in ("h1", "h2", "o"))
    wires = (("w11", "x1", "h1"), ("w12", "x2", "h1"), ("w21", "x1", "h2"), ("w22", "x2", "h2"), ("v1", "h1", "o"))
    edges = tuple(Edge(name, a, b, start[name]) for name, a, b in (*wires, ("v2", "h2", "o")))
    return Network((InputNode("x1", "x1"), InputNode("x2", "x2"), *hidden), edges, (Output("o", "y"),))


@pytest.mark.parametrize("run", TORCH["runs"], ids=lambda run: f"{run['optimizer']}-{'-'.join(run['settings'])}")
def test_each_optimizer_as_shown_is_pytorch(run):
    first, second = TORCH["inputs"]
    dataset = Dataset({"x1": Column(first), "x2": Column(second), "y": Column(TORCH["targets"])})
    training = TrainingSettings(
        loss="cross_entropy",
        optimizer=OptimizerSettings(run["optimizer"], MappingProxyType(run["settings"])),
        learning_rate=run["learning_rate"],
        batch_size=TORCH["batch_size"],
        shuffle=run["shuffle"],
        seed=TORCH["seed"],
    )
    drawn = network()
    for expected in run["trace"][:STEPS]:
        working = step_lines(drawn, dataset, training)
        assert working.problem is None
        tally = check(working.phase("update"), write_text)
        assert tally.checked >= len(TORCH["start"])
        for name, value in zip(TORCH["start"], expected, strict=True):
            assert float(working.pending[name]) == pytest.approx(value, rel=1e-12, abs=1e-13)
        trainer = Trainer(drawn, dataset, training)
        trainer.advance(1)
        drawn, training = trainer.network(), trainer.settings()
