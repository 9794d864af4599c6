"""What is drawn, as one frozen directed acyclic graph."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from graphlib import CycleError as _GraphlibCycle
from graphlib import TopologicalSorter
from types import MappingProxyType

from neurosim.engine.errors import CycleError, NetworkError
from neurosim.engine.feature import Feature, Point, Recipe, target_column
from neurosim.engine.nodes import (
    Edge,
    InputNode,
    Neuron,
    Node,
    Output,
    Source,
    bias_id,
    check_ids,
    check_sources,
    reading_less,
)
from neurosim.engine.transforms import TRANSFORMS
from neurosim.engine.transforms.base import Chosen, plain
from neurosim.numbers.exact import Number
from neurosim.records import dataclass, replace

__all__ = ["Edge", "Feature", "InputNode", "Network", "Neuron", "Node", "Output", "Point", "Source", "bias_id"]


@dataclass(frozen=True)
class Network:
    """A free directed acyclic graph of inputs and neurons. Immutable: the ``with_`` methods return new networks.

    Raises:
        NetworkError: on construction, when ids repeat, an edge, feature or output names a missing node, an edge ends in
            an input or a feature, a feature reads a neuron, two edges join the same pair, or (as ``CycleError``) the
            edges close a loop.
    """

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    outputs: tuple[Output, ...] = ()

    def __post_init__(self) -> None:
        check_ids(self.nodes, self.edges)
        nodes = self.node_by_id
        pairs: set[tuple[str, str]] = set()
        for edge in self.edges:
            for end in (edge.source, edge.target):
                if end not in nodes:
                    raise NetworkError(f"edge {edge.id}: there is no node {end}.")
            if isinstance(nodes[edge.target], InputNode):
                raise NetworkError(f"edge {edge.id}: {edge.target} is an input, and nothing can flow into an input.")
            if isinstance(nodes[edge.target], Feature):
                raise NetworkError(f"edge {edge.id}: {edge.target} is a feature, and no weight can lead into it.")
            if (edge.source, edge.target) in pairs:
                raise NetworkError(f"edge {edge.id}: {edge.source} and {edge.target} are already connected.")
            pairs.add((edge.source, edge.target))
        for feature in self.features:
            check_sources(feature, nodes)
        seen: set[str] = set()
        for output in self.outputs:
            if output.node not in nodes:
                raise NetworkError(f"output: there is no node {output.node}.")
            if output.node in seen:
                raise NetworkError(f"output: {output.node} is already an output.")
            seen.add(output.node)
        _ = self.order

    # -- looking up ------------------------------------------------------------------------------------------------

    @cached_property
    def node_by_id(self) -> Mapping[str, Node]:
        """Each node by its id, in drawing order."""
        return MappingProxyType({node.id: node for node in self.nodes})

    @cached_property
    def edge_by_id(self) -> Mapping[str, Edge]:
        """Each edge by its id, in drawing order."""
        return MappingProxyType({edge.id: edge for edge in self.edges})

    @cached_property
    def inputs(self) -> tuple[InputNode, ...]:
        """The input nodes, in drawing order."""
        return tuple(node for node in self.nodes if isinstance(node, InputNode))

    @cached_property
    def features(self) -> tuple[Feature, ...]:
        """The features, in drawing order."""
        return tuple(node for node in self.nodes if isinstance(node, Feature))

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Inputs and features, in drawing order."""
        return tuple(node for node in self.nodes if not isinstance(node, Neuron))

    @cached_property
    def neurons(self) -> tuple[Neuron, ...]:
        """The neurons, in drawing order."""
        return tuple(node for node in self.nodes if isinstance(node, Neuron))

    @cached_property
    def incoming(self) -> Mapping[str, tuple[Edge, ...]]:
        """The edges that end in each node, in drawing order."""
        found: dict[str, list[Edge]] = {node.id: [] for node in self.nodes}
        for edge in self.edges:
            found[edge.target].append(edge)
        return MappingProxyType({node: tuple(edges) for node, edges in found.items()})

    @cached_property
    def outgoing(self) -> Mapping[str, tuple[Edge, ...]]:
        """The edges that start in each node, in drawing order."""
        found: dict[str, list[Edge]] = {node.id: [] for node in self.nodes}
        for edge in self.edges:
            found[edge.source].append(edge)
        return MappingProxyType({node: tuple(edges) for node, edges in found.items()})

    @cached_property
    def shape(self) -> object:
        """A token for everything but the values: the network that ``with_parameters`` makes has the same one.

        What is worked out from nodes, edges, titles and places alone need not be worked out anew for it.
        """
        return object()

    @cached_property
    def order(self) -> tuple[str, ...]:
        """All node ids so that each comes after everything that flows into it; ties keep the drawing order.

        Raises:
            CycleError: the edges close a loop; the message shows it.
        """
        sorter: TopologicalSorter[str] = TopologicalSorter({node.id: [] for node in self.nodes})
        for edge in self.edges:
            sorter.add(edge.target, edge.source)
        for feature in self.features:
            sorter.add(feature.id, *feature.sources)
        rank = {node.id: i for i, node in enumerate(self.nodes)}
        order: list[str] = []
        try:
            sorter.prepare()
        except _GraphlibCycle as error:
            raise CycleError(f"The edges close a loop: {' -> '.join(error.args[1])}.") from error
        while sorter.is_active():
            ready = sorted(sorter.get_ready(), key=rank.__getitem__)
            order.extend(ready)
            sorter.done(*ready)
        return tuple(order)

    @cached_property
    def recipe(self) -> tuple[Recipe, ...]:
        """How the columns that are calculated come from others, each after those that it needs; mostly empty."""
        if not self.features and all(output.transform is None for output in self.outputs):
            return ()
        found: list[Recipe] = []
        for name in self.order:
            node = self.node_by_id[name]
            if isinstance(node, Feature):
                columns = tuple(self.column_of(source) for source in node.sources)
                found.append(Recipe(node.column, node.transform, columns, node.settings))
        for output in self.outputs:
            if output.transform is not None and output.column is not None:
                column = target_column(output.node)
                found.append(Recipe(column, output.transform, (output.column,), output.settings))
        return tuple(found)

    @cached_property
    def parameters(self) -> Mapping[str, Number]:
        """Each weight by its edge's id, then each bias as ``"<node id>.bias"``: the canonical order of parameters."""
        found: dict[str, Number] = {edge.id: edge.weight for edge in self.edges}
        for neuron in self.neurons:
            if neuron.bias is not None:
                found[bias_id(neuron.id)] = neuron.bias
        return MappingProxyType(found)

    @cached_property
    def trainable(self) -> Mapping[str, bool]:
        """For each parameter whether a training step may change it: neither frozen nor muted."""
        found = {edge.id: edge.trainable and not edge.muted for edge in self.edges}
        for neuron in self.neurons:
            if neuron.bias is not None:
                found[bias_id(neuron.id)] = neuron.trainable and not neuron.muted
        return MappingProxyType(found)

    @cached_property
    def muted(self) -> frozenset[str]:
        """The parameters that count as 0."""
        edges = {edge.id for edge in self.edges if edge.muted}
        return frozenset(edges | {bias_id(n.id) for n in self.neurons if n.muted and n.bias is not None})

    def column_of(self, source: str) -> str:
        """The column, among those of a represented dataset, that an input or feature passes on."""
        node = self.node_by_id[source]
        if isinstance(node, Neuron):
            raise NetworkError(f"{source} is a neuron, and passes on no column.")
        return node.column

    def readers(self, source: str) -> tuple[Feature, ...]:
        """The features that are calculated from an input or another feature, in drawing order."""
        return tuple(feature for feature in self.features if source in feature.sources)

    @cached_property
    def output_at(self) -> Mapping[str, Output]:
        """Each node that an output reads, with the first such output."""
        return MappingProxyType({output.node: output for output in reversed(self.outputs)})

    def output_of(self, node: str) -> Output | None:
        """The output that reads *node*, or ``None``."""
        return self.output_at.get(node)

    # -- asking ----------------------------------------------------------------------------------------------------

    def title(self, node: str) -> str:
        """What the user calls a node: its label, or the input's column, or its id."""
        found = self.node_by_id[node]
        if found.label:
            return found.label
        if isinstance(found, Feature):
            return self._symbol(found.transform, [self.title(source) for source in found.sources], found.settings)
        return found.column if isinstance(found, InputNode) else found.id

    def target_title(self, node: str) -> str | None:
        """What the user calls the target of an output: its column, or what is made of it; ``None`` without one."""
        output = self.output_of(node)
        if output is None or output.column is None or output.transform is None:
            return None if output is None else output.column
        return self._symbol(output.transform, [output.column], output.settings)

    def fresh_id(self, stem: str) -> str:
        """*stem*, or *stem* with the smallest number from 1 that makes it unused (an id is unique among everything)."""
        taken = self.node_by_id.keys() | self.edge_by_id.keys()
        if stem not in taken:
            return stem
        number = 1
        while f"{stem}{number}" in taken:
            number += 1
        return f"{stem}{number}"

    def class_title(self, node: str) -> str:
        """What the class that an output stands for is called: a value of its column, else its target, or the node."""
        output = self.output_of(node)
        chosen = None if output is None else dict(output.settings).get("class")
        if output is not None and output.transform == "indicator" and chosen is not None:
            return plain(chosen)
        return self.target_title(node) or self.title(node)

    def column_title(self, column: str) -> str:
        """What the user calls a column of a represented dataset: its name, or that of the feature or target."""
        for feature in self.features:
            if feature.column == column:
                return self.title(feature.id)
        for output in self.outputs:
            if output.transform is not None and output.target == column:
                return self.target_title(output.node) or column
        return column

    @staticmethod
    def _symbol(transform: str, titles: list[str], settings: Chosen) -> str:
        found = TRANSFORMS.get(transform)
        if found is None or not found.sources[0] <= len(titles) <= found.sources[1]:
            return found.title if found is not None else transform
        if found.settings_refusal(settings) is not None:
            return f"{found.title} {', '.join(titles)}"
        return found.symbol(titles, found.complete(settings))

    # -- changed copies --------------------------------------------------------------------------------------------

    def with_node(self, node: Node) -> Network:
        """A copy in which *node* is added, or replaces the node with its id."""
        if node.id in self.node_by_id:
            return replace(self, nodes=tuple(node if old.id == node.id else old for old in self.nodes))
        return replace(self, nodes=(*self.nodes, node))

    def with_edge(self, edge: Edge) -> Network:
        """A copy in which *edge* is added, or replaces the edge with its id."""
        if edge.id in self.edge_by_id:
            return replace(self, edges=tuple(edge if old.id == edge.id else old for old in self.edges))
        return replace(self, edges=(*self.edges, edge))

    def without(self, *ids: str) -> Network:
        """A copy without the nodes and edges named, without their edges, and without outputs of missing nodes.

        A feature whose source goes stays, and lacks it.
        """
        gone = set(ids)
        return Network(
            tuple(reading_less(node, gone) for node in self.nodes if node.id not in gone),
            tuple(e for e in self.edges if e.id not in gone and e.source not in gone and e.target not in gone),
            tuple(output for output in self.outputs if output.node not in gone),
        )

    def with_parameters(self, values: Mapping[str, Number]) -> Network:
        """A copy with the parameters named set to *values*; names that it does not have are passed over."""
        # Each frame of a run comes through here: ``replace`` would take ten times as long, and nothing needs checking.
        edges = tuple(
            Edge(e.id, e.source, e.target, values[e.id], e.trainable, e.muted) if e.id in values else e
            for e in self.edges
        )
        nodes = tuple(
            Neuron(n.id, n.label, values[bias_id(n.id)], n.activation, n.trainable, n.muted, n.position)
            if isinstance(n, Neuron) and n.bias is not None and bias_id(n.id) in values
            else n
            for n in self.nodes
        )
        copy = object.__new__(Network)
        kept = {name: getattr(self, name) for name in WITHOUT_VALUES}
        copy.__dict__.update(nodes=nodes, edges=edges, outputs=self.outputs, **kept)
        return copy


WITHOUT_VALUES = ("shape", "order", "recipe", "trainable", "muted", "inputs", "features", "sources", "output_at")
"""What a network has worked out about itself that the values of its parameters do not change."""
