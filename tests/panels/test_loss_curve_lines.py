"""The loss curve among others: branches, kept runs, test rows, parameters, and exact numbers under the pointer."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMenu, QToolButton

from neurosim.document import edits
from neurosim.document.json_format import load, save
from neurosim.document.kept_runs import kept_runs
from neurosim.document.state import DocumentState
from neurosim.engine.evaluate import evaluate
from neurosim.panels.loss_curve.curve import nearest_step, value_range
from neurosim.panels.loss_curve.lines import KEPT, OTHERS
from neurosim.widgets.theme import apply_theme, theme
from samples import hidden_state, lecture_state

F = Fraction
LEFT = Qt.MouseButton.LeftButton


def names(made) -> list[str]:
    return [item.line.name for item in made.panel.legend.items if not item.isHidden()]


def item(made, name: str):
    return next(item for item in made.panel.legend.items if item.line.name == name)


def drawn(made) -> list[str]:
    return [line.name for line in made.panel.picture.lines]


def keep(made) -> None:
    made.frame()
    QTest.mouseClick(made.panel.findChild(QToolButton, "keepRunButton"), LEFT)
    made.frame()


def card(made) -> list[str]:
    return [text for text, _ in made.panel._read_out()[0]]


def choose(made, words: str) -> None:
    """Choose in the box of quantities with the keyboard."""
    box = made.panel.findChild(QComboBox, "curveQuantityBox")
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Home)
    for _ in range(box.findText(words)):
        QTest.keyClick(box, Qt.Key.Key_Down)
    assert box.currentText() == words
    made.frame()


def until_complete(made, qtbot) -> None:
    """The clock ticks by itself; samples are worked out in its frames."""
    qtbot.waitUntil(lambda: made.panel._sources.complete(made.panel._quantity), timeout=5000)
    made.frame()


# -- branches ----------------------------------------------------------------------------------------------------------


def test_a_branch_is_drawn_dashed_with_its_name_and_a_click_on_the_name_goes_there(bench) -> None:
    made = bench("loss_curve", lecture_state())
    made.session.full_step(4)
    old = made.document.state
    losses = made.session.loss_trace().losses.tolist()
    made.session.timeline.go(2)
    made.document.edit("Learning rate 1/11", edits.set_learning_rate, F(1, 11))
    made.session.full_step(3)
    made.frame()
    assert names(made) == ["branch 1, from step 2: step 3"]
    line = made.panel.picture.lines[0]
    assert (line.curve.x.tolist(), line.curve.losses.tolist()) == ([2, 3, 4], losses[2:])
    assert line.look.pen(theme()).style() == Qt.PenStyle.CustomDashLine
    assert line.look.pen(theme()).widthF() < made.panel.picture.look.pen(theme()).widthF()
    QTest.mouseClick(item(made, "branch 1, from step 2: step 3"), LEFT)
    made.frame()
    assert made.document.state is old
    assert names(made) == ["branch 2, from step 2: learning rate 1/11"]


def test_a_run_before_a_rewind_is_a_line_and_its_name_leads_back(bench) -> None:
    made = bench("loss_curve", lecture_state())
    made.session.full_step(3)
    made.session.rewind()
    made.document.edit("Learning rate 1/11", edits.set_learning_rate, F(1, 11))
    made.session.full_step(2)
    made.frame()
    assert names(made) == ["run 1: learning rate 1/30"]
    before = len(made.document.history)
    QTest.keyClick(item(made, "run 1: learning rate 1/30"), Qt.Key.Key_Space)
    made.frame()
    assert made.document.state.training.step == 3
    assert made.panel.picture.curve.x.tolist() == [0, 1, 2, 3]
    assert names(made) == ["run 2: learning rate 1/11"]
    assert len(made.document.history) == before


def test_looking_back_leaves_the_curve_whole_and_moves_the_mark(bench) -> None:
    made = bench("loss_curve", lecture_state())
    made.session.full_step(6)
    made.frame()
    curve = made.panel.picture.curve
    for index in (5, 2, 0):
        made.session.timeline.want(index)
        made.frame()
        assert made.panel.picture.curve is curve
        assert made.panel.picture.now[0] == index
    assert made.panel.picture.now[1] == pytest.approx(466 / 9)


def test_looks_differ_from_one_another() -> None:
    assert len({look.dashes for look in OTHERS}) == 4
    assert len({look.dashes for look in KEPT}) == 6


# -- kept runs ---------------------------------------------------------------------------------------------------------


def test_a_run_is_kept_by_the_button_and_survives_a_rewind_and_a_file(bench, tmp_path: Path) -> None:
    made = bench("loss_curve", lecture_state())
    assert not made.panel.findChild(QToolButton, "keepRunButton").isEnabled()
    made.session.full_step(2)
    made.frame()
    keep(made)
    assert made.document.undo_text == "Keep run"
    made.session.rewind()
    made.document.edit("Learning rate 1/11", edits.set_learning_rate, F(1, 11))
    made.session.full_step(2)
    made.frame()
    assert drawn(made) == ["learning rate 1/30"]  # the earlier run on this branch is the same line
    assert made.panel.picture.lines[0].curve.losses == pytest.approx([466 / 9, 8149 / 2025, 1709 / 3645])
    save(made.document.state, tmp_path / "kept.neurosim")
    other = bench("loss_curve", load(tmp_path / "kept.neurosim"))
    assert drawn(other) == ["learning rate 1/30"]
    other.document.reset(lecture_state())
    other.frame()
    assert drawn(other) == []


def test_a_double_click_on_the_name_renames_and_undo_takes_it_back(bench) -> None:
    made = bench("loss_curve", lecture_state())
    made.session.full_step(2)
    keep(made)
    kept = item(made, "learning rate 1/30")
    QTest.mouseClick(kept, LEFT)
    QTest.mouseDClick(kept, LEFT)
    editor = made.panel.findChild(QLineEdit, "keptRunName")
    assert editor.selectedText() == "learning rate 1/30"
    QTest.keyClicks(editor, "slow")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    made.frame()
    assert names(made) == ["slow"]
    assert kept_runs(made.document.state)[0].name == "slow"
    made.document.undo()
    made.frame()
    assert names(made) == ["learning rate 1/30"]


def test_escape_and_a_name_that_is_taken_leave_the_name(bench) -> None:
    made = bench("loss_curve", lecture_state())
    said = []
    made.session.message.connect(lambda notice: said.append(notice.text))
    made.session.full_step(2)
    keep(made)
    made.session.full_step()
    keep(made)
    assert names(made) == ["learning rate 1/30", "learning rate 1/30 (2)"]
    QTest.keyClick(item(made, "learning rate 1/30"), Qt.Key.Key_F2)
    editor = made.panel.findChild(QLineEdit, "keptRunName")
    QTest.keyClicks(editor, "other")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    QApplication.processEvents()
    QTest.keyClick(item(made, "learning rate 1/30"), Qt.Key.Key_F2)
    editor = next(found for found in made.panel.findChildren(QLineEdit, "keptRunName") if found.isVisible())
    QTest.keyClicks(editor, "learning rate 1/30 (2)")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    made.frame()
    assert names(made) == ["learning rate 1/30", "learning rate 1/30 (2)"]
    assert said == ["There is another kept run with the name learning rate 1/30 (2)."]


def test_a_click_hides_a_kept_run_and_del_or_the_menu_removes_it(bench, qtbot) -> None:
    made = bench("loss_curve", lecture_state())
    made.session.full_step(2)
    keep(made)
    made.session.full_step()
    keep(made)
    QTest.mouseClick(item(made, "learning rate 1/30"), LEFT)
    made.frame()
    assert drawn(made) == ["learning rate 1/30 (2)"]
    assert item(made, "learning rate 1/30").accessibleName() == "Kept run learning rate 1/30, hidden"
    QTest.keyClick(item(made, "learning rate 1/30 (2)"), Qt.Key.Key_Delete)
    made.frame()
    assert names(made) == ["learning rate 1/30"]
    assert drawn(made) == []
    menu = item(made, "learning rate 1/30").menu_of_item()
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.objectName() == "removeKeptRun").trigger()
    menu.close()
    made.frame()
    assert names(made) == []
    assert made.panel.legend.isHidden()


def test_six_runs_are_kept_and_the_button_says_why_there_are_no_more(bench) -> None:
    made = bench("loss_curve", lecture_state())
    for _ in range(6):
        made.session.full_step()
        made.frame()
        keep(made)
    button = made.panel.findChild(QToolButton, "keepRunButton")
    assert not button.isEnabled()
    assert "6 runs are kept" in button.toolTip()
    # What has no room stands in the menu of the last button.
    shown, menu = names(made), made.panel.legend.menu_of_others
    assert 0 < len(shown) < 6
    assert len(shown) + len(menu.actions()) == 6
    hidden = menu.actions()[0].text()
    menu.actions()[0].trigger()
    made.frame()
    assert hidden not in drawn(made)


def test_keeping_while_one_looks_back_keeps_the_whole_run_and_the_place(bench) -> None:
    made = bench("loss_curve", lecture_state())
    made.session.full_step(5)
    made.session.timeline.go(2)
    made.frame()
    keep(made)
    assert made.session.timeline.index == 2
    assert made.document.state.training.step == 2
    assert [entry.text for entry in made.document.history.branch()][-2:] == ["Step 5", "Keep run"]
    assert made.session.timeline.lanes == ()
    assert drawn(made) == ["learning rate 1/30"]
    assert made.panel.picture.lines[0].curve.x.tolist() == [0, 1, 2, 3, 4, 5]


# -- test rows and parameters ------------------------------------------------------------------------------------------


def with_test_rows(state: DocumentState, rows: tuple[int, ...]) -> DocumentState:
    return replace(state, dataset=replace(state.dataset, test_rows=rows))


def test_test_rows_have_a_dashed_line_of_their_own(bench, qtbot) -> None:
    made = bench("loss_curve", with_test_rows(hidden_state(), (1, 4)))
    states = [made.document.state]
    for _ in range(5):
        made.session.full_step()
        states.append(made.document.state)
    made.frame()
    until_complete(made, qtbot)
    line = made.panel.picture.test
    expected = [evaluate(s.network, s.dataset, s.training).row_losses[[1, 4]].mean() for s in states]
    assert line.curve.x.tolist() == [0, 1, 2, 3, 4, 5]
    assert line.curve.losses == pytest.approx(expected, rel=1e-12)
    assert line.look.pen(theme()).style() == Qt.PenStyle.CustomDashLine
    assert names(made) == ["test rows"]
    assert made.panel.picture.test_now == (5.0, pytest.approx(expected[-1], rel=1e-12))
    without = bench("loss_curve", hidden_state())
    assert without.panel.picture.test is None


def test_the_history_of_a_weight_is_chosen_in_the_box(bench, qtbot) -> None:
    made = bench("loss_curve", lecture_state())
    made.session.full_step(2)
    made.frame()
    keep(made)
    choose(made, "a")
    picture = made.panel.picture
    assert picture.curve.losses == pytest.approx([1 / 3, 83 / 45, 1522 / 675, 1522 / 675])
    assert picture.lines == ()
    assert not made.panel.findChild(QToolButton, "lossCurve-log").isEnabled()
    assert made.panel.plot.getAxis("left").labelText == "a"
    made.document.edit("Set a", edits.set_weight, "a", 5)
    made.frame()
    assert picture.now == (2.0, 5.0)
    choose(made, "b")
    assert picture.curve.losses[1] == pytest.approx(-83 / 15)
    choose(made, "loss")
    assert drawn(made) == ["learning rate 1/30"]
    assert made.panel.findChild(QToolButton, "lossCurve-log").isEnabled()


def test_a_run_is_sampled_in_the_background_until_every_step_is_there(bench, qtbot) -> None:
    made = bench("loss_curve", hidden_state())
    made.session.set_speed("1x")
    made.session.run()
    for _ in range(50):
        made.session.advance()
    made.session.pause()
    made.document.history.head.record.trajectory.checkpoints.clear()
    made.frame()
    choose(made, "w1")
    until_complete(made, qtbot)
    assert made.panel.picture.curve.x.tolist() == list(range(51))


def test_a_parameter_that_is_gone_gives_way_to_the_loss(bench) -> None:
    made = bench("loss_curve", hidden_state())
    choose(made, "w1")
    made.document.edit("Delete", edits.delete, ["w1"])
    made.frame()
    assert made.panel.findChild(QComboBox, "curveQuantityBox").currentText() == "loss"
    assert made.panel.plot.getAxis("left").labelText == "loss"


# -- under the pointer -------------------------------------------------------------------------------------------------


def test_the_card_has_step_and_loss_exactly_and_the_other_lines(bench) -> None:
    made = bench("loss_curve", lecture_state())
    made.session.full_step(2)
    keep(made)
    made.session.rewind()
    made.document.edit("Learning rate 1/11", edits.set_learning_rate, F(1, 11))
    made.session.full_step(2)
    made.frame()
    made.move(made.at(1.04, 20), Qt.MouseButton.NoButton)
    assert card(made)[0] == "step 1"
    # by hand: a = 1/3 + 136/33 = 49/11, b = -6 + 14/11 = -52/11; residuals 46/11 and 100/11
    assert card(made)[1] == "loss 6058/121 ~ 50.07"
    assert card(made)[2] == "learning rate 1/30: ~4.0242"
    made.move(made.at(0, 20), Qt.MouseButton.NoButton)
    assert card(made)[1] == "loss 466/9 ~ 51.78"
    choose(made, "a")
    made.move(made.at(1, 2), Qt.MouseButton.NoButton)
    assert card(made)[1] == "a = 49/11 ~ 4.455"


def test_keys_walk_from_step_to_step(bench) -> None:
    made = bench("loss_curve", lecture_state())
    made.session.full_step(3)
    made.frame()
    made.plot.setFocus()
    steps = []
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right):
        QTest.keyClick(made.plot, key)
        steps.append(made.panel.picture.hovered)
    assert steps == [3, 2, 3, 3, 3]


def test_no_line_no_card(bench) -> None:
    made = bench("loss_curve", lecture_state())
    made.session.full_step(3)
    made.frame()
    made.move(made.at(9.5, 20), Qt.MouseButton.NoButton)
    assert made.panel.picture.hovered is None


# -- looks -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["light", "dark", "projector"])
def test_lines_do_not_hide_the_grid_or_one_another(bench, qapp, name: str) -> None:
    made = bench("loss_curve", lecture_state())
    made.session.full_step(8)
    made.session.timeline.go(3)
    made.document.edit("A", edits.set_bias, "n", -5)
    made.session.full_step(3)
    apply_theme(qapp, name)
    made.panel.set_scale("linear")
    made.frame()
    picture = made.plot.grab().toImage()
    frame, viewport = made.panel.view.frame, made.plot
    origin = viewport.mapFromScene(made.plot.getViewBox().mapToScene(QPoint(0, 0)))
    # The divider is a line through the whole height: nothing is filled between the curve and its chord.
    at = origin.x() + round(frame.across(3.0))
    column = [picture.pixelColor(at, origin.y() + y) for y in range(4, round(frame.height) - 4)]
    assert sum(colour == theme().border for colour in column) > 0.3 * len(column)
    apply_theme(qapp, "light")


def test_values_have_room_and_stay_while_they_fit() -> None:
    assert value_range(np.array([1.0, 2.0]), (0, 5)) == (0, 5)
    low, high = value_range(np.array([1.0, np.nan, 2.0]), None)
    assert low < 1
    assert high > 2
    assert value_range(np.array([np.nan]), (0, 5)) == (0, 5)
    assert value_range(np.array([3.0]), None) == (1.76, 4.24)


def test_of_several_values_at_one_step_the_last_counts() -> None:
    from neurosim.panels.loss_curve.curve import curve_of

    curve = curve_of(np.array([0, 1, 1, 2]), np.array([5.0, 6.0, 7.0, 8.0]), log=False)
    assert nearest_step(curve, 1.2) == 2


def test_a_crowd_of_points_is_painted_by_its_extremes_per_pixel() -> None:
    from neurosim.panels._frame import Frame
    from neurosim.panels.loss_curve.curve import curve_of
    from neurosim.panels.loss_curve.layers import pixels_of

    values = np.random.default_rng(3).normal(size=5000)
    curve = curve_of(np.arange(5000), values, log=False)
    frame = Frame((0.0, 5000.0), (-6.0, 6.0), 100.0, 80.0)
    x, y = pixels_of(frame, curve)
    assert x.size <= 400
    assert (np.diff(x) >= 0).all()
    whole = frame.down(values)
    for column in range(100):
        inside, kept = whole[column * 50 : column * 50 + 50], y[np.floor(x) == column]
        assert (kept[0], kept[-1]) == (inside[0], inside[-1])
        assert (kept.min(), kept.max()) == (inside.min(), inside.max())
    assert pixels_of(frame, curve_of(np.arange(300), values[:300], log=False))[0].size == 300
