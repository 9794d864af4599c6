"""Features on the canvas: added from menus, wired by dragging, selected, deleted, undone, and their numbers."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from neurosim.canvas.drawing.hits import Hit
from neurosim.canvas.items.feature_item import FeatureItem
from neurosim.document import edits
from neurosim.document.state import DocumentState
from neurosim.document.wires import wire_id
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.feature import Feature
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import TrainingSettings

RIGHT = Qt.MouseButton.RightButton


def houses() -> DocumentState:
    """Two inputs, a product that reads one of them, a neuron."""
    network = Network(
        (
            InputNode("x", "size", position=(0.0, -80.0)),
            InputNode("z", "rooms", position=(0.0, 80.0)),
            Feature("p", "product", ("x",), position=(260.0, 60.0)),
            Neuron("n", bias=Fraction(1), position=(560.0, 0.0)),
        ),
        (Edge("a", "x", "n", Fraction(1, 2)),),
        (Output("n", "price"),),
    )
    data = Dataset(
        {
            "size": Column(tuple(Fraction(v) for v in (2104, 1600, 2400, 1416))),
            "rooms": Column(tuple(Fraction(v) for v in (3, 3, 3, 2))),
            "price": Column(tuple(Fraction(v) for v in (400, 330, 369, 232))),
        },
        texts={"kind": ("flat", "house", "flat", "villa")},
    )
    return DocumentState(network, data, TrainingSettings())


@pytest.fixture
def hand(make_hand):
    return make_hand(houses())


def right_click(hand, at: QPointF) -> None:
    hand.move(at, held=Qt.MouseButton.NoButton)
    hand.press(at, button=RIGHT)
    hand.release(at, button=RIGHT)


def item(hand, key: str) -> FeatureItem:
    found = hand.view.drawing.nodes[key]
    assert isinstance(found, FeatureItem)
    return found


def test_a_wire_is_drawn_from_port_to_port_and_undone(hand):
    hand.drag(hand.out_port("z"), hand.in_port("p"))
    assert hand.network.node_by_id["p"].sources == ("x", "z")
    assert len(hand.network.edges) == 1
    assert hand.selection.ids == {wire_id("z", "p")}
    hand.frame()
    assert item(hand, "p").value == "6312"
    assert item(hand, "p").sum == "2104 · 3"
    hand.document.undo()
    assert hand.network.node_by_id["p"].sources == ("x",)


def test_a_neuron_cannot_lead_into_a_feature(hand):
    hand.drag(hand.out_port("n"), hand.in_port("p"))
    assert hand.network.node_by_id["p"].sources == ("x",)


def test_a_feature_is_connected_to_a_neuron_like_an_input(hand):
    hand.drag(hand.out_port("p"), hand.in_port("n"))
    assert [(edge.source, edge.target) for edge in hand.network.edges] == [("x", "n"), ("p", "n")]


def test_a_wire_is_clicked_and_deleted(hand):
    middle = hand.view.drawing.edges.point_on(wire_id("x", "p"), 0.5)
    hand.click(middle)
    assert hand.selection.ids == {wire_id("x", "p")}
    hand.key(Qt.Key.Key_Delete)
    assert hand.network.node_by_id["p"].sources == ()
    hand.frame()
    assert "needs 2 inputs" in item(hand, "p").look.problem
    hand.document.undo()
    assert hand.network.node_by_id["p"].sources == ("x",)


def test_an_input_is_standardised_from_its_menu(hand):
    before = hand.session.snapshot.activations["n"].tolist()
    right_click(hand, hand.node("x"))
    hand.choose("standardise")
    features = [f for f in hand.network.features if f.transform == "standardise"]
    assert [feature.sources for feature in features] == [("x",)]
    assert hand.network.edge_by_id["a"].source == features[0].id
    assert hand.network.node_by_id["p"].sources == (features[0].id,)
    hand.frame()
    assert hand.session.snapshot.activations["n"].tolist() == pytest.approx(before)
    shown = item(hand, features[0].id)
    # the mean is 1880, and the root of (224² + 280² + 520² + 464²)/4 = 153568 is 391.8775...
    assert shown.sum == "(2104 − ~1880)/~391.878"
    assert shown.value == "~0.571607"
    output = hand.view.drawing.nodes["output:n"]
    assert output.raw == "ŷ = ~0.5 · size + ~1"
    hand.document.undo()
    assert hand.network == houses().network


def test_the_mean_moves_in_the_frame_of_the_drag(hand):
    right_click(hand, hand.node("x"))
    hand.choose("standardise")
    hand.frame()
    key = next(f.id for f in hand.network.features if f.transform == "standardise")
    gesture = object()
    for value in (2200, 2300, 2500):
        hand.document.edit("Move point", edits.move_row, 0, {"size": Fraction(value)}, gesture=gesture)
        hand.frame()
        mean = (value + 1600 + 2400 + 1416) / 4
        assert f"({value} − ~{mean:g})" in item(hand, key).sum
    hand.document.finish(gesture)


def test_powers_products_and_thresholds_from_the_menu(hand):
    for entry, title in (("power", "rooms²"), ("product-x", "rooms·size"), ("sine", "sin(rooms)")):
        right_click(hand, hand.node("z"))
        hand.choose(entry)
        assert title in [hand.network.title(feature.id) for feature in hand.network.features]
        added = hand.network.features[-1].id
        assert all(edge.weight == 0 for edge in hand.network.outgoing[added])
    assert hand.session.snapshot.problem is None


def test_a_feature_is_dropped_into_free_space(hand):
    place = QPointF(300, 260)
    hand.drag(hand.out_port("z"), place)
    hand.choose("add-feature-min_max")
    added = hand.network.features[-1]
    assert (added.transform, added.sources) == ("min_max", ("z",))
    assert abs(added.position[0] - 300) <= 40


def test_what_leads_into_a_feature_is_never_a_neuron(hand):
    hand.drag(hand.in_port("p"), QPointF(40, 300))
    names = {action.objectName() for action in hand.menu().actions()}
    assert "add-input" in names
    assert not any(name.startswith("add-feature") or name == "add-sigmoid" for name in names)
    hand.choose("add-input")
    assert len(hand.network.node_by_id["p"].sources) == 2


def test_another_transform_is_chosen(hand):
    right_click(hand, hand.node("p"))
    hand.choose("power")
    assert hand.network.node_by_id["p"].transform == "power"
    hand.frame()
    assert item(hand, "p").name == "size²"


def test_words_are_read_one_class_at_a_time(hand):
    hand.document.edit("Read kind", edits.set_input_column, "z", "kind")
    hand.frame()
    right_click(hand, hand.node("z"))
    actions = {a.objectName(): a for menu in hand.menu().findChildren(type(hand.menu())) for a in menu.actions()}
    assert not actions["standardise"].isEnabled()
    hand.choose("one-hot")
    classes = [feature for feature in hand.network.features if feature.transform == "indicator"]
    assert [hand.network.title(feature.id) for feature in classes] == [
        "[kind = flat]",
        "[kind = house]",
        "[kind = villa]",
    ]
    hand.frame()
    assert [item(hand, feature.id).value for feature in classes] == ["1", "0", "0"]
    assert item(hand, classes[1].id).sum == "1 if flat = house, else 0"


def test_an_output_for_each_class_with_probabilities(hand):
    hand.document.edit("Meet kind", edits.set_output_column, "n", "kind")
    right_click(hand, hand.node("output:n"))
    hand.choose("per-class")
    assert [hand.network.class_title(output.node) for output in hand.network.outputs] == ["flat", "house", "villa"]
    hand.frame()
    assert hand.session.snapshot.problem is None
    for output in hand.network.outputs:
        assert hand.view.drawing.nodes[f"output:{output.node}"].said == "p ~ 0.333333"


def test_a_target_as_1_for_one_class(hand):
    hand.document.edit("Meet kind", edits.set_output_column, "n", "kind")
    right_click(hand, hand.node("output:n"))
    hand.choose("sign-house")
    output = hand.network.outputs[0]
    assert output.settings == (("class", "house"), ("other", Fraction(-1)))
    hand.frame()
    assert hand.session.snapshot.problem is None
    assert hand.view.drawing.nodes["output:n"].target == "[kind = house] = −1"


def test_the_keyboard_walks_over_wires(hand):
    hand.view.set_focus_hit(Hit("out", "x"))
    reached = set()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down):
        hand.key(key)
        reached.add(hand.view.focus_hit.key)
    assert wire_id("x", "p") in reached
    hand.view.set_focus_hit(Hit("edge", wire_id("x", "p")))
    hand.key(Qt.Key.Key_Right)
    assert hand.view.focus_hit == Hit("node", "p")
    hand.view.set_focus_hit(Hit("edge", wire_id("x", "p")))
    hand.key(Qt.Key.Key_Delete)
    assert hand.network.node_by_id["p"].sources == ()


def test_features_are_laid_out_between_inputs_and_neurons(hand):
    hand.document.edit("Standardise", edits.read_through, "standardise", "x")
    hand.view.commands.tidy()
    at = {node.id: node.position[0] for node in hand.network.nodes}
    s = hand.network.features[-1].id
    assert at["x"] < at[s] < at["p"] < at["n"] or at["x"] < at[s] < at["n"]
    assert at[s] < at["p"]


def test_features_are_copied_with_their_wires(hand):
    hand.selection.select({"x", "p"})
    QTest.keyClick(hand.view, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    copy = hand.network.features[-1]
    assert copy.transform == "product"
    assert copy.sources[0] != "x"
    assert len(hand.network.features) == 2


def test_the_page_of_a_neuron_shows_its_features_as_sources(hand):
    hand.drag(hand.out_port("p"), hand.in_port("n"))
    hand.document.edit("", lambda state: replace(state, network=state.network.with_node(Neuron("m"))))
    hand.view.drawing.nodes["n"]
    hand.double_click(hand.node("n"))
    hand.frame()
    assert QApplication.activePopupWidget() is None
    assert hand.view.drawing.page == "n"
    assert "p" in hand.view.drawing.nodes
