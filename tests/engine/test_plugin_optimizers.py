"""Every optimizer that is found: PyTorch's traces, replay, parameters that join late, fractions, refusals."""

import json
import math
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from neurosim.engine.optimizers import OPTIMIZERS, Optimizer

TORCH = json.loads((Path(__file__).parent / "data" / "torch_optimizers.json").read_text(encoding="utf-8"))
IDS = [f"{case['optimizer']}-{'-'.join(case['settings']) or 'defaults'}" for case in TORCH]

traces = pytest.mark.parametrize("case", TORCH, ids=IDS)
every = pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=list(OPTIMIZERS))


def test_all_that_were_promised_are_there():
    assert {"sgd", "rmsprop", "adagrad", "adam", "adamw"} <= set(OPTIMIZERS)


@every
def test_is_described(optimizer: Optimizer):
    assert optimizer.title
    assert optimizer.formula
    assert optimizer.help.endswith(".")
    assert optimizer.learning_rate > 0
    assert optimizer.refusal({}) is None
    for setting in optimizer.settings:
        assert setting.title
        assert setting.help.endswith(".")
        assert optimizer.refusal({setting.name: setting.default}) is None


@traces
def test_equals_pytorch(case: dict):
    optimizer = OPTIMIZERS[case["optimizer"]]
    settings = optimizer.complete(case["settings"])
    theta, gradient = np.array(case["start"]), np.zeros(4)
    state = optimizer.fresh_state(4, settings)
    step = optimizer.bind(theta, gradient, state, case["learning_rate"], settings)
    for given, expected in zip(case["gradients"], case["trace"], strict=True):
        gradient[:] = given
        step()
        np.testing.assert_allclose(theta, expected, rtol=1e-13, atol=1e-13)
        assert gradient.tolist() == given


def test_pytorch_was_asked_for_every_optimizer_of_ours():
    ours = {name for name, found in OPTIMIZERS.items() if found.bind.__module__.startswith("neurosim.")}
    assert ours <= {case["optimizer"] for case in TORCH}


@traces
def test_a_step_depends_on_parameters_and_state_alone(case: dict):
    """Bound anew before each step, as after a save and a load, the run is the same bit for bit."""
    optimizer = OPTIMIZERS[case["optimizer"]]
    settings = optimizer.complete(case["settings"])

    def run(bind_each_time: bool) -> tuple[list[float], dict[str, list[float]]]:
        theta, gradient = np.array(case["start"]), np.zeros(4)
        state = optimizer.fresh_state(4, settings)
        step = optimizer.bind(theta, gradient, state, case["learning_rate"], settings)
        for given in case["gradients"]:
            if bind_each_time:
                theta, gradient = theta.copy(), gradient.copy()
                state = {name: values.copy() for name, values in state.items()}
                step = optimizer.bind(theta, gradient, state, case["learning_rate"], settings)
            gradient[:] = given
            step()
        return theta.tolist(), {name: values.tolist() for name, values in state.items()}

    assert run(bind_each_time=True) == run(bind_each_time=False)


@traces
def test_a_parameter_that_joins_late_begins_anew(case: dict):
    """Next to an older one, a newcomer moves as it would alone; and the older one does not notice."""
    optimizer = OPTIMIZERS[case["optimizer"]]
    settings = optimizer.complete(case["settings"])
    rate, first, later = case["learning_rate"], np.array([0.75, -0.5]), np.array([-1.25, 2.0])

    def alone(start: float, gradients: list[float]) -> float:
        theta = np.array([start])
        state = optimizer.fresh_state(1, settings)
        for value in gradients:
            optimizer.update(theta, np.array([value]), state, rate, settings)
        return float(theta[0])

    old_theta = np.array([0.5])
    old_state = optimizer.fresh_state(1, settings)
    for value in first:
        optimizer.update(old_theta, np.array([value]), old_state, rate, settings)
    theta = np.array([old_theta[0], 2.0])
    state = {name: np.append(values, 0.0) for name, values in old_state.items()}
    for value in later:
        optimizer.update(theta, np.array([value, value]), state, rate, settings)
    assert theta[0] == pytest.approx(alone(0.5, [*first, *later]), rel=1e-14)
    assert theta[1] == pytest.approx(alone(2.0, [*later]), rel=1e-14)


