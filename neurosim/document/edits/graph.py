"""Edits of the drawing: add, connect, delete, duplicate, insert."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from neurosim.document.edits.common import (
    OUTPUT,
    EditError,
    bias_owner,
    each,
    edge_of,
    finite,
    neuron_of,
    node_of,
    with_network,
)
from neurosim.document.edits.features import connect_wire, disconnect_wire
from neurosim.document.state import DocumentState
from neurosim.document.wires import wire_ends
from neurosim.engine.connecting import reason_to_refuse
from neurosim.engine.feature import Feature
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output, Point

OUTPUT_GAP = 200.0
"""So far to the right of its node an output without a place of its own stands, in pixels at 100 %."""


def add_input(
    state: DocumentState, column: str | None = None, position: Point = (0.0, 0.0), *, identifier: str | None = None
) -> DocumentState:
    """Add an input that reads *column*; without one, the first column that nothing reads yet, or a new name.

    The new node's id is *identifier*, by default ``network.fresh_id("x")``.
    """
    network = state.network
    name = identifier if identifier is not None else network.fresh_id("x")
    if column is None:
        taken = {node.column for node in network.inputs} | {output.column for output in network.outputs}
        column = next((c for c in state.dataset.columns if c not in taken), name)
    return with_network(state, _added(network, InputNode(name, column, position=_point(position))))


def add_neuron(
    state: DocumentState,
    position: Point = (0.0, 0.0),
    activation: str = "identity",
    *,
    identifier: str | None = None,
) -> DocumentState:
    """Add a neuron with bias 0. Its id is *identifier*, by default ``network.fresh_id("n")``."""
    name = identifier if identifier is not None else state.network.fresh_id("n")
    return with_network(state, _added(state.network, Neuron(name, activation=activation, position=_point(position))))


def add_output(
    state: DocumentState, node: str, column: str | None = None, position: Point | None = None
) -> DocumentState:
    """Compare *node*'s activation with *column*; without one, the first column that nothing reads yet, if any."""
    network = state.network
    node_of(network, node)
    if network.output_of(node) is not None:
        raise EditError(f"{network.title(node)} is already an output.")
    if column is None:
        taken = {i.column for i in network.inputs} | {output.column for output in network.outputs}
        column = next((c for c in reversed(tuple(state.dataset.columns)) if c not in taken), None)
    output = Output(node, column, None if position is None else _point(position))
    return with_network(state, replace(network, outputs=(*network.outputs, output)))


def connect(
    state: DocumentState,
    source: str,
    target: str,
    weight: Fraction | float | int = Fraction(1),
    *,
    identifier: str | None = None,
) -> DocumentState:
    """Draw an edge from *source* to *target*. Its id is *identifier*, by default ``network.fresh_id("w")``.

    Into a feature leads a wire, which has neither a weight nor an id.

    Raises:
        EditError: the edge may not be: it would close a loop, end in an input, or is there already.
    """
    reason = reason_to_refuse(state.network, source, target)
    if reason is not None:
        raise EditError(_sentence(reason))
    if isinstance(state.network.node_by_id[target], Feature):
        return connect_wire(state, source, target)
    name = identifier if identifier is not None else state.network.fresh_id("w")
    _check_free(state.network, name)
    return with_network(state, state.network.with_edge(Edge(name, source, target, finite(weight, "A weight"))))


def disconnect(state: DocumentState, edge: str) -> DocumentState:
    """Take an edge away."""
    edge_of(state.network, edge)
    return with_network(state, state.network.without(edge))


def delete(state: DocumentState, ids: Iterable[str] | str) -> DocumentState:
    """Delete nodes (with their edges and outputs), edges, wires, outputs (``"output:n"``) and biases (``"n.bias"``)."""
    network = state.network
    outputs: set[str] = set()
    things: list[str] = []
    biases: list[str] = []
    loose: list[tuple[str, str]] = []
    for identifier in each(ids):
        owner = bias_owner(identifier)
        ends = wire_ends(identifier)
        if ends is not None:
            loose.append(ends)
        elif identifier.startswith(OUTPUT):
            node = identifier.removeprefix(OUTPUT)
            if network.output_of(node) is None:
                raise EditError(f"{node} is not an output.")
            outputs.add(node)
        elif owner is not None:
            biases.append(neuron_of(network, owner).id)
        elif identifier in network.node_by_id or identifier in network.edge_by_id:
            things.append(identifier)
        else:
            raise EditError(f"There is no {identifier} to delete.")
    for node in biases:
        network = network.with_node(replace(neuron_of(network, node), bias=None))
    if outputs:
        network = replace(network, outputs=tuple(output for output in network.outputs if output.node not in outputs))
    for source, feature in loose:
        if not {source, feature} & set(things):
            network = disconnect_wire(replace(state, network=network), source, feature).network
    if things:
        network = network.without(*things)
    return with_network(state, network)


