from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from neurosim.document import edits
from neurosim.document.json_format import dumps, loads
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import TrainingSettings
from neurosim.panels._threshold import set_threshold, threshold_of
from neurosim.panels.decision.levels import crossing
from neurosim.panels.decision.pencil import equation_of
from neurosim.panels.decision.subject import ALL, Choice
from neurosim.widgets.theme import apply_theme
from samples import lecture_state

F = Fraction
KEY = Qt.Key


def one_sigmoid(w1: int = 2, w2: int = 1, b: int = -4) -> DocumentState:
    """2 x1 + x2 - 4 = 0: through (2, 0), (1, 2) and (0, 4); one of the four rows lies on the wrong side."""
    network = Network(
        (InputNode("x1", "x1"), InputNode("x2", "x2"), Neuron("n", bias=F(b), activation="sigmoid")),
        (Edge("w1", "x1", "n", F(w1)), Edge("w2", "x2", "n", F(w2))),
        (Output("n", "y"),),
    )
    columns = {
        "x1": Column((F(0), F(3), F(0), F(2))),
        "x2": Column((F(0), F(0), F(5), F(4))),
        "y": Column((F(0), F(1), F(0), F(1))),
    }
    return DocumentState(network, Dataset(columns), TrainingSettings(loss="cross_entropy"))


def along_one_input() -> DocumentState:
    """p = sigmoid(x / 2 - 1), which is 1/2 at x = 2."""
    network = Network(
        (InputNode("x", "hours"), Neuron("n", label="p", bias=F(-1), activation="sigmoid")),
        (Edge("w", "x", "n", F(1, 2)),),
        (Output("n", "y"),),
    )
    columns = {"hours": Column((F(0), F(1), F(3), F(6))), "y": Column((F(0), F(1), F(1), F(1)))}
    return DocumentState(network, Dataset(columns), TrainingSettings(loss="cross_entropy"))


def three_classes() -> DocumentState:
    """Logits 0, x1 and x2: the regions meet in (0, 0); the third row is a b among the c."""
    nodes = (InputNode("x1", "x1"), InputNode("x2", "x2"), Neuron("a"), Neuron("b"), Neuron("c"))
    network = Network(
        nodes,
        (Edge("w1", "x1", "b", F(1)), Edge("w2", "x2", "c", F(1))),
        (Output("a", "ant"), Output("b", "bee"), Output("c", "cat")),
    )
    columns = {
        "x1": Column((F(-2), F(2), F(1), F(0))),
        "x2": Column((F(-2), F(1), F(2), F(2))),
        "ant": Column((F(1), F(0), F(0), F(0))),
        "bee": Column((F(0), F(1), F(1), F(0))),
        "cat": Column((F(0), F(0), F(0), F(1))),
    }
    return DocumentState(network, Dataset(columns), TrainingSettings(loss="softmax_cross_entropy"))


def data_points(made, lines) -> np.ndarray:
    """All points of lines in pixels as points of the data, (2, n)."""
    frame = made.panel.picture.frame
    x, y = np.concatenate(lines, axis=1)
    return np.stack((frame.x[0] + x / frame.x_scale, frame.y[1] - y / frame.y_scale))


def passes_through(made, lines, x: float, y: float) -> bool:
    """Whether lines in pixels come within half a pixel of a point of the data."""
    frame = made.panel.picture.frame
    at = np.array([frame.across(x), frame.down(y)])
    for line in lines:
        start, step = line[:, :-1], np.diff(line, axis=1)
        part = np.clip(((at[:, None] - start) * step).sum(0) / np.maximum((step**2).sum(0), 1e-12), 0, 1)
        if np.hypot(*(start + part * step - at[:, None])).min() < 0.5:
            return True
    return False


# -- the plane ---------------------------------------------------------------------------------------------------------


