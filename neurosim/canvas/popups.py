"""The menus that open over the canvas: what can be added, and what can be done with what is there."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtWidgets import QMenu

from neurosim.canvas import spots
from neurosim.canvas.camera import Camera
from neurosim.canvas.context_menus import ContextMenus
from neurosim.canvas.drawing.hits import Hit
from neurosim.canvas.scene import GraphScene


class Popups(QObject):
    """Owns the menu that is open over the canvas.

    Signals:
        closed(): the menu is gone; the canvas wants the keyboard back.
    """

    closed = Signal()

    def __init__(self, view: Camera, drawing: GraphScene, menus: ContextMenus) -> None:
        super().__init__(view)
        self._view, self._drawing, self._menus = view, drawing, menus
        self._menu: QMenu | None = None

    def open_at(self, at: QPointF, hit: Hit | None = None) -> None:
        """Open the context menu of what is at a place; *hit* says what that is when it is known."""
        found = hit if hit is not None else self._drawing.hit(at, self._view.detail())
        self.show(self._menus.build(found, at), at)

    def open_for(self, hit: Hit) -> None:
        """Open the context menu of *hit* where it is."""
        at = spots.menu_place(self._drawing, hit)
        self.open_at(self._view.middle() if at is None else at, hit)

    def show(self, menu: QMenu, at: QPointF) -> None:
        """Open a menu at a place in the scene."""
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.aboutToHide.connect(self._forget)
        self._menu = menu
        menu.popup(self._view.viewport().mapToGlobal(self._view.mapFromScene(at)))

    def _forget(self) -> None:
        self._menu = None
        self.closed.emit()
