"""The command line on documents with features: train, solve, check and show, against references computed otherwise."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from optima import logistic_optimum, softmax_infimum

from neurosim.cli.main import main
from neurosim.document.json_format import load
from neurosim.paths import example

ADMISSIONS, IRIS, HOUSES = (example(name) for name in ("admissions_standardised", "iris", "houses"))


def run(capsys: pytest.CaptureFixture[str], *words: str | Path) -> str:
    assert main([str(word) for word in words]) == 0
    return capsys.readouterr().out


def test_admissions_reach_the_optimum(capsys: pytest.CaptureFixture[str]) -> None:
    columns = load(ADMISSIONS).dataset.columns
    x = np.column_stack([columns[name].floats for name in ("exam1", "exam2")])
    w, loss = logistic_optimum((x - x.mean(axis=0)) / x.std(axis=0), columns["admitted"].floats)
    found = json.loads(run(capsys, "train", ADMISSIONS, "--steps", "20000", "--json"))
    assert found["stopped"] == "converged"
    assert found["loss"] == pytest.approx(loss, abs=1e-9)
    assert [found["parameters"][name] for name in ("w1", "w2", "p.bias")] == pytest.approx(w.tolist(), rel=1e-4)


def test_iris_reaches_the_optimum_of_softmax_regression(capsys: pytest.CaptureFixture[str]) -> None:
    state = load(IRIS)
    x = np.column_stack([state.dataset.columns[name].floats for name in ("petal length", "petal width")])
    x = np.column_stack([(x - x.mean(axis=0)) / x.std(axis=0), np.ones(150)])
    kinds = ["setosa", "versicolor", "virginica"]
    y = np.array([[float(word == kind) for kind in kinds] for word in state.dataset.texts["species"]])
    loss = softmax_infimum(x, y)
    found = json.loads(run(capsys, "train", IRIS, "--steps", "30000", "--set", "training.learning_rate=4", "--json"))
    # The loss falls ever more slowly towards its infimum, since one class can be told apart for certain.
    assert loss < found["loss"] < loss + 1e-3
    right = sum(
        max(kinds, key=lambda kind: found["outputs"][kind][row]) == word
        for row, word in enumerate(state.dataset.texts["species"])
    )
    assert right >= 143


def test_houses_are_solved_in_closed_form(capsys: pytest.CaptureFixture[str]) -> None:
    state = load(HOUSES)
    x = np.column_stack([state.dataset.columns[name].floats for name in ("size", "bedrooms")])
    scaled = np.column_stack([(x - x.mean(axis=0)) / x.std(axis=0), np.ones(47)])
    wanted, *_ = np.linalg.lstsq(scaled, state.dataset.columns["price"].floats, rcond=None)
    found = json.loads(run(capsys, "solve", HOUSES, "--json"))
    assert [float(found["parameters"][name]) for name in ("w1", "w2", "n.bias")] == pytest.approx(wanted.tolist())


@pytest.mark.parametrize("path", [ADMISSIONS, IRIS, HOUSES], ids=lambda path: path.stem)
def test_gradients_agree_with_differences(capsys: pytest.CaptureFixture[str], path: Path) -> None:
    text = run(capsys, "check", path)  # ends with 0 only where all agree
    assert all(name in text for name in load(path).network.parameters)


def test_the_working_begins_with_the_features(capsys: pytest.CaptureFixture[str]) -> None:
    text = run(capsys, "show", HOUSES)
    assert "Calculate size′ from the data" in text
    assert "(2104 − ~2000.68)/~786.203" in text.replace(" / ", "/")
    assert text.index("Calculate size′") < text.index("Multiply each input by its weight")
