from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from PySide6.QtCore import Qt

from neurosim.document import edits
from neurosim.document.document import Document
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import TrainingSettings
from neurosim.panels._spoken import what_happened
from neurosim.panels.headline import HeadlineNumbers
from neurosim.panels.loss_curve.curve import curve_of, height_range, step_range
from neurosim.training.session import TrainingSession
from neurosim.widgets.display import Display
from samples import lecture_state

F = Fraction
EDIT, SHOWN = Qt.ItemDataRole.EditRole, Qt.ItemDataRole.DisplayRole


def two_inputs() -> DocumentState:
    """One sigmoid neuron with the boundary x1 + x2 = 3 and a point of each class on either side."""
    network = Network(
        (InputNode("x1", "x1"), InputNode("x2", "x2"), Neuron("n", bias=F(-3), activation="sigmoid")),
        (Edge("w1", "x1", "n", F(1)), Edge("w2", "x2", "n", F(1))),
        (Output("n", "y"),),
    )
    columns = {"x1": Column((F(0), F(4))), "x2": Column((F(1), F(3))), "y": Column((F(0), F(1)))}
    return DocumentState(network, Dataset(columns), TrainingSettings(loss="cross_entropy", learning_rate=F(1, 10)))


# -- the plane ---------------------------------------------------------------------------------------------------------


def test_two_inputs_are_seen_from_above_with_the_boundary_where_the_output_is_a_half(bench) -> None:
    made = bench("data_plot", two_inputs())
    view = made.panel.view
    assert view.picture.axes.kind == "plane"
    assert len(view.plane.boundary) == 1
    frame = view.picture.frame
    for x, y in view.plane.boundary[0].T:
        x1, x2 = frame.x[0] + x / frame.x_scale, frame.y[1] - y / frame.y_scale
        assert x1 + x2 == pytest.approx(3, abs=1e-6)


def test_a_point_of_the_plane_is_dragged_in_both_inputs_and_the_boundary_stays(bench) -> None:
    made = bench("data_plot", two_inputs())
    before = [list(pair) for pair in made.plot.viewRange()]
    boundary = made.panel.view.plane.boundary[0].copy()
    gradient = made.session.snapshot.gradient["w1"]
    start, goal = made.at(4, 3), made.at(3, 2)
    made.drag(start, goal)
    row = made.row(1)
    assert (float(row["x1"]), float(row["x2"])) == pytest.approx((3, 2), abs=0.06)
    assert all(isinstance(value, Fraction) for value in row.values())
    assert row["y"] == 1
    assert made.session.snapshot.gradient["w1"] != gradient
    assert [list(pair) for pair in made.plot.viewRange()] == before
    assert (made.panel.view.plane.boundary[0] == boundary).all()


def test_without_weights_the_plot_says_that_there_is_no_boundary(bench) -> None:
    state = edits.set_parameters(two_inputs(), {"w1": F(0), "w2": F(0), "n.bias": F(0)})
    made = bench("data_plot", state)
    assert "0.5 everywhere" in made.panel.view._model.note


def test_a_dragged_class_jumps_from_class_to_class(bench) -> None:
    state = two_inputs()
    network = Network(
        (InputNode("x1", "x1"), Neuron("n", bias=F(-2), activation="sigmoid")),
        (Edge("w1", "x1", "n", F(1)),),
        (Output("n", "y"),),
    )
    made = bench("data_plot", replace(state, network=network))
    made.drag(made.at(0, 0), made.at(0, 0.7))
    assert made.row(0)["y"] == 1


# -- the loss curve ----------------------------------------------------------------------------------------------------


def test_the_curve_starts_at_step_0_and_holds_the_lecture_trace(bench) -> None:
    made = bench("loss_curve", lecture_state())
    assert made.panel.picture.curve.x.tolist() == [0]
    for _ in range(2):
        made.session.full_step()
        made.frame()
    curve = made.panel.picture.curve
    assert curve.x.tolist() == [0, 1, 2]
    assert curve.losses == pytest.approx([466 / 9, 8149 / 2025, 1709 / 3645])
    assert made.panel.picture.now == pytest.approx((2, 1709 / 3645))


def test_a_drag_moves_neither_the_axes_nor_the_number_of_points(bench) -> None:
    made = bench("loss_curve", lecture_state())
    made.session.full_step()
    made.frame()
    before, points = [list(pair) for pair in made.plot.viewRange()], made.panel.picture.curve.x.size
    gesture = object()
    made.document.edit("Move point 2", edits.move_row, 1, {"y": F(400)}, gesture=gesture)
    made.frame()
    assert [list(pair) for pair in made.plot.viewRange()] == before
    assert made.panel.picture.curve.x.size == points
    made.document.finish(gesture)
    made.session.clock.request()
    made.frame()
    assert made.panel.picture.dividers == (1,)


