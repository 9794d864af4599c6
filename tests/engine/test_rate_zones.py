"""The zones of the learning rate: the lecture's numbers, and what real steps do on both sides of each boundary."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest

from neurosim.engine.curvature import largest_eigenvalue
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.evaluate import evaluate
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.optimizers import OPTIMIZERS
from neurosim.engine.quadratic import quadratic_form
from neurosim.engine.rate_zones import RateZones, rate_zones
from neurosim.engine.settings import OptimizerSettings, TrainingSettings
from neurosim.engine.trainer import Trainer
from samples import hidden_state, lecture_state

ONE_DIMENSION = Network((InputNode("x", "x"), Neuron("n", bias=None)), (Edge("a", "x", "n", 1.0),), (Output("n", "y"),))
"""w x against 0: with x = 1 the loss is w^2, its curvature 2, its bottom at 0."""

ONE_ROW = Dataset({"x": Column([1.0]), "y": Column([0.0])})


def zones_of(optimizer: OptimizerSettings, rate: float = 0.1) -> RateZones:
    return rate_zones(ONE_DIMENSION, ONE_ROW, TrainingSettings(optimizer=optimizer, learning_rate=rate))


def walk(optimizer: OptimizerSettings, rate: float, steps: int) -> np.ndarray:
    """The weight after each of some steps from 1, by the optimizer itself on the gradient 2 w."""
    plugin = OPTIMIZERS[optimizer.name]
    theta, gradient = np.ones(1), np.zeros(1)
    step = plugin.bind(
        theta,
        gradient,
        plugin.fresh_state(1, optimizer.settings),
        rate,
        plugin.complete(optimizer.settings),
    )
    found = np.empty(steps)
    for number in range(steps):
        gradient[:] = 2.0 * theta
        step()
        found[number] = theta[0]
    return found


MOMENTA = [
    OptimizerSettings(),
    *(OptimizerSettings("sgd", {"momentum": m}) for m in (0.1, 0.5, 0.9)),
    OptimizerSettings("sgd", {"momentum": 0.5, "dampening": 0.5}),
    *(OptimizerSettings("sgd", {"momentum": m, "nesterov": True}) for m in (0.1, 0.5, 0.9)),
]


def test_the_lectures_boundaries() -> None:
    state = lecture_state()
    found = rate_zones(state.network, state.dataset, state.training)
    assert [zone.kind for zone in found.zones] == ["slow", "fast", "zigzag", "explodes"]
    assert not found.estimate
    assert found.reason is None
    assert found.remarks == ()
    largest = 11 + math.sqrt(117)  # of (20, 6; 6, 2)
    assert found.largest_curvature == pytest.approx(largest, rel=1e-14)
    assert found.zones[3].low == pytest.approx(0.091673, abs=5e-7)
    assert found.zones[2].low == pytest.approx(1 / largest, rel=1e-14)
    assert found.best == pytest.approx(1 / 11, rel=1e-12)  # the two eigenvalues add up to 22
    form = quadratic_form(state.network, state.dataset, state.training)
    assert form is not None
    assert found.zones[3].low == pytest.approx(form.largest_stable_learning_rate, rel=1e-14)
    kinds = {rate: found.of(rate) for rate in (0.001, 1 / 30, 0.0459, 0.0916, 0.0917, 1e9)}
    assert [zone.kind for zone in kinds.values() if zone is not None] == [
        "slow",
        "fast",
        "zigzag",
        "zigzag",
        "explodes",
        "explodes",
    ]


def test_zones_follow_one_another_from_nothing_to_infinity() -> None:
    for optimizer in MOMENTA:
        zones = zones_of(optimizer).zones
        assert zones[0].low == 0.0
        assert math.isinf(zones[-1].high)
        for zone, following in pairwise(zones):
            assert zone.low < zone.high == following.low
            assert zones_of(optimizer).of(zone.high) == following


@pytest.mark.parametrize("optimizer", MOMENTA, ids=lambda value: str(dict(value.settings)))
def test_what_steps_do_on_both_sides(optimizer: OptimizerSettings) -> None:
    _, fast, zigzag, explodes = zones_of(optimizer).zones
    assert zigzag.low == fast.high
    below, above = walk(optimizer, 0.999 * explodes.low, 4000), walk(optimizer, 1.001 * explodes.low, 4000)
    assert np.abs(below[-10:]).max() < 0.2
    assert np.abs(above[-10:]).max() > 5.0
    smooth = walk(optimizer, 0.999 * zigzag.low, 300)
    assert (np.diff(smooth) <= 0.0).all()
    assert (smooth >= 0.0).all()
    assert (walk(optimizer, 1.3 * zigzag.low, 300) < 0.0).any()


def test_slow_is_a_tenth_of_the_way() -> None:
    slow = zones_of(OptimizerSettings()).zones[0]
    assert walk(OptimizerSettings(), slow.high, 1)[0] == pytest.approx(0.9)


def test_the_best_rate_is_the_best() -> None:
    """The slower of the two directions of the lecture's valley, against all other rates."""
    state = lecture_state()
    found = rate_zones(state.network, state.dataset, state.training)
    eigenvalues = np.array([11 - math.sqrt(117), 11 + math.sqrt(117)])
    rates = np.linspace(0.0, 0.0917, 400)
    worst = np.abs(1 - rates[:, None] * eigenvalues).max(axis=1)
    assert found.best == pytest.approx(rates[worst.argmin()], abs=3e-4)
    condition = eigenvalues[1] / eigenvalues[0]
    assert np.abs(1 - found.best * eigenvalues) == pytest.approx((condition - 1) / (condition + 1))


