"""The canvas without a mouse, and without dragging."""

from __future__ import annotations

from fractions import Fraction

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget

from neurosim.canvas.drawing.hits import Hit
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Column, Dataset

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
K = Qt.Key


def blank() -> DocumentState:
    """No network yet; data with two inputs and a target: y = 2 x1 - 3 x2 + 1."""
    columns = {"x1": (1, 0, 2), "x2": (0, 1, 1), "y": (3, -2, 2)}
    return DocumentState(dataset=Dataset({n: Column([Fraction(v) for v in vs]) for n, vs in columns.items()}))


def add_by_keys(hand, words: str) -> None:
    hand.key(K.Key_A, SHIFT)
    hand.type(words)
    hand.enter()


def connect_by_keys(hand, source: str, target: str) -> None:
    """From the out port of *source* with the arrows to *target*."""
    hand.selection.select({source})
    hand.view.set_focus_hit(Hit("node", source))
    hand.key(K.Key_Right)
    assert hand.view.focus_hit == Hit("out", source)
    hand.key(K.Key_Return)
    for _ in range(6):
        hand.key(K.Key_Down)
        if hand.view.tool.target == target:
            break
    hand.key(K.Key_Return)


def test_a_neuron_of_two_inputs_is_built_with_keys_alone(make_hand):
    hand = make_hand(blank())
    add_by_keys(hand, "input")
    add_by_keys(hand, "input")
    add_by_keys(hand, "linear")
    assert [node.id for node in hand.network.nodes] == ["x", "x1", "n"]
    assert [node.column for node in hand.network.inputs] == ["x1", "x2"]
    connect_by_keys(hand, "x", "n")
    connect_by_keys(hand, "x1", "n")
    hand.selection.select({"n"})
    add_by_keys(hand, "output")
    assert hand.network.outputs[0].column == "y"
    first, second = hand.network.edges
    for edge, number in ((first, "2"), (second, "-3")):
        hand.view.set_focus_hit(Hit("edge", edge.id))
        hand.key(K.Key_Return)
        hand.type(number)
        hand.enter()
    hand.view.set_focus_hit(Hit("node", "n"))
    hand.key(K.Key_Left)
    assert hand.view.focus_hit == Hit("chip", "n.bias")
    hand.key(K.Key_Return)
    hand.type("1")
    hand.enter()
    assert hand.session.snapshot.loss == 0  # y = 2 x1 - 3 x2 + 1 in every row


def test_the_same_neuron_is_built_with_clicks_alone(make_hand):
    hand = make_hand(blank())
    menu = hand.view.add_menu()
    for name in ("add-input", "add-input", "add-identity"):
        menu = hand.view.add_menu()
        next(a for a in menu.actions() if a.objectName() == name).trigger()
    hand.view.fit_all()
    for source in ("x", "x1"):
        hand.click(hand.out_port(source))
        hand.click(hand.in_port("n"))
    assert {(e.source, e.target) for e in hand.network.edges} == {("x", "n"), ("x1", "n")}
    hand.selection.select({"n"})
    menu = hand.view.add_menu()
    next(a for a in menu.actions() if a.objectName() == "add-output").trigger()
    assert hand.network.outputs[0].node == "n"
    assert hand.session.snapshot.problem is None


def test_arrows_walk_from_node_to_port_to_edge_to_node(lecture):
    lecture.view.set_focus_hit(Hit("node", "x"))
    seen = []
    for _ in range(5):
        lecture.key(K.Key_Right)
        seen.append((lecture.view.focus_hit.part, lecture.view.focus_hit.key))
    assert seen == [("out", "x"), ("edge", "a"), ("node", "n"), ("out", "n"), ("node", "output:n")]
    for _ in range(2):
        lecture.key(K.Key_Left)
    assert lecture.view.focus_hit == Hit("node", "n")
    lecture.key(K.Key_Left)
    assert lecture.view.focus_hit == Hit("chip", "n.bias")
    lecture.key(K.Key_Left)
    assert lecture.view.focus_hit == Hit("in", "n")
    lecture.key(K.Key_Left)
    assert lecture.view.focus_hit == Hit("edge", "a")


def test_up_and_down_walk_between_nodes_of_a_layer(two_by_two):
    two_by_two.view.set_focus_hit(Hit("node", "h1"))
    two_by_two.key(K.Key_Down)
    assert two_by_two.selection.ids in ({"h2"}, {"p"})
    two_by_two.view.set_focus_hit(Hit("node", "x2"))
    two_by_two.key(K.Key_Up)
    assert two_by_two.selection.ids == {"x1"}


