"""Adding nodes without a place that was pointed at: in free space beside the others, and seen when they are there."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF
from PySide6.QtWidgets import QMenu, QWidget

from neurosim.canvas import spots
from neurosim.canvas.add_menu import AddMenu
from neurosim.canvas.close_ups import CloseUps
from neurosim.canvas.commands import GraphCommands
from neurosim.canvas.drawing.hits import Hit
from neurosim.canvas.feature_commands import FeatureCommands
from neurosim.canvas.interactions.host import Host


class Adding(QObject):
    """Adds to the host's document by way of its commands. Holds no state; has no signals."""

    def __init__(
        self, host: Host, commands: GraphCommands, features: FeatureCommands, close_ups: CloseUps, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._host, self._commands, self._features, self._close_ups = host, commands, features, close_ups

    def place(self, kind: str = "neuron") -> QPointF:
        """Where a new node stands: beside the others, or in the middle of the view."""
        found = spots.new_place(self._host.document.state.network, kind)
        return self._host.camera.middle() if found is None else found

    def menu(self, at: QPointF | None, parent: QWidget) -> QMenu:
        """The menu of everything that can be added; new nodes stand at *at* or in free space."""
        return AddMenu(self._host, self._commands, self._features, self.place() if at is None else at, parent)

    def add_input(self, column: str | None) -> str | None:
        """Add an input; returns its id."""
        self._close_ups.close()
        return self._shown(self._commands.add_input(self.place("input"), column))

    def add_neuron(self, activation: str) -> str | None:
        """Add a neuron; returns its id."""
        self._close_ups.close()
        return self._shown(self._commands.add_neuron(self.place(), activation))

    def add_feature(self, transform: str) -> str | None:
        """Add a feature of what is selected, as far as it takes that; returns its id."""
        self._close_ups.close()
        return self._shown(self._features.add_selected(transform))

    def add_output(self, node: str | None) -> str | None:
        """Make *node*, or the selected one, an output; returns the output's id."""
        candidates = [node] if node is not None else self._commands.output_candidates()
        if not candidates:
            self._host.refuse(self.tr("Choose the node that the output shall read."))
            return None
        return self._shown(self._commands.add_output(candidates[0]))

    def _shown(self, key: str | None) -> str | None:
        """Make sure that a new thing can be seen."""
        camera = self._host.camera
        if key is not None:
            if camera.fitted:
                camera.fit_all()
            else:
                camera.show_rect(spots.rect_of(self._host.drawing, Hit("node", key)))
        return key
