"""Edits of whole layers, with the weights kept: insert one, widen, narrow, add skip connections, collapse two."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from neurosim.document.edits.architecture import usual_initializer
from neurosim.document.edits.common import EditError, with_network
from neurosim.document.state import DocumentState
from neurosim.engine.collapse import Collapse, collapse, linear_layer
from neurosim.engine.connecting import reason_to_refuse
from neurosim.engine.errors import NetworkError
from neurosim.engine.initializers import INITIALIZERS
from neurosim.engine.layers import depths, layer_of
from neurosim.engine.network import Edge, Network, Neuron, Point, bias_id

COLUMN_GAP, ROW_GAP = 240.0, 110.0
CLEAR = 60.0
"""So far from a node, up, down and to the sides, another may begin."""

MOST_WIDTH = 64
CHOOSE = "Choose a neuron of the layer first."


def insert_layer(
    state: DocumentState, edges: Iterable[str], activation: str = "identity", *, dense: bool = True
) -> DocumentState:
    """Put a layer into *edges*: a new neuron behind each node that one of them starts in; the edges go on from there.

    A new neuron's weight from its own node is 1, from the others of the layer 0 (these edges are left out unless
    *dense*), its bias is 0: with the identity, and with ReLU behind what is never negative, the network computes what
    it did before. The edges keep their ids and weights.
    """
    network = state.network
    chosen = [edge for edge in network.edges if edge.id in set(edges)]
    if not chosen:
        raise EditError("Choose the edges that the layer goes into, or a neuron beside it.")
    sources = [node.id for node in network.nodes if node.id in {edge.source for edge in chosen}]
    nodes = network.node_by_id
    x = max(nodes[source].position[0] for source in sources)
    room = min(nodes[edge.target].position[0] for edge in chosen) - x
    if room < 1.5 * COLUMN_GAP:
        network = _moved_right(network, x, 2 * COLUMN_GAP - max(room, 0.0))
        place = x + COLUMN_GAP
    else:
        place = x + room / 2
    names: dict[str, str] = {}
    stem = _free_stem(network, len(sources))
    for number, source in enumerate(sources, start=1):
        name = names[source] = f"{stem}{number}"
        y = _free_row(network, place, nodes[source].position[1])
        network = network.with_node(Neuron(name, activation=activation, position=(place, y)))
    for edge in chosen:
        network = network.with_edge(replace(edge, source=names[edge.source]))
    for source, name in names.items():
        for other in sources if dense else [source]:
            if reason_to_refuse(network, other, name) is None:
                weight = Fraction(1 if other == source else 0)
                network = network.with_edge(Edge(network.fresh_id("w"), other, name, weight))
    return with_network(state, network)


def inserted_ids(network: Network, edges: Iterable[str]) -> tuple[str, ...]:
    """The ids of the neurons that ``insert_layer`` will add."""
    count = len({edge.source for edge in network.edges if edge.id in set(edges)})
    stem = _free_stem(network, count)
    return tuple(f"{stem}{number}" for number in range(1, count + 1))


def edges_before(network: Network, layer: Iterable[str]) -> tuple[str, ...]:
    """The edges that end in a layer."""
    return tuple(edge.id for edge in network.edges if edge.target in set(layer))


def edges_after(network: Network, layer: Iterable[str]) -> tuple[str, ...]:
    """The edges that begin in a layer."""
    return tuple(edge.id for edge in network.edges if edge.source in set(layer))


def widen_layer(state: DocumentState, nodes: Iterable[str], by: int = 1) -> DocumentState:
    """Add *by* neurons to the layer of *nodes*; the network computes what it did before.

    Each reads what the layer reads, with weights drawn from the seed as they suit its activation, and feeds what the
    layer feeds with weights of 0: the first step of training changes these, and the others from then on.

    Raises:
        EditError: there is no layer, or it feeds nothing.
    """
    network = state.network
    layer = _layer(network, nodes)
    if len(layer) + by > MOST_WIDTH:
        raise EditError(f"A layer may have up to {MOST_WIDTH} neurons.")
    sources = _in_order(network, {edge.source for node in layer for edge in network.incoming[node]})
    targets = _in_order(network, {edge.target for node in layer for edge in network.outgoing[node]})
    if not targets:
        raise EditError(
            f"{_titles(network, layer)} feed nothing: an output layer is as wide as it has targets. "
            "Widen a hidden layer, or add an output."
        )
    neurons = [node for node in network.neurons if node.id in layer]
    kinds = [neuron.activation for neuron in neurons]
    kind = max(kinds, key=kinds.count)
    new: list[str] = []
    for _ in range(by):
        name = _next_id(network, layer[0])
        x, y = max((neuron.position for neuron in network.neurons if neuron.id in {*layer, *new}), key=lambda p: p[1])
        network = network.with_node(Neuron(name, activation=kind, position=(x, _free_row(network, x, y + ROW_GAP))))
        new.append(name)
        for source in sources:
            network = network.with_edge(Edge(network.fresh_id("w"), source, name, Fraction(0)))
        for target in targets:
            network = network.with_edge(Edge(network.fresh_id("w"), name, target, Fraction(0)))
    drawn = INITIALIZERS[usual_initializer(kind)].parameters(network, state.training.seed)
    own = {edge.id for edge in network.edges if edge.target in new} | {bias_id(name) for name in new}
    return with_network(state, network.with_parameters({name: v for name, v in drawn.items() if name in own}))


def narrow_layer(state: DocumentState, nodes: Iterable[str]) -> DocumentState:
    """Take the neuron out of the layer of *nodes* that its readers weigh least (``least_needed``).

    Raises:
        EditError: there is no layer, or nothing in it can go.
    """
    return with_network(state, state.network.without(least_needed(state.network, nodes)))


def least_needed(network: Network, nodes: Iterable[str]) -> str:
    """The hidden neuron of a layer with the smallest sum of the sizes of its outgoing weights; of equals the last.

    Raises:
        EditError: there is no layer, it has one neuron only, or all are outputs.
    """
    layer = _layer(network, nodes)
    hidden = [node for node in layer if network.output_of(node) is None]
    if not hidden:
        raise EditError(f"{_titles(network, layer)} are outputs: delete the output that is not wanted.")
    if len(layer) == 1:
        raise EditError(
            f"{network.title(layer[0])} is the only neuron of its layer. "
            "Delete it to take the layer away, or collapse it if it is linear."
        )
    return min(reversed(hidden), key=lambda node: sum(abs(float(edge.weight)) for edge in network.outgoing[node]))


def add_skips(state: DocumentState, nodes: Iterable[str] = ()) -> DocumentState:
    """Let the layer of *nodes* (without any: every neuron) also read what the layer before it reads, with weight 0.

    The network computes what it did before; training changes the new weights from the first step on.

    Raises:
        EditError: there is nothing to skip.
    """
    network = state.network
    picked = tuple(nodes)
    targets = layer_of(network, picked) if picked else tuple(neuron.id for neuron in network.neurons)
    for pair in skips_possible(network, targets):
        network = network.with_edge(Edge(network.fresh_id("w"), *pair, Fraction(0)))
    if network is state.network:
        raise EditError(
            "There is no layer to skip: each neuron already reads everything that the layer before it reads."
        )
    return with_network(state, network)


def skips_possible(network: Network, targets: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The edges that ``add_skips`` would draw: from what feeds the feeders of each target, where there is none yet."""
    found = []
    for target in targets:
        feeders = {edge.source for edge in network.incoming[target]}
        above = {edge.source for feeder in feeders for edge in network.incoming[feeder]}
        found += [(source, target) for source in _in_order(network, above - feeders)]
    return tuple(found)