@pytest.mark.parametrize("rows", [3, 3000])
@pytest.mark.parametrize("l2", [0.0, 0.5])
def test_the_curvature_of_several_outputs_and_frozen_parameters(rows: int, l2: float) -> None:
    rng = np.random.default_rng(2)
    columns = {name: rng.normal(size=rows) * 2 + 1 for name in ("x1", "x2", "y1", "y2")}
    network = Network(
        (InputNode("x1", "x1"), InputNode("x2", "x2"), Neuron("n", bias=0.0), Neuron("m", bias=0.5, trainable=False)),
        (
            Edge("a", "x1", "n", 1.0),
            Edge("b", "x2", "n", 1.0, trainable=False),
            Edge("c", "x1", "m", 1.0),
            Edge("d", "x2", "m", 1.0, muted=True),
        ),
        (Output("n", "y1"), Output("m", "y2")),
    )
    dataset = Dataset({name: Column(values) for name, values in columns.items()}, (0,))
    training = TrainingSettings(l2=l2, reduction="half_mean")
    found = rate_zones(network, dataset, training)
    x = columns["x1"][1:]
    first = np.array([[(x * x).mean() + l2, x.mean()], [x.mean(), 1.0]])
    eigenvalues = [*np.linalg.eigvalsh(first), (x * x).mean() + l2]
    assert found.largest_curvature == pytest.approx(max(eigenvalues), rel=1e-12)
    assert found.best == pytest.approx(2 / (max(eigenvalues) + min(eigenvalues)), rel=1e-9)
    assert found.remarks == (("The L2 penalty adds to the curvature, and is counted.",) if l2 else ())


def test_a_flat_direction_does_not_count() -> None:
    """One point, two parameters: along the line of equally good ones there is nothing to come closer to."""
    state = lecture_state()
    one = Dataset({"x": Column([Fraction(2)]), "y": Column([Fraction(0)])})
    found = rate_zones(state.network, one, state.training)
    assert found.largest_curvature == pytest.approx(2 * (4 + 1))
    assert found.best == pytest.approx(1 / 10)


@pytest.mark.parametrize("name", ["adam", "adamw", "rmsprop", "adagrad"])
def test_adaptive_optimizers_have_none(name: str) -> None:
    found = zones_of(OptimizerSettings(name))
    assert found.zones == ()
    assert found.reason is not None
    assert OPTIMIZERS[name].title in found.reason
    assert found.of(0.1) is None


def test_reasons_why_there_are_none() -> None:
    state = lecture_state()
    loose = rate_zones(replace(state.network, outputs=()), state.dataset, state.training)
    assert loose.reason is not None
    assert "no output" in loose.reason
    frozen = Network((InputNode("x", "x"), Neuron("n", bias=None)), (), (Output("n", "y"),))
    nothing = rate_zones(frozen, state.dataset, state.training)
    assert nothing.reason == "No parameter can change, so that no learning rate does anything."
    flat = Dataset({"x": Column([0.0, 0.0]), "y": Column([1.0, 2.0])})
    none = rate_zones(ONE_DIMENSION, flat, state.training)
    assert none.reason == "Here the loss curves upwards in no direction, so that nothing limits the learning rate."
    far = Dataset({"x": Column([1e200]), "y": Column([1.0])})
    assert rate_zones(ONE_DIMENSION, far, state.training).reason is not None


def test_what_else_to_know() -> None:
    state = lecture_state()
    training = replace(
        state.training,
        l1=0.5,
        l2=0.25,
        batch_size=1,
        optimizer=OptimizerSettings("sgd", {"momentum": Fraction(1, 2)}),
    )
    found = rate_zones(state.network, state.dataset, training)
    words = " ".join(found.remarks)
    assert all(word in words for word in ("L1", "L2", "mini-batch", "momentum"))
    assert found.best is None
    assert not found.estimate
    # l1 has no curvature: the zones are those of the rest
    assert found.zones == rate_zones(state.network, state.dataset, replace(training, l1=0)).zones


