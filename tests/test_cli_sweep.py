"""``neurosim sweep``: every combination in a fixed order, the same numbers as single trainings, on all cores."""

import json
from pathlib import Path

import pytest

from neurosim.cli import main
from neurosim.cli import sweep as sweeping

EXAMPLES = Path(__file__).parents[1] / "resources" / "examples"
LECTURE = str(EXAMPLES / "lecture.neurosim")
XOR = str(EXAMPLES / "xor.neurosim")


def run(capsys, *words: str) -> str:
    assert main(list(words)) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out


def complaint(capsys, *words: str) -> str:
    assert main(["sweep", *words]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    return captured.err


def test_each_result_has_its_setting_and_the_numbers_of_a_single_training(capsys):
    out = run(capsys, "sweep", LECTURE, "--over", "training.learning_rate=1/100,1/30,1/11", "--steps", "40", "--json")
    found = json.loads(out)
    assert [one.pop("setting") for one in found] == [
        {"training.learning_rate": rate} for rate in ("1/100", "1/30", "1/11")
    ]
    for rate, one in zip(("1/100", "1/30", "1/11"), found, strict=True):
        words = ["train", LECTURE, "--set", f"training.learning_rate={rate}", "--steps", "40", "--json"]
        assert one == json.loads(run(capsys, *words))


def test_exact_numbers_stay_exact(capsys):
    found = json.loads(run(capsys, "sweep", LECTURE, "--over", "training.learning_rate=1/30,1/11", "--json"))
    # One step of the lecture: a = 1/3 + 136/90, or with the rate 1/11: 1/3 + 136/33.
    assert [one["parameters"]["a"] for one in found] == ["83/45", "49/11"]


def test_several_keys_make_every_combination_the_last_one_fastest(capsys):
    words = ["--over", "training.optimizer=sgd,adam", "--over", "a=0,1/2", "--set", "n.bias=-1", "--epochs", "3"]
    found = json.loads(run(capsys, "sweep", LECTURE, *words, "--json"))
    assert [tuple(one["setting"].values()) for one in found] == [
        ("sgd", "0"),
        ("sgd", "1/2"),
        ("adam", "0"),
        ("adam", "1/2"),
    ]
    assert all(one["steps"] == 3 for one in found)


def test_a_table_without_json(capsys):
    words = ["--over", "training.learning_rate=1/30,1", "--steps", "100"]
    lines = run(capsys, "sweep", LECTURE, *words).splitlines()
    assert lines[0].split() == ["training.learning_rate", "steps", "loss", "stopped"]
    assert lines[1].split()[:2] == ["1/30", "100"]
    assert lines[2].split()[-1] == "diverged"


def test_other_processes_give_the_same_in_the_same_order(capsys, monkeypatch):
    words = [
        "sweep",
        XOR,
        "--over",
        "training.seed=1,2,3",
        "--over",
        "training.batch_size=1,all",
        "--steps",
        "300",
        "--json",
    ]
    here = run(capsys, *words)
    monkeypatch.setattr(sweeping, "WORTH", 0.0)
    monkeypatch.setattr(sweeping.os, "cpu_count", lambda: 2)
    assert run(capsys, *words) == here


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([LECTURE], "--over"),
        ([LECTURE, "--over", "training.learning_rate"], "KEY=V,V"),
        ([LECTURE, "--over", "=1,2"], "KEY=V,V"),
        ([LECTURE, "--over", "training.learning_rate=1/30,"], "beside a comma"),
        ([LECTURE, "--over", "training.learning_rate=1/30,fast"], "fast"),
        ([LECTURE, "--over", "training.lerning_rate=1"], "training.learning_rate"),
        ([LECTURE, "--over", "training.loss=squared_error,cross_entropy"], "with training.loss=cross_entropy"),
        ([LECTURE, "--over", "a=1", "--over", "a=2"], "swept already"),
        ([LECTURE, "--over", f"a={','.join(['1'] * 101)}", "--over", f"n.bias={','.join(['1'] * 100)}"], "10100"),
        (["missing.neurosim", "--over", "a=1"], "missing.neurosim"),
    ],
)
def test_bad_input_is_one_sentence_before_anything_is_trained(capsys, words, said):
    sentence = complaint(capsys, *words)
    assert said in sentence
    assert sentence.startswith("neurosim: ")
