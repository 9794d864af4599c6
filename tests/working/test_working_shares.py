"""Each row's share of the gradient, the conventions, the check's verdict, and the end of exactness."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.evaluate import evaluate
from neurosim.engine.exact_step import exact_step
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import REDUCTIONS, OptimizerSettings, TrainingSettings
from neurosim.engine.trainer import Trainer
from neurosim.markup.write_text import write_text
from neurosim.working.conventions import conventions, same_step, why_textbooks_differ
from neurosim.working.exactness import end_of_exactness, why_rounded
from neurosim.working.gradient_summary import is_quick, summarise_gradient
from neurosim.working.shares import shares
from samples import hidden_state, lecture_state
from strategies import states

# -- shares --------------------------------------------------------------------------------------------------------


def test_the_lectures_two_points_pull_with_32_thirds_and_104_thirds() -> None:
    state = lecture_state()
    found = shares(evaluate(state.network, state.dataset, state.training))
    assert found.parameters == ("a", "n.bias")
    first, second = found.row(0), found.row(1)
    assert first.gradient == {"a": Fraction(-32, 3), "n.bias": Fraction(-16, 3)}
    assert second.gradient == {"a": Fraction(-104, 3), "n.bias": Fraction(-26, 3)}
    assert (first.residuals, first.loss, first.term) == ({"n": Fraction(-16, 3)}, Fraction(256, 9), Fraction(128, 9))
    assert (second.inputs, second.targets) == ({"x": Fraction(4)}, {"n": Fraction(4)})
    assert found.totals == {"a": Fraction(-136, 3), "n.bias": Fraction(-14)}
    assert found.gradient == pytest.approx(np.array([[-32 / 3, -16 / 3], [-104 / 3, -26 / 3]]))


@settings(max_examples=100)
@given(state=states(), reduction=st.sampled_from(REDUCTIONS), l2=st.sampled_from([Fraction(0), Fraction(1, 3)]))
def test_shares_add_up_to_the_engines_gradient(state, reduction, l2):
    training = replace(state.training, reduction=reduction, l2=l2)
    dataset = replace(state.dataset, test_rows=(0,)) if state.dataset.n_rows > 1 else state.dataset
    snapshot = evaluate(state.network, dataset, training)
    if snapshot.problem is not None:
        return
    found = shares(snapshot)
    for i, name in enumerate(found.parameters):
        edge = state.network.edge_by_id.get(name)
        penalty = 0.0 if edge is None else float(l2 * edge.weight)
        whole = float(snapshot.gradient[name]) - penalty
        scale = 1e-9 * max(1.0, float(np.abs(found.gradient[:, i]).sum()), abs(penalty))
        assert float(found.gradient[:, i].sum()) == pytest.approx(whole, rel=1e-9, abs=scale)
        rows = [found.row(row).gradient[name] for row in range(dataset.n_rows)]
        assert [float(value) for value in rows] == pytest.approx(found.gradient[:, i].tolist(), rel=1e-9, abs=scale)
        if snapshot.exact:
            assert sum(rows, Fraction(0)) == found.totals[name]
    assert float(found.terms.sum()) == pytest.approx(float(snapshot.data_loss), rel=1e-9, abs=1e-9)
    if dataset.test_rows:
        assert not found.trained[0]
        assert not found.gradient[0].any()
        assert set(found.row(0).gradient.values()) <= {0}


def test_without_a_loss_there_are_no_shares() -> None:
    state = lecture_state()
    unfinished = Network(state.network.nodes, state.network.edges, (Output("n", None),))
    found = shares(evaluate(unfinished, state.dataset, state.training))
    assert found.parameters == ()
    with pytest.raises(IndexError):
        found.row(0)


def test_softmax_shares_add_up() -> None:
    network = Network(
        (InputNode("x", "x"), Neuron("h", activation="tanh", bias=Fraction(1, 3)), Neuron("o1"), Neuron("o2")),
        (
            Edge("v", "x", "h", Fraction(1, 2)),
            Edge("w1", "h", "o1", Fraction(2)),
            Edge("w2", "h", "o2", Fraction(-1)),
            Edge("u", "x", "o1", Fraction(1, 4)),
        ),
        (Output("o1", "c1"), Output("o2", "c2")),
    )
    values = {"x": (1, 2, -3), "c1": (1, 0, 0), "c2": (0, 1, 1)}
    dataset = Dataset({name: Column(tuple(map(Fraction, column))) for name, column in values.items()})
    snapshot = evaluate(network, dataset, TrainingSettings(loss="softmax_cross_entropy"))
    found = shares(snapshot)
    total = [float(snapshot.gradient[name]) for name in found.parameters]
    assert found.gradient.sum(axis=0).tolist() == pytest.approx(total, abs=1e-12)


# -- conventions ---------------------------------------------------------------------------------------------------


def test_the_four_conventions_of_the_lecture() -> None:
    state = lecture_state()
    found = {one.reduction: one for one in conventions(evaluate(state.network, state.dataset, state.training))}
    assert [one.value for one in found.values()] == [
        Fraction(932, 9),
        Fraction(466, 9),
        Fraction(466, 9),
        Fraction(233, 9),
    ]
    assert [one.gradient["n.bias"] for one in found.values()] == [-28, -14, -14, -7]
    assert [one.rate for one in found.values()] == [
        Fraction(1, 60),
        Fraction(1, 30),
        Fraction(1, 30),
        Fraction(1, 15),
    ]
    assert found["mean"].title == "Mean squared error (MSE)"
    assert write_text(found["half_mean"].formula) == "L = 1/(2n) Σᵢ₌₁ⁿ (ŷᵢ − yᵢ)²"


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("l2", [Fraction(0), Fraction(1, 5)])
def test_each_convention_is_what_the_engine_computes_with_it(reduction, l2):
    state = lecture_state()
    here = conventions(evaluate(state.network, state.dataset, replace(state.training, reduction="mean", l2=l2)))
    there = evaluate(state.network, state.dataset, replace(state.training, reduction=reduction, l2=l2))
    mine = next(one for one in here if one.reduction == reduction)
    assert (mine.value, dict(mine.gradient)) == (there.loss, dict(there.gradient))
    if not l2:
        training = replace(state.training, reduction=reduction, learning_rate=mine.rate)
        moved = exact_step(state.network, state.dataset, training)
        same = exact_step(state.network, state.dataset, state.training)
        assert moved is not None
        assert same is not None
        assert dict(moved[0].parameters) == dict(same[0].parameters)


def test_sentences_about_conventions() -> None:
    state = lecture_state()
    snapshot = evaluate(state.network, state.dataset, state.training)
    assert same_step(snapshot) == (
        "Learning rate 1/30 under mean: same step as learning rate 1/60 under sum, 1/30 under half the sum or 1/15 "
        "under half the mean."
    )
    adam = replace(state.training, optimizer=OptimizerSettings("adam"))
    assert "divides by the size of the gradient" in same_step(evaluate(state.network, state.dataset, adam))
    penalised = replace(state.training, l1=Fraction(1))
    assert "penalty" in same_step(evaluate(state.network, state.dataset, penalised))
    assert "the 2 of the power rule cancels" in why_textbooks_differ("squared_error")


# -- the gradient check --------------------------------------------------------------------------------------------


def test_the_verdict_of_the_gradient_check() -> None:
    state = lecture_state()
    snapshot = evaluate(state.network, state.dataset, state.training)
    found = summarise_gradient(state.network, state.dataset, state.training, snapshot)
    assert found.agrees is True
    assert [(one.parameter, one.gradient) for one in found.parameters] == [
        ("a", Fraction(-136, 3)),
        ("n.bias", Fraction(-14)),
    ]
    assert found.verdict.startswith("All 2 derivatives agree")
    assert is_quick(snapshot)


def test_a_kink_is_named() -> None:
    network = Network(
        (InputNode("x", "x"), Neuron("n", "n", Fraction(0), activation="relu")),
        (Edge("w", "x", "n", Fraction(0)),),
        (Output("n", "y"),),
    )
    dataset = Dataset({"x": Column((Fraction(1),)), "y": Column((Fraction(1),))})
    found = summarise_gradient(network, dataset, TrainingSettings())
    assert found.agrees is False
    assert found.wrong == ("w", "n.bias")
    assert "by w, n.bias, differ" in found.verdict
    assert "n meets the kink of ReLU, z = 0, in row 1" in found.verdict
    assert "kink" in found.verdict


# -- exactness -----------------------------------------------------------------------------------------------------


def test_exactness_ends_when_and_why_it_says() -> None:
    state = lecture_state()
    network, training = state.network, state.training
    before = evaluate(network, state.dataset, training)
    assert why_rounded(before) is None
    sentences = []
    last_exact = 0
    for _ in range(12):
        step = exact_step(network, state.dataset, training)
        if step is None:
            trainer = Trainer(network, state.dataset, training)
            assert trainer.advance(1) == 1
            step = trainer.network(), trainer.settings()
        network, training = step
        after = evaluate(network, state.dataset, training)
        if after.exact:
            last_exact = training.step
        sentences.append(end_of_exactness(before, after))
        before = after
    said = [sentence for sentence in sentences if sentence is not None]
    assert len(said) == 1
    assert 3 <= last_exact < 12
    assert said[0].startswith(f"Exact up to step {last_exact}; from step {last_exact + 1} on rounded.")
    assert "10^18" in said[0]


def test_an_optimizer_with_roots_ends_exactness_at_once() -> None:
    state = lecture_state()
    training = replace(state.training, optimizer=OptimizerSettings("adam"))
    trainer = Trainer(state.network, state.dataset, training)
    trainer.advance(1)
    before = evaluate(state.network, state.dataset, training)
    after = evaluate(trainer.network(), state.dataset, trainer.settings())
    assert end_of_exactness(before, after) == (
        "Exact up to step 0; from step 1 on rounded. Adam takes square roots, which fractions do not have."
    )
    typed = state.network.with_parameters({"a": 0.3})
    assert "steps in float64" in (end_of_exactness(before, evaluate(typed, state.dataset, training)) or "")


def test_each_reason_is_told() -> None:
    state = lecture_state()
    network, dataset = state.network, state.dataset

    def reason(network=network, dataset=dataset, **changes):
        return why_rounded(evaluate(network, dataset, replace(state.training, **changes)))

    sigmoid = network.with_node(replace(network.neurons[0], activation="sigmoid"))
    assert "Sigmoid takes fractions to irrational" in reason(sigmoid)
    assert "column x" in reason(dataset=dataset.with_values(0, {"x": 0.3}))
    assert "steps in float64" in reason(network.with_parameters({"a": 0.3}))
    rows = Column(tuple(Fraction(i) for i in range(1500)))
    assert "more than a pencil can do" in reason(dataset=Dataset({"x": rows, "y": rows}))
    hidden = hidden_state()
    assert "Tanh" in (why_rounded(evaluate(hidden.network, hidden.dataset, hidden.training)) or "")
