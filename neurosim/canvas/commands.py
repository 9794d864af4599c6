"""What can be done to what is selected on the canvas: one method per command, for keys, menus and buttons alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from PySide6.QtCore import QObject, QPointF

from neurosim.canvas import geometry
from neurosim.canvas.arrangement import EXPANDED, expanded
from neurosim.canvas.auto_layout import tidy
from neurosim.canvas.interactions.host import Host
from neurosim.canvas.items.constant_item import ConstantItem
from neurosim.canvas.items.neuron_item import NeuronItem
from neurosim.document import edits
from neurosim.document.selection import OUTPUT, output_id
from neurosim.document.state import DocumentState
from neurosim.document.wires import wire_ends, wire_id, wires
from neurosim.engine.connecting import reason_to_refuse
from neurosim.engine.network import Neuron, Point, bias_id

NUDGE = 8.0
PER_EDGE = 16.0
"""Tidy makes so much room between two layers for the numbers on each edge."""
SHARE = 0.35
"""Tidy spreads a layer of few nodes over so much of the height of the tallest."""
CLOSE_UP_EDGE = 50.0
"""Tidy keeps so much free above and below what an opened neuron reads: its edges carry products, too."""


class GraphCommands(QObject):
    """Edits by way of the host's document. Holds no state; has no signals."""

    def __init__(self, host: Host, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host

    # -- asking ----------------------------------------------------------------------------------------------------

    def _state(self) -> DocumentState:
        return self._host.document.state

    def selected_nodes(self) -> list[str]:
        """The selected nodes in drawing order, without outputs."""
        return [node.id for node in self._state().network.nodes if node.id in self._host.selection.ids]

    def selected_edges(self) -> list[str]:
        """The selected edges in drawing order."""
        return [edge.id for edge in self._state().network.edges if edge.id in self._host.selection.ids]

    def parameters_meant(self) -> list[str]:
        """The weights and biases that mute and freeze act on: selected edges, and the biases of selected neurons."""
        network = self._state().network
        biases = [
            bias_id(key)
            for key in self.selected_nodes()
            if isinstance(node := network.node_by_id[key], Neuron) and node.bias is not None
        ]
        return self.selected_edges() + biases

    def title(self, key: str) -> str:
        """What a node, output or edge is called."""
        network = self._state().network
        if key.startswith(OUTPUT):
            return self.tr("output of {node}").format(node=network.title(key.removeprefix(OUTPUT)))
        ends = wire_ends(key)
        if ends is not None:
            return self.tr("wire from {source} to {feature}").format(
                source=network.title(ends[0]), feature=network.title(ends[1])
            )
        return network.title(key) if key in network.node_by_id else key

    # -- adding ----------------------------------------------------------------------------------------------------

    def add_input(self, at: QPointF | None, column: str | None = None) -> str | None:
        """Add an input at a place; returns its id."""
        name = self._state().network.fresh_id("x")
        place = self._free_place(at)
        done = self._host.edit(self.tr("Add input"), edits.add_input, column, place)
        return self._chosen(name) if done else None

    def add_neuron(
        self, at: QPointF | None, activation: str, source: str | None = None, target: str | None = None
    ) -> str | None:
        """Add a neuron at a place, connected from *source* or to *target* when given; returns its id."""
        name = self._state().network.fresh_id("n")
        done = self._host.edit(
            self.tr("Add neuron"), add_connected_neuron, self._free_place(at), activation, source, target
        )
        return self._chosen(name) if done else None

    def add_input_for(self, at: QPointF, target: str) -> str | None:
        """Add an input at a place and connect it to *target*."""
        name = self._state().network.fresh_id("x")
        done = self._host.edit(self.tr("Add input"), add_connected_input, self._free_place(at), target)
        return self._chosen(name) if done else None

    def add_output(self, node: str, at: QPointF | None = None) -> str | None:
        """Compare a node with a target column; returns the output's id."""
        place = None if at is None else (geometry.snapped(at.x()), geometry.snapped(at.y()))
        done = self._host.edit(self.tr("Add output"), edits.add_output, node, None, place)
        return self._chosen(output_id(node)) if done else None

    def output_candidates(self) -> list[str]:
        """The nodes that could become outputs: the selected ones, else the neurons that lead nowhere yet."""
        network = self._state().network
        free = [node.id for node in network.neurons if network.output_of(node.id) is None]
        chosen = [key for key in self.selected_nodes() if network.output_of(key) is None]
        return chosen or [key for key in free if not network.outgoing[key]]

    def _chosen(self, key: str) -> str:
        self._host.selection.select({key})
        return key

    def _free_place(self, at: QPointF | None) -> Point:
        """*at* on the grid, or the nearest place below where the new node overlaps nothing."""
        drawing = self._host.drawing
        place = QPointF(0, 0) if at is None else QPointF(at)
        x, y = geometry.snapped(place.x()), geometry.snapped(place.y())
        bodies = [
            item.extent().translated(item.pos())
            for item in drawing.nodes.values()
            if not isinstance(item, ConstantItem)
        ]
        for _ in range(200):
            if not any(body.adjusted(-44, -44, 44, 44).contains(QPointF(x, y)) for body in bodies):
                break
            y += 2 * geometry.GRID
        return x, y

    # -- what is selected ------------------------------------------------------------------------------------------

    def select_all(self) -> None:
        """Select every node, edge and output."""
        network = self._state().network
        outputs = {output_id(output.node) for output in network.outputs}
        drawn = {wire_id(*ends) for ends in wires(network)}
        self._host.selection.select(network.node_by_id.keys() | network.edge_by_id.keys() | outputs | drawn)

    def delete(self) -> None:
        """Delete what is selected, and nothing else; without a selection nothing happens."""
        network = self._state().network
        chosen = [key for key in sorted(self._host.selection.ids) if self._exists(key)]
        nodes = {key for key in chosen if key in network.node_by_id}
        chosen = [key for key in chosen if not (key.startswith(OUTPUT) and key.removeprefix(OUTPUT) in nodes)]
        if chosen:
            name = self.title(chosen[0]) if len(chosen) == 1 else self.tr("{n} things").format(n=len(chosen))
            self._host.edit(self.tr("Delete {name}").format(name=name), edits.delete, chosen)

    def delete_and_reconnect(self) -> None:
        """Delete the selected nodes; what fed each is connected to what it fed, with the weights multiplied."""
        nodes = [key for key in self.selected_nodes() if isinstance(self._state().network.node_by_id[key], Neuron)]
        if nodes:
            self._host.edit(self.tr("Delete and reconnect"), bridge, nodes)

    def duplicate(self) -> None:
        """Copy the selected nodes and select the copies."""
        nodes = self.selected_nodes()
        if not nodes:
            self._host.refuse(self.tr("There is no node to duplicate: choose one first."))
            return
        copies = edits.duplicate_ids(self._state().network, nodes)
        if self._host.edit(self.tr("Duplicate"), edits.duplicate, nodes):
            self._host.selection.select(copies.values())

    def toggle_muted(self) -> None:
        """Mute the selected weights and biases; when all are muted already, let them count again."""
        network = self._state().network
        meant = self.selected_edges() or self.parameters_meant()
        if not meant:
            self._host.refuse(self.tr("Choose an edge, or a neuron with a bias, to mute."))
            return
        muted = all(name in network.muted for name in meant)
        text = self.tr("Unmute") if muted else self.tr("Mute")
        self._host.edit(text, edits.set_muted, meant, not muted)

    def toggle_frozen(self) -> None:
        """Freeze the selected weights and biases; when all are frozen already, let them learn again."""
        meant = self.parameters_meant()
        if not meant:
            self._host.refuse(self.tr("Choose an edge, or a neuron with a bias, to freeze."))
            return
        frozen = all(not self._trainable(name) for name in meant)
        text = self.tr("Unfreeze") if frozen else self.tr("Freeze")
        self._host.edit(text, edits.set_frozen, meant, not frozen)

    def set_activation(self, name: str) -> None:
        """Give the selected neurons an activation."""
        network = self._state().network
        nodes = [key for key in self.selected_nodes() if isinstance(network.node_by_id[key], Neuron)]
        if nodes:
            self._host.edit(self.tr("Set activation"), edits.set_activation, nodes, name)

    def toggle_bias(self, node: str) -> None:
        """Take a neuron's bias away, or give it one."""
        found = self._state().network.node_by_id[node]
        if isinstance(found, Neuron) and found.bias is None:
            self._host.edit(self.tr("Add bias"), edits.add_bias, node)
        else:
            self._host.edit(self.tr("Remove bias"), edits.remove_bias, node)

    def insert_on_edge(self) -> None:
        """Put a neuron into each selected edge."""
        chosen = self.selected_edges()
        if not chosen:
            self._host.refuse(self.tr("Choose an edge to insert a neuron into."))
            return
        for edge in chosen:
            name = self._state().network.fresh_id("n")
            if self._host.edit(self.tr("Insert into {edge}").format(edge=edge), edits.insert_on_edge, edge):
                self._host.selection.select({name})

    def nudge(self, dx: float, dy: float, gesture: object) -> None:
        """Move the selected nodes by *dx*, *dy* steps of the grid; equal gestures are one entry."""
        drawing = self._host.drawing
        chosen = [key for key in self._host.selection.ids if key in drawing.nodes]
        if not chosen or not drawing.places_are_own:
            return
        places = {
            key: (drawing.nodes[key].x() + dx * NUDGE, drawing.nodes[key].y() + dy * NUDGE) for key in sorted(chosen)
        }
        name = self.title(chosen[0]) if len(chosen) == 1 else self.tr("{count} nodes").format(count=len(chosen))
        self._host.edit(self.tr("Move {node}").format(node=name), edits.move_nodes, places, gesture=gesture)

    def align(self, *, in_row: bool) -> None:
        """Put the selected nodes at one height, or above one another."""
        text = self.tr("Align in a row") if in_row else self.tr("Align in a column")
        self._host.edit(text, edits.align_nodes, self.selected_nodes(), in_row)

    # -- the whole drawing -----------------------------------------------------------------------------------------

    def tidy(self, text: str = "", gesture: object | None = None) -> None:
        """Lay the graph out from left to right, as one edit, or as part of a *gesture* that is named *text*."""
        drawing, network = self._host.drawing, self._state().network
        if not network.nodes:
            return
        items = drawing.nodes
        boxes = {node.id: items[node.id].box() for node in network.nodes if node.id in items}
        if len(boxes) < len(network.nodes):  # on the close-up page the others have no items
            return
        for key, item in items.items():
            if isinstance(item, NeuronItem) and item.expanded:
                boxes[key] = replace(boxes[key], bottom=max(boxes[key].bottom, 130.0), left=max(boxes[key].left, 90.0))
                for edge in network.incoming[key]:  # each has a value, its gradient and a product on it
                    box = boxes[edge.source]
                    boxes[edge.source] = replace(
                        box, top=max(box.top, CLOSE_UP_EDGE), bottom=max(box.bottom, CLOSE_UP_EDGE)
                    )
        pairs = [(edge.source, edge.target) for edge in network.edges] + list(wires(network))
        for output in network.outputs:
            boxes[output_id(output.node)] = items[output_id(output.node)].box()
            pairs.append((output.node, output_id(output.node)))
        found = tidy(boxes, pairs, per_edge=PER_EDGE, share=SHARE)
        positions: Mapping[str, Point] = {
            key: place for key, place in found.items() if not key.startswith(OUTPUT) or not self._follows(key)
        }
        self._host.edit(text or self.tr("Tidy"), edits.set_positions, dict(positions), gesture=gesture)

    def _follows(self, key: str) -> bool:
        output = self._state().network.output_of(key.removeprefix(OUTPUT))
        return output is not None and output.position is None

    def toggle_expanded(self, node: str) -> None:
        """Open a neuron in its place, or close it."""
        state = self._state()
        opened = set(expanded(state)) ^ {node}
        name = state.network.title(node)
        text = self.tr("Open {node}") if node in opened else self.tr("Close {node}")
        self._host.edit(text.format(node=name), set_expanded, sorted(opened))

    # -- helpers ---------------------------------------------------------------------------------------------------

    def _exists(self, key: str) -> bool:
        network = self._state().network
        if key.startswith(OUTPUT):
            return network.output_of(key.removeprefix(OUTPUT)) is not None
        ends = wire_ends(key)
        return key in network.node_by_id or key in network.edge_by_id or (ends is not None and ends in wires(network))

    def _trainable(self, name: str) -> bool:
        network = self._state().network
        if name in network.edge_by_id:
            return network.edge_by_id[name].trainable
        found = network.node_by_id[name.removesuffix(".bias")]
        return isinstance(found, Neuron) and found.trainable


def add_connected_neuron(
    state: DocumentState, place: Point, activation: str, source: str | None, target: str | None
) -> DocumentState:
    """Add a neuron, with an edge of weight 1 from *source* or to *target*."""
    name = state.network.fresh_id("n")
    state = edits.add_neuron(state, place, activation)
    if source is not None:
        state = edits.connect(state, source, name)
    return edits.connect(state, name, target) if target is not None else state


def add_connected_input(state: DocumentState, place: Point, target: str) -> DocumentState:
    """Add an input, with an edge of weight 1 to *target*."""
    name = state.network.fresh_id("x")
    return edits.connect(edits.add_input(state, None, place), name, target)


def set_expanded(state: DocumentState, neurons: Iterable[str]) -> DocumentState:
    """Draw exactly these neurons as their close-ups."""
    return replace(state, view=MappingProxyType({**state.view, EXPANDED: tuple(neurons)}))


def bridge(state: DocumentState, nodes: Iterable[str]) -> DocumentState:
    """Delete neurons; each pair of edges through one becomes one edge with the product of their weights."""
    for node in nodes:
        network = state.network
        if not isinstance(network.node_by_id[node], Neuron):
            continue
        pairs = [(before, after) for before in network.incoming[node] for after in network.outgoing[node]]
        state = edits.delete(state, node)
        for before, after in pairs:
            if reason_to_refuse(state.network, before.source, after.target) is None:
                product = before.weight * after.weight
                state = edits.connect(state, before.source, after.target, product)
    return state
