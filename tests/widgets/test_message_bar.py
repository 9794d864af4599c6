"""Messages: they block nobody, go by themselves, stay while they are looked at, and are all in the log."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget
from shiboken6 import delete

from neurosim.training.notice import Notice
from neurosim.widgets.message_bar import LOG_LENGTH, MessageBar, MessageLogView


class Page:
    def __init__(self, qtbot):
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.edit = QLineEdit(self.window)
        self.bar = MessageBar(self.window)
        layout = QVBoxLayout(self.window)
        layout.addWidget(self.edit)
        layout.addWidget(self.bar)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        self.edit.setFocus()

    def button(self, index=0):
        return self.bar.findChild(QPushButton, f"messageAction{index}")

    def pointer(self, over):
        if over:
            at = QPointF(3, 3)
            QApplication.sendEvent(self.bar, QEnterEvent(at, at, at))
        else:
            QApplication.sendEvent(self.bar, QEvent(QEvent.Type.Leave))


@pytest.fixture
def page(qtbot):
    return Page(qtbot)


def test_it_goes_by_itself(page, qtbot):
    with qtbot.waitSignal(page.bar.message_gone, timeout=5000):
        page.bar.show_message("Saved.", seconds=0.02)
    assert page.bar.isHidden()
    assert page.bar.text() == ""


def test_it_takes_no_focus_and_waits_eight_seconds(page):
    page.bar.show_message("Point 2 was deleted.", [("Undo", lambda: None)])
    assert page.edit.hasFocus()
    assert page.bar.counting_down
    assert page.bar.remaining_time() == pytest.approx(8000, rel=0.1)


def test_a_button_acts_once_and_takes_the_message_away(page):
    done = []
    page.bar.show_message("Point 2 was deleted.", [("Undo", lambda: done.append("undo")), ("More", done.clear)])
    QTest.mouseClick(page.button(), Qt.MouseButton.LeftButton)
    assert done == ["undo"]
    assert page.bar.isHidden()


def test_an_action_may_show_the_next_message(page):
    page.bar.show_message("Diverged.", [("Smaller step", lambda: page.bar.show_message("Learning rate: 1/60."))])
    QTest.mouseClick(page.button(), Qt.MouseButton.LeftButton)
    assert page.bar.text() == "Learning rate: 1/60."


def test_it_stays_under_the_pointer(page):
    page.bar.show_message("Converged.")
    page.pointer(over=True)
    assert not page.bar.counting_down
    page.pointer(over=False)
    assert page.bar.counting_down


def test_it_stays_while_a_button_has_the_focus_and_escape_gives_the_focus_back(page, qtbot):
    page.bar.show_message("Converged.", [("Undo", lambda: None)])
    page.button().setFocus()
    assert not page.bar.counting_down
    page.edit.setFocus()
    qtbot.waitUntil(lambda: page.bar.counting_down)
    page.button().setFocus()
    QTest.keyClick(page.button(), Qt.Key.Key_Escape)
    assert page.bar.isHidden()
    assert page.edit.hasFocus()


def test_the_newest_message_wins_and_its_buttons_are_its_own(page):
    page.bar.show_message("One.", [("A", lambda: None), ("B", lambda: None)])
    page.bar.show_message("Two.", [("C", lambda: None)])
    shown = [button.text() for button in page.bar.findChildren(QPushButton) if button.isVisible()]
    assert shown == ["C"]
    assert page.bar.text() == "Two."


def test_it_can_be_closed(page):
    page.bar.show_message("One.")
    QTest.mouseClick(page.bar.findChild(QToolButton, "messageClose"), Qt.MouseButton.LeftButton)
    assert page.bar.isHidden()


def test_it_can_be_closed_when_the_field_that_had_the_keyboard_is_gone(page):
    assert page.edit.hasFocus()
    page.bar.show_message("One.", [("A", lambda: None)])
    page.button().setFocus()
    delete(page.edit)
    QTest.mouseClick(page.bar.findChild(QToolButton, "messageClose"), Qt.MouseButton.LeftButton)
    assert page.bar.isHidden()


def test_everything_is_in_the_log(page, qtbot):
    page.bar.show_message("One.")
    view = MessageLogView(page.bar.log)
    qtbot.addWidget(view)
    page.bar.show_message("Two.")
    assert [message.text for message in page.bar.log.messages] == ["One.", "Two."]
    assert [view.item(row).text().split("  ")[1] for row in range(view.count())] == ["One.", "Two."]
    for number in range(LOG_LENGTH):
        page.bar.log.add(f"message {number}")
    assert len(page.bar.log.messages) == view.count() == LOG_LENGTH
    assert page.bar.log.messages[0].text == "message 0"


def test_notices_of_the_session_are_shown(page):
    done = []
    page.bar.show_notice(Notice("Diverged at step 12.", (("Undo", lambda: done.append(1)),)))
    assert page.bar.text() == "Diverged at step 12."
    QTest.mouseClick(page.button(), Qt.MouseButton.LeftButton)
    assert done == [1]


def test_a_message_is_announced(page, announced):
    page.bar.show_message("Point 2 was deleted.")
    assert announced == ["Point 2 was deleted."]
