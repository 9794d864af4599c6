"""The drawing follows document and session in the same frame, says what is missing, and tells signs without colour."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolButton, QToolTip

from neurosim.canvas import accessible
from neurosim.canvas.drawing.hits import Hit
from neurosim.document import edits
from neurosim.document.state import DocumentState
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output

MINUS = "\u2212"


def test_the_first_screen_shows_the_lectures_numbers(lecture):
    drawing = lecture.view.drawing
    assert lecture.chip_text("a") == "+1/3"
    assert lecture.chip_text("n.bias") == f"{MINUS}6"
    assert lecture.chip_text("a", "gradient") == f"∂ {MINUS}136/3 ↑"
    assert lecture.chip_text("n.bias", "gradient") == f"∂ {MINUS}14 ↑"
    assert drawing.nodes["x"].value == "2"
    assert drawing.nodes["output:n"].said == f"ŷ = {MINUS}16/3"
    assert drawing.nodes["output:n"].target == "target y = 0"


def test_another_row_shows_its_values(lecture):
    lecture.selection.select_rows({1})
    drawing = lecture.view.drawing
    assert drawing.nodes["x"].value == "4"
    assert drawing.nodes["output:n"].said == f"ŷ = {MINUS}14/3"
    assert drawing.nodes["output:n"].target == "target y = 4"
    lecture.view.findChild(QToolButton, "previousRowButton").click()
    assert lecture.selection.rows == {0}
    assert drawing.nodes["x"].value == "2"


def test_a_dragged_point_moves_the_gradients_in_its_frame(lecture):
    lecture.document.edit("Move point", edits.move_row, 1, {"y": Fraction(2)})
    lecture.frame()
    assert lecture.chip_text("a", "gradient") == f"∂ {MINUS}112/3 ↑"
    assert lecture.chip_text("n.bias", "gradient") == f"∂ {MINUS}12 ↑"
    assert lecture.chip_text("a") == "+1/3"


def test_a_step_changes_the_weights_on_show_and_makes_no_items(lecture):
    items = dict(lecture.view.drawing.nodes)
    chips = {key: id(chip) for key, chip in lecture.view.drawing.chips.chips.items()}
    lecture.session.full_step()
    lecture.frame()
    assert lecture.chip_text("a") == "+83/45"
    assert lecture.chip_text("n.bias") == f"{MINUS}83/15"
    assert lecture.view.drawing.nodes == items
    assert {key: id(chip) for key, chip in lecture.view.drawing.chips.chips.items()} == chips


def test_undo_takes_items_away_again(lecture):
    lecture.view.add_neuron("tanh")
    assert "n1" in lecture.view.drawing.nodes
    lecture.document.undo()
    assert set(lecture.view.drawing.nodes) == {"x", "n", "n.one", "output:n"}


def test_what_is_missing_is_said_on_the_node(loose):
    drawing = loose.view.drawing
    assert "n1" in drawing.nodes["n1"].look.problem
    loose.document.edit("Connect", edits.connect, "x", "n1")
    loose.document.edit("Connect", edits.connect, "n1", "n2")
    loose.document.edit("Output", edits.add_output, "n2", "y")
    assert [item.look.problem for item in drawing.nodes.values()] == [""] * 4


def test_numbers_and_gradients_are_switched_off(lecture):
    drawing = lecture.view.drawing
    lecture.view.set_show_gradients(False)
    assert not any(drawing.chips.shown(c, 1.0) for c in drawing.chips.chips.values() if c.kind == "gradient")
    assert drawing.chips.shown(drawing.chips.chips["a", "weight"], 1.0)
    lecture.view.set_show_numbers(False)
    assert not any(drawing.chips.shown(c, 1.0) for c in drawing.chips.chips.values())
    assert drawing.nodes["x"].value == ""


def test_hovering_lights_and_being_lit_glows(two_by_two):
    two_by_two.move(two_by_two.node("h1") + QPointF(-14, 4), held=Qt.MouseButton.NoButton)
    assert two_by_two.selection.lit == {"h1"}
    assert two_by_two.view.drawing.nodes["h1"].look.lit
    two_by_two.selection.set_lit({"w2", "h2"})
    assert two_by_two.view.drawing.nodes["h2"].look.lit
    assert not two_by_two.view.drawing.nodes["h1"].look.lit
    assert "w2" in two_by_two.view.drawing.edges.lit


def test_a_crowd_hides_its_chips_except_those_pointed_at(make_hand):
    nodes = [InputNode(f"x{i}", "x1", position=(0, 90.0 * i)) for i in range(8)]
    nodes += [Neuron(f"n{i}", position=(400, 90.0 * i)) for i in range(8)]
    edges = [Edge(f"w{8 * i + j}", f"x{i}", f"n{j}", Fraction(i - j, 3)) for i in range(8) for j in range(8)]
    base = DocumentState()
    hand = make_hand(replace(base, network=Network(tuple(nodes), tuple(edges), (Output("n0", None),))))
    layer = hand.view.drawing.chips
    assert not any(layer.shown(chip, 1.0) for chip in layer.chips.values())
    hand.selection.select({"w9"})
    shown = {chip.parameter for chip in layer.chips.values() if layer.shown(chip, 1.0)}
    assert shown == {"w9"}
    assert layer.chips["w9", "weight"].text == "0"


def test_signs_are_told_without_colour(two_by_two):
    """Along a negative edge the stroke is interrupted, along a positive one it is not: counted in a grey picture."""
    two_by_two.view.set_show_numbers(False)
    two_by_two.view.set_show_gradients(False)
    image = two_by_two.view.grab().toImage()
    edges = two_by_two.view.drawing.edges

    def gaps(edge: str) -> int:
        grey = []
        for t in np.linspace(0.1, 0.8, 240):
            place = two_by_two.screen(edges.point_on(edge, float(t)))
            grey.append(image.pixelColor(place).lightness() < 200)
        return int((np.diff(np.array(grey, dtype=int)) == -1).sum())

    assert gaps("v1") == 0
    assert gaps("v2") >= 5


def test_the_tooltip_plugs_the_numbers_in_and_follows(lecture):
    place = lecture.screen(lecture.node("n") + QPointF(8, 4))
    viewport = lecture.view.viewport()
    QApplication.sendEvent(viewport, QHelpEvent(QEvent.Type.ToolTip, place, viewport.mapToGlobal(place)))
    text = QToolTip.text()
    assert "z = a·x + b" in text
    assert f"= 1/3·2 + ({MINUS}6) = {MINUS}16/3" in text
    lecture.document.edit("Set", edits.set_weight, "a", Fraction(2))
    lecture.frame()
    assert f"= 2·2 + ({MINUS}6) = {MINUS}2" in QToolTip.text()
    QToolTip.hideText()


def test_the_weight_tooltip_says_where_descent_goes(lecture):
    place = lecture.screen(lecture.view.drawing.edges.point_on("a", 0.1))
    viewport = lecture.view.viewport()
    QApplication.sendEvent(viewport, QHelpEvent(QEvent.Type.ToolTip, place, viewport.mapToGlobal(place)))
    lines = QToolTip.text().splitlines()
    QToolTip.hideText()
    assert lines[1] == "row 1: 1/3·2 = 2/3"
    assert lines[2].startswith(f"∂L/∂a = {MINUS}136/3")
    assert lines[3] == "descent will raise it"


def test_screen_readers_hear_what_the_keyboard_is_on(lecture):
    drawing = lecture.view.drawing
    said = accessible.describe_hit(drawing, Hit("edge", "a"))
    assert said == "Weight a from x to f: 1 over 3. Gradient minus 136 over 3. Enter edits."
    assert "x → f" in lecture.view.accessibleDescription()
    assert lecture.view.accessibleName() == "Node graph"


def test_buttons_are_large_enough_to_hit(lecture):
    for button in lecture.view.findChildren(QToolButton):
        assert button.width() >= 24, button.objectName()
        assert button.height() >= 24, button.objectName()
        assert button.accessibleName(), button.objectName()


def test_a_new_document_is_shown_whole(lecture):
    lecture.view.scroll_by(500, 300)
    lecture.document.reset(DocumentState(Network((InputNode("q", "x", position=(3000, 3000)),))))
    assert set(lecture.view.drawing.nodes) == {"q"}
    seen = lecture.view.mapToScene(lecture.view.viewport().rect()).boundingRect()
    assert seen.contains(QPointF(3000, 3000))


def test_a_port_is_hit_twelve_pixels_away(two_by_two):
    drawing, detail = two_by_two.view.drawing, two_by_two.view.detail()
    item = drawing.nodes["h1"]
    for away in (QPoint(11, 0), QPoint(0, 11), QPoint(0, -11)):
        place = item.pos() + item.out_port() + QPointF(away) / detail
        assert drawing.hit(place, detail) == Hit("out", "h1")


def test_what_a_run_makes_longer_is_in_sight_again_when_it_ends(lecture):
    lecture.session.set_speed("max")
    lecture.session.run()
    for _ in range(200):
        if not lecture.session.running:
            break
        lecture.session.advance(16)
    assert not lecture.session.running
    view = lecture.view
    assert view.mapToScene(view.viewport().rect()).boundingRect().contains(view.whole())


def test_where_only_values_differ_a_drawing_need_not_settle_at_once(lecture):
    drawing, state = lecture.view.drawing, lecture.document.state
    chip = drawing.chips.chips["a", "weight"]
    place = chip.centre
    chip.centre = elsewhere = place + QPointF(0, 40)
    trained = edits.set_parameters(state, {"a": 0.125})
    drawing.set_state(trained, settle=False)
    assert chip.centre == elsewhere
    drawing.set_state(trained)
    assert chip.centre == place
    chip.centre = elsewhere
    drawing.set_state(edits.set_activation(trained, "n", "tanh"), settle=False)  # more than values
    assert chip.centre == place
