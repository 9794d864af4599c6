from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from neurosim.document import edits
from neurosim.panels.loss_map.subject import Subject
from neurosim.panels.loss_map.ways import DENSE, wanted_steps
from samples import hidden_state, lecture_state

F = Fraction
KEY = Qt.Key


@pytest.fixture
def lecture(bench):
    return bench("loss_map", lecture_state())


def settle(made) -> None:
    """Let the map and the ways be finished."""
    made.frame()
    for _ in range(4_000):
        if not (made.panel.landscape.pending or made.panel.ways.pending):
            break
        made.panel._work()
    QApplication.processEvents()


def present(made):
    return next((way for way in made.panel.picture.ways if not way.name), None)


def run(made, frames: int) -> None:
    made.session.set_speed("max")
    made.session.run()
    for _ in range(frames):
        made.session.advance(16)
    made.session.pause()
    settle(made)


def card(made) -> list[str]:
    return [text for text, _ in made.panel._cards.lines()]


def test_before_the_first_step_there_is_no_way_whatever_was_moved_by_hand(lecture) -> None:
    lecture.document.edit("Set", edits.set_parameters, {"a": F(1)})
    settle(lecture)
    assert lecture.panel.picture.ways == ()


def test_the_way_of_two_steps_has_the_lectures_three_points(lecture) -> None:
    lecture.session.full_step(2)
    settle(lecture)
    way = present(lecture)
    assert way.steps.tolist() == [0, 1, 2]
    assert way.x[:2] == pytest.approx([1 / 3, 83 / 45], rel=1e-15)
    assert way.y[:2] == pytest.approx([-6, -83 / 15], rel=1e-15)
    # a2 = 83/45 + 554/45/30 and b2 = -83/15 + 4/30
    assert (way.x[2], way.y[2]) == pytest.approx((83 / 45 + 554 / 1350, -83 / 15 + 4 / 30), rel=1e-15)
    assert not way.by_hand.any()
    assert way.here == 3


def test_a_point_of_the_way_tells_its_step_its_values_and_its_loss(lecture) -> None:
    lecture.session.full_step(2)
    settle(lecture)
    lecture.move(lecture.at(83 / 45, -83 / 15), Qt.MouseButton.NoButton)
    assert card(lecture) == ["step 1", "a = 83/45, b = −83/15", "loss = 8149/2025"]


def test_a_click_on_a_point_of_the_way_goes_there_and_what_was_ahead_stays_on_the_map(lecture) -> None:
    lecture.session.full_step(3)
    settle(lecture)
    lecture.click(lecture.at(83 / 45, -83 / 15))
    settle(lecture)
    assert lecture.document.state.training.step == 1
    assert lecture.document.state.network.parameters["a"] == F(83, 45)
    way = present(lecture)
    assert way.steps.tolist() == [0, 1, 2, 3]
    assert way.here == 2


def test_keys_walk_along_the_way(lecture) -> None:
    lecture.session.full_step(3)
    settle(lecture)
    lecture.plot.setFocus()
    QTest.keyClick(lecture.plot, KEY.Key_P)
    assert card(lecture)[0] == "step 2"
    QTest.keyClick(lecture.plot, KEY.Key_P)
    assert card(lecture)[0] == "step 1"
    QTest.keyClick(lecture.plot, KEY.Key_N)
    assert card(lecture)[0] == "step 2"
    QTest.keyClick(lecture.plot, KEY.Key_Escape)
    assert lecture.panel.picture.hand.walked is None


def test_every_early_step_of_a_run_is_on_the_way_exactly_where_it_was(bench) -> None:
    made = bench("loss_map", hidden_state())
    run(made, 6)
    last = made.document.state.training.step
    assert last > DENSE
    way = present(made)
    assert way.steps[: DENSE + 1].tolist() == list(range(DENSE + 1))
    assert (np.diff(way.steps) > 0).all()
    for step in (1, 7, 100):
        made.session.timeline.go(step)
        parameters = made.document.state.network.parameters
        at = int(np.flatnonzero(way.steps == step)[0])
        assert (way.x[at], way.y[at]) == (float(parameters["w1"]), float(parameters["h1.bias"]))
    assert way.steps[-1] == last