@every
def test_the_order_of_parameters_changes_nothing(optimizer: Optimizer):
    start, gradients = np.array([1.0, -2.0, 0.5]), np.array([[0.5, -0.25, 3.0], [-1.0, 0.75, 2.0]])
    results = []
    for order in ([0, 1, 2], [2, 0, 1]):
        theta = start[order].copy()
        state = optimizer.fresh_state(3, {})
        for given in gradients:
            optimizer.update(theta, given[order].copy(), state, 0.1, {})
        results.append(theta[np.argsort(order)])
    assert np.array_equal(*results)


@every
def test_descends_a_bowl(optimizer: Optimizer):
    """From (3, -2) towards the bottom of (w1^2 + 4 w2^2) / 2 at (0, 0), with the defaults."""
    theta, gradient = np.array([3.0, -2.0]), np.zeros(2)
    state = optimizer.fresh_state(2, {})
    step = optimizer.bind(theta, gradient, state, 0.05, optimizer.complete({}))
    before = theta[0] ** 2 + 4 * theta[1] ** 2
    for _ in range(100):
        gradient[:] = theta[0], 4 * theta[1]
        step()
    assert theta[0] ** 2 + 4 * theta[1] ** 2 < 0.9 * before


@every
def test_nothing_to_train_and_gradients_of_0(optimizer: Optimizer):
    for theta in (np.zeros(0), np.array([1.5, -2.5])):
        before = theta.copy()
        state = optimizer.fresh_state(theta.size, {})
        for _ in range(3):
            optimizer.update(theta, np.zeros_like(theta), state, 0.0 if optimizer.name == "adamw" else 0.1, {})
        assert np.array_equal(theta, before)


@every
def test_extreme_gradients_never_give_nan(optimizer: Optimizer):
    theta = np.zeros(4)
    state = optimizer.fresh_state(4, {})
    with np.errstate(over="ignore", under="ignore"):
        for _ in range(3):
            optimizer.update(theta, np.array([1e308, -1e308, 1e-308, 1e154]), state, 0.1, {})
    assert not np.isnan(theta).any()


def test_a_steady_gradient_keeps_centred_rmsprop_finite():
    """The mean square less the squared mean tends to 0 and may round to less: its root must not be NaN."""
    optimizer = OPTIMIZERS["rmsprop"]
    settings = optimizer.complete({"centered": True, "alpha": 0.5})
    theta, gradient, state = np.zeros(200), np.linspace(0.1, 0.9, 200), optimizer.fresh_state(200, settings | {})
    step = optimizer.bind(theta, gradient, state, 1e-9, settings)
    for _ in range(120):
        step()
    assert np.isfinite(theta).all()


def test_exactly_where_rational_and_only_there():
    assert {name for name, found in OPTIMIZERS.items() if found.exact_update is not None} == {"sgd"}


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"momentum": Fraction(9, 10)},
        {"momentum": Fraction(1, 3), "dampening": Fraction(1, 4)},
        {"momentum": Fraction(1, 2), "nesterov": True},
    ],
)
def test_fractions_agree_with_floats(settings: dict):
    optimizer = OPTIMIZERS["sgd"]
    assert optimizer.exact_update is not None
    complete = optimizer.complete(settings)
    exact, exact_state = (
        [Fraction(1, 3), Fraction(-6)],
        {name: [Fraction(0)] * 2 for name in optimizer.state_names(complete)},
    )
    floats, state = np.array([1 / 3, -6.0]), optimizer.fresh_state(2, settings)
    for k in range(6):
        gradient = [Fraction(k + 1, 7), Fraction(-3, k + 2)]
        result = optimizer.exact_update(exact, gradient, exact_state, Fraction(1, 30), complete)
        assert result is not None
        exact, exact_state = result
        optimizer.update(floats, np.array([float(g) for g in gradient]), state, 1 / 30, settings)
        assert floats == pytest.approx([float(value) for value in exact], rel=1e-14)
        assert set(exact_state) == set(state)


