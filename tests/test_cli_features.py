"""The command line on documents with features: train, solve, check and show, against references computed otherwise."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from neurosim.cli.main import main
from neurosim.document.json_format import load
from neurosim.paths import example

ADMISSIONS, IRIS, HOUSES = (example(name) for name in ("admissions_standardised", "iris", "houses"))


def run(capsys: pytest.CaptureFixture[str], *words: str | Path) -> str:
    assert main([str(word) for word in words]) == 0
    return capsys.readouterr().out


def logistic_optimum(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, float]:
    """Iteratively reweighted least squares (Newton's method) for logistic regression with a constant."""
    design = np.column_stack([x, np.ones(len(y))])
    w = np.zeros(design.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-design @ w))
        w = w + np.linalg.solve(design.T @ (design * (p * (1 - p))[:, None]), design.T @ (y - p))
    z = design @ w
    return w, float(np.mean(np.logaddexp(0, z) - y * z))


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
    # Newton's method with a little ridge for the direction in which the loss is flat, halved where it would rise.
    w, loss = np.zeros((3, 3)), np.log(3)
    for _ in range(200):
        z = x @ w
        p = np.exp(z - z.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        gradient = x.T @ (p - y)
        hessian = np.zeros((9, 9))
        for row, q in zip(x, p, strict=True):
            hessian += np.kron(np.diag(q) - np.outer(q, q), np.outer(row, row))
        step = np.linalg.solve(hessian + 1e-9 * np.eye(9), gradient.T.reshape(-1)).reshape(3, 3).T
        size = 1.0
        while size > 1e-6:
            tried = w - size * step
            z = x @ tried
            new = float(
                np.mean(np.log(np.exp(z - z.max(axis=1)[:, None]).sum(axis=1)) + z.max(axis=1) - (z * y).sum(axis=1))
            )
            if new <= loss:
                w, loss = tried, new
                break
            size /= 2
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
