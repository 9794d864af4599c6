"""A small window or large letters: nothing overlaps or is cut off, what matters stays in reach, and all comes back."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QToolButton, QWidget

from neurosim.document import edits


@pytest.fixture
def zoomed(open_window):
    """A window of a size at a zoom; the zoom is undone at the end."""
    made = []

    def build(size: tuple[int, int], percent: int):
        hand = open_window(size=size)
        made.append(hand.window)
        hand.window.appearance.set_percent(percent)
        rest(hand)
        return hand

    yield build
    for window in made:
        window.appearance.set_percent(100)


def rest(hand) -> None:
    for _ in range(5):
        hand.frame()


def place(window: QWidget, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def in_front(window) -> dict[str, QRect]:
    return {name: place(window, dock) for name, dock in window.workspace.docks.items() if dock.in_front}


SMALL = [((1280, 720), 200), ((1280, 720), 150), ((1024, 640), 150), ((1280, 720), 175)]


@pytest.mark.parametrize(("size", "percent"), SMALL)
def test_nothing_overlaps_and_nothing_is_cut_off(zoomed, size, percent):
    hand = zoomed(size, percent)
    window = hand.window
    assert (window.width(), window.height()) == size
    parts = in_front(window)
    parts["graph"] = place(window, window.workspace.graph_page)
    parts["step bar"] = place(window, window.step_bar)
    parts["menus"] = place(window, window.menuBar())
    if window.status.isVisible():
        parts["status"] = place(window, window.status)
    for (one, a), (other, b) in itertools.combinations(parts.items(), 2):
        assert not a.intersects(b), (one, a, other, b)
    for name, box in parts.items():
        assert window.rect().contains(box), (name, box)
    bar = window.step_bar
    for widget in bar.findChildren(QWidget):
        if widget.isVisible() and isinstance(widget, QAbstractButton | QComboBox | QLabel):
            box = place(bar, widget)
            assert bar.rect().contains(box), (widget.objectName(), box, bar.rect())
            if isinstance(widget, QLabel) and widget.objectName() in {"lossLabel", "gradientLabel", "stepCountLabel"}:
                assert widget.width() >= widget.sizeHint().width(), widget.objectName()
    shown = [
        (widget.objectName(), place(bar, widget))
        for widget in bar.findChildren(QWidget)
        if widget.isVisible() and widget.objectName() and isinstance(widget, QAbstractButton | QComboBox)
    ]
    for (one, a), (other, b) in itertools.combinations(shown, 2):
        assert not a.intersects(b), (one, other)


@pytest.mark.parametrize(("size", "percent"), SMALL)
def test_one_can_step_run_undo_and_change_the_learning_rate(zoomed, size, percent):
    hand = zoomed(size, percent)
    window = hand.window
    hand.click("stepButton")
    hand.click("fullStepButton")
    assert hand.read("stepCountLabel") == "1"
    undo = hand.find(QToolButton, "undoButton")
    assert window.rect().contains(place(window, undo))
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    hand.frame()
    assert hand.read("stepCountLabel") == "0"
    assert hand.find(QWidget, "learningRateField").isVisible()
    more = hand.find(QToolButton, "trainingMoreButton")
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    assert hand.find(QComboBox, "lossBox").isVisible()
    QTest.keyClick(hand.find(QWidget, "trainingMorePopover"), Qt.Key.Key_Escape)
    menu = hand.find(QToolButton, "stepMoreButton").menu()
    rewind = window.book["rewind"]
    assert (rewind in menu.actions()) == (not hand.find(QWidget, "rewindButton").isVisible())


def test_every_panel_is_a_tab_away_and_scrolls(zoomed):
    hand = zoomed((1280, 720), 200)
    window = hand.window
    workspace = window.workspace
    assert workspace.docks["data_plot"].in_front
    for name in workspace.docks:
        workspace.open_panel(name)
        rest(hand)
        dock = workspace.docks[name]
        assert dock.in_front, name
        assert workspace.rect().contains(dock.geometry()), name
        assert not dock.geometry().intersects(workspace.graph_page.geometry()), name
        assert workspace.graph_page.height() >= 180, name


def test_with_room_again_all_is_as_before(zoomed):
    hand = zoomed((1280, 720), 100)
    window = hand.window
    before = in_front(window)
    opened = {name for name, dock in window.workspace.docks.items() if not dock.isHidden()}
    window.appearance.set_percent(200)
    rest(hand)
    assert in_front(window) != before
    window.appearance.set_percent(100)
    rest(hand)
    assert {name for name, dock in window.workspace.docks.items() if not dock.isHidden()} == opened
    after = in_front(window)
    assert after.keys() == before.keys()
    for name, box in after.items():
        assert abs(box.width() - before[name].width()) <= 8, name
        assert abs(box.height() - before[name].height()) <= 8, name
    assert window.status.isVisible()
    assert window.workspace.docks["data_plot"].bar.title == "Data and fit"


def test_a_panel_closed_in_little_room_stays_closed(zoomed):
    hand = zoomed((1280, 720), 200)
    window = hand.window
    hand.find(QToolButton, "loss_curveCloseButton").click()
    window.workspace.open_panel("values")
    rest(hand)
    window.appearance.set_percent(100)
    rest(hand)
    docks = window.workspace.docks
    assert docks["loss_curve"].isHidden()
    assert not docks["values"].isHidden()
    assert not docks["timeline"].isHidden()


def test_the_layout_that_is_kept_is_the_one_with_room(zoomed):
    hand = zoomed((1280, 720), 100)
    window = hand.window
    before = in_front(window).keys()
    window.appearance.set_percent(200)
    rest(hand)
    kept = window.workspace.layout_to_keep()
    assert kept != window.workspace.save_layout()
    window.appearance.set_percent(100)
    rest(hand)
    window.book["layout-compare"].trigger()
    rest(hand)
    assert window.workspace.restore_layout(kept)
    rest(hand)
    assert in_front(window).keys() == before


def test_the_run_button_stays_under_the_pointer(zoomed):
    hand = zoomed((1280, 720), 100)
    window = hand.window
    window.document.edit("Slow", edits.set_learning_rate, Fraction(1, 1_000_000))
    window.session.set_speed("max")
    run = hand.find(QAbstractButton, "runButton")
    before = place(window, run)
    hand.click("runButton")
    try:
        assert run.text() == "Pause"
        for count in range(40):
            hand.frame()
            QApplication.processEvents()
            assert place(window, run) == before, count
        step = window.document.state.training.step
        # Numbers that are far longer than at the start, as after a million steps, push nothing away.
        label = window.step_bar.findChild(QLabel, "stepCountLabel")
        label.show_text("1 000 000")
        window.step_bar.layout().activate()
        QApplication.processEvents()
        assert place(window, run) == before
        assert step > 0
    finally:
        window.session.pause()
