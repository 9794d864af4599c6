"""Architectures drawn and layers changed through the window: the sheet, the menu, the context menu, and undo."""

from __future__ import annotations

from fractions import Fraction

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QListWidget, QMenu, QPushButton, QToolButton, QWidget

from neurosim import paths
from neurosim.engine.layers import neuron_layers


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def choose_kind(hand, title: str) -> None:
    found = hand.find(QListWidget, "architectureList")
    (item,) = found.findItems(title, Qt.MatchFlag.MatchExactly)
    QTest.mouseClick(found.viewport(), Qt.MouseButton.LeftButton, pos=found.visualItemRect(item).center())


def open_sheet(hand) -> QWidget:
    click(hand.find(QToolButton, "drawArchitectureButton"))
    hand.frame()
    sheet = hand.find(QWidget, "architectureSheet")
    assert sheet.isVisible()
    return sheet


def widths(hand) -> list[int]:
    return [len(layer) for layer in neuron_layers(hand.window.document.state.network)]


def test_layers_are_chosen_seen_and_drawn_with_clicks(open_window) -> None:
    hand = open_window(paths.example("xor"))
    before = hand.window.document.state
    sheet = open_sheet(hand)
    choose_kind(hand, "Hidden layers")
    click(hand.find(QToolButton, "layerAdd"))
    hand.type("layerWidth1", "5")
    box = hand.find(QComboBox, "architectureActivation")
    box.setFocus()
    QTest.keyClicks(box, "ReLU")
    hand.frame()
    picture = hand.find(QWidget, "architecturePicture")
    assert [len(layer) for layer in neuron_layers(picture.network)] == [5, 3, 1]
    assert hand.find(QComboBox, "architectureStart").currentData() == "he"
    assert hand.read("architectureSaid").startswith("37 parameters: 28 weights and 9 biases.")
    assert hand.window.document.state is before
    first = dict(picture.network.parameters)
    click(hand.find(QToolButton, "architectureDice"))
    assert dict(picture.network.parameters) != first
    seen = dict(picture.network.parameters)
    hand.click("architectureDraw")
    assert not sheet.isVisible()
    document = hand.window.document
    assert widths(hand) == [5, 3, 1]
    assert dict(document.state.network.parameters) == seen
    assert document.state.training.seed == 1
    assert document.undo_text == "Draw hidden layers"
    places = {node.id: node.position for node in document.state.network.nodes}
    assert len({x for x, _ in places.values()}) == 4
    document.undo()
    assert document.state.network == before.network
    assert document.state.training == before.training
    assert not document.can_undo


def test_what_cannot_be_drawn_says_why_and_a_column_is_read_or_met(open_window) -> None:
    hand = open_window(paths.example("xor"))
    open_sheet(hand)
    choose_kind(hand, "Several outputs")
    button = hand.find(QPushButton, "architectureDraw")
    assert not button.isEnabled()
    assert "two or more target columns" in hand.read("architectureSaid")
    click(hand.find(QPushButton, "architectureTargets-x2"))
    assert button.isEnabled()
    assert not hand.find(QPushButton, "architectureInputs-x2").isChecked()
    hand.click("architectureDraw")
    network = hand.window.document.state.network
    assert [output.column for output in network.outputs] == ["x2", "y"]
    assert [node.column for node in network.inputs] == ["x1"]


def test_xor_by_hand_brings_its_rows_and_has_no_loss(hand) -> None:
    open_sheet(hand)
    choose_kind(hand, "XOR by hand")
    assert "The data become exclusive or, 4 rows." in hand.read("architectureSaid")
    hand.click("architectureDraw")
    assert hand.window.session.snapshot.loss == 0
    assert list(hand.window.document.state.dataset.columns) == ["x1", "x2", "y"]
    hand.window.document.undo()
    assert list(hand.window.document.state.dataset.columns) == ["x", "y"]


def test_two_linear_layers_become_one_at_a_button(hand) -> None:
    hand.window.book["draw-two_linear"].trigger()
    hand.frame()
    hand.click("architectureDraw")
    outputs = hand.window.session.snapshot.exact_activations["n"]
    offered = [
        b for b in hand.window.message_bar.findChildren(QPushButton) if b.isVisible() and b.text() == "Collapse…"
    ]
    click(offered[0])
    hand.frame()
    sheet = hand.find(QWidget, "collapseSheet")
    assert sheet.isVisible()
    p = hand.window.document.state.network.parameters
    w = p["w3"] * p["w1"] + p["w4"] * p["w2"]
    # Xavier from seed 0 in thousandths: 79/500 * 177/500 + 109/1000 * 257/500 = 55979/500000
    assert sheet.lines()[0] == "w = w₃ · w₁ + w₄ · w₂ = 79/500 · 177/500 + (−109/1000) · (−257/500) = 0.111958"
    assert w == Fraction(55979, 500000)
    assert len(sheet.lines()) == 2
    hand.click("collapseButton")
    assert not sheet.isVisible()
    network = hand.window.document.state.network
    assert (len(network.neurons), network.edges[0].weight) == (1, w)
    assert hand.window.session.snapshot.exact_activations["n"] == outputs
    hand.window.document.undo()
    assert len(hand.window.document.state.network.neurons) == 3


