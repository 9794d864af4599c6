"""The script that a document becomes, run by Python alone: its numbers are the engine's, in every kind of training."""

from __future__ import annotations

import runpy
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from neurosim import paths
from neurosim.document.json_format import load
from neurosim.document.state import DocumentState
from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.feature import Feature
from neurosim.engine.losses import LOSSES
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output, bias_id
from neurosim.engine.optimizers import OPTIMIZERS
from neurosim.engine.schedules import SCHEDULES
from neurosim.engine.settings import OptimizerSettings, ScheduleSettings, TrainingSettings
from neurosim.engine.trainer import Trainer
from neurosim.exporters.script import ScriptError, python_script
from neurosim.exporters.script.naming import Naming

STEPS = 7
TARGETS = {"hinge": ["-1", "1", "1", "-1", "1"], "cross_entropy": ["0", "1", "1", "0", "1"]}


def table(**columns: list[str]) -> Dataset:
    """Typed numbers as data."""
    return Dataset({name: Column(tuple(map(Fraction, typed))) for name, typed in columns.items()})


def small(activation: str = "tanh", loss: str = "squared_error", **training: object) -> DocumentState:
    """Two inputs, two hidden neurons of *activation*, one output, five rows that nothing has in common with."""
    out = "sigmoid" if loss == "cross_entropy" else "identity"
    network = Network(
        nodes=(
            InputNode("x1", "x1"),
            InputNode("x2", "x2"),
            Neuron("h1", bias=Fraction(1, 5), activation=activation),
            Neuron("h2", bias=None, activation=activation),
            Neuron("o", bias=Fraction(-1, 10), activation=out),
        ),
        edges=(
            Edge("w1", "x1", "h1", Fraction(3, 10)),
            Edge("w2", "x2", "h1", Fraction(-2, 5)),
            Edge("w3", "x1", "h2", Fraction(7, 10)),
            Edge("w4", "x2", "h2", Fraction(1, 2), trainable=False),
            Edge("v1", "h1", "o", Fraction(4, 5)),
            Edge("v2", "h2", "o", Fraction(-3, 5)),
            Edge("s", "x1", "o", Fraction(1, 4), muted=True),
        ),
        outputs=(Output("o", "y"),),
    )
    dataset = table(
        x1=["0.5", "-1.25", "2", "0.75", "-0.3"],
        x2=["1.5", "0.4", "-0.8", "2.2", "-1.1"],
        y=TARGETS.get(loss, ["0.3", "1.7", "-0.4", "0.9", "0.2"]),
    )
    settings = replace(TrainingSettings(loss=loss, learning_rate=Fraction(1, 20)), **training)  # type: ignore[arg-type]
    return DocumentState(network, dataset, settings)


def run(state: DocumentState, tmp_path: Path, steps: int = STEPS) -> dict[str, Any]:
    """What stands in the script after *steps* steps, and the loss there."""
    path = tmp_path / "script.py"
    path.write_text(python_script(state, "a test"), encoding="utf-8")
    found = runpy.run_path(str(path))
    for t in range(state.training.step, state.training.step + steps):
        found["take_step"](t)
    found["loss"], found["slopes"] = found["loss_and_slopes"](list(found["TRAINING_ROWS"]))
    return found


def agree(state: DocumentState, tmp_path: Path, steps: int = STEPS) -> None:
    """The script is where the engine is, to the last digits of a float."""
    found = run(state, tmp_path, steps)
    trainer = Trainer(state.network, state.dataset, state.training)
    trainer.advance(steps)
    naming = Naming(state.network)
    after = trainer.network().parameters
    assert {naming.parameter(name) for name in after} == found["parameters"].keys()
    for name, value in after.items():
        assert float(found["parameters"][naming.parameter(name)]) == pytest.approx(float(value), rel=1e-9, abs=1e-12), (
            name
        )


@pytest.mark.parametrize("activation", list(ACTIVATIONS))
def test_every_activation(activation, tmp_path):
    agree(small(activation), tmp_path)


@pytest.mark.parametrize("loss", [name for name in LOSSES if name != "softmax_cross_entropy"])
@pytest.mark.parametrize("reduction", ["mean", "half_sum"])
def test_every_loss(loss, reduction, tmp_path):
    agree(small(loss=loss, reduction=reduction), tmp_path)


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("sgd", {"momentum": Fraction(9, 10)}),
        ("sgd", {"momentum": Fraction(1, 2), "dampening": Fraction(1, 4)}),
        ("sgd", {"momentum": Fraction(1, 2), "nesterov": True}),
        ("adagrad", {"lr_decay": Fraction(1, 10)}),
        ("rmsprop", {}),
        ("rmsprop", {"momentum": Fraction(1, 2), "centered": True}),
        ("adam", {}),
        ("adamw", {"weight_decay": Fraction(1, 10)}),
    ],
)
def test_every_optimizer(name, settings, tmp_path):
    agree(small(optimizer=OptimizerSettings(name, MappingProxyType(settings))), tmp_path)


