"""The command line as a user meets it: real processes for the walls, the same function for the rest."""

from __future__ import annotations

import csv
import json
import struct
import subprocess
import sys
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from neurosim.cli import main
from neurosim.document.json_format import load
from neurosim.paths import example

LECTURE = str(example("lecture"))
KEYS = {"steps", "epochs", "loss", "parameters", "gradient", "outputs", "exact", "stopped"}

# The lecture's example, worked out by hand: loss, a, b, and the partial derivatives, after 0, 1, 2 and 3 steps.
TRACE = [
    ("466/9", "1/3", "-6", "-136/3", "-14"),
    ("8149/2025", "83/45", "-83/15", "-554/45", "-4"),
    ("1709/3645", "1522/675", "-27/5", "-446/135", "-286/225"),
    (None, "4789/2025", "-18082/3375", None, None),
]


def run(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What a command that goes well prints."""
    code = main(list(words))
    captured = capsys.readouterr()
    assert (code, captured.err) == (0, "")
    return captured.out


def result(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    found = json.loads(run(capsys, *words, "--json"))
    assert set(found) == KEYS
    return found


def complaint(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """The one sentence of a command that cannot be carried out."""
    code = main(list(words))
    captured = capsys.readouterr()
    assert (code, captured.out) == (2, "")
    assert captured.err.startswith("neurosim: ")
    assert captured.err.count("\n") == 1
    assert captured.err.endswith((".\n", "?\n"))
    return captured.err


# -- train ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_the_lecture_is_exact(capsys: pytest.CaptureFixture[str], steps: int) -> None:
    loss, a, b, d_a, d_b = TRACE[steps]
    found = result(capsys, "train", LECTURE, "--steps", str(steps))
    assert found == {
        "steps": steps,
        "epochs": steps,
        "loss": loss,
        "parameters": {"a": a, "n.bias": b},
        "gradient": {"a": d_a, "n.bias": d_b},
        "outputs": {"n": [str(Fraction(str(a)) * x + Fraction(str(b))) for x in (2, 4)]},
        "exact": True,
        "stopped": None,
    }


def test_one_step_unless_said_otherwise(capsys: pytest.CaptureFixture[str]) -> None:
    assert result(capsys, "train", LECTURE)["loss"] == "8149/2025"
    assert result(capsys, "train", LECTURE, "--epochs", "2")["loss"] == "1709/3645"


def test_epochs_of_mini_batches(capsys: pytest.CaptureFixture[str]) -> None:
    found = result(capsys, "train", str(example("food_trucks")), "--set", "training.batch_size=10", "--epochs", "2")
    assert (found["steps"], found["epochs"]) == (20, 2)
    found = result(capsys, "train", str(example("food_trucks")), "--set", "training.batch_size=10", "--steps", "5")
    assert (found["steps"], found["epochs"]) == (5, 0.5)


def test_the_trace_is_exact_while_the_numbers_are(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "trace.csv"
    run(capsys, "train", LECTURE, "--steps", "300", "--trace", str(path))
    with path.open(newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[0] == ["step", "loss", "a", "n.bias", "gradient.a", "gradient.n.bias"]
    assert [row[0] for row in rows[1:]] == [str(step) for step in range(301)]
    for row, expected in zip(rows[1:], TRACE, strict=False):
        for cell, value in zip(row[1:], expected, strict=True):
            assert value is None or cell == value
    # From the published run at this rate: 0.166 after 10 steps, 0.102 after 50, below 0.01 first at 240.
    losses = [float(Fraction(row[1])) for row in rows[1:]]
    assert losses[10] == pytest.approx(0.166, abs=5e-4)
    assert losses[50] == pytest.approx(0.102, abs=5e-4)
    assert losses[239] >= 0.01 > losses[240]
    # Each line is the one before, minus the rate times its gradient.
    for before, after in pairwise(rows[1:]):
        for value, slope in ((2, 4), (3, 5)):
            moved = float(Fraction(before[value])) - float(Fraction(before[slope])) / 30
            assert float(Fraction(after[value])) == pytest.approx(moved, rel=1e-12, abs=1e-12)


def test_training_in_two_commands_is_training_in_one(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    half, whole = tmp_path / "half.neurosim", tmp_path / "whole.neurosim"
    words = ["--set", "training.optimizer=adam", "--set", "training.batch_size=7", "--set", "training.shuffle=true"]
    trucks = str(example("food_trucks"))
    run(capsys, "train", trucks, *words, "--steps", "30", "--out", str(half))
    first = result(capsys, "train", str(half), "--steps", "45")
    second = result(capsys, "train", trucks, *words, "--steps", "75", "--out", str(whole))
    assert first["parameters"] == second["parameters"]
    assert load(whole).training.step == 75


def test_settings_are_changed_exactly(capsys: pytest.CaptureFixture[str]) -> None:
    found = result(
        capsys, "train", LECTURE, "--set", "training.learning_rate=1/11", "--set", "a=1/2", "--set", "n.bias=-1"
    )
    # predictions 0 and 1, residuals 0 and -3: gradient mean(2 r x) = -12, mean(2 r) = -3.
    assert found["parameters"] == {"a": str(Fraction(1, 2) + Fraction(12, 11)), "n.bias": str(-1 + Fraction(3, 11))}
    summed = result(capsys, "train", LECTURE, "--set", "training.reduction=sum", "--steps", "0")
    assert summed["loss"] == "932/9"
    momentum = ["--set", "training.optimizer=sgd", "--set", "training.optimizer.momentum=9/10"]
    found = result(capsys, "train", LECTURE, *momentum, "--steps", "2")
    velocity = Fraction(9, 10) * Fraction(-136, 3) + Fraction(-554, 45)
    assert found["parameters"]["a"] == str(Fraction(83, 45) - velocity / 30)


def test_known_results_of_real_data(capsys: pytest.CaptureFixture[str]) -> None:
    trucks = result(capsys, "train", str(example("food_trucks")), "--steps", "1500")
    # The course's own solution: theta = (-3.6303, 1.1664) after 1500 steps; cost 32.07 at the start.
    assert trucks["parameters"] == pytest.approx({"w": 1.1664, "n.bias": -3.6303}, abs=5e-5)
    start = result(capsys, "train", str(example("food_trucks")), "--steps", "0")
    assert float(Fraction(start["loss"])) == pytest.approx(32.07, abs=5e-3)
    exam = result(capsys, "train", str(example("hours_pass")), "--steps", "100000")
    # Published maximum likelihood fit: 1.5046 per hour, intercept -4.0777.
    assert exam["stopped"] == "converged"
    assert exam["parameters"] == pytest.approx({"w": 1.5046, "n.bias": -4.0777}, abs=5e-4)


def test_each_example_trains_to_a_lower_loss(capsys: pytest.CaptureFixture[str]) -> None:
    for path in sorted(example("lecture").parent.glob("*.neurosim")):
        before = result(capsys, "train", str(path), "--steps", "0")
        after = result(capsys, "train", str(path), "--steps", "200")
        assert float(Fraction(after["loss"])) < float(Fraction(before["loss"]))
    four = result(capsys, "train", str(example("four_points")), "--steps", "0", "--set", "training.reduction=sum")
    assert four["loss"] == str(Fraction("19.25"))


def test_divergence_stops_at_the_last_finite_state(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "out.neurosim"
    found = result(
        capsys, "train", LECTURE, "--set", "training.learning_rate=1", "--steps", "100000", "--out", str(out)
    )
    assert found["stopped"].startswith("diverged: ")
    assert found["steps"] < 100
    assert np.isfinite(float(Fraction(found["loss"])))
    assert load(out).training.step == found["steps"]


def test_at_the_optimum_training_has_converged_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    found = result(capsys, "train", LECTURE, "--set", "a=2", "--set", "n.bias=-4", "--steps", "1000000")
    assert (found["loss"], found["steps"], found["stopped"], found["exact"]) == ("0", 0, "converged", True)


# -- show, check, solve --------------------------------------------------------------------------------------------


def test_show_prints_the_numbers_of_a_step(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    text = run(capsys, "show", LECTURE).replace("\u2212", "-")
    assert "f = 1/3·x - 6" in text
    for number in ("-16/3", "-14/3", "256/9", "676/9", "466/9 ~ 51.78", "-136/3", "-14", "1/30"):
        assert number in text
    assert "83/45" in run(capsys, "show", LECTURE, "--step", "1")
    later = tmp_path / "later.neurosim"
    run(capsys, "train", LECTURE, "--steps", "40", "--out", str(later))
    assert run(capsys, "show", str(later), "--step", "2") == run(capsys, "show", LECTURE, "--step", "2")
    assert "94 more rows" in run(capsys, "show", str(example("food_trucks")))


def test_show_works_a_chosen_row_out(capsys: pytest.CaptureFixture[str]) -> None:
    text = run(capsys, "show", LECTURE, "--row", "2").replace("\u2212", "-")
    assert "Row 2: Add the bias" in text
    assert "Row 1:" not in text
    assert "1 other row" in text
    assert "-136/3" in text
    assert "1 to 2" in complaint(capsys, "show", LECTURE, "--row", "3")
    assert "1 to 2" in complaint(capsys, "show", LECTURE, "--row", "0")


def test_show_ends_with_the_lecture_own_form(capsys: pytest.CaptureFixture[str]) -> None:
    text = run(capsys, "show", LECTURE)
    assert "1/2[−4(0 + 16/3) − 8(4 + 14/3)] = −32/3 − 104/3 = −136/3" in text
    assert "= −16/3 − 26/3 = −42/3 = −14" in text
    assert "1/3 + 136/90 = 83/45" in text


def test_show_prints_latex(capsys: pytest.CaptureFixture[str]) -> None:
    text = run(capsys, "show", LECTURE, "--latex")
    assert r"a \cdot x_{1} &= \frac{1}{3} \cdot 2 = \frac{2}{3}" in text
    assert text.count(r"\begin{align*}") == text.count(r"\end{align*}") == 4


def test_check_agrees_on_each_example(capsys: pytest.CaptureFixture[str]) -> None:
    for path in sorted(example("lecture").parent.glob("*.neurosim")):
        assert "agree" in run(capsys, "check", str(path))
    found = result(capsys, "check", LECTURE)
    assert (found["gradient"], found["steps"]) == ({"a": "-136/3", "n.bias": "-14"}, 0)


def test_solve_is_exact(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "solved.neurosim"
    found = result(capsys, "solve", LECTURE, "--out", str(out))
    assert found["parameters"] == {"a": "2", "n.bias": "-4"}
    assert (found["loss"], found["exact"], found["gradient"]) == ("0", True, {"a": "0", "n.bias": "0"})
    assert load(out).network.parameters == {"a": Fraction(2), "n.bias": Fraction(-4)}
    assert "0.0916731" in run(capsys, "solve", LECTURE)
    trucks = result(capsys, "solve", str(example("food_trucks")))
    table = load(example("food_trucks")).dataset.columns
    slope, intercept = np.polyfit(table["population_10k"].floats, table["profit_10k"].floats, 1)
    found = {name: float(Fraction(value)) for name, value in trucks["parameters"].items()}
    assert found == pytest.approx({"w": slope, "n.bias": intercept}, rel=1e-10)


def test_solve_says_when_there_is_no_closed_form(capsys: pytest.CaptureFixture[str]) -> None:
    assert "no closed form" in complaint(capsys, "solve", str(example("xor")))


# -- bad input -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["train"], "FILE"),
        (["train", "missing.neurosim"], "missing.neurosim: there is no such file"),
        (["train", LECTURE, "--steps", "-1"], "--steps"),
        (["train", LECTURE, "--steps", "1.5"], "--steps"),
        (["train", LECTURE, "--steps", "1", "--epochs", "1"], "--epochs"),
        (["train", LECTURE, "--fast"], "--fast"),
        (["train", LECTURE, "--set", "training.learning_rate"], "KEY=VALUE"),
        (["train", LECTURE, "--set", "training.learning_rate=fast"], "fast"),
        (["train", LECTURE, "--set", "training.learning_rate=1,234"], "1.234 or 1234"),
        (["train", LECTURE, "--set", "training.learning_rate=0"], "above 0"),
        (["train", LECTURE, "--set", "training.lerning_rate=1"], "training.learning_rate"),
        (["train", LECTURE, "--set", "c=1"], "a, n.bias"),
        (["train", LECTURE, "--set", "training.loss=mse"], "squared_error"),
        (["train", LECTURE, "--set", "training.optimizer=adma"], "adam"),
        (["train", LECTURE, "--set", "training.optimizer.beta1=1/2"], "beta1"),
        (["train", LECTURE, "--set", "training.batch_size=0"], "at least one row"),
        (["train", LECTURE, "--set", "training.shuffle=maybe"], "true or false"),
        (["train", LECTURE, "--set", "training.loss=cross_entropy"], LECTURE),
        (["train", LECTURE, "--out", "/nowhere/at/all.neurosim"], "/nowhere/at/all.neurosim"),
        (["train", LECTURE, "--trace", "/nowhere/at/all.csv"], "/nowhere/at/all.csv"),
        (["show", LECTURE, "--step", "x"], "--step"),
        (["render", LECTURE], "--out"),
        (["render", LECTURE, "--out", "x.png", "--size", "big"], "1280x720"),
        (["render", LECTURE, "--out", "x.gif"], ".png"),
        (["render", "missing.neurosim", "--out", "x.png"], "missing.neurosim"),
        (["missing.neurosim"], "missing.neurosim"),
        (["trian", LECTURE], "trian"),
        (["--nonsense"], "--help"),
    ],
)
def test_bad_input_is_one_sentence(capsys: pytest.CaptureFixture[str], words: list[str], said: str) -> None:
    assert said in complaint(capsys, *words)


def test_a_bad_file_is_named_with_its_place_and_nothing_is_written(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.neurosim"
    broken.write_text(Path(LECTURE).read_text().replace('"target": "n"', '"target": "m"'))
    for command in ("train", "show", "check", "solve"):
        out = ["--out", str(tmp_path / "out.neurosim")] if command in ("train", "solve") else []
        sentence = complaint(capsys, command, str(broken), *out)
        assert f'{broken}: network.edges[0].target: there is no node "m"' in sentence
    assert list(tmp_path.iterdir()) == [broken]


def test_a_document_that_is_unfinished_says_what_is_missing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "unfinished.neurosim"
    path.write_text(Path(LECTURE).read_text().replace('"column": "y"', '"column": null'))
    sentence = complaint(capsys, "train", str(path), "--trace", str(tmp_path / "trace.csv"))
    assert str(path) in sentence
    assert list(tmp_path.iterdir()) == [path]


# -- real processes ------------------------------------------------------------------------------------------------

HEADLESS = """
import sys
from neurosim.cli import main
code = main(sys.argv[1:])
loaded = {name.split(".")[0] for name in sys.modules} & {"PySide6", "shiboken6", "pyqtgraph"}
print(code, sorted(loaded), file=sys.stderr)
"""


@pytest.mark.parametrize(
    "words",
    [["train", LECTURE, "--json"], ["show", LECTURE], ["check", LECTURE], ["solve", LECTURE], ["train", "missing"]],
    ids=lambda words: " ".join(words[:1]),
)
def test_headless_commands_load_no_qt(words: list[str]) -> None:
    done = subprocess.run([sys.executable, "-c", HEADLESS, *words], capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] in ("0 []", "2 []")


def test_a_pipe_that_closes_early_is_no_error(tmp_path: Path) -> None:
    script = f"import sys; from neurosim.cli import main; sys.exit(main(['show', {str(example('food_trucks'))!r}]))"
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 0
    process.stderr.close()


def test_render_draws_one_view_as_outlines(tmp_path: Path) -> None:
    out = tmp_path / "map.svg"
    words = [sys.executable, "-m", "neurosim", "render", LECTURE, "--out", str(out), "--view"]
    assert subprocess.run([*words, "loss_map"], check=False).returncode == 0
    text = out.read_text(encoding="utf-8")
    assert text.endswith("</svg>")
    assert "<text" not in text
    assert text.count("<path") > 20
    ended = subprocess.run([*words, "moon"], check=False, capture_output=True, text=True)
    assert ended.returncode == 2
    assert "There is no view “moon” to draw; there are " in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1


def test_render_draws_a_picture_of_the_size_asked_for(tmp_path: Path) -> None:
    out = tmp_path / "lecture.png"
    words = [sys.executable, "-m", "neurosim", "render", LECTURE, "--out", str(out), "--size", "1280x720"]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")
    data = out.read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", data[16:24]) == (1280, 720)
    assert list(tmp_path.iterdir()) == [out]


def test_a_document_is_exported_as_a_program(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "step.py"
    assert main(["export", LECTURE, "--to", "python", "--out", str(out)]) == 0
    ran = subprocess.run([sys.executable, "-I", str(out)], capture_output=True, text=True, check=True)
    assert "step 1: loss 8149/2025 ~ 4.0242" in ran.stdout
    assert main(["export", LECTURE, "--to", "python"]) == 0
    assert capsys.readouterr().out == out.read_text(encoding="utf-8")
    assert main(["export", LECTURE, "--to", "python", "--decimal", ","]) == 2
    assert capsys.readouterr().err.strip().endswith("leave them out with --to python.")
