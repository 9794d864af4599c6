"""Each edit: what it makes, what it refuses with a sentence, and that it leaves the state it was given alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError, replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurosim.document import edits
from neurosim.document.edits import EditError
from neurosim.document.edits.fitting import round_rate_below
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.evaluate import evaluate
from neurosim.engine.network import InputNode, Neuron, Output
from neurosim.engine.trainer import Trainer
from samples import hidden_state, lecture_state
from strategies import datasets


def loss(state: DocumentState) -> object:
    return evaluate(state.network, state.dataset, state.training).loss


def test_drawing_the_lecture_from_nothing() -> None:
    state = DocumentState()
    for values in ({"x": 2, "y": 0}, {"x": 4, "y": 4}):
        state = edits.add_row(state, values)
    state = edits.add_input(state, "x", identifier="x")
    state = edits.add_neuron(state, (240, 0), identifier="n")
    state = edits.connect(state, "x", "n", Fraction(1, 3), identifier="a")
    state = edits.set_bias(state, "n", -6)
    state = edits.add_output(state, "n")
    state = edits.set_learning_rate(state, Fraction(1, 30))
    assert state.network.outputs == (Output("n", "y"),)
    assert loss(state) == Fraction(466, 9)


def test_new_things_take_what_is_free() -> None:
    state = edits.add_input(lecture_state())
    assert state.network.node_by_id["x1"] == InputNode("x1", "x1")
    state = edits.add_column(state, "u", [1, 2])
    state = edits.add_input(state)
    assert state.network.inputs[-1].column == "u"
    state = edits.add_neuron(state, activation="tanh")
    assert state.network.neurons[-1] == Neuron("n1", activation="tanh")
    state = edits.connect(state, "x", "n1")
    assert state.network.edges[-1].weight == 1


def test_deleting_takes_edges_and_outputs_along() -> None:
    state = edits.delete(lecture_state(), ["n"])
    assert (state.network.edges, state.network.outputs) == ((), ())
    state = edits.delete(lecture_state(), ["output:n", "n.bias", "a"])
    assert state.network.outputs == state.network.edges == ()
    assert state.network.neurons[0].bias is None


def test_inserting_into_an_edge_keeps_what_is_computed() -> None:
    before = hidden_state()
    after = edits.insert_on_edge(before, "w3", identifier="between")
    then, now = (evaluate(s.network, s.dataset, s.training) for s in (before, after))
    np.testing.assert_allclose(then.activations["n"], now.activations["n"], rtol=0, atol=1e-15)
    edge = after.network.edge_by_id["w3"]
    assert (edge.target, edge.weight) == ("between", 1)


def test_a_duplicate_has_the_same_parameters_and_its_own_edges() -> None:
    state = edits.duplicate(hidden_state(), ["h1", "h2"])
    names = edits.duplicate_ids(hidden_state().network, ["h1", "h2"])
    assert names == {"h1": "h3", "h2": "h4"}
    for old, new in names.items():
        assert state.network.neurons[0].activation == "tanh"
        original, copy = state.network.node_by_id[old], state.network.node_by_id[new]
        assert isinstance(original, Neuron)
        assert isinstance(copy, Neuron)
        assert copy.bias == original.bias
        assert [e.weight for e in state.network.incoming[new]] == [e.weight for e in state.network.incoming[old]]
        assert state.network.outgoing[new] == ()


def test_duplicating_neurons_that_feed_each_other_copies_the_edge_between() -> None:
    state = edits.duplicate(hidden_state(), ["h1", "n"])
    copies = edits.duplicate_ids(hidden_state().network, ["h1", "n"])
    sources = {edge.source for edge in state.network.incoming[copies["n"]]}
    assert sources == {copies["h1"], "h2", "x"}


def test_renaming_a_column_takes_inputs_and_outputs_along() -> None:
    state = edits.rename_column(edits.rename_column(lecture_state(), "x", "hours"), "y", "grade")
    assert list(state.dataset.columns) == ["hours", "grade"]
    assert state.network.inputs[0].column == "hours"
    assert state.network.outputs[0].column == "grade"
    assert loss(state) == Fraction(466, 9)


def test_moving_the_right_hand_point_down() -> None:
    # EXPERIENCE, task 3: (4, 2) gives the gradient (-112/3, -12) and the loss 328/9
    state = edits.move_row(lecture_state(), 1, {"y": 2})
    snapshot = evaluate(state.network, state.dataset, state.training)
    assert snapshot.loss == Fraction(328, 9)
    assert snapshot.gradient == {"a": Fraction(-112, 3), "n.bias": Fraction(-12)}


def test_muted_counts_as_zero_and_frozen_does_not_learn() -> None:
    state = edits.set_muted(lecture_state(), ["n"], True)
    snapshot = evaluate(state.network, state.dataset, state.training)
    assert snapshot.exact_pre_activations["n"] == (Fraction(2, 3), Fraction(4, 3))
    state = edits.set_frozen(lecture_state(), "n.bias", True)
    assert state.network.trainable == {"a": True, "n.bias": False}
    assert edits.set_frozen(state, "n", False) == lecture_state()


REFUSED: list[tuple[str, Callable[[DocumentState], DocumentState]]] = [
    ("close a loop", lambda s: edits.connect(edits.connect(edits.add_neuron(s), "n", "n1"), "n1", "n")),
    ("feed itself", lambda s: edits.connect(s, "n", "n")),
    ("already connected", lambda s: edits.connect(s, "x", "n")),
    ("flow into", lambda s: edits.connect(s, "n", "x")),
    ("no node ghost", lambda s: edits.connect(s, "ghost", "n")),
    ("no edge ghost", lambda s: edits.set_weight(s, "ghost", 1)),
    ("finite", lambda s: edits.set_weight(s, "a", float("nan"))),
    ("finite", lambda s: edits.set_bias(s, "n", float("inf"))),
    ("finite", lambda s: edits.move_row(s, 0, {"x": float("inf")})),
    ("is an input", lambda s: edits.set_bias(s, "x", 1)),
    ("already has a bias", lambda s: edits.add_bias(s, "n")),
    ("has no bias", lambda s: edits.remove_bias(edits.remove_bias(s, "n"), "n")),
    ("no activation 'wavy'", lambda s: edits.set_activation(s, "n", "wavy")),
    ("already an output", lambda s: edits.add_output(s, "n")),
    ("not an output", lambda s: edits.set_output_column(s, "x", "y")),
    ("no column 'z'", lambda s: edits.set_output_column(s, "n", "z")),
    ("no column 'z'", lambda s: edits.set_input_column(s, "x", "z")),
    ("already a column", lambda s: edits.rename_column(s, "x", "y")),
    ("needs a name", lambda s: edits.rename_column(s, "x", "  ")),
    ("no row 3", lambda s: edits.move_row(s, 2, {"x": 1})),
    ("no row 0", lambda s: edits.delete_rows(s, [-1])),
    ("no column 'z'", lambda s: edits.move_row(s, 0, {"z": 1})),
    ("needs 2 values", lambda s: edits.add_column(s, "z", [1])),
    ("above 0", lambda s: edits.set_learning_rate(s, 0)),
    ("above 0", lambda s: edits.set_learning_rate(s, Fraction(-1, 30))),
    ("no optimizer 'magic'", lambda s: edits.set_optimizer(s, "magic")),
    ("no setting", lambda s: edits.set_optimizer(s, "sgd", {"magic": Fraction(1)})),
    ("no loss 'regret'", lambda s: edits.set_loss(s, "regret")),
    ("no reduction 'half'", lambda s: edits.set_reduction(s, "half")),
    ("at least one row", lambda s: edits.set_batch(s, 0)),
    ("not be negative", lambda s: edits.set_regularisation(s, l2=-1)),
    ("from 0 on", lambda s: edits.set_seed(s, -1)),
    ("already taken", lambda s: edits.add_neuron(s, identifier="a")),
    ("no full stop", lambda s: edits.add_neuron(s, identifier="a.b")),
    ("no ghost", lambda s: edits.delete(s, ["a", "ghost"])),
    ("no node to duplicate", lambda s: edits.duplicate(s, ["a"])),
    ("no weight or bias ghost", lambda s: edits.set_parameters(s, {"a": 1, "ghost": 2})),
    ("at least one column", lambda s: edits.fit_neuron_to(s, s.dataset, [], "y")),
    ("both input and target", lambda s: edits.fit_neuron_to(s, s.dataset, ["x", "y"], "y")),
    ("no rows", lambda s: edits.fit_neuron_to(s, Dataset({"x": Column(()), "y": Column(())}), ["x"], "y")),
]


@pytest.mark.parametrize(("words", "attempt"), REFUSED)
def test_refusals_are_sentences_and_change_nothing(
    words: str, attempt: Callable[[DocumentState], DocumentState]
) -> None:
    state = lecture_state()
    with pytest.raises(EditError, match=words) as refused:
        attempt(state)
    sentence = str(refused.value)
    assert sentence[0].isupper() or sentence.split(maxsplit=1)[0] in {"f", "n", "x", "y", "edge", "node", "l2"}
    assert sentence.endswith(".")
    assert state == lecture_state()


# -- what training remembers -------------------------------------------------------------------------------------------


def trained(steps: int = 6) -> DocumentState:
    state = hidden_state()
    trainer = Trainer(state.network, state.dataset, state.training)
    trainer.advance(steps)
    return replace(state, network=trainer.network(), training=trainer.settings())


def test_the_optimizers_memory_survives_edits_for_the_parameters_that_remain() -> None:
    before = trained()
    memory = before.training.optimizer_state
    assert memory is not None
    state = edits.connect(edits.add_neuron(before, identifier="h3"), "x", "h3", 1, identifier="w9")
    state = edits.delete(state, "w4")
    state = edits.set_activation(edits.rename(state, "h1", "first"), "h1", "sigmoid")
    kept = state.training.optimizer_state
    assert kept is not None
    for variable, values in memory.items():
        assert kept[variable] == {name: value for name, value in values.items() if name != "w4"}
    assert state.training.step == 6


def test_a_new_edge_with_an_old_name_starts_afresh() -> None:
    state = edits.connect(edits.delete(trained(), "w4"), "h2", "n", Fraction(5), identifier="w4")
    assert state.training.optimizer_state is not None
    assert all("w4" not in values for values in state.training.optimizer_state.values())
    assert state.training.start is not None
    assert state.training.start["w4"] == 5


def test_rewind_returns_to_the_start_with_what_was_added_since() -> None:
    state = edits.connect(edits.add_neuron(trained(), identifier="h3"), "x", "h3", 4, identifier="w9")
    state = edits.set_weight(state, "w9", 7)
    back = edits.rewind(state)
    start = dict(hidden_state().network.parameters)
    assert dict(back.network.parameters) == {**start, "w9": 4, "h3.bias": 0}
    assert (back.training.step, back.training.optimizer_state, back.training.start) == (0, None, None)
    assert edits.rewind(back) == back


def test_another_optimizer_begins_with_an_empty_memory_and_a_setting_keeps_it() -> None:
    state = trained()
    assert edits.set_optimizer(state, "rmsprop").training.optimizer_state is None
    tuned = edits.set_optimizer(state, "adam", {"beta1": Fraction(4, 5)})
    assert tuned.training.optimizer_state == state.training.optimizer_state
    assert tuned.network is state.network


def test_states_are_frozen_to_the_core() -> None:
    state = edits.set_optimizer(lecture_state(), "sgd", {"momentum": Fraction(9, 10)})
    with pytest.raises(TypeError):
        state.training.optimizer.settings["momentum"] = Fraction(1)
    with pytest.raises(TypeError):
        state.dataset.columns["x"] = state.dataset.columns["y"]
    with pytest.raises(FrozenInstanceError):
        state.training.step = 3


# -- one click to a neuron ---------------------------------------------------------------------------------------------


def test_a_numeric_target_gets_a_linear_neuron_and_a_rate_that_does_not_diverge() -> None:
    state = edits.fit_neuron_to(DocumentState(), lecture_state().dataset, ["x"], "y")
    assert state.network.neurons[0].activation == "identity"
    assert state.training.loss == "squared_error"
    assert set(state.network.parameters.values()) == {0}
    # LECTURE: the largest stable rate of these data is 0.091673
    assert state.training.learning_rate == Fraction(1, 20)
    assert loss(state) == 8  # (0 + 16) / 2


def test_zeros_and_ones_get_a_logistic_neuron() -> None:
    dataset = Dataset({"u": Column((1, 2, 3, 4)), "v": Column((0, 5, 1, 2)), "pass": Column((0, 0, 1, 1))})
    dataset = replace(
        dataset, columns={k: Column(tuple(Fraction(v) for v in c.floats)) for k, c in dataset.columns.items()}
    )
    state = edits.fit_neuron_to(DocumentState(), dataset, ["u", "v"], "pass")
    assert state.network.neurons[0].activation == "sigmoid"
    assert state.training.loss == "cross_entropy"
    assert loss(state) == pytest.approx(np.log(2), rel=1e-15)
    (first, second), neuron = state.network.inputs, state.network.neurons[0]
    assert first.position[0] == second.position[0] < neuron.position[0]
    assert first.position[1] < neuron.position[1] < second.position[1]


@given(datasets(), st.booleans())
def test_one_click_never_diverges(dataset: Dataset, yes_no: bool) -> None:
    if yes_no:
        marks = Column(tuple(Fraction(i % 2) for i in range(dataset.n_rows)))
        dataset = replace(dataset, columns={**dataset.columns, "y": marks})
    state = edits.fit_neuron_to(DocumentState(), dataset, ["x1", "x2"], "y")
    trainer = Trainer(state.network, state.dataset, state.training)
    before = trainer.loss
    trainer.advance(60)
    assert trainer.stopped is None or trainer.stopped.kind == "converged"
    assert trainer.loss <= before * (1 + 1e-12)


@given(st.floats(1e-200, 1e6))
def test_round_rates_are_round_and_below(limit: float) -> None:
    rate = round_rate_below(limit)
    assert 0 < rate <= min(1, Fraction(limit))
    assert rate == 1 or rate * Fraction(5, 2) >= Fraction(limit) * Fraction(99, 100)
    digits = str(max(rate.numerator, rate.denominator)).rstrip("0")
    assert digits in {"1", "2", "5"}


def test_aligned_nodes_stand_at_the_mean_of_where_they_were() -> None:
    state = hidden_state()
    ids = [node.id for node in state.network.nodes][:3]
    state = edits.move_nodes(state, dict(zip(ids, [(0.0, 10.0), (100.0, 40.0), (250.0, -20.0)], strict=True)))
    row = edits.align_nodes(state, ids, True).network
    assert [row.node_by_id[name].position for name in ids] == [(0.0, 10.0), (100.0, 10.0), (250.0, 10.0)]
    column = edits.align_nodes(state, ids[:2], False).network
    assert [column.node_by_id[name].position for name in ids] == [(50.0, 10.0), (50.0, 40.0), (250.0, -20.0)]
    with pytest.raises(EditError, match="two nodes or more"):
        edits.align_nodes(state, ids[0], True)