def test_escape_cancels_connecting_by_keys(loose):
    loose.view.set_focus_hit(Hit("out", "x"))
    loose.key(K.Key_Return)
    loose.key(K.Key_Down)
    assert loose.view.tool.target == "n1"
    loose.key(K.Key_Escape)
    assert loose.view.tool is None
    assert loose.network.edges == ()


def test_held_shift_arrows_are_one_entry(two_by_two):
    two_by_two.selection.select({"h1"})
    for _ in range(3):
        QTest.keyPress(two_by_two.view, K.Key_Right, SHIFT)
    QTest.keyRelease(two_by_two.view, K.Key_Right, SHIFT)
    assert two_by_two.network.node_by_id["h1"].position == (280 + 3 * 8, -100)
    QTest.keyClick(two_by_two.view, K.Key_Up, SHIFT)
    two_by_two.document.undo()
    assert two_by_two.network.node_by_id["h1"].position == (304, -100)
    two_by_two.document.undo()
    assert two_by_two.network.node_by_id["h1"].position == (280, -100)
    assert not two_by_two.document.can_undo


def test_mute_counts_as_zero_and_freeze_keeps_from_training(lecture):
    lecture.selection.select({"a"})
    lecture.key(K.Key_M)
    assert lecture.network.edge_by_id["a"].muted
    assert lecture.session.snapshot.pre_activation("n", 0) == Fraction(-6)  # only the bias is left
    lecture.key(K.Key_M)
    lecture.key(K.Key_L, CTRL)
    assert not lecture.network.edge_by_id["a"].trainable
    lecture.session.full_step()
    assert lecture.network.edge_by_id["a"].weight == Fraction(1, 3)
    assert lecture.network.node_by_id["n"].bias == Fraction(-83, 15)  # -6 + 14/30, as in the lecture


def test_i_inserts_and_keeps_what_the_network_computes(lecture):
    before = lecture.session.snapshot.activation("n", 1)
    lecture.selection.select({"a"})
    lecture.key(K.Key_I)
    assert len(lecture.network.neurons) == 2
    assert lecture.session.snapshot.activation("n", 1) == before == Fraction(-14, 3)


def test_delete_and_reconnect_multiplies_the_weights(two_by_two):
    two_by_two.selection.select({"h1"})
    two_by_two.key(K.Key_Delete, CTRL)
    found = {(e.source, e.target): e.weight for e in two_by_two.network.edges}
    assert found["x1", "p"] == Fraction(5)  # 2 * 5/2
    assert found["x2", "p"] == Fraction(-15, 4)  # -3/2 * 5/2


def test_enter_opens_the_close_up_and_escape_closes_it(two_by_two):
    two_by_two.view.set_focus_hit(Hit("node", "h2"))
    two_by_two.key(K.Key_Return)
    assert two_by_two.view.drawing.page == "h2"
    two_by_two.key(K.Key_Escape)
    assert two_by_two.view.drawing.page is None


def test_tab_leaves_the_canvas(qtbot, lecture):
    window = QWidget()
    qtbot.addWidget(window)
    layout = QHBoxLayout(window)
    before, after = QPushButton("before"), QPushButton("after")
    layout.addWidget(before)
    layout.addWidget(lecture.view)
    layout.addWidget(after)
    lecture.view.show()
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    lecture.view.setFocus()
    for _ in range(8):
        QTest.keyClick(QApplication.focusWidget(), K.Key_Tab)
        if QApplication.focusWidget() is after:
            break
    assert QApplication.focusWidget() is after
    for _ in range(8):
        QTest.keyClick(QApplication.focusWidget(), K.Key_Backtab)
        if QApplication.focusWidget() is before:
            break
    assert QApplication.focusWidget() is before
    lecture.view.setParent(None)  # each of the two closes its own widget


def test_single_letters_do_nothing_while_a_field_has_the_keyboard(lecture):
    lecture.selection.select({"a"})
    lecture.click(lecture.chip("a"))
    lecture.type("mif")
    assert not lecture.network.edge_by_id["a"].muted
    assert len(lecture.network.neurons) == 1


@pytest.mark.parametrize(("key", "factor"), [(K.Key_Plus, 1.2), (K.Key_Minus, 1 / 1.2)])
def test_plus_and_minus_zoom(lecture, key, factor):
    scale = lecture.view.detail()
    lecture.key(key)
    assert lecture.view.detail() == pytest.approx(scale * factor)


def test_alt_arrows_pan(lecture):
    before = lecture.screen(QPointF(0, 0))
    lecture.key(K.Key_Right, ALT)
    assert lecture.screen(QPointF(0, 0)).x() < before.x()
