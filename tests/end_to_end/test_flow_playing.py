"""A lesson that goes on by itself: to the first thing that is asked, where it waits; any key ends it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication


@pytest.fixture
def played(hand):
    lessons = hand.window.commands.lessons
    lessons.open_named("12_worked_step")
    hand.frame()
    lessons.playing.clock.setInterval(1)
    hand.window.book["lessonPlay"].trigger()
    yield lessons
    lessons.playing.set_on(False)


def place(lessons):
    return lessons.runner.index, lessons.runner.stage


def test_it_plays_to_what_is_asked_waits_and_goes_on(hand, played, qtbot):
    qtbot.waitUntil(lambda: played.playing.waits)
    asked = place(played)
    page = played.runner.page
    assert page.questions  # the first page of the worked step asks why the loss is so large
    rounds = []
    played.playing.clock.timeout.connect(lambda: rounds.append(1))
    qtbot.waitUntil(lambda: len(rounds) > 5)
    assert place(played) == asked
    assert hand.window.book["lessonPlay"].isChecked()
    for ask in page.questions:
        played.runner.check(ask, {ask.id: ",".join(ask.right)})
    qtbot.waitUntil(lambda: place(played) > asked)
    qtbot.waitUntil(lambda: played.playing.waits)
    assert played.runner.stage > 0, "line by line, to the next question"


@pytest.mark.parametrize("key", [Qt.Key.Key_F6, Qt.Key.Key_PageDown])
def test_any_key_ends_it(hand, played, key):
    hand.window.graph.setFocus()
    QTest.keyClick(QApplication.focusWidget() or hand.window, Qt.Key.Key_Shift)
    assert played.playing.on
    QTest.keyClick(QApplication.focusWidget() or hand.window, key)
    assert not played.playing.on
    assert not hand.window.book["lessonPlay"].isChecked()


def test_it_ends_with_the_lesson_and_needs_one(hand, played):
    played.runner.close()
    hand.frame()
    assert not played.playing.on
    assert not hand.window.book["lessonPlay"].isEnabled()