def test_a_million_steps_are_a_way_of_some_hundred_points() -> None:
    found = wanted_steps(1_000_000)
    assert found[:DENSE] == list(range(1, DENSE + 1))
    assert len(found) < 1_000
    assert found == sorted(set(found))
    assert found[-1] == 999_999
    assert wanted_steps(1) == []
    assert wanted_steps(4) == [1, 2, 3]


def test_a_run_that_goes_on_is_followed_from_its_first_step(lecture) -> None:
    lecture.session.set_speed("max")
    lecture.session.run()
    for _ in range(5):
        lecture.session.advance(16)
        QApplication.processEvents()
    reached = lecture.document.state.training.step
    while lecture.panel.ways.pending:
        lecture.panel._work()
    way = present(lecture)
    assert way.steps[0] == 0
    assert way.steps[:100].tolist() == list(range(100))
    assert way.steps[-1] == reached
    assert (way.x[1], way.y[1]) == pytest.approx((83 / 45, -83 / 15), rel=1e-12)
    lecture.session.pause()


def test_a_move_by_hand_between_two_steps_is_on_the_way_and_told_apart(lecture) -> None:
    lecture.session.full_step()
    lecture.document.edit("Move", edits.set_parameters, {"a": F(1), "n.bias": F(-5)})
    lecture.session.full_step()
    settle(lecture)
    way = present(lecture)
    assert way.steps.tolist() == [0, 1, 1, 2]
    assert way.by_hand.tolist() == [False, False, True, False]
    assert (way.x[2], way.y[2]) == (1, -5)
    lecture.move(lecture.at(1, -5), Qt.MouseButton.NoButton)
    assert card(lecture)[0] == "step 1: moved by hand"


def test_an_edit_of_the_data_between_two_steps_is_no_point(lecture) -> None:
    lecture.session.full_step()
    lecture.document.edit("Move", edits.move_row, 1, {"y": F(3)})
    lecture.session.full_step()
    settle(lecture)
    assert present(lecture).steps.tolist() == [0, 1, 2]


def test_a_branch_that_was_left_stays_on_the_map_under_its_name(lecture) -> None:
    root = lecture.document.history.root
    lecture.session.full_step(3)
    lecture.document.go_to(root)
    lecture.document.edit("Learning rate 1/11", edits.set_learning_rate, F(1, 11))
    lecture.session.full_step(2)
    settle(lecture)
    ways = lecture.panel.picture.ways
    assert [bool(way.name) for way in ways] == [False, True]
    # From 1/3 with 1/11: a = 1/3 + 136/33.
    assert ways[0].x[1] == pytest.approx(1 / 3 + 136 / 33)
    assert ways[1].name.startswith("branch 1")
    assert ways[1].steps.tolist() == [0, 1, 2, 3]
    assert ways[1].x[1] == pytest.approx(83 / 45)


def test_the_way_of_other_parameters_is_taken_from_the_same_run(bench) -> None:
    made = bench("loss_map", hidden_state())
    run(made, 3)
    found = made.panel.ways.find(Subject("w3", "w4"))[0]
    assert not made.panel.ways.pending  # nothing has to be taken again for them
    parameters = made.document.state.network.parameters
    assert (found.x[0], found.y[0]) == (1, pytest.approx(1 / 3))
    assert (found.x[-1], found.y[-1]) == (float(parameters["w3"]), float(parameters["w4"]))
    frozen = made.panel.ways.find(Subject("w1", "skip"))[0]
    assert set(frozen.y.tolist()) == {1 / 7}


def test_fit_shows_where_the_run_began(lecture) -> None:
    lecture.session.full_step(3)
    lecture.document.edit("Move", edits.set_parameters, {"a": F(4), "n.bias": F(-4)})
    settle(lecture)
    QTest.keyClick(lecture.plot, KEY.Key_Home)
    settle(lecture)
    picture = lecture.panel.picture
    for place in ((1 / 3, -6), (4, -4), (2, -4)):
        assert picture.is_inside(picture.place_of(place))
