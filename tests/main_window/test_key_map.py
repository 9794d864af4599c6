"""Other keys for a command: chosen on the sheet with real key presses, kept, refused in a sentence; letters at rest."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget

from neurosim.main_window.action_book import ActionBook
from neurosim.main_window.actions import ActionList
from neurosim.main_window.appearance import Appearance
from neurosim.main_window.key_map import KeyMap
from neurosim.main_window.preferences import PreferencesDialog
from neurosim.main_window.present_settings import PresentSettings
from neurosim.main_window.shortcuts.key_field import KeyField
from neurosim.main_window.shortcuts.sheet import ShortcutsSheet
from neurosim.widgets.letters import letters

SPECS = {spec.name: spec for spec in ActionList().specs()}
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def as_found(qapp):
    yield
    letters().set_work(True)
    KeyMap(SPECS).reset_all()


@pytest.fixture
def parent(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def book(parent):
    return ActionBook({spec.handler or spec.name: lambda *_: None for spec in SPECS.values()}, parent)


@pytest.fixture
def sheet(book, qtbot, parent):
    made = ShortcutsSheet(book, ActionList().menus(), parent)
    qtbot.addWidget(made)
    made.show()
    return made


def shortcuts(book, name):
    return [key.toString(QKeySequence.SequenceFormat.PortableText) for key in book[name].shortcuts()]


def chooser(sheet, name):
    """The sheet for the keys of *name*, opened by a press on its button; and its field."""
    QTest.mouseClick(sheet.findChild(QPushButton, f"keys-{name}"), Qt.MouseButton.LeftButton)
    popover = sheet.findChildren(QWidget, "keyPopover")[-1]
    return popover, popover.findChild(KeyField)


def press(popover, name):
    QTest.mouseClick(popover.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def test_a_key_is_chosen_works_at_once_and_is_kept(book, sheet):
    popover, field = chooser(sheet, "save")
    assert popover.findChild(QLabel, "keySaid").text() == "Now: Ctrl+S."
    QTest.keyClick(field, Qt.Key.Key_F8, CONTROL)
    assert field.text() == "Ctrl+F8"
    assert popover.findChild(QLabel, "keySaid").text() == "Ctrl+F8 is free."
    press(popover, "useKey")
    assert not popover.isVisible()
    assert shortcuts(book, "save") == ["Ctrl+F8"]
    assert book["save"].toolTip() == "Save the document (Ctrl+F8)"
    assert ("Save", "Ctrl+F8", "your choice") in sheet.entries
    assert KeyMap(SPECS).keys("save") == ("Ctrl+F8",)  # as the next start reads it


def test_a_key_that_leads_elsewhere_says_so_and_changes_hands(book, sheet):
    popover, field = chooser(sheet, "fullStep")
    QTest.keyClick(field, Qt.Key.Key_D, CONTROL)
    assert popover.findChild(QLabel, "keySaid").text() == "Ctrl+D leads to “Duplicate” now, and would no longer."
    press(popover, "addKey")
    assert shortcuts(book, "fullStep") == ["Ctrl+Shift+Right", "Ctrl+D"]
    assert shortcuts(book, "duplicate") == []
    popover, _ = chooser(sheet, "fullStep")
    press(popover, "firstKeys")
    assert shortcuts(book, "fullStep") == ["Ctrl+Shift+Right"]
    QTest.mouseClick(sheet.first, Qt.MouseButton.LeftButton)
    assert shortcuts(book, "duplicate") == ["Ctrl+D"]
    assert not book.keys.has_own
    assert not sheet.first.isEnabled()


def test_keys_that_would_be_missed_elsewhere_are_refused_in_a_sentence(sheet):
    popover, field = chooser(sheet, "save")
    said = popover.findChild(QLabel, "keySaid")
    QTest.keyClick(field, Qt.Key.Key_K)
    assert said.text() == "K is needed for typing; this command works everywhere, so hold Ctrl or Alt."
    assert not popover.findChild(QPushButton, "useKey").isEnabled()
    QTest.keyClick(field, Qt.Key.Key_Left)
    assert said.text().startswith("Left moves about in the window by itself")
    QTest.keyClick(field, Qt.Key.Key_F7)
    assert popover.findChild(QPushButton, "useKey").isEnabled()


@pytest.mark.parametrize("leaving", [Qt.Key.Key_Tab, Qt.Key.Key_Backtab])
def test_the_keyboard_can_leave_the_field(sheet, leaving):
    popover, field = chooser(sheet, "save")
    field.setFocus()
    QTest.keyClick(field, leaving)
    assert popover.focusWidget() is not field
    assert field.text() == ""


def test_a_sign_that_needs_shift_is_the_sign(sheet):
    _, field = chooser(sheet, "mute")
    QTest.keyClick(field, Qt.Key.Key_Question, SHIFT)
    assert field.key == "?"
    QTest.keyClick(field, Qt.Key.Key_A, SHIFT)
    assert field.key == "Shift+A"


def test_no_key_at_all_is_kept_too(book, sheet):
    popover, _ = chooser(sheet, "quit")
    press(popover, "noKey")
    assert shortcuts(book, "quit") == []
    assert book["quit"].toolTip() == "Close the window"
    assert KeyMap(SPECS).keys("quit") == ()
    assert KeyMap(SPECS).is_own("quit")
    assert ("Quit", "–", "your choice") in sheet.entries


def test_the_sheet_finds_commands_and_keys(sheet):
    QTest.keyClicks(sheet.search, "tidy")
    assert sheet.entries == [("Tidy graph", "Ctrl+Shift+L", "")]
    sheet.search.clear()
    QTest.keyClicks(sheet.search, "ctrl+shift+l")
    assert [entry[0] for entry in sheet.entries] == ["Tidy graph"]
    sheet.search.clear()
    assert "About neurosim" not in [entry[0] for entry in sheet.entries]
    sheet.keyless.setChecked(True)
    assert ("About neurosim", "–", "") in sheet.entries


def test_letters_rest_when_they_are_switched_off(book, parent, display):
    appearance = Appearance(display, parent)
    dialog = PreferencesDialog(appearance, PresentSettings(), parent)
    dialog.show()
    asked = []
    dialog.keys_wanted.connect(lambda: asked.append(True))
    QTest.mouseClick(dialog.findChild(QPushButton, "keysButton"), Qt.MouseButton.LeftButton)
    assert asked == [True]
    box = dialog.findChild(QComboBox, "lettersBox")
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_End)
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert shortcuts(book, "mute") == []
    assert shortcuts(book, "fit") == ["Home"]
    assert shortcuts(book, "selectAll") == ["Ctrl+A"]
    assert letters().rest(int(Qt.Key.Key_M), Qt.KeyboardModifier.NoModifier)
    assert not letters().rest(int(Qt.Key.Key_L), CONTROL)
    assert not letters().rest(int(Qt.Key.Key_Home), Qt.KeyboardModifier.NoModifier)
    letters().set_work(True)
    assert not Appearance(display, parent).letters
    assert shortcuts(book, "mute") == []
