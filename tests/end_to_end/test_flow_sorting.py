"""A prediction made by sorting, in the whole window: by dragging, by two clicks, and by the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QWidget

from neurosim.main_window.lesson_dock.said import Said
from neurosim.main_window.lesson_dock.sort_board import Bin, SortBoard
from neurosim.main_window.lesson_dock.sort_card import SortCard

RIGHT = {
    "adding": "same",
    "strength": "inspired",
    "firing": "inspired",
    "spikes": "different",
    "learning": "different",
    "branches": "different",
}
"""Where each thing of the lesson on biological neurons belongs."""
DIGITS = {"same": Qt.Key.Key_1, "inspired": Qt.Key.Key_2, "different": Qt.Key.Key_3}


@pytest.fixture
def runner(hand):
    """The lesson at the page that is to be sorted."""
    lessons = hand.window.commands.lessons
    hand.window.resize(1280, 1000)
    lessons.open_named("05_biological")
    hand.frame()
    runner = lessons.runner
    pages = runner.lesson.pages
    runner.go_to(next(i for i, page in enumerate(pages) if any(p.groups for p in page.predictions)))
    hand.frame()
    return runner


def seen(hand, kind: type[QWidget], name: str):
    """The one that is in sight: a card that has been made anew is there twice for a moment."""
    (found,) = [one for one in hand.window.findChildren(kind, name) if one.isVisible()]
    return found


def card(hand, name: str) -> SortCard:
    return seen(hand, SortCard, f"predict-{name}")


def told(hand, name: str) -> str:
    return seen(hand, Said, name).flow.accessibleName()


def where(hand, name: str) -> str:
    lies = card(hand, name).parentWidget()
    assert isinstance(lies, Bin)
    return lies.name


def press(hand, name: str, key: Qt.Key) -> None:
    QTest.keyClick(card(hand, name), key)
    hand.frame()


def sort_all(hand, places: dict[str, str]) -> None:
    for name, group in places.items():
        press(hand, name, DIGITS[group])


def commit(hand) -> None:
    QTest.mouseClick(hand.find(QPushButton, "predictButton"), Qt.MouseButton.LeftButton)
    hand.frame()


def test_digits_sort_and_the_keyboard_goes_on_to_the_next(hand, runner) -> None:
    assert not hand.find(QPushButton, "predictButton").isEnabled()
    card(hand, "adding").setFocus()
    press(hand, "adding", Qt.Key.Key_1)
    assert where(hand, "adding") == "same"
    assert hand.window.focusWidget() is card(hand, "strength")
    press(hand, "strength", Qt.Key.Key_9)
    assert where(hand, "strength") == "", "there is no ninth group"
    for key, lies in ((Qt.Key.Key_Down, "same"), (Qt.Key.Key_Down, "inspired"), (Qt.Key.Key_Up, "same")):
        press(hand, "strength", key)
        assert where(hand, "strength") == lies
        assert card(hand, "strength").hasFocus(), "an arrow takes it further and stays with it"
    press(hand, "strength", Qt.Key.Key_Backspace)
    assert where(hand, "strength") == ""
    assert card(hand, "adding").accessibleName().endswith("The same")
    assert card(hand, "strength").accessibleName().endswith("not sorted yet")


def test_a_card_is_dragged_into_a_group_and_esc_lets_it_go(hand, runner) -> None:
    dragged = card(hand, "spikes")
    target = hand.find(Bin, "sortBin-different")

    def move(at: QPoint) -> None:
        held, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        inside = QPointF(dragged.mapFromGlobal(at))
        QApplication.sendEvent(dragged, QMouseEvent(QEvent.Type.MouseMove, inside, QPointF(at), held, held, none))

    start = dragged.mapToGlobal(dragged.rect().center())
    goal = target.mapToGlobal(target.rect().center())
    QTest.mousePress(dragged, Qt.MouseButton.LeftButton, pos=dragged.rect().center())
    for part in (0.3, 0.7, 1.0):
        move(start + QPoint(round((goal - start).x() * part), round((goal - start).y() * part)))
    QTest.keyClick(dragged, Qt.Key.Key_Escape)
    QTest.mouseRelease(dragged, Qt.MouseButton.LeftButton, pos=dragged.mapFromGlobal(goal))
    assert where(hand, "spikes") == "", "Esc leaves it where it was"
    QTest.mousePress(dragged, Qt.MouseButton.LeftButton, pos=dragged.rect().center())
    for part in (0.3, 0.7, 1.0):
        move(start + QPoint(round((goal - start).x() * part), round((goal - start).y() * part)))
    assert where(hand, "spikes") == "", "it is put down when it is let go"
    QTest.mouseRelease(dragged, Qt.MouseButton.LeftButton, pos=dragged.mapFromGlobal(goal))
    assert where(hand, "spikes") == "different"


def test_two_clicks_do_as_well(hand, runner) -> None:
    QTest.mouseClick(card(hand, "adding"), Qt.MouseButton.LeftButton)
    assert card(hand, "adding").isChecked()
    group = hand.find(Bin, "sortBin-same")
    QTest.mouseClick(group, Qt.MouseButton.LeftButton, pos=QPoint(40, group.height() - 6))
    hand.frame()
    assert where(hand, "adding") == "same"
    assert not card(hand, "adding").isChecked()


def test_nothing_is_told_before_all_is_sorted_and_committed(hand, runner) -> None:
    sort_all(hand, {name: group for name, group in RIGHT.items() if name != "branches"})
    assert not hand.find(QPushButton, "predictButton").isEnabled()
    runner.next()
    assert runner.stage == 0, "the page waits"
    press(hand, "branches", Qt.Key.Key_1)
    commit(hand)
    assert runner.progress.predictions["likeness"].endswith("branches=same")
    assert not any(said.isVisible() for said in hand.find(SortBoard, "predictOptions").findChildren(Said))
    runner.next()
    hand.frame()
    assert told(hand, "predictKept") == "5 of 6 lie where they belong."
    assert told(hand, "sorted-branches") == "Different. The artificial sum has no shape."
    assert where(hand, "branches") == "same", "the prediction is kept beside what is so"
    press(hand, "branches", Qt.Key.Key_3)
    assert where(hand, "branches") == "same", "and stays as it is"


def test_all_right_is_told_and_undo_takes_it_back(hand, runner) -> None:
    sort_all(hand, RIGHT)
    commit(hand)
    runner.next()
    hand.frame()
    assert told(hand, "predictKept") == "6 of 6 lie where they belong."
    hand.window.document.undo()
    hand.window.document.undo()
    hand.frame()
    assert "likeness" not in runner.progress.predictions
    assert where(hand, "adding") == ""


def test_cards_keep_within_the_page_and_are_large_enough(hand, runner) -> None:
    page = hand.find(QScrollArea, "lessonPage")
    sort_all(hand, RIGHT)
    commit(hand)
    runner.next()
    hand.frame()
    sheet = page.widget()
    assert sheet is not None
    assert sheet.width() <= page.viewport().width()
    for name in RIGHT:
        widget: QWidget = card(hand, name)
        assert widget.height() >= 24
        assert widget.mapTo(sheet, QPoint(widget.width(), 0)).x() <= page.viewport().width()
