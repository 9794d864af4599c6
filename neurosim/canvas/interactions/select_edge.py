"""A click on an edge selects it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt

from neurosim.canvas.interactions.host import Host
from neurosim.canvas.interactions.tool import Modifiers, Tool


class SelectEdge(Tool):
    """A click selects an edge, Ctrl-click adds it; a drag that begins on an edge does nothing."""

    def __init__(self, host: Host, at: QPointF, screen: QPointF, edge: str) -> None:
        super().__init__(host, at, screen)
        self._edge = edge

    def released(self, at: QPointF, screen: QPointF, modifiers: Modifiers) -> bool:
        """Select."""
        del at, screen
        if not self.dragged:
            if modifiers & Qt.KeyboardModifier.ControlModifier:
                self.host.selection.toggle(self._edge)
            else:
                self.host.selection.select({self._edge})
        return True
