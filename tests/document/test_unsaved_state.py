"""What would be lost by a crash: all that was done, but nothing that a hand has not let go of."""

from __future__ import annotations

from neurosim.document import edits
from neurosim.document.document import Document
from neurosim.document.json_format import load
from neurosim.paths import example


def _y(state):
    return None if state is None else state.dataset.row(1)["y"]


def test_the_last_place_where_a_point_was_let_go_counts(qapp):
    document = Document(load(example("lecture")))
    assert document.unsaved_state is None
    first, second = object(), object()
    document.edit("Move", edits.move_row, 1, {"y": 3}, gesture=first)
    assert document.unsaved_state is None  # still in hand, and before that nothing was done
    document.edit("Move", edits.move_row, 1, {"y": 2}, gesture=first)
    document.finish(first)
    assert _y(document.unsaved_state) == 2
    document.edit("Move", edits.move_row, 1, {"y": -5}, gesture=second)
    assert (_y(document.state), _y(document.unsaved_state)) == (-5, 2)
    document.cancel(second)
    assert _y(document.unsaved_state) == 2


def test_what_was_saved_is_not_lost(qapp, tmp_path):
    document = Document(load(example("lecture")))
    document.edit("Move", edits.move_row, 1, {"y": 2})
    document.mark_saved(tmp_path / "work.neurosim")
    assert document.unsaved_state is None
    document.undo()
    assert _y(document.unsaved_state) == 4