def test_fractions_by_hand():
    """w = 1, lr = 1/10, momentum 1/2, gradients 2 and 1: v = 2, w = 4/5; v = 2, w = 3/5."""
    optimizer = OPTIMIZERS["sgd"]
    settings = optimizer.complete({"momentum": Fraction(1, 2)})
    first = optimizer.exact_update(
        [Fraction(1)], [Fraction(2)], {"momentum_buffer": [Fraction(0)]}, Fraction(1, 10), settings
    )
    assert first == ([Fraction(4, 5)], {"momentum_buffer": [Fraction(2)]})
    second = optimizer.exact_update(first[0], [Fraction(1)], first[1], Fraction(1, 10), settings)
    assert second == ([Fraction(3, 5)], {"momentum_buffer": [Fraction(2)]})


def test_a_float_setting_ends_exactness():
    optimizer = OPTIMIZERS["sgd"]
    settings = optimizer.complete({"momentum": 0.5})
    assert (
        optimizer.exact_update([Fraction(1)], [Fraction(2)], {"momentum_buffer": [Fraction(0)]}, Fraction(1), settings)
        is None
    )


def test_adams_first_steps_have_the_size_of_the_learning_rate():
    """Kingma and Ba, section 2.1: with a constant gradient every bias-corrected step is lr g / (|g| + eps)."""
    optimizer = OPTIMIZERS["adam"]
    theta, gradient = np.zeros(3), np.array([5.0, -0.001, 200.0])
    step = optimizer.bind(theta, gradient, optimizer.fresh_state(3, {}), 0.01, optimizer.complete({}))
    for k in range(1, 11):
        step()
        expected = [-k * 0.01 * g / (abs(g) + 1e-8) for g in gradient]
        assert theta == pytest.approx(expected, rel=1e-12)


def test_adagrads_second_step_by_hand():
    """Gradients 3 and 4: steps lr 3/3 and lr 4/5."""
    optimizer = OPTIMIZERS["adagrad"]
    theta, state = np.zeros(1), optimizer.fresh_state(1, {})
    for g in (3.0, 4.0):
        optimizer.update(theta, np.array([g]), state, 0.5, {})
    assert theta[0] == pytest.approx(-0.5 * (1 + 4 / 5), rel=1e-9)
    assert math.isclose(state["sum"][0], 25.0)


@pytest.mark.parametrize(
    ("name", "settings", "words"),
    [
        ("sgd", {"momentum": Fraction(1)}, ["Momentum", "below 1"]),
        ("sgd", {"momentum": -0.5}, ["Momentum", "at least 0"]),
        ("sgd", {"nesterov": True}, ["Nesterov", "momentum above 0"]),
        ("sgd", {"momentum": 0.9, "dampening": 0.1, "nesterov": True}, ["Nesterov", "dampening of 0"]),
        ("sgd", {"nesterov": Fraction(1)}, ["Nesterov", "switch"]),
        ("sgd", {"momentum": True}, ["Momentum", "number"]),
        ("sgd", {"beta1": 0.9}, ["beta1", "momentum, dampening, nesterov"]),
        ("adam", {"beta2": 1.0}, ["Beta 2", "below 1"]),
        ("adam", {"epsilon": Fraction(0)}, ["Epsilon", "above 0"]),
        ("rmsprop", {"alpha": 1.5}, ["Alpha"]),
        ("adamw", {"weight_decay": -1.0}, ["Weight decay", "at least 0"]),
        ("adagrad", {"lr_decay": -1.0}, ["Decay"]),
    ],
)
def test_refuses_in_plain_words(name: str, settings: dict, words: list[str]):
    sentence = OPTIMIZERS[name].refusal(settings)
    assert sentence is not None
    assert sentence.endswith(".")
    for word in words:
        assert word in sentence
