from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from neurosim.document import edits
from neurosim.document.state import DocumentState
from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import TrainingSettings
from neurosim.panels.activation.shape import fitted_z, sampled, shape_of, slope_at
from neurosim.widgets.theme import apply_theme
from samples import lecture_state

F = Fraction
KEY = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


def logistic() -> DocumentState:
    """p = sigmoid(x): z is 0, -6 and 2; the targets are 0, 1 and 1."""
    network = Network(
        (InputNode("x", "x"), Neuron("n", label="p", bias=F(0), activation="sigmoid")),
        (Edge("w", "x", "n", F(1)),),
        (Output("n", "y"),),
    )
    columns = {"x": Column((F(0), F(-6), F(2))), "y": Column((F(0), F(1), F(1)))}
    return DocumentState(network, Dataset(columns), TrainingSettings(loss="cross_entropy"))


def two_layers() -> DocumentState:
    """A ReLU h before an output n."""
    network = Network(
        (InputNode("x", "x"), Neuron("h", bias=F(1), activation="relu"), Neuron("n", bias=F(0))),
        (Edge("w", "x", "h", F(2)), Edge("v", "h", "n", F(3))),
        (Output("n", "y"),),
    )
    columns = {"x": Column((F(-2), F(1))), "y": Column((F(0), F(4)))}
    return DocumentState(network, Dataset(columns), TrainingSettings())


def bias(made, node: str = "n"):
    return made.document.state.network.node_by_id[node].bias


def shot(made) -> QImage:
    return made.plot.grab().toImage()


# -- the hand ----------------------------------------------------------------------------------------------------------


def test_dragging_point_2_by_1_changes_b_by_exactly_1_and_one_undo_takes_it_back(bench) -> None:
    made = bench("activation", lecture_state())
    # z2 = 4/3 - 6 = -14/3, and the identity puts it at the same height.
    start, end = made.at(-14 / 3, -14 / 3), made.at(-11 / 3, -14 / 3)
    before, loss = [list(pair) for pair in made.plot.viewRange()], made.session.snapshot.loss
    made.drag(start, end)
    assert bias(made) == F(-5)
    assert isinstance(bias(made), Fraction)
    assert made.session.snapshot.pre_activation("n", 1) == F(-11, 3)
    assert made.session.snapshot.pre_activation("n", 0) == F(-13, 3)
    assert made.session.snapshot.loss != loss
    assert [list(pair) for pair in made.plot.viewRange()] == before
    assert made.selection.rows == {1}
    assert made.entries() == 1
    assert made.document.undo_text == "Set bias of f"
    made.document.undo()
    assert bias(made) == F(-6)
    assert made.session.snapshot.loss == loss


def test_every_move_is_seen_in_its_own_frame_and_everything_agrees(bench) -> None:
    made = bench("activation", lecture_state())
    seen = []
    made.press(made.at(-14 / 3, -14 / 3))
    for z in (-4, -3, -2):
        made.move(made.at(z, 0))
        made.frame()
        now = made.session.snapshot.pre_activation("n", 1)
        assert made.panel.header.field.value() == now
        assert made.panel.picture.points.z[1] == pytest.approx(float(now))
        assert (now - F(-14, 3)) % F(1, 10) == 0
        seen.append((now, shot(made).constBits().tobytes()))
    made.release(made.at(-2, 0))
    assert len({z for z, _ in seen}) == len({pixels for _, pixels in seen}) == 3


def test_esc_gives_the_bias_back_and_leaves_no_entry(bench) -> None:
    made = bench("activation", lecture_state())
    made.press(made.at(-14 / 3, -14 / 3))
    made.move(made.at(-1, 0))
    made.frame()
    assert bias(made) != F(-6)
    QTest.keyClick(made.plot, KEY.Key_Escape)
    made.frame()
    assert bias(made) == F(-6)
    made.move(made.at(0, 0))
    made.release(made.at(0, 0))
    made.frame()
    assert bias(made) == F(-6)
    assert made.entries() == 0


def test_a_click_picks_the_point_up_and_a_click_puts_it_down(bench) -> None:
    made = bench("activation", lecture_state())
    made.click(made.at(-14 / 3, -14 / 3))
    made.move(made.at(-8 / 3, 1), held=Qt.MouseButton.NoButton)
    made.frame()
    assert bias(made) == F(-4)
    made.click(made.at(-8 / 3, 1))
    made.move(made.at(3, 1), held=Qt.MouseButton.NoButton)
    made.frame()
    assert bias(made) == F(-4)
    assert made.entries() == 1


