"""The height that the graph has: more, where a network has become too large to be read in what there is."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from neurosim.canvas.items.far import FAR
from neurosim.canvas.view import GraphView
from neurosim.document.document import Document
from neurosim.document.state import DocumentState
from neurosim.main_window.workspace import Workspace

MANY_NODES = 3
"""A network that gets or loses so many nodes at once is another one."""


class GraphRoom(QObject):
    """Knows how many nodes there were; looks again when another document is opened, or an architecture drawn."""

    def __init__(self, document: Document, graph: GraphView, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._document, self._graph, self._workspace = document, graph, workspace
        self._nodes = len(document.state.network.nodes)
        document.state_changed.connect(self._state_changed)

    def begin(self) -> None:
        """Another document is shown."""
        self._nodes = len(self._document.state.network.nodes)
        self.look_later()

    def look_later(self) -> None:
        """Look when everything has found its place."""
        QTimer.singleShot(0, self, self._look)

    def _state_changed(self, before: DocumentState, after: DocumentState) -> None:
        if before.network is after.network:
            return
        count = len(after.network.nodes)
        if abs(count - self._nodes) >= MANY_NODES:
            self.look_later()
        self._nodes = count

    def _look(self) -> None:
        """Let the graph have more of the height where it would be too small to read."""
        if self._graph.fitted:
            self._workspace.favour_graph(self._graph.is_far and self._graph.detail() < FAR)
