from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from neurosim.document import edits
from neurosim.document.document import Document
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Column, Dataset
from neurosim.panels._taps import PAUSE
from neurosim.training.frame_clock import FrameClock
from neurosim.widgets.number_field import NumberField
from samples import lecture_state

F = Fraction


@pytest.fixture
def lecture(bench):
    return bench("data_plot", lecture_state())


def ranges(made):
    return [list(pair) for pair in made.plot.viewRange()]


def picture(made) -> QImage:
    return made.plot.grab().toImage()


def test_a_dragged_point_changes_loss_and_gradient_and_nothing_that_must_stay(lecture) -> None:
    before, pixels = ranges(lecture), picture(lecture)
    curve = lecture.panel.view.line.curve.copy()
    arrows = list(lecture.panel.view.line.arrows)
    lecture.press(lecture.at(4, 4))
    lecture.move(lecture.at(4, 3))
    lecture.move(lecture.at(4, 2))
    lecture.frame()
    # Mean of squares: ((16/3)^2 + (20/3)^2) / 2; gradient (-(2*16/3*2 + 2*20/3*4)/2, -(16/3 + 20/3)).
    snapshot = lecture.session.snapshot
    assert snapshot.loss == F(328, 9)
    assert snapshot.gradient == {"a": F(-112, 3), "n.bias": F(-12)}
    assert snapshot.network.parameters == {"a": F(1, 3), "n.bias": F(-6)}
    assert ranges(lecture) == before
    assert (lecture.panel.view.line.curve == curve).all()
    assert lecture.panel.view.line.arrows != arrows
    assert picture(lecture) != pixels
    lecture.release(lecture.at(4, 2))
    lecture.frame()
    assert lecture.row(1) == {"x": F(4), "y": F(2)}
    assert all(isinstance(value, Fraction) for value in lecture.row(1).values())
    assert lecture.entries() == 1
    assert lecture.document.undo_text == "Move point 2"
    assert ranges(lecture) == before
    lecture.document.undo()
    assert lecture.session.snapshot.loss == F(466, 9)


def test_every_move_is_seen_in_its_own_frame(lecture) -> None:
    seen = []
    lecture.press(lecture.at(4, 4))
    for y in (3, 2, 1, 0):
        lecture.move(lecture.at(4, y))
        lecture.frame()
        seen.append((lecture.row(1)["y"], picture(lecture).constBits().tobytes()))
    lecture.release(lecture.at(4, 0))
    assert [y for y, _ in seen] == [3, 2, 1, 0]
    assert len({pixels for _, pixels in seen}) == 4


@pytest.mark.parametrize(("dx", "dy"), [(11, 0), (-11, 0), (0, 11), (0, -11), (7, 8)])
def test_a_press_that_misses_by_eleven_pixels_still_grabs(lecture, dx: int, dy: int) -> None:
    miss = QPoint(dx, dy)
    lecture.drag(lecture.at(4, 4) + miss, lecture.at(4, 2) + miss)
    assert lecture.row(1) == {"x": F(4), "y": F(2)}


def test_a_press_that_misses_by_fourteen_pixels_moves_nothing(lecture) -> None:
    before = ranges(lecture)
    lecture.drag(lecture.at(4, 4) + QPoint(0, 14), lecture.at(4, 2))
    assert lecture.row(1) == {"x": F(4), "y": F(4)}
    assert ranges(lecture) == before
    assert lecture.entries() == 0


def test_esc_gives_the_point_back_and_leaves_no_entry(lecture) -> None:
    lecture.press(lecture.at(4, 4))
    lecture.move(lecture.at(4, 1))
    lecture.frame()
    assert lecture.row(1)["y"] == 1
    QTest.keyClick(lecture.plot, Qt.Key.Key_Escape)
    lecture.frame()
    assert lecture.row(1) == {"x": F(4), "y": F(4)}
    lecture.move(lecture.at(3, 1))
    lecture.release(lecture.at(3, 1))
    lecture.frame()
    assert lecture.row(1) == {"x": F(4), "y": F(4)}
    assert lecture.entries() == 0
    assert lecture.session.snapshot.loss == F(466, 9)


def test_shift_snaps_to_a_tenth_of_the_unit(lecture) -> None:
    end = lecture.at(4, 2.37)
    lecture.drag(lecture.at(4, 4), end, modifiers=Qt.KeyboardModifier.ShiftModifier)
    y = lecture.row(1)["y"]
    assert isinstance(y, Fraction)
    assert (y * 20).denominator == 1
    assert abs(y - F(237, 100)) <= F(1, 10)


