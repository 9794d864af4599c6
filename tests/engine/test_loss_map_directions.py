"""What points the way on a loss map: the lecture's numbers, slices, minima and curvature."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.evaluate import Evaluator, evaluate
from neurosim.engine.loss_map.directions import Directions, Guide
from neurosim.engine.loss_map.loss_map import LossMap
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import OptimizerSettings, TrainingSettings
from neurosim.engine.trainer import Trainer
from neurosim.numbers.exact import Number
from samples import hidden_state, lecture_state
from strategies import fractions


def directions(state: DocumentState, x: str, y: str) -> tuple[LossMap, Directions]:
    loss_map = LossMap(state.network, state.dataset, state.training, x, y, (-5.0, 5.0), (-9.0, 5.0), (20, 20))
    loss_map.advance(10.0)
    found = Guide(loss_map).at(evaluate(state.network, state.dataset, state.training))
    assert found is not None
    return loss_map, found


def test_the_lectures_map() -> None:
    state = lecture_state()
    _, found = directions(state, "a", "n.bias")
    assert found.dot == (Fraction(1, 3), Fraction(-6))
    assert found.gradient == (Fraction(-136, 3), Fraction(-14))
    assert found.step_end == (Fraction(83, 45), Fraction(-83, 15))
    assert found.held == ()
    assert found.slice_minimum is not None
    assert found.slice_minimum == found.minimum
    assert found.slice_minimum.place == (2, -4)
    assert found.slice_minimum.loss == 0
    assert found.slice_minimum.exact
    assert found.curvature is not None
    assert not found.curvature.estimate
    np.testing.assert_allclose(found.curvature.hessian, [[20.0, 6.0], [6.0, 2.0]], rtol=1e-14)
    # 11 +- sqrt(117), and the valley is about eleven times as long as it is wide
    np.testing.assert_allclose(found.curvature.eigenvalues, [11 - 117**0.5, 11 + 117**0.5], rtol=1e-12)
    assert found.curvature.eigenvalues[1] == pytest.approx(21.8167, abs=5e-5)
    assert found.curvature.eigenvalues[0] == pytest.approx(0.18335, abs=5e-6)
    assert found.curvature.condition == pytest.approx(118.99, abs=5e-3)


def plane(rows: int, seed: int = 0) -> tuple[Network, Dataset]:
    """A linear neuron with three inputs, two of them alike, of which one is frozen."""
    rng = np.random.default_rng(seed)
    x1, x2 = rng.normal(size=rows), rng.normal(size=rows)
    x3 = x1 + 0.5 * rng.normal(size=rows)
    y = 2 * x1 - x2 + 0.5 * x3 + 1 + rng.normal(size=rows)
    network = Network(
        (*(InputNode(f"x{k}", f"x{k}") for k in (1, 2, 3)), Neuron("n", bias=0.25)),
        (Edge("a", "x1", "n", 0.5), Edge("b", "x2", "n", 0.75, trainable=False), Edge("c", "x3", "n", -1.0)),
        (Output("n", "y"),),
    )
    return network, Dataset({name: Column(v) for name, v in (("x1", x1), ("x2", x2), ("x3", x3), ("y", y))})


@pytest.mark.parametrize("rows", [20, 5000])
@pytest.mark.parametrize("l2", [0.0, 0.3])
def test_the_slice_and_the_whole(rows: int, l2: float) -> None:
    """By the normal equations of a few rows, and by the map's own factor for many: against numpy's least squares."""
    network, dataset = plane(rows)
    training = TrainingSettings(l2=l2, learning_rate=0.01)
    state = DocumentState(network, dataset, training)
    loss_map, found = directions(state, "a", "n.bias")
    assert found.held == ("c",)
    columns = {name: dataset.columns[name].floats for name in ("x1", "x2", "x3", "y")}

    def best(free: dict[str, np.ndarray], target: np.ndarray) -> dict[str, float]:
        decay = [np.sqrt(rows * l2 / 2) * (name != "n.bias") for name in free]
        tall = np.vstack([np.array(list(free.values())).T, np.diag(decay)])
        solution = np.linalg.lstsq(tall, np.append(target, np.zeros(len(free))), rcond=None)[0]
        return dict(zip(free, solution.tolist(), strict=True))

    one = np.ones(rows)
    inside = best({"a": columns["x1"], "n.bias": one}, columns["y"] - 0.75 * columns["x2"] + columns["x3"])
    whole = best({"a": columns["x1"], "c": columns["x3"], "n.bias": one}, columns["y"] - 0.75 * columns["x2"])
    assert found.slice_minimum is not None
    assert found.minimum is not None
    assert found.slice_minimum.place == pytest.approx((inside["a"], inside["n.bias"]), rel=1e-9)
    assert found.minimum.place == pytest.approx((whole["a"], whole["n.bias"]), rel=1e-9)
    evaluator = Evaluator(exact=False)
    for minimum, values in ((found.slice_minimum, inside), (found.minimum, whole)):
        expected = evaluator.evaluate(network.with_parameters(values), dataset, training).loss
        assert float(minimum.loss) == pytest.approx(float(expected or 0.0), rel=1e-9)
    assert float(loss_map.exact_at(*found.slice_minimum.place) or 0.0) == pytest.approx(float(found.slice_minimum.loss))
    assert found.curvature is not None
    x1 = columns["x1"]
    hessian = [[2 * (x1 @ x1) / rows + l2, 2 * x1.mean()], [2 * x1.mean(), 2.0]]
    np.testing.assert_allclose(found.curvature.hessian, hessian, rtol=1e-10, atol=1e-12)


def test_a_frozen_parameter_stays_where_it_is_in_the_minimum_of_the_whole() -> None:
    network, dataset = plane(20)
    _, found = directions(DocumentState(network, dataset, TrainingSettings()), "b", "a")
    assert found.minimum is not None
    assert found.minimum.place[0] == 0.75
    assert found.slice_minimum is not None
    assert found.slice_minimum.place[0] != 0.75
    assert found.step_end is not None
    assert found.step_end[0] == 0.75
    assert found.step_end[1] != 0.5


@settings(max_examples=60)
@given(
    data=st.lists(st.tuples(fractions(), fractions()), min_size=2, max_size=5),
    a=fractions(),
    b=fractions(),
    l2=st.sampled_from([Fraction(0), Fraction(1, 3)]),
)
def test_no_place_is_lower(data: list[tuple[Fraction, Fraction]], a: Fraction, b: Fraction, l2: Fraction) -> None:
    state = lecture_state()
    dataset = Dataset({"x": Column([x for x, _ in data]), "y": Column([y for _, y in data])})
    network = state.network.with_parameters({"a": a, "n.bias": b})
    loss_map, found = directions(DocumentState(network, dataset, replace(state.training, l2=l2)), "a", "n.bias")
    assume(found.slice_minimum is not None)
    assert found.slice_minimum is not None
    least = loss_map.exact_at(*found.slice_minimum.place)
    assert least is not None
    assert least == pytest.approx(float(found.slice_minimum.loss), abs=1e-9)
    values = loss_map.values
    assert values is not None
    assert (values >= float(least) * (1 - 1e-12) - 1e-12).all()


def test_no_single_place_is_lowest() -> None:
    """One point: a whole line of parameters fits. And a muted weight changes nothing."""
    state = lecture_state()
    one = replace(state, dataset=Dataset({"x": Column([Fraction(2)]), "y": Column([Fraction(0)])}))
    _, found = directions(one, "a", "n.bias")
    assert found.slice_minimum is None
    assert found.minimum is None
    assert found.curvature is not None
    assert found.curvature.condition is None
    muted = replace(state.network, edges=(replace(state.network.edges[0], muted=True),))
    _, found = directions(replace(state, network=muted), "a", "n.bias")
    assert found.gradient is not None
    assert found.gradient[0] == 0
    assert found.slice_minimum is None
    assert found.minimum is not None  # of the bias alone
    assert found.minimum.place == (Fraction(1, 3), 2)


def test_the_step_is_that_of_the_optimizer_and_its_batch() -> None:
    state = hidden_state()
    _, found = directions(state, "w1", "w4")
    trainer = Trainer(state.network, state.dataset, state.training)
    trainer.advance(1)
    after = trainer.network().parameters
    assert found.step_end is not None
    assert found.step_end == pytest.approx((after["w1"], after["w4"]), rel=1e-12)
    snapshot = evaluate(state.network, state.dataset, state.training)
    assert found.gradient == (snapshot.gradient["w1"], snapshot.gradient["w4"])
    assert found.held == ("w2", "w3", "h1.bias", "h2.bias", "n.bias")
    assert found.minimum is None
    assert found.slice_minimum is None


def test_curvature_is_estimated_where_there_is_no_formula() -> None:
    """One sigmoid neuron: the second derivatives are sums of a (1 - a) x x, from the textbook."""
    rng = np.random.default_rng(1)
    x, y = rng.normal(size=30), rng.integers(0, 2, 30).astype(np.float64)
    network = Network(
        (InputNode("x", "x"), Neuron("n", bias=-0.3, activation="sigmoid")),
        (Edge("a", "x", "n", 0.8),),
        (Output("n", "y"),),
    )
    training = TrainingSettings(loss="cross_entropy", l2=0.125, l1=0.5)
    _, found = directions(DocumentState(network, Dataset({"x": Column(x), "y": Column(y)}), training), "a", "n.bias")
    a = 1 / (1 + np.exp(-(0.8 * x - 0.3)))
    slope = a * (1 - a)
    expected = np.array([[(slope * x * x).mean() + 0.125, (slope * x).mean()], [(slope * x).mean(), slope.mean()]])
    assert found.curvature is not None
    assert found.curvature.estimate
    np.testing.assert_allclose(found.curvature.hessian, expected, rtol=1e-7, atol=1e-9)
    directions_, eigenvalues = found.curvature.directions, found.curvature.eigenvalues
    np.testing.assert_allclose(directions_ @ np.diag(eigenvalues) @ directions_.T, expected, rtol=1e-6, atol=1e-8)


def test_the_bottom_of_what_enters_a_linear_output() -> None:
    """The hidden neurons are held: the slice through their output weights is a bowl, the whole loss is none."""
    state = hidden_state()
    training = replace(state.training, optimizer=OptimizerSettings(), batch_size=None)
    loss_map, found = directions(replace(state, training=training), "w3", "w4")
    assert found.minimum is None
    assert found.slice_minimum is not None
    x, y = found.slice_minimum.place
    least = loss_map.exact_at(x, y)
    assert least == pytest.approx(float(found.slice_minimum.loss), rel=1e-12)
    around: list[Number | None] = [loss_map.exact_at(x + dx, y + dy) for dx in (-0.01, 0.01) for dy in (-0.01, 0.01)]
    assert all(value is not None and value > least for value in around)
    assert found.curvature is not None
    assert not found.curvature.estimate


def test_what_is_kept_is_made_anew_when_it_must() -> None:
    state = lecture_state()
    loss_map = LossMap(state.network, state.dataset, state.training, "a", "n.bias", (0.0, 4.0), (-8.0, 0.0), (5, 5))
    guide = Guide(loss_map)
    dataset = state.dataset
    for target in (Fraction(4), Fraction(2), Fraction(4)):
        dataset = dataset.with_values(1, {"y": target})
        loss_map.follow(state.network, dataset, state.training)
        found = guide.at(evaluate(state.network, dataset, state.training))
        assert found is not None
        assert found.slice_minimum is not None
        assert found.slice_minimum.place == (target / 2, -target)  # the line through (2, 0) and (4, target)
    decayed = replace(state.training, l2=Fraction(1))
    loss_map.follow(state.network, dataset, decayed)
    found = guide.at(evaluate(state.network, dataset, decayed))
    assert found is not None
    assert found.slice_minimum is not None
    # 20 a + 6 b + a = 16, 6 a + 2 b = 4
    assert found.slice_minimum.place == (Fraction(4, 3), -2)


def test_a_map_without_its_parameter_has_no_directions() -> None:
    state = lecture_state()
    loss_map = LossMap(state.network, state.dataset, state.training, "a", "n.bias", (0.0, 4.0), (-8.0, 0.0), (5, 5))
    network = state.network.without("a")
    assert Guide(loss_map).at(evaluate(network, state.dataset, state.training)) is None


def test_with_a_problem_there_is_the_dot_and_the_reason() -> None:
    state = lecture_state()
    loose = replace(state, network=replace(state.network, outputs=()))
    _, found = directions(loose, "a", "n.bias")
    assert found.dot == (Fraction(1, 3), Fraction(-6))
    assert found.gradient is None
    assert found.step_end is None
    assert found.step_problem is not None
    assert found.curvature is None
