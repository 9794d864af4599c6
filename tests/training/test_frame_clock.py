"""The frame clock: requests coalesce, frames keep their distance, and nothing ticks while nothing is asked for."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from neurosim.training.frame_clock import FrameClock


class Time:
    """A time source that stands still until it is set."""

    def __init__(self) -> None:
        self.value = 100.0

    def __call__(self) -> float:
        return self.value


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def clock(qtbot: QtBot, time: Time) -> FrameClock:
    return FrameClock(now=time, interval=0.016)


def test_many_requests_are_one_frame(qtbot: QtBot, clock: FrameClock) -> None:
    ticks: list[float] = []
    clock.ticked.connect(ticks.append)
    assert not clock.pending
    with qtbot.waitSignal(clock.ticked):
        for _ in range(100):
            clock.request()
        assert clock.pending
    assert len(ticks) == 1
    assert not clock.pending


def test_the_first_frame_and_one_after_a_long_sleep_last_one_interval(
    qtbot: QtBot, clock: FrameClock, time: Time
) -> None:
    ticks: list[float] = []
    clock.ticked.connect(ticks.append)
    for moment in (100.0, 100.02, 160.0):
        time.value = moment
        with qtbot.waitSignal(clock.ticked):
            clock.request()
    assert ticks == pytest.approx([16.0, 20.0, 16.0])


def test_a_frame_waits_until_the_interval_is_over(qtbot: QtBot, clock: FrameClock, time: Time) -> None:
    with qtbot.waitSignal(clock.ticked):
        clock.request()
    clock.request()
    assert clock.remaining == 16
    clock.stop()
    time.value += 0.010
    clock.request()
    assert clock.remaining == 6
    clock.stop()
    time.value += 1.0
    clock.request()
    assert clock.remaining == 0


def test_a_hand_waits_a_moment_for_its_next_move_and_a_frame_nearly_due_begins_with_it(
    qtbot: QtBot, clock: FrameClock, time: Time
) -> None:
    with qtbot.waitSignal(clock.ticked):
        clock.request_for_hand()
    time.value += 0.004
    clock.request_for_hand()
    assert clock.remaining == 14  # 12 until the frame is due, and 2 of patience
    time.value += 0.008
    clock.request_for_hand()
    assert clock.remaining == 14  # too early
    time.value += 0.001
    with qtbot.waitSignal(clock.ticked):
        clock.request_for_hand()
        assert clock.remaining == 0


def test_a_request_within_a_frame_is_the_next_frame(qtbot: QtBot, clock: FrameClock, time: Time) -> None:
    ticks: list[float] = []

    def on_tick(_milliseconds: float) -> None:
        ticks.append(time.value)
        time.value += 0.02
        if len(ticks) < 3:
            clock.request()

    clock.ticked.connect(on_tick)
    clock.request()
    qtbot.waitUntil(lambda: len(ticks) == 3)
    assert not clock.pending


def test_what_is_left_of_a_frame(qtbot: QtBot, clock: FrameClock, time: Time) -> None:
    assert clock.left == 0
    with qtbot.waitSignal(clock.ticked):
        clock.request()
    time.value += 0.010
    assert clock.left == pytest.approx(0.006)
    time.value += 0.010
    assert clock.left == 0


def test_one_long_view_has_its_turn_in_a_frame(qtbot: QtBot, clock: FrameClock, time: Time) -> None:
    with qtbot.waitSignal(clock.ticked):
        clock.request()
    assert not clock.turn_taken
    clock.take_turn()
    assert clock.turn_taken
    time.value += 0.016
    with qtbot.waitSignal(clock.ticked):
        clock.request()
    assert not clock.turn_taken


def test_tells_when_what_the_frame_changed_has_been_painted(qtbot: QtBot, clock: FrameClock) -> None:
    told: list[str] = []

    class Sheet(QWidget):
        def paintEvent(self, _event: QPaintEvent) -> None:
            told.append("paint")

    sheet = Sheet()
    qtbot.addWidget(sheet)
    sheet.show()
    qtbot.waitUntil(lambda: bool(told))
    told.clear()
    clock.ticked.connect(lambda _milliseconds: (told.append("frame"), sheet.update()))
    clock.painted.connect(lambda: told.append("painted"))
    for _ in range(3):
        with qtbot.waitSignal(clock.painted):
            clock.request()
        clock.stop()
    assert told == ["frame", "paint", "painted"] * 3


def test_a_clock_that_was_stopped_tells_of_no_painting(qtbot: QtBot, clock: FrameClock) -> None:
    told: list[str] = []
    clock.painted.connect(lambda: told.append("painted"))
    clock.ticked.connect(lambda _milliseconds: clock.stop())
    with qtbot.waitSignal(clock.ticked):
        clock.request()
    turned: list[bool] = []
    QTimer.singleShot(20, lambda: turned.append(True))
    qtbot.waitUntil(lambda: bool(turned))
    assert told == []
