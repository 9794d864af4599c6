"""Drag with the middle or right button: move the picture; a right click without moving opens the menu."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt

from neurosim.canvas.interactions.host import Host
from neurosim.canvas.interactions.tool import Modifiers, Tool


class Pan(Tool):
    """Moves the picture under the pointer."""

    def __init__(self, host: Host, at: QPointF, screen: QPointF, *, menu: bool) -> None:
        super().__init__(host, at, screen)
        self._menu = menu
        self._last = screen

    def begin(self, modifiers: Modifiers) -> None:
        """Show that the picture is held."""
        del modifiers
        self.cursor = Qt.CursorShape.ClosedHandCursor

    def drag(self, at: QPointF, screen: QPointF, modifiers: Modifiers) -> None:
        """Follow the pointer."""
        del at, modifiers
        away = screen - self._last
        self._last = screen
        self.host.camera.scroll_by(away.x(), away.y())

    def released(self, at: QPointF, screen: QPointF, modifiers: Modifiers) -> bool:
        """Open the menu when nothing moved."""
        del screen, modifiers
        if self._menu and not self.dragged:
            self.host.open_menu(at)
        return True