def test_a_bend_is_named_instead_of_collapsed(open_window) -> None:
    hand = open_window(paths.example("xor"))
    hand.window.book["collapse"].trigger()
    hand.frame()
    shown = [label.text() for label in hand.window.message_bar.findChildren(QLabel) if label.isVisible()]
    assert any("lies between with the activation tanh" in text for text in shown)


def test_layers_are_changed_from_menu_and_context_menu_while_training_goes_on(open_window) -> None:
    hand = open_window(paths.example("xor"))
    window = hand.window
    window.session.full_step(5)
    node = window.document.state.network.node_by_id["h1"]
    hand.click_in_graph(QPointF(*node.position))
    before = [float(v) for v in window.session.snapshot.activations["out"]]
    window.book["widenLayer"].trigger()
    hand.frame()
    assert widths(hand) == [3, 1]
    assert window.document.state.training.step == 5
    assert [float(v) for v in window.session.snapshot.activations["out"]] == before
    assert window.selection.ids == {"h3"}
    place = window.graph.drawing.nodes["h1"].pos()
    view = window.graph
    QTest.mouseClick(view.viewport(), Qt.MouseButton.RightButton, pos=view.mapFromScene(place))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    inner = next(child for child in menu.findChildren(QMenu) if child.objectName() == "layerMenu")
    names = {action.objectName() for action in inner.actions()}
    assert {"insert-before", "insert-after", "widen", "narrow", "skips"} <= names
    next(action for action in inner.actions() if action.objectName() == "insert-after").trigger()
    menu.close()
    hand.frame()
    assert widths(hand) == [3, 3, 1]
    assert [float(v) for v in window.session.snapshot.activations["out"]] == before
    window.book["layerActivation-relu"].trigger()
    assert {n.activation for n in window.document.state.network.neurons} == {"tanh", "relu", "sigmoid"}
    window.book["hiddenActivation-tanh"].trigger()
    assert {n.activation for n in window.document.state.network.neurons} == {"tanh", "sigmoid"}
    window.book["addSkips"].trigger()
    assert any(edge.weight == Fraction(0) for edge in window.document.state.network.edges)
    for _ in range(5):
        window.document.undo()
    assert widths(hand) == [2, 1]
    assert window.document.state.training.step == 5


def test_a_run_goes_on_while_layers_are_changed(open_window) -> None:
    hand = open_window(paths.example("xor"))
    window, session = hand.window, hand.window.session
    session.set_speed("10x")
    session.run()
    for _ in range(4):
        session.advance(25.0)
    before, step = float(session.snapshot.loss), window.document.state.training.step
    assert step >= 4
    window.selection.select({"h1"})
    window.book["widenLayer"].trigger()
    assert session.running
    assert window.document.state.training.step == step
    assert float(session.snapshot.loss) == pytest.approx(before, rel=1e-14)
    weights = {name: float(window.document.state.network.parameters[name]) for name in ("w11", "v1")}
    for _ in range(4):
        session.advance(25.0)
    assert window.document.state.training.step > step
    assert float(session.snapshot.loss) < before
    after = window.document.state.network.parameters
    assert all(after[name] != value for name, value in weights.items())
    assert all(edge.weight != 0 for edge in window.document.state.network.edges)
    session.pause()
    window.document.undo()
    window.document.undo()
    assert widths(hand) == [2, 1]
    assert window.document.state.training.step == step


def test_edges_that_are_selected_take_a_layer(open_window) -> None:
    hand = open_window(paths.example("xor"))
    hand.window.selection.select({"w11", "w21"})
    hand.window.book["insertLayerBefore"].trigger()
    network = hand.window.document.state.network
    assert {edge.source for edge in network.edges if edge.id in ("w11", "w21")} == {"k1", "k2"}


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_the_sheet_lies_whole_in_the_window(open_window, size) -> None:
    hand = open_window(paths.example("admissions"), size=size)
    sheet = open_sheet(hand)
    choose_kind(hand, "Skip connections")
    hand.frame()
    hand.frame()
    space = sheet.parentWidget().rect()
    assert space.contains(sheet.geometry())
    draw = hand.find(QPushButton, "architectureDraw")
    assert sheet.rect().contains(draw.mapTo(sheet, draw.rect().center()))
