"""Keys and clicks shown to a class, and how presenting is kept between two starts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QWidget

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
    hand.window.commands.present_settings.set_keys(False)


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
    window.commands.present_settings.set_keys(True)
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
    window.commands.present_settings.set_keys(True)
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
    settings = window.commands.present_settings
    settings.set_theme("projector")
    settings.set_keys(False)
    settings.set_at_start(False)
