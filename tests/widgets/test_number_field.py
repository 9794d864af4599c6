"""The number field by hand: typing, scrubbing, stepping, and never losing what was typed."""

from __future__ import annotations

from fractions import Fraction

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QVBoxLayout, QWidget

from neurosim.widgets.bubble import Bubble
from neurosim.widgets.display import Display
from neurosim.widgets.number_field import PIXELS_PER_STEP, NumberField

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Page:
    """A window with a number field and another field that can take the focus."""

    def __init__(self, qtbot):
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.display = Display()
        self.field = NumberField(self.display, self.window)
        self.field.setObjectName("numberField")
        self.field.setAccessibleName("Weight")
        self.other = QLineEdit(self.window)
        layout = QVBoxLayout(self.window)
        layout.addWidget(self.other)
        layout.addWidget(self.field)
        self.committed: list[object] = []
        self.scrubbed: list[object] = []
        self.gestures: list[str] = []
        self.field.committed.connect(self.committed.append)
        self.field.scrubbed.connect(self.scrubbed.append)
        self.field.scrub_started.connect(lambda: self.gestures.append("started"))
        self.field.scrub_finished.connect(lambda: self.gestures.append("finished"))
        self.field.scrub_cancelled.connect(lambda: self.gestures.append("cancelled"))
        self.window.show()
        self.window.activateWindow()
        qtbot.waitActive(self.window).__enter__()
        self.other.setFocus()

    def type(self, text, enter=True):
        self.field.setFocus()
        self.field.selectAll()
        for character in text:  # QTest.keyClicks ends the program at U+2212
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(self.field, QKeyEvent(kind, Qt.Key.Key_unknown, NONE, character))
        if enter:
            QTest.keyClick(self.field, Qt.Key.Key_Return)

    def mouse(self, kind, x, buttons=LEFT, modifiers=NONE):
        place = QPointF(30 + x, 12)
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else LEFT
        QApplication.sendEvent(
            self.field, QMouseEvent(kind, place, QPointF(self.field.mapToGlobal(place)), button, buttons, modifiers)
        )

    def drag(self, *places, modifiers=NONE, release=True):
        """Press, move to each of *places* (pixels from where the drag is recognised), release."""
        self.mouse(QEvent.Type.MouseButtonPress, -5)
        self.mouse(QEvent.Type.MouseMove, 0, modifiers=modifiers)
        for place in places:
            self.mouse(QEvent.Type.MouseMove, place, modifiers=modifiers)
        if release:
            self.mouse(QEvent.Type.MouseButtonRelease, places[-1], buttons=Qt.MouseButton.NoButton)

    def note(self):
        bubble = self.field.findChild(Bubble)
        return bubble.text() if bubble is not None and bubble.isVisible() else ""


@pytest.fixture
def page(qtbot):
    return Page(qtbot)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1/3", Fraction(1, 3)),
        ("-136/3", Fraction(-136, 3)),
        ("\u2212" + "14", Fraction(-14)),
        ("1 1/3", Fraction(4, 3)),
        ("0.1", Fraction(1, 10)),
        ("-2^3", Fraction(-8)),
        ("sqrt(4)", Fraction(2)),
    ],
)
def test_typed_numbers_stay_exact(page, typed, meant):
    page.type(typed)
    assert page.committed == [meant]
    assert isinstance(page.field.value(), Fraction)


def test_the_note_says_how_the_text_is_read_while_it_is_typed(page):
    page.type("-136/3", enter=False)
    assert page.note() == "reads as −136/3 ~ −45.33"
    assert page.committed == []
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    assert page.note() == ""


def test_enter_keeps_the_focus_and_the_same_number_is_not_a_change(page):
    page.field.set_value(Fraction(1, 3))
    page.type("2/6")
    assert page.committed == []
    assert page.field.hasFocus()
    assert page.field.text() == "1/3"


def test_a_rounded_number_typed_exactly_is_a_change(page):
    page.field.set_value(0.5)
    page.type("1/2")
    assert page.committed == [Fraction(1, 2)]
    assert isinstance(page.field.value(), Fraction)


def test_leaving_commits_what_can_be_read(page):
    page.type("2/7", enter=False)
    page.other.setFocus()
    assert page.committed == [Fraction(2, 7)]
    assert page.note() == ""


