"""Where there is little room: bars fold instead of wrapping, and what they fold away is one click further."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QToolButton, QWidget

from neurosim.main_window.convention_sheet import ConventionSheet
from neurosim.main_window.training_popovers import MorePopover


@pytest.fixture
def zoomed(open_window):
    """A window of a size at a zoom; the zoom is undone at the end."""
    made = []

    def build(size: tuple[int, int], percent: int):
        hand = open_window(size=size)
        made.append(hand.window)
        hand.window.appearance.set_percent(percent)
        hand.window.resize(*size)
        for _ in range(4):
            hand.frame()
        assert (hand.window.width(), hand.window.height()) == size
        return hand

    yield build
    for window in made:
        window.appearance.set_percent(100)


def rows(bar: QWidget, *names: str) -> list[int]:
    """The heights of the middles of some controls, rounded to rows of the bar."""
    middles = []
    for name in names:
        widget = bar.findChild(QWidget, name)
        assert widget.isVisible(), name
        middles.append(widget.mapTo(bar, widget.rect().center()).y())
    return middles


@pytest.mark.parametrize(
    ("size", "percent"),
    [((1280, 720), 100), ((1920, 1080), 200), ((1024, 640), 100), ((1024, 560), 100), ((1920, 1080), 150)],
)
def test_the_step_bar_has_three_rows_at_every_usual_size(zoomed, size, percent):
    hand = zoomed(size, percent)
    window, bar = hand.window, hand.window.step_bar
    buttons = rows(bar, "rewindButton", "backButton", "stepButton", "fullStepButton", "runButton", "lossLabel")
    assert max(buttons) - min(buttons) < 20 * percent / 100
    training = rows(bar, "learningRateField", "learningRateSlider", "lossBox", "conventionBox", "trainingMoreButton")
    assert max(training) - min(training) < 20 * percent / 100
    assert bar.height() <= 0.28 * window.height()


@pytest.mark.parametrize("size", [(1024, 600), (1024, 560), (1280, 720)])
def test_no_number_lies_over_a_control_in_the_smallest_window_at_twice_the_size(zoomed, size):
    hand = zoomed(size, 200)
    window, bar = hand.window, hand.window.step_bar
    names = ("backButton", "stepButton", "fullStepButton", "runButton", "learningRateField", "learningRateSlider")
    seen = [in_window(window, bar.findChild(QWidget, name)) for name in names]
    numbers = [in_window(window, label) for label in window.headline.findChildren(QLabel) if label.isVisible()]
    for number in numbers:
        assert window.rect().contains(number)
        assert not any(number.intersects(control) for control in seen)
    assert hand.find(QPushButton, "stepButton").accessibleName() == "Step"


def test_with_room_enough_nothing_is_folded(zoomed):
    hand = zoomed((1280, 720), 100)
    bar = hand.window.step_bar
    assert [bar.findChild(QPushButton, f"{name}Button").text() for name in ("rewind", "back", "fullStep", "run")] == [
        "Rewind",
        "Back",
        "Full step",
        "Run",
    ]
    assert bar.findChild(QWidget, "speedChoice").isVisible()
    assert hand.window.training_bar.folded == 0
    assert bar.findChild(QComboBox, "optimizerBox").isVisible()


def test_folded_buttons_still_say_what_they_do(zoomed):
    hand = zoomed((1920, 1080), 200)
    bar = hand.window.step_bar
    for name, words in (("rewind", "Rewind"), ("back", "Back"), ("fullStep", "Full step"), ("run", "Run")):
        button = bar.findChild(QPushButton, f"{name}Button")
        assert (button.text(), button.accessibleName()) == ("", words)
        assert button.toolTip()
        assert min(button.width(), button.height()) >= 48
    assert bar.findChild(QPushButton, "stepButton").text() == "Step"
    hand.click("fullStepButton")
    assert hand.read("stepCountLabel") == "1"


def test_what_is_used_seldom_is_in_a_menu(zoomed):
    hand = zoomed((1920, 1080), 200)
    window = hand.window
    more = hand.find(QToolButton, "stepMoreButton")
    assert more.isVisible()
    assert not hand.find(QWidget, "speedChoice").isVisible()
    actions = [action for action in more.menu().actions() if not action.isSeparator()]
    assert actions == [
        window.book[name]
        for name in ("speed-1x", "speed-10x", "speed-max", "stopConditions", "newRandomStart", "resetAll")
    ]
    actions[2].trigger()
    assert window.session.speed == "max"
    window.resize(2600, 1080)
    hand.frame()
    hand.frame()
    assert not more.isVisible()
    assert hand.find(QWidget, "speedChoice").value() == "max"


def test_the_folded_optimizer_is_chosen_on_the_sheet_and_comes_back_with_room(zoomed):
    hand = zoomed((1920, 1080), 200)
    window = hand.window
    bar = window.training_bar
    assert bar.folded == 1
    box, more = hand.find(QComboBox, "optimizerBox"), hand.find(QToolButton, "trainingMoreButton")
    assert not box.isVisible()
    assert more.accessibleName().startswith("Optimizer")
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    sheet = hand.find(MorePopover, "trainingMorePopover")
    assert sheet.isVisible()
    assert box.isVisible()
    assert sheet.isAncestorOf(box)
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert window.document.state.training.optimizer.name == box.currentData() != "sgd"
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    window.resize(2600, 1080)
    hand.frame()
    hand.frame()
    assert bar.folded == 0
    assert box.isVisible()
    assert not sheet.isAncestorOf(box)
    fields = [hand.find(QWidget, name) for name in ("learningRateField", "optimizerBox", "batchBox", "lossBox")]
    places = [field.mapTo(bar, field.rect().topLeft()).x() for field in fields]
    assert places == sorted(places)


def test_numbers_that_grow_do_not_break_the_row(zoomed):
    hand = zoomed((1280, 720), 100)
    window = hand.window
    window.book["numbers-both"].trigger()
    for _ in range(6):
        hand.click("fullStepButton")
    hand.frame()
    middles = rows(window.step_bar, "stepButton", "lossLabel")
    assert max(middles) - min(middles) < 20


def graph_numbers(window) -> dict[str, QRect]:
    """Where the weights, the biases and their gradients stand, in the window."""
    graph = window.graph
    found = {}
    for (name, kind), chip in graph.drawing.chips.chips.items():
        if kind in ("weight", "gradient"):
            box = graph.mapFromScene(chip.rect()).boundingRect()
            found[f"{name} {kind}"] = box.translated(graph.viewport().mapTo(window, QPoint(0, 0)))
    return found


def in_window(window, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


@pytest.mark.parametrize(("size", "percent"), [((1280, 720), 100), ((1920, 1080), 200), ((1920, 1080), 100)])
def test_a_message_covers_no_number_of_the_graph(zoomed, size, percent):
    hand = zoomed(size, percent)
    window = hand.window
    window.messages.say("Training was stopped: the loss became too large.")
    hand.frame()
    bar = in_window(window, window.message_bar)
    assert window.message_bar.isVisible()
    for name, box in graph_numbers(window).items():
        assert not bar.intersects(box), (name, bar, box)
    assert not bar.intersects(in_window(window, window.workspace.docks["data_plot"]))


def test_the_sheet_of_conventions_leaves_weights_and_gradients_in_sight(zoomed):
    hand = zoomed((1280, 720), 100)
    window = hand.window
    QTest.mouseClick(hand.find(QToolButton, "conventionSheetButton"), Qt.MouseButton.LeftButton)
    for _ in range(4):
        hand.frame()
    sheet = hand.find(ConventionSheet, "conventionSheet")
    place = in_window(window, sheet)
    assert sheet.isVisible()
    for name, box in graph_numbers(window).items():
        assert not place.intersects(box), (name, place, box)
    for row in sheet.rows:
        assert sheet.rect().contains(row.rect().translated(row.mapTo(sheet, QPoint(0, 0))))
        assert row.height() >= 36
        assert row.formula.geometry().bottom() <= row.height()
    same, why = (hand.find(QLabel, name) for name in ("conventionSameStep", "conventionWhy"))
    assert not why.isVisible()
    assert same.toolTip() == why.text() != ""
    window.resize(1920, 1080)
    for _ in range(4):
        hand.frame()
    assert why.isVisible()
    assert all(row.height() >= 56 for row in sheet.rows)


def test_a_long_message_beside_a_narrow_graph_is_wide_instead_of_high(zoomed):
    hand = zoomed((1280, 720), 100)
    window = hand.window
    window.workspace.resizeDocks([window.workspace.docks["data_plot"]], [640], Qt.Orientation.Horizontal)
    hand.frame()
    assert window.workspace.graph_page.width() < 450
    words = "Stopped at step 5: the loss grew to 1.61e8, more than a million times its start. The weight moved most."
    window.message_bar.show_message(words, (("Undo", lambda: None), ("Smaller step", lambda: None)))
    hand.frame()
    bar = in_window(window, window.message_bar)
    assert bar.height() < 0.5 * window.workspace.graph_page.height()
    assert in_window(window, window.workspace).contains(bar)
