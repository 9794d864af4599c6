"""Each neuron's output over the inputs as a picture: right, in the same frame, free when off, covering nothing."""

from __future__ import annotations

import itertools
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QColor, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from neurosim.app import create_window
from neurosim.canvas.drawing.hits import Hit
from neurosim.canvas.drawing.output_pictures import MANY
from neurosim.canvas.items.neuron_item import PICTURE
from neurosim.canvas.items.output_picture import NO_PICTURE, SIDE, changes_sides_at_zero, curve_picture
from neurosim.document import edits
from neurosim.document.json_format import load
from neurosim.document.state import DocumentState
from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import TrainingSettings
from neurosim.paths import example
from neurosim.widgets.theme import apply_theme, theme

F = Fraction
CORNERS = ((0, 0), (0, 1), (1, 0), (1, 1))


def solved_xor() -> DocumentState:
    """XOR by hand: h1 is OR, h2 is AND, and the output says "OR but not AND"."""
    state = load(example("xor"))
    network = state.network
    weights = {}
    for edge in network.edges:
        weights[edge.source, edge.target] = edge.id
    values = {
        ("x1", "h1"): F(4),
        ("x2", "h1"): F(4),
        ("x1", "h2"): F(4),
        ("x2", "h2"): F(4),
        ("h1", "out"): F(4),
        ("h2", "out"): F(-4),
    }
    for ends, value in values.items():
        state = edits.set_weight(state, weights[ends], value)
    for node, bias in (("h1", F(-2)), ("h2", F(-6)), ("out", F(-4))):
        state = edits.set_bias(state, node, bias)
    return state


@pytest.fixture
def xor(make_hand):
    return make_hand(solved_xor())


def pixels(hand, node: str, places) -> list[QColor]:
    """The colours on the screen at places of the picture of *node*, given as parts of the plane: right, up."""
    item = hand.view.drawing.nodes[node]
    inside = PICTURE.adjusted(4, 4, -4, -4)
    seen = hand.view.viewport().grab().toImage()
    at = [QPointF(inside.left() + x * inside.width(), inside.bottom() - y * inside.height()) for x, y in places]
    return [seen.pixelColor(hand.screen(item.pos() + place)) for place in at]


def sign(colour: QColor) -> int:
    return (colour.blue() > colour.red()) - (colour.blue() < colour.red())


def signs(hand, node: str) -> list[int]:
    return [sign(colour) for colour in pixels(hand, node, CORNERS)]


def crowd() -> DocumentState:
    """Two inputs and more neurons than are drawn while something moves, in a chain of columns."""
    nodes = [InputNode("x1", "x1"), InputNode("x2", "x2", position=(0, 160))]
    nodes += [Neuron(f"h{i}", bias=F(i - 8), activation="tanh", position=(260, 160.0 * i)) for i in range(MANY)]
    nodes += [Neuron("p", bias=F(0), activation="sigmoid", position=(560, 0))]
    edges = [Edge(f"w{i}", f"x{i % 2 + 1}", f"h{i}", F(16)) for i in range(MANY)]
    edges += [Edge(f"v{i}", f"h{i}", "p", F(1)) for i in range(MANY)]
    values = {"x1": (0, 0, 1, 1), "x2": (0, 1, 0, 1), "y": (0, 1, 1, 0)}
    dataset = Dataset({name: Column([F(v) for v in column]) for name, column in values.items()})
    return DocumentState(
        Network(tuple(nodes), tuple(edges), (Output("p", "y"),)), dataset, TrainingSettings(loss="cross_entropy")
    )


@pytest.mark.parametrize("name", ["light", "dark", "projector"])
def test_the_corners_are_the_four_rows_of_exclusive_or(qapp, xor, name):
    apply_theme(qapp, name)
    xor.view.fit_all()
    assert signs(xor, "h1") == [-1, 1, 1, 1]
    assert signs(xor, "h2") == [-1, -1, -1, 1]
    assert signs(xor, "out") == [-1, 1, 1, -1]


def test_a_number_dragged_on_its_chip_changes_the_picture_in_its_frame(xor):
    edge = next(e for e in xor.network.edges if (e.source, e.target) == ("x1", "h1"))
    start = xor.chip(edge.id)
    place = xor.screen(start)
    xor.move(place, held=Qt.MouseButton.NoButton)
    xor.press(place)
    seen = []
    for _ in range(60):
        place -= QPoint(10, 0)
        xor.move(place)
        xor.frame()
        weight = next(e for e in xor.network.edges if e.id == edge.id).weight
        right = sign(pixels(xor, "h1", [(1, 0)])[0])
        # At the lower right corner of the data x1 = 1 and x2 = 0: z = weight - 2.
        if abs(weight - 2) > F(1, 2):
            assert right == (1 if weight > 2 else -1)
            seen.append(right)
        if len(set(seen)) == 2:
            break
    xor.release(place)
    assert set(seen) == {1, -1}
    xor.document.undo()
    xor.frame()
    assert signs(xor, "h1") == [-1, 1, 1, 1]