def test_the_boundary_passes_through_the_points_that_a_pencil_finds(bench) -> None:
    made = bench("decision", one_sigmoid())
    boundary = made.panel.picture.plane.boundary
    for x1, x2 in ((2, 0), (1, 2), (0, 4)):
        assert passes_through(made, boundary, x1, x2)
    x1, x2 = data_points(made, boundary)
    assert 2 * x1 + x2 == pytest.approx(np.full(x1.size, 4.0), abs=1e-9)
    assert made.panel.header.equation.whole_text() == "boundary: 2·x1 + x2 − 4 = 0"


def test_a_threshold_of_three_quarters_moves_the_boundary_to_the_logit_ln_3(bench) -> None:
    made = bench("decision", one_sigmoid())
    field = made.panel.header.field
    field.setFocus()
    QTest.keyClicks(field, "3/4")
    QTest.keyClick(field, KEY.Key_Return)
    made.frame()
    x1, x2 = data_points(made, made.panel.picture.plane.boundary)
    assert 2 * x1 + x2 - 4 == pytest.approx(np.full(x1.size, math.log(3)), abs=1e-9)
    assert "= ln 3 ~ 1.09861" in made.panel.header.equation.whole_text()
    assert threshold_of(made.document.state, "n", (F(0), F(1))) == F(3, 4)
    assert made.document.undo_text == "Set threshold of n"
    made.document.undo()
    made.frame()
    x1, x2 = data_points(made, made.panel.picture.plane.boundary)
    assert 2 * x1 + x2 == pytest.approx(np.full(x1.size, 4.0), abs=1e-9)
    assert field.text() == "1/2"


def test_the_map_of_xor_has_the_right_sides_at_the_four_corners(bench) -> None:
    nodes = (
        InputNode("x1", "x1"),
        InputNode("x2", "x2"),
        Neuron("h1", bias=F(0), activation="tanh"),
        Neuron("h2", bias=F(0), activation="tanh"),
        Neuron("out", activation="sigmoid"),
    )
    links = (("w11", "x1", "h1"), ("w21", "x2", "h1"), ("w12", "x1", "h2"), ("w22", "x2", "h2"))
    network = Network(
        nodes,
        (*(Edge(*link, F(1)) for link in links), Edge("v1", "h1", "out", F(1)), Edge("v2", "h2", "out", F(1))),
        (Output("out", "y"),),
    )
    corners = ((F(0), F(0)), (F(0), F(1)), (F(1), F(0)), (F(1), F(1)))
    columns = {
        "x1": Column(tuple(a for a, _ in corners)),
        "x2": Column(tuple(b for _, b in corners)),
        "y": Column((F(0), F(1), F(1), F(0))),
    }
    made = bench("decision", DocumentState(network, Dataset(columns), TrainingSettings(loss="cross_entropy")))
    # h1 is "or", h2 is "and"; the output says "or, but not and".
    by_hand = {"w11": 20, "w21": 20, "h1.bias": -10, "w12": 20, "w22": 20, "h2.bias": -30}
    by_hand |= {"v1": 10, "v2": -10, "out.bias": -10}
    made.document.edit("By hand", edits.set_parameters, {name: F(value) for name, value in by_hand.items()})
    made.frame()
    plane, frame = made.panel.picture.plane, made.panel.picture.frame
    sides = [plane.value_at(frame.across(float(a)), frame.down(float(b))) >= 0.5 for a, b in corners]
    assert sides == [False, True, True, False]
    assert len(plane.boundary) == 2
    assert made.panel.header.accuracy.whole_text() == "accuracy 1 (not the loss)"
    image = plane.image
    for (a, b), above in zip(corners, sides, strict=True):
        x = round(frame.across(float(a)) / frame.width * (image.width() - 1))
        y = round(frame.down(float(b)) / frame.height * (image.height() - 1))
        colour = image.pixelColor(x, y)
        assert (colour.blue() > colour.red()) == above


