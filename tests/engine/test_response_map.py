from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.evaluate import evaluate
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.response_map import (
    Grid,
    ResponseMap,
    colour_reach,
    data_grid,
    input_columns,
    natural_threshold,
    softmax,
    value_range,
    widened,
)
from neurosim.engine.settings import TrainingSettings

F = Fraction


def xor_by_hand() -> Network:
    """h1 fires for "or", h2 for "and", the output for "or, but not and"; all with steep sigmoids."""
    return Network(
        (
            InputNode("x1", "x1"),
            InputNode("x2", "x2"),
            Neuron("h1", bias=F(-10), activation="sigmoid"),
            Neuron("h2", bias=F(-30), activation="sigmoid"),
            Neuron("out", bias=F(-10), activation="sigmoid"),
        ),
        (
            Edge("w11", "x1", "h1", F(20)),
            Edge("w21", "x2", "h1", F(20)),
            Edge("w12", "x1", "h2", F(20)),
            Edge("w22", "x2", "h2", F(20)),
            Edge("v1", "h1", "out", F(20)),
            Edge("v2", "h2", "out", F(-20)),
        ),
        (Output("out", "y"),),
    )


UNIT = Grid("x1", (0.0, 1.0), 3, "x2", (0.0, 1.0), 3)


def test_the_four_corners_of_xor_with_weights_made_by_hand() -> None:
    found = ResponseMap()
    found.evaluate(xor_by_hand(), UNIT)
    a = found.activation("out")
    assert a is not None
    # The first row is the top one: x2 = 1.
    assert (a[[2, 2, 0, 0], [0, 2, 0, 2]] > 0.5).tolist() == [False, True, True, False]
    either = found.activation("h1")
    assert either is not None
    assert (either[[2, 2, 0, 0], [0, 2, 0, 2]] > 0.5).tolist() == [False, True, True, True]


def test_every_point_of_the_grid_is_what_the_rows_of_a_table_give() -> None:
    network, grid = xor_by_hand(), Grid("x1", (-1.0, 2.0), 5, "x2", (-0.5, 1.5), 4)
    found = ResponseMap()
    found.evaluate(network, grid)
    x, y = np.meshgrid([-1.0, -0.25, 0.5, 1.25, 2.0], [1.5, 5 / 6, 1 / 6, -0.5])
    table = Dataset({"x1": Column(x.ravel()), "x2": Column(y.ravel()), "y": Column(np.zeros(20))})
    expected = evaluate(network, table, TrainingSettings())
    for node in ("h1", "h2", "out"):
        a, z = found.activation(node), found.pre_activation(node)
        assert a is not None
        assert z is not None
        assert a.ravel() == pytest.approx(expected.activations[node], abs=1e-15)
        assert z.ravel() == pytest.approx(expected.pre_activations[node], abs=1e-12)
    assert found.activation("x2") == pytest.approx(y)


def test_a_linear_neuron_is_its_formula_with_the_third_input_held() -> None:
    network = Network(
        (InputNode("x1", "p"), InputNode("x2", "q"), InputNode("x3", "r"), Neuron("n", bias=F(3))),
        (Edge("w1", "x1", "n", F(2)), Edge("w2", "x2", "n", F(-1)), Edge("w3", "x3", "n", F(5))),
    )
    found = ResponseMap()
    found.evaluate(network, Grid("p", (0.0, 4.0), 2, "q", (0.0, 6.0), 2, {"r": 7.0}))
    # 2 p - q + 5 * 7 + 3
    assert (found.activation("n") == [[32.0, 40.0], [38.0, 46.0]]).all()
    assert (found.pre_activation("n") == found.activation("n")).all()


