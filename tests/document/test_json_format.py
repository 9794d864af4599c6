"""Writing a document and reading it again: nothing changes, the text reads well, large data are quick."""

from __future__ import annotations

import json
import stat
import time
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurosim.document.json_format import DocumentFormatError, dumps, load, loads, save
from neurosim.document.migrations import VERSION, migrate
from neurosim.document.state import DocumentState
from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.losses import LOSSES
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import REDUCTIONS, OptimizerSettings, TrainingSettings
from neurosim.paths import resources

F = Fraction

EXAMPLES = sorted((resources() / "examples").glob("*.neurosim"))

exact = st.fractions(min_value=-(10**30), max_value=10**30, max_denominator=10**20)
numbers = st.one_of(exact, st.floats(allow_nan=False, allow_infinity=False))
names = st.text(min_size=1, max_size=8)
ids = st.text(min_size=1, max_size=6).filter(lambda text: "." not in text)
places = st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
free = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(2**60), 2**60),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=8,
)


@st.composite
def networks(draw: st.DrawFn) -> Network:
    taken = draw(st.lists(ids, min_size=2, max_size=7, unique=True))
    cut = draw(st.integers(1, len(taken) - 1))
    inputs = [InputNode(i, draw(names), draw(st.text(max_size=4)), draw(places)) for i in taken[:cut]]
    neurons = [
        Neuron(
            i,
            draw(st.text(max_size=4)),
            draw(st.one_of(st.none(), numbers)),
            draw(st.sampled_from(sorted(ACTIVATIONS))),
            draw(st.booleans()),
            draw(st.booleans()),
            draw(places),
        )
        for i in taken[cut:]
    ]
    edges = []
    for at, neuron in enumerate(neurons):
        for source in [*inputs, *neurons[:at]]:
            if draw(st.booleans()):
                name = f"{len(edges)}:{neuron.id}"[:8].replace(".", "")
                if name not in taken:
                    edges.append(
                        Edge(name, source.id, neuron.id, draw(numbers), draw(st.booleans()), draw(st.booleans()))
                    )
                    taken.append(name)
    outputs = [
        Output(node.id, draw(st.one_of(st.none(), names)), draw(st.one_of(st.none(), places)))
        for node in [*inputs, *neurons]
        if draw(st.booleans())
    ]
    return Network((*inputs, *neurons), tuple(edges), tuple(outputs))


@st.composite
def states(draw: st.DrawFn) -> DocumentState:
    network = draw(networks())
    rows = draw(st.integers(0, 5))
    table = draw(st.dictionaries(names, st.lists(numbers, min_size=rows, max_size=rows).map(Column), max_size=3))
    held_out = draw(st.lists(st.integers(0, rows - 1), unique=True)) if rows and table else []
    parameters = st.dictionaries(names, numbers, max_size=3)
    training = TrainingSettings(
        loss=draw(st.sampled_from(sorted(LOSSES))),
        reduction=draw(st.sampled_from(REDUCTIONS)),
        optimizer=draw(
            st.sampled_from(
                [
                    OptimizerSettings(),
                    OptimizerSettings("sgd", {"momentum": F(9, 10), "nesterov": True}),
                    OptimizerSettings("adam", {"beta1": 0.8}),
                ]
            )
        ),
        learning_rate=abs(draw(numbers.filter(bool))),
        batch_size=draw(st.one_of(st.none(), st.integers(1, 10**6))),
        shuffle=draw(st.booleans()),
        l2=abs(draw(numbers)),
        l1=abs(draw(numbers)),
        seed=draw(st.integers(0, 2**63)),
        step=draw(st.integers(0, 10**12)),
        optimizer_state=draw(st.one_of(st.none(), st.dictionaries(names, parameters, max_size=2))),
        start=draw(st.one_of(st.none(), parameters)),
    )
    return DocumentState(
        network,
        Dataset(table, tuple(sorted(held_out)), draw(st.text(max_size=8))),
        training,
        draw(st.dictionaries(st.text(max_size=4), free, max_size=3)),
        draw(st.one_of(st.none(), st.dictionaries(st.text(max_size=4), free, max_size=2))),
    )


@given(states())
def test_reading_what_was_written_gives_the_same_document(state: DocumentState) -> None:
    text = dumps(state)
    again = loads(text)
    assert again == state
    assert dumps(again) == text
    assert list(again.dataset.columns) == list(state.dataset.columns)
    for name, column in state.dataset.columns.items():
        assert again.dataset.columns[name].numbers == column.numbers
    json.loads(text, parse_constant=lambda word: pytest.fail(f"{word} is no JSON"))


def test_the_example_of_the_format_is_the_lecture() -> None:
    state = load(resources() / "examples" / "lecture.neurosim")
    neuron = state.network.node_by_id["n"]
    assert isinstance(neuron, Neuron)
    assert (neuron.label, neuron.bias, neuron.activation) == ("f", F(-6), "identity")
    assert state.network.edge_by_id["a"].weight == F(1, 3)
    assert state.dataset.columns["x"].numbers == (F(2), F(4))
    assert state.dataset.columns["y"].numbers == (F(0), F(4))
    assert state.training.learning_rate == F(1, 30)
    assert (state.training.loss, state.training.reduction) == ("squared_error", "mean")
    assert state.network.outputs == (Output("n", "y"),)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_each_example_is_written_as_the_program_writes_it(path: Path) -> None:
    assert path.read_text("utf-8") == dumps(load(path))


