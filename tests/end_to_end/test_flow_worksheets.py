"""Worksheets from the window: chosen, looked at and written, by mouse and by keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QPushButton, QToolButton, QWidget

from neurosim.exporters.worksheets.content import make_worksheets
from neurosim.exporters.worksheets.latex import sheets_latex
from neurosim.lessons.variants import KINDS
from neurosim.main_window.worksheets.preview import PagePreview
from neurosim.main_window.worksheets.sheet import WorksheetSheet
from neurosim.widgets.segments import Segments


def open_sheet(hand) -> WorksheetSheet:
    hand.window.book["worksheets"].trigger()
    hand.frame()
    return hand.find(WorksheetSheet, "worksheetSheet")


def tick(hand, kind: str) -> None:
    """Click the box of an exercise."""
    listed = hand.find(QListWidget, "worksheetExercises")
    place = listed.visualItemRect(listed.item(list(KINDS).index(kind)))
    QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place.left() + 14, place.center().y()))
    hand.frame()


def press(hand, name: str) -> None:
    QTest.mouseClick(hand.find(QToolButton, name), Qt.MouseButton.LeftButton)
    hand.frame()


def test_sheets_and_key_are_written_where_one_says(hand, tmp_path: Path) -> None:
    sheet = open_sheet(hand)
    tick(hand, "worked_neuron")
    tick(hand, "gradient_step")
    assert sheet.kinds == ("gradient_step",)
    hand.type("worksheetVersions", "3")
    hand.type("worksheetSeed", "7")
    hand.window.files.dialogs.path = tmp_path
    hand.click("worksheetWrite")
    assert sheet.isHidden()
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == [f"gradient_step-{end}" for end in ("key.pdf", "key.tex", "sheets.pdf", "sheets.tex")]
    assert len(PdfReader(tmp_path / "gradient_step-sheets.pdf").pages) == 3
    same = make_worksheets(KINDS["gradient_step"].title, ["gradient_step"], 3, 7)
    assert (tmp_path / "gradient_step-sheets.tex").read_text() == sheets_latex(same)
    assert "3 sheets and their key are in" in hand.window.message_bar.log.messages[-1].text


def test_no_folder_writes_nothing_and_a_bad_one_says_why(hand, tmp_path: Path) -> None:
    sheet = open_sheet(hand)
    hand.type("worksheetVersions", "1")
    hand.window.files.dialogs.path = None
    hand.click("worksheetWrite")
    assert sheet.isVisible()
    hand.window.files.dialogs.path = tmp_path / "nowhere"
    hand.click("worksheetWrite")
    assert sheet.isVisible()
    assert "choose another place" in hand.window.message_bar.log.messages[-1].text
    assert list(tmp_path.iterdir()) == []


def test_without_an_exercise_nothing_can_be_written(hand) -> None:
    sheet = open_sheet(hand)
    tick(hand, "worked_neuron")
    assert sheet.kinds == ()
    assert not hand.find(QPushButton, "worksheetWrite").isEnabled()
    assert hand.find(QPushButton, "worksheetWrite").toolTip() == "Choose an exercise first."
    assert hand.find(PagePreview, "worksheetPreview").page() is None


def test_the_preview_is_the_page_that_is_written(hand) -> None:
    open_sheet(hand)
    paper = hand.find(PagePreview, "worksheetPreview")
    first = paper.page()
    assert first is not None
    assert "version 1 · worked_neuron 1" in first.part.foot
    image = paper.grab().toImage()
    dark = sum(
        image.pixelColor(x, y).lightness() < 200
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    )
    assert dark > 100, "there is ink on it"
    assert image.pixelColor(image.width() // 2, image.height() - 8) == QColor("white")
    press(hand, "worksheetPageOn")
    assert "version 2" in paper.page().part.foot
    assert hand.find(QLabel, "worksheetPage").text() == "2 / 2"
    press(hand, "worksheetDice")
    assert "worked_neuron 21" in paper.page().part.foot, "other numbers than those of the 20 versions"
    side = hand.find(Segments, "worksheetSide")
    QTest.mouseClick(side.findChild(QToolButton, "segment-key"), Qt.MouseButton.LeftButton)
    hand.frame()
    assert "key" in paper.page().part.foot


def test_by_keys_alone(hand, tmp_path: Path) -> None:
    sheet = open_sheet(hand)
    window = hand.window
    assert window.focusWidget().objectName() == "worksheetExercises"
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Down)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    assert sheet.kinds == ("worked_neuron", "residuals")
    seen = []
    while window.focusWidget().objectName() != "worksheetWrite":
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        seen.append(window.focusWidget().objectName())
        assert len(seen) < 30, seen
    assert {"worksheetVersions", "worksheetSeed", "worksheetDice"} <= set(seen)
    window.files.dialogs.path = tmp_path
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    hand.frame()
    assert sorted(path.name for path in tmp_path.iterdir())[0] == "exercises-key.pdf"
    open_sheet(hand)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert sheet.isHidden()


@pytest.mark.parametrize(("size", "percent"), [((1280, 720), 100), ((1920, 1080), 200)])
def test_everything_has_room(open_window, size: tuple[int, int], percent: int) -> None:
    hand = open_window(size=size)
    hand.window.appearance.set_percent(percent)
    sheet = open_sheet(hand)
    hand.frame()
    assert hand.window.rect().contains(
        sheet.geometry().translated(sheet.parentWidget().mapTo(hand.window, QPoint(0, 0)))
    )
    for button in sheet.findChildren(QWidget):
        if isinstance(button, QPushButton | QToolButton) and button.isVisible():
            assert min(button.width(), button.height()) >= 24, button.objectName()
            assert button.accessibleName() or button.text(), button.objectName()
    QApplication.processEvents()
