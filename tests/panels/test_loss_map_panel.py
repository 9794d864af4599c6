from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

from neurosim.document import edits
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.evaluate import Evaluator
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import OptimizerSettings, TrainingSettings
from neurosim.panels import PANELS, PanelContext
from neurosim.panels.loss_map.tags import at_rim
from neurosim.widgets.theme import apply_theme, theme
from samples import hidden_state, lecture_state

F = Fraction
KEY = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def lecture(bench):
    made = bench("loss_map", lecture_state())
    settle(made)
    return made


def settle(made) -> None:
    """Let the map and the ways be finished."""
    panel = made.panel
    for _ in range(2_000):
        if not (panel.landscape.pending or panel.ways.pending):
            break
        panel._work()
    panel._settle()
    QApplication.processEvents()


def two_inputs() -> DocumentState:
    """y = w1 x1 + w2 x2 + b on (0, 0; 1), (1, 0; 3), (0, 1; 4), (1, 1; 6): w1 = 2, w2 = 3, b = 1 has no loss."""
    network = Network(
        (InputNode("x1", "x1"), InputNode("x2", "x2"), Neuron("n", bias=F(0))),
        (Edge("w1", "x1", "n", F(1)), Edge("w2", "x2", "n", F(1, 2))),
        (Output("n", "y"),),
    )
    columns = {
        "x1": Column((F(0), F(1), F(0), F(1))),
        "x2": Column((F(0), F(0), F(1), F(1))),
        "y": Column((F(1), F(3), F(4), F(6))),
    }
    return DocumentState(network, Dataset(columns), TrainingSettings(learning_rate=F(1, 20)))


def pixel(made, x: float, y: float) -> QPointF:
    """Where pyqtgraph has two values, in pixels of the plotting area."""
    box = made.plot.getViewBox()
    return box.mapFromScene(box.mapViewToScene(QPointF(x, y)))


def near(a: QPointF, b: QPointF) -> bool:
    return abs(a.x() - b.x()) < 1 and abs(a.y() - b.y()) < 1


def loss_of(state: DocumentState, **values) -> float:
    network = state.network.with_parameters({name.replace("_", "."): value for name, value in values.items()})
    return float(Evaluator().evaluate(network, state.dataset, state.training).loss)


def spots_of(panel) -> dict[str, QPointF]:
    picture = panel.picture
    return {
        "dot": picture.dot_place,
        "arrow": picture.arrow_end,
        "ghost": picture.place_of(picture.step_end),
        "minimum": picture.place_of(picture.minimum.place),
    }


def parameters(made) -> tuple:
    found = made.document.state.network.parameters
    return found["a"], found["n.bias"]


# -- what is where -----------------------------------------------------------------------------------------------------


def test_dot_arrow_ghost_and_minimum_are_where_the_lecture_has_them(lecture) -> None:
    spots = spots_of(lecture.panel)
    assert near(spots["dot"], pixel(lecture, 1 / 3, -6))
    assert near(spots["arrow"], pixel(lecture, 83 / 45, -83 / 15))
    assert near(spots["ghost"], pixel(lecture, 83 / 45, -83 / 15))
    assert near(spots["minimum"], pixel(lecture, 2, -4))
    frame = lecture.panel.picture.frame
    for spot in spots.values():
        assert 0 <= spot.x() <= frame.width
        assert 0 <= spot.y() <= frame.height


def test_both_axes_have_the_same_scale_so_that_the_arrow_is_at_right_angles_to_the_contour(lecture) -> None:
    frame = lecture.panel.picture.frame
    assert frame.x_scale == pytest.approx(frame.y_scale)
    # The contour through the dot runs at right angles to the gradient (-136/3, -14).
    dot, arrow = (spots_of(lecture.panel)[name] for name in ("dot", "arrow"))
    along = arrow - dot
    assert along.x() * 14 + along.y() * 136 / 3 == pytest.approx(0, abs=1e-6 * frame.width)


