"""Keys and clicks shown to a class, and how presenting is kept between two starts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QWidget

from neurosim.document import autosave, edits
from neurosim.main_window.present.key_caption import KeyCaption
from neurosim.main_window.present_settings import presents_at_start
from neurosim.main_window.store import store
from neurosim.widgets.theme import theme


def _present(hand, size=(1280, 720)) -> None:
    hand.window.book["presentAction"].trigger()
    hand.window.setWindowState(Qt.WindowState.WindowNoState)
    hand.window.resize(*size)
    for _ in range(3):
        hand.frame()


def _press(hand, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(hand.window, key, modifiers)
    hand.frame()
    hand.frame()


@pytest.fixture
def caption(hand) -> KeyCaption:
    _present(hand)
    yield hand.window.presentation.shown_keys.caption
    hand.window.presentation.leave()
    hand.window.commands.presenting.settings.set_keys(False)


def test_keys_are_not_shown_unless_asked_for(hand, caption):
    _press(hand, Qt.Key.Key_PageDown)
    assert not caption.isVisible()
    assert not hand.window.book["showKeys"].isChecked()


def test_a_key_is_shown_with_what_it_did_and_the_choice_is_kept(hand, caption, qtbot):
    window = hand.window
    _press(hand, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert store().value("present/keys", False, type=bool)
    assert window.book["showKeys"].isChecked()
    _press(hand, Qt.Key.Key_PageDown)
    assert caption.isVisible()
    assert caption.words == ("PgDown", "Next")
    assert window.session.walk.position == 1, "the key does what it always does"
    assert caption.accessibleDescription() == "PgDown: Next"
    assert window.rect().contains(caption.geometry())
    assert caption.geometry().right() > window.width() * 0.9
    assert caption.height() < window.height() * 0.1
    _press(hand, Qt.Key.Key_Period)
    assert window.presentation.curtain.kind == "black"
    assert not caption.isVisible(), "black is black"
    _press(hand, Qt.Key.Key_Period)
    window.document.edit("Rename it", lambda state: state)
    _press(hand, Qt.Key.Key_L)
    assert caption.words == ("L", "Spotlight")
    caption._end.setInterval(1)
    _press(hand, Qt.Key.Key_PageUp)
    assert caption.words == ("PgUp", "Back")
    qtbot.waitUntil(lambda: not caption.isVisible())


def test_commands_and_drags_say_what_they_did(hand, caption):
    window = hand.window
    window.commands.presenting.settings.set_keys(True)
    hand.drag_point((2, 0), (3, 1))
    hand.frame()
    assert caption.words[0] == "Drag"
    assert caption.words[1] == window.document.undo_text != ""
    window.graph.setFocus()
    _press(hand, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert caption.words == ("Ctrl+Z", "Undo")
    graph = window.graph.viewport()
    QTest.mouseClick(graph, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    hand.frame()
    assert caption.words[0] == "Click"
    assert caption.words[1] == window.graph.accessibleName() != ""


def test_what_is_typed_into_a_field_is_not_shown(hand, caption):
    window = hand.window
    window.commands.presenting.settings.set_keys(True)
    window.graph.setFocus()
    hand.click_in_graph(window.graph.drawing.chips.chips["a", "weight"].centre)
    hand.frame()
    shown = caption.words
    QTest.keyClicks(window.focusWidget(), "2.5")
    hand.frame()
    assert caption.words == shown
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    hand.frame()
    assert caption.words[0] in {"Return", "Enter"}
    assert window.document.state.network.parameters["a"] * 2 == 5


def test_preferences_keep_how_it_is_presented(hand):
    window = hand.window
    window.book["preferences"].trigger()
    hand.frame()

    def choose(name: str, data: str) -> None:
        box = window.findChild(QComboBox, name)
        assert box.accessibleName()
        box.setCurrentIndex(box.findData(data))
        box.activated.emit(box.currentIndex())

    assert not presents_at_start()
    choose("startBox", "present")
    choose("presentThemeBox", "dark")
    choose("presentKeysBox", "on")
    assert presents_at_start()
    assert store().value("present/theme", "", type=str) == "dark"
    window.findChild(QWidget, "preferencesDialog").close()
    _present(hand)
    assert theme().name == "dark"
    _press(hand, Qt.Key.Key_PageDown)
    assert window.presentation.shown_keys.caption.isVisible()
    window.presentation.leave()
    assert theme().name == "light"
    settings = window.commands.presenting.settings
    settings.set_theme("projector")
    settings.set_keys(False)
    settings.set_at_start(False)


def _presses(window) -> list[QWidget]:
    return [part for part in window.findChildren(QAbstractButton) if part.isVisible()]


def test_the_caption_stands_where_nothing_is_to_be_pressed(hand, caption):
    window = hand.window
    window.commands.presenting.settings.set_keys(True)
    window.commands.lessons.open_named("08_rules")
    window.workspace.open_panel("calculus")  # its boxes reach into the corner where the caption stands otherwise
    for _ in range(3):
        hand.frame()
    window.message_bar.show_message("A word for the class.", (("Do it", lambda: None),))
    _press(hand, Qt.Key.Key_L)
    assert caption.isVisible()
    place = caption.geometry()
    for part in [*_presses(window), window.message_bar]:
        there = QRect(part.mapTo(window, QPoint(0, 0)), part.size())
        assert not place.intersects(there), part.objectName()


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_what_is_said_to_a_class_leaves_the_numbers_of_the_graph_in_sight(hand, size):
    _present(hand, size)
    window = hand.window
    window.message_bar.show_message("Work that was not saved has been found.", (("Restore", lambda: None),))
    hand.frame()
    bar = QRect(window.message_bar.mapTo(window, QPoint(0, 0)), window.message_bar.size())
    away = window.graph.viewport().mapTo(window, QPoint(0, 0))
    for chip in window.graph.drawing.chips.chips.values():
        if chip.text and chip.wanted:
            there = window.graph.mapFromScene(chip.rect()).boundingRect().translated(away)
            assert not bar.intersects(there), chip.text
    window.presentation.leave()


def test_work_that_was_left_behind_is_offered_when_the_class_has_gone(hand, tmp_path, qtbot):
    window = hand.window
    window.files.dialogs.path = path = tmp_path / "private.neurosim"
    window.book["saveAs"].trigger()
    lost = edits.move_row(window.document.state, 1, {"y": 2})
    window.book["new"].trigger()
    autosave.write(lost, path)
    _present(hand)
    assert window.open_path(path)
    hand.frame()
    assert window.autosaver.recovered is not None
    assert not window.message_bar.isVisible()
    _press(hand, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: "private.neurosim" in window.message_bar.text())
    _present(hand)
    assert not window.message_bar.isVisible()
    window.presentation.leave()