def test_click_picks_up_and_click_puts_down(lecture) -> None:
    lecture.click(lecture.at(4, 4))
    lecture.move(lecture.at(4, 2), held=Qt.MouseButton.NoButton)
    lecture.frame()
    assert lecture.session.snapshot.loss == F(328, 9)
    lecture.click(lecture.at(4, 2))
    assert lecture.row(1) == {"x": F(4), "y": F(2)}
    lecture.move(lecture.at(4, 0), held=Qt.MouseButton.NoButton)
    lecture.frame()
    assert lecture.row(1) == {"x": F(4), "y": F(2)}
    assert lecture.entries() == 1
    assert lecture.selection.rows == {1}


def test_double_click_on_the_empty_plot_adds_a_point_on_the_snap_grid(lecture) -> None:
    lecture.double_click(lecture.at(3, 1))
    assert lecture.document.state.dataset.n_rows == 3
    assert lecture.row(2) == {"x": F(3), "y": F(1)}
    assert lecture.document.undo_text == "Add point"
    lecture.document.undo()
    assert lecture.document.state.dataset.n_rows == 2


def test_the_keyboard_moves_deletes_and_adds(lecture) -> None:
    key = Qt.Key
    lecture.selection.select_rows({1})
    QTest.keyClick(lecture.plot, key.Key_Down)
    assert lecture.row(1) == {"x": F(4), "y": F(7, 2)}
    QTest.keyClick(lecture.plot, key.Key_Right)
    QTest.keyClick(lecture.plot, key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(lecture.plot, key.Key_PageDown)
    assert lecture.row(1) == {"x": F(9, 2), "y": F(7, 2) + F(1, 20) - F(5, 2)}
    assert lecture.entries() == 1
    lecture.frame()
    QTest.keyClick(lecture.plot, key.Key_Delete)
    lecture.frame()
    assert lecture.entries() == 2
    assert lecture.document.state.dataset.n_rows == 1
    assert lecture.selection.rows == {0}
    QTest.keyClick(lecture.plot, key.Key_Insert)
    assert lecture.document.state.dataset.n_rows == 2
    for _ in range(3):
        lecture.document.undo()
    assert lecture.row(1) == {"x": F(4), "y": F(4)}
    assert not lecture.document.can_undo


def test_a_held_key_is_one_entry(lecture) -> None:
    lecture.selection.select_rows({0})
    for repeat in (False, True, True):
        press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier, "", repeat)
        QApplication.sendEvent(lecture.plot, press)
    release = QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(lecture.plot, release)
    assert lecture.row(0)["y"] == F(3, 2)
    assert lecture.entries() == 1


@pytest.fixture
def timed(bench):
    """The lecture's plot under a clock that is set by hand."""

    class Time:
        now = 0.0

    time = Time()
    made = bench("data_plot", lecture_state(), FrameClock(lambda: time.now))
    made.time = time
    made.selection.select_rows({1})
    made.plot.setFocus()
    return made


def tap(made, *keys: Qt.Key, every: float = 0.25) -> None:
    for key in keys:
        made.time.now += every
        QTest.keyClick(made.plot, key)


def test_quick_taps_on_a_point_are_one_entry_and_a_pause_begins_another(timed) -> None:
    key = Qt.Key
    tap(timed, key.Key_Down, key.Key_Down, key.Key_Right, key.Key_Down)
    assert timed.entries() == 1
    assert timed.row(1) == {"x": F(9, 2), "y": F(5, 2)}
    tap(timed, key.Key_Down, key.Key_Down, every=0.8)
    assert timed.entries() == 3
    assert timed.row(1)["y"] == F(3, 2)
    timed.document.undo()
    timed.document.undo()
    assert timed.row(1) == {"x": F(9, 2), "y": F(5, 2)}
    timed.document.undo()
    assert timed.row(1) == {"x": F(4), "y": F(4)}
    assert not timed.document.can_undo


def test_after_a_pause_the_point_is_let_go_of(timed, qtbot) -> None:
    tap(timed, Qt.Key.Key_Down)
    assert timed.document.history.head.open
    assert timed.panel.view.picture.hand.held == 1
    timed.time.now += 1.0
    qtbot.waitUntil(lambda: not timed.document.history.head.open)
    assert timed.panel.view.picture.hand.held is None
    assert timed.entries() == 1


def _point_at_the_other(made) -> None:
    made.selection.select_rows({0})
    QTest.keyClick(made.plot, Qt.Key.Key_Up)