def test_the_colours_and_lines_are_of_the_loss(lecture) -> None:
    relief = lecture.panel.landscape.relief
    state = lecture.document.state
    for row, column in ((0, 0), (7, 30), (-1, -1)):
        x, y = relief.picture.xs[column], relief.picture.ys[row]
        assert relief.picture.values[row, column] == pytest.approx(loss_of(state, a=x, n_bias=y), rel=1e-9)
    # The contour of 30: its points, put into L = (r1^2 + r2^2) / 2 by hand, give 30 but for the grid.
    level, lines = next((level, lines) for level, lines in relief.contours if level == 30)
    a, b = np.concatenate(lines, axis=1)
    assert ((2 * a + b) ** 2 + (4 * a + b - 4) ** 2) / 2 == pytest.approx(np.full(a.size, level), rel=0.02)


def test_the_image_has_each_loss_at_its_place(lecture) -> None:
    """The darkest pixel of the colours lies at the minimum, (2, -4)."""
    relief, frame = lecture.panel.landscape.relief, lecture.panel.picture.frame
    area = relief.area_in(frame)
    rows, columns = relief.picture.values.shape
    row, column = np.unravel_index(int(np.argmin(relief.picture.values[::-1])), (rows, columns))
    x = area.left() + (column + 0.5) * area.width() / columns
    y = area.top() + (row + 0.5) * area.height() / rows
    along = QPointF(x, y) - pixel(lecture, 2, -4)
    assert abs(along.x()) <= area.width() / columns
    assert abs(along.y()) <= 3 * area.height() / rows  # the valley is long
    assert relief.image.pixelColor(int(column), int(row)).lightness() < relief.image.pixelColor(0, 0).lightness()


def test_levels_that_span_decades_are_spread_by_their_logarithm_and_the_key_says_so(lecture) -> None:
    scale = lecture.panel.landscape.relief.scale
    assert scale.log
    assert {1.0, 10.0, 100.0} <= set(scale.levels)
    parts = [scale.part(level) for level in (1.0, 10.0, 100.0)]
    assert parts[1] - parts[0] == pytest.approx(parts[2] - parts[1])
    words = lecture.panel.key.accessibleName()
    assert "logarithm" in words
    assert words.endswith(f"bright for {scale.high:g} and above")


# -- hands -------------------------------------------------------------------------------------------------------------


def test_dragging_the_dot_sets_both_parameters_to_short_fractions(lecture) -> None:
    frame, entries = lecture.panel.picture.frame, lecture.entries()
    start = lecture.at(1 / 3, -6)
    across, up = 60, -40
    lecture.drag(start, start + QPoint(across, up))
    units = [lecture.panel._moves.unit(False), lecture.panel._moves.unit(True)]
    wanted = 1 / 3 + across / frame.x_scale, -6 - up / frame.y_scale
    for found, value, unit in zip(parameters(lecture), wanted, units, strict=True):
        assert isinstance(found, Fraction)
        assert found % unit == 0
        assert abs(float(found) - value) <= float(unit) / 2 + 1e-9
        assert unit.denominator <= 100
    assert lecture.entries() == entries + 1
    assert lecture.document.undo_text == "Move in the loss map"
    lecture.document.undo()
    lecture.frame()
    assert parameters(lecture) == (F(1, 3), F(-6))
    assert near(spots_of(lecture.panel)["dot"], pixel(lecture, 1 / 3, -6))


def test_a_dot_dragged_straight_up_keeps_its_other_value_to_the_last_digit(lecture) -> None:
    start = lecture.at(1 / 3, -6)
    lecture.drag(start, start - QPoint(0, 30))
    a, b = parameters(lecture)
    assert a == F(1, 3)
    assert b > -6


