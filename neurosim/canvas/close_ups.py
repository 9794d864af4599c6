"""Close-ups of neurons: in their place where there is one neuron, else alone with what feeds them, filling the view."""

from __future__ import annotations

from typing import Protocol

from neurosim.canvas.commands import GraphCommands
from neurosim.canvas.interactions.host import Host
from neurosim.engine.network import Neuron


class PageHost(Host, Protocol):
    """A host whose page can be turned."""

    def show_page(self, node: str | None) -> None:
        """Draw the close-up of *node*, or the whole network."""


class CloseUps:
    """Opens and closes neurons. Holds no state: the document lists what is opened in place, the drawing its page."""

    def __init__(self, host: PageHost, commands: GraphCommands) -> None:
        self._host, self._commands = host, commands

    def open(self, node: str) -> None:
        """Open a neuron."""
        drawing, network = self._host.drawing, self._host.document.state.network
        if not isinstance(network.node_by_id.get(node), Neuron):
            return
        if len(network.neurons) == 1:
            if not drawing.is_opened(node):
                self._commands.toggle_expanded(node)
        elif drawing.page != node:
            self._host.show_page(node)
        self._host.camera.fit_all()

    def close(self) -> bool:
        """Show the whole network again; returns whether a close-up filled the view."""
        if self._host.drawing.page is None:
            return False
        self._host.show_page(None)
        self._host.camera.fit_all()
        return True

    def toggle(self, node: str) -> None:
        """Open a neuron into its close-up, or close it."""
        drawing = self._host.drawing
        if drawing.page == node:
            self.close()
        elif drawing.page is None and drawing.is_opened(node):
            self._commands.toggle_expanded(node)
            self._host.camera.fit_all()
        else:
            self.open(node)
