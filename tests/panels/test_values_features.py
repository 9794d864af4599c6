"""Features, transformed targets and probabilities as columns of the values table."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from neurosim.document.json_format import load
from neurosim.engine.evaluate import evaluate
from neurosim.engine.trainer import Trainer
from neurosim.panels.values.cells import Cells, ColumnCells
from neurosim.panels.values.columns import columns_of
from neurosim.paths import example
from neurosim.working.shares import shares


def english(text: str) -> str:
    return text


def test_features_stand_behind_the_inputs_and_cannot_be_typed_over() -> None:
    state = load(example("houses"))
    snapshot = evaluate(state.network, state.dataset, state.training)
    found = columns_of(snapshot, english)
    assert [(column.title, column.kind) for column in found[:4]] == [
        ("size", "data"),
        ("bedrooms", "data"),
        ("size′", "feature"),
        ("bedrooms′", "feature"),
    ]
    cells = Cells()
    cells.show(snapshot)
    sizes = state.dataset.columns["size"].floats
    wanted = (2104 - sizes.mean()) / sizes.std()
    assert float(cells.value(0, found[2]) or 0) == pytest.approx(wanted)
    assert "unused" not in {column.group for column in found}


def test_probabilities_add_up_and_their_residuals_are_the_derivatives() -> None:
    state = load(example("iris"))
    trainer = Trainer(state.network, state.dataset, state.training)
    trainer.advance(50)
    snapshot = evaluate(trainer.network(), state.dataset, trainer.settings())
    found = columns_of(snapshot, english)
    cells, whole = Cells(), ColumnCells(shares(snapshot))
    cells.show(snapshot)
    p = [column for column in found if column.kind == "p"]
    residuals = [column for column in found if column.kind == "residual"]
    targets = [column for column in found if column.kind == "feature" and column.target]
    assert [column.title for column in targets] == [
        "[species = setosa]",
        "[species = versicolor]",
        "[species = virginica]",
    ]
    for row in (0, 70, 149):
        values = [float(cells.value(row, column) or 0) for column in p]
        assert sum(values) == pytest.approx(1)
        wanted = [float(cells.value(row, column) or 0) for column in targets]
        differences = [float(cells.value(row, column) or 0) for column in residuals]
        assert differences == pytest.approx(np.subtract(values, wanted).tolist())
        assert [whole.value(row, column) for column in p] == pytest.approx(values)
        assert [whole.value(row, column) for column in residuals] == pytest.approx(differences)
        # d loss / d bias of a neuron is p - y, over 150 rows
        share = next(c for c in found if c.kind == "gradient" and c.key == "setosa.bias")
        assert float(cells.value(row, share) or 0) == pytest.approx(differences[0] / 150)
    assert isinstance(cells.value(0, targets[0]), Fraction)
