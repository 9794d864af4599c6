"""Fractions: the same as float64 to 1e-12, the same as a pencil, and an honest end where they become unreadable."""

import math
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.evaluate import Evaluator, evaluate
from neurosim.engine.exact_step import exact_step
from neurosim.engine.exact_vector import ExactVector
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.quadratic import quadratic_form
from neurosim.engine.settings import REDUCTIONS, OptimizerSettings, TrainingSettings
from neurosim.engine.trainer import Trainer

YOUR_TURN = Dataset({"x": Column([Fraction(1), Fraction(3)]), "y": Column([Fraction(2), Fraction(5)])})


def line(a: Fraction, b: Fraction | None, activation: str = "identity") -> Network:
    return Network(
        (InputNode("x", "x"), Neuron("n", bias=b, activation=activation)),
        (Edge("a", "x", "n", a),),
        (Output("n", "y"),),
    )


def deep(seed: int) -> Network:
    """ReLU, leaky ReLU and identity with a skip connection and a muted edge, in small fractions."""

    def w(k: int) -> Fraction:
        return Fraction((seed * 7 + k * 5) % 11 - 5, (seed + k) % 4 + 1)

    nodes = (
        InputNode("x", "x"),
        Neuron("h", bias=w(1), activation="relu"),
        Neuron("g", bias=w(2), activation="leaky_relu"),
        Neuron("n", bias=w(3)),
        Neuron("m", bias=None),
    )
    edges = (
        Edge("a", "x", "h", w(4)),
        Edge("b", "h", "g", w(5)),
        Edge("c", "x", "g", w(6), trainable=False),
        Edge("d", "g", "n", w(7)),
        Edge("e", "x", "n", w(8), muted=True),
        Edge("f", "h", "m", w(9)),
    )
    return Network(nodes, edges, (Output("n", "y"), Output("m", "t")))


def small_rows(seed: int) -> Dataset:
    def column(k: int) -> Column:
        return Column([Fraction((seed * 3 + i * 5 + k) % 13 - 6, (i + k) % 3 + 1) for i in range(5)])

    return Dataset({"x": column(0), "y": column(1), "t": column(2)}, test_rows=(1,))


def test_your_turn_of_the_lecture():
    """a = 1/2, b = -1: residuals -5/2, -9/2; loss 53/4; gradient -16, -7; rate 1/20 leads to 13/10, -13/20."""
    settings = TrainingSettings(learning_rate=Fraction(1, 20))
    snapshot = evaluate(line(Fraction(1, 2), Fraction(-1)), YOUR_TURN, settings)
    assert snapshot.exact
    assert snapshot.loss == Fraction(53, 4)
    assert dict(snapshot.gradient) == {"a": -16, "n.bias": -7}
    assert snapshot.exact_activations["n"] == (Fraction(-1, 2), Fraction(1, 2))
    found = exact_step(line(Fraction(1, 2), Fraction(-1)), YOUR_TURN, settings)
    assert found is not None
    network, after = found
    assert dict(network.parameters) == {"a": Fraction(13, 10), "n.bias": Fraction(-13, 20)}
    assert evaluate(network, YOUR_TURN, after).loss == Fraction(977, 400)
    assert after.step == 1
    assert after.start == {"a": Fraction(1, 2), "n.bias": Fraction(-1)}


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("loss", ["squared_error", "absolute_error", "huber", "hinge"])
@pytest.mark.parametrize("seed", range(4))
def test_fractions_and_floats_agree(seed: int, loss: str, reduction: str):
    network, dataset = deep(seed), small_rows(seed)
    settings = TrainingSettings(loss=loss, reduction=reduction, l1=Fraction(1, 7), l2=Fraction(1, 3))
    if loss == "hinge":
        signs = Column([Fraction(1), Fraction(-1), Fraction(1), Fraction(-1), Fraction(-1)])
        dataset = replace(dataset, columns=dict(dataset.columns) | {"y": signs, "t": signs})
    exact = evaluate(network, dataset, settings)
    rounded = Evaluator(exact=False).evaluate(network, dataset, settings)
    assert exact.exact
    assert not rounded.exact
    assert isinstance(rounded.loss, float)
    assert float(exact.loss) == pytest.approx(rounded.loss, rel=1e-12)
    assert exact.loss == exact.data_loss + exact.penalty
    assert list(exact.gradient) == list(rounded.gradient)
    assert {k: float(v) for k, v in exact.gradient.items()} == pytest.approx(
        dict(rounded.gradient), rel=1e-12, abs=1e-12
    )
    for name, values in exact.exact_pre_activations.items():
        assert [float(v) for v in values] == pytest.approx(rounded.pre_activations[name].tolist(), rel=1e-12, abs=1e-14)


