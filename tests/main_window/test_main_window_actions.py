"""The one list of actions: every key leads to one action, every action has a handler, a name and a place."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenuBar, QWidget

from neurosim.engine.activations import ACTIVATIONS
from neurosim.main_window.action_book import ActionBook, with_keys
from neurosim.main_window.action_spec import Scope
from neurosim.main_window.actions import ActionList
from neurosim.main_window.palette import CommandPalette
from neurosim.main_window.shortcuts.sheet import ShortcutsSheet
from neurosim.panels import PANELS

SPECS = ActionList().specs()


class Calls(list):
    """Handlers that write down how they were called."""

    def handlers(self):
        names = {spec.handler or spec.name for spec in SPECS}
        return {name: (lambda *given, name=name: self.append((name, *given))) for name in names}


@pytest.fixture
def calls():
    return Calls()


@pytest.fixture
def parent(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def book(calls, parent):
    return ActionBook(calls.handlers(), parent)


def test_names_are_unique():
    assert max(Counter(spec.name for spec in SPECS).values()) == 1


def test_every_key_is_understood():
    for spec in SPECS:
        for key in spec.keys:
            assert QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText), (spec.name, key)


@pytest.mark.parametrize("scopes", [{Scope.WINDOW, Scope.CANVAS, Scope.GRAPH}], ids=["focus in the graph"])
def test_no_key_is_ambiguous_where_the_focus_can_be(scopes):
    keys = Counter(QKeySequence(key).toString() for spec in SPECS if spec.scope in scopes for key in spec.keys)
    assert [key for key, count in keys.items() if count > 1] == []


@pytest.mark.parametrize("spec", [s for s in SPECS if s.scope is Scope.WINDOW], ids=lambda s: s.name)
def test_keys_that_work_everywhere_take_no_letter_from_anyone(spec):
    for key in spec.keys:
        pressed = QKeySequence(key)[0]
        function_key = pressed.toCombined() & 0x01FFFFFF in range(0x01000030, 0x01000053)
        assert function_key or pressed.keyboardModifiers(), f"{spec.name}: {key} would be taken from text and buttons"


def test_keys_of_the_gesture_table():
    by_key = {QKeySequence(key).toString(): spec for spec in SPECS for key in spec.keys}
    wanted = {
        "Space": "canvasStep",
        "Shift+Space": "canvasBack",
        "Ctrl+Right": "step",
        "Ctrl+Shift+Right": "fullStep",
        "Ctrl+Left": "back",
        "Ctrl+Return": "run",
        "Ctrl+Z": "undo",
        "Ctrl+Y": "redo",
        "Ctrl+Shift+Z": "redo",
        "Shift+A": "addNode",
        "Ctrl+A": "selectAll",
        "Del": "delete",
        "Ctrl+D": "duplicate",
        "M": "mute",
        "Ctrl+L": "freeze",
        "Ctrl+Shift+L": "tidy",
        "Home": "fit",
        "F": "fitSelection",
        "Ctrl+=": "zoomIn",
        "Ctrl+-": "zoomOut",
        "Ctrl+0": "zoomReset",
        "Ctrl+Shift+P": "palette",
        "Ctrl+K": "palette",
        "?": "canvasShortcuts",
        "F1": "shortcuts",
        "F11": "fullScreen",
        "Ctrl+Shift+R": "resetAll",
    }
    found = {key: by_key[QKeySequence(key).toString()].name for key in wanted}
    assert found == wanted


def test_every_action_has_a_place_in_a_menu_or_is_a_second_key_of_one():
    menus = ActionList().menus()
    handlers = {spec.handler or spec.name for spec in SPECS if spec.menu}
    for spec in SPECS:
        assert spec.menu in menus if spec.menu else spec.handler in handlers


def test_plugins_have_their_actions():
    names = {spec.name for spec in SPECS}
    assert {f"insertNeuron-{name}" for name in ACTIVATIONS} <= names
    assert {f"panel-{name}" for name in PANELS} <= names


def test_mnemonics_in_a_menu_differ():
    menus = ActionList().menus()
    for menu in menus:
        titles = [spec.text for spec in SPECS if spec.menu == menu]
        titles += [title for name, title in menus.items() if name.rpartition("/")[0] == menu and "/" in name]
        letters = Counter(title[title.index("&") + 1].lower() for title in titles if "&" in title)
        assert [letter for letter, count in letters.items() if count > 1] == [], menu


def test_a_missing_handler_is_refused(parent):
    with pytest.raises(KeyError):
        ActionBook({}, parent)


def test_handlers_are_called_with_their_argument(book, calls):
    book["step"].trigger()
    book["numbers-decimal"].trigger()
    book["showGradients"].trigger()
    book["insertNeuron-sigmoid"].trigger()
    assert calls == [("step",), ("numbers", "decimal"), ("showGradients", True), ("insertNeuron", "sigmoid")]


def test_menus_hold_every_action_once(book, parent):
    bar = QMenuBar(parent)
    menus = book.fill(bar)
    held = [action.objectName() for menu in menus.values() for action in menu.actions() if action.objectName()]
    listed = [spec.name for spec in SPECS if spec.menu]
    assert sorted(name for name in held if name in book.specs) == sorted(listed)
    for name, menu in menus.items():
        above = name.rpartition("/")[0]
        if above:
            assert menu.menuAction() in menus[above].actions(), name


def test_choices_exclude_one_another(book):
    book.check("theme", "dark")
    book["theme-light"].trigger()
    assert [name for name in book.specs if name.startswith("theme-") and book[name].isChecked()] == ["theme-light"]


def test_sheet_shows_every_key(book, qtbot, parent):
    sheet = ShortcutsSheet(book, ActionList().menus(), parent)
    shown = "  ".join(keys for _, keys, _ in sheet.entries)
    for spec in SPECS:
        for key in spec.keys:
            assert QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) in shown, spec.name


def test_palette_finds_every_action_by_its_words(book, parent):
    palette = CommandPalette(book, ActionList().menus(), parent)
    for spec in SPECS:
        if spec.menu and spec.name != "palette":
            assert spec.name in palette.matches(spec.plain_text), spec.name
    assert palette.matches("step")[0] == "step"
    assert palette.matches("no such words at all") == []


def test_palette_runs_what_is_chosen(book, calls, qtbot, parent):
    parent.resize(800, 600)
    parent.show()
    palette = CommandPalette(book, ActionList().menus(), parent)
    palette.open_over(parent)
    qtbot.keyClicks(palette.field, "random start")
    qtbot.keyClick(palette.field, "\r")
    assert calls == [("newRandomStart",)]
    assert not palette.isVisible()


def test_tooltips_name_the_keys():
    assert with_keys("Save", ("Ctrl+S",)) == "Save (Ctrl+S)"
    assert with_keys("Save", ()) == "Save"