def test_a_press_eleven_pixels_beside_the_dot_takes_it_and_one_further_does_not(lecture) -> None:
    start = lecture.at(1 / 3, -6)
    lecture.drag(start - QPoint(0, 16), start - QPoint(60, 16))
    assert parameters(lecture) == (F(1, 3), F(-6))
    lecture.drag(start - QPoint(0, 11), start - QPoint(60, 11))
    assert parameters(lecture)[0] < 0


def test_the_dot_is_picked_up_and_put_down_by_clicks(lecture) -> None:
    entries = lecture.entries()
    start, end = lecture.at(1 / 3, -6), lecture.at(1, -5)
    lecture.click(start)
    lecture.move(end, Qt.MouseButton.NoButton)
    lecture.frame()
    lecture.click(end)
    assert parameters(lecture) == (1, -5)
    assert lecture.entries() == entries + 1


def test_escape_takes_a_drag_back(lecture) -> None:
    entries = lecture.entries()
    start = lecture.at(1 / 3, -6)
    lecture.press(start)
    lecture.move(start + QPoint(50, -20))
    lecture.frame()
    assert parameters(lecture) != (F(1, 3), F(-6))
    QTest.keyClick(lecture.plot, KEY.Key_Escape)
    lecture.release(start + QPoint(50, -20))
    lecture.frame()
    assert parameters(lecture) == (F(1, 3), F(-6))
    assert lecture.entries() == entries


def test_a_double_click_sets_the_dot_down_and_one_on_the_dot_wants_typing(lecture) -> None:
    entries = lecture.entries()
    lecture.double_click(lecture.at(3, -5))
    assert parameters(lecture) == (3, -5)
    assert lecture.entries() == entries + 1
    lecture.panel.activateWindow()
    lecture.double_click(lecture.at(3, -5))
    assert parameters(lecture) == (3, -5)
    assert QApplication.focusWidget() is lecture.panel.header.field_across


def test_arrows_nudge_the_dot_to_the_next_place_to_rest_and_shift_is_finer(lecture) -> None:
    unit_x, unit_y = lecture.panel._moves.unit(False), lecture.panel._moves.unit(True)
    entries = lecture.entries()
    QTest.keyClick(lecture.plot, KEY.Key_Right)
    lecture.frame()
    a, b = parameters(lecture)
    assert (b, a % unit_x) == (-6, 0)
    assert F(1, 3) < a <= F(1, 3) + unit_x
    QTest.keyClick(lecture.plot, KEY.Key_Up)
    QTest.keyClick(lecture.plot, KEY.Key_Right, SHIFT)
    lecture.frame()
    assert parameters(lecture) == (a + unit_x / 10, -6 + unit_y)
    assert lecture.entries() == entries + 1  # taps in a row belong together


def test_values_are_typed_as_fractions(lecture) -> None:
    entries = lecture.entries()
    for field, text in ((lecture.panel.header.field_across, "5/7"), (lecture.panel.header.field_up, "-9/2")):
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, KEY.Key_Return)
        lecture.frame()
    assert parameters(lecture) == (F(5, 7), F(-9, 2))
    assert lecture.entries() == entries + 2
    assert near(spots_of(lecture.panel)["dot"], pixel(lecture, 5 / 7, -4.5))


def test_a_change_elsewhere_moves_the_dot_and_the_fields(lecture) -> None:
    lecture.document.edit("Set", edits.set_parameters, {"a": F(3, 2), "n.bias": F(-5)})
    lecture.frame()
    assert near(spots_of(lecture.panel)["dot"], pixel(lecture, 1.5, -5))
    assert lecture.panel.header.field_across.value() == F(3, 2)
    assert lecture.panel.header.field_up.value() == -5


# -- what moves and what stays -----------------------------------------------------------------------------------------


