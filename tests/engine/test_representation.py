"""Features: calculated columns with constants from the training rows, read by everything as any other column."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from statistics import mean, pstdev, stdev

import numpy as np
import pytest

from neurosim.engine.coming_step import coming_step
from neurosim.engine.connecting import reason_to_refuse
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.errors import CycleError, NetworkError
from neurosim.engine.evaluate import evaluate
from neurosim.engine.exact_step import exact_step
from neurosim.engine.feature import Feature, feature_column, target_column
from neurosim.engine.gradient_check import gradient_check
from neurosim.engine.loss_map.loss_map import LossMap
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.problems import find_problems
from neurosim.engine.quadratic import quadratic_form
from neurosim.engine.representation import Represented, own_columns, points, represented
from neurosim.engine.response_map import Grid, ResponseMap, data_grid
from neurosim.engine.settings import TrainingSettings
from neurosim.engine.trainer import Trainer

ONE = Fraction(1)
SIZES = (2104, 1600, 2400, 1416, 3000, 1985)
PRICES = (399.9, 329.9, 369.0, 232.0, 539.9, 299.9)
COST = TrainingSettings(reduction="half_mean", learning_rate=0.5)


def column(*values: object) -> Column:
    return Column(tuple(Fraction(str(value)) for value in values))


def houses(test_rows: tuple[int, ...] = ()) -> Dataset:
    return Dataset({"size": column(*SIZES), "price": column(*PRICES)}, test_rows=test_rows)


def line_over(*features: Feature) -> Network:
    """A linear neuron over the features, which read the input x."""
    edges = tuple(Edge(f"w{i}", feature.id, "n", Fraction(i + 1, 2)) for i, feature in enumerate(features))
    return Network((InputNode("x", "size"), *features, Neuron("n", bias=ONE)), edges, (Output("n", "price"),))


STANDARD = line_over(Feature("s", "standardise", ("x",)))


def test_a_network_without_features_reads_the_data_themselves() -> None:
    plain = Network((InputNode("x", "size"), Neuron("n")), (Edge("a", "x", "n", ONE),), (Output("n", "price"),))
    data = houses()
    assert represented(plain, data) is data
    assert evaluate(plain, data, COST).dataset is data
    assert points(data, {"size": np.arange(3.0)}).columns.keys() == {"size"}


def test_the_same_data_are_represented_once() -> None:
    data = houses()
    first = represented(STANDARD, data)
    moved = STANDARD.with_node(replace(STANDARD.features[0], position=(9.0, 9.0), label="scaled"))
    assert represented(moved, data) is first
    assert represented(STANDARD.with_parameters({"w0": Fraction(7)}), data) is first
    assert represented(STANDARD, first) is first
    other = line_over(Feature("s", "standardise", ("x",), (("divisor", "sample"),)))
    assert represented(other, data) is not first
    assert own_columns(first) == ("size", "price")


@pytest.mark.parametrize(("divisor", "deviation"), [("population", pstdev(SIZES)), ("sample", stdev(SIZES))])
def test_standardised_values_by_the_statistics_module(divisor: str, deviation: float) -> None:
    network = line_over(Feature("s", "standardise", ("x",), (("divisor", divisor),)))
    snapshot = evaluate(network, houses(), COST)
    wanted = [(value - mean(SIZES)) / deviation for value in SIZES]
    assert snapshot.problem is None
    assert np.allclose(snapshot.activations["s"], wanted, rtol=1e-14)
    assert isinstance(snapshot.dataset, Represented)
    constants = snapshot.dataset.constants[feature_column("s")]
    assert constants["mean"] == Fraction(sum(SIZES), len(SIZES))
    assert float(constants["deviation"]) == pytest.approx(deviation, rel=1e-14)


def test_constants_come_from_the_training_rows_and_move_with_a_point() -> None:
    data = houses(test_rows=(1, 4))
    training = [SIZES[i] for i in (0, 2, 3, 5)]
    found = represented(STANDARD, data)
    assert isinstance(found, Represented)
    assert found.constants[feature_column("s")]["mean"] == Fraction(sum(training), 4)
    dragged = represented(STANDARD, data.with_values(0, {"size": Fraction(3104)}))
    assert isinstance(dragged, Represented)
    assert dragged.constants[feature_column("s")]["mean"] == Fraction(sum(training) + 1000, 4)
    # a test row does not count, and is put into the same units
    tested = represented(STANDARD, data.with_values(1, {"size": Fraction(9999)}))
    assert isinstance(tested, Represented)
    assert tested.constants == found.constants
    mu, sd = mean(training), pstdev(training)
    assert tested.columns[feature_column("s")].floats[1] == pytest.approx((9999 - mu) / sd)


def test_rational_features_stay_exact_all_the_way() -> None:
    network = Network(
        (
            InputNode("x", "x"),
            Feature("m", "min_max", ("x",)),
            Feature("q", "power", ("x",)),
            Feature("p", "product", ("x", "q")),
            Neuron("n", bias=Fraction(1, 3)),
        ),
        (Edge("a", "m", "n", Fraction(2)), Edge("c", "q", "n", Fraction(-1, 2)), Edge("d", "p", "n", ONE)),
        (Output("n", "y"),),
    )
    data = Dataset({"x": column("1/2", 3, -2), "y": column(1, 0, "2.5")})
    snapshot = evaluate(network, data, TrainingSettings(reduction="sum"))
    assert snapshot.exact
    # row 1 by hand: m = (1/2 + 2)/5 = 1/2, q = 1/4, p = 1/8; 2 m - q/2 + p + 1/3 = 4/3
    assert snapshot.activation("m", 0) == Fraction(1, 2)
    assert snapshot.activation("p", 0) == Fraction(1, 8)
    assert snapshot.activation("n", 0) == Fraction(4, 3)
    residuals = [Fraction(snapshot.activation("n", i) or 0) - data.columns["y"][i] for i in range(3)]
    squares = [Fraction(1, 4), Fraction(9), Fraction(4)]
    assert snapshot.gradient["c"] == sum((2 * r * q for r, q in zip(residuals, squares, strict=True)), Fraction(0))
    stepped = exact_step(network, data, TrainingSettings(reduction="sum", learning_rate=Fraction(1, 10)))
    assert stepped is not None
    assert stepped[0].parameters["c"] == Fraction(-1, 2) - Fraction(1, 10) * Fraction(snapshot.gradient["c"])


@pytest.mark.parametrize(
    "feature",
    [
        Feature("f", "standardise", ("x",)),
        Feature("f", "min_max", ("x",), (("low", Fraction(-1)),)),
        Feature("f", "power", ("z",), (("exponent", Fraction(3)),)),
        Feature("f", "product", ("x", "z")),
        Feature("f", "sine", ("z",), (("factor", Fraction(2)),)),
        Feature("f", "threshold", ("z",), (("cut", Fraction(1, 2)),)),
    ],
    ids=lambda feature: feature.transform,
)
def test_gradients_through_a_feature_agree_with_differences(feature: Feature) -> None:
    network = Network(
        (
            InputNode("x", "x"),
            InputNode("z", "z"),
            feature,
            Neuron("h", bias=0.3, activation="tanh"),
            Neuron("n", bias=0.1, activation="sigmoid"),
        ),
        (Edge("a", "f", "h", 0.7), Edge("b", "z", "h", -0.4), Edge("c", "h", "n", 1.3), Edge("d", "f", "n", -0.2)),
        (Output("n", "y"),),
    )
    data = Dataset({"x": column(1, 5, 3, -2), "z": column("0.5", "0.1", -1, 2), "y": column(0, 1, 1, 0)}, (3,))
    found = gradient_check(network, data, TrainingSettings(loss="cross_entropy"))
    assert {check.parameter for check in found} == set(network.parameters)
    assert all(check.agrees for check in found)


def test_trainer_loss_map_optimum_and_coming_step_read_the_features() -> None:
    data = houses(test_rows=(2,))
    network, settings = STANDARD, COST
    form = quadratic_form(network, data, settings)
    assert form is not None
    assert form.optimum is not None
    rows = [0, 1, 3, 4, 5]
    x, y = np.array(SIZES, dtype=float)[rows], np.array(PRICES)[rows]
    slope, level = np.polyfit((x - x.mean()) / x.std(), y, 1)
    assert float(form.optimum["w0"]) == pytest.approx(slope)
    assert float(form.optimum["n.bias"]) == pytest.approx(level)
    trainer = Trainer(network, data, settings)
    trainer.advance(1)
    coming = coming_step(evaluate(network, data, settings))
    assert trainer.parameters()["w0"] == pytest.approx(float(coming.values["w0"]), rel=1e-12)
    trainer.advance(200)
    assert trainer.parameters()["w0"] == pytest.approx(slope)
    assert trainer.network().features == network.features
    at = LossMap(network, data, settings, "w0", "n.bias", (-100, 100), (0, 500), (3, 4))
    while at.advance(0.1):
        pass
    assert at.values is not None
    residual = (x - x.mean()) / x.std() * 100 + 500 - y
    assert at.values[-1, -1] == pytest.approx(float((residual**2).mean()) / 2)
    moved = data.with_values(0, {"size": Fraction(2500)})
    at.follow(network, moved, settings)
    while at.advance(0.1):
        pass
    x[0] = 2500
    residual = (x - x.mean()) / x.std() * 100 + 500 - y
    assert at.values is not None
    assert at.values[-1, -1] == pytest.approx(float((residual**2).mean()) / 2)


def test_a_mini_batch_keeps_the_constants_of_all_rows() -> None:
    data, settings = houses(), replace(COST, batch_size=2)
    trainer = Trainer(STANDARD, data, settings)
    trainer.advance(1)
    coming = coming_step(evaluate(STANDARD, data, settings))
    assert float(coming.values["w0"]) == pytest.approx(trainer.parameters()["w0"], rel=1e-12)
    x, y = np.array(SIZES, dtype=float), np.array(PRICES)
    scaled = (x - x.mean()) / x.std()
    residual = 0.5 * scaled[:2] + 1 - y[:2]
    assert trainer.parameters()["w0"] == pytest.approx(0.5 - 0.5 * float((residual * scaled[:2]).mean()))


def test_new_points_are_put_into_the_units_of_the_training_rows() -> None:
    snapshot = evaluate(STANDARD, houses(), COST)
    values = np.array([1000.0, 2000.0, 5000.0])
    found = evaluate(STANDARD, points(snapshot.dataset, {"size": values}), COST)
    wanted = 0.5 * (values - mean(SIZES)) / pstdev(SIZES) + 1
    assert np.allclose(found.activations["n"], wanted)
    response = ResponseMap()
    grid = data_grid(STANDARD, snapshot.dataset, 5, margin=0.0)
    assert grid is not None
    response.evaluate(STANDARD, grid)
    a = response.activation("n")
    assert a is not None
    assert np.allclose(a[0], 0.5 * (np.linspace(1416, 3000, 5) - mean(SIZES)) / pstdev(SIZES) + 1)
    # the same map, after a point was dragged: other constants
    dragged = evaluate(STANDARD, houses().with_values(1, {"size": Fraction(2000)}), COST)
    again = data_grid(STANDARD, dragged.dataset, 5, margin=0.0)
    assert again is not None
    response.evaluate(STANDARD, again)
    a = response.activation("n")
    assert a is not None
    sizes = [2000 if i == 1 else size for i, size in enumerate(SIZES)]
    assert np.allclose(a[0], 0.5 * (np.linspace(1416, 3000, 5) - mean(sizes)) / pstdev(sizes) + 1)


def test_a_plane_over_raw_inputs_with_a_product() -> None:
    network = Network(
        (InputNode("x", "x"), InputNode("z", "z"), Feature("p", "product", ("x", "z")), Neuron("n")),
        (Edge("a", "p", "n", Fraction(2)),),
        (Output("n", "y"),),
    )
    response = ResponseMap()
    response.evaluate(network, Grid("x", (-1.0, 1.0), 3, "z", (0.0, 4.0), 3))
    a = response.activation("n")
    assert a is not None
    assert np.allclose(a, [[-8, 0, 8], [-4, 0, 4], [0, 0, 0]])


SPECIES = ("setosa", "virginica", "setosa", "versicolor")


def flowers() -> Dataset:
    return Dataset({"length": column(1, 5, 2, 4)}, texts={"species": SPECIES})


def test_words_become_an_output_for_each_class() -> None:
    classes = ("setosa", "versicolor", "virginica")
    network = Network(
        (InputNode("x", "length"), *(Neuron(name) for name in classes)),
        tuple(Edge(f"w{i}", "x", name, Fraction(i, 3)) for i, name in enumerate(classes)),
        tuple(Output(name, "species", transform="indicator", settings=(("class", name),)) for name in classes),
    )
    settings = TrainingSettings(loss="softmax_cross_entropy")
    snapshot = evaluate(network, flowers(), settings)
    assert snapshot.problem is None
    for name in classes:
        assert snapshot.dataset.columns[target_column(name)].numbers == tuple(Fraction(s == name) for s in SPECIES)
    logits = np.outer([1.0, 5.0, 2.0, 4.0], [0, 1 / 3, 2 / 3])
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    wanted = -np.log([p[0, 0], p[1, 2], p[2, 0], p[3, 1]]).mean()
    assert float(snapshot.loss or 0) == pytest.approx(wanted)
    assert network.target_title("setosa") == "[species = setosa]"


def test_words_become_features() -> None:
    network = Network(
        (InputNode("k", "species"), Feature("f", "indicator", ("k",), (("class", "setosa"),)), Neuron("n")),
        (Edge("a", "f", "n", ONE),),
        (Output("n", "length"),),
    )
    snapshot = evaluate(network, flowers(), TrainingSettings())
    assert snapshot.problem is None
    assert snapshot.exact
    assert [snapshot.activation("f", row) for row in range(4)] == [1, 0, 1, 0]
    assert "k" not in snapshot.activations


def test_a_target_in_other_units() -> None:
    network = replace(STANDARD, outputs=(Output("n", "price", transform="standardise"),))
    snapshot = evaluate(network, houses(), COST)
    wanted = (np.array(PRICES) - mean(PRICES)) / pstdev(PRICES)
    assert np.allclose(snapshot.dataset.columns[target_column("n")].floats, wanted)
    assert float(snapshot.loss or 0) == pytest.approx(float(((snapshot.activations["n"] - wanted) ** 2).mean()) / 2)


@pytest.mark.parametrize(
    ("feature", "words"),
    [
        (Feature("f", "standardise"), "nothing to be calculated from"),
        (Feature("f", "product", ("x",)), "needs 2 inputs"),
        (Feature("f", "log", ("x",)), "not known"),
        (Feature("f", "power", ("x",), (("exponent", Fraction(1, 2)),)), "whole number"),
        (Feature("f", "standardise", ("c",)), "one value in all training rows"),
        (Feature("f", "standardise", ("k",)), "no numbers"),
        (Feature("f", "indicator", ("x",)), "needs a class"),
    ],
)
def test_what_cannot_be_calculated_is_said(feature: Feature, words: str) -> None:
    network = Network(
        (InputNode("x", "x"), InputNode("c", "c"), InputNode("k", "k"), feature, Neuron("n")),
        (Edge("a", "f", "n", ONE),),
        (Output("n", "y"),),
    )
    data = Dataset({"x": column(1, 2), "c": column(3, 3), "y": column(0, 1)}, texts={"k": ("a", "b")})
    snapshot = evaluate(network, data, TrainingSettings())
    assert snapshot.problem is not None
    assert words in snapshot.problem
    assert snapshot.problem.endswith(".")
    assert "f" not in snapshot.activations
    assert any(problem.node == "f" for problem in find_problems(network, data, TrainingSettings()))


def test_a_neuron_cannot_read_words() -> None:
    network = Network((InputNode("k", "k"), Neuron("n")), (Edge("a", "k", "n", ONE),), (Output("n", "y"),))
    data = Dataset({"y": column(0, 1)}, texts={"k": ("a", "b")})
    sentences = [problem.sentence for problem in find_problems(network, data, TrainingSettings())]
    assert any("holds words" in sentence for sentence in sentences)


def test_the_graph_of_features() -> None:
    x, f = InputNode("x", "x"), Feature("f", "standardise", ("x",))
    with pytest.raises(NetworkError, match="no weight can lead into it"):
        Network((x, f), (Edge("a", "x", "f", ONE),))
    with pytest.raises(NetworkError, match="is a neuron"):
        Network((x, Neuron("n"), Feature("f", "power", ("n",))))
    with pytest.raises(NetworkError, match="no node"):
        Network((x, Feature("f", "power", ("q",))))
    with pytest.raises(CycleError):
        Network((x, Feature("f", "power", ("g",)), Feature("g", "power", ("f",))))
    g = Feature("g", "power", ("f",), label="")
    network = Network((x, f, g, Feature("p", "product", ("x",)), Neuron("n")))
    assert network.order.index("x") < network.order.index("f") < network.order.index("g")
    assert [network.title(name) for name in ("f", "g")] == ["x′", "x′²"]
    assert reason_to_refuse(network, "n", "p") is not None
    assert "only inputs and features" in str(reason_to_refuse(network, "n", "p"))
    assert "takes 1 column" in str(reason_to_refuse(network, "x", "g"))
    assert "loop" in str(reason_to_refuse(network, "p", "p"))
    assert reason_to_refuse(network, "g", "p") is None
    assert reason_to_refuse(network, "f", "n") is None
    assert network.without("x").features[0].sources == ()


def test_many_rows_take_no_longer_than_their_columns() -> None:
    rng = np.random.default_rng(0)
    data = Dataset({"size": Column(rng.normal(50, 9, 100_000)), "price": Column(rng.normal(0, 1, 100_000))})
    found = represented(STANDARD, data)
    x = data.columns["size"].floats
    assert np.allclose(found.columns[feature_column("s")].floats, (x - x.mean()) / x.std())
