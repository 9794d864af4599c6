"""Before anything late has been made, keys, menus and buttons work as they do later."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from neurosim.app import create_window
from neurosim.main_window.dialogs import Dialogs
from neurosim.main_window.palette import CommandPalette

LATE = ("presentation", "open_data", "divergence", "teacher_window")


class Discarding(Dialogs):
    """Nothing here is to be saved."""

    def ask_save_changes(self, _parent, _name):
        return "discard"


@pytest.fixture
def window(qtbot):
    """As it was painted for the first time; what comes afterwards never comes."""
    made = create_window()
    made.files.dialogs = Discarding()
    made.afterwards.stop()
    made.resize(1280, 720)
    made.show()
    qtbot.waitExposed(made)
    made.session.advance()
    assert not [name for name in LATE if name in vars(made)]
    assert "loss_map" in made.workspace.missing
    yield made
    made.close()
    made.session.close()
    made.deleteLater()


def test_keys_present_the_window_and_end_it(window):
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert window.presentation.active
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert not window.presentation.active


def test_the_palette_opens(window):
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, CommandPalette)]
    shown += [one for one in window.children() if isinstance(one, CommandPalette)]
    assert any(one.isVisible() for one in shown)


def test_a_lesson_opens_from_the_menu_and_goes_on(window):
    window.menus["lesson/open"].actions()[0].trigger()
    lessons = window.commands.lessons
    assert lessons.runner.lesson is not None
    assert lessons.panel.view.isVisible()
    before = (lessons.runner.index, lessons.runner.stage)
    QTest.mouseClick(lessons.panel.findChild(QPushButton, "lessonNext"), Qt.MouseButton.LeftButton)
    assert (lessons.runner.index, lessons.runner.stage) != before


def test_a_panel_opens_with_its_title(window):
    window.book["panel-loss_map"].trigger()
    dock = window.workspace.docks["loss_map"]
    assert dock.isVisible()
    assert dock.bar.isVisible()
    assert "loss_map" in window.workspace.made


def test_a_sheet_lies_under_the_message(window):
    window.headline.badge.click()
    sheet = window.headline.sheet
    assert sheet.isVisible()
    window.messages.say("One sentence.")
    assert window.message_bar.isVisible()
    assert not window.message_bar.geometry().intersects(sheet.geometry())