@pytest.mark.parametrize(
    ("between", "entries"),
    [
        (lambda made: QTest.keyClick(made.plot, Qt.Key.Key_Home), 2),
        (lambda made: made.plot.clearFocus(), 2),
        (lambda made: QTest.keyClick(made.plot, Qt.Key.Key_Shift), 1),
        (_point_at_the_other, 3),
    ],
    ids=["another key", "focus", "a modifier", "another point"],
)
def test_what_ends_the_taps_on_a_point(timed, between, entries) -> None:
    tap(timed, Qt.Key.Key_Down)
    between(timed)
    timed.selection.select_rows({1})
    timed.plot.setFocus()
    tap(timed, Qt.Key.Key_Down)
    assert timed.entries() == entries
    assert timed.row(1)["y"] == F(3)


def test_a_point_that_is_taken_after_a_tap_is_not_let_go_of_by_the_pause(timed, qtbot) -> None:
    tap(timed, Qt.Key.Key_Down)
    timed.press(timed.at(2, 0))
    timed.move(timed.at(2, 1))
    timed.time.now += 5.0
    pauses = []
    timer = QTimer(singleShot=True, interval=round(PAUSE * 1000) + 50)
    timer.timeout.connect(lambda: pauses.append(1))
    timer.start()
    qtbot.waitUntil(lambda: bool(pauses))
    timed.move(timed.at(2, 2))
    timed.release(timed.at(2, 2))
    assert timed.row(0) == {"x": F(2), "y": F(2)}
    assert timed.entries() == 2


def test_tab_walks_the_points_and_leaves_after_the_last(lecture) -> None:
    lecture.plot.setFocus()
    for row in (0, 1):
        QTest.keyClick(lecture.plot, Qt.Key.Key_Tab)
        assert lecture.selection.rows == {row}
    assert lecture.panel.window().focusWidget() is lecture.plot
    QTest.keyClick(lecture.plot, Qt.Key.Key_Tab)
    assert lecture.panel.window().focusWidget() is not lecture.plot
    lecture.plot.setFocus()
    QTest.keyClick(lecture.plot, Qt.Key.Key_Backtab)
    assert lecture.selection.rows == {0}


def test_the_menu_deletes_and_adds(lecture) -> None:
    view = lecture.panel.view
    menu = lecture.panel.menu_at(view.picture.place_of(0), 0)
    {action.objectName(): action for action in menu.actions()}["delete"].trigger()
    lecture.frame()
    assert [lecture.row(r) for r in range(lecture.document.state.dataset.n_rows)] == [{"x": F(4), "y": F(4)}]
    menu = lecture.panel.menu_at(view.picture.frame.place(1.0, 1.0), -1)
    {action.objectName(): action for action in menu.actions()}["add"].trigger()
    lecture.frame()
    assert lecture.row(1) == {"x": F(1), "y": F(1)}


def test_a_right_drag_pans_and_opens_no_menu(lecture, qtbot) -> None:
    before = ranges(lecture)
    lecture.drag(lecture.at(1, 0), lecture.at(2, 1), Qt.MouseButton.RightButton)
    after = ranges(lecture)
    assert after[0][0] == pytest.approx(before[0][0] - 1, abs=0.05)
    assert after[1][0] == pytest.approx(before[1][0] - 1, abs=0.15)
    assert QApplication.activePopupWidget() is None
    QTest.keyClick(lecture.plot, Qt.Key.Key_Home)
    assert ranges(lecture) == before


def test_values_are_typed_as_fractions(lecture) -> None:
    lecture.panel.edit_row(1)
    fields = {field.objectName(): field for field in lecture.panel.findChildren(NumberField)}
    field = fields["pointField-y"]
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "-1/3")
    QTest.keyClick(field, Qt.Key.Key_Return)
    lecture.frame()
    assert lecture.row(1) == {"x": F(4), "y": F(-1, 3)}
    assert lecture.entries() == 1
    assert lecture.document.undo_text == "Set point 2"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_the_plot_has_the_keyboard_again_after_typing(lecture, key) -> None:
    lecture.plot.setFocus()
    QTest.keyClick(lecture.plot, Qt.Key.Key_N)
    QTest.keyClick(lecture.plot, Qt.Key.Key_Return)
    for _ in range(2 if key == Qt.Key.Key_Return else 1):
        QTest.keyClick(QApplication.focusWidget(), key)
    assert lecture.plot.hasFocus()


def test_training_does_not_move_the_axes(lecture) -> None:
    before = ranges(lecture)
    for _ in range(5):
        lecture.session.full_step()
        lecture.frame()
    assert ranges(lecture) == before


