"""The gradient of every activation, loss, reduction and batch size against central differences of the loss shown."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.evaluate import Evaluator, evaluate
from neurosim.engine.gradient_check import gradient_check
from neurosim.engine.losses import LOSSES
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import REDUCTIONS, OptimizerSettings, TrainingSettings
from neurosim.engine.trainer import Trainer

ROWS = 7


def graph(activation: str, output: str, seed: int = 3) -> Network:
    """Two inputs, two hidden levels, skip connections, a neuron without bias, frozen and muted parts, two outputs."""
    number = np.random.default_rng(seed)

    def w() -> float:
        return float(number.uniform(-0.9, 0.9))

    nodes = (
        InputNode("x1", "x1"),
        InputNode("x2", "x2"),
        Neuron("h1", bias=w(), activation=activation),
        Neuron("h2", bias=None, activation=activation),
        Neuron("g", bias=w(), activation=activation, trainable=False),
        Neuron("o1", bias=w(), activation=output),
        Neuron("o2", bias=w(), activation=output, muted=True),
    )
    edges = (
        Edge("a", "x1", "h1", w()),
        Edge("b", "x2", "h1", w()),
        Edge("c", "x1", "h2", w(), trainable=False),
        Edge("d", "x2", "h2", w()),
        Edge("e", "h1", "g", w()),
        Edge("f", "h2", "g", w()),
        Edge("i", "x1", "g", w()),
        Edge("j", "g", "o1", w()),
        Edge("k", "h1", "o1", w()),
        Edge("l", "x2", "o1", w()),
        Edge("m", "g", "o2", w()),
        Edge("n", "h2", "o2", w(), muted=True),
        Edge("o", "x1", "o2", w()),
    )
    return Network(nodes, edges, (Output("o1", "y1"), Output("o2", "y2")))


def rows(loss: str) -> Dataset:
    number = np.random.default_rng(5)
    columns = {name: Column(number.normal(size=ROWS)) for name in ("x1", "x2")}
    first = np.array([0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 1.0])
    targets = {"cross_entropy": (first, 1 - first), "softmax_cross_entropy": (first, 1 - first)}
    signs = (2 * first - 1, 1 - 2 * first)
    y1, y2 = targets.get(loss, signs if loss == "hinge" else (number.normal(size=ROWS), number.normal(size=ROWS)))
    return Dataset(columns | {"y1": Column(y1), "y2": Column(y2)}, test_rows=(2,))


@pytest.mark.parametrize("loss", sorted(LOSSES))
@pytest.mark.parametrize("activation", sorted(ACTIVATIONS))
def test_backward_is_the_derivative_of_the_loss_shown(activation: str, loss: str):
    output = LOSSES[loss].pairs_with or "identity"
    network, dataset = graph(activation, output), rows(loss)
    for reduction in REDUCTIONS:
        settings = TrainingSettings(loss=loss, reduction=reduction, l2=Fraction(1, 20), l1=Fraction(1, 50))
        checks = gradient_check(network, dataset, settings)
        # muted parameters have no gradient, frozen ones do
        assert {check.parameter for check in checks} == set(network.parameters) - {"n", "o2.bias"}
        for check in checks:
            assert check.error < 1e-6, (reduction, check)


@pytest.mark.parametrize("batch", [None, 1, 2, 4, 5])
@pytest.mark.parametrize("loss", sorted(LOSSES))
def test_a_step_follows_the_gradient_of_its_own_rows(loss: str, batch: int | None):
    """theta - rate * gradient, the gradient by evaluating a document that holds the batch's rows alone."""
    network, dataset = graph("tanh", LOSSES[loss].pairs_with or "identity"), rows(loss)
    settings = TrainingSettings(loss=loss, learning_rate=0.05, batch_size=batch, l2=Fraction(1, 20))
    training = [0, 1, 3, 4, 5, 6]
    size = batch or len(training)
    trainer = Trainer(network, dataset, settings)
    for start in range(0, len(training), size):
        chosen = training[start : start + size]  # the last one may be smaller: it is averaged by its own size
        part = Dataset({name: Column(column.floats[chosen]) for name, column in dataset.columns.items()})
        slopes = evaluate(network, part, settings).gradient
        expected = {
            name: float(value) - 0.05 * float(slopes[name]) if network.trainable[name] else float(value)
            for name, value in network.parameters.items()
            if name not in network.muted
        }
        assert trainer.advance(1) == 1
        found = trainer.parameters()
        assert found == pytest.approx(expected, rel=1e-12, abs=1e-14)
        network = trainer.network()


