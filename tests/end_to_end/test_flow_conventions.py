"""The convention switch, the gradient check and exact numbers in the whole window: every view says the same."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QToolButton, QWidget

from neurosim.document import edits
from neurosim.document.changes import identical
from neurosim.engine.evaluate import evaluate
from neurosim.main_window.convention_sheet import ConventionSheet
from neurosim.markup.write_text import write_text
from neurosim.panels._gradient_badge import GradientBadge
from neurosim.widgets.formula_lines import FormulaLines

STEPS = 250
"""A thousand, without a window, are taken by the tests of the session."""


def texts(hand) -> dict[str, str]:
    """What the views say about the loss."""
    window = hand.window
    working = "\n".join(
        write_text(equation.markup) for line in window.session.walk.working().lines for equation in line.equations
    )
    return {
        "headline": hand.read("lossLabel"),
        "gradient": hand.read("gradientLabel"),
        "caption": hand.read("lossLabelCaption"),
        "curve": hand.read("lossCurveCaption"),
        "inspector": hand.read("lossTitle"),
        "formula": write_text(window.findChild(FormulaLines, "lossFormula").markup()),
        "working": working,
        "tip": window.findChild(QLabel, "lossLabel").toolTip(),
    }


def test_name_formula_value_and_gradient_change_together_everywhere(hand):
    hand.window.workspace.docks["inspector"].bring_to_front()
    box = hand.find(QComboBox, "conventionBox")
    before = texts(hand)
    assert before["curve"] == before["inspector"] == "Mean squared error (MSE)"
    assert before["tip"] == "Mean squared error (MSE): 466/9"
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Up)
    hand.frame()
    after = texts(hand)
    assert after["curve"] == after["inspector"] == "Sum of squared errors (SSE)"
    assert after["caption"] == "loss · sum"
    assert after["formula"] == "L = Σᵢ₌₁ⁿ (ŷᵢ − yᵢ)²"
    assert after["headline"].startswith("932/9")
    assert "-272/3" in after["gradient"]
    assert "-28" in after["gradient"]
    assert "932/9" in after["working"]
    assert "−272/3" in after["working"]
    assert "136/3" not in after["working"]
    assert after["tip"] == "Sum of squared errors (SSE): 932/9"
    assert "learning rate 1/60" in hand.window.message_bar.text()
    QTest.mouseClick(hand.find(QPushButton, "messageAction0"), Qt.MouseButton.LeftButton)
    hand.frame()
    assert hand.window.document.state.training.learning_rate == Fraction(1, 60)
    hand.click("fullStepButton")
    assert hand.window.document.state.network.parameters["a"] == Fraction(83, 45)
    for _ in range(3):
        hand.window.book["undo"].trigger()
    hand.frame()
    assert texts(hand) == before


def test_the_sheet_and_the_badge_follow_the_hand_in_the_same_frame(hand):
    window = hand.window
    QTest.mouseClick(hand.find(QToolButton, "conventionSheetButton"), Qt.MouseButton.LeftButton)
    sheet = window.findChild(ConventionSheet, "conventionSheet")
    badge = window.findChild(GradientBadge, "gradientCheckBadge")
    window.display.mode = "decimal"
    hand.frame()
    begin, goal = hand.in_plot(2, 0), hand.in_plot(2, -4)
    seen = set()
    hand.press(hand.plot, begin)
    for i in range(1, 6):
        hand.move(hand.plot, begin + (goal - begin) * i / 5)
        state = window.document.state
        expected = evaluate(state.network, state.dataset, state.training)
        shown = [row.cells.loss for row in sheet.rows]
        assert shown[1] == window.display.both(expected.loss)
        assert shown[3] == window.display.both(expected.loss / 2)
        assert badge.state == "checked"
        assert badge.snapshot is window.session.snapshot
        seen.add(shown[1])
    hand.release(hand.plot, goal)
    assert len(seen) == 5
    assert sheet.isVisible()


def test_a_message_and_a_sheet_do_not_hide_one_another(hand):
    window = hand.window
    QTest.mouseClick(hand.find(QToolButton, "conventionSheetButton"), Qt.MouseButton.LeftButton)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Up)
    hand.frame()
    sheet, message = window.findChild(ConventionSheet, "conventionSheet"), window.message_bar
    assert not sheet.geometry().intersects(message.geometry())
    button = hand.find(QPushButton, "messageAction0")
    assert window.childAt(button.mapTo(window, button.rect().center())) is button
    sheet.close_sheet()
    foot = message.y()
    sheet.open_sheet()
    assert message.y() < foot
    assert window.childAt(button.mapTo(window, button.rect().center())) is button


def test_sheets_are_inside_the_window_at_every_size(open_window):
    for size, percent in (((1280, 720), 100), ((1920, 1080), 200)):
        hand = open_window(size=size)
        window = hand.window
        window.appearance.set_percent(percent)
        window.resize(*size)
        hand.frame()
        for button, sheet in (
            ("conventionSheetButton", "conventionSheet"),
            ("gradientCheckBadge", "gradientCheckSheet"),
        ):
            QTest.mouseClick(window.findChild(QToolButton, button), Qt.MouseButton.LeftButton)
            hand.frame()
            found = window.findChild(QWidget, sheet)
            assert found.isVisible()
            assert found.parentWidget().rect().contains(found.geometry()), f"{sheet} {found.geometry()}"
        window.appearance.set_percent(100)


def test_what_is_shown_never_feeds_back(open_window):
    ends = []
    for mode, decimal in (("exact", "."), ("decimal", ",")):
        hand = open_window()
        session, display = hand.window.session, hand.window.display
        display.mode, display.decimal = mode, decimal
        for step in range(STEPS):
            session.full_step()
            if step < 5 or step % 200 == 0:
                hand.frame()
        ends.append(hand.window.document.state)
    assert ends[0].training.step == STEPS
    assert identical(ends[0].network.parameters, ends[1].network.parameters)


def test_the_end_of_exactness_is_said_in_the_message_bar(hand):
    for _ in range(12):
        if hand.window.message_bar.text():
            break
        hand.click("fullStepButton")
    sentence = hand.window.message_bar.text()
    assert sentence.startswith("Exact up to step ")
    assert "10^18" in sentence
    assert sentence.split(".")[0].endswith("rounded")
    hand.window.message_bar.dismiss()
    hand.click("fullStepButton")
    assert hand.window.message_bar.text() == ""
    assert "rounded" in hand.find(QLabel, "lossLabel").toolTip()


def test_a_kink_turns_the_badge_red_in_the_window(hand):
    document = hand.window.document
    document.edit("Zero", edits.set_parameters, {"a": 0, "n.bias": 0})
    document.edit("ReLU", edits.set_activation, "n", "relu")
    hand.frame()
    badge = hand.window.findChild(GradientBadge, "gradientCheckBadge")
    assert badge.state == "wrong"
    assert "meets the kink of ReLU" in badge.toolTip()
