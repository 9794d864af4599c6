"""The items of a network: made once per node, kept while the document changes, one layer of edges, one of chips."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QGraphicsScene

from neurosim.canvas import arrangement, labels, style
from neurosim.canvas.items.chip import BESIDE, Chip, ChipKey
from neurosim.canvas.items.chip_layer import ChipLayer
from neurosim.canvas.items.constant_item import ConstantItem
from neurosim.canvas.items.edge_layer import EdgeEntry, EdgeLayer
from neurosim.canvas.items.far import FAR, far_below
from neurosim.canvas.items.feature_item import FeatureItem
from neurosim.canvas.items.input_item import InputItem
from neurosim.canvas.items.neuron_item import NeuronItem
from neurosim.canvas.items.node_item import NodeItem
from neurosim.canvas.items.output_item import OutputItem
from neurosim.document.selection import OUTPUT, output_id
from neurosim.document.state import DocumentState
from neurosim.document.wires import wire_id, wires
from neurosim.engine.feature import Feature
from neurosim.engine.network import InputNode, Network, Neuron, Node, bias_id

CROWDED = 60
"""With more edges than this only those under the pointer or selected show their numbers."""


class Figure:
    """Owns the items of one network on a scene, and which of them the document and the close-up call for.

    Attributes:
        nodes: the items of nodes, outputs (``"output:n"``) and constants (``"n.one"``) by key.
        entries: the curves of the edge layer in the order of its rows.
        parameter_rows: the rows that carry a weight or bias, with its id.
        opened: the neurons that are drawn as their close-ups.
        page: the neuron whose close-up fills the view, or ``None``.
        show_numbers, show_results, show_gradients: whether numbers are written at all, those among them that are
            worked out from data and weights, and each parameter's gradient.
        arranged: a number that another arrangement of the nodes has raised.
        quiet: whether a class that looks on sees only what is spoken of, even where there is a single neuron.
    """

    def __init__(self, scene: QGraphicsScene) -> None:
        self._scene = scene
        self.nodes: dict[str, NodeItem] = {}
        self.edges = EdgeLayer()
        self.chips = ChipLayer()
        self.network = Network()
        self.entries: tuple[EdgeEntry, ...] = ()
        self.parameter_rows: list[tuple[int, str]] = []
        self.opened: frozenset[str] = frozenset()
        self.page: str | None = None
        self.show_numbers = True
        self.show_results = True
        self.show_gradients = True
        self.quiet = False
        self.arranged = 0
        self.far_below = FAR
        self._rows_by_node: dict[str, list[int]] = {}

    def _set_far(self, below: float) -> None:
        """Let everything be seen from far away at a zoom below *below*."""
        self.far_below = self.edges.far_below = self.chips.readable = below
        for item in self.nodes.values():
            item.far_below = below

    @property
    def tells_results(self) -> bool:
        """Whether sums, outputs and products are written."""
        return self.show_numbers and self.show_results

    def take_over(self, state: DocumentState) -> bool:
        """Add, remove and rename items as the document says; returns whether there are other edges than before."""
        self.network = network = state.network
        if self.page is not None and self.page not in network.node_by_id:
            self.page = None
        self.opened = frozenset({self.page}) if self.page is not None else arrangement.expanded(state)
        self._sync_items(network)
        return self._sync_edges(network)

    def begin_anew(self) -> None:
        """Make all items of nodes anew at the next taking over: their rooms never shrink by themselves."""
        for item in self.nodes.values():
            self._scene.removeItem(item)
        self.nodes.clear()

    def rows_of(self, keys: Iterable[str]) -> list[int]:
        """The rows of the edge layer that begin or end at *keys*."""
        return sorted({row for key in keys if key in self._rows_by_node for row in self._rows_by_node[key]})

    # -- helpers ---------------------------------------------------------------------------------------------------

    def _sync_items(self, network: Network) -> None:
        shown = self._shown_keys(network)
        for key in [key for key in self.nodes if key not in shown]:
            self._scene.removeItem(self.nodes.pop(key))
        for key in shown:
            item = self.nodes.get(key)
            if item is not None and not _fits(item, key, network):
                self._scene.removeItem(self.nodes.pop(key))
                item = None
            if item is None:
                item = self.nodes[key] = _make(key, network)
                self._scene.addItem(item)
            node = network.node_by_id.get(key)
            if isinstance(item, NeuronItem) and isinstance(node, Neuron):
                title = labels.activation_title(node.activation)
                name = network.title(key)
                item.set_form(name, node.activation, title, key in self.opened)
            elif isinstance(item, InputItem):
                item.set_words(network.title(key), item.value)
            elif isinstance(item, FeatureItem):
                item.set_words(network.title(key), item.value, item.sum)

    def _shown_keys(self, network: Network) -> list[str]:
        if self.page is None:
            keys = [node.id for node in network.nodes] + [output_id(output.node) for output in network.outputs]
        else:
            keys = [edge.source for edge in network.incoming[self.page]] + [self.page]
            keys += [output_id(self.page)] if network.output_of(self.page) is not None else []
        neurons = {node.id: node for node in network.neurons}
        keys += [f"{key}.one" for key in sorted(self.opened) if key in neurons and neurons[key].bias is not None]
        return keys

    def _sync_edges(self, network: Network) -> bool:
        entries = [
            EdgeEntry(edge.id, edge.source, edge.target, muted=edge.muted)
            for edge in network.edges
            if self.page is None or edge.target == self.page
        ]
        entries += [
            EdgeEntry(wire_id(source, feature), source, feature, link=True, wire=True)
            for source, feature in (wires(network) if self.page is None else ())
        ]
        entries += [
            EdgeEntry(bias_id(neuron.id), f"{neuron.id}.one", neuron.id, muted=neuron.muted)
            for neuron in network.neurons
            if f"{neuron.id}.one" in self.nodes
        ]
        entries += [
            EdgeEntry(output_id(output.node), output.node, output_id(output.node), link=True)
            for output in network.outputs
            if self.page in {None, output.node}
        ]
        made = tuple(entries)
        differ = made != self.entries
        if differ:
            self.entries = made
            self.edges.set_entries(made)
        self.chips.sparse = style.lettering() > 1.0 and (self.quiet or len(network.neurons) > 1)
        weighted = sum(not entry.link for entry in made)
        self.chips.crowded = weighted > CROWDED
        self._set_far(far_below(weighted))
        self._rows_by_node = {key: [] for key in self.nodes}
        for i, entry in enumerate(made):
            self._rows_by_node[entry.source].append(i)
            self._rows_by_node[entry.target].append(i)
        self.parameter_rows = [(i, entry.key) for i, entry in enumerate(made) if not entry.link]
        self._sync_chips(network)
        return differ

    def _sync_chips(self, network: Network) -> None:
        wanted: dict[str, None] = {entry.key: None for entry in self.entries if not entry.link}
        for neuron in network.neurons:
            if neuron.bias is not None and neuron.id in self.nodes:
                wanted[bias_id(neuron.id)] = None
        chips: dict[ChipKey, Chip] = {}
        old = self.chips.chips
        for name in wanted:
            edge = network.edge_by_id.get(name)
            owner = network.node_by_id.get(name.removesuffix(".bias"))
            opened = (edge.target if edge is not None else name.removesuffix(".bias")) in self.opened
            chip = old.get((name, "weight")) or Chip(name, "weight")
            if edge is not None:
                chip.muted, chip.frozen = edge.muted, not edge.trainable
                chip.name = f"{edge.id} = " if opened else ""
            elif isinstance(owner, Neuron):
                chip.muted, chip.frozen = owner.muted, not owner.trainable
                chip.name = "b = " if opened else "b "
            chips[name, "weight"] = chip
            chips[name, "gradient"] = old.get((name, "gradient")) or Chip(name, "gradient")
            if opened:
                chips[name, "product"] = old.get((name, "product")) or Chip(name, "product")
        # What the walk has put beside them stays until the walk goes on.
        chips.update({key: chip for key, chip in old.items() if chip.kind in BESIDE and key[0] in wanted})
        self.chips.chips = chips


def _fits(item: NodeItem, key: str, network: Network) -> bool:
    node = network.node_by_id.get(key)
    if node is None:
        return True
    return isinstance(item, _kind(node))


def _kind(node: Node) -> type[NodeItem]:
    if isinstance(node, InputNode):
        return InputItem
    return FeatureItem if isinstance(node, Feature) else NeuronItem


def _make(key: str, network: Network) -> NodeItem:
    if key.startswith(OUTPUT):
        return OutputItem(key)
    if key.endswith(".one"):
        return ConstantItem(key.removesuffix(".one"))
    node = network.node_by_id[key]
    if isinstance(node, InputNode):
        return InputItem(key, network.title(key))
    if isinstance(node, Feature):
        return FeatureItem(key, network.title(key))
    return NeuronItem(key, network.title(key), node.activation)
