"""Every architecture that is found: drawn for columns, of the shape asked for; XOR by hand solves XOR exactly."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest

from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.architectures import ARCHITECTURES, Architecture, Shape, Task
from neurosim.engine.evaluate import evaluate
from neurosim.engine.layers import depths, hidden_neurons, layer_of, neuron_layers
from neurosim.engine.network import Edge, InputNode, Network, Neuron
from neurosim.engine.settings import TrainingSettings

every = pytest.mark.parametrize("architecture", ARCHITECTURES.values(), ids=list(ARCHITECTURES))


def tasks() -> Iterator[Task]:
    for n_inputs in (1, 2, 4):
        for n_targets in (1, 3):
            yield Task(
                tuple(f"u{i}" for i in range(n_inputs)),
                tuple(f"y{j}" for j in range(n_targets)),
                output_activation="tanh",
            )


def test_all_that_were_promised_are_there() -> None:
    assert list(ARCHITECTURES) == ["single", "layered", "skips", "multi_output", "two_linear", "xor"]


@every
def test_it_is_drawn_for_the_columns_or_refused_with_a_sentence(architecture: Architecture) -> None:
    drawn = 0
    for task in tasks():
        sentence = architecture.refusal(task)
        if sentence is not None:
            assert sentence.endswith(".")
            continue
        drawn += 1
        network = architecture.draw(task, Shape(architecture.widths, architecture.activation))
        assert [node.column for node in network.inputs] == list(task.inputs)
        assert [output.column for output in network.outputs] == list(task.targets)
        assert [len(layer) for layer in neuron_layers(network)] == [*architecture.widths, len(task.targets)]
        hidden = {neuron.activation for neuron in network.neurons if network.output_of(neuron.id) is None}
        assert hidden <= {architecture.activation}
        if architecture.own_outputs is None:
            outputs = {neuron.activation for neuron in network.neurons if network.output_of(neuron.id) is not None}
            assert outputs == {"tanh"}
        places = [node.position for node in network.nodes]
        assert len(set(places)) == len(places)
        assert architecture.draw(task, Shape(architecture.widths, architecture.activation)) == network
        if "start" in architecture.asks:
            assert set(network.parameters.values()) == {Fraction(0)}
    assert drawn


@every
def test_what_it_offers_exists(architecture: Architecture) -> None:
    assert architecture.activation in ACTIVATIONS
    assert set(architecture.activations) <= set(ACTIVATIONS)
    assert architecture.title
    assert architecture.help.endswith(".")


def test_layers_have_an_edge_from_each_neuron_to_each_of_the_next() -> None:
    network = ARCHITECTURES["layered"].draw(Task(("a", "b"), ("y",)), Shape((3, 2), "relu"))
    assert [node.id for node in network.nodes] == ["x1", "x2", "h1", "h2", "h3", "k1", "k2", "n"]
    assert len(network.edges) == 2 * 3 + 3 * 2 + 2 * 1
    assert [(e.id, e.source, e.target) for e in network.edges[:3]] == [
        ("w1", "x1", "h1"),
        ("w2", "x2", "h1"),
        ("w3", "x1", "h2"),
    ]


def test_skips_add_the_edges_over_one_layer() -> None:
    task, shape = Task(("a", "b"), ("y",)), Shape((3, 2), "relu")
    plain = {(e.source, e.target) for e in ARCHITECTURES["layered"].draw(task, shape).edges}
    skipping = {(e.source, e.target) for e in ARCHITECTURES["skips"].draw(task, shape).edges}
    over_one = {(x, k) for x in ("x1", "x2") for k in ("k1", "k2")} | {(h, "n") for h in ("h1", "h2", "h3")}
    assert skipping - plain == over_one
    assert plain <= skipping


@pytest.mark.parametrize("activation", ["relu", "step"])
def test_xor_by_hand_solves_xor_exactly(activation: str) -> None:
    plugin = ARCHITECTURES["xor"]
    assert plugin.own_data is not None
    table = plugin.own_data()
    network = plugin.draw(Task(("x1", "x2"), ("y",)), Shape((2,), activation))
    snapshot = evaluate(network, table, TrainingSettings())
    assert list(snapshot.exact_activations["n"]) == [0, 1, 1, 0]
    assert all(isinstance(value, Fraction) for value in snapshot.exact_activations["n"])
    assert snapshot.loss == 0
    # By hand: relu(x1 + x2) and relu(x1 + x2 - 1); or OR and AND.
    expected = {"relu": ([0, 1, 1, 2], [0, 0, 0, 1]), "step": ([0, 1, 1, 1], [0, 0, 0, 1])}[activation]
    assert (list(snapshot.exact_activations["h1"]), list(snapshot.exact_activations["h2"])) == expected


def test_xor_knows_its_own_table() -> None:
    plugin = ARCHITECTURES["xor"]
    assert plugin.own_data is not None
    assert plugin.fits is not None
    table = plugin.own_data()
    assert plugin.fits(table, Task(("x1", "x2"), ("y",)))
    assert not plugin.fits(table, Task(("x1", "y"), ("x2", "x1")))
    assert not plugin.fits(table.with_values(3, {"y": Fraction(1)}), Task(("x1", "x2"), ("y",)))


def test_depth_is_the_longest_path() -> None:
    nodes = (InputNode("x", "x"), Neuron("a"), Neuron("b"), Neuron("c"), Neuron("alone"))
    edges = [("x", "a"), ("a", "b"), ("x", "b"), ("x", "c")]
    network = Network(nodes, tuple(Edge(f"w{i}", *pair, Fraction(1)) for i, pair in enumerate(edges)))
    assert depths(network) == {"x": 0, "alone": 0, "a": 1, "c": 1, "b": 2}
    assert neuron_layers(network) == (("alone",), ("a", "c"), ("b",))
    assert layer_of(network, ["c", "x"]) == ("a", "c")
    assert hidden_neurons(network) == ("a", "b", "c", "alone")
