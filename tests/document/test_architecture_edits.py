"""Architectures drawn and layers changed: for the data in hand, with the weights kept and the function unchanged."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from neurosim import paths
from neurosim.document import edits
from neurosim.document.edits import EditError, Plan
from neurosim.document.edits.architecture import data_fit, draw_layers, first_plan, planned_network, refusal
from neurosim.document.edits.architecture_layers import (
    edges_after,
    edges_before,
    inserted_ids,
    least_needed,
    plan_collapse,
    skips_possible,
)
from neurosim.document.edits.features import read_through
from neurosim.document.json_format import load
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.evaluate import evaluate
from neurosim.engine.layers import neuron_layers
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.problems import find_problems, first_problem
from neurosim.engine.trainer import Trainer
from samples import lecture_state

F = Fraction


def example(name: str) -> DocumentState:
    return load(Path(paths.example(name)))


def drawn(widths: tuple[int, ...] = (3, 2), activation: str = "relu", seed: int = 5) -> DocumentState:
    return edits.draw_architecture(
        example("xor"), Plan("layered", ("x1", "x2"), ("y",), widths, activation, "he", seed)
    )


def outputs(state: DocumentState) -> list[object]:
    """The outputs of all rows: fractions where they are."""
    snapshot = evaluate(state.network, state.dataset, state.training)
    name = state.network.outputs[0].node
    return list(snapshot.exact_activations.get(name) or snapshot.activations[name].tolist())


def trained(state: DocumentState, steps: int = 40) -> DocumentState:
    trainer = Trainer(state.network, state.dataset, state.training)
    trainer.advance(steps)
    return edits.apply_step(state, trainer.network(), trainer.settings())


# -- drawing -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("example_name", ["lecture", "xor", "food_trucks", "admissions", "hours_pass"])
@pytest.mark.parametrize("name", ["single", "layered", "skips", "two_linear"])
def test_what_is_drawn_for_the_data_in_hand_can_be_trained(example_name: str, name: str) -> None:
    state = example(example_name)
    plan = first_plan(state, name)
    after = edits.draw_architecture(state, plan)
    assert [node.column for node in after.network.inputs] == [node.column for node in state.network.inputs]
    assert [o.column for o in after.network.outputs] == [o.column for o in state.network.outputs]
    assert (after.training.loss, after.dataset) == (state.training.loss, state.dataset)
    assert first_problem(find_problems(after.network, after.dataset, after.training), "training") is None
    assert (after.training.step, after.training.start, after.training.optimizer_state) == (0, None, None)


def test_the_same_plan_draws_the_same_start_and_another_seed_another() -> None:
    assert drawn() == drawn()
    assert drawn(seed=6).network.parameters != drawn().network.parameters
    assert all(isinstance(value, Fraction) for value in drawn().network.parameters.values())


def test_classes_one_of_which_is_meant_in_each_row_get_the_softmax() -> None:
    columns = {
        "u": Column([F(1), F(2), F(3)]),
        **{f"c{i}": Column([F(int(i == j)) for j in range(3)]) for i in range(3)},
    }
    state = replace(DocumentState(), dataset=Dataset(columns))
    after = edits.draw_architecture(state, Plan("multi_output", ("u",), ("c0", "c1", "c2")))
    assert after.training.loss == "softmax_cross_entropy"
    assert [neuron.activation for neuron in after.network.neurons] == ["identity"] * 3
    assert [output.column for output in after.network.outputs] == ["c0", "c1", "c2"]
    one = edits.draw_architecture(state, Plan("single", ("u",), ("c1",)))
    assert (one.training.loss, one.network.neurons[0].activation) == ("cross_entropy", "sigmoid")
    plain = edits.draw_architecture(state, Plan("single", ("c1",), ("u",)))
    assert (plain.training.loss, plain.network.neurons[0].activation) == ("squared_error", "identity")


def test_without_a_network_the_last_column_is_the_target() -> None:
    state = replace(lecture_state(), network=DocumentState().network)
    plan = first_plan(state, "layered")
    assert (plan.inputs, plan.targets, plan.widths, plan.activation, plan.initializer) == (
        ("x",),
        ("y",),
        (3,),
        "tanh",
        "xavier",
    )


def test_xor_by_hand_takes_the_data_in_hand_or_brings_its_own() -> None:
    here = first_plan(example("xor"), "xor")
    assert not here.own_data
    assert data_fit(example("xor"), here)
    after = edits.draw_architecture(example("xor"), here)
    assert after.dataset is example("xor").dataset or after.dataset == example("xor").dataset
    assert (outputs(after), evaluate(after.network, after.dataset, after.training).loss) == ([0, 1, 1, 0], 0)
    elsewhere = first_plan(lecture_state(), "xor")
    assert elsewhere.own_data
    brought = edits.draw_architecture(lecture_state(), elsewhere)
    assert list(brought.dataset.columns) == ["x1", "x2", "y"]
    assert outputs(brought) == [0, 1, 1, 0]
    steps = edits.draw_architecture(example("xor"), replace(here, activation="step"))
    assert outputs(steps) == [0, 1, 1, 0]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"inputs": ()}, "at least one column as an input"),
        ({"targets": ()}, "at least one column as a target"),
        ({"inputs": ("nowhere",)}, "no column 'nowhere'"),
        ({"inputs": ("x1", "y")}, "y cannot be both"),
        ({"architecture": "multi_output"}, "two or more target columns"),
        ({"architecture": "nothing"}, "no architecture 'nothing'"),
        ({"widths": (0,)}, "1 to 32 neurons"),
        ({"widths": (2,) * 7}, "up to 6 hidden layers"),
        ({"activation": "zigzag"}, "'zigzag'"),
        ({"initializer": "dice"}, "no way 'dice'"),
        ({"seed": -1}, "whole number"),
        ({"architecture": "two_linear", "widths": ()}, "need a hidden one"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_a_sentence(change: dict[str, object], sentence: str) -> None:
    state = example("xor")
    plan = replace(Plan("layered", ("x1", "x2"), ("y",), (2,)), **change)
    assert sentence in str(refusal(state, plan))
    with pytest.raises(EditError, match=re.escape(sentence)):
        edits.draw_architecture(state, plan)
    assert refusal(state, Plan("layered", ("x1", "x2"), ("y",), (2,))) is None


def test_the_preview_is_what_is_drawn() -> None:
    plan = Plan("skips", ("x1", "x2"), ("y",), (4,), "sigmoid", "uniform", 9)
    assert planned_network(example("xor"), plan) == edits.draw_architecture(example("xor"), plan).network


# -- layers ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid"])
@pytest.mark.parametrize("where", ["before the first", "between", "before the output"])
def test_an_inserted_identity_layer_keeps_every_output(activation: str, where: str) -> None:
    state = trained(drawn((3, 2), activation)) if activation != "relu" else drawn((3, 2), "relu")
    layer = {"before the first": ("h1", "h2", "h3"), "between": ("k1", "k2"), "before the output": ("n",)}[where]
    edges = edges_before(state.network, layer)
    names = inserted_ids(state.network, edges)
    after = edits.insert_layer(state, edges)
    assert outputs(after) == outputs(state)
    assert len(names) == {"before the first": 2, "between": 3, "before the output": 2}[where]
    assert names in neuron_layers(after.network)
    assert {after.network.edge_by_id[edge].source for edge in edges} == set(names)
    assert all(after.network.edge_by_id[e].weight == state.network.edge_by_id[e].weight for e in edges)
    assert len(after.network.edges) == len(state.network.edges) + len(names) ** 2


def test_a_layer_goes_into_the_edges_that_are_chosen_alone() -> None:
    state = drawn((2,), "tanh")
    after = edits.insert_layer(state, ["w1"], "identity")
    (name,) = inserted_ids(state.network, ["w1"])
    assert [(e.source, e.target) for e in after.network.edges if name in (e.source, e.target)] == [
        (name, "h1"),
        ("x1", name),
    ]
    assert outputs(after) == outputs(state)
    along = edits.insert_layer(state, ["w1", "w5"])  # x1 -> h1 and h1 -> n: no loop may arise
    assert outputs(along) == outputs(state)
    with pytest.raises(EditError, match="Choose the edges"):
        edits.insert_layer(state, ["nothing"])


def test_relu_behind_relu_keeps_the_function_and_tanh_does_not() -> None:
    state = drawn((3,), "relu")
    edges = edges_after(state.network, ["h1", "h2", "h3"])
    assert outputs(edits.insert_layer(state, edges, "relu")) == outputs(state)
    assert outputs(edits.insert_layer(state, edges, "tanh")) != outputs(state)


def test_an_inserted_layer_has_a_column_of_its_own() -> None:
    state = drawn((3, 2))
    after = edits.insert_layer(state, edges_before(state.network, ["k1"]))
    x = {node.id: node.position[0] for node in after.network.nodes}
    (first, *_), column = inserted_ids(state.network, edges_before(state.network, ["k1"])), set()
    column = {x[name] for name in inserted_ids(state.network, edges_before(state.network, ["k1"]))}
    assert column == {x[first]}
    assert x["h1"] < x[first] < x["k1"] < x["n"]
    assert min(x[first] - x["h1"], x["k1"] - x[first]) >= 200


@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid", "identity"])
def test_a_widened_layer_keeps_every_output_and_the_new_weights_learn(activation: str) -> None:
    state = trained(drawn((3, 2), activation))
    after = edits.widen_layer(state, ["h2"], by=2)
    assert outputs(after) == outputs(state)
    layers = neuron_layers(after.network)
    assert (len(layers[0]), len(layers[1])) == (5, 2)
    new = [name for name in layers[0] if name not in state.network.node_by_id]
    assert {after.network.node_by_id[name].activation for name in new} == {activation}
    out = [edge.id for edge in after.network.edges if edge.source in new]
    into = [edge.id for edge in after.network.edges if edge.target in new]
    assert {after.network.edge_by_id[edge].weight for edge in out} == {F(0)}
    assert all(after.network.edge_by_id[edge].weight != 0 for edge in into)
    assert (after.training.step, len(out), len(into)) == (state.training.step, 4, 4)
    went_on = trained(after, 30)
    assert any(went_on.network.edge_by_id[edge].weight != 0 for edge in out)
    assert went_on.training.step == state.training.step + 30
    assert edits.rewind(went_on).network.parameters["w1"] == state.training.start["w1"]


def test_training_goes_on_with_the_weights_kept() -> None:
    state = trained(drawn((3,), "tanh"))
    state = edits.set_optimizer(state, "adam")
    state = trained(state, 20)
    after = edits.widen_layer(state, ["h1"])
    kept = {name: after.network.parameters[name] for name in state.network.parameters}
    assert kept == dict(state.network.parameters)
    assert after.training.optimizer_state is not None
    assert after.training.optimizer_state["exp_avg"] == state.training.optimizer_state["exp_avg"]
    before = evaluate(after.network, after.dataset, after.training).loss
    later = trained(after, 50)
    assert float(evaluate(later.network, later.dataset, later.training).loss) < float(before)


def test_an_output_layer_is_not_widened_and_nothing_without_a_neuron() -> None:
    with pytest.raises(EditError, match="as wide as it has targets"):
        edits.widen_layer(drawn(), ["n"])
    for call in (edits.widen_layer, edits.narrow_layer):
        with pytest.raises(EditError, match="Choose a neuron"):
            call(drawn(), ["x1"])


def test_the_neuron_that_matters_least_goes() -> None:
    state = edits.set_parameters(drawn((3,), "tanh"), {"w7": F(1, 2), "w8": F(-1, 4), "w9": F(3)})
    assert least_needed(state.network, ["h1"]) == "h2"
    after = edits.narrow_layer(state, ["h3"])
    assert [neuron.id for neuron in after.network.neurons] == ["h1", "h3", "n"]
    assert after.network.parameters["w9"] == 3
    with pytest.raises(EditError, match="are outputs"):
        edits.narrow_layer(state, ["n"])
    alone = edits.narrow_layer(after, ["h1"])
    with pytest.raises(EditError, match="h3 is the only neuron"):
        edits.narrow_layer(alone, ["h3"])


def test_widening_and_narrowing_end_where_they_began() -> None:
    state = trained(drawn((3, 2), "tanh"))
    assert edits.narrow_layer(edits.widen_layer(state, ["k1"]), ["k1"]).network == state.network


def test_skips_keep_every_output_and_are_learnt() -> None:
    state = trained(drawn((3, 2), "tanh"))
    pairs = skips_possible(state.network, ["k1", "k2", "n"])
    assert pairs == (
        ("x1", "k1"),
        ("x2", "k1"),
        ("x1", "k2"),
        ("x2", "k2"),
        ("h1", "n"),
        ("h2", "n"),
        ("h3", "n"),
    )
    exact = drawn((3, 2), "relu")
    assert outputs(edits.add_skips(exact)) == outputs(exact)
    after = edits.add_skips(state)
    # In float64 the sums may be taken in another order: the last digit is free.
    assert outputs(after) == pytest.approx(outputs(state), rel=1e-15, abs=0)
    assert {(e.source, e.target) for e in after.network.edges if e.weight == 0} == set(pairs)
    later = trained(after, 10)
    assert all(edge.weight != 0 for edge in later.network.edges)
    only = edits.add_skips(state, ["n"])
    assert len(only.network.edges) == len(state.network.edges) + 3
    with pytest.raises(EditError, match="no layer to skip"):
        edits.add_skips(lecture_state())


def test_activations_of_a_layer_and_of_everything_hidden() -> None:
    state = drawn((3, 2), "tanh")
    layer = edits.set_layer_activation(state, ["k2"], "relu")
    assert [neuron.activation for neuron in layer.network.neurons] == ["tanh"] * 3 + ["relu"] * 2 + ["sigmoid"]
    hidden = edits.set_hidden_activation(state, "sine")
    assert [neuron.activation for neuron in hidden.network.neurons] == ["sine"] * 5 + ["sigmoid"]
    assert hidden.network.parameters == state.network.parameters
    with pytest.raises(EditError, match="no hidden neuron"):
        edits.set_hidden_activation(lecture_state(), "tanh")
    with pytest.raises(EditError, match="Choose a neuron"):
        edits.set_layer_activation(state, [], "relu")


def test_collapsing_keeps_every_output_in_fractions_and_undoes_an_inserted_layer() -> None:
    state = drawn((3, 2), "relu")
    inserted = edits.insert_layer(state, edges_before(state.network, ["k1", "k2"]))
    names = inserted_ids(state.network, edges_before(state.network, ["k1", "k2"]))
    after = edits.collapse_layer(inserted)
    assert plan_collapse(inserted).gone == names
    assert outputs(after) == outputs(state)
    weights = {(e.source, e.target): e.weight for e in after.network.edges}
    assert weights == {(e.source, e.target): e.weight for e in state.network.edges}
    with pytest.raises(EditError, match="lies between with the activation relu"):
        edits.collapse_layer(state)


def test_two_linear_layers_collapse_into_a_single_neuron() -> None:
    state = edits.draw_architecture(lecture_state(), first_plan(lecture_state(), "two_linear"))
    after = edits.collapse_layer(state)
    assert (len(after.network.neurons), len(after.network.edges)) == (1, 1)
    p = state.network.parameters
    assert after.network.edges[0].weight == p["w3"] * p["w1"] + p["w4"] * p["w2"]
    assert outputs(after) == outputs(state)
    assert all(isinstance(value, Fraction) for value in after.network.parameters.values())


def test_layers_of_outputs_keep_their_columns() -> None:
    state = drawn((3,))
    assert edits.insert_layer(state, edges_before(state.network, ["n"])).network.outputs == (Output("n", "y"),)
    assert np.isfinite(np.array(outputs(state), dtype=float)).all()


# -- between the ends that are there -----------------------------------------------------------------------------------


def standardised() -> DocumentState:
    """Admissions, whose inputs are read through standardise nodes."""
    state = example("admissions")
    for node in state.network.inputs:
        state = read_through(state, "standardise", node.id)
    return state


def test_layers_are_drawn_between_the_representation_and_the_targets_that_are_there() -> None:
    state = standardised()
    plan = first_plan(state, "layered")
    assert plan.keep_ends
    after = edits.draw_architecture(state, plan)
    assert after.network.features == state.network.features
    assert after.network.inputs == state.network.inputs
    assert [(o.column, o.transform) for o in after.network.outputs] == [("admitted", None)]
    read = {edge.source for edge in after.network.edges if edge.target.startswith("h")}
    assert read == {feature.id for feature in state.network.features}
    assert (after.training.loss, after.network.neurons[-1].activation) == ("cross_entropy", "sigmoid")
    assert first_problem(find_problems(after.network, after.dataset, after.training), "training") is None
    columns = edits.draw_architecture(state, replace(plan, keep_ends=False))
    assert columns.network.features == ()


def test_classes_in_words_keep_their_outputs() -> None:
    columns = {"u": Column([F(1), F(2), F(3)])}
    data = Dataset(columns, texts={"kind": ("a", "b", "c")})
    nodes = (InputNode("x", "u"), *(Neuron(f"n{i}") for i in range(3)))
    network = Network(
        nodes,
        tuple(Edge(f"w{i}", "x", f"n{i}", F(0)) for i in range(3)),
        tuple(Output(f"n{i}", "kind", None, "indicator", (("class", word),)) for i, word in enumerate("abc")),
    )
    state = DocumentState(network, data)
    after = edits.draw_architecture(state, first_plan(state, "layered"))
    assert [(o.column, o.settings) for o in after.network.outputs] == [("kind", (("class", w),)) for w in "abc"]
    assert [len(layer) for layer in neuron_layers(after.network)] == [3, 3]
    assert first_problem(find_problems(after.network, after.dataset, after.training), "training") is None
    several = edits.draw_architecture(state, first_plan(state, "multi_output"))
    assert [len(layer) for layer in neuron_layers(several.network)] == [3]
    assert "one value" in str(refusal(state, first_plan(state, "single")))


def test_hidden_layers_of_a_variant_keep_the_representation() -> None:
    after = draw_layers(standardised(), (4, 2))
    assert len(after.network.features) == 2
    assert [len(layer) for layer in neuron_layers(after.network)] == [4, 2, 1]
    single = draw_layers(standardised(), ())
    assert [len(layer) for layer in neuron_layers(single.network)] == [1]


def test_layers_behind_features_are_widened_and_inserted_with_the_function_kept() -> None:
    state = trained(draw_layers(standardised(), (3,)), 20)
    wide = edits.widen_layer(state, ["h1"])
    assert outputs(wide) == pytest.approx(outputs(state), rel=1e-14)
    assert len(wide.network.incoming[neuron_layers(wide.network)[0][-1]]) == 2
    inserted = edits.insert_layer(state, edges_before(state.network, ["h1", "h2", "h3"]))
    assert outputs(inserted) == pytest.approx(outputs(state), rel=1e-14)
    collapsed = edits.collapse_layer(inserted)
    assert outputs(collapsed) == pytest.approx(outputs(state), rel=1e-14)


# -- classes in words --------------------------------------------------------------------------------------------------


def flowers() -> DocumentState:
    columns = {"petal": Column([F(1), F(2), F(3), F(4)]), "sepal": Column([F(2), F(2), F(5), F(6)])}
    return replace(DocumentState(), dataset=Dataset(columns, texts={"kind": ("b", "a", "c", "a")}))


def test_words_get_an_output_for_each_class_and_the_softmax() -> None:
    plan = first_plan(flowers(), "multi_output")
    assert (plan.inputs, plan.targets, plan.keep_ends) == (("petal", "sepal"), ("kind",), False)
    after = edits.draw_architecture(flowers(), plan)
    assert [(o.column, o.settings) for o in after.network.outputs] == [("kind", (("class", w),)) for w in "bac"]
    assert [neuron.label for neuron in after.network.neurons] == ["b", "a", "c"]
    assert after.training.loss == "softmax_cross_entropy"
    assert first_problem(find_problems(after.network, after.dataset, after.training), "training") is None
    assert trained(after, 5).training.step == 5


def test_of_two_words_one_output_tells_the_second() -> None:
    data = replace(flowers().dataset, texts={"kind": ("no", "yes", "yes", "no")})
    state = replace(flowers(), dataset=data)
    after = edits.draw_architecture(state, first_plan(state, "single"))
    assert [(o.column, o.settings) for o in after.network.outputs] == [("kind", (("class", "yes"),))]
    assert (after.training.loss, after.network.neurons[0].activation) == ("cross_entropy", "sigmoid")
    snapshot = evaluate(after.network, after.dataset, after.training)
    assert snapshot.problem is None


def test_words_are_no_input_and_one_word_is_no_class() -> None:
    plan = first_plan(flowers(), "layered")
    assert "kind holds words" in str(refusal(flowers(), replace(plan, inputs=("kind",), targets=("sepal",))))
    state = replace(flowers(), dataset=replace(flowers().dataset, texts={"kind": ("a",) * 4}))
    assert "one value in all rows" in str(refusal(state, first_plan(state, "layered")))