def test_leaving_with_unreadable_text_keeps_text_sentence_and_number(page):
    page.field.set_value(Fraction(5))
    page.type("2/x", enter=False)
    page.other.setFocus()
    assert page.committed == []
    assert page.field.value() == 5
    assert page.field.text() == "2/x"
    assert "x" in page.note()
    assert page.field.property("invalid") is True
    assert page.field.problem() == page.note()
    page.field.set_value(Fraction(6))
    assert page.field.text() == "2/x", "a new value from elsewhere wiped what was typed"
    page.field.setFocus()
    QTest.keyClick(page.field, Qt.Key.Key_Escape)
    assert page.field.text() == "6"
    assert page.note() == ""
    assert page.field.property("invalid") is False


def test_escape_brings_the_number_back_and_a_second_one_is_left_to_the_window(page):
    page.field.set_value(Fraction(1, 3))
    page.type("77", enter=False)
    QTest.keyClick(page.field, Qt.Key.Key_Escape)
    assert page.field.text() == "1/3"
    assert page.committed == []
    again = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, NONE)
    QApplication.sendEvent(page.field, again)
    assert not again.isAccepted()


def test_editing_shows_every_digit_and_loses_none(page):
    exact = Fraction(363463, 151875)
    page.field.set_value(exact)
    assert page.field.text() == "~2.39317"
    page.field.setFocus()
    assert page.field.text() == "363463/151875"
    page.other.setFocus()
    assert page.committed == []
    assert page.field.value() == exact
    assert page.field.text() == "~2.39317"


def test_a_float_survives_being_visited(page):
    page.field.set_value(0.1 + 0.2)
    page.field.setFocus()
    assert page.field.text() == "0.30000000000000004"
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    page.other.setFocus()
    assert page.committed == []
    assert page.field.value() == 0.1 + 0.2


def test_limits_and_checks_are_sentences(page):
    page.field.set_value(Fraction(1))
    page.field.set_range(minimum=Fraction(0), maximum=Fraction(10))
    page.type("-1")
    assert page.note() == "At least 0 is needed."
    page.type("11")
    assert page.note() == "At most 10 is possible."
    page.field.set_check(lambda value: None if value.denominator == 1 else "A whole number is needed.")
    page.type("1/2")
    assert page.note() == "A whole number is needed."
    page.type("3")
    assert page.committed == [Fraction(3)]


def test_dragging_sets_multiples_of_the_step_and_is_one_gesture(page):
    page.field.set_value(Fraction(1, 3))
    page.drag(PIXELS_PER_STEP, 3 * PIXELS_PER_STEP, 2 * PIXELS_PER_STEP)
    # From 1/3 the multiples of 1/10 above it are 4/10, 5/10, 6/10.
    assert page.scrubbed == [Fraction(4, 10), Fraction(6, 10), Fraction(5, 10)]
    assert all(isinstance(value, Fraction) for value in page.scrubbed)
    assert page.gestures == ["started", "finished"]
    assert page.committed == []
    assert not page.field.hasFocus()


def test_dragging_back_to_where_it_began_gives_the_first_number_exactly(page):
    page.field.set_value(Fraction(1, 3))
    page.drag(-2 * PIXELS_PER_STEP, 0)
    assert page.scrubbed == [Fraction(2, 10), Fraction(1, 3)]


@pytest.mark.parametrize(("modifiers", "reached"), [(CONTROL, Fraction(-4)), (SHIFT, Fraction(-598, 100))])
def test_control_is_coarse_and_shift_is_fine(page, modifiers, reached):
    page.field.set_value(Fraction(-6))
    page.drag(2 * PIXELS_PER_STEP, modifiers=modifiers)
    assert page.scrubbed == [reached]


def test_the_step_can_be_set(page):
    page.field.set_value(Fraction(1, 30))
    page.field.set_step(Fraction(1, 100))
    page.field.set_range(minimum=Fraction(0))
    page.drag(PIXELS_PER_STEP, -10 * PIXELS_PER_STEP)
    assert page.scrubbed == [Fraction(4, 100), Fraction(0)]


def test_escape_during_a_drag_restores_even_with_the_focus_elsewhere(page):
    page.field.set_value(Fraction(1, 3))
    page.drag(5 * PIXELS_PER_STEP, release=False)
    assert page.other.hasFocus()
    QTest.keyClick(page.other, Qt.Key.Key_Escape)
    assert page.field.value() == Fraction(1, 3)
    assert page.gestures == ["started", "cancelled"]
    page.mouse(QEvent.Type.MouseMove, 9 * PIXELS_PER_STEP)
    page.mouse(QEvent.Type.MouseButtonRelease, 9 * PIXELS_PER_STEP, buttons=Qt.MouseButton.NoButton)
    assert page.field.value() == Fraction(1, 3)
    assert page.gestures == ["started", "cancelled"]


