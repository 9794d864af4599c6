"""Arrangements of the panels: what each opens, what stands in front, taking a panel out, and the way back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QTabBar, QToolButton, QTreeView

from neurosim.main_window.layouts import LAYOUTS
from neurosim.panels import PANELS


def opened(window) -> set[str]:
    return {name for name, dock in window.workspace.docks.items() if not dock.isHidden()}


@pytest.mark.parametrize("name", LAYOUTS)
def test_an_arrangement_opens_what_it_names_and_closes_the_rest(hand, name):
    window = hand.window
    window.book[f"layout-{name}"].trigger()
    hand.frame()
    assert opened(window) == set(LAYOUTS[name].opened)
    for area in ("right", "bottom"):
        of_area = [panel for panel in LAYOUTS[name].opened if panel in PANELS and PANELS[panel].area == area]
        if of_area:
            assert window.workspace.docks[of_area[-1]].in_front
    for panel, dock in window.workspace.docks.items():
        assert window.book[f"panel-{panel}"].isChecked() == (not dock.isHidden())
    window.book["resetLayout"].trigger()
    hand.frame()
    assert opened(window) == set(LAYOUTS["lecture"].opened)


def test_the_first_arrangement_is_the_one_the_window_opens_with(hand):
    assert opened(hand.window) == set(next(iter(LAYOUTS.values())).opened)
    assert {name for name, kind in PANELS.items() if kind.visible} | {"inspector", "lesson"} == opened(hand.window)


@pytest.mark.parametrize(
    ("size", "layout"), [((1280, 720), "lecture"), ((1280, 720), "projector"), ((1920, 1080), "lecture")]
)
def test_the_timeline_is_a_strip_under_graph_and_working(open_window, size, layout):
    window = open_window(size=size).window
    window.book[f"layout-{layout}"].trigger()
    for _ in range(4):
        QApplication.processEvents()
    strip, working, graph = (
        window.workspace.docks["timeline"],
        window.workspace.docks["working"],
        window.workspace.graph_page,
    )
    assert window.workspace.tabifiedDockWidgets(strip) == []
    assert strip.in_front
    assert strip.height() <= 0.12 * window.workspace.height()
    assert strip.y() > working.geometry().bottom() > graph.geometry().bottom()
    assert strip.width() == working.width()
    track = window.workspace.panels["timeline"].track
    assert track.width() >= 150
    assert strip.rect().contains(track.rect().translated(track.mapTo(strip, QPoint(0, 0))))


def test_in_a_low_window_the_timeline_waits_until_it_is_asked_for(open_window):
    window = open_window(size=(1024, 640)).window
    window.appearance.set_percent(125)
    try:
        window.book["resetLayout"].trigger()
        QApplication.processEvents()
        strip = window.workspace.docks["timeline"]
        assert strip.isHidden()
        assert not window.book["panel-timeline"].isChecked()
        window.book["panel-timeline"].trigger()
        for _ in range(3):
            QApplication.processEvents()
        assert strip.in_front
        track = window.workspace.panels["timeline"].track
        assert track.height() >= track.minimumSizeHint().height()
        strip.findChild(QToolButton, "timelineCloseButton").click()
        assert strip.isHidden()
    finally:
        window.appearance.set_percent(100)


def test_the_panel_with_the_keyboard_is_taken_out_and_put_back(hand):
    window = hand.window
    dock = window.workspace.docks["data_plot"]
    hand.plot.setFocus()
    window.book["floatPanel"].trigger()
    hand.frame()
    assert dock.isFloating()
    assert not window.workspace.docks["working"].isFloating()
    window.book["resetLayout"].trigger()
    hand.frame()
    assert not dock.isFloating()


def test_at_the_second_start_no_bar_of_tabs_is_left_over(open_window):
    first = open_window()
    first.window.document.mark_saved(Path("first.neurosim"))
    assert first.window.close()
    window = open_window().window
    for _ in range(5):
        QApplication.processEvents()
    workspace = window.workspace
    bars = [bar for bar in workspace.children() if isinstance(bar, QTabBar) and bar.isVisible()]
    seen = [bar.geometry() for bar in bars if workspace.rect().intersects(bar.geometry())]
    assert seen, "lesson and inspector share a place"
    for place, one in enumerate(seen):
        assert not any(one.intersects(other) for other in seen[place + 1 :]), seen
    for bar in bars:
        if workspace.rect().intersects(bar.geometry()):
            assert bar.count() > 1
    # Tabs that come later are seen: another panel at the right, and all of another arrangement.
    for step in (lambda: workspace.open_panel("loss_map"), window.book["layout-numbers"].trigger):
        step()
        for _ in range(5):
            QApplication.processEvents()
        texts = [
            {bar.tabText(tab) for tab in range(bar.count())}
            for bar in workspace.children()
            if isinstance(bar, QTabBar) and bar.isVisible() and workspace.rect().intersects(bar.geometry())
        ]
        assert all(len(found) > 1 for found in texts), texts
        wanted = {"Loss per step", "Loss map"} if workspace.docks["loss_map"].in_front else {"Working", "Values"}
        assert wanted in texts, texts


def test_the_graph_has_the_room_of_the_last_panel_under_it_that_is_closed(hand):
    docks = hand.window.workspace.docks
    flat, graph = docks["timeline"].height(), hand.window.graph.height()
    working = docks["working"].height()
    docks["working"].close()
    hand.frame()
    assert docks["timeline"].height() == flat
    assert hand.window.graph.height() >= graph + working - 10
    hand.window.workspace.open_panel("working")
    hand.frame()
    assert docks["timeline"].height() == flat
    assert docks["working"].height() > 120


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_the_outline_is_opened_with_room_for_its_lines(open_window, size):
    hand = open_window(size=size)
    window = hand.window
    window.book["panel-outline"].trigger()
    for _ in range(4):
        hand.frame()
    lesson, outline = window.workspace.docks["lesson"], window.workspace.docks["outline"]
    assert outline.height() >= 0.45 * (lesson.height() + outline.height())
    tree = hand.find(QTreeView, "outline")
    lines = 5  # input, neuron, weight, bias, output
    assert tree.viewport().height() >= lines * tree.rowHeight(tree.model().index(0, 0))
