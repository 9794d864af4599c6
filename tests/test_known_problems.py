"""Known problems trained to their end from the command line, held against optima that were found elsewhere."""

import json
from fractions import Fraction

import numpy as np
import pytest

from neurosim.cli import main
from neurosim.document.json_format import load
from neurosim.paths import example


def trained(capsys: pytest.CaptureFixture[str], name: str, *words: str):
    assert main(["train", str(example(name)), *words, "--json"]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    return json.loads(captured.out)


def number(value: str | float) -> float:
    return float(Fraction(value))


def accuracy(found, name: str, node: str) -> float:
    state = load(example(name))
    column = next(output.column for output in state.network.outputs if output.node == node)
    targets = state.dataset.columns[column].floats
    return float(np.mean((np.array([number(value) for value in found["outputs"][node]]) > 0.5) == (targets > 0.5)))


@pytest.mark.parametrize(
    ("name", "steps", "bound"), [("xor", "4000", 0.005), ("moons", "1500", 0.001), ("circles", "1500", 0.001)]
)
def test_what_no_single_neuron_can_part_is_parted(capsys, name, steps, bound):
    start = trained(capsys, name, "--steps", "0")
    found = trained(capsys, name, "--steps", steps)
    node = next(iter(found["outputs"]))
    assert number(start["loss"]) > 0.5
    assert number(found["loss"]) < bound
    assert accuracy(found, name, node) == 1.0


@pytest.mark.parametrize("name", ["moons", "circles"])
def test_one_neuron_cannot_part_them(name):
    """Logistic regression, by Newton's method, stays far away: the bend of the hidden layer is needed."""
    columns = load(example(name)).dataset.columns
    x = np.column_stack([columns["x1"].floats, columns["x2"].floats, np.ones(len(columns["y"]))])
    y = columns["y"].floats
    assert newton(x, y)[1] > 0.2


def newton(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, float]:
    """The maximum likelihood fit of a logistic neuron and its mean cross-entropy: iteratively reweighted squares."""
    w = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        step = np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]) + 1e-12 * np.eye(len(w)), x.T @ (y - p))
        w = w + step
        if np.abs(step).max() < 1e-12:
            break
    z = x @ w
    return w, float(np.mean(np.logaddexp(0.0, z) - y * z))


def test_food_trucks_reach_the_normal_equations_by_every_way(capsys):
    columns = load(example("food_trucks")).dataset.columns
    x, y = columns["population_10k"].floats, columns["profit_10k"].floats
    slope, intercept = np.polyfit(x, y, 1)
    best = float(np.mean((slope * x + intercept - y) ** 2)) / 2
    descent = trained(capsys, "food_trucks", "--steps", "100000")
    closed = trained(capsys, "food_trucks", "--set", "training.method=closed_form", "--steps", "100000")
    nudged = trained(capsys, "food_trucks", "--set", "training.method=finite_difference", "--steps", "20000")
    assert closed["steps"] == 1
    for found in (descent, closed, nudged):
        assert found["stopped"] == "converged"
        parameters = {name: number(value) for name, value in found["parameters"].items()}
        assert parameters == pytest.approx({"w": slope, "n.bias": intercept}, abs=2e-4)
        assert number(found["loss"]) == pytest.approx(best, rel=1e-8)


def test_hours_pass_reach_the_likeliest_neuron(capsys):
    columns = load(example("hours_pass")).dataset.columns
    x = next(column.floats for name, column in columns.items() if "hour" in name)
    y = next(column.floats for name, column in columns.items() if "hour" not in name)
    (weight, bias), best = newton(np.column_stack([x, np.ones_like(x)]), y)
    found = trained(capsys, "hours_pass", "--steps", "200000")
    assert found["stopped"] == "converged"
    assert found["parameters"] == pytest.approx({"w": weight, "n.bias": bias}, abs=1e-4)
    assert found["loss"] == pytest.approx(best, rel=1e-8)


def test_the_gate_of_the_examples_is_learnt_by_the_perceptron_rule(capsys):
    found = trained(capsys, "and_perceptron", "--epochs", "1000")
    assert (found["stopped"], found["steps"], found["exact"], found["loss"]) == ("converged", 24, True, "0")
    # By hand, from w = (0, 0) and b = -1/2.
    assert found["parameters"] == {"w1": "2", "w2": "1", "n.bias": "-5/2"}
