"""What nobody sees costs nothing: what stands behind a tab waits, and catches up when it comes to the front."""

from __future__ import annotations

from fractions import Fraction

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea

from neurosim.document import edits


def test_a_panel_behind_a_tab_waits_and_catches_up_in_front(hand):
    window = hand.window
    working, values = window.workspace.panels["working"], window.workspace.panels["values"]
    assert working.is_seen()
    window.book["panel-values"].trigger()
    hand.frame()
    assert values.is_seen()
    assert not working.is_seen()
    assert not window.workspace.docks["working"].isHidden()
    items = working.model.items
    window.document.edit("Move point 2", edits.move_row, 1, {"y": Fraction(2)})
    hand.frame()
    assert working.model.items is items
    assert "−20/3" in [values.model.index(1, column).data() for column in range(values.model.columnCount())]
    window.book["panel-working"].trigger()
    hand.frame()
    assert working.is_seen()
    assert any("328/9" in str(working.model.index(row).data()) for row in range(working.model.rowCount()))


def test_the_action_brings_a_covered_panel_to_the_front_and_hides_one_in_front(hand):
    window = hand.window
    docks, book = window.workspace.docks, window.book
    book["panel-values"].trigger()
    hand.frame()
    book["panel-working"].trigger()
    hand.frame()
    assert docks["working"].in_front
    assert not docks["values"].in_front
    assert book["panel-working"].isChecked()
    book["panel-working"].trigger()
    hand.frame()
    assert docks["working"].isHidden()
    assert not book["panel-working"].isChecked()


def walked_by_tab(hand, most: int = 400):
    """Every widget that Tab leads to from the graph until it comes round, each while it has the keyboard."""
    graph = hand.window.graph
    hand.window.activateWindow()
    graph.setFocus()
    before = graph
    for _ in range(most):
        QTest.keyClick(before, Qt.Key.Key_Tab)
        QApplication.processEvents()
        here = QApplication.focusWidget()
        if here is graph:
            return
        if here is not before:  # a plot leads Tab through its points
            yield here
        before = here
    raise AssertionError(f"Tab never comes round: {before.objectName()}")


def in_sight(widget) -> bool:
    """Whether the window shows any of *widget*, cut by all that it scrolls in."""
    window, above = widget.window(), widget
    seen = window.rect()
    while above is not window:
        seen &= QRect(above.mapTo(window, QPoint(0, 0)), above.size())
        above = above.parentWidget()
    return not seen.isEmpty()


@pytest.mark.parametrize("panels", [(), ("values", "data_table", "metrics")])
def test_tab_leads_round_the_window_and_only_where_one_sees_it(hand, panels):
    for name in panels:
        hand.window.workspace.open_panel(name)
        hand.frame()
    lessons = hand.find(QScrollArea, "lessonStart")
    lessons.verticalScrollBar().setValue(lessons.verticalScrollBar().maximum())
    assert not in_sight(hand.find(QPushButton, "lessonFirst"))
    reached = set()
    for widget in walked_by_tab(hand):
        assert in_sight(widget), widget
        assert widget.accessibleName() or widget.text(), widget
        reached.add(widget.objectName())
    assert {"stepButton", "learningRateField", "dataPlot", "lessonFirst", "timelineTrack"} <= reached
    assert "inspectorCloseButton" not in reached
    assert ("tableAddRow" in reached) == ("data_table" in panels)