@pytest.mark.parametrize("steps", [1, 3])  # one step of a network with hidden neurons, three of a line
@pytest.mark.parametrize("batch", [None, 1, 3])
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"momentum": Fraction(1, 2)},
        {"momentum": Fraction(1, 2), "nesterov": True},
        {"momentum": Fraction(1, 3), "dampening": Fraction(1, 4)},
    ],
)
def test_exact_steps_are_the_trainers_steps(steps: int, batch: int | None, options: dict):
    settings = TrainingSettings(
        learning_rate=Fraction(1, 50),
        batch_size=batch,
        shuffle=True,
        seed=2,
        optimizer=OptimizerSettings("sgd", options),
    )
    network, dataset = (deep(1) if steps == 1 else line(Fraction(1, 3), Fraction(-2))), small_rows(1)
    trainer = Trainer(network, dataset, settings)
    for _ in range(steps):
        found = exact_step(network, dataset, settings)
        assert found is not None
        network, settings = found
        trainer.advance(1)
        assert all(isinstance(value, Fraction) for value in network.parameters.values())
        for name, value in trainer.parameters().items():
            assert float(network.parameters[name]) == pytest.approx(value, rel=1e-12, abs=1e-13)
    assert settings.step == trainer.settings().step == steps


def test_exactness_ends_where_fractions_become_unreadable():
    network, settings = line(Fraction(1, 3), Fraction(-6)), TrainingSettings(learning_rate=Fraction(1, 30))
    dataset = Dataset({"x": Column([Fraction(2), Fraction(4)]), "y": Column([Fraction(0), Fraction(4)])})
    steps = 0
    while (found := exact_step(network, dataset, settings)) is not None:
        network, settings = found
        steps += 1
    assert 5 <= steps <= 20
    assert all(value.denominator <= 10**18 for value in network.parameters.values())
    trainer = Trainer(network, dataset, settings)
    assert trainer.advance(1) == 1
    assert settings.start == {"a": Fraction(1, 3), "n.bias": Fraction(-6)} == trainer.settings().start


@pytest.mark.parametrize(
    "changed",
    [
        {"network": line(Fraction(1, 3), Fraction(-6), "sigmoid")},
        {"network": line(0.5, Fraction(-6))},
        {"settings": TrainingSettings(learning_rate=0.1)},
        {"settings": TrainingSettings(optimizer=OptimizerSettings("adam"))},
        {"dataset": Dataset({"x": Column([0.5, 1.0]), "y": Column([Fraction(1), Fraction(2)])})},
        {
            "dataset": Dataset(
                {"x": Column([Fraction(i) for i in range(1001)]), "y": Column([Fraction(i) for i in range(1001)])}
            )
        },
    ],
)
def test_no_exact_step_from_rounded_or_irrational_or_large(changed: dict):
    state = {
        "network": line(Fraction(1, 3), Fraction(-6)),
        "dataset": YOUR_TURN,
        "settings": TrainingSettings(),
    } | changed
    assert exact_step(state["network"], state["dataset"], state["settings"]) is None


def test_a_sigmoids_sum_is_exact_though_its_value_is_not():
    snapshot = evaluate(line(Fraction(1, 3), Fraction(-6), "sigmoid"), YOUR_TURN, TrainingSettings())
    assert snapshot.pre_activation("n", 0) == Fraction(-17, 3)
    assert snapshot.activation("n", 0) == pytest.approx(1 / (1 + math.exp(17 / 3)), rel=1e-15)
    assert not snapshot.exact


fractions = st.fractions(min_value=-9, max_value=9, max_denominator=12)