def test_an_estimate_of_one_sigmoid_neuron_is_the_textbooks() -> None:
    rng = np.random.default_rng(3)
    x, y = rng.normal(size=50) * 3, rng.integers(0, 2, 50).astype(np.float64)
    network = Network(
        (InputNode("x", "x"), Neuron("n", bias=0.2, activation="sigmoid")),
        (Edge("a", "x", "n", 0.4),),
        (Output("n", "y"),),
    )
    found = rate_zones(
        network, Dataset({"x": Column(x), "y": Column(y)}), TrainingSettings(loss="cross_entropy", reduction="sum")
    )
    a = 1 / (1 + np.exp(-(0.4 * x + 0.2)))
    rows = np.array([x, np.ones(50)])
    assert found.estimate
    assert found.largest_curvature == pytest.approx(np.linalg.eigvalsh((rows * (a * (1 - a))) @ rows.T)[-1], rel=1e-6)
    assert found.remarks == ("Estimated at the present parameters: elsewhere the loss is curved differently.",)


@pytest.mark.parametrize("loss", ["squared_error", "huber"])
def test_an_estimate_of_a_network_is_that_of_its_whole_hessian(loss: str) -> None:
    """Each entry as a second difference of the loss itself."""
    state = hidden_state()
    training = replace(state.training, loss=loss, optimizer=OptimizerSettings(), batch_size=None)
    network, dataset = state.network, state.dataset
    names = [name for name, free in network.trainable.items() if free]
    h = 1e-3

    def at(*moves: tuple[str, float]) -> float:
        values = {name: float(network.parameters[name]) for name in names}
        for name, move in moves:
            values[name] += move
        return float(evaluate(network.with_parameters(values), dataset, training).loss or 0.0)

    hessian = np.array(
        [
            [
                (at((a, h), (b, h)) - at((a, h), (b, -h)) - at((a, -h), (b, h)) + at((a, -h), (b, -h))) / (4 * h * h)
                for b in names
            ]
            for a in names
        ]
    )
    assert largest_eigenvalue(network, dataset, training) == pytest.approx(np.linalg.eigvalsh(hessian)[-1], rel=1e-3)


def test_the_largest_is_found_where_others_are_larger_in_size() -> None:
    """sin(w) at its top: the loss curves down more than up."""
    network = Network(
        (InputNode("x", "x"), InputNode("u", "u"), Neuron("h", bias=None, activation="sine"), Neuron("n", bias=None)),
        (Edge("w", "x", "h", math.pi / 2), Edge("v", "h", "n", 1.0, trainable=False), Edge("c", "u", "n", 0.0)),
        (Output("n", "y"),),
    )
    dataset = Dataset({"x": Column([1.0]), "u": Column([0.5]), "y": Column([-3.0])})
    # (sin w + c / 2 + 3)^2: by w 2 * 4 * (-sin w) = -8; by c 2 / 4
    assert largest_eigenvalue(network, dataset, TrainingSettings()) == pytest.approx(0.5, rel=1e-6)


def test_many_parameters() -> None:
    """Forty inputs: more than the products that are taken, against the whole matrix."""
    rng = np.random.default_rng(4)
    n, k = 300, 40
    x = rng.normal(size=(k, n)) * np.linspace(0.2, 2.0, k)[:, None]
    y = (rng.random(n) < 0.5).astype(np.float64)
    network = Network(
        (*(InputNode(f"x{i}", f"x{i}") for i in range(k)), Neuron("n", bias=0.0, activation="sigmoid")),
        tuple(Edge(f"w{i}", f"x{i}", "n", 0.0) for i in range(k)),
        (Output("n", "y"),),
    )
    dataset = Dataset({**{f"x{i}": Column(row) for i, row in enumerate(x)}, "y": Column(y)})
    rows = np.vstack([x, np.ones(n)])
    expected = np.linalg.eigvalsh(rows @ rows.T / (4 * n))[-1]
    found = largest_eigenvalue(network, dataset, TrainingSettings(loss="cross_entropy"))
    assert found == pytest.approx(expected, rel=1e-3)


@pytest.mark.parametrize("factor", [0.98, 1.02])
def test_the_trainer_agrees(factor: float) -> None:
    state = lecture_state()
    limit = rate_zones(state.network, state.dataset, state.training).zones[3].low
    trainer = Trainer(state.network, state.dataset, replace(state.training, learning_rate=factor * limit))
    trainer.advance(20_000)
    assert trainer.stopped is not None
    assert trainer.stopped.kind == ("converged" if factor < 1 else "diverged")