def test_a_dragged_data_point_moves_the_map_and_neither_axes_nor_dot(lecture) -> None:
    """(4, 4) goes to (4, 2): the loss at the dot becomes 328/9, the gradient (-112/3, -12), the minimum (1, -2)."""
    ranges, dot = lecture.plot.getViewBox().viewRange(), spots_of(lecture.panel)["dot"]
    before = lecture.panel.landscape.relief
    gesture = object()
    for y in (F(7, 2), F(3), F(5, 2), F(2)):
        lecture.document.edit("Move point 2", edits.move_row, 1, {"y": y}, gesture=gesture)
        lecture.frame()
        relief = lecture.panel.landscape.relief
        assert relief is not before
        state = lecture.document.state
        for row, column in ((3, 5), (20, 40)):
            place = {"a": relief.picture.xs[column], "n_bias": relief.picture.ys[row]}
            assert relief.picture.values[row, column] == pytest.approx(loss_of(state, **place), rel=1e-9)
        assert lecture.plot.getViewBox().viewRange() == ranges
        assert spots_of(lecture.panel)["dot"] == dot
        assert relief.scale == before.scale  # a colour keeps its meaning while a hand moves the data
    lecture.document.finish(gesture)
    assert lecture.panel.picture.loss == F(328, 9)
    assert lecture.panel.picture.gradient == (F(-112, 3), F(-12))
    assert lecture.panel.picture.minimum.place == (1, -2)
    assert near(spots_of(lecture.panel)["arrow"], pixel(lecture, 1 / 3 + 112 / 90, -6 + 12 / 30))


def test_steps_and_runs_leave_the_axes_where_they_are(lecture) -> None:
    ranges = lecture.plot.getViewBox().viewRange()
    lecture.session.full_step(5)
    lecture.frame()
    lecture.session.set_speed("max")
    lecture.session.run()
    for _ in range(4):
        lecture.session.advance(16)
    lecture.session.pause()
    lecture.frame()
    assert lecture.plot.getViewBox().viewRange() == ranges


def test_moving_the_dot_paints_no_other_map(lecture) -> None:
    version = lecture.panel.landscape.version
    start = lecture.at(1 / 3, -6)
    lecture.drag(start, start + QPoint(30, -30))
    assert lecture.panel.landscape.version == version


def test_a_dot_that_is_out_of_view_is_pointed_to_and_fit_shows_it(lecture) -> None:
    ranges = lecture.plot.getViewBox().viewRange()
    lecture.document.edit("Set", edits.set_parameters, {"a": F(50)})
    lecture.frame()
    assert lecture.plot.getViewBox().viewRange() == ranges
    assert not lecture.panel.picture.is_inside(lecture.panel.picture.dot_place)
    assert lecture.panel._labels.dot_outside == "dot at a = 50, b = −6"
    settle(lecture)
    assert "The dot is at a 50, b minus 6, out of view" in lecture.plot.accessibleDescription()
    QTest.keyClick(lecture.plot, KEY.Key_Home)
    settle(lecture)
    assert lecture.panel.picture.is_inside(lecture.panel.picture.dot_place)
    assert "out of view" not in lecture.plot.accessibleDescription()


def test_arrows_at_the_rim_say_where_things_out_of_view_are(lecture) -> None:
    panel, picture = lecture.panel, lecture.panel.picture
    assert at_rim(picture, panel._labels) == []
    panel.view.zoom(0.2, picture.dot_place)
    settle(lecture)
    found = at_rim(picture, panel._labels)
    assert [arrow.label.text for arrow in found] == [
        "after one step at a = 83/45, b = −83/15",
        "minimum at a = 2, b = −4",
    ]
    for arrow in found:
        assert picture.is_inside(arrow.tip)
        assert picture.is_inside(arrow.label.box.topLeft())
        assert picture.is_inside(arrow.label.box.bottomRight())
    # The minimum lies up and to the right.
    assert found[1].along.x() > 0 > found[1].along.y()


