"""What is missing is said at the node it concerns, and nothing raises; the engine loads no Qt."""

import subprocess
import sys
from dataclasses import replace
from fractions import Fraction

import pytest

from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.evaluate import evaluate
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.problems import find_problems
from neurosim.engine.settings import OptimizerSettings, TrainingSettings

NETWORK = Network(
    (InputNode("x", "x"), Neuron("n", "f", bias=Fraction(1)), Neuron("h")),
    (Edge("a", "x", "n", Fraction(2)),),
    (Output("n", "y"),),
)
DATA = Dataset({"x": Column([Fraction(1), Fraction(2)]), "y": Column([Fraction(3), Fraction(4)])})
FINE = TrainingSettings()


def test_a_finished_network_has_remarks_at_most():
    problems = find_problems(NETWORK, DATA, FINE)
    assert [(problem.node, problem.blocks) for problem in problems] == [("h", "nothing"), ("h", "nothing")]
    assert evaluate(NETWORK, DATA, FINE).problem is None
    assert find_problems(NETWORK.without("h"), DATA, FINE) == ()


@pytest.mark.parametrize(
    ("network", "dataset", "settings", "node", "words"),
    [
        (replace(NETWORK, outputs=()), DATA, FINE, None, "no output"),
        (replace(NETWORK, outputs=(Output("n", None),)), DATA, FINE, "n", "no target"),
        (replace(NETWORK, outputs=(Output("n", "z"),)), DATA, FINE, "n", "column z"),
        (NETWORK.with_node(InputNode("x", "gone")), DATA, FINE, "x", "column gone"),
        (NETWORK.with_node(Neuron("n", activation="odd")), DATA, FINE, "n", "'odd'"),
        (NETWORK, Dataset({}), FINE, None, "no data"),
        (NETWORK, Dataset({"x": Column([]), "y": Column([])}), FINE, None, "no data"),
        (NETWORK, replace(DATA, test_rows=(0, 1)), FINE, None, "test rows"),
        (NETWORK, DATA, TrainingSettings(loss="cross_entropy"), "n", "sigmoid"),
        (NETWORK, DATA, TrainingSettings(loss="none"), None, "'none'"),
        (Network(), Dataset({}), FINE, None, "no data"),
    ],
)
def test_what_blocks_the_loss_comes_first_and_is_the_snapshots_problem(
    network: Network, dataset: Dataset, settings: TrainingSettings, node: str | None, words: str
):
    first = find_problems(network, dataset, settings)[0]
    assert (first.node, first.blocks) == (node, "loss")
    assert words in first.sentence
    snapshot = evaluate(network, dataset, settings)
    assert snapshot.problem == first.sentence
    assert snapshot.loss is None
    assert not snapshot.gradient
    assert not snapshot.exact


@pytest.mark.parametrize(
    "settings",
    [
        TrainingSettings(optimizer=OptimizerSettings("none")),
        TrainingSettings(optimizer=OptimizerSettings("sgd", {"speed": Fraction(1)})),
        TrainingSettings(batch_size=0),
        TrainingSettings(l2=Fraction(-1)),
    ],
)
def test_what_blocks_training_alone_leaves_the_loss_on_show(settings: TrainingSettings):
    assert find_problems(NETWORK, DATA, settings)[0].blocks == "training"
    assert evaluate(NETWORK, DATA, settings).problem is None


def test_an_unfinished_network_shows_what_can_be_computed():
    network = (
        NETWORK.with_node(InputNode("u", "gone")).with_node(Neuron("k")).with_edge(Edge("b", "u", "k", Fraction(1)))
    )
    snapshot = evaluate(network, DATA, FINE)
    assert snapshot.problem is None
    assert snapshot.activation("n", 0) == 3
    assert snapshot.activation("k", 0) is None
    assert "b" not in snapshot.gradient
    assert "k.bias" not in snapshot.gradient
    muted = network.with_edge(Edge("b", "u", "k", Fraction(1), muted=True))
    assert evaluate(muted, DATA, FINE).activation("k", 0) == 0


def test_values_beyond_float64_are_named_not_shown():
    network = NETWORK.with_parameters({"a": 1e308})
    data = Dataset({"x": Column([1.0, 100.0]), "y": Column([3.0, 4.0])})
    snapshot = evaluate(network, data, FINE)
    assert snapshot.problem is not None
    assert "f in row 2 is too large" in snapshot.problem
    assert "n" not in snapshot.activations
    assert snapshot.activation("x", 1) == 100.0


def test_a_fraction_beyond_float64_is_a_sentence_too():
    snapshot = evaluate(NETWORK.with_parameters({"a": Fraction(10**400)}), DATA, FINE)
    assert snapshot.problem is not None
    assert "too large" in snapshot.problem


def test_the_engine_loads_no_qt():
    program = (
        "import pkgutil, importlib, sys, neurosim.engine as e\n"
        "for m in pkgutil.walk_packages(e.__path__, 'neurosim.engine.'): importlib.import_module(m.name)\n"
        "sys.exit(any(n.split('.')[0] in ('PySide6', 'shiboken6', 'pyqtgraph') for n in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
