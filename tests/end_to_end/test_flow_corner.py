"""Beside the menus: panels and arrangements in two clicks, and presenting in one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from neurosim.main_window.palette import CommandPalette
from neurosim.main_window.panel_titles import panel_help
from neurosim.panels import PANELS


def test_the_buttons_open_the_menus_of_view_and_say_what_a_panel_shows(open_window) -> None:
    hand = open_window()
    window = hand.window
    for name, menu in (("panelsButton", "view/panels"), ("arrangementButton", "view/layout")):
        button = hand.find(QToolButton, name)
        assert button.menu() is window.menus[menu]
        assert button.text() == window.menus[menu].title().replace("&", "")
        assert button.height() >= 24
    window.book["panel-biology"].trigger()
    hand.frame()
    assert window.workspace.docks["biology"].in_front
    for name in PANELS:
        assert window.book[f"panel-{name}"].toolTip() == panel_help(name)
    # In the palette a panel is found by what it shows.
    window.book["palette"].trigger()
    palette = window.findChild(CommandPalette)
    assert "panel-area_ledger" in palette.matches("squares sum")
    assert "panel-biology" in palette.matches("nerve cell")
    palette.close()


def test_where_there_is_little_room_they_are_icons(open_window) -> None:
    hand = open_window(size=(1100, 720))
    window, button = hand.window, hand.find(QToolButton, "presentButton")
    assert button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    window.appearance.set_percent(150)
    try:
        hand.frame()
        assert button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
        assert button.accessibleName() == "Present"
        hand.frame()
        bar = window.menuBar()
        last = bar.actionGeometry(bar.actions()[-1])
        assert last.right() < window.menu_corner.x()  # no menu is covered
    finally:
        window.appearance.set_percent(100)