def test_zoom_and_pan_show_the_map_of_what_is_in_view(lecture) -> None:
    QTest.keyClick(lecture.plot, KEY.Key_Plus)
    QTest.keyClick(lecture.plot, KEY.Key_Right, Qt.KeyboardModifier.AltModifier)
    settle(lecture)
    (left, right), (low, high) = lecture.plot.getViewBox().viewRange()
    relief = lecture.panel.landscape.relief
    assert (relief.x, relief.y) == (pytest.approx((left, right)), pytest.approx((low, high)))
    state = lecture.document.state
    assert relief.picture.values[0, 0] == pytest.approx(loss_of(state, a=left, n_bias=low), rel=1e-9)


def test_a_panel_of_another_size_keeps_both_scales_equal_and_all_in_view(lecture) -> None:
    lecture.panel.resize(900, 300)
    QApplication.processEvents()
    settle(lecture)
    frame = lecture.panel.picture.frame
    assert frame.x_scale == pytest.approx(frame.y_scale)
    for spot in spots_of(lecture.panel).values():
        assert lecture.panel.picture.is_inside(spot)


def test_scales_that_cannot_be_equal_are_said_to_differ(bench) -> None:
    """On years the minimum lies 663 below the dot, and 1/3 beside it."""
    network = Network((InputNode("x", "x"), Neuron("n", bias=F(0))), (Edge("a", "x", "n", F(0)),), (Output("n", "y"),))
    columns = {"x": Column(tuple(map(F, range(1990, 2020, 3)))), "y": Column(tuple(map(F, range(10))))}
    state = DocumentState(network, Dataset(columns), TrainingSettings(learning_rate=F(1, 10**7)))
    made = bench("loss_map", state)
    settle(made)
    assert made.panel.picture.minimum.place == (F(1, 3), F(-1990, 3))
    assert "different scales" in made.panel.header.words.whole_text()
    assert made.panel.picture.is_inside(spots_of(made.panel)["minimum"])


# -- slices ------------------------------------------------------------------------------------------------------------


def test_other_parameters_are_held_and_the_two_minima_are_told_apart(bench) -> None:
    """With w2 = 1/2 the best is w1 = 2 and b = 1 + 5/2 / 2 = 9/4; over all it is w1 = 2, b = 1 (and w2 = 3)."""
    made = bench("loss_map", two_inputs())
    settle(made)
    assert "other parameters held at: w2 = 1/2" in made.panel.header.words.whole_text()
    picture = made.panel.picture
    assert (picture.subject.across, picture.subject.up) == ("w1", "n.bias")
    assert picture.minimum.place == (2, F(9, 4))
    assert picture.least.place == (2, 1)
    assert picture.least.loss == 0
    said = made.plot.accessibleDescription()
    assert "Minimum of this map at w1 2, b 9 over 4" in said
    assert "Minimum over all parameters at w1 2, b 1, loss 0" in said


def test_any_two_parameters_can_be_chosen_and_the_same_twice_changes_them_over(bench) -> None:
    made = bench("loss_map", two_inputs())
    across, up = (made.panel.findChild(QComboBox, name) for name in ("lossMapAcross", "lossMapUp"))
    assert [across.itemText(i) for i in range(across.count())] == ["w1", "w2", "b"]
    choose(up, "w2")
    settle(made)
    picture = made.panel.picture
    assert (picture.subject.across, picture.subject.up) == ("w1", "w2")
    assert "held at: b = 0" in made.panel.header.words.whole_text()
    relief, state = made.panel.landscape.relief, made.document.state
    x, y = relief.picture.xs[4], relief.picture.ys[9]
    assert relief.picture.values[9, 4] == pytest.approx(loss_of(state, w1=x, w2=y), rel=1e-9)
    choose(across, "w2")
    assert (picture.subject.across, picture.subject.up) == ("w2", "w1")
    assert made.panel.header.field_across.value() == F(1, 2)


def choose(combo: QComboBox, text: str) -> None:
    """As a person does with keys: go to the entry and press Return."""
    combo.setFocus()
    combo.setCurrentIndex(combo.findText(text))
    combo.activated.emit(combo.currentIndex())


