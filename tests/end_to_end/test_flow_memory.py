"""What a view is like is remembered from one start to the next."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QToolButton

from neurosim.main_window.store import write


def close(hand) -> None:
    hand.window.document.mark_saved(Path("kept.neurosim"))
    assert hand.window.close()


def test_squares_pulls_and_a_views_own_numbers_are_there_again(open_window):
    first = open_window()
    QTest.mouseClick(first.find(QToolButton, "squaresButton"), Qt.MouseButton.LeftButton)
    box = first.find(QComboBox, "valuesNumberModeBox")
    box.setCurrentIndex(box.findData("decimal"))
    box.activated.emit(box.currentIndex())
    first.frame()
    close(first)
    second = open_window()
    panel = second.window.workspace.panels["data_plot"]
    assert second.find(QToolButton, "squaresButton").isChecked()
    assert not second.find(QToolButton, "pullsButton").isChecked()
    assert panel._squares.area.boxes.rows.tolist() == [0, 1]
    assert second.find(QComboBox, "valuesNumberModeBox").currentData() == "decimal"
    assert second.find(QComboBox, "workingNumberModeBox").currentData() is None
    assert second.window.display.mode == "exact"
    QTest.mouseClick(second.find(QToolButton, "squaresButton"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(second.find(QToolButton, "pullsButton"), Qt.MouseButton.LeftButton)
    second.frame()
    close(second)
    third = open_window()
    assert not third.find(QToolButton, "squaresButton").isChecked()
    assert third.find(QToolButton, "pullsButton").isChecked()
    assert third.window.workspace.panels["data_plot"]._pulls.card.isVisible()


def test_settings_that_make_no_sense_are_passed_over(open_window):
    write("panels/data_plot", "{not json")
    write("panels/values", '{"numbers": "roman"}')
    write("panels/working", "[1, 2]")
    hand = open_window()
    assert not hand.find(QToolButton, "squaresButton").isChecked()
    assert hand.find(QComboBox, "valuesNumberModeBox").currentData() is None