def test_frozen_and_muted_parameters_keep_what_was_typed():
    network, dataset = graph("sigmoid", "identity"), rows("squared_error")
    typed = replace(
        network, edges=tuple(replace(e, weight=Fraction(1, 3)) if e.id in "cn" else e for e in network.edges)
    )
    optimizer = OptimizerSettings("adamw", {"weight_decay": Fraction(1, 10)})
    trainer = Trainer(typed, dataset, TrainingSettings(optimizer=optimizer, learning_rate=0.1, l2=Fraction(1, 10)))
    trainer.advance(20)
    after = trainer.network().parameters
    kept = {name for name in after if after[name] == typed.parameters[name]}
    assert kept == {"c", "n", "g.bias", "o2.bias"}
    assert after["c"] is typed.parameters["c"]


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_nodes_and_edges_changes_nothing(seed: int):
    network, dataset = graph("gelu", "identity"), rows("squared_error")
    settings = TrainingSettings(learning_rate=0.1, batch_size=3, shuffle=True, l2=Fraction(1, 10))
    shuffled = np.random.default_rng(seed)
    other = Network(
        tuple(network.nodes[i] for i in shuffled.permutation(len(network.nodes))),
        tuple(network.edges[i] for i in shuffled.permutation(len(network.edges))),
        tuple(reversed(network.outputs)),
    )
    one, two = evaluate(network, dataset, settings), evaluate(other, dataset, settings)
    assert two.loss == pytest.approx(one.loss, rel=1e-13)
    assert dict(two.gradient) == pytest.approx(dict(one.gradient), rel=1e-12, abs=1e-14)
    first, second = Trainer(network, dataset, settings), Trainer(other, dataset, settings)
    first.advance(10)
    second.advance(10)
    assert second.parameters() == pytest.approx(first.parameters(), rel=1e-11, abs=1e-13)


@pytest.mark.parametrize("fan_in", [1, 2, 8])
def test_the_bias_moves_by_the_same_whatever_the_fan_in(fan_in: int):
    """With all inputs 0 the output is the bias, so d_b = 2 mean(b - y) = 2 (1/2 - 3) = -5 and b moves by 1/2."""
    inputs = tuple(InputNode(f"x{i}", f"x{i}") for i in range(fan_in))
    edges = tuple(Edge(f"w{i}", f"x{i}", "n", Fraction(1)) for i in range(fan_in))
    network = Network((*inputs, Neuron("n", bias=Fraction(1, 2))), edges, (Output("n", "y"),))
    zeros = {f"x{i}": Column([Fraction(0)] * 2) for i in range(fan_in)}
    dataset = Dataset(zeros | {"y": Column([Fraction(2), Fraction(4)])})
    trainer = Trainer(network, dataset, TrainingSettings(learning_rate=Fraction(1, 10)))
    trainer.advance(1)
    assert trainer.parameters()["n.bias"] == pytest.approx(1.0, abs=1e-15)


@pytest.mark.parametrize("logit", [-1000.0, 1000.0])
@pytest.mark.parametrize("target", [0, 1])
def test_cross_entropy_far_out(logit: float, target: int):
    """log(1 + exp(1000)) is 1000 to the last digit, and the derivative by z is sigmoid(z) - y: 1, 0 or -1."""
    network = Network((Neuron("n", bias=logit, activation="sigmoid"),), (), (Output("n", "y"),))
    dataset = Dataset({"y": Column([Fraction(target)] * 3)})
    settings = TrainingSettings(loss="cross_entropy", learning_rate=1.0)
    wrong = (logit > 0) != bool(target)
    snapshot = evaluate(network, dataset, settings)
    assert snapshot.loss == (1000.0 if wrong else 0.0)
    slope = (1.0 if logit > 0 else -1.0) if wrong else 0.0
    assert snapshot.gradient["n.bias"] == slope
    trainer = Trainer(network, dataset, settings)
    assert trainer.loss == snapshot.loss
    trainer.advance(1)
    assert trainer.parameters()["n.bias"] == logit - slope


def test_an_evaluator_forgets_nothing_and_keeps_nothing():
    """One evaluator through changes of value, activation, data, loss and structure: always as a fresh one."""
    evaluator, settings = Evaluator(), TrainingSettings()
    base, dataset = graph("tanh", "identity"), rows("squared_error")
    classes = rows("cross_entropy")
    states = [
        (base, dataset, settings),
        (base.with_parameters({"a": 2.0}), dataset, settings),
        (graph("relu", "identity"), dataset, settings),
        (graph("relu", "sigmoid"), classes, TrainingSettings(loss="cross_entropy")),
        (base.without("h2"), dataset, settings),
        (base, dataset.without_rows([0, 4]), settings),
        (replace(base, outputs=()), dataset, settings),
        (base, Dataset({"x1": dataset.columns["x1"]}), settings),
        (base, dataset, replace(settings, loss="huber")),
    ]
    for state in [*states, *reversed(states)]:
        again, fresh = evaluator.evaluate(*state), evaluate(*state)
        assert (again.problem, again.loss, dict(again.gradient)) == (fresh.problem, fresh.loss, dict(fresh.gradient))
        assert set(again.activations) == set(fresh.activations)
        for name, values in fresh.activations.items():
            assert np.array_equal(again.activations[name], values)
            assert not again.activations[name].flags.writeable