def test_a_hidden_plot_costs_nothing_and_catches_up(lecture) -> None:
    lecture.panel.hide()
    line = lecture.panel.view.line
    before = line.curve.copy()
    lecture.session.full_step()
    lecture.frame()
    assert (line.curve == before).all()
    lecture.panel.show()
    QApplication.processEvents()
    assert not (line.curve == before).all()


def test_hovering_tells_the_residual_and_lights_the_row(lecture) -> None:
    lecture.move(lecture.at(2, 0), held=Qt.MouseButton.NoButton)
    assert lecture.selection.lit == {"row:0"}
    assert [text for text, _ in lecture.panel.view.label_of(0)] == ["(2, 0)", "ŷ − y = −16/3"]
    lecture.move(lecture.at(4, 0), held=Qt.MouseButton.NoButton)
    assert lecture.panel.view.picture.hand.segment
    assert lecture.selection.lit == {"row:1"}
    lecture.move(lecture.at(0, 4), held=Qt.MouseButton.NoButton)
    assert lecture.selection.lit == frozenset()


def test_without_data_the_plot_says_so_and_offers_a_first_point(lecture) -> None:
    lecture.selection.select_rows({0, 1})
    QTest.keyClick(lecture.plot, Qt.Key.Key_Delete)
    lecture.frame()
    button = lecture.panel.findChild(object, "dataPlotRemedy")
    assert button.isVisible()
    button.click()
    lecture.frame()
    assert isinstance(lecture.document, Document)
    assert lecture.document.state.dataset.n_rows == 1
    assert lecture.plot.isVisible()


def crowd(inputs: int, n: int, classes: bool = False) -> DocumentState:
    """*n* rows at random on a grid of few places, so that many cover one another."""
    rng = np.random.default_rng(7)
    columns = {f"x{i + 1}": Column(rng.integers(-40, 41, n) / 8) for i in range(inputs)}
    columns["y"] = Column((rng.random(n) < 0.5) * 1.0 if classes else rng.normal(size=n).round(2))
    return edits.fit_neuron_to(DocumentState(), Dataset(columns), tuple(columns)[:-1], "y")


@pytest.mark.parametrize(
    ("inputs", "n", "classes"), [(2, 6_000, False), (2, 6_000, True), (1, 6_000, False), (2, 300, True), (1, 9, False)]
)
def test_a_few_rows_that_change_are_painted_as_all_rows_anew_are(bench, inputs: int, n: int, classes: bool) -> None:
    """Typing in a table of many rows paints the plot around those rows alone."""
    made = bench("data_plot", crowd(inputs, n, classes))
    made.frame()
    picture(made)
    y = 1 if classes else F(1, 4)
    cells = {5: {"x1": F(13, 8), "y": y}, n - 1: {"x1": F(-7, 8)}, 0: {"y": y}, 3: {"x1": F(13, 8), "y": y}}
    asked = []
    ask = made.panel.view._points.changed
    made.panel.view._points.changed = lambda: asked.append(1) or ask()
    made.document.edit("Type", edits.set_cells, cells)
    made.frame()
    once = picture(made)
    assert not asked
    made.panel.view.restyle()
    assert asked
    assert picture(made) == once


def test_a_row_that_moves_all_predictions_paints_all_residuals(bench) -> None:
    """Behind a node that standardises, one value moves mean and deviation, and with them every prediction."""
    state = edits.standardised(crowd(1, 3_000))
    made = bench("data_plot", edits.set_weight(state, state.network.edges[-1].id, 2))
    made.frame()
    picture(made)
    made.document.edit("Type", edits.set_cells, {7: {"x1": 4_000}})
    made.frame()
    once = picture(made)
    made.panel.view.restyle()
    assert picture(made) == once


def test_rows_that_may_all_look_different_are_all_painted(bench) -> None:
    """The row with the largest target gives all others another shade."""
    made = bench("data_plot", crowd(2, 300))
    made.frame()
    picture(made)
    made.document.edit("Type", edits.set_cells, {7: {"y": 50}})
    made.frame()
    once = picture(made)
    made.panel.view.restyle()
    assert picture(made) == once


def test_after_an_undo_every_point_is_painted_where_it_was(lecture) -> None:
    lecture.document.edit("Type", edits.set_cells, {0: {"y": 1}})  # no point asks to be dragged any more
    lecture.frame()
    before = picture(lecture)
    lecture.drag(lecture.at(4, 4), lecture.at(3, 1))
    moved = picture(lecture)
    lecture.document.undo()
    lecture.selection.clear()
    lecture.selection.set_lit(())
    lecture.plot.clearFocus()
    lecture.frame()
    assert moved != before
    assert picture(lecture) == before