@given(st.lists(st.tuples(fractions, fractions), min_size=1, max_size=6), fractions)
def test_vectors_compute_as_fractions_do(pairs: list[tuple[Fraction, Fraction]], factor: Fraction):
    a, b = ([pair[i] for pair in pairs] for i in (0, 1))
    u, v = ExactVector.of(a), ExactVector.of(b)
    assert u.fractions() == tuple(a)
    assert u.plus(v, factor).fractions() == tuple(x + factor * y for x, y in pairs)
    assert u.times(v).fractions() == tuple(x * y for x, y in pairs)
    assert u.dot(v) == sum(x * y for x, y in pairs)
    assert u.sum() == sum(a)
    assert u.rows([0]).fractions() == (a[0],)


# -- the bowl of a linear neuron ---------------------------------------------------------------------------------------


def test_the_bowl_of_the_lecture():
    dataset = Dataset({"x": Column([Fraction(2), Fraction(4)]), "y": Column([Fraction(0), Fraction(4)])})
    form = quadratic_form(line(Fraction(1, 3), Fraction(-6)), dataset, TrainingSettings())
    assert form is not None
    assert form.optimum == {"a": 2, "n.bias": -4}
    assert form.minimum_loss == 0
    assert form.hessian.tolist() == [[20.0, 6.0], [6.0, 2.0]]  # 2/n sum x^2, 2/n sum x, 2
    assert form.eigenvalues.tolist() == pytest.approx([11 - math.sqrt(117), 11 + math.sqrt(117)], rel=1e-13)
    assert form.largest_stable_learning_rate == pytest.approx(2 / (11 + math.sqrt(117)), rel=1e-14)


@pytest.mark.parametrize("l2", [Fraction(0), Fraction(1, 2)])
@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("frozen", [False, True])
def test_at_the_bottom_the_gradient_is_0_and_the_loss_is_the_minimum(l2: Fraction, reduction: str, frozen: bool):
    nodes = (InputNode("x", "x"), InputNode("t", "t"), Neuron("n", bias=Fraction(1)))
    edges = (Edge("a", "x", "n", Fraction(1)), Edge("b", "t", "n", Fraction(1, 2), trainable=not frozen))
    network = Network(nodes, edges, (Output("n", "y"),))
    dataset, settings = small_rows(2), TrainingSettings(l2=l2, reduction=reduction)
    form = quadratic_form(network, dataset, settings)
    assert form is not None
    assert form.optimum is not None
    assert set(form.names) == {"a", "n.bias"} | (set() if frozen else {"b"})
    bottom = evaluate(network.with_parameters(form.optimum), dataset, settings)
    assert bottom.exact
    assert bottom.loss == form.minimum_loss
    assert all(bottom.gradient[name] == 0 for name in form.names)


@pytest.mark.parametrize(
    ("x", "y", "words"),
    [
        ([], [], None),
        ([Fraction(1)], [Fraction(2)], "1 row does not determine the 2 parameters"),
        ([Fraction(3), Fraction(3), Fraction(3)], [Fraction(1), Fraction(2), Fraction(4)], "All values of x are equal"),
        ([Fraction(3), Fraction(3)], [Fraction(1), Fraction(1)], "All values of x are equal"),
        ([Fraction(0), Fraction(0)], [Fraction(1), Fraction(1)], "All values of x are 0"),
    ],
)
def test_degenerate_data_have_no_single_best_line(x: list, y: list, words: str | None):
    network, dataset = line(Fraction(1, 2), Fraction(1)), Dataset({"x": Column(x), "y": Column(y)})
    form = quadratic_form(network, dataset, TrainingSettings())
    snapshot = evaluate(network, dataset, TrainingSettings())
    if words is None:
        assert form is None
        assert snapshot.problem is not None
        return
    assert form is not None
    assert form.optimum is None
    assert form.minimum_loss is None
    assert words in (form.problem or "")
    assert snapshot.problem is None
    trainer = Trainer(network, dataset, TrainingSettings(learning_rate=Fraction(1, 20)))
    trainer.advance(500)
    assert math.isfinite(trainer.loss)


def test_what_is_no_bowl_has_no_form():
    dataset = YOUR_TURN
    assert quadratic_form(line(Fraction(1), Fraction(1), "tanh"), dataset, TrainingSettings()) is None
    assert quadratic_form(line(Fraction(1), Fraction(1)), dataset, TrainingSettings(loss="absolute_error")) is None
    assert quadratic_form(line(Fraction(1), Fraction(1)), dataset, TrainingSettings(l1=Fraction(1))) is None
    assert quadratic_form(deep(0), small_rows(0), TrainingSettings()) is None
