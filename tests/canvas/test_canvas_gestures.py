"""Each gesture of the mouse on the canvas, with real events, and what one undo makes of it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from neurosim.document import edits
from neurosim.widgets.number_field import NumberField

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def entries(hand) -> int:
    """How many undos lead back to the start."""
    count, entry = 0, hand.document.history.head
    while entry.parent is not None:
        count, entry = count + 1, entry.parent
    return count


# -- connecting ------------------------------------------------------------------------------------------------------


def test_an_edge_is_drawn_from_port_to_port(loose):
    loose.drag(loose.out_port("x"), loose.in_port("n1"))
    (edge,) = loose.network.edges
    assert (edge.source, edge.target, edge.weight) == ("x", "n1", Fraction(1))
    assert entries(loose) == 1
    loose.document.undo()
    assert loose.network.edges == ()


def test_an_edge_is_drawn_by_click_and_click(loose):
    loose.click(loose.out_port("x"))
    assert loose.network.edges == ()
    loose.move(loose.in_port("n2"), held=Qt.MouseButton.NoButton)
    loose.click(loose.in_port("n2"))
    assert [(e.source, e.target) for e in loose.network.edges] == [("x", "n2")]


def test_an_edge_can_begin_at_the_in_port(loose):
    loose.drag(loose.in_port("n2"), loose.out_port("n1"))
    assert [(e.source, e.target) for e in loose.network.edges] == [("n1", "n2")]


def test_an_edge_dropped_anywhere_on_a_node_connects(loose):
    loose.drag(loose.out_port("n1"), loose.node("n2") + QPointF(4, 8))
    assert [(e.source, e.target) for e in loose.network.edges] == [("n1", "n2")]


def test_unfit_nodes_are_dimmed_with_the_reason(two_by_two):
    nodes = two_by_two.view.drawing.nodes
    two_by_two.press(two_by_two.out_port("p"))
    two_by_two.move(two_by_two.node("h1"))
    assert nodes["h1"].look.reach == "unfit"
    assert nodes["h1"].look.reason == "would close a loop: h1 -> p -> h1"
    assert nodes["x1"].look.reach == "unfit"
    two_by_two.move(two_by_two.node("x1"))
    assert nodes["h1"].look.reason == ""
    assert nodes["x1"].look.reason == "x1 is an input: nothing can flow into it."
    before = two_by_two.network
    refusals: list[str] = []
    two_by_two.view.refused.connect(refusals.append)
    two_by_two.release(two_by_two.node("x1"))
    assert two_by_two.network is before
    assert refusals == ["x1 is an input: nothing can flow into it."]
    assert nodes["x1"].look.reach == ""


def test_fitting_nodes_grow(loose):
    loose.press(loose.out_port("x"))
    assert {key: item.look.reach for key, item in loose.view.drawing.nodes.items()} == {
        "x": "",
        "n1": "fit",
        "n2": "fit",
    }
    loose.release(loose.out_port("x"))
    loose.key(Qt.Key.Key_Escape)
    assert all(item.look.reach == "" for item in loose.view.drawing.nodes.values())


def test_escape_cancels_a_connection(loose):
    loose.press(loose.out_port("x"))
    loose.move(loose.in_port("n1"))
    loose.key(Qt.Key.Key_Escape)
    loose.release(loose.in_port("n1"))
    assert loose.network.edges == ()
    assert entries(loose) == 0


def test_a_wire_dropped_in_empty_space_offers_what_fits_and_connects_it(loose):
    place = QPointF(260, 90)
    loose.drag(loose.out_port("x"), place)
    names = [a.objectName() for a in loose.menu().actions() if a.objectName()]
    assert "add-input" not in names  # nothing flows into an input
    assert "add-sigmoid" in names
    loose.choose("add-sigmoid")
    new = loose.network.node_by_id["n"]
    assert new.activation == "sigmoid"
    assert [(e.source, e.target) for e in loose.network.edges] == [("x", "n")]
    assert entries(loose) == 1


def test_a_wire_from_an_in_port_offers_inputs_but_no_output(loose):
    loose.drag(loose.in_port("n1"), QPointF(80, -120))
    names = [a.objectName() for a in loose.menu().actions() if a.objectName()]
    assert "add-output" not in names
    loose.choose("add-input")
    assert [(e.source, e.target) for e in loose.network.edges] == [("x1", "n1")]


# -- moving ----------------------------------------------------------------------------------------------------------


def test_a_dragged_node_snaps_to_the_grid_in_one_entry(two_by_two):
    start = two_by_two.node("h1")
    two_by_two.drag(start + QPointF(-14, 4), start + QPointF(-14, 4) + QPointF(43, 22))
    assert two_by_two.network.node_by_id["h1"].position == (320.0, -80.0)  # 323 and -78 on the grid of 8
    assert entries(two_by_two) == 1
    two_by_two.document.undo()
    assert two_by_two.network.node_by_id["h1"].position == (280, -100)
    assert two_by_two.node("h1") == QPointF(280, -100)


def test_nothing_changes_before_the_release(two_by_two):
    start = two_by_two.node("h1") + QPointF(-14, 4)
    two_by_two.press(start)
    two_by_two.move(start + QPointF(40, 40))
    assert two_by_two.network.node_by_id["h1"].position == (280, -100)
    assert two_by_two.node("h1") != QPointF(280, -100)
    two_by_two.key(Qt.Key.Key_Escape)
    assert two_by_two.node("h1") == QPointF(280, -100)
    two_by_two.release(start + QPointF(40, 40))
    assert entries(two_by_two) == 0


def test_a_selection_moves_together(two_by_two):
    two_by_two.selection.select({"h1", "h2"})
    start = two_by_two.node("h2") + QPointF(-14, 4)
    two_by_two.drag(start, start + QPointF(40, 0))
    x1, x2 = (two_by_two.network.node_by_id[key].position[0] for key in ("h1", "h2"))
    assert x1 - 280 == x2 - 280 == pytest.approx(40, abs=8)


def test_a_node_is_picked_up_by_its_grip_and_put_down_by_clicks(two_by_two):
    item = two_by_two.view.drawing.nodes["h1"]
    two_by_two.move(two_by_two.node("h1") + QPointF(-14, 4), held=Qt.MouseButton.NoButton)
    grip = item.pos() + item.grip_rect().center()
    two_by_two.click(grip)
    two_by_two.move(grip + QPointF(80, 40), held=Qt.MouseButton.NoButton)
    assert two_by_two.network.node_by_id["h1"].position == (280, -100)
    two_by_two.click(grip + QPointF(80, 40))
    x, y = two_by_two.network.node_by_id["h1"].position
    assert (x, y) == pytest.approx((360, -60), abs=8)
    assert entries(two_by_two) == 1


def test_an_output_moves_to_a_place_of_its_own(lecture):
    start = lecture.node("output:n")
    lecture.drag(start, start + QPointF(0, 80))
    position = lecture.network.outputs[0].position
    assert position is not None
    assert position[1] == pytest.approx(80, abs=8)


# -- selecting -------------------------------------------------------------------------------------------------------


def test_click_ctrl_click_and_box(two_by_two):
    two_by_two.click(two_by_two.node("h1") + QPointF(-14, 4))
    assert two_by_two.selection.ids == {"h1"}
    two_by_two.click(two_by_two.node("h2") + QPointF(-14, 4), CTRL)
    assert two_by_two.selection.ids == {"h1", "h2"}
    two_by_two.click(two_by_two.node("h2") + QPointF(-14, 4), CTRL)
    assert two_by_two.selection.ids == {"h1"}
    two_by_two.click(two_by_two.empty())
    assert two_by_two.selection.ids == frozenset()
    two_by_two.drag(QPointF(-90, -180), QPointF(50, 180))
    assert two_by_two.selection.ids == {"x1", "x2"}


def test_an_edge_is_selected_by_a_click_beside_its_line(two_by_two):
    edges = two_by_two.view.drawing.edges
    two_by_two.click(edges.point_on("v2", 0.12) + QPointF(0, 4))
    assert two_by_two.selection.ids == {"v2"}


def test_delete_removes_only_the_selection(two_by_two):
    two_by_two.key(Qt.Key.Key_Backspace)
    assert entries(two_by_two) == 0
    two_by_two.selection.select({"h2"})
    two_by_two.key(Qt.Key.Key_Delete)
    assert {node.id for node in two_by_two.network.nodes} == {"x1", "x2", "h1", "p"}
    assert {edge.id for edge in two_by_two.network.edges} == {"w1", "w2", "v1"}
    two_by_two.document.undo()
    assert "h2" in two_by_two.view.drawing.nodes


def test_duplicate_copies_the_neuron_with_its_incoming_edges(two_by_two):
    two_by_two.selection.select({"h1"})
    two_by_two.key(Qt.Key.Key_D, CTRL)
    (copy,) = two_by_two.selection.ids
    assert two_by_two.network.node_by_id[copy].bias == Fraction(-1, 2)
    assert sorted(e.weight for e in two_by_two.network.incoming[copy]) == [Fraction(-3, 2), Fraction(2)]


# -- numbers ---------------------------------------------------------------------------------------------------------


def test_a_weight_is_typed_over_its_chip(lecture):
    lecture.click(lecture.chip("a"))
    field = lecture.view.findChild(NumberField, "chipField")
    assert field is not None
    assert field.hasFocus()
    field.selectAll()
    lecture.type("-2^3")
    lecture.enter()
    assert lecture.network.edge_by_id["a"].weight == Fraction(-8)
    assert lecture.view.hasFocus()
    lecture.frame()
    assert lecture.chip_text("a") == "\u22128"
    assert entries(lecture) == 1


def test_escape_in_the_field_changes_nothing(lecture):
    lecture.click(lecture.chip("n.bias"))
    lecture.type("99")
    QTest.keyClick(lecture.focus(), Qt.Key.Key_Escape)
    assert lecture.network.node_by_id["n"].bias == Fraction(-6)
    assert lecture.view.hasFocus()
    assert entries(lecture) == 0


@pytest.mark.parametrize(
    ("modifiers", "expected"),
    [(Qt.KeyboardModifier.NoModifier, Fraction(8, 10)), (SHIFT, Fraction(38, 100)), (CTRL, Fraction(5))],
)
def test_scrubbing_sets_exact_multiples_in_one_entry(lecture, modifiers, expected):
    """1/3 is left for the next multiple: five steps of 1/10 end at 8/10, of 1/100 at 38/100, of 1 at 5."""
    start = lecture.chip("a")
    lecture.view.fit_all()
    away = QPointF(32.0 / lecture.view.detail(), 0)  # 6 px a step: five whole steps
    lecture.drag(start, start + away, modifiers)
    value = lecture.network.edge_by_id["a"].weight
    assert isinstance(value, Fraction)
    assert value == expected
    assert entries(lecture) == 1
    lecture.document.undo()
    assert lecture.network.edge_by_id["a"].weight == Fraction(1, 3)


def test_escape_during_a_scrub_brings_the_number_back(lecture):
    start = lecture.chip("n.bias")
    lecture.press(start)
    lecture.move(start + QPointF(90, 0))
    assert lecture.network.node_by_id["n"].bias != Fraction(-6)
    lecture.key(Qt.Key.Key_Escape)
    assert lecture.network.node_by_id["n"].bias == Fraction(-6)
    lecture.release(start + QPointF(90, 0))
    assert entries(lecture) == 0


# -- adding, inserting, detaching ------------------------------------------------------------------------------------


def test_double_click_on_nothing_adds_what_is_searched_for(loose):
    place = QPointF(260, 120)
    loose.double_click(place)
    loose.type("sigm")
    loose.enter()
    new = loose.network.node_by_id["n"]
    assert new.activation == "sigmoid"
    assert new.position == pytest.approx((place.x(), place.y()), abs=8)


def test_escape_closes_the_add_menu(loose):
    loose.double_click(QPointF(260, 120))
    QTest.keyClick(loose.focus(), Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    assert entries(loose) == 0


def test_a_lone_neuron_dropped_on_a_wire_is_inserted(loose):
    loose.drag(loose.out_port("x"), loose.in_port("n2"))
    (edge,) = loose.network.edges
    at = loose.view.drawing.edges.point_on(edge.id, 0.3)
    start = loose.node("n1") + QPointF(-12, 4)
    loose.press(start)
    loose.move(at + QPointF(-12, 4))
    assert loose.view.drawing.edges.drop == edge.id
    loose.release(at + QPointF(-12, 4))
    assert {(e.source, e.target) for e in loose.network.edges} == {("x", "n1"), ("n1", "n2")}
    assert loose.network.edge_by_id[edge.id].target == "n1"
    assert entries(loose) == 2
    loose.document.undo()
    assert loose.network.node_by_id["n1"].position == (260, -100)
    assert [(e.source, e.target) for e in loose.network.edges] == [("x", "n2")]


def test_alt_drag_takes_a_node_off_its_wires(two_by_two):
    start = two_by_two.node("h1") + QPointF(-14, 4)
    two_by_two.drag(start, start + QPointF(0, -40), ALT)
    assert two_by_two.network.incoming["h1"] == ()
    assert two_by_two.network.outgoing["h1"] == ()
    assert {e.id for e in two_by_two.network.edges} == {"w3", "w4", "v2"}
    assert entries(two_by_two) == 1


def test_alt_drag_takes_the_end_of_an_edge_elsewhere(two_by_two):
    edges = two_by_two.view.drawing.edges
    two_by_two.document.edit("Delete", edits.delete, ["v2"])
    at = edges.point_on("w4", 0.9)
    two_by_two.drag(at, two_by_two.in_port("p"), ALT)
    moved = two_by_two.network.edge_by_id["w4"]
    assert (moved.source, moved.target, moved.weight) == ("x2", "p", Fraction(1, 4))


def test_insert_by_the_context_menu(two_by_two):
    at = two_by_two.view.drawing.edges.point_on("v2", 0.12)
    two_by_two.click(at, button=Qt.MouseButton.RightButton)
    two_by_two.choose("insert")
    assert two_by_two.network.edge_by_id["v2"].target == "n"
    assert [(e.source, e.target) for e in two_by_two.network.outgoing["n"]] == [("n", "p")]


def test_right_drag_pans_and_opens_no_menu(two_by_two):
    before = two_by_two.view.mapToScene(0, 0)
    place = two_by_two.empty()
    two_by_two.drag(place, place + QPointF(60, 30), button=Qt.MouseButton.RightButton)
    after = two_by_two.view.mapToScene(0, 0)
    assert QApplication.activePopupWidget() is None
    assert before.x() - after.x() == pytest.approx(60, abs=4)
    assert entries(two_by_two) == 0


def test_the_wheel_zooms_around_the_pointer(two_by_two):
    place = two_by_two.node("h2")
    before, scale = two_by_two.screen(place), two_by_two.view.detail()
    two_by_two.wheel(place, 2)
    assert two_by_two.view.detail() == pytest.approx(scale * 1.44)
    assert (two_by_two.screen(place) - before).manhattanLength() <= 3


def test_fit_shows_everything_that_was_dragged_away(two_by_two):
    two_by_two.document.edit("Move", edits.move_nodes, {"h1": (4000.0, -3000.0)})
    two_by_two.key(Qt.Key.Key_Home)
    seen = two_by_two.view.mapToScene(two_by_two.view.viewport().rect()).boundingRect()
    assert seen.contains(two_by_two.view.drawing.graph_rect())


# -- names and close-ups ---------------------------------------------------------------------------------------------


def test_double_click_on_a_name_renames(two_by_two):
    item = two_by_two.view.drawing.nodes["h1"]
    two_by_two.double_click(item.pos() + item.name_at())
    field = two_by_two.view.findChild(QLineEdit, "nameField")
    assert field is not None
    field.selectAll()
    two_by_two.type("hidden")
    two_by_two.enter()
    assert two_by_two.network.node_by_id["h1"].label == "hidden"
    assert item.name == "hidden"


def test_the_lecture_opens_as_its_close_up_and_closes(lecture):
    drawing = lecture.view.drawing
    assert drawing.nodes["n"].expanded
    assert "n.one" in drawing.nodes
    assert drawing.chips.chips["a", "product"].text == "a·x = 2/3"
    assert drawing.nodes["n"].z_text == "\u221216/3"
    lecture.double_click(lecture.node("n") + QPointF(10, 4))
    assert not drawing.nodes["n"].expanded
    assert "n.one" not in drawing.nodes
    lecture.document.undo()
    assert drawing.nodes["n"].expanded


def test_a_close_up_of_one_neuron_among_others_fills_the_view(two_by_two):
    drawing = two_by_two.view.drawing
    two_by_two.double_click(two_by_two.node("h1") + QPointF(-10, 6))
    assert set(drawing.nodes) == {"x1", "x2", "h1", "h1.one"}
    assert drawing.nodes["h1"].expanded
    assert entries(two_by_two) == 0
    two_by_two.key(Qt.Key.Key_Escape)
    assert set(drawing.nodes) == {"x1", "x2", "h1", "h2", "p", "output:p"}


def test_numbers_can_be_typed_in_the_close_up_page(two_by_two):
    two_by_two.view.open_close_up("h1")
    two_by_two.click(two_by_two.chip("w2"))
    two_by_two.view.findChild(NumberField, "chipField").selectAll()
    two_by_two.type("7/2")
    two_by_two.enter()
    assert two_by_two.network.edge_by_id["w2"].weight == Fraction(7, 2)
    assert two_by_two.view.drawing.page == "h1"
