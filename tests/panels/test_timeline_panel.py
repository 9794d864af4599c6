"""The timeline under real hands: every place to the last bit, and a history that looking around does not change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QToolTip

from neurosim.document import edits
from neurosim.document.changes import identical
from neurosim.document.history import Entry
from neurosim.document.state import DocumentState
from neurosim.panels.timeline import words
from neurosim.panels.timeline.geometry import Geometry, Spans, room_for
from neurosim.panels.timeline.painting import nice_steps, numbered_places, told_apart
from neurosim.training.lanes import Lane
from neurosim.training.loss_trace import EMPTY_LOG
from neurosim.training.track import Track
from neurosim.training.trajectory import TrainingRecord, Trajectory
from neurosim.widgets.theme import apply_theme, theme
from samples import hidden_state, lecture_state

F = Fraction
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
SHIFT = Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier


def run_for(made, steps: int) -> list[DocumentState]:
    states = []
    made.session.set_speed("1x")
    made.session.run()
    for _ in range(steps):
        made.frame()
        states.append(made.document.state)
    made.session.pause()
    made.frame()
    return states


def sixty(made) -> list[DocumentState]:
    """Sixty steps with three edits in between; every state on the way."""
    seen = [made.document.state, *run_for(made, 25)]
    for text, edit, args in (
        ("Learning rate 1/50", edits.set_learning_rate, (F(1, 50),)),
        ("Set row 2", edits.move_row, (1, {"y": 3})),
        ("Rename n", edits.rename, ("n", "out")),
    ):
        made.document.edit(text, edit, *args)
        seen.append(made.document.state)
    seen += run_for(made, 35)
    return seen


@pytest.fixture
def timeline(bench) -> Callable[[DocumentState], object]:
    """A shown timeline of 1180 x 240 pixels on a document: its track is 900 wide."""

    def build(state: DocumentState):
        made = bench("timeline", state)
        made.panel.resize(1180, 240)
        QApplication.processEvents()
        return made

    return build


def spot(made, index: int) -> QPoint:
    """The pixel of a place of the present branch."""
    track = made.panel.track
    return QPointF(track.layout_now.geometry.main.across(index), track.layout_now.rows.track).toPoint()


def lane_spot(made, lane: int, index: int) -> QPoint:
    track = made.panel.track
    return QPointF(
        track.layout_now.geometry.lanes[lane].spans.across(index), track.layout_now.rows.lanes[lane]
    ).toPoint()


def move(widget, place: QPoint, modifiers: Qt.KeyboardModifier) -> None:
    """Move the pointer with the left button held."""
    at = QPointF(place)
    event = QMouseEvent(QEvent.Type.MouseMove, at, QPointF(widget.mapToGlobal(place)), NONE, LEFT, modifiers)
    QApplication.sendEvent(widget, event)


def tree(made) -> list[tuple[int, str, DocumentState]]:
    return [(entry.id, entry.text, entry.state) for entry in made.document.history.entries()]


def says(made) -> str:
    return made.panel.findChild(QLabel, "timelinePlace").whole_text()


# -- the handle --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [lecture_state(), hidden_state()], ids=["lecture", "hidden"])
def test_dragging_the_handle_shows_each_place_bit_exactly_and_changes_no_history(
    timeline, state: DocumentState
) -> None:
    made = timeline(state)
    seen = sixty(made)
    track, before, head = made.panel.track, tree(made), made.document.history.head
    told = []
    made.session.snapshot_changed.connect(told.append)
    QTest.mousePress(track, LEFT, PLAIN, spot(made, 63) + QPoint(9, 5))  # beside the middle: no jump
    made.frame()
    assert identical(made.document.state, seen[63])
    visited = set()
    for x in range(spot(made, 63).x() + 9, spot(made, 0).x(), -3):
        move(track, QPoint(x, 20), PLAIN)
        made.frame()
        index = made.session.timeline.index
        assert identical(made.document.state, seen[index])
        assert made.session.snapshot.network is made.document.state.network
        visited.add(index)
    assert len(visited) > 50
    assert tree(made) == before
    QTest.mouseRelease(track, LEFT, PLAIN, QPoint(60, 20))
    made.frame()
    assert made.document.history.head is head
    assert tree(made) == before
    assert len(told) >= len(visited) - 1  # it began at the place shown


def test_a_click_anywhere_on_the_track_goes_there_in_the_next_frame(timeline) -> None:
    made = timeline(hidden_state())
    seen = sixty(made)
    for index in (3, 40, 25, 26, 63, 0):
        QTest.mouseClick(made.panel.track, LEFT, PLAIN, spot(made, index) + QPoint(0, 10))
        made.frame()
        assert identical(made.document.state, seen[index])
        assert made.panel.track.value() == index
    assert says(made) == "step 0 · the beginning"


def test_the_handle_is_taken_within_a_target_of_24_pixels(timeline) -> None:
    made = timeline(hidden_state())
    seen = sixty(made)
    made.session.timeline.go(30)
    made.frame()
    for offset in (-12, 12):
        QTest.mousePress(made.panel.track, LEFT, PLAIN, spot(made, 30) + QPoint(offset, 0))
        made.frame()
        assert identical(made.document.state, seen[30])
        QTest.mouseRelease(made.panel.track, LEFT, PLAIN, spot(made, 30))


def test_keys_go_by_step_entry_tenth_and_to_the_ends(timeline) -> None:
    made = timeline(hidden_state())
    seen = sixty(made)
    made.panel.track.setFocus()

    def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> int:
        QTest.keyClick(made.panel.track, key, modifiers)
        made.frame()
        index = made.session.timeline.index
        assert identical(made.document.state, seen[index])
        return index

    assert press(Qt.Key.Key_Left) == 62
    assert press(Qt.Key.Key_Left) == 61
    assert press(Qt.Key.Key_Right) == 62
    assert press(Qt.Key.Key_Left, SHIFT) == 28
    assert says(made) == "step 25 · after “Rename n”"
    assert [press(Qt.Key.Key_Left, SHIFT) for _ in range(4)] == [27, 26, 25, 0]
    assert [press(Qt.Key.Key_Right, SHIFT) for _ in range(3)] == [25, 26, 27]
    assert [press(Qt.Key.Key_PageDown), press(Qt.Key.Key_PageUp)] == [33, 27]
    assert [press(Qt.Key.Key_Home), press(Qt.Key.Key_Left), press(Qt.Key.Key_End), press(Qt.Key.Key_Right)] == [
        0,
        0,
        63,
        63,
    ]


def test_buttons_and_wheel_move_by_single_steps_without_a_drag(timeline) -> None:
    made = timeline(hidden_state())
    seen = sixty(made)
    for name, index in (
        ("timelineBack", 62), ("timelineBack", 61), ("timelineForward", 62), ("timelineStart", 0), ("timelineEnd", 63)
    ):  # fmt: skip
        QTest.mouseClick(made.panel.findChild(QToolButton, name), LEFT)
        made.frame()
        assert identical(made.document.state, seen[index])
    assert not made.panel.findChild(QToolButton, "timelineForward").isEnabled()


def test_with_shift_a_pixel_is_a_step_even_in_a_long_run(timeline) -> None:
    made = timeline(lecture_state())
    made.document.edit("Rate", edits.set_learning_rate, F(1, 100_000))
    made.session.set_speed("max")
    made.session.run()
    while made.document.state.training.step < 20_000:
        made.session.advance()
    made.session.pause()
    made.frame()
    track, index = made.panel.track, 10_000
    made.session.timeline.go(index)
    made.frame()
    start = spot(made, index)
    assert made.panel.track.layout_now.geometry.main.index_at(start.x() + 1) > index + 10
    QTest.mousePress(track, LEFT, SHIFT, start)
    for dx in (1, 2, 3, 7):
        move(track, start + QPoint(dx, 0), SHIFT)
        made.frame()
        assert made.session.timeline.index == index + dx
    QTest.mouseRelease(track, LEFT, SHIFT, start)


def test_screen_readers_can_set_the_value_and_hear_where_they_are(timeline) -> None:
    made = timeline(hidden_state())
    seen = sixty(made)
    track = made.panel.track
    assert (track.minimum(), track.maximum(), track.value()) == (0, 63, 63)
    track.setValue(12)
    made.frame()
    assert identical(made.document.state, seen[12])
    assert track.accessibleDescription() == "step 12 · inside “Train 25 steps”"


# -- what one does from there ------------------------------------------------------------------------------------------


def test_an_edit_in_the_past_keeps_the_branch_as_a_lane_and_a_click_on_it_goes_there(timeline) -> None:
    made = timeline(hidden_state())
    seen = sixty(made)
    QTest.mouseClick(made.panel.track, LEFT, PLAIN, spot(made, 12))
    made.frame()
    assert "new branch" in made.panel.findChild(QLabel, "timelineNote").whole_text()
    made.document.edit("Learning rate 1/11", edits.set_learning_rate, F(1, 11))
    new = run_for(made, 8)
    names = [found.lane.name for found in made.panel.track.layout_now.geometry.lanes]
    assert names == ["branch 1, from step 12: train 13 steps"]
    assert made.panel.findChild(QLabel, "timelineNote").whole_text() == ""
    # The lane starts under its fork.
    lane = made.panel.track.layout_now.geometry.lanes[0].spans
    assert lane.left == pytest.approx(made.panel.track.layout_now.geometry.main.across(12))
    QTest.mouseClick(made.panel.track, LEFT, PLAIN, lane_spot(made, 0, lane.track.last))
    made.frame()
    assert identical(made.document.state, seen[63])
    QTest.mouseClick(made.panel.track, LEFT, PLAIN, spot(made, 30))
    made.frame()
    assert identical(made.document.state, seen[30])
    # The other one is the lane now; the middle of its line is a place in the middle.
    lane = made.panel.track.layout_now.geometry.lanes[0].spans
    assert made.panel.track.layout_now.geometry.lanes[0].lane.name == "branch 2, from step 12: learning rate 1/11"
    QTest.mouseClick(made.panel.track, LEFT, PLAIN, lane_spot(made, 0, 4))
    made.frame()
    assert identical(made.document.state, new[2])


def test_lanes_are_reached_with_keys(timeline) -> None:
    made = timeline(lecture_state())
    made.session.full_step(3)
    made.document.edit("A", edits.set_bias, "n", 1)
    made.document.undo()
    made.document.edit("B", edits.set_bias, "n", 2)
    made.frame()
    track = made.panel.track
    track.setFocus()
    QTest.keyClick(track, Qt.Key.Key_Down)
    QTest.keyClick(track, Qt.Key.Key_Return)
    made.frame()
    assert made.document.undo_text == "A"
    QTest.keyClick(track, Qt.Key.Key_Return)  # nothing is chosen any more
    made.frame()
    assert made.document.undo_text == "A"


def test_four_lanes_are_drawn_and_the_others_counted(timeline) -> None:
    made = timeline(lecture_state())
    made.session.full_step(3)
    for value in range(7):
        made.document.edit(f"Bias {value}", edits.set_bias, "n", value)
        made.document.undo()
    made.document.edit("Last", edits.set_bias, "n", 9)
    made.frame()
    track = made.panel.track
    shown = [found.lane.tip.text for found in track.layout_now.geometry.lanes]
    assert shown == ["Bias 6", "Bias 5", "Bias 4", "Bias 3"]
    assert track.layout_now.hidden == 3
    made.panel.resize(1180, 125)  # too low for four
    QApplication.processEvents()
    assert (len(track.layout_now.geometry.lanes), track.layout_now.hidden) == (1, 6)
    track.grab()
    assert words.hidden_branches(1) == "and 1 more branch"


def test_a_strip_shows_the_track_alone_and_says_how_many_branches_there_are(timeline) -> None:
    made = timeline(lecture_state())
    for value in range(3):
        made.document.edit(f"Bias {value}", edits.set_bias, "n", value)
        made.document.undo()
    made.document.edit("Last", edits.set_bias, "n", 9)
    made.frame()
    made.panel.resize(900, made.panel.minimumSizeHint().height())
    QApplication.processEvents()
    made.session.timeline.go(1)
    made.frame()
    track = made.panel.track
    found = track.layout_now
    assert track.height() <= 48
    assert (found.named, found.counted, found.hidden, len(found.geometry.lanes)) == (False, False, 3, 0)
    assert found.rows.track >= 12
    assert found.rows.numbers + 9 <= track.height()
    assert made.panel.findChild(QLabel, "timelineNote").whole_text() == words.branches_below(3)
    QTest.keyClick(track, Qt.Key.Key_Home)
    made.frame()
    assert says(made) == "step 0 · the beginning"
    track.grab()


def test_a_run_grows_the_track_in_leaps_and_dragging_ends_it(timeline) -> None:
    made = timeline(hidden_state())
    made.session.set_speed("1x")
    made.session.run()
    scales = []
    states = [made.document.state]
    for _ in range(14):
        made.frame()
        states.append(made.document.state)
        scales.append(round(made.panel.track.layout_now.geometry.step, 6))
    assert len(set(scales)) == 2  # room for ten, then for fifteen
    assert says(made) == "step 14 · running"
    QTest.mouseClick(made.panel.track, LEFT, PLAIN, spot(made, 5))
    made.frame()
    assert not made.session.running
    assert identical(made.document.state, states[5])


def test_a_hidden_timeline_does_nothing_and_catches_up(timeline) -> None:
    made = timeline(hidden_state())
    made.panel.hide()
    sixty(made)
    assert made.panel.track.maximum() == 0
    made.panel.show()
    QApplication.processEvents()
    assert made.panel.track.maximum() == 63


def test_pointing_says_what_is_there(timeline) -> None:
    made = timeline(hidden_state())
    sixty(made)
    track = made.panel.track
    assert track.tip_at(QPointF(spot(made, 26))) == "step 25 · after “Learning rate 1/50”"
    made.session.timeline.go(12)
    made.document.edit("A", edits.set_bias, "n", 1)
    made.frame()
    assert track.tip_at(QPointF(lane_spot(made, 0, 5))).startswith("branch 1, from step 12: train 13 steps\nstep 17")
    assert track.tip_at(QPointF(880, 235)) == ""
    QToolTip.hideText()


@pytest.mark.parametrize("name", ["light", "dark", "projector"])
@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_it_is_painted_in_every_theme_and_size(timeline, qapp, name: str, zoom: float) -> None:
    made = timeline(hidden_state())
    sixty(made)
    made.session.timeline.go(12)
    made.document.edit("A", edits.set_bias, "n", 1)
    made.frame()
    apply_theme(qapp, name, zoom)
    made.panel.resize(int(1180 * zoom), int(240 * zoom))
    QApplication.processEvents()
    picture = made.panel.track.grab().toImage()
    middle = QPointF(
        made.panel.track.layout_now.geometry.main.across(13), made.panel.track.layout_now.rows.track
    ).toPoint()
    assert picture.pixelColor(middle) == theme().accent
    apply_theme(qapp, "light")


# -- geometry ----------------------------------------------------------------------------------------------------------


def entry_of(number: int, steps: int, parent: Entry) -> Entry:
    """An entry of so many steps; 0 for an edit."""
    state = parent.state
    record = None
    if steps:
        state = replace(state, training=replace(state.training, step=state.training.step + steps))
        record = TrainingRecord(parent.state.training.step + 1, steps, 0.0, EMPTY_LOG, Trajectory(parent.state))
    entry = Entry(number, f"entry {number}", state, parent, "run" if steps else "edit", record=record)
    parent.children.append(entry)
    return entry


def line_of(lengths: list[int]) -> list[Entry]:
    line = [Entry(0, "", lecture_state(), None, "start")]
    for number, steps in enumerate(lengths, start=1):
        line.append(entry_of(number, steps, line[-1]))
    return line


@given(st.lists(st.integers(0, 40), max_size=12), st.integers(0, 30))
def test_every_place_is_found_where_it_is_drawn(lengths: list[int], tail: int) -> None:
    track = Track(line_of(lengths), tail)
    geometry = Geometry(track, [], 16.0, 2016.0, 14.0)
    spans = geometry.main
    places = [spans.across(index) for index in range(track.last + tail + 1)]
    assert places == sorted(places)
    assert places[0] == 16.0
    assert places[-1] <= 2016.0 + 1e-6
    assert [spans.index_at(x) for x in places] == list(range(track.last + tail + 1))
    assert spans.index_at(-50) == 0
    assert spans.index_at(5000) == track.last + tail


@given(st.lists(st.sampled_from([0, 0, 1, 1_000_000]), min_size=1, max_size=60))
def test_edits_and_long_runs_share_the_width(lengths: list[int]) -> None:
    spans = Geometry(Track(line_of(lengths)), [], 0.0, 600.0, 14.0).main
    assert spans.right <= 600.0 + 1e-6
    edit = Geometry(Track(line_of(lengths)), [], 0.0, 600.0, 14.0).edit
    assert edit * lengths.count(0) <= 300.0 + 1e-6


def test_a_crowd_of_marks_is_thinned_where_they_cannot_be_told_apart() -> None:
    assert told_apart([10.0, 24.0, 38.0]) == [10.0, 24.0, 38.0]
    assert told_apart([0.0, 0.5, 1.0, 1.5, 2.0, 3.5, 4.9]) == [0.0, 1.5, 3.5]


def test_room_and_numbers_are_round() -> None:
    assert [room_for(n) for n in (0, 10, 11, 15, 16, 20, 21, 30, 31, 1_000_000)] == [
        10, 10, 15, 15, 20, 20, 30, 30, 40, 1_310_720
    ]  # fmt: skip
    assert [nice_steps(x) for x in (0.2, 1, 1.1, 3, 7, 11, 480)] == [1, 1, 2, 5, 10, 20, 500]
    line = line_of([12, 0, 9])
    spans = Spans(Track(line, tail=6), 0.0, 10.0, 4.0)
    assert numbered_places(spans, 5) == [(0, 0), (5, 5), (10, 10), (16, 15), (21, 20), (26, 25)]


def test_lanes_from_a_lane_start_on_it() -> None:
    line = line_of([10])
    first = entry_of(7, 5, line[0])
    second = entry_of(8, 3, first)
    lanes = [Lane(3, line[0], (first,)), Lane(2, first, (second,))]
    geometry = Geometry(Track(line), lanes, 0.0, 100.0, 10.0)
    assert [found.fork_row for found in geometry.lanes] == [-1, 0]
    assert [found.spans.left for found in geometry.lanes] == [0.0, 50.0]
    assert geometry.lanes[1].spans.right == 80.0
