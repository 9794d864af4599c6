"""The inverse of a representation: coefficients in raw units are those of a fit on the raw columns."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from neurosim.document.json_format import load
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.evaluate import evaluate
from neurosim.engine.feature import Feature
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.quadratic import quadratic_form
from neurosim.engine.raw_units import raw_form
from neurosim.engine.representation import represented
from neurosim.engine.settings import TrainingSettings
from neurosim.engine.trainer import Trainer
from neurosim.paths import example

ONE = Fraction(1)


def test_a_trained_fit_in_raw_units_is_the_least_squares_line_of_the_raw_columns() -> None:
    state = load(example("houses"))
    form = quadratic_form(state.network, state.dataset, state.training)
    assert form is not None
    assert form.optimum is not None
    network = state.network.with_parameters(form.optimum)
    found = raw_form(network, represented(network, state.dataset), "n")
    assert found is not None
    columns = [state.dataset.columns[name].floats for name in ("size", "bedrooms")]
    design = np.column_stack([*columns, np.ones(47)])
    wanted, *_ = np.linalg.lstsq(design, state.dataset.columns["price"].floats, rcond=None)
    assert [float(found.coefficients[name]) for name in ("x1", "x2")] == pytest.approx(wanted[:2].tolist(), rel=1e-9)
    assert float(found.constant) == pytest.approx(wanted[2], rel=1e-9)


@pytest.mark.parametrize("transform", ["standardise", "min_max"])
def test_a_target_in_other_units_is_put_back(transform: str) -> None:
    state = load(example("houses"))
    network = replace(state.network, outputs=(Output("n", "price", transform=transform),))
    trainer = Trainer(network, state.dataset, replace(state.training, learning_rate=0.5))
    trainer.advance(3000)
    network = trainer.network()
    found = raw_form(network, represented(network, state.dataset), "n")
    assert found is not None
    assert found.of_target
    columns = [state.dataset.columns[name].floats for name in ("size", "bedrooms")]
    wanted, *_ = np.linalg.lstsq(
        np.column_stack([*columns, np.ones(47)]), state.dataset.columns["price"].floats, rcond=None
    )
    assert [*map(float, found.coefficients.values()), float(found.constant)] == pytest.approx(wanted.tolist(), rel=1e-6)


def test_features_of_features_and_what_is_no_straight_line() -> None:
    network = Network(
        (
            InputNode("x", "x"),
            Feature("q", "power", ("x",)),
            Feature("m", "min_max", ("q",)),
            Feature("s", "min_max", ("m",), (("low", Fraction(-1)),)),
            Neuron("n", bias=ONE),
        ),
        (Edge("a", "s", "n", Fraction(3)), Edge("c", "q", "n", ONE)),
        (Output("n", "y"),),
    )
    data = Dataset({"x": Column((Fraction(0), ONE, Fraction(2))), "y": Column((ONE, ONE, ONE))})
    found = raw_form(network, represented(network, data), "n")
    # q runs from 0 to 4: m = q/4, s = 2 m - 1 = q/2 - 1; 3 s + q + 1 = 5/2 q - 2
    assert found is not None
    assert found.coefficients == {"q": Fraction(5, 2)}
    assert found.constant == -2
    snapshot = evaluate(network, data, TrainingSettings())
    assert [snapshot.activation("n", row) for row in range(3)] == [-2, Fraction(1, 2), 8]


def test_nothing_is_said_where_nothing_would_differ() -> None:
    plain = Network((InputNode("x", "x"), Neuron("n")), (Edge("a", "x", "n", ONE),), (Output("n", "y"),))
    data = Dataset({"x": Column((ONE,)), "y": Column((ONE,))})
    assert raw_form(plain, data, "n") is None
    assert raw_form(plain, data, "x") is None
