"""From words to neurons that tell them apart: as many as it takes, at zero, with a rate that does not diverge."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from neurosim.document.csv_table import read_table
from neurosim.document.edits import fit_classes_to
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.evaluate import Evaluator
from neurosim.engine.generators import GENERATORS
from neurosim.engine.trainer import Trainer
from neurosim.paths import resources

F = Fraction
IRIS = read_table(resources() / "datasets" / "iris.csv")


def loss(state: DocumentState) -> float:
    return float(Evaluator().evaluate(state.network, state.dataset, state.training).loss)


def test_three_kinds_get_a_neuron_each() -> None:
    inputs = ["Petal.Length", "Petal.Width"]
    state = fit_classes_to(DocumentState(), IRIS.whole([*inputs, "Species"]), inputs, "Species")
    assert [node.column for node in state.network.inputs] == inputs
    assert [node.label for node in state.network.neurons] == ["setosa", "versicolor", "virginica"]
    assert len(state.network.edges) == 6
    assert state.training.loss == "softmax_cross_entropy"
    assert loss(state) == pytest.approx(np.log(3), rel=1e-12)


def test_plain_descent_from_there_does_not_diverge_and_learns() -> None:
    inputs = ["Sepal.Length", "Sepal.Width", "Petal.Length", "Petal.Width"]
    state = fit_classes_to(DocumentState(), IRIS.whole([*inputs, "Species"]), inputs, "Species")
    trainer = Trainer(state.network, state.dataset, state.training)
    losses = []
    for _ in range(20):
        trainer.advance(100)
        losses.append(float(trainer.loss))
    assert losses == sorted(losses, reverse=True)
    assert losses[-1] < 0.25


def test_two_words_get_one_sigmoid_that_is_sure_of_the_second() -> None:
    data = Dataset({"x": Column([F(1), F(2), F(3)])}, texts={"k": ("no", "yes", "yes")})
    state = fit_classes_to(DocumentState(), data, ["x"], "k")
    assert [node.activation for node in state.network.neurons] == ["sigmoid"]
    assert state.network.outputs[0].settings == (("class", "yes"),)
    assert state.training.loss == "cross_entropy"
    assert loss(state) == pytest.approx(np.log(2), rel=1e-12)


def test_numbers_can_be_names_of_classes() -> None:
    data = GENERATORS["clusters"].dataset(30, settings={"classes": F(3)})
    state = fit_classes_to(DocumentState(), data, ["x1", "x2"], "y")
    assert len(state.network.neurons) == 3
    assert loss(state) == pytest.approx(np.log(3), rel=1e-12)