def test_a_held_parameter_that_changes_is_another_map(bench) -> None:
    made = bench("loss_map", two_inputs())
    made.document.edit("Set", edits.set_parameters, {"w2": F(3)})
    settle(made)
    relief, state = made.panel.landscape.relief, made.document.state
    x, y = relief.picture.xs[4], relief.picture.ys[9]
    assert relief.picture.values[9, 4] == pytest.approx(loss_of(state, w1=x, n_bias=y), rel=1e-9)
    assert made.panel.picture.minimum.place == (2, 1)


def test_one_parameter_is_no_map_and_the_button_adds_a_bias(bench) -> None:
    network = Network((InputNode("x", "x"), Neuron("n", bias=None)), (Edge("a", "x", "n", F(1)),), (Output("n", "y"),))
    made = bench("loss_map", DocumentState(network, lecture_state().dataset, TrainingSettings()))
    button = made.panel.findChild(object, "emptyStateButton")
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    made.frame()
    settle(made)
    assert not button.isVisible()
    assert made.panel.picture.subject.up == "n.bias"
    assert made.document.undo_text == "Add bias of n"


def test_a_network_of_tanh_is_mapped_in_the_end_and_no_minimum_is_claimed(bench) -> None:
    made = bench("loss_map", hidden_state())
    settle(made)
    picture, relief = made.panel.picture, made.panel.landscape.relief
    assert picture.minimum is None
    x, y = relief.picture.xs[10], relief.picture.ys[10]
    found = loss_of(made.document.state, w1=x, h1_bias=y)
    assert relief.picture.values[10, 10] == pytest.approx(found, rel=1e-6)
    assert "condition" not in made.panel.header.words.whole_text()


# -- steps that do not follow the gradient -----------------------------------------------------------------------------


def test_with_momentum_the_arrow_still_shows_the_gradient_and_the_ghost_where_the_step_leads(bench) -> None:
    state = lecture_state()
    optimizer = OptimizerSettings("sgd", {"momentum": F(1, 2)})
    made = bench("loss_map", replace(state, training=replace(state.training, optimizer=optimizer)))
    made.session.full_step()
    made.frame()
    picture = made.panel.picture
    # After the first step, 1/30 of the gradient: the second is -1/30 (g + v / 2) with v = (-136/3, -14).
    slopes = -554 / 45 - 136 / 6, -4 - 7
    end = 83 / 45 - slopes[0] / 30, -83 / 15 - slopes[1] / 30
    assert not picture.is_straight
    assert near(picture.place_of(picture.step_end), pixel(made, *end))
    along = picture.arrow_end - picture.dot_place
    assert along.y() / along.x() == pytest.approx(-4 * 45 / 554, rel=1e-6)  # pixels grow downwards


def test_a_frozen_parameter_is_not_moved_by_the_arrow(bench) -> None:
    state = lecture_state()
    made = bench("loss_map", edits.set_frozen(state, "n.bias", True))
    picture = made.panel.picture
    assert near(picture.arrow_end, pixel(made, 83 / 45, -6))


# -- links -------------------------------------------------------------------------------------------------------------


def test_pointing_at_an_axis_lights_its_parameter_and_the_other_way_round(lecture) -> None:
    frame = lecture.panel.picture.frame
    middle = lecture.at((frame.x[0] + frame.x[1]) / 2, frame.y[0])
    lecture.move(middle + QPoint(0, 14), Qt.MouseButton.NoButton)
    assert lecture.selection.lit == {"a"}
    side = lecture.at(frame.x[0], (frame.y[0] + frame.y[1]) / 2)
    lecture.move(side - QPoint(14, 0), Qt.MouseButton.NoButton)
    assert lecture.selection.lit == {"n.bias"}
    lecture.move(lecture.at(1 / 3, -6), Qt.MouseButton.NoButton)
    assert lecture.selection.lit == {"a", "n.bias"}
    lecture.move(lecture.at(-0.5, -5), Qt.MouseButton.NoButton)
    assert lecture.selection.lit == frozenset()
    accent = theme().accent.name()
    assert accent not in lecture.plot.getAxis("left").labelStyle.values()
    lecture.selection.set_lit({"n.bias"})
    assert lecture.plot.getAxis("left").labelStyle["color"] == accent
    assert lecture.plot.getAxis("bottom").labelStyle["color"] != accent


