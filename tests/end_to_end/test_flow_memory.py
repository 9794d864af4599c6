"""What a view is like is remembered from one start to the next."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QToolButton

from neurosim.main_window.store import write
from neurosim.paths import example


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


def test_the_line_at_which_one_stopped_is_in_the_file_and_in_no_state(open_window, tmp_path):
    path = tmp_path / "stopped.neurosim"
    path.write_bytes(example("lecture").read_bytes())
    first = open_window(path)
    start = first.window.document.state
    for _ in range(7):
        first.click("stepButton")
    assert "line 7 of 15" in first.read("stepLabel")
    assert first.window.files.save()
    assert '"line": 7' in path.read_text(encoding="utf-8")
    second = open_window(path)
    assert "line 7 of 15" in second.read("stepLabel")
    assert second.window.document.state == start
    assert not second.window.document.modified
    second.click("stepButton")
    assert "line 8 of 15" in second.read("stepLabel")
    assert second.window.open_path(path)
    second.frame()
    assert "line 7 of 15" in second.read("stepLabel")
    for _ in range(8):
        second.click("stepButton")
    assert second.read("stepCountLabel") == "1"
    assert second.window.files.save()
    assert '"line"' not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("line", ['"nine"', "-3", "true", "[7]", "900"])
def test_a_line_that_makes_no_sense_is_none(open_window, tmp_path, line):
    path = tmp_path / "odd.neurosim"
    text = example("lecture").read_text(encoding="utf-8")
    whole = json.loads(text)
    whole["view"] = {"line": json.loads(line)}
    path.write_text(json.dumps(whole), encoding="utf-8")
    hand = open_window(path)
    shown = hand.read("stepLabel")
    assert "line 14 of 15" in shown if line == "900" else "Space shows line 1" in shown
    assert "line" not in hand.window.document.state.view
