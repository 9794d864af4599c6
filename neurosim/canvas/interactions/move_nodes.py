"""Drag nodes (or pick one up by its grip); a lone neuron dropped on a wire is inserted; Alt takes off the wires."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, Qt

from neurosim.canvas import geometry
from neurosim.canvas.interactions.host import Host
from neurosim.canvas.interactions.tool import Modifiers, Tool
from neurosim.document import edits
from neurosim.document.selection import OUTPUT
from neurosim.document.state import DocumentState
from neurosim.engine.network import Neuron, Point

DROP_REACH = 22.0


class MoveNodes(Tool):
    """Carries nodes with the pointer; the document learns their places on release."""

    def __init__(
        self, host: Host, at: QPointF, screen: QPointF, key: str, *, grip: bool = False, detach: bool = False
    ) -> None:
        super().__init__(host, at, screen)
        self._key = key
        self._grip = grip
        self._detach = detach
        self._carried = False
        self._drop: str | None = None
        self._from: dict[str, QPointF] = {}

    def begin(self, modifiers: Modifiers) -> None:
        """Take what is selected along, when the node under the pointer is among it."""
        chosen = self.host.selection.ids
        if self._key not in chosen:
            keep = chosen if modifiers & Qt.KeyboardModifier.ControlModifier else frozenset()
            self.host.selection.select(keep | {self._key})
        drawing = self.host.drawing
        if not drawing.places_are_own:
            return
        keys = [key for key in self.host.selection.ids if key in drawing.nodes]
        self._from = {key: QPointF(drawing.nodes[key].pos()) for key in keys}
        for key in keys:
            drawing.nodes[key].look.held = True
        self.cursor = Qt.CursorShape.ClosedHandCursor
        self.host.hold(keys)

    def drag(self, at: QPointF, screen: QPointF, modifiers: Modifiers) -> None:
        """Carry the nodes; the one under the pointer snaps to the grid, the others keep their distances."""
        del screen
        places = self._places(at, modifiers)
        if not places:
            return
        drawing = self.host.drawing
        drawing.move_items(places)
        self._drop = self._wire_under(places)
        if drawing.edges.drop != self._drop:
            drawing.edges.drop = self._drop
        drawing.update()

    def moved(self, at: QPointF, screen: QPointF, modifiers: Modifiers) -> None:
        """A node that was picked up follows the pointer without a button held."""
        if self._carried:
            self.drag(at, screen, modifiers)
        else:
            super().moved(at, screen, modifiers)

    def released(self, at: QPointF, _screen: QPointF, modifiers: Modifiers) -> bool:
        """Put the nodes down; after a mere click select, or pick up by the grip."""
        if not self.dragged and not self._carried:
            if self._grip:
                self.begin(modifiers)
                self._carried = True
                return False
            if modifiers & Qt.KeyboardModifier.ControlModifier:
                self.host.selection.toggle(self._key)
            else:
                self.host.selection.select({self._key})
            return True
        places = {key: (place.x(), place.y()) for key, place in self._places(at, modifiers).items()}
        drop = self._drop
        self._clear()
        if not places:
            return True
        network = self.host.document.state.network
        if drop is not None:
            text = QCoreApplication.translate("MoveNodes", "Insert {node} into {edge}")
            text = text.format(node=network.title(self._key), edge=drop)
            self.host.edit(text, drop_on_edge, self._key, drop, places)
        elif self._detach:
            text = QCoreApplication.translate("MoveNodes", "Detach {node}").format(node=self._name(places))
            self.host.edit(text, detach, places)
        else:
            text = QCoreApplication.translate("MoveNodes", "Move {node}").format(node=self._name(places))
            self.host.edit(text, edits.move_nodes, places)
        self.host.drawing.place_all()  # also when nothing changed: edges sort themselves anew
        return True

    def cancel(self) -> None:
        """Everything back to its place."""
        self._clear()
        self.host.drawing.place_all()

    def _name(self, places: dict[str, Point]) -> str:
        if len(places) > 1:
            return QCoreApplication.translate("MoveNodes", "{count} nodes").format(count=len(places))
        key = next(iter(places))
        if key.startswith(OUTPUT):
            return QCoreApplication.translate("MoveNodes", "output")
        return self.host.document.state.network.title(key)

    def _places(self, at: QPointF, modifiers: Modifiers) -> dict[str, QPointF]:
        if self._key not in self._from:
            return {}
        begin = self._from[self._key]
        wish = begin + at - self.start
        if not modifiers & Qt.KeyboardModifier.ShiftModifier:
            wish = QPointF(geometry.snapped(wish.x()), geometry.snapped(wish.y()))
        away = wish - begin
        return {key: place + away for key, place in self._from.items()}

    def _wire_under(self, places: dict[str, QPointF]) -> str | None:
        """The edge that a single neuron without connections is being dropped on."""
        if len(places) != 1 or self._key.startswith(OUTPUT):
            return None
        network = self.host.document.state.network
        node = network.node_by_id.get(self._key)
        lone = not network.incoming.get(self._key) and not network.outgoing.get(self._key)
        if not isinstance(node, Neuron) or not lone:
            return None
        edge = self.host.drawing.edges.edge_at(places[self._key], max(self.host.camera.detail(), 9.0 / DROP_REACH))
        return edge if edge in network.edge_by_id else None

    def _clear(self) -> None:
        drawing = self.host.drawing
        for item in drawing.nodes.values():
            item.look.held = False
        drawing.edges.drop = None
        self._drop = None
        self.host.let_go()


def insert_node(state: DocumentState, node: str, edge: str) -> DocumentState:
    """Put an existing neuron into an edge: the edge keeps id and weight and ends in it, an edge of weight 1 goes on."""
    old = state.network.edge_by_id[edge]
    state = edits.disconnect(state, edge)
    state = edits.connect(state, old.source, node, old.weight, identifier=edge)
    if old.muted:
        state = edits.set_muted(state, edge, True)
    if not old.trainable:
        state = edits.set_frozen(state, edge, True)
    return edits.connect(state, node, old.target)


def drop_on_edge(state: DocumentState, node: str, edge: str, places: dict[str, Point]) -> DocumentState:
    """Move a neuron onto an edge and insert it there."""
    return insert_node(edits.move_nodes(state, places), node, edge)


def detach(state: DocumentState, places: dict[str, Point]) -> DocumentState:
    """Move nodes and take away every edge between them and the rest."""
    state = edits.move_nodes(state, places)
    gone = [e.id for e in state.network.edges if (e.source in places) != (e.target in places)]
    return edits.delete(state, gone) if gone else state