def test_the_new_values_are_pending_while_the_working_has_them(lecture) -> None:
    walk = lecture.session.walk
    assert lecture.panel.picture.pending is None
    for _ in range(walk.count - 1):
        lecture.session.step()
    lecture.frame()
    assert lecture.panel.picture.pending == (F(83, 45), F(-83, 15))
    assert near(spots_of(lecture.panel)["dot"], pixel(lecture, 1 / 3, -6))
    lecture.session.step()
    lecture.frame()
    assert lecture.panel.picture.pending is None
    assert near(spots_of(lecture.panel)["dot"], pixel(lecture, 83 / 45, -83 / 15))


def test_the_map_is_described_for_those_who_cannot_see_it(lecture) -> None:
    said = lecture.plot.accessibleDescription()
    for part in (
        "The dot is at a 1 over 3, b minus 6",
        "Loss 466 over 9",
        "Gradient by a minus 136 over 3, b minus 14",
        "The coming step leads to a 83 over 45, b minus 83 over 15",
        "Minimum of this map at a 2, b minus 4, loss 0",
        "Condition number ~ 119",
    ):
        assert part in said
    assert "condition number ~ 119" in lecture.panel.header.words.whole_text()


def test_nothing_is_worked_out_while_nobody_sees_the_panel(lecture) -> None:
    version = lecture.panel.landscape.version
    lecture.panel.hide()
    lecture.document.edit("Move", edits.move_row, 1, {"y": F(0)})
    lecture.frame()
    assert lecture.panel.landscape.version == version
    assert not lecture.panel._working.isActive()
    lecture.panel.show()
    assert lecture.panel.landscape.version == version + 1


@pytest.mark.parametrize("name", ["light", "dark", "projector"])
def test_the_map_takes_the_colours_of_the_theme(lecture, qapp, name) -> None:
    before = lecture.panel.landscape.relief.image.copy()
    apply_theme(qapp, name)
    settle(lecture)
    after = lecture.panel.landscape.relief.image
    assert (after != before) == (name == "dark")


def test_controls_have_names_and_can_be_hit(lecture) -> None:
    panel = lecture.panel
    for name in ("lossMapAcross", "lossMapUp", "lossMapX", "lossMapY", "lossMapFit"):
        found = panel.findChild(object, name)
        assert found.accessibleName()
        assert min(found.width(), found.height()) >= 24
        assert found.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_the_line_in_the_data_plot_moves_in_the_same_frame_as_the_dot(lecture, qtbot) -> None:
    context = PanelContext(lecture.document, lecture.session, lecture.selection, lecture.display)
    plot = PANELS["data_plot"].create(context)
    qtbot.addWidget(plot)
    with qtbot.waitExposed(plot):
        plot.show()
    start = lecture.at(1 / 3, -6)
    lecture.press(start)
    for part in range(1, 6):
        lecture.move(start + QPoint(12, -8) * part)
        lecture.frame()
        a, b = parameters(lecture)
        assert plot.view.picture.prediction == pytest.approx([float(2 * a + b), float(4 * a + b)])
        assert near(spots_of(lecture.panel)["dot"], pixel(lecture, float(a), float(b)))
    lecture.release(start + QPoint(60, -40))


def many_rows(n: int) -> DocumentState:
    """One sigmoid neuron on *n* rows: a map that is not there at once."""
    rng = np.random.default_rng(3)
    x = rng.normal(size=n)
    network = Network(
        (InputNode("x", "x"), Neuron("n", bias=F(0), activation="tanh")),
        (Edge("w", "x", "n", F(1)),),
        (Output("n", "y"),),
    )
    return DocumentState(network, Dataset({"x": Column(x), "y": Column(np.tanh(2 * x))}), TrainingSettings())


