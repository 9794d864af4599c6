"""Every window, popover and sheet at 200 % in the smallest usual screen: none is wider or higher than 1280x720."""

from __future__ import annotations

import os
from fractions import Fraction

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget

from neurosim import paths
from neurosim.document import edits
from neurosim.widgets.on_screen import FRAME
from neurosim.widgets.scrolling import ScrollingPage
from neurosim.widgets.sheet import Sheet

SCREEN = QSize(1280, 720)
WINDOWS = (
    "newData",
    "exampleGallery",
    "exportData",
    "exportPicture",
    "preferences",
    "shortcuts",
    "palette",
    "messages",
    "about",
    "handDialog",
    "askPrediction",
    "teacherWindow",
    "rateSchedule",
    "stopConditions",
    "table",
    "optimizerGear",
    "moreGear",
)
SHEETS = ("drawArchitecture", "worksheets", "gradients", "conventions", "divergence", "collapse")


def _open(hand, name: str) -> None:
    window = hand.window
    if name == "table":
        window.open_path(paths.resources() / "datasets" / "iris.csv")
    elif name == "optimizerGear":
        hand.click("optimizerSettingsButton")
    elif name == "moreGear":
        hand.click("trainingMoreButton")
    elif name == "gradients":
        window.headline.sheet.open_sheet()
    elif name == "conventions":
        hand.click("trainingMoreButton")
        hand.frame()
        # At this size the button stands in a popover, which the sheet must not be caught in.
        hand.click("conventionSheetButton")
    elif name == "divergence":
        window.document.edit("Learning rate 1/10", edits.set_learning_rate, Fraction(1, 10))
        window.session.set_speed("max")
        window.book["run"].trigger()
        while window.session.running:
            hand.frame()
        why = next(b for b in window.message_bar.findChildren(QPushButton) if b.text() == "Why?")
        QTest.mouseClick(why, Qt.MouseButton.LeftButton)
    elif name == "collapse":
        window.book["draw-two_linear"].trigger()
        hand.frame()
        hand.click("architectureDraw")
        window.book["collapse"].trigger()
    else:
        window.book[name].trigger()


def _opened(hand) -> list[QWidget]:
    return [found for found in QApplication.topLevelWidgets() if found.isVisible() and found is not hand.window]


@pytest.fixture
def enlarged(open_window):
    hand = open_window(size=(SCREEN.width(), SCREEN.height()))
    hand.window.appearance.set_percent(200)
    for _ in range(3):
        hand.frame()
    yield hand
    hand.window.appearance.set_percent(100)


@pytest.mark.parametrize("name", WINDOWS)
def test_windows_fit_on_the_screen(enlarged, qtbot, name):
    hand = enlarged
    _open(hand, name)
    qtbot.waitUntil(lambda: bool(_opened(hand)))
    for _ in range(3):
        hand.frame()
    room = SCREEN - FRAME
    here = hand.window.screen().availableGeometry().size()
    for found in _opened(hand):
        needed = found.minimumSizeHint().expandedTo(found.minimumSize())
        assert needed.width() <= room.width(), (found.objectName(), needed)
        assert needed.height() <= room.height(), (found.objectName(), needed)
        allowed = room.expandedTo(here - FRAME)  # the screen of the tests is a square
        assert found.width() <= allowed.width(), (found.objectName(), found.size())
        assert found.height() <= allowed.height(), (found.objectName(), found.size())
        picture = os.environ.get("DIALOG_PICTURES")
        if picture:
            found.resize(found.sizeHint().boundedTo(room))
            hand.frame()
            found.grab().save(f"{picture}/{name}.png")
        found.close()


@pytest.mark.parametrize("name", SHEETS)
def test_sheets_stay_inside_the_window(enlarged, name):
    hand = enlarged
    _open(hand, name)
    for _ in range(3):
        hand.frame()
    sheets = [found for found in hand.window.findChildren(Sheet) if found.isVisible()]
    assert sheets, name
    for sheet in sheets:
        assert sheet.window() is hand.window, sheet.objectName()
        assert sheet.parentWidget().rect().contains(sheet.geometry()), (sheet.objectName(), sheet.geometry())
        assert sheet._area.horizontalScrollBar().maximum() == 0, sheet.objectName()
        picture = os.environ.get("DIALOG_PICTURES")
        if picture:
            hand.window.grab().save(f"{picture}/{name}.png")


def test_preferences_are_all_in_sight_where_the_screen_has_room(enlarged) -> None:
    """At 125 % they need more than the two thirds of the height that Qt gives a dialog by itself."""
    window = enlarged.window
    window.appearance.set_percent(125)
    window.commands.preferences()
    dialog = window.findChild(QDialog, "preferencesDialog")
    enlarged.frame()
    height = window.screen().availableGeometry().height()
    assert height * 2 / 3 < dialog.sizeHint().height() < height - FRAME.height()
    assert dialog.findChild(ScrollingPage).verticalScrollBar().maximum() == 0
    dialog.close()