def test_exact_numbers_are_texts_and_floats_are_numbers() -> None:
    network = Network((InputNode("x", "x"), Neuron("n", bias=0.1)), (Edge("a", "x", "n", F(-1, 3)),))
    raw = json.loads(dumps(DocumentState(network, Dataset({"x": Column([F(1, 2), 0.1])}))))
    assert raw["network"]["edges"][0]["weight"] == "-1/3"
    assert raw["network"]["nodes"][1]["bias"] == 0.1
    assert raw["dataset"]["columns"]["x"] == ["1/2", 0.1]


def test_a_difference_of_one_number_is_a_difference_of_one_line() -> None:
    state = load(resources() / "examples" / "food_trucks.neurosim")
    edge = replace(state.network.edge_by_id["w"], weight=F(7, 5))
    changed = replace(state, network=state.network.with_edge(edge))
    before, after = dumps(state).splitlines(), dumps(changed).splitlines()
    assert len(before) == len(after)
    assert sum(old != new for old, new in zip(before, after, strict=True)) == 1


def test_keys_are_sorted_but_columns_keep_their_order() -> None:
    state = DocumentState(dataset=Dataset({"z": Column([F(1)]), "a": Column([F(2)])}))
    raw = json.loads(dumps(state), object_pairs_hook=list)
    keys = [key for key, _ in raw]
    assert keys == sorted(keys)
    columns = dict(dict(raw)["dataset"])["columns"]
    assert [key for key, _ in columns] == ["z", "a"]


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    text = (resources() / "examples" / "lecture.neurosim").read_text("utf-8")
    path = tmp_path / "windows.neurosim"
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert load(path) == loads(text)


def test_an_older_version_is_lifted_step_by_step() -> None:
    table = {1: lambda raw: {**raw, "b": raw["a"] + 1}, 2: lambda raw: {**raw, "c": raw["b"] * 2}}
    assert migrate({"version": 1, "a": 3}, 1, table, newest=3) == {"version": 3, "a": 3, "b": 4, "c": 8}
    assert migrate({"version": VERSION, "a": 3}, VERSION) == {"version": VERSION, "a": 3}


# -- on the disk ---------------------------------------------------------------------------------------------------


def test_saving_replaces_the_file_whole_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "work.neurosim"
    path.write_text("old")
    path.chmod(0o640)
    state = DocumentState(dataset=Dataset({"x": Column([F(1, 3)])}))
    save(state, path)
    assert load(path) == state
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["work.neurosim"]


def test_saving_through_a_link_keeps_the_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target.neurosim", tmp_path / "link.neurosim"
    target.write_text("old")
    link.symlink_to(target)
    save(DocumentState(), link)
    assert link.is_symlink()
    assert load(target) == DocumentState()


@pytest.mark.parametrize("place", ["missing/work.neurosim", "."])
def test_where_nothing_can_be_written_nothing_changes(tmp_path: Path, place: str) -> None:
    with pytest.raises(DocumentFormatError, match="cannot be written") as caught:
        save(DocumentState(), tmp_path / place)
    assert str(tmp_path) in str(caught.value)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("view", [{"zoom": float("nan")}, {"zoom": object()}, {"name": "\ud800"}])
def test_what_json_cannot_say_is_refused_before_the_old_file_is_touched(
    tmp_path: Path, view: dict[str, object]
) -> None:
    path = tmp_path / "work.neurosim"
    path.write_text("old")
    with pytest.raises(DocumentFormatError, match=r"view, lesson or a name"):
        save(DocumentState(view=view), path)
    assert path.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["work.neurosim"]


@pytest.mark.slow
def test_a_hundred_thousand_rows_open_nearly_as_fast_as_numpy_reads_them(tmp_path: Path) -> None:
    rows = np.random.default_rng(1).normal(size=(100_000, 3))
    np.savetxt(tmp_path / "rows.csv", rows, delimiter=",", fmt="%.17g")
    state = DocumentState(dataset=Dataset({name: Column(rows[:, i]) for i, name in enumerate("abc")}))
    save(state, tmp_path / "rows.neurosim")

    def seconds(work: Callable[[], object]) -> float:
        best = float("inf")
        for _ in range(5):
            start = time.process_time()
            work()
            best = min(best, time.process_time() - start)
        return best

    ours = seconds(lambda: load(tmp_path / "rows.neurosim"))
    numpys = seconds(lambda: np.loadtxt(tmp_path / "rows.csv", delimiter=","))
    assert load(tmp_path / "rows.neurosim") == state
    assert ours <= 2 * numpys


def test_many_rows_written_as_texts_are_the_same_rows() -> None:
    values = np.random.default_rng(2).normal(size=3000)
    state = DocumentState(dataset=Dataset({"x": Column(values)}))
    raw = json.loads(dumps(state))
    raw["dataset"]["columns"]["x"] = [repr(float(value)) for value in values]
    assert loads(json.dumps(raw)) == state
    raw["dataset"]["columns"]["x"][7] = "1/4"
    values[7] = 0.25
    assert np.array_equal(loads(json.dumps(raw)).dataset.columns["x"].floats, values)