def test_a_drag_first_takes_what_is_being_typed_in_another_field(page, qtbot):
    second = NumberField(page.display, page.window)
    page.window.layout().addWidget(second)
    second.show()
    taken = []
    second.committed.connect(taken.append)
    second.setFocus()
    QTest.keyClicks(second, "7/8")
    page.drag(PIXELS_PER_STEP)
    assert taken == [Fraction(7, 8)]
    assert page.gestures == ["started", "finished"]


def test_a_click_begins_to_type_and_a_drag_in_a_typed_field_selects(page):
    page.field.set_value(Fraction(1, 3))
    assert page.field.cursor().shape() == Qt.CursorShape.SizeHorCursor
    QTest.mouseClick(page.field, LEFT)
    assert page.field.hasFocus()
    assert page.field.selectedText() == "1/3"
    assert page.field.cursor().shape() == Qt.CursorShape.IBeamCursor
    page.drag(4 * PIXELS_PER_STEP)
    assert page.scrubbed == []


def test_moving_out_before_releasing_does_nothing(page):
    page.mouse(QEvent.Type.MouseButtonPress, 0)
    page.mouse(QEvent.Type.MouseButtonRelease, -300, buttons=Qt.MouseButton.NoButton)
    assert not page.field.hasFocus()


@pytest.mark.parametrize(
    ("key", "modifiers", "reached"),
    [
        (Qt.Key.Key_Up, NONE, Fraction(4, 10)),
        (Qt.Key.Key_Down, NONE, Fraction(3, 10)),
        (Qt.Key.Key_Up, SHIFT, Fraction(34, 100)),
        (Qt.Key.Key_Down, SHIFT, Fraction(33, 100)),
        (Qt.Key.Key_PageUp, NONE, Fraction(1)),
        (Qt.Key.Key_PageDown, NONE, Fraction(0)),
    ],
)
def test_keys_step(page, key, modifiers, reached):
    page.field.set_value(Fraction(1, 3))
    page.field.setFocus()
    QTest.keyClick(page.field, key, modifiers)
    assert page.scrubbed == [reached]
    assert page.gestures == ["started", "finished"]


def test_a_held_key_is_one_gesture(page):
    page.field.setFocus()
    for repeat in (False, True, True):
        page_up = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Up, NONE, "", repeat)
        QApplication.sendEvent(page.field, page_up)
    QApplication.sendEvent(page.field, QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_Up, NONE, "", False))
    assert page.scrubbed == [Fraction(1, 10), Fraction(2, 10), Fraction(3, 10)]
    assert page.gestures == ["started", "finished"]


def test_stepping_starts_from_what_was_typed(page):
    page.type("5", enter=False)
    QTest.keyClick(page.field, Qt.Key.Key_Up)
    assert page.committed == [Fraction(5)]
    assert page.scrubbed == [Fraction(51, 10)]


def test_a_disabled_or_read_only_field_is_not_scrubbed(page):
    page.field.setReadOnly(True)
    page.drag(5 * PIXELS_PER_STEP)
    assert page.scrubbed == []
    page.field.setFocus()
    QTest.keyClick(page.field, Qt.Key.Key_Up)
    assert page.scrubbed == []


def test_undo_reaches_the_window_unless_text_was_typed(page):
    page.field.setFocus()
    undo = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, CONTROL)
    QApplication.sendEvent(page.field, undo)
    assert not undo.isAccepted()
    QTest.keyClicks(page.field, "12")
    undo = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, CONTROL)
    QApplication.sendEvent(page.field, undo)
    assert undo.isAccepted()
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    undo = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, CONTROL)
    QApplication.sendEvent(page.field, undo)
    assert not undo.isAccepted(), "what was typed is taken: Undo takes it back in the document"


def test_the_display_decides_how_it_looks(page):
    page.field.set_value(Fraction(1, 3))
    page.display.mode = "decimal"
    assert page.field.text() == "~0.3333"
    page.display.decimal = ","
    assert page.field.text() == "~0,3333"
    page.type("2,5")
    assert page.committed == [Fraction(5, 2)]


def test_the_menu_copies_in_both_forms(page):
    page.field.set_value(Fraction(-136, 3))
    QApplication.sendEvent(
        page.field,
        QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(5, 5), page.field.mapToGlobal(QPoint(5, 5))),
    )
    menu = page.field.findChild(QMenu)
    actions = {action.objectName(): action for action in menu.actions()}
    actions["copyExact"].trigger()
    assert QGuiApplication.clipboard().text() == "-136/3"
    actions["copyDecimal"].trigger()
    assert QGuiApplication.clipboard().text() == "-45.333333333333336"
    menu.close()
