"""The walk through a step, line by line: the lecture's fifteen lines, back by every unit, and edits on the way."""

from __future__ import annotations

from fractions import Fraction

import pytest
from pytestqt.qtbot import QtBot

from neurosim.document import edits
from neurosim.document.document import Document
from neurosim.training.session import TrainingSession
from neurosim.working.copying import equations_text
from samples import hidden_state, lecture_state

# Line by line from the lecture's slide 12 and the table of a step: what each line ends with.
RESULTS = [
    ["2/3"],
    ["−16/3"],
    ["−16/3"],
    ["4/3"],
    ["−14/3"],
    ["−14/3"],
    ["−16/3", "−26/3"],
    ["256/9", "676/9"],
    ["466/9 ~ 51.78"],
    ["−16/3", "−26/3"],
    ["x", "1"],
    ["−136/3"],
    ["−42/3 = −14"],
    ["83/45", "−83/15"],
    ["83/45", "−83/15", "8149/2025 ~ 4.024"],
]
PHASES = ["forward"] * 6 + ["loss"] * 3 + ["backward"] * 4 + ["update"] * 2


@pytest.fixture
def session(qtbot: QtBot):
    made = TrainingSession(Document(lecture_state()))
    yield made
    made.close()


@pytest.fixture
def hidden(qtbot: QtBot):
    made = TrainingSession(Document(hidden_state()))
    yield made
    made.close()


def parameters(session: TrainingSession) -> dict[str, object]:
    return dict(session.document.state.network.parameters)


def test_fifteen_presses_show_the_fifteen_lines_and_take_the_step_with_the_last(session):
    walk, start = session.walk, session.document.state
    for number, (results, phase) in enumerate(zip(RESULTS, PHASES, strict=True), start=1):
        assert session.document.state is start
        session.step()
        assert walk.line is not None
        assert (walk.line.number, walk.line.phase) == (number, phase)
        texts = equations_text(walk.line.equations)
        assert [text.endswith(f"= {end}") for text, end in zip(texts, results, strict=True)] == [True] * len(texts)
    assert parameters(session) == {"a": Fraction(83, 45), "n.bias": Fraction(-83, 15)}
    assert walk.at_end
    assert walk.position == 0
    assert session.document.state.training.step == 1


def test_the_new_values_are_pending_after_line_fourteen_and_at_no_other_time(session):
    seen = []
    for _ in range(15):
        session.step()
        seen.append(dict(session.walk.pending))
    assert seen == [{}] * 13 + [{"a": Fraction(83, 45), "n.bias": Fraction(-83, 15)}] + [{}]


def test_back_goes_line_by_line_through_the_step_before_to_the_very_start(session):
    start = session.document.state
    for _ in range(16):
        session.step()
    assert session.walk.position == 1
    places = []
    for _ in range(16):
        session.back()
        places.append((session.document.state.training.step, session.walk.position))
    assert places == [(1, 0)] + [(0, line) for line in range(14, -1, -1)]
    assert session.document.state is start
    assert not session.can_back


def test_phases(session):
    session.walk.set_unit("phase")
    ends = []
    for _ in range(5):
        session.step()
        ends.append((session.document.state.training.step, session.walk.position))
    assert ends == [(0, 6), (0, 9), (0, 13), (1, 0), (1, 6)]
    back = []
    for _ in range(5):
        session.back()
        back.append((session.document.state.training.step, session.walk.position))
    assert back == [(1, 0), (0, 13), (0, 9), (0, 6), (0, 0)]


def test_a_step_taken_whole_is_taken_back_whole_even_by_lines(session):
    start = session.document.state
    session.full_step()
    session.full_step()
    session.back()
    session.back()
    assert session.document.state is start
    assert session.walk.position == 0


def test_a_full_step_from_the_middle_of_a_step_takes_that_step(session):
    for _ in range(5):
        session.step()
    session.full_step()
    assert session.document.state.training.step == 1
    assert session.walk.position == 0
    assert not session.walk.at_end


def test_ten_steps_and_back_by_ten_are_exact(session):
    start = session.document.state
    session.walk.set_unit("ten")
    session.step()
    assert session.document.state.training.step == 10
    session.back()
    assert session.document.state is start


def test_moving_a_point_keeps_the_line_and_changes_its_numbers(session):
    for _ in range(12):
        session.step()
    session.document.edit("Move point 2", edits.move_row, 1, {"y": Fraction(2)})
    line = session.walk.line
    assert session.walk.position == 12
    # By hand: (−16/3)·2 + (−20/3)·4 = −112/3.
    assert line is not None
    assert line.value == Fraction(-112, 3)


def test_after_the_last_line_the_step_stays_on_view_until_something_changes(session):
    for _ in range(15):
        session.step()
    working, position = session.walk.on_view()
    assert position == 15
    assert working.snapshot.loss == Fraction(466, 9)
    session.document.edit("Move point 2", edits.move_row, 1, {"y": Fraction(2)})
    assert not session.walk.at_end
    assert session.walk.line is None


def test_undo_rewind_and_run_leave_the_walk_at_its_beginning(session):
    session.full_step()
    for leave in (session.document.undo, session.rewind, session.run):
        session.step()
        session.step()
        assert session.walk.position == 2
        leave()
        session.pause()
        assert session.walk.position == 0


def test_one_row_alone_is_worked_out_and_the_others_enter_the_sums(session):
    session.walk.set_row(1)
    session.step()
    assert session.walk.line is not None
    assert session.walk.line.row == 1
    lines = session.walk.working().lines
    gradient = next(line for line in lines if "a" in line.refs and line.phase == "backward" and line.value is not None)
    assert gradient.value == Fraction(-136, 3)
    session.document.edit("Delete row 2", edits.delete_rows, {1})
    assert session.walk.row is None


def test_another_network_begins_anew(session):
    for _ in range(7):
        session.step()
    session.document.edit("Add input", edits.add_input)
    assert session.walk.position == 0


def test_a_hidden_layer_is_walked_through_alike(hidden):
    count = hidden.walk.count
    before = parameters(hidden)
    seen = []
    for _ in range(count):
        assert parameters(hidden) == before
        hidden.step()
        seen.append(hidden.walk.line.number)
    assert seen == list(range(1, count + 1))
    assert parameters(hidden) != before
    hidden.back()
    assert hidden.walk.position == count - 1
    assert parameters(hidden) == before


def test_while_a_run_goes_on_no_line_is_shown(session):
    said = []
    session.message.connect(said.append)
    session.run()
    session.step()
    assert session.walk.position == 0
    assert len(said) == 1
    session.pause()
