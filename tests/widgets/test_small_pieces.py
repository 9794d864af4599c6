"""Choices, sections, empty views, short labels, the display, and what screen readers hear."""

from __future__ import annotations

import gc
import weakref
from fractions import Fraction

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget

from neurosim.widgets.announce import Announcer, announce
from neurosim.widgets.display import NOTHING, Display
from neurosim.widgets.elided_label import ElidedLabel
from neurosim.widgets.empty_state import EmptyState
from neurosim.widgets.number_field import NumberField
from neurosim.widgets.scrub import Scrub, moved
from neurosim.widgets.section import Section
from neurosim.widgets.segments import Segments
from neurosim.widgets.seldom import Seldom

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def speeds(qtbot):
    segments = Segments((("1x", "1×"), ("10x", "10×"), ("max", "max")))
    qtbot.addWidget(segments)
    segments.show()
    return segments


def test_one_segment_is_on(speeds):
    chosen = []
    speeds.chosen.connect(chosen.append)
    assert speeds.value() == "1x"
    QTest.mouseClick(speeds.button("max"), LEFT)
    QTest.mouseClick(speeds.button("max"), LEFT)
    assert chosen == ["max"]
    assert [speeds.button(name).isChecked() for name in ("1x", "10x", "max")] == [False, False, True]
    speeds.set_value("10x")
    assert chosen == ["max"], "only the user's choice is a signal"
    with pytest.raises(KeyError):
        speeds.set_value("100x")


