"""The sheet inside the window: it stays inside, above its bar, moves with the hand, and takes nothing from others."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QMainWindow, QPushButton, QVBoxLayout, QWidget

from neurosim.widgets.sheet import Sheet


class Numbers(Sheet):
    """A sheet with one label."""

    def __init__(self, anchor: QWidget) -> None:
        super().__init__("numbersSheet", anchor)
        self.set_title("Numbers")
        self.label = QLabel("0", self.body)
        self.label.setMinimumSize(200, 100)
        QVBoxLayout(self.body).addWidget(self.label)
        self.refreshed = 0

    def refresh(self) -> None:
        self.refreshed += 1


@pytest.fixture
def window(qtbot):
    made = QMainWindow()
    page = QWidget()
    bar = QWidget()
    bar.setObjectName("bar")
    bar.setProperty("role", "bar")
    bar.setFixedHeight(80)
    button = QPushButton("Open", bar)
    button.setObjectName("open")
    button.move(500, 50)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addStretch(1)
    column.addWidget(bar)
    made.setCentralWidget(page)
    made.resize(800, 600)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def sheet(window):
    made = Numbers(window.findChild(QPushButton, "open"))
    made.open_sheet()
    return made


def test_it_stands_above_the_whole_bar_beside_its_button(window, sheet):
    bar = window.findChild(QWidget, "bar")
    assert sheet.isVisible()
    assert sheet.parentWidget() is window.centralWidget()
    assert sheet.refreshed == 1
    assert sheet.geometry().bottom() < bar.y()
    assert sheet.geometry().right() + 1 == 500 + window.findChild(QPushButton, "open").width()
    assert sheet.accessibleName() == "Numbers"


def test_it_stays_inside_a_smaller_window(qtbot, window, sheet):
    window.resize(420, 300)
    qtbot.waitUntil(lambda: window.centralWidget().rect().contains(sheet.geometry()))
    window.resize(800, 600)
    qtbot.waitUntil(lambda: sheet.geometry().right() + 1 == 500 + window.findChild(QPushButton, "open").width())


def test_it_grows_with_its_body(qtbot, window, sheet):
    before = sheet.size()
    sheet.label.setMinimumSize(300, 200)
    qtbot.waitUntil(lambda: sheet.width() == before.width() + 100 and sheet.height() == before.height() + 100)


def test_a_body_larger_than_the_window_can_be_scrolled_to(qtbot, window, sheet):
    sheet.label.setMinimumSize(300, 2000)
    qtbot.waitUntil(lambda: sheet.height() > 500)
    assert window.centralWidget().rect().contains(sheet.geometry())
    assert sheet.body.height() >= 2000


def test_the_hand_moves_it_and_it_stays_there(qtbot, window, sheet):
    start = sheet.pos()
    hold = QPoint(30, 8)
    qtbot.mousePress(sheet, Qt.MouseButton.LeftButton, pos=hold)
    qtbot.mouseMove(sheet, hold + QPoint(-60, -40))
    qtbot.mouseRelease(sheet, Qt.MouseButton.LeftButton, pos=hold)
    assert sheet.pos() == start + QPoint(-60, -40)
    sheet.label.setMinimumSize(220, 100)
    qtbot.waitUntil(lambda: not sheet._settle.isActive())
    assert sheet.pos() == start + QPoint(-60, -40)
    sheet.close_sheet()
    sheet.open_sheet()
    assert sheet.geometry().right() + 1 == 500 + window.findChild(QPushButton, "open").width()


def test_the_rest_of_the_window_works_on(qtbot, window, sheet):
    pressed = []
    button = window.findChild(QPushButton, "open")
    button.clicked.connect(lambda: pressed.append(1))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pressed == [1]
    assert sheet.isVisible()


def test_it_says_when_it_opens_and_closes(qtbot, window, sheet):
    said = []
    sheet.shown_changed.connect(said.append)
    sheet.toggle()
    sheet.toggle()
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert said == [False, True, False]
    sheet.close_sheet()
    assert said == [False, True, False]
