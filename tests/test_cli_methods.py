"""Training methods, schedules and stop conditions on the command line; and the known problems, trained to their end."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from neurosim.cli import main

EXAMPLES = Path(__file__).parents[1] / "resources" / "examples"
LECTURE = str(EXAMPLES / "lecture.neurosim")


@pytest.fixture
def gate(tmp_path: Path):
    """Writes a single neuron from zeros with the truth table of a gate."""

    def write(targets: str) -> str:
        document = {
            "format": "neurosim",
            "version": 1,
            "network": {
                "nodes": [
                    {"id": "x1", "kind": "input", "column": "x1", "position": [0, 0]},
                    {"id": "x2", "kind": "input", "column": "x2", "position": [0, 110]},
                    {"id": "n", "kind": "neuron", "bias": "0", "activation": "step", "position": [240, 0]},
                ],
                "edges": [
                    {"id": "w1", "source": "x1", "target": "n", "weight": "0"},
                    {"id": "w2", "source": "x2", "target": "n", "weight": "0"},
                ],
                "outputs": [{"node": "n", "column": "y"}],
            },
            "dataset": {
                "columns": {"x1": ["0", "0", "1", "1"], "x2": ["0", "1", "0", "1"], "y": list(targets)},
                "test_rows": [],
                "source": "",
            },
            "training": {
                "loss": "squared_error",
                "reduction": "sum",
                "method": "perceptron_rule",
                "optimizer": {"name": "sgd"},
                "learning_rate": "1",
            },
            "view": {},
            "lesson": None,
            "history": None,
        }
        path = tmp_path / f"gate{targets}.neurosim"
        path.write_text(json.dumps(document))
        return str(path)

    return write


def result(capsys: pytest.CaptureFixture[str], *words: str):
    assert main([*words, "--json"]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    return json.loads(captured.out)


def complaint(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(list(words)) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    return captured.err


@pytest.mark.parametrize(
    ("targets", "weights", "steps"),
    [("0001", ("2", "1", "-3"), 24), ("0111", ("1", "1", "-1"), 16), ("1110", ("-2", "-1", "2"), 24)],
    ids=["and", "or", "nand"],
)
def test_the_perceptron_rule_learns_a_gate_exactly_and_stops(capsys, gate, targets, weights, steps):
    found = result(capsys, "train", gate(targets), "--epochs", "100")
    assert found["parameters"] == dict(zip(("w1", "w2", "n.bias"), weights, strict=True))
    assert (found["steps"], found["epochs"], found["stopped"]) == (steps, steps // 4, "converged")
    assert (found["loss"], found["exact"]) == ("0", True)


def test_the_perceptron_rule_steps_row_by_row(capsys, gate, tmp_path):
    path = gate("0001")
    rows = [result(capsys, "train", path, "--steps", str(n))["parameters"] for n in range(5)]
    traced = [tuple(int(row[name]) for name in ("w1", "w2", "n.bias")) for row in rows]
    assert traced == [(0, 0, 0), (0, 0, -1), (0, 0, -1), (0, 0, -1), (1, 1, 0)]
    half = str(tmp_path / "half.neurosim")
    assert main(["train", path, "--steps", "6", "--out", half]) == 0
    capsys.readouterr()
    assert json.loads(Path(half).read_text())["training"]["method_state"] == {"mistakes": 4, "epoch_mistakes": 2}
    assert result(capsys, "train", half, "--steps", "500")["steps"] == 18


def test_a_perceptron_that_has_learnt_takes_no_step(capsys, gate, tmp_path):
    done = str(tmp_path / "done.neurosim")
    assert main(["train", gate("0111"), "--steps", "500", "--out", done]) == 0
    capsys.readouterr()
    found = result(capsys, "train", done, "--steps", "500")
    assert (found["steps"], found["stopped"]) == (0, "converged")


def test_xor_is_not_learnt_by_one_perceptron(capsys, gate):
    found = result(capsys, "train", gate("0110"), "--epochs", "50")
    assert (found["steps"], found["stopped"]) == (200, None)


def test_the_closed_form_is_one_step(capsys):
    found = result(capsys, "train", LECTURE, "--set", "training.method=closed_form", "--steps", "100")
    assert found["parameters"] == {"a": "2", "n.bias": "-4"}
    assert (found["steps"], found["stopped"], found["loss"]) == (1, "converged", "0")
    trucks = str(EXAMPLES / "food_trucks.neurosim")
    found = result(capsys, "train", trucks, "--set", "training.method=closed_form", "--steps", "100")
    # R's lm on the same table: intercept -3.8958, slope 1.1930.
    parameters = {name: float(Fraction(value)) for name, value in found["parameters"].items()}
    assert parameters == pytest.approx({"w": 1.1930, "n.bias": -3.8958}, abs=5e-5)
    assert found["stopped"] == "converged"


def test_without_calculus(capsys):
    words = ["--set", "training.method=finite_difference", "--set", "training.method.nudge=1/2"]
    assert result(capsys, "train", LECTURE, *words)["parameters"] == {"a": "83/45", "n.bias": "-83/15"}
    search = ["--set", "training.method=random_search", "--set", "training.learning_rate=1/2", "--steps", "2000"]
    found = result(capsys, "train", LECTURE, *search)
    assert found["exact"]
    assert float(Fraction(found["loss"])) < 0.01
    assert found == result(capsys, "train", LECTURE, *search)


def test_schedules_and_stop_conditions(capsys):
    words = ["--set", "training.schedule=warm_up", "--set", "training.schedule.steps=2"]
    assert result(capsys, "train", LECTURE, *words)["parameters"]["a"] == str(Fraction(1, 3) + Fraction(136, 180))
    found = result(capsys, "train", LECTURE, "--set", "training.stop.loss_below=1/100", "--steps", "5000")
    assert found["steps"] == 240
    assert found["stopped"].startswith("stopped at step 240: the loss")
    found = result(capsys, "train", LECTURE, "--set", "training.stop.at_step=3", "--steps", "5000")
    assert (found["steps"], found["exact"]) == (3, True)
    assert found["stopped"].startswith("stopped at step 3")
    found = result(capsys, "train", LECTURE, "--set", "training.stop.loss_below=5", "--steps", "5000")
    assert (found["steps"], found["loss"]) == (1, "8149/2025")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["training.method=magic"], "closed_form"),
        (["training.method.nudge=1"], "no setting “nudge”"),
        (["training.schedule=steps"], "step_decay"),
        (["training.schedule.every=5"], "no setting “every”"),
        (["training.schedule=warm_up", "training.schedule.steps=1/2"], "whole number"),
        (["training.stop.loss=5"], "loss_below"),
        (["training.stop.at_step=-1"], "from 1 on"),
        (["training.method=perceptron_rule"], "holds 4"),
        (["training.method=closed_form", "training.l1=1"], "no closed form"),
    ],
)
def test_what_does_not_fit_is_one_sentence(capsys, words, said):
    changes = [part for word in words for part in ("--set", word)]
    assert said in complaint(capsys, "train", LECTURE, *changes)