def test_the_tick_at_the_foot_can_be_taken_as_well(bench) -> None:
    made = bench("activation", logistic())
    foot = QPoint(made.at(2, 0).x(), made.at(0, made.plot.viewRange()[1][0]).y() - 4)
    made.drag(foot, foot + QPoint(made.at(3, 0).x() - made.at(2, 0).x(), 0))
    assert bias(made) == F(1)


def test_shift_drags_in_hundredths(bench) -> None:
    made = bench("activation", logistic())
    made.drag(made.at(2, 0.88), made.at(2, 0.88) + QPoint(7, 0), modifiers=SHIFT)
    (left, right), width = made.plot.viewRange()[0], made.plot.getViewBox().rect().width()
    assert bias(made) == F(round(7 * (right - left) / width * 100), 100)
    assert bias(made) % F(1, 10) != 0


def test_keys_move_the_chosen_point_and_tab_walks(bench) -> None:
    made = bench("activation", lecture_state())
    made.plot.setFocus()
    QTest.keyClick(made.plot, KEY.Key_Right)
    assert bias(made) == F(-59, 10)
    QTest.keyClick(made.plot, KEY.Key_Left, SHIFT)
    assert bias(made) == F(-591, 100)
    QTest.keyClick(made.plot, KEY.Key_PageUp)
    assert bias(made) == F(-541, 100)
    assert made.entries() == 1  # taps in a row belong together
    made.frame()
    QTest.keyClick(made.plot, KEY.Key_Tab)
    assert made.selection.rows == {0}
    QTest.keyClick(made.plot, KEY.Key_Tab)
    assert made.selection.rows == {1}
    assert made.panel.picture.row == 1
    QTest.keyClick(made.plot, KEY.Key_P)
    assert made.selection.rows == {0}


def test_a_held_key_is_one_gesture_that_esc_takes_back(bench) -> None:
    made = bench("activation", lecture_state())
    made.plot.setFocus()
    for _ in range(3):
        QTest.keyPress(made.plot, KEY.Key_Right)
    assert bias(made) == F(-57, 10)
    QTest.keyClick(made.plot, KEY.Key_Escape)
    assert bias(made) == F(-6)
    assert made.entries() == 0


def test_z_is_typed_exactly(bench) -> None:
    made = bench("activation", lecture_state())
    made.selection.select_rows({1})
    made.frame()
    field = made.panel.header.field
    assert field.text() == "−14/3"
    field.setFocus()
    QTest.keyClicks(field, "1/3")
    QTest.keyClick(field, KEY.Key_Return)
    made.frame()
    assert made.session.snapshot.pre_activation("n", 1) == F(1, 3)
    # z = 4/3 + b
    assert bias(made) == F(-1)
    assert made.entries() == 1


def test_enter_on_the_plot_and_a_double_click_lead_to_the_field(bench, qtbot) -> None:
    made = bench("activation", lecture_state())
    made.plot.setFocus()
    QTest.keyClick(made.plot, KEY.Key_Return)
    assert QApplication.focusWidget() is made.panel.header.field
    made.plot.setFocus()
    made.double_click(made.at(-14 / 3, -14 / 3))
    assert QApplication.focusWidget() is made.panel.header.field
    assert bias(made) == F(-6)
    assert made.entries() == 0


def test_a_neuron_without_a_bias_says_why_it_cannot_be_moved_and_offers_one(bench) -> None:
    made = bench("activation", edits.remove_bias(lecture_state(), "n"))
    told = []
    made.session.message.connect(told.append)
    made.drag(made.at(2 / 3, 2 / 3), made.at(3, 0))
    assert bias(made) is None
    assert made.entries() == 0
    assert told[0].text == "f has no bias b: only weights and inputs move its points."
    assert told[0].text in made.panel.header.sentence.text()
    assert not made.panel.header.field.isEnabled()
    name, add = told[0].actions[0]
    assert name == "Add a bias"
    add()
    made.frame()
    assert bias(made) == 0
    assert made.panel.header.field.isEnabled()


