"""Garbage is collected between frames, never within one, and not at all where Python was told not to."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from neurosim.main_window.garbage import YOUNG, Garbage
from neurosim.training.frame_clock import FrameClock


class Watch:
    """The generations that were collected, and whether a frame was under way."""

    def __init__(self) -> None:
        self.found: list[tuple[int, bool]] = []
        self.in_frame = False

    def __call__(self, phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            self.found.append((info["generation"], self.in_frame))


@pytest.fixture
def watch() -> Iterator[Watch]:
    before, made = gc.get_threshold(), Watch()
    gc.collect()
    gc.callbacks.append(made)
    yield made
    gc.callbacks.remove(made)
    gc.set_threshold(*before)


@pytest.fixture
def owner(qtbot: QtBot) -> QObject:
    return QObject()


def frame_that_makes_objects(qtbot: QtBot, watch: Watch, owner: QObject) -> list[list[int]]:
    """One frame, in which thousands of objects are made that stay; then the event loop turns."""
    clock = FrameClock(parent=owner)
    Garbage(clock, owner)
    kept: list[list[int]] = []

    def work(_milliseconds: float) -> None:
        watch.in_frame = True
        kept.extend([i] for i in range(5 * YOUNG))
        watch.in_frame = False

    clock.ticked.connect(work)
    watch.found.clear()
    with qtbot.waitSignal(clock.ticked):
        clock.request()
    turned: list[bool] = []
    QTimer.singleShot(20, lambda: turned.append(True))  # later than what the frame has left for after it
    qtbot.waitUntil(lambda: bool(turned))
    return kept


def test_collected_after_the_frame_and_not_within(qtbot: QtBot, watch: Watch, owner: QObject) -> None:
    kept = frame_that_makes_objects(qtbot, watch, owner)
    assert len(kept) == 5 * YOUNG
    assert watch.found
    assert not any(in_frame for _, in_frame in watch.found)


def test_what_python_has_switched_off_stays_so(qtbot: QtBot, watch: Watch, owner: QObject) -> None:
    gc.disable()
    try:
        frame_that_makes_objects(qtbot, watch, owner)
        assert watch.found == []
    finally:
        gc.enable()
