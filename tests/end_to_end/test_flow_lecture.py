"""The lecture's neuron in the whole window: first screen, drag, step, back, run, divergence, typed numbers."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from neurosim.document import edits
from neurosim.widgets.learning_rate_slider import LearningRateSlider
from neurosim.widgets.number_field import NumberField

A0, B0 = Fraction(1, 3), Fraction(-6)
A1, B1 = Fraction(83, 45), Fraction(-83, 15)


def _parameters(hand):
    return dict(hand.window.document.state.network.parameters)


def _say(hand):
    return hand.window.message_bar.text()


def test_first_screen(hand):
    window = hand.window
    assert "466/9" in hand.read("lossLabel")
    assert "51.78" in hand.read("lossLabel")
    assert "-136/3" in hand.read("gradientLabel")
    assert "-14" in hand.read("gradientLabel")
    assert hand.read("stepCountLabel") == "0"
    assert hand.find(NumberField, "learningRateField").text() == "1/30"
    assert "Stable below ~0.0916731" in hand.find(LearningRateSlider, "learningRateSlider").toolTip()
    assert window.status.hint.whole_text() == "Drag a point, or press Space to step."
    assert window.graph.hasFocus()
    assert not window.isWindowModified()
    assert "neurosim" in window.windowTitle()
    assert window.message_bar.isHidden()
    assert QApplication.activeModalWidget() is None
    for name in ("dataPlot", "lossCurvePlot", "graphView", "inspector"):
        assert hand.window.findChild(object, name).isVisible(), name


def test_dragging_a_point_moves_the_landscape_and_nothing_else(hand):
    window = hand.window
    before = hand.plot.getPlotItem().vb.viewRange()
    entries = _history_length(window)
    hand.drag_point((4, 4), (4, 2))
    state = window.document.state
    assert state.dataset.columns["x"].numbers == (Fraction(2), Fraction(4))
    assert state.dataset.columns["y"].numbers == (Fraction(0), Fraction(2))
    assert "328/9" in hand.read("lossLabel")
    assert "-112/3" in hand.read("gradientLabel")
    assert "-12" in hand.read("gradientLabel")
    assert _parameters(hand) == {"a": A0, "n.bias": B0}
    assert hand.read("stepCountLabel") == "0"
    assert np.allclose(hand.plot.getPlotItem().vb.viewRange(), before, rtol=0, atol=0)
    assert _history_length(window) == entries + 1
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    hand.frame()
    assert window.document.state == window.document.opened_state
    assert "466/9" in hand.read("lossLabel")


def test_escape_gives_the_point_back(hand):
    begin, goal = hand.in_plot(4, 4), hand.in_plot(4, 1)
    hand.press(hand.plot, begin)
    hand.move(hand.plot, goal)
    assert hand.window.document.state.dataset.columns["y"][1] != 4
    QTest.keyClick(hand.plot, Qt.Key.Key_Escape)
    hand.release(hand.plot, goal)
    assert hand.window.document.state == hand.window.document.opened_state
    assert not hand.window.document.can_undo


def test_one_step_exactly_and_back_bit_for_bit(hand):
    start = hand.window.document.state
    hand.click("fullStepButton")
    assert _parameters(hand) == {"a": A1, "n.bias": B1}
    assert "8149/2025" in hand.read("lossLabel")
    assert "-554/45" in hand.read("gradientLabel")
    assert hand.read("stepCountLabel") == "1"
    hand.click("backButton")
    assert hand.window.document.state == start
    assert "466/9" in hand.read("lossLabel")
    assert not hand.find(QPushButton, "backButton").isEnabled()


def test_space_steps_where_a_canvas_has_the_keyboard_and_presses_buttons_elsewhere(hand, qtbot):
    window = hand.window
    window.activateWindow()
    window.graph.setFocus()
    QTest.keyClick(window.graph, Qt.Key.Key_Space)
    hand.frame()
    assert window.session.walk.position == 1
    QTest.keyClick(window.graph, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    hand.frame()
    assert window.session.walk.position == 0
    hand.plot.setFocus()
    for _ in range(15):
        QTest.keyClick(hand.plot, Qt.Key.Key_Space)
    hand.frame()
    assert _parameters(hand)["a"] == A1
    rewind = hand.find(QPushButton, "rewindButton")
    rewind.setFocus()
    QTest.keyClick(rewind, Qt.Key.Key_Space)
    hand.frame()
    assert _parameters(hand)["a"] == A0


def test_control_right_steps_anywhere_but_in_a_text_box(hand):
    window = hand.window
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(window.inspector, Qt.Key.Key_Right, control)
    hand.frame()
    assert hand.read("stepLabel") == "Step 0 · line 1 of 15 · (1) a · x₁ = 1/3 · 2 = 2/3"
    QTest.keyClick(window.inspector, Qt.Key.Key_Left, control)
    hand.frame()
    assert hand.read("stepLabel").startswith("Step 0 · Space")
    QTest.keyClick(window.inspector, Qt.Key.Key_Right, control | Qt.KeyboardModifier.ShiftModifier)
    hand.frame()
    assert hand.read("stepCountLabel") == "1"
    QTest.keyClick(window.inspector, Qt.Key.Key_Left, control)
    hand.frame()
    assert hand.read("stepCountLabel") == "0"
    field = hand.find(NumberField, "learningRateField")
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Right, control)
    hand.frame()
    assert hand.read("stepLabel").startswith("Step 0 · Space")


def test_five_hundred_steps_back(hand):
    session, document = hand.window.session, hand.window.document
    seen = []
    for _ in range(500):
        seen.append(document.state)
        session.full_step()
    for state in reversed(seen):
        session.back()
        assert document.state == state
    hand.frame()
    assert hand.read("stepCountLabel") == "0"


def test_run_and_pause(hand):
    run = hand.find(QPushButton, "runButton")
    assert run.text() == "Run"
    hand.click("runButton")
    assert run.text() == "Pause"
    assert not hand.find(QPushButton, "fullStepButton").isEnabled()
    assert not hand.find(QPushButton, "backButton").isEnabled()
    assert "pause" in hand.find(QPushButton, "fullStepButton").toolTip()
    for _ in range(20):
        hand.window.session.advance()
    hand.click("runButton")
    assert run.text() == "Run"
    step = int(hand.read("stepCountLabel"))
    assert step >= 20
    assert hand.window.session.snapshot.loss < Fraction(466, 9)
    hand.window.document.undo()
    hand.frame()
    assert hand.read("stepCountLabel") == "0"
    assert _parameters(hand) == {"a": A0, "n.bias": B0}


def test_running_comes_to_the_optimum_by_itself(hand):
    hand.window.book["speed-max"].trigger()
    stops = []
    hand.window.session.stopped.connect(stops.append)
    hand.click("runButton")
    for _ in range(400):
        if not hand.window.session.running:
            break
        hand.window.session.advance(16)
    hand.frame()
    assert [stop.kind for stop in stops] == ["converged"]
    assert _parameters(hand)["a"] == pytest.approx(2, abs=1e-5)
    assert _parameters(hand)["n.bias"] == pytest.approx(-4, abs=1e-5)
    assert _say(hand).casefold() == stops[0].sentence.casefold()


def test_divergence_stops_says_why_and_is_undone_in_one_go(hand):
    start = hand.window.document.state
    hand.type("learningRateField", "1/10")
    assert "0.0916731" in hand.find(LearningRateSlider, "learningRateSlider").statusTip()
    hand.window.book["speed-max"].trigger()
    hand.click("runButton")
    for _ in range(200):
        if not hand.window.session.running:
            break
        hand.window.session.advance(16)
    hand.frame()
    assert not hand.window.session.running
    for label in hand.window.findChildren(QLabel):
        assert "nan" not in label.text().lower().split(), label.objectName()
        assert "inf" not in label.text().lower().split(), label.objectName()
    assert _say(hand)
    buttons = [button.text() for button in hand.window.message_bar.findChildren(QPushButton) if button.isVisible()]
    assert buttons == ["Undo", "Smaller step", "Why?"]
    QTest.mouseClick(hand.find(QPushButton, "messageAction0"), Qt.MouseButton.LeftButton)
    hand.frame()
    assert _parameters(hand) == dict(start.network.parameters)
    assert "466/9" in hand.read("lossLabel")
    hand.window.document.undo()
    assert hand.window.document.state == start


def test_a_smaller_step_after_divergence_is_below_the_limit(hand):
    hand.type("learningRateField", "1/10")
    hand.window.book["speed-max"].trigger()
    hand.click("runButton")
    for _ in range(200):
        if not hand.window.session.running:
            break
        hand.window.session.advance(16)
    hand.frame()
    QTest.mouseClick(hand.find(QPushButton, "messageAction1"), Qt.MouseButton.LeftButton)
    hand.frame()
    # The largest stable rate is 2 / (11 + sqrt(117)) = 0.0917.
    assert 0 < hand.find(NumberField, "learningRateField").value() < 0.0917
    assert "466/9" in hand.read("lossLabel")


@pytest.mark.parametrize(("locale", "typed"), [("en_US", "-5.5"), ("de_DE", "-5,5"), ("de_DE", "-5.5")])
def test_weight_and_bias_typed(open_window, locale, typed):
    before = QLocale()
    QLocale.setDefault(QLocale(locale))
    try:
        hand = open_window()
        hand.window.document.edit("Set weight", edits.set_weight, "a", Fraction(2))
        hand.window.selection.select({"a"})
        hand.frame()
        weight = hand.type("weightField", "1/3")
        hand.window.selection.select({"n"})
        hand.frame()
        hand.type("biasField", typed)
    finally:
        QLocale.setDefault(before)
    assert weight.text() == "1/3"
    assert _parameters(hand) == {"a": Fraction(1, 3), "n.bias": Fraction(-11, 2)}


def test_rewind_returns_to_the_same_start_and_a_new_start_is_another(hand):
    for _ in range(3):
        hand.click("fullStepButton")
    hand.click("rewindButton")
    assert _parameters(hand) == {"a": A0, "n.bias": B0}
    hand.window.book["newRandomStart"].trigger()
    hand.frame()
    assert _parameters(hand) != {"a": A0, "n.bias": B0}
    hand.drag_point((4, 4), (4, 2))
    hand.window.book["resetAll"].trigger()
    hand.frame()
    assert hand.window.document.state == hand.window.document.opened_state
    hand.window.document.undo()
    assert hand.window.document.state.dataset.columns["y"][1] == 2


def test_everything_undone_is_the_start(hand):
    document = hand.window.document
    hand.drag_point((4, 4), (4, 2))
    hand.click("fullStepButton")
    hand.type("learningRateField", "1/50")
    hand.window.selection.select({"n"})
    hand.frame()
    hand.type("biasField", "3")
    hand.window.book["insertInput"].trigger()
    hand.window.book["insertNeuron-tanh"].trigger()
    hand.window.book["newRandomStart"].trigger()
    hand.window.book["resetAll"].trigger()
    done = 0
    while document.can_undo:
        document.undo()
        done += 1
    assert done == 8
    assert document.state == document.opened_state
    while document.can_redo:
        document.redo()
    assert document.state == document.opened_state  # the last thing done was Reset all


def _history_length(window):
    entry, length = window.document.history.head, 0
    while entry.parent is not None:
        entry, length = entry.parent, length + 1
    return length
