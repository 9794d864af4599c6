"""Arrangements of the panels: what each opens, what stands in front, taking a panel out, and the way back."""

from __future__ import annotations

import pytest

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
    assert {name for name, kind in PANELS.items() if kind.visible} | {"inspector"} == opened(hand.window)


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