def plan_collapse(state: DocumentState, nodes: Iterable[str] = ()) -> Collapse:
    """What becomes of the linear hidden layer of *nodes*, or of the first there is.

    Raises:
        EditError: a bend lies between, or there is no hidden layer.
    """
    try:
        return collapse(state.network, linear_layer(state.network, nodes))
    except NetworkError as error:
        raise EditError(str(error)) from error


def collapse_layer(state: DocumentState, nodes: Iterable[str] = ()) -> DocumentState:
    """Multiply a linear hidden layer away; the network computes what it did before.

    Raises:
        EditError: as ``plan_collapse``.
    """
    return with_network(state, plan_collapse(state, nodes).network)


# -- helpers -----------------------------------------------------------------------------------------------------------


def _layer(network: Network, nodes: Iterable[str]) -> tuple[str, ...]:
    """The one layer meant.

    Raises:
        EditError: none is.
    """
    layer = layer_of(network, nodes)
    if not layer:
        raise EditError(CHOOSE)
    depth = depths(network)
    first = min(depth[node] for node in layer)
    return tuple(node for node in layer if depth[node] == first)


def _titles(network: Network, nodes: Sequence[str]) -> str:
    names = [network.title(node) for node in nodes]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _in_order(network: Network, nodes: Iterable[str]) -> list[str]:
    wanted = set(nodes)
    return [node.id for node in network.nodes if node.id in wanted]


def _stem(identifier: str) -> str:
    return identifier.rstrip("0123456789") or identifier


def _next_id(network: Network, identifier: str) -> str:
    """The id with the next free number: h3 beside h1 and h2."""
    stem, number = _stem(identifier), 1
    while f"{stem}{number}" in network.node_by_id or f"{stem}{number}" in network.edge_by_id:
        number += 1
    return f"{stem}{number}"


def _free_stem(network: Network, count: int) -> str:
    """A letter whose numbers 1 to *count* are all free."""
    taken = network.node_by_id.keys() | network.edge_by_id.keys()
    for stem in ("h", "k", "m", "p", "q", "r", *(f"h{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")):
        if not any(f"{stem}{number}" in taken for number in range(1, count + 1)):
            return stem
    return network.fresh_id("layer") + "_"


def _free_row(network: Network, x: float, y: float) -> float:
    """*y*, or the next place below it where nothing stands."""
    places: list[Point] = [node.position for node in network.nodes]
    while any(abs(px - x) < CLEAR and abs(py - y) < CLEAR for px, py in places):
        y += CLEAR / 2
    return y


def _moved_right(network: Network, beyond: float, by: float) -> Network:
    """Everything to the right of *beyond* moved on, so that a column has room."""
    nodes = tuple(
        replace(node, position=(node.position[0] + by, node.position[1])) if node.position[0] > beyond else node
        for node in network.nodes
    )
    outputs = tuple(
        replace(o, position=(o.position[0] + by, o.position[1])) if o.position and o.position[0] > beyond else o
        for o in network.outputs
    )
    return replace(network, nodes=nodes, outputs=outputs)


__all__ = [
    "add_skips",
    "collapse_layer",
    "edges_after",
    "edges_before",
    "insert_layer",
    "inserted_ids",
    "least_needed",
    "narrow_layer",
    "plan_collapse",
    "skips_possible",
    "widen_layer",
]