def test_arrows_choose_and_there_is_one_tab_stop(speeds):
    chosen = []
    speeds.chosen.connect(chosen.append)
    QTest.keyClick(speeds.button("1x"), Qt.Key.Key_Left)
    QTest.keyClick(speeds.button("1x"), Qt.Key.Key_Right)
    speeds.button("max").setEnabled(False)
    QTest.keyClick(speeds.button("10x"), Qt.Key.Key_Right)
    assert chosen == ["10x"]
    stops = [button for button in speeds.findChildren(QToolButton) if button.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [speeds.button("10x")]


def test_no_choice_is_no_segments(qtbot):
    with pytest.raises(ValueError, match="at least one"):
        Segments(())


def test_a_section_opens_and_closes(qtbot):
    section = Section("Training", is_open=False)
    qtbot.addWidget(section)
    body = QLabel("body")
    section.body_layout.addWidget(body)
    section.show()
    told = []
    section.toggled.connect(told.append)
    assert not body.isVisible()
    title = section.findChild(QToolButton, "sectionTitle")
    QTest.keyClick(title, Qt.Key.Key_Space)
    assert body.isVisible()
    assert section.is_open()
    QTest.mouseClick(title, LEFT)
    assert not body.isVisible()
    assert told == [True, False]
    assert title.accessibleDescription() == "closed"


def test_an_empty_view_does_what_its_button_says(qtbot):
    done = []
    empty = EmptyState("No rows yet: open a table.", "Open data…", lambda: done.append("opened"), "table")
    qtbot.addWidget(empty)
    empty.show()
    QTest.mouseClick(empty.findChild(QPushButton, "emptyStateButton"), LEFT)
    assert done == ["opened"]
    empty.set_sentence("The table has no numbers.")
    assert empty.findChild(QLabel, "emptyStateSentence").text() == "The table has no numbers."
    silent = EmptyState("Nothing is selected.")
    qtbot.addWidget(silent)
    silent.show()
    assert silent.findChild(QPushButton) is None


def test_a_short_label_keeps_its_whole_text(qtbot):
    sentence = "This sentence is far too long for the room that it has."
    label = ElidedLabel(sentence)
    qtbot.addWidget(label)
    label.resize(90, 20)
    label.show()
    assert label.text().endswith("…")
    assert label.fontMetrics().horizontalAdvance(label.text()) <= 90
    assert (label.toolTip(), label.accessibleName(), label.whole_text()) == (sentence, sentence, sentence)
    label.resize(label.sizeHint().width(), 20)
    assert label.text() == sentence
    assert label.toolTip() == ""


def test_the_display_writes_every_number(qtbot):
    display = Display()
    told = []
    display.changed.connect(lambda: told.append(1))
    loss = Fraction(466, 9)
    assert display.text(loss) == "466/9"
    assert display.both(loss) == "466/9 ~ 51.78"
    assert display.text(Fraction(-136, 3)) == "−136/3"
    assert display.text(None) == display.both(None) == display.full(None) == NOTHING
    display.mode = "decimal"
    display.decimal = ","
    assert display.text(loss) == "~51,78"
    display.mode = "decimal"
    display.zoom = 9
    assert display.zoom == 3.0
    display.zoom = 0.1
    assert display.zoom == 0.5
    assert len(told) == 4, "one signal for each change, none for the same again"
    with pytest.raises(ValueError, match="roman"):
        display.mode = "roman"
    with pytest.raises(ValueError, match=";"):
        display.decimal = ";"


@pytest.mark.parametrize(
    ("value", "units", "grain", "reached"),
    [
        (Fraction(1, 3), 1, Fraction(1, 10), Fraction(2, 5)),
        (Fraction(1, 3), -1, Fraction(1, 10), Fraction(3, 10)),
        (Fraction(2, 5), 1, Fraction(1, 10), Fraction(1, 2)),
        (Fraction(2, 5), -1, Fraction(1, 10), Fraction(3, 10)),
        (Fraction(-1, 3), 1, Fraction(1, 10), Fraction(-3, 10)),
        (Fraction(-1, 3), -2, Fraction(1), Fraction(-2)),
        (0.25, 1, Fraction(1, 10), Fraction(3, 10)),
    ],
)
def test_scrubbing_reaches_multiples_of_the_step(value, units, grain, reached):
    found = moved(value, units, grain)
    assert found == reached
    assert isinstance(found, Fraction)
    assert moved(value, 0, grain) is value


def test_another_grain_counts_from_where_the_value_is():
    scrub = Scrub(Fraction(0), 100.0, Fraction(1, 10))
    assert scrub.move(130.0, Fraction(1, 10), 10) == Fraction(3, 10)
    assert scrub.move(130.0, Fraction(1), 10) == Fraction(3, 10)
    assert scrub.move(140.0, Fraction(1), 10) == Fraction(1)
    assert scrub.move(150.0, Fraction(1), 10) == Fraction(2)


def test_announcements_come_at_most_twice_a_second_and_the_newest_wins(qtbot, announced):
    speaker, source = Announcer(), QWidget()
    qtbot.addWidget(source)
    for text in ("Loss 51.78.", "Loss 44.", "Loss 36.44."):
        speaker.announce(source, text)
    assert announced == ["Loss 51.78."]
    qtbot.waitUntil(lambda: len(announced) == 2)
    assert announced == ["Loss 51.78.", "Loss 36.44."]


def test_words_are_written_when_their_turn_comes_and_nothing_is_not_said(qtbot, announced):
    speaker, source, written = Announcer(), QWidget(), []
    qtbot.addWidget(source)

    def words(number):
        written.append(number)
        return f"Loss {number}." if number != 1 else ""

    for number in range(5):
        speaker.announce(source, lambda number=number: words(number))
    qtbot.waitUntil(lambda: len(announced) == 2)
    assert announced == ["Loss 0.", "Loss 4."]
    assert written == [0, 4]
    speaker.flush()
    speaker.announce(source, lambda: words(1))
    speaker.flush()
    assert announced == ["Loss 0.", "Loss 4."]


def test_a_widget_that_is_gone_says_nothing(qapp, announced):
    speaker, source = Announcer(), QWidget()
    speaker.announce(source, "one")
    speaker.announce(source, "two")
    source.deleteLater()
    qapp.sendPostedEvents(source, 52)
    speaker.flush()
    assert announced == ["one"]


@pytest.mark.parametrize("gone_before", [False, True])
def test_a_window_that_closes_is_not_spoken_for_and_not_kept(qapp, qtbot, announced, gone_before):
    window, other = QWidget(), QWidget()
    qtbot.addWidget(other)
    source = QWidget(window)
    speaker = Announcer()
    speaker.announce(source, "one")
    speaker.announce(source, source.objectName)
    speaker.forget(other)
    assert speaker._waiting is not None
    if gone_before:
        source.deleteLater()
        qapp.sendPostedEvents(source, 52)
    speaker.forget(window)
    kept = weakref.ref(source)
    del source
    gc.collect()
    window.deleteLater()
    qapp.sendPostedEvents(window, 52)
    gc.collect()
    assert kept() is None
    speaker.flush()
    assert announced == ["one"]


def test_a_number_is_announced_in_words_when_it_is_entered(qtbot, announced):
    field = NumberField(Display())
    qtbot.addWidget(field)
    field.setAccessibleName("Weight a")
    field.show()
    field.selectAll()
    QTest.keyClicks(field, "-136/3")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert announced == ["Weight a minus 136 over 3"]


def test_announce_uses_the_one_announcer(qtbot, announced):
    source = QWidget()
    qtbot.addWidget(source)
    announce(source, "Step 1.")
    assert announced == ["Step 1."]


def test_what_is_wished_for_often_is_done_at_once_and_then_at_the_end_of_the_pause(qtbot):
    done = []
    owner = QWidget()
    qtbot.addWidget(owner)
    seldom = Seldom(lambda: done.append(seldom.due), 30, owner)
    for _ in range(5):
        seldom.soon()
    assert done == [False], "the first is not kept waiting"
    assert seldom.due
    qtbot.waitUntil(lambda: len(done) == 2)
    assert not seldom.due
    seldom.now()
    seldom.soon()
    seldom.settle()
    seldom.settle()
    assert len(done) == 4, "who looks has what is due at once, and once"
