"""Plots over raw inputs of networks that read features: the curve moves with the mean, equations are in raw units."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from neurosim.document import edits
from neurosim.document.json_format import load
from neurosim.engine.evaluate import evaluate
from neurosim.engine.representation import points
from neurosim.engine.trainer import Trainer
from neurosim.panels._frame import Frame
from neurosim.panels.data_plot.axes import Axes, Choice, find_axes
from neurosim.panels.data_plot.line_model import LineModel
from neurosim.panels.data_plot.probe import Probe
from neurosim.panels.decision.pencil import equation_of
from neurosim.paths import example


def test_the_line_moves_when_a_point_moves_the_mean(qapp) -> None:
    state = edits.read_through(load(example("lecture")), "standardise", "x")
    frame = Frame((0.0, 10.0), (-10.0, 10.0), 500.0, 400.0)
    model = LineModel()

    def drawn(of) -> float:
        snapshot = evaluate(of.network, of.dataset, of.training)
        axes = find_axes(of.network, snapshot.dataset, Choice(), None)
        assert isinstance(axes, Axes)
        model.update(axes, snapshot, frame, None)
        assert model.curve is not None
        at = int(np.argmin(np.abs(model.curve[0] - frame.across(4.0))))
        return float(frame.y[1] - model.curve[1][at] / frame.height * (frame.y[1] - frame.y[0]))

    # a = 1/3 and b = -6 became 1/3 and -5 by the mean 3 and the deviation 1: at 4 the line says -14/3
    assert drawn(state) == pytest.approx(-14 / 3, abs=0.01)
    moved = edits.move_row(state, 1, {"x": Fraction(8)})
    # mean 5, deviation 3: (4 - 5)/3 / 3 - 5 = -46/9
    assert drawn(moved) == pytest.approx(-46 / 9, abs=0.01)


def test_the_boundary_of_admissions_is_written_in_raw_units() -> None:
    state = load(example("admissions_standardised"))
    trainer = Trainer(state.network, state.dataset, state.training)
    trainer.advance(3000)
    snapshot = evaluate(trainer.network(), state.dataset, trainer.settings())
    found = equation_of(snapshot.network, snapshot.dataset, "p", {}, Fraction(1, 2))
    assert found is not None
    # Ng's exercise 2 (fminunc): theta = -25.161, 0.206, 0.201
    assert float(found.constant) == pytest.approx(-25.161, abs=0.005)
    assert [float(found.terms[name]) for name in ("exam1", "exam2")] == pytest.approx([0.2062, 0.2015], abs=2e-4)


def test_outputs_that_share_a_probability_are_plotted_as_probabilities() -> None:
    state = load(example("iris"))
    network = state.network.with_parameters({"w11": Fraction(-3), "w31": Fraction(2), "setosa.bias": Fraction(1)})
    snapshot = evaluate(network, state.dataset, state.training)
    rows = {name: snapshot.dataset.columns[name].floats for name in ("petal length", "petal width")}
    logits = np.array([snapshot.activations[name] for name in ("setosa", "versicolor", "virginica")])
    p = np.exp(logits) / np.exp(logits).sum(axis=0)
    for index, name in enumerate(("setosa", "versicolor", "virginica")):
        found = Probe().output(network, points(snapshot.dataset, rows), state.training, name)
        assert found is not None
        odds, probability = found
        assert np.allclose(probability, p[index])
        assert np.allclose(odds, np.log(p[index] / (1 - p[index])))


def test_an_input_that_is_words_is_held_in_the_plots() -> None:
    state = load(example("iris"))
    state = edits.one_hot(edits.add_input(state, "species", identifier="k"), "k")
    state = edits.connect(state, state.network.features[-1].id, "setosa", Fraction(3))
    network = replace(state.network, outputs=state.network.outputs[:1])
    settings = replace(state.training, loss="squared_error")
    snapshot = evaluate(network, state.dataset, settings)
    rows = {"petal length": np.array([1.0, 2.0]), "petal width": np.array([0.2, 0.3])}
    found = Probe().output(network, points(snapshot.dataset, rows), settings, "setosa")
    assert found is not None
    assert np.allclose(found[1], 1.0)  # a third of the rows is of that kind: 3 * 1/3