def test_a_changed_weight_another_grid_and_another_structure_are_followed() -> None:
    found, network = ResponseMap(), xor_by_hand()
    found.evaluate(network, UNIT)
    found.evaluate(network.with_parameters({"v1": F(0), "v2": F(0), "out.bias": F(0)}), UNIT)
    assert (found.activation("out") == 0.5).all()
    found.evaluate(network, replace(UNIT, columns=2, rows=1, y=(1.0, 1.0)))
    a = found.activation("out")
    assert a is not None
    assert (a > 0.5).tolist() == [[True, False]]
    alone = Network((InputNode("x1", "x1"), Neuron("n", bias=None)), (Edge("w", "x1", "n", F(3)),))
    found.evaluate(alone, Grid("x1", (-1.0, 1.0), 3))
    assert (found.activation("n") == [[-3.0, 0.0, 3.0]]).all()
    assert found.activation("out") is None


def test_what_cannot_be_computed_or_overflows_is_none() -> None:
    found, network = ResponseMap(), xor_by_hand()
    found.evaluate(network, Grid("x1", (0.0, 1.0), 3))
    assert found.activation("out") is None
    assert found.activation("x1") is not None
    assert found.activation("nobody") is None
    found.evaluate(
        network.with_parameters({"w11": 1e308, "w21": 1e308}), Grid("x1", (0.0, 9.0), 3, "x2", (0.0, 9.0), 3)
    )
    assert found.pre_activation("h1") is None


def test_the_grid_over_the_data_covers_all_rows_and_holds_the_rest_at_the_mean() -> None:
    network = replace(xor_by_hand(), nodes=(*xor_by_hand().nodes, InputNode("x3", "x3"), InputNode("x9", "missing")))
    table = Dataset(
        {
            "x1": Column((F(0), F(10))),
            "x2": Column((F(5), F(5))),
            "x3": Column((F(1), F(2))),
            "y": Column((F(0), F(1))),
        }
    )
    assert input_columns(network, table) == ("x1", "x2", "x3")
    grid = data_grid(network, table, 16, margin=0.1)
    assert grid is not None
    assert (grid.x, grid.y, dict(grid.fixed)) == ((-1.0, 11.0), (4.0, 6.0), {"x3": 1.5})
    assert data_grid(Network(), table, 16) is None
    assert widened(np.empty(0), 0.1) == (-1.0, 1.0)


def test_softmax_of_large_numbers_adds_up_to_one() -> None:
    p = softmax([np.array([[1000.0, 0.0]]), np.array([[1000.0, np.log(3.0)]]), np.array([[-1000.0, -1000.0]])])
    assert p[:, 0, 0] == pytest.approx([0.5, 0.5, 0.0])
    assert p[:, 0, 1] == pytest.approx([0.25, 0.75, 0.0])


@pytest.mark.parametrize(
    ("name", "low", "high", "threshold"),
    [
        ("sigmoid", 0, 1, F(1, 2)),
        ("hard_sigmoid", 0, 1, F(1, 2)),
        ("step", 0, 1, F(1, 2)),
        ("tanh", -1, 1, 0),
        ("sign", -1, 1, 0),
        ("step_both", -1, 1, 0),
        ("relu", 0, np.inf, 0),
        ("identity", -np.inf, np.inf, 0),
        ("elu", -1, np.inf, 0),
    ],
)
def test_the_ends_of_an_activation_and_where_it_changes_sides(name: str, low: float, high: float, threshold) -> None:
    assert value_range(name) == (low, high)
    assert natural_threshold(name) == threshold


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_colour_scale_holds_every_value(name: str) -> None:
    values = ACTIVATIONS[name].curve(np.linspace(-37.0, 37.0, 500))
    low, high = colour_reach(name, values, 0.25)
    assert low - 1e-3 <= values.min()
    assert values.max() <= high + 1e-3


def test_the_colour_scale_of_a_line_changes_in_leaps() -> None:
    assert colour_reach("identity", np.array([-3.0, 4.0]), 1.0) == (-4.0, 6.0)
    assert colour_reach("identity", np.array([-3.4, 4.0]), 1.0) == (-4.0, 6.0)
    assert colour_reach("identity", np.array([0.0, 0.0]), 0.0) == (-1.0, 1.0)