def test_the_axis_becomes_logarithmic_after_ten_steps_unless_the_user_chose(bench) -> None:
    made = bench("loss_curve", lecture_state())
    for _ in range(10):
        made.session.full_step()
    made.frame()
    assert made.panel.scale == "log"
    chosen = bench("loss_curve", lecture_state())
    chosen.panel.set_scale("linear")
    for _ in range(10):
        chosen.session.full_step()
    chosen.frame()
    assert chosen.panel.scale == "linear"


def test_a_loss_of_zero_on_a_log_axis_is_said_not_hidden(bench) -> None:
    made = bench("loss_curve", edits.set_parameters(lecture_state(), {"a": F(2), "n.bias": F(-4)}))
    made.panel.set_scale("log")
    assert made.session.snapshot.loss == 0
    assert "0" in made.panel.picture.note
    assert "log axis" in made.panel.picture.note


def test_points_without_a_logarithm_are_counted() -> None:
    curve = curve_of(np.arange(4), np.array([100.0, 0.0, 1.0, 0.0]), log=True)
    assert curve.x.tolist() == [0, 2]
    assert curve.y.tolist() == [2, 0]
    assert curve.left_out == 2


def test_ranges_grow_in_leaps_and_stay_while_everything_fits() -> None:
    assert step_range(3, None) == (0, 10)
    assert step_range(11, (0, 10)) == (0, 20)
    assert step_range(12, (0, 20)) == (0, 20)
    assert height_range(np.array([1.0, 2.0]), False, (0, 5)) == (0, 5)
    assert height_range(np.array([-0.5, 1.5]), True, None) == (-1, 2)


# -- headline ----------------------------------------------------------------------------------------------------------


def test_the_headline_shows_the_lecture_exactly(qtbot) -> None:
    session = TrainingSession(Document(lecture_state()))
    headline = HeadlineNumbers(session, Display())
    qtbot.addWidget(headline)
    loss, gradient, step = (headline.findChild(object, f"{name}Label") for name in ("loss", "gradient", "stepCount"))
    assert "466/9" in loss.text()
    assert "51.78" in loss.text()
    assert "−136/3 ↑" in gradient.text()
    assert "−14 ↑" in gradient.text()
    assert "-136/3" in gradient.accessibleDescription()
    assert step.text() == "0"
    session.full_step()
    session.advance()
    assert "8149/2025" in loss.text()
    assert "−554/45" in gradient.text()
    assert step.text() == "1"


def test_a_move_is_announced_with_what_followed() -> None:
    document = Document(lecture_state())
    session = TrainingSession(document)
    before = session.snapshot
    document.edit("Move point 2", edits.move_row, 1, {"y": F(2)})
    said = what_happened(before, session.snapshot)
    assert said == "Point 2 at 4 comma 2. Loss 36.44, down from 51.78. Gradient a minus 37.33, b minus 12."


# -- outline -----------------------------------------------------------------------------------------------------------


def lines(model, parent=None):
    from PySide6.QtCore import QModelIndex

    parent = parent if parent is not None else QModelIndex()
    found = []
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        found.append(tuple(model.data(index.siblingAtColumn(c), SHOWN) for c in range(3)))
        found += lines(model, index)
    return found


def test_the_outline_names_every_node_edge_and_parameter(bench) -> None:
    made = bench("outline", lecture_state())
    found = lines(made.panel.model)
    assert [value for _, value, _ in found] == ["2", "−16/3", "1/3", "−6", "−16/3"]
    assert [gradient for *_, gradient in found] == ["", "", "−136/3 ↑", "−14 ↑", ""]
    assert "weight a from x" in found[2][0]


def test_a_weight_is_typed_and_a_node_renamed_in_the_outline(bench) -> None:
    made = bench("outline", lecture_state())
    model = made.panel.model
    neuron = model.index(1, 0)
    assert model.setData(model.index(0, 1, neuron), "1 1/3", EDIT)
    assert made.document.state.network.parameters["a"] == F(4, 3)
    assert model.setData(neuron, "line", EDIT)
    assert made.document.state.network.title("n") == "line"
    made.document.undo()
    made.document.undo()
    assert made.document.state.network.parameters["a"] == F(1, 3)


def test_the_outline_and_the_canvas_share_one_selection(bench) -> None:
    made = bench("outline", lecture_state())
    model = made.panel.model
    made.selection.select({"a"})
    chosen = [model.entry(i).id for i in made.panel.tree.selectionModel().selectedRows()]
    assert chosen == ["a"]
    made.panel.tree.setCurrentIndex(model.index(0, 0))
    assert made.selection.ids == {"x"}
