"""Arrow keys tapped in a row on the plots other than the data plot: one entry, until a pause or something else."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from neurosim.training.frame_clock import FrameClock
from samples import lecture_state

KEY = Qt.Key
PANELS = {"loss_map": KEY.Key_Right, "decision": KEY.Key_Up, "activation": KEY.Key_Right}


@pytest.fixture(params=PANELS)
def timed(request, bench):
    """One of the plots under a clock that is set by hand, and a key that moves something on it."""

    class Time:
        now = 0.0

    time = Time()
    made = bench(request.param, lecture_state(), FrameClock(lambda: time.now))
    made.time, made.key = time, PANELS[request.param]
    made.plot.setFocus()
    return made


def tap(made, count: int, every: float = 0.25) -> None:
    for _ in range(count):
        made.time.now += every
        QTest.keyClick(made.plot, made.key)


def test_quick_taps_are_one_entry_and_a_pause_begins_another(timed) -> None:
    before = timed.document.state
    tap(timed, 3)
    after = timed.document.state
    assert timed.entries() == 1
    tap(timed, 2, every=0.8)
    assert timed.entries() == 3
    timed.document.undo()
    timed.document.undo()
    assert timed.document.state == after != before
    timed.document.undo()
    assert timed.document.state == before


def test_esc_takes_the_taps_back_and_a_pause_lets_go(timed, qtbot) -> None:
    before = timed.document.state
    tap(timed, 2)
    QTest.keyClick(timed.plot, KEY.Key_Escape)
    assert timed.document.state == before
    assert timed.entries() == 0
    tap(timed, 1)
    assert timed.document.history.head.open
    timed.time.now += 1.0
    qtbot.waitUntil(lambda: not timed.document.history.head.open)


def test_a_press_of_the_mouse_begins_another_entry(timed) -> None:
    tap(timed, 1)
    QTest.mouseClick(timed.plot.viewport(), Qt.MouseButton.LeftButton)
    timed.plot.setFocus()
    tap(timed, 1)
    assert timed.entries() == 2
