"""Presenting without a real screen: what is put away and put back, the teacher's window, the size of all digits."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextBrowser, QWidget

from neurosim.panels.stage.numbers_view import NumbersView
from neurosim.panels.stage.sizes import StageSizes, digit_height, stage_font
from neurosim.widgets.theme import theme


def _present(hand) -> None:
    QTest.keyClick(hand.window, Qt.Key.Key_F5)
    for _ in range(3):
        hand.frame()


def test_a_class_is_shown_no_hint(hand):
    invitation = hand.window.workspace.made["data_plot"]._invitation
    hand.frame()
    assert not invitation.box().isEmpty()
    _present(hand)
    assert invitation.box().isEmpty()
    QTest.keyClick(hand.window, Qt.Key.Key_Escape)
    hand.frame()
    assert not invitation.box().isEmpty()


@pytest.mark.parametrize("height", [720, 1080, 2160])
def test_digits_are_as_high_as_the_back_row_needs(qapp, height):
    sizes = StageSizes.of(height)
    assert digit_height(stage_font(sizes.number)) >= 0.03 * height - 1
    assert digit_height(stage_font(sizes.words)) >= 0.02 * height - 1


def test_everything_is_as_before_when_the_presentation_ends(hand):
    window = hand.window
    window.appearance.set_percent(110)
    window.workspace.open_panel("values")
    hand.frame()
    shown = {name for name, dock in window.workspace.docks.items() if not dock.isHidden()}
    _present(hand)
    assert window.presentation.active
    assert theme().name == "projector"
    assert theme().zoom != 1.1
    assert window.menuBar().isHidden()
    assert window.step_bar.isHidden()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    hand.frame()
    assert not window.presentation.active
    assert (theme().name, theme().zoom) == ("light", 1.1)
    assert not window.menuBar().isHidden()
    assert {name for name, dock in window.workspace.docks.items() if not dock.isHidden()} == shown
    assert all(dock.bar.sizeHint().height() > 20 for dock in window.workspace.docks.values())
    assert QSettings().value("view/theme", "light", type=str) == "light"


def test_the_stage_shows_the_line_and_frames_what_a_step_has_changed(hand):
    window = hand.window
    _present(hand)
    line = hand.find(QWidget, "stageLine")
    numbers = hand.find(NumbersView, "stageNumbers")
    for _ in range(9):
        QTest.keyClick(window, Qt.Key.Key_Space)
        hand.frame()
    assert line.accessibleName().startswith("line 9 of 15")
    assert "466/9" in numbers.accessibleDescription()
    assert numbers.changed == frozenset()
    for _ in range(6):
        QTest.keyClick(window, Qt.Key.Key_N)
        hand.frame()
    assert window.document.state.training.step == 1
    assert "8149/2025" in numbers.accessibleDescription()
    assert numbers.changed == {"step", "loss · mean", "∂L/∂a", "∂L/∂b"}
    QTest.keyClick(window, Qt.Key.Key_P)
    hand.frame()
    assert window.session.walk.position == 14


def test_keys_that_write_stay_with_the_field_in_which_one_writes(hand):
    window = hand.window
    _present(hand)
    window.graph.setFocus()
    hand.click_in_graph(window.graph.drawing.chips.chips["a", "weight"].centre)
    hand.frame()
    edit = window.focusWidget()
    QTest.keyClicks(edit, "2.5")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    hand.frame()
    assert window.document.state.network.parameters["a"] * 2 == 5
    assert window.presentation.curtain.kind is None


def test_the_teacher_sees_notes_and_the_next_page_and_the_class_does_not(hand):
    window = hand.window
    lessons = window.commands.lessons
    lessons.open_named("12_worked_step")
    lessons.panel.set_teacher(True)
    window.book["teacherWindow"].trigger()
    hand.frame()
    teacher = window.teacher_window
    assert teacher.isVisible()
    now, coming, notes = (teacher.findChild(QTextBrowser, f"teacher{name}") for name in ("Now", "Next", "Notes"))
    assert "Two points and a line that misses them" in now.toPlainText()
    assert "What the neuron predicts" in coming.toPlainText()
    assert "updated one after the other" in notes.toPlainText()
    window.book["presentAction"].trigger()
    hand.frame()
    assert not lessons.panel.teacher
    QTest.mouseClick(teacher.findChild(QWidget, "teacherForward"), Qt.MouseButton.LeftButton)
    hand.frame()
    assert "What the neuron predicts" in now.toPlainText()
    QTest.keyClick(coming, Qt.Key.Key_PageUp)
    hand.frame()
    assert "Two points and a line that misses them" in now.toPlainText()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    hand.frame()
    assert lessons.panel.teacher
    teacher.hide()


def _standing(window) -> dict[str, tuple[int, int, int, int]]:
    return {name: dock.geometry().getRect() for name, dock in window.workspace.docks.items() if dock.in_front}


def _on_stage(window) -> set[str]:
    return {name for name, dock in window.workspace.docks.items() if dock.isVisible()}


def _leave(hand) -> None:
    QTest.keyClick(hand.window, Qt.Key.Key_Escape)
    assert not hand.window.presentation.active
    hand.window.resize(1280, 720)
    for _ in range(3):
        hand.frame()


def test_the_panels_of_the_page_that_one_is_on_stand_there_afterwards(open_window):
    hand = open_window(size=(1280, 720))
    hand.turn_to("12", 2)
    hand.turn_to("12", 6)
    expected = _standing(hand.window)
    hand.turn_to("8", 0)
    first = _standing(hand.window)
    assert set(first) != set(expected)
    _present(hand)
    hand.turn_to("12", 6)
    _leave(hand)
    assert set(_standing(hand.window)) == set(expected)
    for name, place in _standing(hand.window).items():
        assert all(abs(one - other) <= 2 for one, other in zip(place, expected[name], strict=True)), name
    hand.turn_to("8", 0)
    assert set(_standing(hand.window)) == set(first)


def test_a_lesson_opened_before_the_class_takes_the_stage_and_gives_it_back_when_it_is_left(open_window):
    hand = open_window(size=(1280, 720))
    window = hand.window
    before = _standing(window)
    _present(hand)
    assert _on_stage(window) == {"data_plot", "stage"}
    hand.turn_to("8", 0)
    assert _on_stage(window) == {"lesson", "calculus"}
    assert not window.graph.isVisible()
    hand.turn_to("12", 2)
    assert "lesson" in _on_stage(window)
    assert window.graph.isVisible()
    window.book["lessonLeave"].trigger()
    hand.frame()
    assert _on_stage(window) == {"data_plot", "stage"}
    QTest.keyClick(window, Qt.Key.Key_Space)
    hand.frame()
    assert window.session.walk.position == 1
    _leave(hand)
    after = _standing(window)
    assert set(after) - {"lesson", "inspector"} == set(before) - {"lesson", "inspector"}
    assert "lesson" in after  # the list of lessons, to go on from
    assert {name: after[name] for name in ("data_plot", "working")} == {
        name: before[name] for name in ("data_plot", "working")
    }


def test_a_lesson_opened_before_the_class_stays_open_with_the_panels_of_its_page(open_window):
    hand = open_window(size=(1280, 720))
    window = hand.window
    hand.turn_to("8", 0)
    expected = set(_standing(window))
    window.book["lessonLeave"].trigger()
    hand.frame()
    before = set(_standing(window))
    _present(hand)
    hand.turn_to("8", 0)
    _leave(hand)
    assert set(_standing(window)) == expected
    window.book["lessonLeave"].trigger()
    hand.frame()
    assert set(_standing(window)) == before


def test_no_line_is_cut_in_the_largest_letters(hand):
    window = hand.window
    _present(hand)
    window.resize(1280, 720)
    for _ in range(30):
        QTest.keyClick(window, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
        hand.frame()
    assert theme().zoom == 3.0
    line = hand.find(QWidget, "stageLine")
    assert line.width() > 0.5 * window.width()
    for number in range(1, 16):
        QTest.keyClick(window, Qt.Key.Key_PageDown)
        hand.frame()
        assert line.accessibleName().startswith(f"line {number} of 15")
        shown = line.grab().toImage()
        lowest = {shown.pixelColor(x, shown.height() - 1).name() for x in range(shown.width())}
        assert len(lowest) == 1, f"line {number} goes on under its room"


def test_short_formulas_stand_side_by_side_instead_of_becoming_small(hand):
    window = hand.window
    _present(hand)
    window.resize(1280, 720)
    hand.frame()
    for _ in range(15):
        QTest.keyClick(window, Qt.Key.Key_PageDown)
        hand.frame()
    line = hand.find(QWidget, "stageLine")
    assert line.accessibleName().startswith("line 15 of 15")
    shown = line.grab().toImage()
    ground = shown.pixelColor(0, 0)
    # New a, new b and the loss are spread over the width: ink in the last third, below the words.
    lower = range(round(shown.height() * 0.45), round(shown.height() * 0.8))
    inked = [x for x in range(shown.width()) if any(shown.pixelColor(x, y) != ground for y in lower)]
    assert max(inked) > 0.6 * shown.width()
    # And each of them is nearly as high as two digits over one another must be: 3 % of the height each.
    rows = [y for y in lower if any(shown.pixelColor(x, y) != ground for x in range(shown.width()))]
    assert max(rows) - min(rows) >= 2 * 0.03 * 720 - 4


def test_tab_goes_into_no_title_that_the_class_does_not_see(hand):
    window = hand.window
    _present(hand)
    for _ in range(12):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        hand.frame()
        above = reached = window.focusWidget()
        while above is not None:
            assert not above.size().isEmpty(), reached.objectName()
            above = above.parentWidget()
