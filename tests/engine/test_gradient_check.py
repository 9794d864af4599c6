"""The gradient check: right derivatives pass whatever the scale, wrong ones never do, and kinks are found and named."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

import numpy as np
import pytest

from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.evaluate import Evaluator, evaluate
from neurosim.engine.gradient_check import GradientChecker, gradient_check
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import TrainingSettings
from samples import hidden_state, lecture_state


def one(activation: str, x: list[float], y: list[float], w: float, b: float) -> tuple[Network, Dataset]:
    network = Network(
        (InputNode("x", "x"), Neuron("n", "f", b, activation=activation)),
        (Edge("w", "x", "n", w),),
        (Output("n", "y"),),
    )
    return network, Dataset({"x": Column(np.array(x, dtype=float)), "y": Column(np.array(y, dtype=float))})


def test_the_lecture_by_hand():
    # L(a) with b = -6: ((2a - 6)^2 + (4a - 10)^2) / 2, so L' = 20 a - 52 = -136/3 at a = 1/3.
    state = lecture_state()
    found = {check.parameter: check for check in gradient_check(state.network, state.dataset, state.training)}
    assert found["a"].numeric == pytest.approx(-136 / 3, rel=1e-9)
    assert found["n.bias"].numeric == pytest.approx(-14, rel=1e-9)
    assert all(check.agrees for check in found.values())


def test_the_loss_along_a_parameter_is_the_loss_there():
    state = hidden_state()
    network, dataset = state.network, replace(state.dataset, test_rows=(1, 4))
    settings = replace(state.training, l2=Fraction(1, 10), l1=Fraction(1, 20), reduction="half_sum")
    along = Evaluator(exact=False).loss_along(network, dataset, settings)
    assert along is not None
    for name, value in network.parameters.items():
        for at in (float(value) + 0.25, float(value) - 2.0):
            there = evaluate(network.with_parameters({name: at}), dataset, settings).loss
            assert along(name, at) == pytest.approx(float(there), rel=1e-13)
    assert along("w1", 0.5) == pytest.approx(float(evaluate(network, dataset, settings).loss), rel=1e-13)


@pytest.mark.parametrize("reduction", ["mean", "half_sum"])
def test_the_loss_alone_is_the_loss_of_the_whole_evaluation(reduction):
    state = hidden_state()
    evaluator, whole = Evaluator(exact=False), Evaluator(exact=False)
    settings = replace(state.training, l2=Fraction(1, 10), l1=Fraction(1, 20), reduction=reduction)
    for dataset in (state.dataset, replace(state.dataset, test_rows=(1, 4))):
        for value in (0.5, -2.0, 1e200):  # the last is too large to calculate with
            network = state.network.with_parameters({"w1": value})
            expected = whole.evaluate(network, dataset, settings).loss
            assert evaluator.loss(network, dataset, settings) == expected
        assert evaluator.loss(replace(state.network, outputs=()), dataset, settings) is None
    assert whole.evaluate(state.network.with_parameters({"w1": 1e308}), state.dataset, settings).loss is None
    assert evaluator.loss(state.network.with_parameters({"w1": 1e308}), state.dataset, settings) is None


def test_there_is_no_loss_along_anything_without_a_loss():
    state = lecture_state()
    unfinished = replace(state.network, outputs=())
    assert Evaluator().loss_along(unfinished, state.dataset, state.training) is None
    assert gradient_check(unfinished, state.dataset, state.training) == ()


@pytest.mark.parametrize(
    ("activation", "x", "y", "w", "b"),
    [
        ("identity", [1.0, 2.0, 3.0], [1e6 + 1, 1e6 - 1, 1e6 + 2], 1.0, 1e6),  # residuals of nearly equal numbers
        ("identity", [1.0, 2.0, 3.0], [3e5, 1e5, 2e5], -5e4, 3e5),  # a loss of 10^9 at its minimum
        ("identity", [2000.0, 2010.0, 2020.0], [1.0, 2.0, 4.0], 0.15, -299.0),  # years
        ("sigmoid", [1990.0, 2000.0, 2010.0], [0.2, 0.4, 0.9], 0.1, -200.0),  # years before a curve
        ("tanh", [1e5, -1e5], [0.5, -0.2], 1e-5, 0.1),
        ("identity", [1e-4, 2e-4], [1e-4, 3e-4], 1.0, 0.0),
        ("identity", [1.0, 2.0], [2.0, 4.0], 2.0, 0.0),  # a perfect fit
    ],
)
def test_a_right_derivative_agrees_at_every_scale(activation, x, y, w, b):
    network, dataset = one(activation, x, y, w, b)
    for check in gradient_check(network, dataset, TrainingSettings()):
        assert check.agrees, check


@pytest.mark.parametrize("factor", [2.0, 0.5, -1.0, 1.001])
@pytest.mark.parametrize(
    ("activation", "x", "y", "w", "b"),
    [
        ("identity", [2.0, 4.0], [0.0, 4.0], 1 / 3, -6.0),
        ("identity", [1.0, 2.0, 3.0], [1e6 + 1, 1e6 - 1, 1e6 + 2], 1.0, 1e6),
        ("identity", [1.0, 2.0, 3.0], [3e5, 1e5, 2e5], 1.0, 0.0),
        ("sigmoid", [1990.0, 2000.0, 2010.0], [0.2, 0.4, 0.9], 0.1, -200.0),
    ],
)
def test_a_wrong_derivative_never_agrees(factor, activation, x, y, w, b):
    network, dataset = one(activation, x, y, w, b)
    snapshot = evaluate(network, dataset, TrainingSettings())
    doctored = dict(snapshot.gradient) | {"w": float(snapshot.gradient["w"]) * factor}
    found = GradientChecker().check(replace(snapshot, gradient=MappingProxyType(doctored)))
    assert [check.agrees for check in found] == [False, True]


def test_where_the_loss_overflows_beside_the_parameter_nothing_is_decided():
    network, dataset = one("identity", [1.0], [0.0], 1.3407807929942596e154, 0.0)  # its square is just below 1.8e308
    snapshot = evaluate(network, dataset, TrainingSettings())
    assert snapshot.loss is not None
    found = {check.parameter: check for check in GradientChecker().check(snapshot)}
    assert not found["w"].decided
    assert not found["w"].agrees


@pytest.mark.parametrize(
    ("activation", "w", "b", "phrase"),
    [
        ("relu", 0.0, 0.0, "f meets the kink of ReLU, z = 0, in row 1"),
        ("leaky_relu", 1.0, -2.0, "f meets the kink of Leaky ReLU, z = 0, in row 2"),
        ("hard_sigmoid", 1.0, 1.0, "f meets the kink of Hard sigmoid, z = 3, in row 2"),
        ("step", 1.0, -1.0, "f meets the kink of Step, z = 0, in row 1"),
    ],
)
def test_a_kink_within_the_step_is_named(activation, w, b, phrase):
    network, dataset = one(activation, [1.0, 2.0], [1.0, 3.0], w, b)
    snapshot = evaluate(network, dataset, TrainingSettings())
    checker = GradientChecker()
    assert not all(check.agrees for check in checker.check(snapshot))
    found = checker.kink_beside(snapshot, "n.bias")
    assert found is not None
    assert found.casefold() == phrase.casefold()


def test_kinks_of_losses_and_penalties_are_named():
    checker = GradientChecker()
    network, dataset = one("identity", [1.0, 2.0], [1.0, 4.0], 1.0, 0.0)
    snapshot = evaluate(network, dataset, TrainingSettings(loss="absolute_error"))
    assert checker.kink_beside(snapshot, "w") == "row 1 meets the kink of the absolute error, ŷ − y = 0"
    hinge = evaluate(*one("identity", [1.0], [-1.0], -1.0, 0.0), TrainingSettings(loss="hinge"))
    assert checker.kink_beside(hinge, "w") == "row 1 meets the kink of the hinge loss, y ŷ = 1"
    small = evaluate(*one("identity", [1.0], [2.0], 1e-7, 0.0), TrainingSettings(l1=Fraction(1)))
    assert checker.check(small)[0].agrees  # a finer step stays on its side
    flat = evaluate(*one("identity", [1.0], [2.0], 1e-12, 0.0), TrainingSettings(l1=Fraction(1)))
    assert checker.kink_beside(flat, "w") == "the L1 penalty has its kink where a weight is 0"
    assert not checker.check(flat)[0].agrees
    state = lecture_state()
    smooth = evaluate(state.network, state.dataset, state.training)
    assert checker.kink_beside(smooth, "a") is None