def test_a_muted_bias_says_so(bench) -> None:
    made = bench("activation", edits.set_muted(lecture_state(), "n", True))
    made.plot.setFocus()
    told = []
    made.session.message.connect(told.append)
    QTest.keyClick(made.plot, KEY.Key_Right)
    assert bias(made) == F(-6)
    assert "muted" in told[0].text
    told[0].actions[0][1]()
    made.frame()
    QTest.keyClick(made.plot, KEY.Key_Right)
    assert bias(made) == F(-59, 10)


# -- what is shown -----------------------------------------------------------------------------------------------------


def test_at_0_the_sigmoid_is_a_half_and_its_slope_a_quarter(bench) -> None:
    made = bench("activation", logistic())
    made.selection.select_rows({0})
    made.frame()
    assert made.panel.picture.points.a[0] == 0.5
    assert made.panel.picture.slope == 0.25
    assert made.panel.header.values.whole_text() == "row 1: z = 0,  σ(z) ~ 0.5"
    assert made.panel.header.slope.whole_text() == "σ′(z) ~ 0.25"
    assert made.panel.picture.slope_text == "σ′(z) ~ 0.25"


def test_slopes_of_rational_functions_are_exact() -> None:
    assert slope_at("identity", F(-14, 3)) == 1
    assert isinstance(slope_at("hard_sigmoid", F(1)), Fraction)
    assert slope_at("hard_sigmoid", F(1)) == F(1, 6)
    assert slope_at("relu", F(0)) == 0
    assert slope_at("sigmoid", F(0)) == 0.25
    assert slope_at("tanh", 0.5) == pytest.approx(1 - math.tanh(0.5) ** 2)


def test_a_saturated_point_is_said_to_be_one(bench) -> None:
    made = bench("activation", logistic())
    made.selection.select_rows({1})
    made.frame()
    # sigmoid'(-6) = 0.002467 < 0.0025
    assert made.panel.header.sentence.text() == (
        "Point 2 is saturated (1 of 3 points): |f′| is below 0.0025, 1 % of its largest."
    )
    made.selection.select_rows({0})
    made.frame()
    assert made.panel.header.sentence.text().startswith("1 of 3 points are saturated")
    made.document.edit("Set", edits.set_weight, "w", F(1, 10))
    made.frame()
    assert not made.panel.header.sentence.isVisible()


@pytest.mark.parametrize(
    ("name", "flat"),
    [
        ("sigmoid", [(-math.inf, -5.98645), (5.98645, math.inf)]),
        # 1 - tanh^2 = 1/100 at atanh(sqrt(0.99))
        ("tanh", [(-math.inf, -2.99322), (2.99322, math.inf)]),
        ("relu", [(-math.inf, 0.0)]),
        ("identity", []),
        ("sine", []),
        # exp(z) = 1/100
        ("elu", [(-math.inf, math.log(0.01))]),
        ("hard_sigmoid", [(-math.inf, -3.0), (3.0, math.inf)]),
    ],
)
def test_where_functions_are_flat(name: str, flat) -> None:
    found = shape_of(name).flat
    assert len(found) == len(flat)
    for mine, theirs in zip(found, flat, strict=True):
        assert mine == pytest.approx(theirs, abs=1e-5)
    assert shape_of(name).steepest == pytest.approx({"sigmoid": 0.25, "hard_sigmoid": 1 / 6}.get(name, 1.0))


def test_a_step_never_slopes_and_its_jump_is_open() -> None:
    shape = shape_of("step")
    assert shape.never_slopes
    assert [(kink.z, kink.left, kink.value, kink.jumps) for kink in shape.kinks] == [(0.0, 0.0, 1.0, True)]
    line = sampled("step", (-1.0, 1.0), 50).f
    gap = int(np.flatnonzero(np.isnan(line[0]))[0])
    assert (line[1][:gap] == 0).all()
    assert (line[1][gap + 1 :] == 1).all()
    assert not shape_of("relu").kinks[0].jumps


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_activation_can_be_looked_at(bench, name: str) -> None:
    made = bench("activation", edits.set_activation(logistic(), "n", name))
    low, high = made.plot.viewRange()[0]
    assert low < -6 < 2 < high
    assert made.panel.picture.note == ""
    bottom, top = made.plot.viewRange()[1]
    a = ACTIVATIONS[name].curve(np.array([0.0, -6.0, 2.0]))
    assert bottom <= a.min()
    assert a.max() <= top