def test_a_map_that_takes_long_comes_coarse_first_and_the_old_one_stays_in_its_place_meanwhile(bench) -> None:
    made = bench("loss_map", many_rows(30_000))
    panel = made.panel
    settle(made)
    before = panel.landscape.relief
    QTest.keyClick(made.plot, KEY.Key_Minus)
    made.frame()
    assert not panel.landscape.up_to_date
    assert panel.landscape.relief is before
    assert panel._working.isActive()
    frame = panel.picture.frame
    # What was in view from edge to edge lies in the middle now, 1.25 times smaller.
    assert before.area_in(frame).width() == pytest.approx(frame.width / 1.25, rel=0.05)
    settle(made)
    relief = panel.landscape.relief
    assert (relief.x, relief.y) == (pytest.approx(frame.x), pytest.approx(frame.y))
    x, y = relief.picture.xs[3], relief.picture.ys[5]
    assert relief.picture.values[5, 3] == pytest.approx(loss_of(made.document.state, w=x, n_bias=y), rel=1e-9)


def test_neither_zooming_far_out_nor_far_in_breaks_the_map(lecture) -> None:
    for key in (KEY.Key_Minus, KEY.Key_Plus):
        for _ in range(200):
            QTest.keyClick(lecture.plot, key)
        settle(lecture)
        assert np.isfinite(lecture.panel.landscape.relief.picture.values).all()
    QTest.keyClick(lecture.plot, KEY.Key_Home)
    settle(lecture)
    assert lecture.panel.picture.is_inside(spots_of(lecture.panel)["minimum"])


def test_when_it_is_still_a_bowl_is_drawn_finer(lecture) -> None:
    fine = lecture.panel.landscape.relief.picture.values.shape
    lecture.document.edit("Move", edits.move_row, 1, {"y": F(3)})
    lecture.frame()
    moving = lecture.panel.landscape.relief.picture.values.shape
    assert [2 * n - 1 for n in moving] == list(fine)
    settle(lecture)
    assert lecture.panel.landscape.relief.picture.values.shape == fine


def test_without_data_a_sentence_says_what_to_do(bench) -> None:
    state = lecture_state()
    made = bench("loss_map", replace(state, dataset=Dataset({"x": Column(()), "y": Column(())})))
    assert made.panel._pages.currentIndex() == 1
    assert made.panel._empty.accessibleName()
    assert not made.panel.findChild(object, "emptyStateButton").isVisible()
    made.document.edit("Add", edits.add_row, {"x": F(1), "y": F(2)})
    settle(made)
    made.frame()
    assert made.panel._pages.currentIndex() == 0


def test_the_loss_under_the_pointer_after_the_document_was_elsewhere_and_back(lecture) -> None:
    """At a = 3/2, b = −5 the predictions are −2 and 1, the residuals −2 and −3, the loss (4 + 9)/2 = 13/2."""
    made = lecture
    place, beside = made.at(1.5, -5), QPoint(-20, -20)
    for _ in range(2):
        made.move(place, Qt.MouseButton.NoButton)
        made.panel.grab()
        said = " ".join(text for text, _ in made.panel._cards.lines())
        assert "13/2" in said
        made.move(beside, Qt.MouseButton.NoButton)
        made.document.edit("Set weight", edits.set_weight, "a", F(1))
        made.frame()
        made.document.undo()
        made.frame()


@pytest.mark.parametrize("value", [F(10) ** 300, -(F(10) ** 308)])
def test_fit_with_a_dot_too_far_away_for_any_map(lecture, value) -> None:
    made = lecture
    made.document.edit("Set weight", edits.set_weight, "a", value)
    made.frame()
    made.panel.fit()
    made.panel.grab()
    assert np.isfinite(made.plot.viewRange()).all()
    assert np.ptp(made.plot.viewRange(), axis=1).min() > 0
