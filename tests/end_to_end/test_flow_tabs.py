"""What nobody sees costs nothing: what stands behind a tab waits, and catches up when it comes to the front."""

from __future__ import annotations

from fractions import Fraction

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
