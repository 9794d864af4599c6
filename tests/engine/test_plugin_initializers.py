"""Every random start that is found: the same seed the same values, the right spread, frozen parameters untouched."""

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from neurosim.engine.errors import TrainingError
from neurosim.engine.initializers import INITIALIZERS, Initializer
from neurosim.engine.network import Edge, InputNode, Network, Neuron

every = pytest.mark.parametrize("initializer", INITIALIZERS.values(), ids=list(INITIALIZERS))


def dense(n_in: int, n_out: int) -> Network:
    inputs = tuple(InputNode(f"x{i}", f"x{i}") for i in range(n_in))
    neurons = tuple(Neuron(f"n{j}") for j in range(n_out))
    edges = tuple(Edge(f"w{i}_{j}", f"x{i}", f"n{j}", Fraction(7)) for j in range(n_out) for i in range(n_in))
    return Network((*inputs, *neurons), edges)


def weights(values: dict) -> np.ndarray:
    return np.array([float(value) for name, value in values.items() if not name.endswith(".bias")])


def biases(values: dict) -> np.ndarray:
    return np.array([float(value) for name, value in values.items() if name.endswith(".bias")])


def test_all_that_were_promised_are_there():
    assert {"zeros", "uniform", "xavier", "he"} <= set(INITIALIZERS)


@every
def test_same_seed_same_values_and_other_seed_others(initializer: Initializer):
    network = dense(4, 5)
    first = initializer.parameters(network, 3)
    assert first == initializer.parameters(network, 3)
    assert set(first) == set(network.parameters)
    if initializer.name != "zeros":
        assert first != initializer.parameters(network, 4)


@every
def test_numpys_global_generator_is_left_alone(initializer: Initializer):
    before = np.random.get_state(legacy=False)["state"]["key"].tolist()
    initializer.parameters(dense(4, 5), 3)
    assert np.random.get_state(legacy=False)["state"]["key"].tolist() == before


@every
def test_values_are_exact_thousandths(initializer: Initializer):
    for value in initializer.parameters(dense(6, 3), 1).values():
        assert isinstance(value, Fraction)
        assert 1000 % value.denominator == 0


@every
def test_frozen_and_muted_parameters_keep_their_values_and_change_no_other(initializer: Initializer):
    network = dense(2, 2)
    frozen = network.with_edge(replace(network.edge_by_id["w0_0"], trainable=False))
    frozen = frozen.with_node(replace(frozen.node_by_id["n1"], muted=True))
    all_of_them, some = initializer.parameters(network, 9), initializer.parameters(frozen, 9)
    assert set(all_of_them) - set(some) == {"w0_0", "n1.bias"}
    assert some == {name: value for name, value in all_of_them.items() if name in some}


@every
def test_empty_and_unconnected_networks(initializer: Initializer):
    assert initializer.parameters(Network(), 0) == {}
    lonely = initializer.parameters(Network((Neuron("n"), Neuron("m", bias=None))), 0)
    assert set(lonely) == {"n.bias"}
    assert abs(lonely["n.bias"]) <= 1


@every
def test_a_negative_seed_is_refused(initializer: Initializer):
    with pytest.raises(TrainingError, match="seed must be a whole number from 0"):
        initializer.parameters(dense(1, 1), -1)


def spread(name: str) -> tuple[np.ndarray, np.ndarray]:
    values = INITIALIZERS[name].parameters(dense(20, 30), 5)
    return weights(values), biases(values)


def test_zeros_are_zeros():
    found = spread("zeros")
    assert not found[0].any()
    assert not found[1].any()


@pytest.mark.parametrize(("name", "limit"), [("uniform", 1 / math.sqrt(20)), ("xavier", math.sqrt(6 / (20 + 30)))])
def test_uniform_within_its_limit(name: str, limit: float):
    found, _ = spread(name)
    assert np.abs(found).max() <= limit + 0.0005
    assert np.abs(found).max() > 0.98 * limit
    # 600 draws: the standard error of the mean is limit / sqrt(1800), that of the variance about 4 %
    assert abs(found.mean()) < 4 * limit / math.sqrt(1800)
    assert found.var() == pytest.approx(limit**2 / 3, rel=0.15)


def test_he_has_the_variance_2_over_fan_in():
    found, _ = spread("he")
    assert abs(found.mean()) < 4 * math.sqrt(0.1 / 600)
    assert found.var() == pytest.approx(2 / 20, rel=0.2)
    assert np.abs(found).max() > 2.5 * math.sqrt(0.1)  # normal, not uniform


def test_biases_begin_at_0_except_the_uniform_ones():
    for name in ("xavier", "he"):
        assert not spread(name)[1].any()
    found = spread("uniform")[1]
    assert np.count_nonzero(found) > 20
    assert np.abs(found).max() <= 1 / math.sqrt(20) + 0.0005


def test_the_fans_are_those_of_each_edge():
    """x feeds a and b, b is also fed by a: the edge x-b has fan-in 2 (into b) and fan-out 2 (out of x)."""
    network = Network(
        (InputNode("x", "x"), Neuron("a"), Neuron("b")),
        (Edge("xa", "x", "a", 0.0), Edge("xb", "x", "b", 0.0), Edge("ab", "a", "b", 0.0)),
    )
    seen = {}

    def draw(_random: np.random.Generator, fan_in: np.ndarray, fan_out: np.ndarray) -> np.ndarray:
        seen["in"], seen["out"] = fan_in.tolist(), fan_out.tolist()
        return np.zeros_like(fan_in)

    Initializer("probe", "Probe", "Sees the fans.", "w = 0", draw).parameters(network, 0)
    assert seen == {"in": [1.0, 2.0, 2.0], "out": [2.0, 2.0, 1.0]}