def test_no_optimizer_is_forgotten():
    for name in OPTIMIZERS:
        assert python_script(small(optimizer=OptimizerSettings(name)), "x")


@pytest.mark.parametrize("name", list(SCHEDULES))
def test_every_schedule(name, tmp_path):
    short = {"steps": Fraction(5)} if name in {"cosine", "warm_up"} else {}
    short = {"every": Fraction(2)} if name == "step_decay" else short
    agree(small(schedule=ScheduleSettings(name, MappingProxyType(short))), tmp_path)


@pytest.mark.parametrize("shuffle", [False, True])
def test_batches_in_the_same_order(shuffle, tmp_path):
    agree(small(batch_size=2, shuffle=shuffle, seed=4), tmp_path)


def test_penalties(tmp_path):
    agree(small(l1=Fraction(1, 50), l2=Fraction(1, 10)), tmp_path)


@pytest.mark.parametrize(
    "example", ["iris", "admissions_standardised", "xor", "circles", "houses", "backpropagation_by_hand"]
)
def test_examples_with_features_classes_and_many_outputs(example, tmp_path):
    agree(load(paths.example(example)), tmp_path, 3)


def test_training_goes_on_where_it_stands(tmp_path):
    state = small(optimizer=OptimizerSettings("adam"))
    trainer = Trainer(state.network, state.dataset, state.training)
    trainer.advance(4)
    agree(replace(state, network=trainer.network(), training=trainer.settings()), tmp_path)


def test_the_lecture_step_by_step_as_a_stranger_runs_it(tmp_path):
    path = tmp_path / "lecture.py"
    path.write_text(python_script(load(paths.example("lecture")), "The lecture's neuron"), encoding="utf-8")
    words = [sys.executable, "-I", "-W", "error", str(path), "2"]
    said = subprocess.run(words, capture_output=True, text=True, check=True, cwd=tmp_path).stdout
    assert "step 0: loss 466/9 ~ 51.7778" in said
    assert "a = 1/3 ~ 0.333333, derivative -136/3 ~ -45.3333" in said
    assert "step 1: loss 8149/2025 ~ 4.0242" in said
    assert "a = 83/45 ~ 1.84444, derivative -554/45 ~ -12.3111" in said
    assert "b = -83/15 ~ -5.53333, derivative -4" in said
    assert "a = 1522/675" in said


def stumps() -> Network:
    """An input without data and a feature without inputs, which feed a neuron that leads nowhere."""
    network = small().network
    for node in (InputNode("x3", "gone"), Feature("p", "product"), Neuron("d", bias=Fraction(1, 2)), Neuron("lone")):
        network = network.with_node(node)
    for edge in (
        Edge("u1", "x1", "d", Fraction(2)),
        Edge("u2", "x3", "d", Fraction(3)),
        Edge("u3", "p", "d", Fraction(1)),
    ):
        network = network.with_edge(edge)
    return network


@pytest.mark.parametrize(
    "training", [{}, {"l2": Fraction(1, 10), "l1": Fraction(1, 50)}, {"optimizer": OptimizerSettings("adamw")}]
)
def test_stumps_that_reach_no_output_are_left_out(training, tmp_path):
    state = replace(small(**training), network=stumps())
    agree(state, tmp_path)
    found = run(state, tmp_path, 0)
    assert found["INPUTS"].keys() == {"x1", "x2"}
    assert found["NEURONS"].keys() == {"h1", "h2", "o", "lone"}
    assert found["DATA"].keys() == {"x1", "x2", "y"}


def input_that_is_an_output() -> DocumentState:
    state = small()
    return replace(state, network=replace(state.network, outputs=(*state.network.outputs, Output("x2", "x1"))))


def test_typed_numbers_come_back_as_they_were_typed():
    script = python_script(small(), "x")
    assert "'w1': F(3, 10)," in script
    assert "'x1': [F(1, 2), F(-5, 4), F(2), F(3, 4), F(-3, 10)]," in script
    assert "FROZEN = {" in script
    assert bias_id("h2") not in script


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (lambda: replace(small(), dataset=table()), "There are no data yet"),
        (lambda: small(method="random_search"), "Only gradient descent can be written as a script"),
        (input_that_is_an_output, "The output x2 is an input itself and no neuron"),
    ],
)
def test_what_cannot_be_written_is_said(state, sentence):
    with pytest.raises(ScriptError, match=sentence):
        python_script(state(), "x")