def test_a_moved_row_moves_the_plane(xor):
    """With x1 = -1 in the first row, the upper left corner of the plane is x1 = -1 and x2 = 1: z = -4 + 4 - 2."""
    assert signs(xor, "h1") == [-1, 1, 1, 1]
    xor.document.edit("Move point", edits.move_row, 0, {"x1": F(-1)})
    xor.frame()
    assert signs(xor, "h1") == [-1, -1, 1, 1]
    assert "x1 (\u22121 … 1)" in xor.view.drawing.picture_words("h1")


def test_nothing_is_computed_when_off_too_small_or_unchanged(xor):
    pictures, view = xor.view.drawing.pictures, xor.view
    view.viewport().grab()
    first = pictures.shown
    assert first is xor.session.snapshot
    view.viewport().grab()
    assert pictures.shown is first
    image = xor.view.drawing.nodes["h1"].picture().image
    assert xor.view.drawing.nodes["h1"].picture().image is image

    view.set_show_outputs(False)
    xor.session.full_step()
    xor.frame()
    view.viewport().grab()
    assert pictures.shown is first
    assert all(getattr(item, "picture", None) is None for item in view.drawing.nodes.values())

    view.set_show_outputs(True)
    view.zoom_by(0.12 / view.detail(), QPointF(view.viewport().rect().center()))
    view.viewport().grab()
    assert pictures.shown is first
    view.fit_all()
    view.viewport().grab()
    assert pictures.shown is xor.session.snapshot


def test_the_action_in_the_menu_switches_them(qtbot):
    window = create_window(example("xor"))
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show()
    action = window.findChild(QAction, "showOutputs")
    nodes = window.graph.drawing.nodes
    assert action.isChecked()
    assert action.isEnabled()
    assert nodes["h1"].picture is not None
    action.trigger()
    assert nodes["h1"].picture is None
    assert not window.graph.show_outputs
    action.trigger()
    assert nodes["h1"].picture is not None
    # The lecture's only neuron is opened: there is nothing to switch.
    window.document.reset(load(example("lecture")))
    assert not action.isEnabled()
    window.session.close()


def test_only_a_hidden_layer_brings_pictures_by_itself(make_hand):
    one = make_hand(load(example("admissions")))
    assert not one.view.show_outputs
    assert not one.view.can_show_outputs  # its only neuron is opened
    one.document.edit("Close", lambda state: replace(state, view={**state.view, "expanded": []}))
    item = one.view.drawing.nodes["n"]
    assert item.picture is None
    one.view.set_show_outputs(True)
    assert item.picture is not None
    one.document.edit("Open", lambda state: replace(state, view={**state.view, "expanded": ["n"]}))
    assert item.picture is None


def test_three_inputs_have_no_plane(xor):
    state = xor.document.state
    table = Dataset({**state.dataset.columns, "x3": Column([F(0)] * 4)})
    network = state.network
    more = Network(
        (*network.nodes, InputNode("x3", "x3", position=(0, 240))),
        (*network.edges, Edge("w33", "x3", "h1", F(1))),
        network.outputs,
    )
    xor.document.edit("Third input", lambda s: replace(s, network=more, dataset=table))
    xor.frame()
    assert not xor.view.can_show_outputs
    assert xor.view.drawing.nodes["h1"].picture is None
    xor.document.undo()
    assert xor.view.drawing.nodes["h1"].picture is not None


def test_the_close_up_of_a_neuron_among_others_has_none(xor):
    xor.double_click(xor.node("out"))
    assert xor.view.drawing.page == "out"
    assert all(getattr(item, "picture", None) is None for item in xor.view.drawing.nodes.values())
    xor.key(Qt.Key.Key_Escape)
    assert xor.view.drawing.nodes["out"].picture is not None


def test_the_tooltip_says_what_it_shows_and_the_picture_is_part_of_its_neuron(xor):
    at = xor.node("out") + PICTURE.center()
    assert xor.view.drawing.hit(at, 1.0) == Hit("node", "out", "picture")
    corner = xor.node("out") + PICTURE.topRight() + QPointF(-2, 2)
    assert xor.view.drawing.hit(corner, 1.0) == Hit("node", "out", "picture")
    assert xor.view.drawing.hit(corner, 0.3) == Hit("empty")
    xor.move(at, held=Qt.MouseButton.NoButton)
    assert xor.selection.lit == {"out"}
    viewport, place = xor.view.viewport(), xor.screen(at)
    QApplication.sendEvent(viewport, QHelpEvent(QEvent.Type.ToolTip, place, viewport.mapToGlobal(place)))
    text = QToolTip.text()
    QToolTip.hideText()
    assert text == "output of xor over x1 (0 … 1) and x2 (0 … 1): blue above the threshold 1/2, orange below"
    before = xor.node("out")
    xor.drag(at, at + QPointF(0, 40))
    assert xor.node("out").y() > before.y() + 20