def test_far_rows_do_not_squash_the_shape_and_are_counted(bench) -> None:
    assert fitted_z("sigmoid", np.array([0.0, 1e6]))[1] == pytest.approx(1.35 * 5.98645, abs=1e-3)
    columns = {"x": Column((F(0), F(900), F(-900))), "y": Column((F(0), F(1), F(1)))}
    made = bench("activation", replace(logistic(), dataset=Dataset(columns)))
    assert made.panel.picture.note == "2 points are out of view."


def test_the_slope_is_drawn_as_a_curve_when_it_is_wanted(bench) -> None:
    made = bench("activation", edits.set_activation(logistic(), "n", "identity"))
    without = shot(made)
    made.panel.header.slope_box.click()
    made.frame()
    assert made.panel.picture.with_slope
    assert shot(made) != without
    gradient = made.panel.picture.curve.slope
    assert (gradient[1] == 1).all()


def test_values_near_the_end_of_float64_and_no_rows_at_all_do_no_harm(bench) -> None:
    made = bench("activation", edits.set_activation(logistic(), "n", "identity"))
    made.document.edit("Set", edits.set_bias, "n", 1e308)
    made.frame()
    assert made.panel.picture.note == "3 points are out of view."
    assert np.isfinite(made.panel.picture.px).all()
    shot(made)
    made.document.edit("Delete", edits.delete_rows, {0, 1, 2})
    made.frame()
    assert made.panel.picture.row is None
    shot(made)


# -- which neuron ------------------------------------------------------------------------------------------------------


def test_the_selected_neuron_is_shown_and_the_box_selects(bench) -> None:
    made = bench("activation", two_layers())
    assert made.panel.node == "n"
    made.selection.select({"h"})
    made.frame()
    assert made.panel.node == "h"
    assert made.panel.picture.shape.name == "relu"
    assert made.panel.picture.points.z.tolist() == [-3, 3]
    made.selection.select({"w"})
    made.frame()
    assert made.panel.node == "h"
    box = made.panel.header.box
    box.setCurrentIndex(box.findData("n"))
    box.activated.emit(box.currentIndex())
    made.frame()
    assert made.selection.ids == {"n"}
    assert made.panel.node == "n"
    made.selection.select({"output:n"})
    assert made.panel.node == "n"
    made.document.edit("Delete", edits.delete, {"n"})
    made.frame()
    assert made.panel.node == "h"


def test_dragging_a_hidden_point_moves_that_neurons_bias(bench) -> None:
    made = bench("activation", two_layers())
    made.selection.select({"h"})
    made.frame()
    made.panel.grab()  # other numbers may need a wider axis, which is known once they are painted
    made.frame()
    made.drag(made.at(3, 3), made.at(4, 3))
    assert bias(made, "h") == F(2)
    assert bias(made, "n") == F(0)


def test_with_no_neuron_it_says_so_and_adds_one(bench) -> None:
    made = bench("activation", DocumentState())
    assert "no neuron yet" in made.panel._empty._sentence.text()
    made.panel.findChild(QPushButton, "emptyStateButton").click()
    made.frame()
    assert made.panel.node == "n"
    assert made.panel.picture.row is None
    assert made.panel.header.sentence.text() == "z of n cannot be calculated yet, so there are no points on the curve."


# -- links -------------------------------------------------------------------------------------------------------------


def test_pointing_lights_the_row_and_selecting_goes_both_ways(bench) -> None:
    made = bench("activation", lecture_state())
    made.move(made.at(-16 / 3, -16 / 3), held=Qt.MouseButton.NoButton)
    assert made.selection.lit == {"row:0"}
    made.move(made.at(2, -3), held=Qt.MouseButton.NoButton)
    assert made.selection.lit == frozenset()
    made.selection.set_lit({"row:1"})
    assert made.panel.picture.linked.lit == {1}
    made.selection.select_rows({1})
    made.frame()
    assert made.panel.picture.row == 1
    made.click(made.at(2, -3))
    assert made.selection.rows == frozenset()


def test_the_current_line_of_the_working_marks_its_rows(bench) -> None:
    made = bench("activation", lecture_state())
    made.session.step()
    made.frame()
    assert made.panel.picture.linked.in_line == {0}


