"""Everything that can be wrong with a file ends in one sentence with the file, the place and the remedy."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurosim.document import json_format
from neurosim.document.json_format import DocumentFormatError, load, loads
from neurosim.paths import example

TEXT = example("lecture").read_text("utf-8")
LECTURE: dict[str, Any] = json.loads(TEXT)


def put(*path: str | int, value: object) -> Callable[[dict[str, Any]], None]:
    """Put *value* at *path*."""

    def change(raw: dict[str, Any]) -> None:
        inner: Any = raw
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = value

    return change


def drop(*path: str | int) -> Callable[[dict[str, Any]], None]:
    """Remove what is at *path*."""

    def change(raw: dict[str, Any]) -> None:
        inner: Any = raw
        for key in path[:-1]:
            inner = inner[key]
        del inner[path[-1]]

    return change


def edge(source: str, target: str, name: str = "b") -> dict[str, object]:
    return {"id": name, "source": source, "target": target, "weight": "1"}


NEURON = {"id": "m", "kind": "neuron", "activation": "tanh", "bias": "0"}
NODES, EDGES, OUTPUTS = ("network", "nodes"), ("network", "edges"), ("network", "outputs")


def loop(raw: dict[str, Any]) -> None:
    raw["network"]["nodes"].append(NEURON)
    raw["network"]["edges"] += [edge("n", "m", "b"), edge("m", "n", "c")]


FAULTS: list[tuple[Callable[[dict[str, Any]], None], str, str]] = [
    # what is changed, the place that is named, a word of the sentence
    (put("colour", value=1), "colour", "unknown"),
    (put(*NODES, 0, "bias", value="1"), "network.nodes[0].bias", "unknown"),
    (put(*NODES, 1, "size", value=3), "network.nodes[1].size", "unknown"),
    (put(*EDGES, 0, "wieght", value="1"), "network.edges[0].wieght", "unknown"),
    (put(*OUTPUTS, 0, "label", value="y"), "network.outputs[0].label", "unknown"),
    (put("dataset", "rows", value=2), "dataset.rows", "unknown"),
    (put("training", "epochs", value=2), "training.epochs", "unknown"),
    (put("training", "optimizer", "momentom", value=0.9), "training.optimizer.momentom", "no such setting"),
    (drop("network"), "the outermost object", '"network" is missing'),
    (drop("training", "learning_rate"), "training", '"learning_rate" is missing'),
    (drop(*EDGES, 0, "weight"), "network.edges[0]", '"weight" is missing'),
    (drop(*NODES, 0, "kind"), "network.nodes[0]", '"kind" is missing'),
    (drop("training", "optimizer", "name"), "training.optimizer", '"name" is missing'),
    (put("network", value=[]), "network", "an object is needed"),
    (put(*NODES, value={}), "network.nodes", "a list is needed"),
    (put(*NODES, 0, value="x"), "network.nodes[0]", "an object is needed"),
    (put(*NODES, 0, "id", value=3), "network.nodes[0].id", "a text is needed"),
    (put(*NODES, 1, "trainable", value="yes"), "network.nodes[1].trainable", "true or false"),
    (put(*EDGES, 0, "muted", value=0), "network.edges[0].muted", "true or false"),
    (put(*NODES, 0, "kind", value="bias"), "network.nodes[0].kind", "input, feature, neuron"),
    (put(*NODES, 1, "activation", value="sigmod"), "network.nodes[1].activation", "sigmoid"),
    (put(*NODES, 0, "position", value=[1]), "network.nodes[0].position", "two numbers"),
    (put(*NODES, 0, "position", value=[1, "2"]), "network.nodes[0].position[1]", "without quotation marks"),
    (put(*EDGES, 0, "weight", value="abc"), "network.edges[0].weight", "not a number"),
    (put(*EDGES, 0, "weight", value="1/0"), "network.edges[0].weight", "divides by zero"),
    (put(*EDGES, 0, "weight", value=None), "network.edges[0].weight", "not a number"),
    (put(*EDGES, 0, "weight", value=True), "network.edges[0].weight", "not a number"),
    (put(*EDGES, 0, "weight", value=[1]), "network.edges[0].weight", "not a number"),
    (put(*EDGES, 0, "weight", value="1e400"), "network.edges[0].weight", "beyond"),
    (put(*EDGES, 0, "weight", value="1e999999999"), "network.edges[0].weight", "not a number"),
    (put(*EDGES, 0, "weight", value=10**400), "network.edges[0].weight", "beyond"),
    (put(*EDGES, 0, "weight", value="nan"), "network.edges[0].weight", "not a number"),
    (put(*EDGES, 0, "weight", value="1_000"), "network.edges[0].weight", "not a number"),
    (put(*EDGES, 0, "weight", value=" 1"), "network.edges[0].weight", "not a number"),
    (put(*EDGES, 0, "weight", value=float("nan")), "network.edges[0].weight", "NaN"),
    (put(*NODES, 1, "bias", value=float("inf")), "network.nodes[1].bias", "Infinity"),
    (put("training", "learning_rate", value=float("-inf")), "training.learning_rate", "-Infinity"),
    (put("dataset", "columns", "x", 1, value=float("nan")), "dataset.columns.x[1]", "NaN"),
    (put("view", "zoom", value=float("nan")), "view.zoom", "not a finite number"),
    (put("view", value=[1]), "view", "an object is needed"),
    (put("lesson", value="x"), "lesson", "an object is needed"),
    (put("history", value=[]), "history", "keeps no history"),
    (put(*EDGES, 0, "source", value="q"), "network.edges[0].source", 'no node "q"'),
    (put(*EDGES, 0, "target", value="q"), "network.edges[0].target", 'no node "q"'),
    (put(*EDGES, 0, "target", value="x"), "network.edges[0].target", "is an input"),
    (put(*OUTPUTS, 0, "node", value="q"), "network.outputs[0].node", 'no node "q"'),
    (put(*NODES, 1, "id", value="x"), "network.nodes[1].id", "used twice"),
    (put(*EDGES, 0, "id", value="n"), "network.edges[0].id", "used twice"),
    (put(*EDGES, 0, "id", value="a.b"), "network.edges[0].id", "full stop"),
    (put(*NODES, 0, "id", value=""), "network.nodes[0].id", "not usable"),
    (lambda raw: raw["network"]["edges"].append(edge("x", "n")), "network.edges[1]", "already connected"),
    (lambda raw: raw["network"]["outputs"].append({"node": "n", "column": "y"}), "network.outputs[1].node", "already"),
    (loop, "network.edges", "loop"),
    (put("dataset", "columns", "x", value=["1"]), "dataset.columns", "same number of rows"),
    (put("dataset", "columns", "x", 0, value="zwei"), "dataset.columns.x[0]", "not a number"),
    (put("dataset", "columns", "x", value=[1.0] * 3000 + ["x"]), "dataset.columns.x[3000]", "not a number"),
    (put("dataset", "columns", "x", value=["1"] * 3000 + ["."]), "dataset.columns.x[3000]", "not a number"),
    (put("dataset", "test_rows", value=[2]), "dataset.test_rows[0]", "no row 2"),
    (put("dataset", "test_rows", value=[0, 0]), "dataset.test_rows", "twice"),
    (put("dataset", "test_rows", value=[0.5]), "dataset.test_rows[0]", "whole number"),
    (put("dataset", "source", value=1), "dataset.source", "a text is needed"),
    (put("training", "loss", value="mse"), "training.loss", "squared_error"),
    (put("training", "reduction", value="average"), "training.reduction", "mean"),
    (put("training", "learning_rate", value="0"), "training.learning_rate", "above 0"),
    (put("training", "learning_rate", value=-0.5), "training.learning_rate", "above 0"),
    (put("training", "l2", value="-1"), "training.l2", "0 or more"),
    (put("training", "l1", value=-1e-9), "training.l1", "0 or more"),
    (put("training", "method", value="magic"), "training.method", "gradient_descent"),
    (put("training", "optimizer", value="adam"), "training.optimizer", "an object is needed"),
    (put("training", "optimizer", "name", value="adma"), "training.optimizer.name", "adam"),
    (put("training", "optimizer", "momentum", value="-1"), "training.optimizer", "at least 0"),
    (put("training", "batch_size", value=0), "training.batch_size", "1 or more"),
    (put("training", "batch_size", value="all"), "training.batch_size", "whole number"),
    (put("training", "seed", value=1.5), "training.seed", "whole number"),
    (put("training", "step", value=-1), "training.step", "0 or more"),
    (put("training", "optimizer_state", value={"v": {"a": "x"}}), "training.optimizer_state.v.a", "not a number"),
    (put("training", "start", value={"n.bias": "x"}), 'training.start."n.bias"', "not a number"),
    (put("version", value=2), "version", "newer neurosim"),
    (put("version", value="1"), "version", "whole number"),
    (put("version", value=0), "version", "1 or more"),
    (put("format", value="pytorch"), "the outermost object", "no neurosim document"),
    (drop("format"), "the outermost object", "no neurosim document"),
]


@pytest.mark.parametrize(("change", "place", "words"), FAULTS, ids=[f"{place}: {words}" for _, place, words in FAULTS])
def test_a_fault_is_named_with_its_place(tmp_path: Path, change: Callable[..., None], place: str, words: str) -> None:
    raw = copy.deepcopy(LECTURE)
    change(raw)
    path = tmp_path / "broken.neurosim"
    path.write_text(json.dumps(raw), "utf-8")
    before = path.read_bytes()
    with pytest.raises(DocumentFormatError) as caught:
        load(path)
    sentence = str(caught.value)
    assert sentence.startswith(f"{path}: {place}: ")
    assert words in sentence
    assert "; " in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the file is empty"),
        ("  \n", "the file is empty"),
        ("x,y\n1,2\n", "line 1, column 1: this is not JSON"),
        ("[]", "no neurosim document"),
        ("3", "no neurosim document"),
        ("null", "no neurosim document"),
        (TEXT[:200], "ends too early"),
        (TEXT.rstrip()[:-1], "ends too early"),
        (TEXT.replace('"version": 1,', '"version": 1'), "not JSON"),
        (TEXT.replace('"seed": 0,', '"seed": 0,\n    "seed": 1,'), 'training: the key "seed" occurs twice'),
        (TEXT.replace('"id": "a", ', '"id": "a", "id": "b", '), 'network.edges[0]: the key "id" occurs twice'),
        ("[" * 100_000, "nested too deeply"),
        ('{"view": ' * 5000 + "1" + "}" * 5000, "nested too deeply"),
        (TEXT.replace('"view": {}', '"view": ' + '{"a": ' * 100 + "1" + "}" * 100), "nested more than"),
        (TEXT.replace('"1/3"', "9" * 5000), "thousands of digits"),
        (TEXT.replace('"1/3"', "1e400"), "network.edges[0].weight: this number is beyond"),
        (TEXT.replace('"f"', r'"\ud800"'), "network.nodes[1].label: the text holds half a character"),
    ],
)
def test_a_text_that_is_no_document(text: str, words: str) -> None:
    with pytest.raises(DocumentFormatError) as caught:
        loads(text, "broken.neurosim")
    assert str(caught.value).startswith("broken.neurosim: ")
    assert words in str(caught.value)


def test_the_place_of_a_syntax_error_is_its_line_and_column() -> None:
    with pytest.raises(DocumentFormatError, match=r"line 3, column 1: "):
        loads('{"format": "neurosim",\n"version": 1\n"network": {}}', "x")


def test_what_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(DocumentFormatError, match="there is no such file"):
        load(tmp_path / "missing.neurosim")
    with pytest.raises(DocumentFormatError, match="this is a folder"):
        load(tmp_path)
    with pytest.raises(DocumentFormatError, match="cannot be read"):
        load(tmp_path / "nul\0byte")


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "latin.neurosim"
    path.write_bytes(b'{"format":\n "n\xe9urosim"}')
    with pytest.raises(DocumentFormatError, match=r"line 2, byte 4: the text is not UTF-8"):
        load(path)


def test_a_file_of_200_megabytes_is_refused_without_reading_it_whole(tmp_path: Path) -> None:
    path = tmp_path / "huge.neurosim"
    with path.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    with pytest.raises(DocumentFormatError, match="too large"):
        load(path)


def test_no_file_is_written_that_could_not_be_opened_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_format, "LARGEST_FILE", 100)
    with pytest.raises(DocumentFormatError, match="too large to be opened again"):
        json_format.save(loads(TEXT), tmp_path / "big.neurosim")
    assert not list(tmp_path.iterdir())


@given(st.integers(0, len(TEXT) - 1), st.sampled_from(list('{}[]",:0n\\ \x00é')))
def test_a_changed_character_is_read_or_refused(at: int, character: str) -> None:
    try:
        loads(TEXT[:at] + character + TEXT[at + 1 :], "fuzz")
    except DocumentFormatError as error:
        sentence = str(error)
    else:
        return
    assert sentence.startswith("fuzz: ")


@given(st.integers(0, len(TEXT.rstrip()) - 1))
def test_a_truncated_file_is_refused(length: int) -> None:
    with pytest.raises(DocumentFormatError):
        loads(TEXT[:length], "cut")
