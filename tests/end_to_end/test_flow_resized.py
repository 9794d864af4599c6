"""A window made smaller or larger by hand: each panel keeps its part, and the part that a hand gave it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

LARGE, SMALL = (1920, 1080), (1280, 720)


def _parts(window) -> dict[str, float]:
    space = window.workspace
    docks = space.docks
    return {
        "graph": space.graph_page.width() / space.width(),
        "data": docks["data_plot"].width() / space.width(),
        "working": docks["working"].height() / space.height(),
    }


def _resize(hand, size) -> None:
    hand.window.resize(*size)
    for _ in range(3):
        hand.frame()


def _near(found: dict[str, float], wanted: dict[str, float]) -> bool:
    return all(abs(found[name] - part) < 0.07 for name, part in wanted.items())


def test_a_window_made_smaller_looks_as_one_that_was_opened_small(open_window):
    opened_small = _parts(open_window(size=SMALL).window)
    hand = open_window(size=LARGE)
    large = _parts(hand.window)
    _resize(hand, SMALL)
    assert _near(_parts(hand.window), opened_small)
    assert hand.window.graph.detail() > 0.6
    _resize(hand, LARGE)
    again = _parts(hand.window)
    assert all(abs(again[name] - part) < 0.03 for name, part in large.items())


def test_a_pixel_at_a_time_comes_to_the_same(open_window):
    hand = open_window(size=SMALL)
    before = _parts(hand.window)
    for width in range(1280, 1400, 3):
        hand.window.resize(width, 720)
        QApplication.processEvents()
    for width in range(1400, 1279, -3):
        hand.window.resize(width, 720)
        QApplication.processEvents()
    _resize(hand, SMALL)
    assert abs(_parts(hand.window)["data"] - before["data"]) < 0.01


def test_the_part_that_a_hand_gave_a_panel_is_kept_also_at_the_next_start(open_window):
    hand = open_window(size=LARGE)
    space = hand.window.workspace
    edge = space.docks["data_plot"].geometry()
    start, goal = QPoint(edge.left() - 1, edge.center().y()), QPoint(edge.left() - 150, edge.center().y())
    QTest.mouseMove(space, start)
    QTest.mousePress(space, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 6):
        QTest.mouseMove(space, start + (goal - start) * step / 5)
        hand.frame()
    QTest.mouseRelease(space, Qt.MouseButton.LeftButton, pos=goal)
    hand.frame()
    by_hand = _parts(hand.window)["data"]
    assert abs(by_hand - (edge.width() + 150) / space.width()) < 0.01
    _resize(hand, SMALL)
    assert abs(_parts(hand.window)["data"] - by_hand) < 0.02
    _resize(hand, LARGE)
    hand.window.document.mark_saved(hand.window.document.path)
    assert hand.window.close()
    later = open_window(size=SMALL)
    assert abs(_parts(later.window)["data"] - by_hand) < 0.02


def test_presenting_leaves_the_parts_as_they_were(open_window):
    hand = open_window(size=SMALL)
    before = _parts(hand.window)
    QTest.keyClick(hand.window, Qt.Key.Key_F5)
    _resize(hand, LARGE)
    QTest.keyClick(hand.window, Qt.Key.Key_Escape)
    hand.frame()
    _resize(hand, SMALL)
    assert _near(_parts(hand.window), before)
