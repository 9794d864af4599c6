"""Edits of the representation: pure functions after which the network says what it said, in other units."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from neurosim.document import edits
from neurosim.document.document import Document
from neurosim.document.edits import EditError
from neurosim.document.json_format import DocumentFormatError, dumps, loads
from neurosim.document.state import DocumentState
from neurosim.document.wires import wire_ends, wire_id
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.evaluate import evaluate
from neurosim.engine.feature import Feature
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import TrainingSettings

ONE = Fraction(1)
SPECIES = ("setosa", "virginica", "setosa", "versicolor")


def column(*values: object) -> Column:
    return Column(tuple(Fraction(str(value)) for value in values))


@pytest.fixture
def state() -> DocumentState:
    """A line over x and a second input z, with words beside them."""
    network = Network(
        (InputNode("x", "x"), InputNode("z", "z", position=(0.0, 90.0)), Neuron("n", bias=ONE, position=(200.0, 0.0))),
        (Edge("a", "x", "n", Fraction(1, 2)), Edge("c", "z", "n", Fraction(-2))),
        (Output("n", "y"),),
    )
    data = Dataset(
        {"x": column(2, 5, 11, 6), "z": column(1, 0, 2, "0.5"), "y": column(1, 0, 3, 1)}, texts={"species": SPECIES}
    )
    return DocumentState(network, data, TrainingSettings())


def said(state: DocumentState) -> list[float]:
    snapshot = evaluate(state.network, state.dataset, state.training)
    assert snapshot.problem is None
    return snapshot.activations["n"].tolist()


@pytest.mark.parametrize("transform", ["standardise", "min_max"])
def test_reading_through_other_units_changes_nothing_that_is_said(state: DocumentState, transform: str) -> None:
    after = edits.read_through(state, transform, "x")
    assert said(after) == pytest.approx(said(state), rel=1e-14)
    feature = after.network.features[0]
    assert feature.sources == ("x",)
    assert after.network.edge_by_id["a"].source == feature.id
    assert not after.network.outgoing["x"]
    if transform == "min_max":  # by hand: x'' = (x - 2)/9, so w = 9/2 and b = 1 + 2/2
        assert after.network.edge_by_id["a"].weight == Fraction(9, 2)
        assert after.network.parameters["n.bias"] == Fraction(2)


def test_a_power_besides_starts_at_weight_0(state: DocumentState) -> None:
    after = edits.read_besides(state, "power", ("x",))
    assert said(after) == said(state)
    (edge,) = after.network.outgoing[after.network.features[0].id]
    assert (edge.target, edge.weight) == ("n", Fraction(0))
    both = edits.read_besides(state, "product", ("x", "z"))
    values = evaluate(both.network, both.dataset, both.training)
    assert [values.activation(both.network.features[0].id, row) for row in range(4)] == [2, 0, 22, 3]


def test_new_nodes_stand_beside_and_not_upon_each_other(state: DocumentState) -> None:
    after = edits.read_besides(edits.read_besides(state, "power", ("x",)), "sine", ("x",))
    places = [node.position for node in after.network.nodes]
    assert len(set(places)) == len(places)
    neuron = after.network.node_by_id["n"]
    assert all(feature.position[0] < neuron.position[0] for feature in after.network.features)


def test_wires_are_drawn_deleted_and_copied(state: DocumentState) -> None:
    state = edits.add_feature(state, "product", ("x",), (50.0, 50.0), identifier="p")
    state = edits.connect(state, "z", "p")
    assert state.network.node_by_id["p"] == Feature("p", "product", ("x", "z"), position=(50.0, 50.0))
    with pytest.raises(EditError, match="already connected"):
        edits.connect(state, "z", "p")
    with pytest.raises(EditError, match="only inputs and features"):
        edits.connect(state, "n", "p")
    gone = edits.delete(state, wire_id("x", "p"))
    assert gone.network.features[0].sources == ("z",)
    assert edits.delete(state, ["x", wire_id("x", "p")]).network.features[0].sources == ("z",)
    assert not edits.delete(state, "p").network.features
    copied = edits.duplicate(state, ["x", "p"])
    names = edits.duplicate_ids(state.network, ["x", "p"])
    copy = copied.network.node_by_id[names["p"]]
    assert isinstance(copy, Feature)
    assert copy.sources == (names["x"], "z")
    assert wire_ends(wire_id("a", "b")) == ("a", "b")
    assert wire_ends("a") is None


def test_settings_are_kept_where_they_differ_from_the_default(state: DocumentState) -> None:
    state = edits.add_feature(state, "power", ("x",), identifier="p")
    cubed = edits.set_feature_setting(state, "p", "exponent", Fraction(3))
    assert cubed.network.features[0].settings == (("exponent", Fraction(3)),)
    assert edits.set_feature_setting(cubed, "p", "exponent", Fraction(2)).network == state.network
    with pytest.raises(EditError, match="whole number"):
        edits.set_feature_setting(state, "p", "exponent", Fraction(1, 2))
    other = edits.set_transform(cubed, "p", "sine").network.features[0]
    assert (other.transform, other.sources, other.settings) == ("sine", ("x",), ())


def test_an_output_for_each_class(state: DocumentState) -> None:
    after = edits.output_per_class(state, "species")
    assert [output.settings for output in after.network.outputs] == [
        (("class", name),) for name in ("setosa", "virginica", "versicolor")
    ]
    assert after.training.loss == "softmax_cross_entropy"
    snapshot = evaluate(after.network, after.dataset, after.training)
    assert snapshot.problem is None
    assert float(snapshot.loss or 0) == pytest.approx(np.log(3))  # all weights are 0: a third for each
    for output in after.network.outputs:
        assert {edge.source for edge in after.network.incoming[output.node]} == {"x", "z"}
    numbers = edits.output_per_class(state, "y")
    assert [dict(output.settings)["class"] for output in numbers.network.outputs] == [0, 1, 3]
    many = replace(state, dataset=Dataset({"q": column(*range(40))}))
    with pytest.raises(EditError, match="too many"):
        edits.output_per_class(many, "q")


def test_one_hot_of_an_input(state: DocumentState) -> None:
    state = edits.add_input(state, "species", identifier="k")
    after = edits.one_hot(state, "k")
    assert [after.network.title(feature.id) for feature in after.network.features] == [
        "[species = setosa]",
        "[species = virginica]",
        "[species = versicolor]",
    ]
    assert said(after) == said(state)
    assert len(after.network.incoming["n"]) == 5


def test_a_target_as_1_for_one_class(state: DocumentState) -> None:
    after = edits.set_target_transform(state, "n", "indicator", (("class", ONE),))
    assert after.network.target_title("n") == "[y = 1]"
    signed = edits.set_target_setting(after, "n", "other", Fraction(-1))
    snapshot = evaluate(signed.network, signed.dataset, signed.training)
    target = signed.network.outputs[0].target or ""
    assert snapshot.dataset.columns[target].numbers == (1, -1, -1, 1)
    assert edits.set_target_transform(signed, "n", None).network == state.network
    assert edits.set_output_column(signed, "n", "x").network.outputs[0].transform is None
    with pytest.raises(EditError, match="no sense for a target"):
        edits.set_target_transform(state, "n", "power")


def test_a_document_with_features_is_read_back_as_it_was(state: DocumentState) -> None:
    state = edits.read_through(state, "standardise", "x", (("divisor", "sample"),))
    state = edits.read_besides(state, "power", ("z",), (("exponent", Fraction(3)),))
    state = edits.one_hot(edits.add_input(state, "species"), "x1")
    state = edits.set_target_transform(state, "n", "indicator", (("class", Fraction(1, 3)), ("other", Fraction(-1, 2))))
    again = loads(dumps(state))
    assert again == state
    assert dumps(again) == dumps(state)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"transform": "log"}, "unknown"),
        ({"sources": ["n"]}, "is a neuron"),
        ({"sources": ["q"]}, "there is no node"),
        ({"sources": ["x", "x"]}, "named twice"),
        ({"settings": {"exponent": "1/2"}}, "whole number"),
        ({"settings": {"heat": 1}}, "unknown"),
        ({"bias": "0"}, "unknown"),
    ],
)
def test_faults_in_a_feature_are_named(state: DocumentState, change: dict[str, object], words: str) -> None:
    state = edits.add_feature(state, "power", ("x",), identifier="p")
    raw = json.loads(dumps(state))
    place = next(i for i, node in enumerate(raw["network"]["nodes"]) if node["id"] == "p")
    raw["network"]["nodes"][place].update(change)
    with pytest.raises(DocumentFormatError, match=words) as caught:
        loads(json.dumps(raw))
    assert f"network.nodes[{place}]" in str(caught.value)


def test_edits_of_features_are_undone(state: DocumentState) -> None:
    document = Document(state)
    document.edit("Standardise x", edits.read_through, "standardise", "x")
    assert document.state.network.features
    document.undo()
    assert document.state == state
