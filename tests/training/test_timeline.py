"""Any place of the history, to the last bit: looking around changes nothing, and what is done goes on from there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from neurosim.document import edits
from neurosim.document.changes import identical
from neurosim.document.document import Document
from neurosim.document.history import Entry
from neurosim.document.state import DocumentState
from neurosim.training import timeline as module
from neurosim.training.session import TrainingSession
from neurosim.training.track import Place, Track
from runs import run_for
from samples import hidden_state, lecture_state

Open = Callable[[DocumentState], TrainingSession]


def sixty_steps(session: TrainingSession) -> list[DocumentState]:
    """Sixty steps in two runs and three single steps, with edits in between: every state on the way."""
    document = session.document
    seen = [document.state]

    def edit(text: str, function: Callable[..., DocumentState], *args: object) -> None:
        document.edit(text, function, *args)
        seen.append(document.state)

    seen.extend(run_for(session, 25))
    edit("Learning rate 1/50", edits.set_learning_rate, Fraction(1, 50))
    for _ in range(3):
        session.full_step()
        seen.append(document.state)
    edit("Set row 2", edits.move_row, 1, {"y": 3})
    edit("Rename n", edits.rename, "n", "out")
    seen.extend(run_for(session, 32))
    return seen


def tree(document: Document) -> list[tuple[int, str, DocumentState]]:
    return [(entry.id, entry.text, entry.state) for entry in document.history.entries()]


def texts(document: Document) -> list[str]:
    return [entry.text for entry in document.history.branch()]


# -- looking around ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [lecture_state(), hidden_state()], ids=["lecture", "hidden"])
def test_every_place_of_a_branch_with_edits_comes_back_to_the_last_bit(
    open_session: Open, state: DocumentState
) -> None:
    session = open_session(state)
    seen = sixty_steps(session)
    timeline, document = session.timeline, session.document
    assert timeline.track.steps == 60
    assert timeline.track.last == len(seen) - 1 == 63
    before, head = tree(document), document.history.head
    for index in [*range(63, -1, -1), *range(0, 64, 7), 63]:
        timeline.want(index)
        session.advance()
        assert identical(document.state, seen[index])
        assert (timeline.index, timeline.pending) == (index, None)
        assert session.snapshot.settings.step == seen[index].training.step
    assert tree(document) == before
    assert document.history.head is head
    assert document.visited is None


def test_looking_back_tells_the_views_as_undo_does_and_names_undo_and_redo(open_session: Open) -> None:
    session = open_session(lecture_state())
    sixty_steps(session)
    document, told = session.document, []
    document.state_changed.connect(lambda old, new: told.append((old, new)))
    document.training_changed.connect(lambda: told.append("training"))
    document.rows_changed.connect(lambda: told.append("rows"))
    last = document.state
    session.timeline.go(10)
    assert told == [(last, document.state), "rows", "training"]
    assert (document.undo_text, document.redo_text) == ("Train 10 steps", "Train 15 steps")
    assert document.can_undo
    assert document.can_redo
    session.timeline.go(26)
    assert (document.undo_text, document.redo_text) == ("Learning rate 1/50", "Step 26")
    session.timeline.go(0)
    assert (document.undo_text, document.can_undo, document.redo_text) == ("", False, "Train 25 steps")


def test_looking_back_at_what_was_opened_does_not_count_as_having_saved(open_session: Open, tmp_path: Path) -> None:
    session = open_session(lecture_state())
    run_for(session, 4)
    document, told = session.document, []
    document.modified_changed.connect(told.append)
    session.timeline.go(0)
    assert document.state is document.opened_state
    assert document.modified
    assert document.present_state.training.step == 4
    # What is saved is what is shown, and the rest is ahead of it from now on.
    session.timeline.go(2)
    document.mark_saved(tmp_path / "two.neurosim")
    assert not document.modified
    assert told == [False]
    assert (document.visited, document.redo_text) == (None, "Train 2 steps")
    document.redo()
    assert document.modified


def test_a_run_is_ended_and_recorded_before_one_looks_back(open_session: Open) -> None:
    session = open_session(hidden_state())
    session.run()
    states = [session.document.state]
    for _ in range(6):
        session.advance()
        states.append(session.document.state)
    assert session.timeline.index == 6
    assert session.timeline.track.tail == 6
    session.timeline.want(3)
    session.advance()
    assert not session.running
    assert identical(session.document.state, states[3])
    assert texts(session.document) == ["", "Train 6 steps"]


def test_training_during_a_drag_has_no_place_inside(open_session: Open) -> None:
    session = open_session(hidden_state())
    session.run()
    session.advance()
    drag = object()
    for value in range(3):
        session.document.edit("Move point 1", edits.move_row, 0, {"y": value}, gesture=drag)
        session.advance()
    session.document.finish(drag)
    session.pause()
    track = session.timeline.track
    found = [(stretch.entry.text, stretch.places, stretch.steps) for stretch in track.stretches]
    assert found == [("Train 1 step", 1, 1), ("Move point 1", 1, 2), ("Train 1 step", 1, 1)]
    steps = []
    for index in range(track.last + 1):
        session.timeline.go(index)
        steps.append(session.document.state.training.step)
    assert steps == [0, 1, 3, 4]


# -- going on from a place in the past ---------------------------------------------------------------------------------


def test_an_edit_in_the_past_divides_the_run_once_and_keeps_the_branch_that_was(open_session: Open) -> None:
    session = open_session(hidden_state())
    seen = sixty_steps(session)
    document, timeline = session.document, session.timeline
    entries = len(document.history)
    timeline.go(12)
    document.edit("Learning rate 1/11", edits.set_learning_rate, Fraction(1, 11))
    assert identical(document.state, edits.set_learning_rate(seen[12], Fraction(1, 11)))
    assert texts(document) == ["", "Train 12 steps", "Learning rate 1/11"]
    assert len(document.history) == entries + 2
    assert [lane.name for lane in timeline.lanes] == ["branch 1, from step 12: train 13 steps"]
    new = run_for(session, 5)
    # Every place of both branches is still there.
    lane = timeline.lanes[0]
    timeline.go_to_branch(lane)
    assert document.state is lane.tip.state
    assert timeline.track.last == 64 - 1
    for index in range(63, -1, -3):
        timeline.go(index)
        assert identical(document.state, seen[index])
    assert [lane.name for lane in timeline.lanes] == ["branch 2, from step 12: learning rate 1/11"]
    timeline.go_to_branch(timeline.lanes[0], Place(timeline.lanes[0].tip, 3))
    session.advance()
    assert identical(document.state, new[2])


def test_undo_and_redo_from_inside_a_run(open_session: Open) -> None:
    session = open_session(hidden_state())
    seen = [session.document.state, *run_for(session, 20)]
    session.timeline.go(7)
    session.document.undo()
    assert session.document.state is seen[0]
    session.document.redo()
    assert identical(session.document.state, seen[7])
    session.document.redo()
    assert identical(session.document.state, seen[20])
    assert texts(session.document) == ["", "Train 7 steps", "Train 13 steps"]


def test_back_step_and_run_go_on_from_the_place_shown(open_session: Open) -> None:
    session = open_session(hidden_state())
    seen = [session.document.state, *run_for(session, 20)]
    session.timeline.go(7)
    assert session.can_back
    session.back()
    assert identical(session.document.state, seen[6])
    session.timeline.go(15)
    session.full_step()
    assert identical(session.document.state, seen[16])
    session.timeline.go(3)
    assert identical(run_for(session, 4)[-1], seen[7])
    assert session.document.history.head.record.first == 4
    assert identical(session.document.history.line()[0].state, seen[0])


def test_the_curve_of_a_divided_run_is_the_whole_curve(open_session: Open) -> None:
    session = open_session(hidden_state())
    run_for(session, 30)
    losses = session.loss_trace().losses.tolist()
    for index in (21, 9, 15):
        session.timeline.go(index)
        session.document.settle()
    session.document.go_to(session.document.history.line()[-1])
    assert texts(session.document) == ["", "Train 9 steps", "Train 6 steps", "Train 6 steps", "Train 9 steps"]
    trace = session.loss_trace()
    assert trace.steps.tolist() == list(range(31))
    assert trace.losses.tolist() == losses


def test_a_step_taken_again_grows_no_twin(open_session: Open) -> None:
    session = open_session(lecture_state())
    session.full_step(3)
    for _ in range(4):
        session.back()
        session.back()
        session.full_step(2)
    assert texts(session.document) == ["", "Step 1", "Step 2", "Step 3"]
    assert len(session.document.history) == 4
    assert session.timeline.lanes == ()
    session.back()
    session.document.edit("Learning rate", edits.set_learning_rate, Fraction(1, 40))
    session.full_step()
    assert [lane.name for lane in session.timeline.lanes] == ["branch 1, from step 2: step 3"]


def test_an_edit_that_comes_to_nothing_leaves_one_looking(open_session: Open) -> None:
    session = open_session(hidden_state())
    run_for(session, 20)
    session.timeline.go(5)
    before = tree(session.document)
    session.document.edit("Nothing", lambda state: state)
    with pytest.raises(edits.EditError):
        session.document.edit("Wrong", edits.set_activation, "n", "no such function")
    assert session.document.visited is not None
    assert tree(session.document) == before


def test_opening_another_document_ends_a_visit(open_session: Open) -> None:
    session = open_session(hidden_state())
    run_for(session, 20)
    session.timeline.go(5)
    session.document.reset(lecture_state())
    assert session.document.visited is None
    assert session.document.state == lecture_state()
    assert session.timeline.index == session.timeline.track.last == 0


# -- long ways ---------------------------------------------------------------------------------------------------------


def test_a_long_way_is_gone_in_frames_and_each_shows_a_true_state(
    open_session: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = open_session(hidden_state())
    seen = [session.document.state, *run_for(session, 40)]
    record = session.document.history.head.record
    record.trajectory.checkpoints.clear()
    monkeypatch.setattr(module, "SLICE", 0.0)
    timeline, shown = session.timeline, []
    timeline.want(30)
    while timeline.pending is not None:
        timeline.advance(0.0)  # one step a frame
        shown.append(timeline.index)
        assert identical(session.document.state, seen[timeline.index])
        assert timeline.pending_index == 30
    assert shown == list(range(1, 31))
    # A step forward goes on from there; nothing is begun anew.
    record.trajectory.checkpoints.clear()
    timeline.want(31)
    timeline.advance(0.0)
    assert identical(session.document.state, seen[31])


def test_who_changes_his_mind_on_a_long_way_is_taken_to_the_other_place(open_session: Open) -> None:
    session = open_session(hidden_state())
    seen = [session.document.state, *run_for(session, 40)]
    session.document.history.head.record.trajectory.checkpoints.clear()
    timeline = session.timeline
    timeline.want(30)
    timeline.advance(0.0)
    assert timeline.index == 1
    timeline.want(2)
    timeline.advance(0.0)
    assert (timeline.index, timeline.pending) == (2, None)
    assert identical(session.document.state, seen[2])


def test_what_is_done_on_a_long_way_goes_on_from_the_state_shown(open_session: Open) -> None:
    session = open_session(hidden_state())
    seen = [session.document.state, *run_for(session, 40)]
    session.document.history.head.record.trajectory.checkpoints.clear()
    timeline = session.timeline
    timeline.want(30)
    for _ in range(4):
        timeline.advance(0.0)
    session.document.edit("Learning rate 1/50", edits.set_learning_rate, Fraction(1, 50))
    assert timeline.pending is None
    assert identical(session.document.state, edits.set_learning_rate(seen[4], Fraction(1, 50)))


def test_steps_that_would_hold_up_the_window_are_taken_again_in_the_thread(
    open_session: Open, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    session = open_session(hidden_state())
    seen = [session.document.state, *run_for(session, 40)]
    session.document.history.head.record.trajectory.checkpoints.clear()
    monkeypatch.setattr(module, "LONG_WORK", 0)
    timeline = session.timeline
    timeline.want(30)
    assert timeline.advance(0.001)
    timeline.want(35)  # while the thread is still at it
    qtbot.waitUntil(lambda: not timeline.advance(0.001), timeout=5000)
    assert identical(session.document.state, seen[35])
    timeline.go(33)
    assert identical(session.document.state, seen[33])


# -- tracks and lanes --------------------------------------------------------------------------------------------------


def test_a_track_finds_places_and_the_ends_of_entries(open_session: Open) -> None:
    session = open_session(lecture_state())
    sixty_steps(session)
    track = session.timeline.track
    assert [(s.first, s.places, s.steps) for s in track.stretches] == [
        (1, 25, 25), (26, 1, 0), (27, 1, 1), (28, 1, 1), (29, 1, 1), (30, 1, 0), (31, 1, 0), (32, 32, 32)
    ]  # fmt: skip
    for index in range(track.last + 1):
        assert track.index_of(track.place_at(index)) == index
    assert [track.place_at(i).step for i in (0, 1, 25, 26, 27, 29, 30, 31, 32, 63)] == [
        0,
        1,
        25,
        25,
        26,
        28,
        28,
        28,
        29,
        60,
    ]
    assert track.place_at(-4) == track.place_at(0)
    assert track.place_at(999) == track.place_at(63)
    assert [track.entry_before(i) for i in (63, 32, 31, 30, 26, 25, 1, 0)] == [31, 31, 30, 29, 25, 0, 0, 0]
    assert [track.entry_after(i) for i in (0, 24, 25, 26, 31, 32, 63)] == [25, 25, 26, 27, 63, 63, 63]
    assert track.index_of(Place(Entry(99, "", lecture_state(), None), 0)) is None


def test_branches_are_numbered_in_the_order_in_which_they_began(open_session: Open) -> None:
    session = open_session(lecture_state())
    document, timeline = session.document, session.timeline
    session.full_step(4)
    numbers = lambda: [lane.number for lane in timeline.lanes]  # noqa: E731
    for rate in (40, 50, 60):
        timeline.go(2)
        document.edit(f"Learning rate 1/{rate}", edits.set_learning_rate, Fraction(1, rate))
        session.full_step()
    assert numbers() == [3, 2, 1]
    first = timeline.lanes[-1]
    timeline.go_to_branch(first)
    assert numbers() == [4, 3, 2]
    # A branch from a branch, and one from within its run.
    run_for(session, 6)
    timeline.go(7)
    document.edit("Set bias", edits.set_bias, "n", 0)
    assert numbers() == [1, 4, 3, 2]
    assert timeline.lanes[0].name == "branch 1, from step 7: train 3 steps"


def test_a_lane_begins_where_it_leaves_the_present_or_a_newer_lane(open_session: Open) -> None:
    session = open_session(lecture_state())
    document, timeline = session.document, session.timeline
    session.full_step(2)
    document.edit("A", edits.set_bias, "n", 1)
    document.undo()
    document.edit("B", edits.set_bias, "n", 2)
    document.edit("C", edits.set_bias, "n", 3)
    document.undo()
    document.edit("D", edits.set_bias, "n", 4)
    timeline.go_to_branch(next(lane for lane in timeline.lanes if lane.tip.text == "A"))
    assert [[entry.text for entry in lane.entries] for lane in timeline.lanes] == [["B", "D"], ["C"]]
    assert [lane.fork.text for lane in timeline.lanes] == ["Step 2", "B"]


def test_a_track_that_grew_is_the_one_made_anew(open_session: Open) -> None:
    session = open_session(lecture_state())
    document, timeline = session.document, session.timeline

    def compare() -> None:
        anew = Track(document.history.line())
        grown = timeline.track
        assert grown.stretches == anew.stretches
        assert (grown.firsts, grown.edits, grown.training) == (anew.firsts, anew.edits, anew.training)
        assert (grown.last, grown.tail, grown.end) == (anew.last, 0, anew.end)
        assert [grown.number_of(entry) for entry in document.history.line()] == list(range(-1, len(anew.stretches)))

    compare()
    session.full_step(2)
    compare()
    document.edit("A", edits.set_bias, "n", 1)
    compare()
    document.undo()
    compare()  # what redo leads to is on it
    document.edit("B", edits.set_bias, "n", 2)
    compare()
    assert timeline.track.number_of(timeline.lanes[0].tip) is None
    session.set_speed("1x")
    session.run()
    for tail in (1, 2, 3):
        session.advance()
        assert (timeline.track.tail, timeline.track.steps) == (tail, 2 + tail)
    session.pause()
    compare()
    document.edit("C", edits.set_bias, "n", 3, gesture="hand")
    before = timeline.track
    document.edit("C", edits.set_bias, "n", 4, gesture="hand")
    assert timeline.track is before
    compare()
    timeline.go_to_branch(timeline.lanes[0])
    compare()
    assert [stretch.entry.text for stretch in timeline.track.stretches] == ["Step 1", "Step 2", "A"]
    assert timeline.track.edits == [0, 0, 0, 1]


def test_a_track_of_nothing() -> None:
    track = Track([Entry(0, "", lecture_state(), None, "start")])
    assert (track.last, track.steps, track.entry_before(0), track.entry_after(0)) == (0, 0, 0, 0)
    assert track.place_at(5).step == 0
    assert replace(track.place_at(5), done=0).at_end
