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


def standardised(values: np.ndarray) -> np.ndarray:
    return (values - values.mean()) / values.std()


def test_admissions_reach_the_likeliest_neuron_with_standardised_exams(capsys):
    """The course's own optimum: cost 0.203498 at theta = (-25.161, 0.206, 0.201) in raw points."""
    found = trained(capsys, "admissions_standardised", "--steps", "100000")
    assert found["stopped"] == "converged"
    columns = load(example("admissions_standardised")).dataset.columns
    exams = [columns[name].floats for name in columns if name != "admitted"]
    x = np.column_stack([*map(standardised, exams), np.ones(len(exams[0]))])
    weights, best = newton(x, columns["admitted"].floats)
    assert best == pytest.approx(0.203498, abs=5e-7)
    assert found["loss"] == pytest.approx(best, rel=1e-9)
    assert sorted(found["parameters"].values()) == pytest.approx(sorted(weights), abs=1e-3)
    raw = sorted(weight / exam.std() for weight, exam in zip(weights, exams, strict=False))
    assert raw == pytest.approx([0.20147, 0.20623], abs=5e-5)


def test_three_classes_of_iris_reach_the_likeliest_softmax(capsys):
    state = load(example("iris"))
    words = state.dataset.texts["species"]
    kinds = sorted(set(words))
    measures = [state.dataset.columns[node.column].floats for node in state.network.inputs]
    x = np.column_stack([*map(standardised, measures), np.ones(len(words))])
    y = np.array([[float(word == kind) for kind in kinds] for word in words])
    best, right = softmax_optimum(x, y)
    found = trained(
        capsys, "iris", "--set", "training.optimizer=adam", "--set", "training.learning_rate=1", "--steps", "30000"
    )
    assert found["stopped"] == "converged"
    assert found["loss"] == pytest.approx(best, abs=5e-6)  # where no slope is above 1e-6
    assert found["loss"] >= best - 1e-9
    outputs = np.array([found["outputs"][kind] for kind in kinds]).T
    assert int((outputs.argmax(axis=1) == y.argmax(axis=1)).sum()) == right


def softmax_optimum(x: np.ndarray, y: np.ndarray) -> tuple[float, int]:
    """The least mean cross-entropy of softmax regression, by damped Newton steps, and how many rows it gets right."""
    n, k, size = len(x), y.shape[1], x.shape[1]
    w = np.zeros((size, k))

    def mean_loss(w: np.ndarray) -> float:
        z = x @ w
        return float(np.mean(np.log(np.exp(z - z.max(1, keepdims=True)).sum(1)) + z.max(1) - (z * y).sum(1)))

    for _ in range(100):
        z = x @ w
        p = np.exp(z - z.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        gradient = x.T @ (p - y) / n
        hessian = np.zeros((size * k, size * k))
        for a in range(k):
            for b in range(k):
                weight = p[:, a] * ((a == b) - p[:, b])
                hessian[a * size : (a + 1) * size, b * size : (b + 1) * size] = x.T @ (x * weight[:, None]) / n
        step = np.linalg.lstsq(hessian, gradient.T.reshape(-1), rcond=1e-12)[0].reshape(k, size).T
        if np.abs(gradient).max() < 1e-12:
            break
        scale = 1.0
        while mean_loss(w - scale * step) > mean_loss(w) and scale > 1e-9:
            scale /= 2
        w = w - scale * step
    return mean_loss(w), int(((x @ w).argmax(1) == y.argmax(1)).sum())


def test_houses_reach_the_normal_equations(capsys):
    found = trained(capsys, "houses", "--set", "training.method=closed_form", "--steps", "50")
    descent = trained(capsys, "houses", "--steps", "100000")
    columns = load(example("houses")).dataset.columns
    y = columns["price"].floats
    x = np.column_stack([*(c.floats for name, c in columns.items() if name != "price"), np.ones(len(y))])
    best = float(np.mean((x @ np.linalg.lstsq(x, y, rcond=None)[0] - y) ** 2)) / 2
    assert (found["steps"], found["stopped"]) == (1, "converged")
    assert number(found["loss"]) == pytest.approx(best, rel=1e-9)
    assert number(descent["loss"]) == pytest.approx(best, rel=1e-9)
