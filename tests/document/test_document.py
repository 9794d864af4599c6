"""The document: edits, gestures, undo and the signals that follow each of them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurosim.document import edits
from neurosim.document.changes import identical
from neurosim.document.document import Document
from neurosim.document.edits import EditError
from neurosim.document.state import DocumentState
from samples import hidden_state, lecture_state
from strategies import Action, actions, states


def listen(document: Document) -> list[tuple[object, ...]]:
    """What the document says, in order."""
    said: list[tuple[object, ...]] = []
    for name in ("rows_changed", "training_changed", "view_changed", "lesson_changed"):
        getattr(document, name).connect(lambda name=name: said.append((name,)))
    for name in ("history_changed", "path_changed", "was_reset"):
        getattr(document, name).connect(lambda name=name: said.append((name,)))
    document.modified_changed.connect(lambda modified: said.append(("modified_changed", modified)))
    document.state_changed.connect(lambda _old, _new: said.append(("state_changed",)))
    return said


def test_an_edit_changes_the_state_and_can_be_undone_and_done_again() -> None:
    document = Document(lecture_state())
    document.edit("Set weight a", edits.set_weight, "a", Fraction(5, 7))
    assert document.state.network.edge_by_id["a"].weight == Fraction(5, 7)
    assert (document.can_undo, document.undo_text, document.can_redo) == (True, "Set weight a", False)
    document.undo()
    assert document.state == lecture_state()
    assert (document.can_undo, document.can_redo, document.redo_text) == (False, True, "Set weight a")
    document.redo()
    assert document.state.network.edge_by_id["a"].weight == Fraction(5, 7)


def test_what_cannot_be_done_raises_a_sentence_and_changes_nothing() -> None:
    document = Document(lecture_state())
    said = listen(document)
    before = document.state
    with pytest.raises(EditError, match=r"f is|input|flow"):
        document.edit("Connect", edits.connect, "n", "x")
    assert document.state is before
    assert not document.can_undo
    assert said == []


def test_an_error_of_the_engine_reaches_the_user_as_an_edit_error() -> None:
    document = Document(lecture_state())
    with pytest.raises(EditError, match="is used twice"):
        document.edit("Broken", lambda s: replace(s, network=replace(s.network, nodes=s.network.nodes * 2)))
    assert document.state == lecture_state()


def test_an_edit_that_changes_nothing_leaves_no_entry() -> None:
    document = Document(lecture_state())
    said = listen(document)
    document.edit("Set weight", edits.set_weight, "a", Fraction(1, 3))
    document.edit("Move point", edits.move_row, 0, {"x": 2})
    document.edit("Rewind", edits.rewind)
    assert not document.can_undo
    assert said == []


def test_a_rounded_number_is_another_number_than_the_exact_one() -> None:
    document = Document(lecture_state())
    document.edit("Set weight", edits.set_weight, "a", Fraction(1, 2))
    document.edit("Set weight", edits.set_weight, "a", 0.5)
    assert isinstance(document.state.network.edge_by_id["a"].weight, float)
    assert len(document.history) == 3


def test_one_drag_is_one_entry() -> None:
    document = Document(lecture_state())
    drag = object()
    for value in range(5, 11):
        document.edit("Move point 2", edits.move_row, 1, {"x": value}, gesture=drag)
    document.finish(drag)
    assert document.state.dataset.columns["x"][1] == 10
    document.undo()
    assert document.state == lecture_state()
    assert not document.can_undo


def test_a_finished_gesture_merges_no_more_and_equal_tokens_merge() -> None:
    document = Document(lecture_state())
    document.edit("Scrub a", edits.set_weight, "a", 1, gesture=("scrub", "a"))
    document.edit("Scrub a", edits.set_weight, "a", 2, gesture=("scrub", "a"))
    assert len(document.history) == 2
    document.finish(("scrub", "a"))
    document.edit("Scrub a", edits.set_weight, "a", 3, gesture=("scrub", "a"))
    assert len(document.history) == 3


def test_a_gesture_that_ends_where_it_began_leaves_no_entry() -> None:
    document = Document(lecture_state())
    drag = object()
    document.edit("Move point 2", edits.move_row, 1, {"x": 7}, gesture=drag)
    document.edit("Move point 2", edits.move_row, 1, {"x": 4}, gesture=drag)
    document.finish(drag)
    assert document.state == lecture_state()
    assert not document.can_undo
    assert not document.can_redo


def test_escape_takes_a_gesture_back_without_a_trace() -> None:
    document = Document(lecture_state())
    document.edit("Set bias", edits.set_bias, "n", 1)
    before = document.state
    drag = object()
    document.edit("Move point 2", edits.move_row, 1, {"x": 7}, gesture=drag)
    document.edit("Move point 2", edits.move_row, 1, {"x": 9}, gesture=drag)
    said = listen(document)
    document.cancel(drag)
    assert document.state is before
    assert document.undo_text == "Set bias"
    assert not document.can_redo
    assert ("rows_changed",) in said
    document.cancel(drag)
    assert document.state is before


def test_an_edit_after_undo_begins_a_branch_and_the_old_future_stays() -> None:
    document = Document(lecture_state())
    document.edit("Weight 1", edits.set_weight, "a", 1)
    first = document.history.head
    document.undo()
    document.edit("Weight 2", edits.set_weight, "a", 2)
    document.undo()
    assert document.redo_text == "Weight 2"
    document.go_to(first)
    assert document.state.network.edge_by_id["a"].weight == 1
    document.undo()
    assert document.redo_text == "Weight 1"


def test_each_part_is_told_once_and_the_history_last() -> None:
    document = Document(lecture_state())
    said = listen(document)
    document.edit("Add neuron", edits.add_neuron, (480.0, 0.0), identifier="h")
    assert said == [("state_changed",), ("modified_changed", True), ("history_changed",)]
    said.clear()
    document.edit("Connect", edits.connect, "n", "h", identifier="w")
    assert said == [("state_changed",), ("history_changed",)]
    said.clear()
    document.edit("Move point", edits.move_row, 0, {"x": 3})
    assert said == [("state_changed",), ("rows_changed",), ("history_changed",)]
    said.clear()
    document.edit("Rate", edits.set_learning_rate, Fraction(1, 7))
    assert said == [("state_changed",), ("training_changed",), ("history_changed",)]
    said.clear()
    document.edit("Delete", edits.delete, "n")
    assert said == [("state_changed",), ("history_changed",)]
    said.clear()
    document.undo()
    assert said == [("state_changed",), ("history_changed",)]
    said.clear()
    document.edit("All at once", lambda _state: hidden_state())
    told = ("state_changed", "rows_changed", "training_changed", "history_changed")
    assert said == [(name,) for name in told]


def test_opening_a_file_begins_anew(tmp_path: Path) -> None:
    document = Document(lecture_state())
    document.edit("Weight", edits.set_weight, "a", 1)
    said = listen(document)
    other = edits.set_bias(lecture_state(), "n", 7)
    document.reset(other, tmp_path / "other.neurosim")
    assert document.state is other
    assert document.opened_state is other
    assert not document.can_undo
    assert not document.modified
    assert document.path == tmp_path / "other.neurosim"
    assert said == [
        ("state_changed",),
        ("modified_changed", False),
        ("history_changed",),
        ("path_changed",),
        ("was_reset",),
    ]


def test_modified_means_another_state_than_the_saved_one(tmp_path: Path) -> None:
    document = Document(lecture_state())
    assert not document.modified
    document.edit("Weight", edits.set_weight, "a", 1)
    assert document.modified
    said = listen(document)
    document.mark_saved(tmp_path / "a.neurosim")
    assert said == [("modified_changed", False), ("path_changed",)]
    document.undo()
    assert document.modified
    document.redo()
    assert not document.modified


def do(document: Document, action: Action) -> None:
    """Do it if there is anything to do it to; a refusal must change nothing."""
    before, entries = document.state, len(document.history)
    arguments = action.arguments(before)
    if arguments is None:
        return
    try:
        document.edit(action.name, action.function, *arguments)
    except EditError:
        assert document.state is before
        assert len(document.history) == entries


@given(states(), st.lists(actions(), min_size=30, max_size=30))
def test_thirty_actions_and_thirty_undos(state: DocumentState, wishes: list[Action]) -> None:
    document = Document(state)
    seen = [document.state]
    for action in wishes:
        do(document, action)
        if document.state is not seen[-1]:
            seen.append(document.state)
    copies = [repr(one) for one in seen]
    for earlier in reversed(seen[:-1]):
        document.undo()
        assert document.state is earlier
    assert identical(document.state, state)
    assert not document.can_undo
    for later in seen[1:]:
        document.redo()
        assert document.state is later
    assert [repr(one) for one in seen] == copies


PARTS = {"rows": "dataset", "training": "training", "view": "view", "lesson": "lesson"}


@given(states(), st.lists(actions(), min_size=5, max_size=15))
def test_the_signals_tell_the_whole_difference(state: DocumentState, wishes: list[Action]) -> None:
    """A view that follows the signals alone holds the same parts as the document, and is told of no other."""
    document = Document(state)
    told: list[str] = []
    for name in PARTS:
        getattr(document, f"{name}_changed").connect(lambda name=name: told.append(name))
    held = [state]
    document.state_changed.connect(lambda _old, new: held.append(new))

    def check(before: DocumentState) -> None:
        assert identical(held[-1], document.state)
        for name, part in PARTS.items():
            differs = not identical(getattr(before, part), getattr(document.state, part))
            assert told.count(name) == differs, name
        told.clear()

    for action in wishes:
        before = document.state
        do(document, action)
        check(before)
    while document.can_undo:
        before = document.state
        document.undo()
        check(before)
