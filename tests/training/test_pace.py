"""At full speed views keep a pace and take turns; at all other times they show every frame."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest
from pytestqt.qtbot import QtBot

from neurosim.document import edits
from neurosim.document.document import Document
from neurosim.training.frame_clock import FrameClock
from neurosim.training.pace import LATE, Pace
from neurosim.training.session import TrainingSession
from samples import lecture_state


class Frames:
    """A session whose clock is set by hand."""

    def __init__(self, qtbot: QtBot) -> None:
        self.time = 100.0
        self.clock = FrameClock(now=lambda: self.time)
        document = Document(lecture_state())
        document.edit("Learning rate", edits.set_learning_rate, Fraction(1, 10**9))  # no run comes to its end
        self.session = TrainingSession(document, self.clock)
        self._qtbot = qtbot

    def next(self, seconds: float = 0.016) -> None:
        """The next frame, so much later."""
        self.time += seconds
        with self._qtbot.waitSignal(self.clock.ticked):
            self.clock.request()


@pytest.fixture
def frames(qtbot: QtBot) -> Iterator[Frames]:
    made = Frames(qtbot)
    yield made
    made.session.close()


def run_at_full_speed(frames: Frames) -> None:
    frames.session.set_speed("max")
    frames.session.run()
    frames.next()


def test_without_a_run_nobody_rests(frames: Frames) -> None:
    pace = Pace(frames.session, 10.0)
    for _ in range(3):
        frames.next(0.001)
        assert not pace.hurries
        assert not pace.rests
        pace.show()


def test_a_view_keeps_its_pace_at_full_speed(frames: Frames) -> None:
    pace = Pace(frames.session, 10.0, long=False)
    run_at_full_speed(frames)
    assert pace.hurries
    assert not pace.rests
    pace.show()
    frames.next(0.099)
    assert pace.rests
    frames.next(0.002)
    assert not pace.rests


def test_long_views_take_turns_and_none_waits_for_ever(frames: Frames) -> None:
    one, other, short = Pace(frames.session, 20.0), Pace(frames.session, 20.0), Pace(frames.session, 20.0, long=False)
    run_at_full_speed(frames)
    for pace in (one, other, short):
        pace.show()
    frames.next(0.051)
    assert not one.rests
    one.show()
    assert other.rests
    assert short.rests
    frames.next()
    assert not other.rests
    assert not short.rests
    frames.next(0.004)
    frames.clock.take_turn()  # a third one was quicker; but the quick one has waited long enough
    assert other.rests
    assert not short.rests
    frames.next(LATE)
    frames.clock.take_turn()
    assert not other.rests