def test_a_hidden_microscope_works_nothing_out(bench) -> None:
    made = bench("activation", lecture_state())
    made.panel.hide()
    points = made.panel.picture.points
    made.document.edit("Set", edits.set_bias, "n", F(1))
    made.selection.select_rows({1})
    made.frame()
    assert made.panel.picture.points is points
    made.panel.show()
    made.frame()
    assert made.panel.picture.points.z == pytest.approx([5 / 3, 7 / 3])


# -- cross-entropy -----------------------------------------------------------------------------------------------------


def test_each_row_has_its_place_on_minus_ln_p(bench) -> None:
    made = bench("activation", logistic())
    assert made.panel.header.loss_box.isVisible()
    made.panel.header.loss_box.click()
    made.frame()
    rows = made.panel.losses.plot.picture.rows
    sigmoid = [1 / (1 + math.exp(-z)) for z in (0, -6, 2)]
    assert rows.p == pytest.approx(sigmoid)
    # The first is 0 by the table, the others 1.
    assert rows.loss == pytest.approx([-math.log(1 - sigmoid[0]), -math.log(sigmoid[1]), -math.log(sigmoid[2])])
    assert rows.kind.tolist() == [0, 1, 1]
    assert sum(rows.loss) / 3 == pytest.approx(made.session.snapshot.loss)


def test_far_off_squares_pull_at_nothing_and_cross_entropy_pulls(bench) -> None:
    made = bench("activation", logistic())
    made.panel.header.loss_box.click()
    made.selection.select_rows({1})
    made.frame()
    pull = made.panel.losses.bars._pull
    p = 1 / (1 + math.exp(6))
    assert pull.of_cross_entropy == pytest.approx(p - 1)
    # By central difference of (sigmoid(z) - 1)^2 at z = -6.
    square = [(1 / (1 + math.exp(6 - d)) - 1) ** 2 for d in (1e-6, -1e-6)]
    assert pull.of_squares == pytest.approx((square[0] - square[1]) / 2e-6, rel=1e-6)
    assert made.panel.losses.bars.accessibleDescription().startswith("cross-entropy: ŷ − y ~\u200a−0.997527")


def test_pointing_at_a_row_on_the_loss_lights_it_and_a_click_selects(bench) -> None:
    made = bench("activation", logistic())
    made.panel.resize(480, 640)
    made.panel.header.loss_box.click()
    made.frame()
    losses = made.panel.losses.plot
    plot = losses.widget
    place = plot.mapFromScene(plot.getViewBox().mapToScene(*[losses._rows._place(2)]))
    QTest.mouseMove(plot.viewport(), place)
    assert made.selection.lit == {"row:2"}
    QTest.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert made.selection.rows == {2}
    assert made.entries() == 0


def test_the_loss_curves_are_for_probabilities_alone(bench) -> None:
    made = bench("activation", two_layers())
    assert not made.panel.header.loss_box.isVisible()
    other = replace(logistic(), training=TrainingSettings(loss="squared_error"))
    assert not bench("activation", other).panel.header.loss_box.isVisible()


def test_the_axis_of_the_loss_stays_under_a_hand_and_grows_afterwards(bench) -> None:
    made = bench("activation", logistic())
    made.panel.header.loss_box.click()
    made.frame()
    top = made.panel.losses.plot.widget.viewRange()[1][1]
    gesture = object()
    made.document.edit("Set", edits.set_bias, "n", F(-20), gesture=gesture)
    made.frame()
    assert made.panel.losses.plot.widget.viewRange()[1][1] == top
    made.document.finish(gesture)
    made.document.edit("Set", edits.set_bias, "n", F(-19))
    made.document.finish_gesture()
    made.frame()
    assert made.panel.losses.plot.widget.viewRange()[1][1] > 25


@pytest.mark.parametrize("zoom", [1.0, 2.0])
@pytest.mark.parametrize("name", ["light", "dark", "projector"])
def test_it_is_painted_in_every_theme_and_size(bench, qapp, name, zoom) -> None:
    made = bench("activation", logistic())
    made.panel.header.loss_box.click()
    made.panel.header.slope_box.click()
    apply_theme(qapp, name, zoom)
    QApplication.processEvents()
    made.frame()
    for plot in (made.plot, made.panel.losses.plot.widget):
        image = plot.grab().toImage()
        colours = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
        assert len(colours) > 10