def test_an_output_that_is_not_finite_has_an_empty_frame(xor):
    edge = next(e for e in xor.network.edges if (e.source, e.target) == ("h1", "out"))
    xor.document.edit("Identity", edits.set_activation, "out", "identity")
    xor.document.edit("Identity", edits.set_activation, "h1", "identity")
    xor.document.edit("Huge", edits.set_weight, edge.id, 1e308)
    xor.frame()
    assert xor.view.drawing.nodes["out"].picture() is NO_PICTURE
    assert "not a finite number" in xor.view.drawing.picture_words("out")
    assert pixels(xor, "out", [(0.5, 0.5)]) == [theme().canvas]


def test_a_crowd_is_drawn_anew_when_nothing_moves(make_hand, qtbot):
    hand = make_hand(crowd(), (860, 640))
    pictures, item = hand.view.drawing.pictures, hand.view.drawing.nodes["h0"]
    first = item.picture()
    assert not first.stale
    shown = pictures.shown
    for bias in (-3, -2, -1):
        hand.document.edit("Bias", edits.set_bias, "h0", F(bias))
        hand.frame()
        assert item.picture().stale
        assert pictures.shown is shown
    with qtbot.waitSignal(pictures.changed):
        pass
    assert not item.picture().stale
    assert pictures.shown is hand.session.snapshot


def test_over_one_input_it_is_a_curve():
    """identity from -1 to 1: the corner below left to the corner above right, and the threshold 0 in the middle."""
    picture = curve_picture(np.linspace(-1.0, 1.0, 5), "identity")
    points = [(picture.line.elementAt(i).x, picture.line.elementAt(i).y) for i in range(picture.line.elementCount())]
    assert points == [pytest.approx(p) for p in ((0, 37), (10, 28.5), (20, 20), (30, 11.5), (40, 3))]
    assert picture.middle == SIDE / 2
    assert picture.above.contains(QPointF(36, 15))
    assert not picture.above.contains(QPointF(4, 25))
    assert picture.below.contains(QPointF(4, 25))


def test_where_z_changes_its_sign_the_neuron_changes_sides():
    zero = {name for name in ACTIVATIONS if changes_sides_at_zero(name)}
    assert {"identity", "sigmoid", "tanh", "relu", "step"} <= zero


def rects(hand):
    """Everything that is drawn and must be read: columns of nodes, pictures, chips that belong to edges."""
    drawing = hand.view.drawing
    found = {
        (key, i): part.translated(item.pos())
        for key, item in drawing.nodes.items()
        for i, part in enumerate(item.covered())
    }
    chips = {
        (chip.parameter, chip.kind): chip.rect().adjusted(1, 1, -1, -1)
        for chip in drawing.chips.chips.values()
        if drawing.chips.shown(chip, 1.0) and not (chip.parameter.endswith(".bias") and chip.kind != "pending")
    }
    return found, chips


def test_pictures_cover_nothing_in_a_tidy_drawing_nor_while_a_step_is_walked(two_by_two):
    two_by_two.view.tidy()
    walk = two_by_two.session.walk
    pictures = {key for key, item in two_by_two.view.drawing.nodes.items() if getattr(item, "picture", None)}
    assert pictures == {"h1", "h2", "p"}
    for position in (0, walk.count - 1):
        walk.go_to(position)
        two_by_two.frame()
        nodes, chips = rects(two_by_two)
        for (a, first), (b, second) in itertools.combinations(nodes.items(), 2):
            assert a[0] == b[0] or not first.intersects(second), (a, b)
        frames = {key: rect for key, rect in nodes.items() if key[1] == 1}
        assert len(frames) == 3
        for frame, chip in itertools.product(frames, chips):
            assert not frames[frame].intersects(chips[chip]), (frame, chip)
    assert any(kind == "pending" for _, kind in chips)


@pytest.mark.parametrize("name", ["xor", "backpropagation_by_hand"])
def test_pictures_cover_neither_bodies_nor_chips_in_the_examples(make_hand, name):
    hand = make_hand(load(example(name)))
    nodes, chips = rects(hand)
    items = hand.view.drawing.nodes
    bodies = {key: item.body().translated(item.pos()) for key, item in items.items()}
    frames = {key[0]: rect for key, rect in nodes.items() if key[1] == 1}
    assert len(frames) == len(hand.network.neurons)
    for key, frame in frames.items():
        assert not any(frame.intersects(body) for other, body in bodies.items() if other != key), key
        assert not any(frame.intersects(chip) for chip in chips.values()), key
        name_rect = items[key].name_rect().translated(items[key].pos())
        assert not frame.intersects(name_rect), key


def test_a_wide_output_stays_clear_of_the_picture(xor):
    item = xor.view.drawing.nodes["output:out"]
    item.set_words("ŷ = ~\u22120.123456789012345", "target y = 1")
    xor.view.drawing.place_all()
    picture = PICTURE.translated(xor.node("out"))
    assert not picture.intersects(item.extent().translated(item.pos()))