def test_the_side_of_class_1_is_marked_without_colour(bench) -> None:
    made = bench("decision", one_sigmoid())
    from neurosim.panels.decision.contours import upper_sides

    plane, frame = made.panel.picture.plane, made.panel.picture.frame
    found = upper_sides(plane.field, plane.longest(), np.array([0.1, 0.5, 0.9]))
    for (x, y), (dx, dy) in found:
        x1, x2 = frame.value(QPointF(x + 9 * dx, y + 9 * dy))
        assert 2 * x1 + x2 > 4
    # Painted in black and white the picture still has the thick line: dark pixels on it, light ones beside it.
    shot = made.plot.grab().toImage()
    corner = made.plot.viewport().mapTo(made.plot, made.at(1, 2))
    darkest = min(shot.pixelColor(corner.x() + d, corner.y()).lightness() for d in (-1, 0, 1))
    assert darkest < 60


def test_accuracy_counts_the_rows_on_the_right_side_and_boxes_the_wrong_one(bench) -> None:
    made = bench("decision", one_sigmoid())
    # 2*0 + 5 - 4 = 1: class 1 by the neuron, class 0 by the table.
    assert made.panel.picture.rows.wrong.tolist() == [False, False, True, False]
    assert made.panel.header.accuracy.whole_text() == "accuracy 3/4 (not the loss) · ☐ 1 wrong"
    loss = made.session.snapshot.loss
    made.document.edit("Set", set_threshold, "n", F(3, 4))
    made.frame()
    # z = 1 is below ln 3 now, and so is nothing else of class 1: z = 2 and 4.
    assert made.panel.picture.rows.wrong.tolist() == [False] * 4
    assert made.panel.header.accuracy.whole_text() == "accuracy 1 (not the loss)"
    assert made.session.snapshot.loss == loss


def test_the_boundary_is_dragged_to_another_threshold_and_one_undo_takes_it_back(bench) -> None:
    made = bench("decision", one_sigmoid())
    before = [list(pair) for pair in made.plot.viewRange()]
    # At (2, 1) z is 1: sigmoid(1) = 0.731, and the threshold rests at a hundredth.
    made.drag(made.at(1.5, 1), made.at(2, 1))
    found = threshold_of(made.document.state, "n", (F(0), F(1)))
    assert isinstance(found, Fraction)
    assert found.denominator in {100, 50, 25, 20, 10, 5, 4, 2}
    assert float(found) == pytest.approx(1 / (1 + math.exp(-1)), abs=0.03)
    assert [list(pair) for pair in made.plot.viewRange()] == before
    assert made.entries() == 1
    made.document.undo()
    assert "decision" not in made.document.state.view


def test_esc_during_the_drag_brings_the_threshold_back(bench) -> None:
    made = bench("decision", one_sigmoid())
    made.press(made.at(1.5, 1))
    made.move(made.at(2, 1))
    made.frame()
    assert threshold_of(made.document.state, "n", None) != F(1, 2)
    QTest.keyClick(made.plot, KEY.Key_Escape)
    made.frame()
    made.move(made.at(2.2, 1))
    made.release(made.at(2.2, 1))
    assert threshold_of(made.document.state, "n", None) == F(1, 2)
    assert made.entries() == 0