def duplicate(state: DocumentState, ids: Iterable[str] | str, offset: Point = (40.0, 40.0)) -> DocumentState:
    """Copy nodes with their parameters and the edges between them; edges into a copied node come along too.

    The copies' ids are those of ``duplicate_ids``.
    """
    network = state.network
    chosen = [identifier for identifier in each(ids) if identifier in network.node_by_id]
    if not chosen:
        raise EditError("There is no node to duplicate: choose one first.")
    names = duplicate_ids(network, chosen)
    copied = network
    for old, new in names.items():
        node = network.node_by_id[old]
        x, y = node.position
        copied = copied.with_node(replace(node, id=new, position=(x + offset[0], y + offset[1])))
    for old, new in names.items():
        node = network.node_by_id[old]
        if isinstance(node, Feature):
            sources = tuple(names.get(source, source) for source in node.sources)
            x, y = node.position
            place = (x + offset[0], y + offset[1])
            copied = copied.with_node(replace(node, id=new, position=place, sources=sources))
    for edge in network.edges:
        if edge.target in names:
            source = names.get(edge.source, edge.source)
            name = copied.fresh_id(_stem(edge.id))
            copied = copied.with_edge(replace(edge, id=name, source=source, target=names[edge.target]))
    return with_network(state, copied)


def duplicate_ids(network: Network, ids: Iterable[str] | str) -> Mapping[str, str]:
    """The id of each node's copy, as ``duplicate`` will choose it."""
    taken = set(network.node_by_id) | set(network.edge_by_id)
    names: dict[str, str] = {}
    for identifier in each(ids):
        if identifier in network.node_by_id:
            names[identifier] = _fresh(_stem(identifier), taken)
            taken.add(names[identifier])
    return names


def insert_on_edge(
    state: DocumentState,
    edge: str,
    position: Point | None = None,
    activation: str = "identity",
    *,
    identifier: str | None = None,
) -> DocumentState:
    """Put a new neuron into an edge: the edge keeps id and weight and ends in it, a new edge of weight 1 goes on.

    With the identity and no bias the network computes what it did before.
    """
    network = state.network
    old = edge_of(network, edge)
    if position is None:
        (x1, y1), (x2, y2) = network.node_by_id[old.source].position, network.node_by_id[old.target].position
        position = ((x1 + x2) / 2, (y1 + y2) / 2)
    name = identifier if identifier is not None else network.fresh_id("n")
    network = _added(network, Neuron(name, activation=activation, position=_point(position)))
    network = network.with_edge(replace(old, target=name))
    return with_network(state, network.with_edge(Edge(network.fresh_id("w"), name, old.target, Fraction(1))))


def rename(state: DocumentState, identifier: str, label: str) -> DocumentState:
    """Give a node another name on the screen; an empty one shows its column or id. Its id stays."""
    node = node_of(state.network, identifier)
    return with_network(state, state.network.with_node(replace(node, label=label.strip())))


def move_nodes(state: DocumentState, positions: Mapping[str, Point]) -> DocumentState:
    """Move nodes, and outputs named ``"output:n"``, to places on the canvas."""
    network = state.network
    for identifier in positions:
        if identifier.startswith(OUTPUT):
            if network.output_of(identifier.removeprefix(OUTPUT)) is None:
                raise EditError(f"{identifier.removeprefix(OUTPUT)} is not an output.")
        else:
            node_of(network, identifier)
    nodes = tuple(
        replace(node, position=_point(positions[node.id])) if node.id in positions else node for node in network.nodes
    )
    outputs = tuple(
        replace(o, position=_point(positions[OUTPUT + o.node])) if OUTPUT + o.node in positions else o
        for o in network.outputs
    )
    return replace(state, network=replace(network, nodes=nodes, outputs=outputs))


def align_nodes(state: DocumentState, ids: Iterable[str] | str, in_row: bool) -> DocumentState:
    """Put nodes at one height (*in_row*), or above one another: at the mean of where they are.

    Raises:
        EditError: there are fewer than two, or one of them does not exist.
    """
    names = each(ids)
    if len(names) < 2:
        raise EditError("Choose two nodes or more to align them.")
    places = {name: node_of(state.network, name).position for name in names}
    axis = 1 if in_row else 0
    mean = sum(place[axis] for place in places.values()) / len(places)
    return move_nodes(state, {name: (x, mean) if in_row else (mean, y) for name, (x, y) in places.items()})


def set_positions(state: DocumentState, positions: Mapping[str, Point]) -> DocumentState:
    """Lay the graph out anew: every position in one edit (tidy)."""
    return move_nodes(state, positions)


def _point(position: Point) -> Point:
    x, y = (float(finite(value, "A position")) for value in position)
    return x, y


def _added(network: Network, node: InputNode | Neuron) -> Network:
    _check_free(network, node.id)
    return network.with_node(node)


def _check_free(network: Network, identifier: str) -> None:
    if not identifier or "." in identifier:
        raise EditError(f"The id {identifier!r} cannot be: an id needs at least one character and no full stop.")
    if identifier in network.node_by_id or identifier in network.edge_by_id:
        raise EditError(f"The id {identifier} is already taken.")


def _stem(identifier: str) -> str:
    return identifier.rstrip("0123456789") or identifier


def _fresh(stem: str, taken: set[str]) -> str:
    number = 1
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"


def _sentence(reason: str) -> str:
    return f"This edge {reason}." if reason.startswith("would") else reason
