"""The history tree: branches, splitting, and what goes first when it is full."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np

from neurosim.document import edits
from neurosim.document.document import Document
from neurosim.document.history import History
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Column, Dataset
from samples import lecture_state


def weight(value: int) -> DocumentState:
    return edits.set_weight(lecture_state(), "a", value)


def texts(history: History) -> list[str]:
    return [entry.text for entry in history.branch()]


def test_the_tree_keeps_every_branch() -> None:
    history = History(weight(0))
    a = history.append("a", weight(1))
    b = history.append("b", weight(2))
    history.go(a)
    c = history.append("c", weight(3))
    assert texts(history) == ["", "a", "c"]
    assert {entry.text for entry in history.entries()} == {"", "a", "b", "c"}
    assert a.children == [b, c]
    history.go(b)
    assert history.root.children == [a]
    history.go(a)
    assert history.newer is b
    assert history.find(c.id) is c
    assert history.find(99) is None


def test_splitting_puts_the_rest_where_redo_goes() -> None:
    history = History(weight(0))
    history.append("Train 3 steps", weight(3), "run")
    later = history.append("later", weight(9))
    run = later.parent
    assert run is not None
    history.go(run)
    history.split_head("Train 2 steps", weight(2), "run", None, "Train 1 step")
    assert texts(history) == ["", "Train 2 steps"]
    assert history.newer is run
    history.go(later)
    assert texts(history) == ["", "Train 2 steps", "Train 1 step", "later"]
    assert len(history) == len(list(history.entries())) == 4


def test_a_full_history_drops_the_oldest_side_branches_first() -> None:
    history = History(weight(0), entries=100)
    for number in range(60):
        history.append(f"side {number}", weight(number + 1))
        history.go(history.root)
    for number in range(30):
        history.append(f"main {number}", weight(-number - 1))
        assert history.trim() is None
    said = []
    for number in range(30, 80):
        history.append(f"main {number}", weight(-number - 1))
        said.append(history.trim())
    assert len(history) <= 100
    told = [sentence for sentence in said if sentence is not None]
    assert told
    assert all(sentence.endswith("of the oldest entries on side branches.") for sentence in told), "no ancestor went"
    assert texts(history) == ["", *(f"main {number}" for number in range(80))]
    left = [entry.text for entry in history.root.children if entry.text.startswith("side")]
    assert left == [f"side {number}" for number in range(60 - len(left), 60)]


def test_a_full_history_without_branches_drops_the_oldest_ancestors_and_says_so() -> None:
    history = History(weight(0), entries=100)
    said = []
    for number in range(300):
        history.append(f"edit {number}", weight(number + 1))
        said.append(history.trim())
    assert len(history) <= 100
    assert any(sentence is not None and "oldest" in sentence for sentence in said)
    branch = history.branch()
    assert branch[-1].text == "edit 299"
    assert len(branch) > 50
    assert branch[0].kind == "start"
    assert [entry.text for entry in branch[1:]] == [f"edit {n}" for n in range(300 - len(branch) + 1, 300)]


def test_what_could_be_redone_is_not_dropped_before_side_branches() -> None:
    history = History(weight(0), entries=50)
    for number in range(20):
        history.append(f"side {number}", weight(number + 1))
        history.go(history.root)
    first = None
    for number in range(31):
        entry = history.append(f"ahead {number}", weight(-number - 1))
        first = first or entry
    assert first is not None
    history.go(history.root)
    history.trim()
    ahead = []
    while history.newer is not None:
        history.go(history.newer)
        ahead.append(history.head.text)
    assert ahead == [f"ahead {number}" for number in range(31)]


def test_five_hundred_entries_are_always_behind() -> None:
    document = Document(lecture_state())
    for number in range(2600):
        document.edit("Set weight", edits.set_weight, "a", number)
    assert len(document.history) <= 2000
    for number in range(2598, 2098, -1):
        document.undo()
        assert document.state.network.edge_by_id["a"].weight == number


def test_bytes_count_only_what_is_not_shared() -> None:
    columns = {"x": Column(np.zeros(100_000)), "y": Column(np.zeros(100_000))}
    big = replace(lecture_state(), dataset=Dataset(columns))
    document = Document(big)
    for number in range(20):
        document.edit("Set weight", edits.set_weight, "a", number)
    assert document.history.nbytes < 100_000
    for number in range(20):
        document.edit("Move point", edits.move_row, 3, {"x": number + 1})
    assert 20 * 800_000 <= document.history.nbytes < 21 * 800_000


def test_a_full_memory_is_made_free() -> None:
    state = replace(lecture_state(), dataset=replace(lecture_state().dataset, columns={"x": Column(np.zeros(1000))}))
    history = History(state, nbytes=100_000)
    sentences = []
    for number in range(100):
        state = edits.move_row(state, 0, {"x": Fraction(number + 1)})
        history.append("Move", state)
        sentences.append(history.trim())
        assert history.nbytes <= 100_000
    assert any(sentences)
    assert len(history.branch()) >= 10