def test_keys_move_the_threshold_in_twentieths_and_with_shift_in_hundredths(bench) -> None:
    made = bench("decision", one_sigmoid())
    made.plot.setFocus()
    QTest.keyClick(made.plot, KEY.Key_Up)
    assert threshold_of(made.document.state, "n", None) == F(11, 20)
    QTest.keyClick(made.plot, KEY.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert threshold_of(made.document.state, "n", None) == F(54, 100)
    QTest.keyClick(made.plot, KEY.Key_Up)
    assert threshold_of(made.document.state, "n", None) == F(55, 100)
    for _ in range(30):
        QTest.keyClick(made.plot, KEY.Key_Up)
    # A sigmoid never gets to 1: there would be no boundary any more.
    assert threshold_of(made.document.state, "n", None) == F(99, 100)
    for _ in range(20):
        made.document.undo()
    assert threshold_of(made.document.state, "n", None) == F(1, 2)


def test_numbered_lines_are_where_the_neuron_has_those_values(bench) -> None:
    made = bench("decision", one_sigmoid())
    contours = {round(value, 9): lines for value, lines in made.panel.picture.plane.contours}
    # 0.5 is the boundary itself.
    assert contours.keys() == {0.2, 0.4, 0.6, 0.8}
    x1, x2 = data_points(made, contours[0.8])
    assert 1 / (1 + np.exp(-(2 * x1 + x2 - 4))) == pytest.approx(np.full(x1.size, 0.8), abs=1e-9)


def test_without_weights_the_map_says_that_there_is_no_boundary(bench) -> None:
    made = bench("decision", one_sigmoid(0, 0, 0))
    assert made.panel.picture.plane.boundary == []
    assert made.panel.picture.note == "n is ~0.5 everywhere: there is no boundary."


def test_coarse_while_it_moves_and_finer_when_it_is_still(bench, qtbot) -> None:
    made = bench("decision", one_sigmoid())
    made.document.edit("Set", edits.set_weight, "w1", F(3))
    made.frame()
    assert made.panel.picture.plane.image.width() == 64
    qtbot.waitUntil(lambda: made.panel.picture.plane.image.width() > 64)
    assert made.panel.picture.plane.image.height() >= 64


def test_hidden_neurons_are_offered_with_their_own_thresholds(bench) -> None:
    state = one_sigmoid()
    network = state.network.with_node(Neuron("h", activation="tanh", bias=F(-1))).with_edge(Edge("v", "x1", "h", F(1)))
    made = bench("decision", replace(state, network=network))
    combo = made.panel.header._node
    assert [combo.itemData(i) for i in range(combo.count())] == ["n", "h"]
    combo.setCurrentIndex(1)
    combo.activated.emit(1)
    made.frame()
    x1, _ = data_points(made, made.panel.picture.plane.boundary)
    assert x1 == pytest.approx(np.full(x1.size, 1.0), abs=1e-9)
    assert made.panel.header.field.value() == 0
    # A hidden neuron has no target of its own: nothing is right or wrong, but the classes are still told apart.
    assert made.panel.header.accuracy.whole_text() == ""
    assert made.panel.picture.rows.shape.tolist() == [0, 1, 0, 1]


def test_a_third_input_is_held_at_its_mean_or_at_the_selected_row_and_the_axes_can_be_chosen(bench) -> None:
    state = one_sigmoid()
    network = state.network.with_node(InputNode("x3", "x3")).with_edge(Edge("w3", "x3", "n", F(1)))
    columns = dict(state.dataset.columns) | {"x3": Column((F(0), F(0), F(0), F(4)))}
    made = bench("decision", replace(state, network=network, dataset=Dataset(columns)))
    x1, x2 = data_points(made, made.panel.picture.plane.boundary)
    assert 2 * x1 + x2 + 1 == pytest.approx(np.full(x1.size, 4.0), abs=1e-9)
    assert "at the means of the others: x3 ~ 1" in made.panel.header.equation.whole_text()
    made.selection.select_rows({3})
    made.frame()
    x1, x2 = data_points(made, made.panel.picture.plane.boundary)
    assert 2 * x1 + x2 + 4 == pytest.approx(np.full(x1.size, 4.0), abs=1e-9)
    assert "as in point 4: x3 = 4" in made.panel.header.equation.whole_text()
    across = made.panel.header._across
    across.setCurrentIndex(across.findData("x3"))
    across.activated.emit(across.currentIndex())
    made.frame()
    subject = made.panel.picture.subject
    assert (subject.across, subject.up, set(subject.fixed)) == ("x3", "x2", {"x1"})


def test_values_near_the_end_of_float64_and_no_rows_at_all_do_no_harm(bench) -> None:
    made = bench("decision", one_sigmoid())
    made.document.edit("Set", edits.set_weight, "w1", 1e308)
    made.frame()
    # z overflows on the right, but its sigmoid is 1: there the map is as blue as it gets.
    image = made.panel.picture.plane.image
    assert image.pixelColor(image.width() - 1, 30).blue() > image.pixelColor(image.width() - 1, 30).red()
    made.document.edit("Use identity", edits.set_activation, "n", "identity")
    made.frame()
    assert made.panel.picture.note == "n cannot be calculated yet."
    made.document.edit("Delete", edits.delete_rows, {0, 1, 2, 3})
    made.frame()
    assert made.panel.picture.px.size == 0
    assert made.panel.header.accuracy.whole_text() == ""
    made.plot.grab()


# -- one input ---------------------------------------------------------------------------------------------------------


def test_along_one_input_the_threshold_is_passed_where_a_pencil_says_exactly(bench) -> None:
    made = bench("decision", along_one_input())
    curve = made.panel.picture.curve
    assert curve.crossings == pytest.approx([2.0], abs=1e-9)
    assert [stretch.above for stretch in curve.stretches] == [False, True]
    assert made.panel.picture.crossings == ("hours = 2",)
    # Row 2 has 1 hour and passed.
    assert made.panel.picture.rows.wrong.tolist() == [False, True, False, False]


def test_the_line_of_the_threshold_is_dragged_and_the_interval_follows(bench) -> None:
    made = bench("decision", along_one_input())
    made.drag(made.at(4, 0.5), made.at(4, 0.75))
    found = threshold_of(made.document.state, "n", None)
    assert found == F(75, 100)
    # x / 2 - 1 = ln 3
    assert made.panel.picture.curve.crossings == pytest.approx([2 + 2 * math.log(3)], abs=1e-6)
    assert made.entries() == 1


def test_a_neuron_that_turns_twice_has_three_stretches(bench) -> None:
    network = Network(
        (InputNode("x", "x"), Neuron("n", activation="gaussian")), (Edge("w", "x", "n", F(1)),), (Output("n", "y"),)
    )
    columns = {"x": Column((F(-3), F(3))), "y": Column((F(0), F(1)))}
    made = bench("decision", DocumentState(network, Dataset(columns), TrainingSettings()))
    curve = made.panel.picture.curve
    root = math.sqrt(math.log(2))  # exp(-x^2) = 1/2
    assert curve.crossings == pytest.approx([-root, root], abs=1e-3)
    assert [stretch.above for stretch in curve.stretches] == [False, True, False]


def test_a_line_without_classes_has_a_threshold_of_0_and_no_accuracy(bench) -> None:
    made = bench("decision", lecture_state())
    assert made.panel.header.field.value() == 0
    assert made.panel.header.accuracy.whole_text() == ""
    # 1/3 x - 6 = 0 at x = 18, which is not in view.
    assert made.panel.picture.curve.crossings == []
    assert made.panel.header.equation.whole_text() == "boundary: 1/3·x − 6 = 0"


# -- several classes ---------------------------------------------------------------------------------------------------


def test_three_classes_meet_where_their_logits_are_equal(bench) -> None:
    made = bench("decision", three_classes())
    picture = made.panel.picture
    assert picture.subject.node == ALL
    frame = picture.frame
    for x, y, winner in ((-1, -1, 0), (2, 1, 1), (1, 2, 2)):
        p = picture.regions.probabilities_at(frame.across(x), frame.down(y))
        assert int(p.argmax()) == winner
    # Between ant and bee x1 = 0 (below), between bee and cat x1 = x2 (above).
    assert passes_through(made, picture.regions.borders, 0, -1)
    assert passes_through(made, picture.regions.borders, 1.5, 1.5)
    assert not passes_through(made, picture.regions.borders, 0, 1)
    assert {picture.subject.outputs[name.index][1] for name in picture.regions.names} == {"ant", "bee", "cat"}
    assert picture.rows.wrong.tolist() == [False, False, True, False]
    assert made.panel.header.accuracy.whole_text() == "accuracy 3/4 (not the loss) · ☐ 1 wrong"
    assert not made.panel.header.field.isVisible()


def test_three_classes_along_one_input_change_where_the_two_largest_are_equal(bench) -> None:
    nodes = (InputNode("x", "x"), Neuron("a"), Neuron("b", bias=F(-1)), Neuron("c", bias=F(-5)))
    network = Network(
        nodes,
        (Edge("w1", "x", "b", F(1)), Edge("w2", "x", "c", F(2))),
        (Output("a", "ant"), Output("b", "bee"), Output("c", "cat")),
    )
    columns = {"x": Column((F(0), F(2), F(6)))}
    columns |= {name: Column(tuple(F(int(i == k)) for i in range(3))) for k, name in enumerate(("ant", "bee", "cat"))}
    made = bench("decision", DocumentState(network, Dataset(columns), TrainingSettings(loss="softmax_cross_entropy")))
    # 0 = x - 1 at 1, and x - 1 = 2 x - 5 at 4.
    assert made.panel.picture.regions.edges == pytest.approx([1.0, 4.0], abs=1e-9)
    assert made.panel.picture.rows.wrong.tolist() == [False] * 3


# -- links -------------------------------------------------------------------------------------------------------------


def test_pointing_at_a_mark_lights_its_row_and_a_click_selects_it(bench) -> None:
    made = bench("decision", one_sigmoid())
    made.move(made.at(3, 0), held=Qt.MouseButton.NoButton)
    assert made.selection.lit == {"row:1"}
    made.move(made.at(1.1, 3.1), held=Qt.MouseButton.NoButton)
    assert made.selection.lit == frozenset()
    made.click(made.at(3, 0))
    assert made.selection.rows == {1}
    assert made.entries() == 0
    made.click(made.at(1.1, 3.1))
    assert made.selection.rows == frozenset()
    made.selection.set_lit({"row:2"})
    assert made.panel.picture.linked.lit == {2}


def test_a_hidden_map_works_nothing_out(bench) -> None:
    made = bench("decision", one_sigmoid())
    made.panel.hide()
    image = made.panel.picture.plane.image
    made.document.edit("Set", edits.set_weight, "w1", F(7))
    made.frame()
    assert made.panel.picture.plane.image is image
    made.panel.show()
    made.frame()
    x1, x2 = data_points(made, made.panel.picture.plane.boundary)
    assert 7 * x1 + x2 == pytest.approx(np.full(x1.size, 4.0), abs=1e-9)


def test_each_frame_of_a_training_run_has_its_own_boundary(bench) -> None:
    made = bench("decision", one_sigmoid())
    seen = []
    for _ in range(3):
        made.session.full_step()
        made.frame()
        weights = made.document.state.network.parameters
        x1, x2 = data_points(made, made.panel.picture.plane.boundary)
        z = float(weights["w1"]) * x1 + float(weights["w2"]) * x2 + float(weights["n.bias"])
        assert z == pytest.approx(np.zeros(z.size), abs=1e-9)
        seen.append(made.panel.header.equation.whole_text())
    assert len(set(seen)) == 3


def test_an_unfinished_network_says_what_is_missing(bench) -> None:
    made = bench("decision", DocumentState())
    assert "no input yet" in made.panel._empty._sentence.text()
    made.document.edit("Add", edits.add_input, "x1")
    made.frame()
    assert "no data yet" in made.panel._empty._sentence.text()


@pytest.mark.parametrize("zoom", [1.0, 2.0])
@pytest.mark.parametrize("name", ["light", "dark", "projector"])
def test_it_is_painted_in_every_theme_and_size(bench, qapp, name, zoom) -> None:
    made = bench("decision", one_sigmoid())
    apply_theme(qapp, name, zoom)
    QApplication.processEvents()
    made.frame()
    shot = made.plot.grab().toImage()
    colours = {shot.pixel(x, y) for x in range(0, shot.width(), 7) for y in range(0, shot.height(), 7)}
    assert len(colours) > 30


# -- without a window --------------------------------------------------------------------------------------------------


def test_thresholds_are_saved_exactly_and_odd_files_do_no_harm() -> None:
    state = set_threshold(one_sigmoid(), "n", F(1, 3))
    assert threshold_of(loads(dumps(state)), "n", None) == F(1, 3)
    kept = set_threshold(set_threshold(state, "n", 0.25), "n", F(2, 7))
    assert kept.view["decision"] == {"thresholds": {"n": "2/7"}}
    for odd in ({"decision": 3}, {"decision": {"thresholds": [1]}}, {"decision": {"thresholds": {"n": "many"}}}):
        assert threshold_of(replace(state, view=odd), "n", None) == F(1, 2)
    other = set_threshold(replace(state, view={"plot": {"zoom": 2}, "decision": {"x": 1}}), "n", F(1, 5))
    assert other.view == {"plot": {"zoom": 2}, "decision": {"x": 1, "thresholds": {"n": "1/5"}}}
    with pytest.raises(edits.EditError):
        set_threshold(state, "nobody", F(1))
    with pytest.raises(edits.EditError):
        set_threshold(state, "n", float("nan"))


@pytest.mark.parametrize(
    ("activation", "level", "z"),
    [
        ("sigmoid", 0.75, math.log(3)),
        ("sigmoid", 0.5, 0.0),
        ("tanh", 0.5, math.atanh(0.5)),
        ("identity", -3.0, -3.0),
        ("relu", 2.0, 2.0),
        ("relu", 0.0, 0.0),
        ("step", 0.5, 0.0),
        ("hard_sigmoid", 1.0, 3.0),
        ("softplus", 1.0, math.log(math.e - 1)),
        ("sigmoid", 1.0, None),
        ("sigmoid", 1.5, None),
        ("gaussian", 0.5, None),
    ],
)
def test_where_an_activation_passes_a_level(activation: str, level: float, z: float | None) -> None:
    found = crossing(activation, level)
    assert found == (None if z is None else pytest.approx(z, abs=1e-12))


def test_the_equation_is_exact_and_holds_what_is_fixed() -> None:
    network = one_sigmoid(2, 2, -6).network.with_parameters({"w1": F(1, 3)})
    found = equation_of(network, Dataset({}), "n", {"x2": F(5, 2)}, F(1, 2))
    assert found is not None
    assert (dict(found.terms), found.constant, found.level) == ({"x1": F(1, 3)}, F(-1), F(0))
    assert found.solved_for("x1") == F(3)
    assert equation_of(network.with_node(Neuron("h")), Dataset({}), "h", {}, F(0)) is None
    deep = network.with_node(Neuron("h")).with_edge(Edge("v", "n", "h", F(1)))
    assert equation_of(deep, Dataset({}), "h", {}, F(0)) is None


def test_a_choice_that_is_gone_is_forgotten(bench) -> None:
    made = bench("decision", three_classes())
    made.panel.header._choice = Choice("b", "x2", "x1")
    made.panel.refresh_now()
    assert (made.panel.picture.subject.node, made.panel.picture.subject.across) == ("b", "x2")
    made.document.edit("Delete", edits.delete, {"b"})
    made.frame()
    assert made.panel.picture.subject.node == ALL


def test_dragging_the_map_pans_and_home_fits_again(bench) -> None:
    made = bench("decision", one_sigmoid())
    before = made.plot.viewRange()
    made.drag(made.at(1, 1), made.at(1, 1) + QPoint(40, 0), Qt.MouseButton.MiddleButton)
    assert made.plot.viewRange() != before
    x1, x2 = data_points(made, made.panel.picture.plane.boundary)
    assert 2 * x1 + x2 == pytest.approx(np.full(x1.size, 4.0), abs=1e-9)
    QTest.keyClick(made.plot, KEY.Key_Home)
    assert np.allclose(made.plot.viewRange(), before)
