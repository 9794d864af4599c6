"""What a file's nodes, edges and outputs say of one another; what is wrong is told with its very place.

*places* below are where the lists ``nodes``, ``edges`` and ``outputs`` stand in the file.

Raises:
    FaultError: by each of the functions, on the first fault.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from neurosim.document.json_values import Value
from neurosim.engine.network import Edge, Feature, InputNode, Neuron, Node, Output


def check_ids(places: Mapping[str, str], nodes: Sequence[Node], edges: Sequence[Edge]) -> None:
    """Complain about ids that cannot be used, or are used twice."""
    seen: set[str] = set()
    for kind, identifiers in (("nodes", [node.id for node in nodes]), ("edges", [edge.id for edge in edges])):
        for index, identifier in enumerate(identifiers):
            place = Value(identifier, f"{places[kind]}[{index}].id")
            if not identifier or "." in identifier:
                place.fail(f"the id {place.shown()} is not usable", "write a text without full stops")
            if identifier in seen:
                place.fail(f"the id {place.shown()} is used twice", "give each node and edge its own")
            seen.add(identifier)


def check_ends(places: Mapping[str, str], nodes: Sequence[Node], edges: Sequence[Edge]) -> None:
    """Complain about edges and features that lead nowhere, or where nothing may lead."""
    by_id = {node.id: node for node in nodes}
    joined: set[tuple[str, str]] = set()
    for index, edge in enumerate(edges):
        place = f"{places['edges']}[{index}]"
        for end, node in (("source", edge.source), ("target", edge.target)):
            if node not in by_id:
                _no_node(Value(node, f"{place}.{end}"))
        if isinstance(by_id[edge.target], InputNode):
            Value(edge.target, f"{place}.target").fail(
                f'"{edge.target}" is an input, and nothing can flow into an input', "lead the edge to a neuron"
            )
        if isinstance(by_id[edge.target], Feature):
            Value(edge.target, f"{place}.target").fail(
                f'"{edge.target}" is a feature, and no weight leads into a feature', 'name its sources under "sources"'
            )
        if (edge.source, edge.target) in joined:
            Value(edge.id, place).fail(
                f'"{edge.source}" and "{edge.target}" are already connected', "remove one of the two edges"
            )
        joined.add((edge.source, edge.target))
    for index, one in enumerate(nodes):
        if isinstance(one, Feature):
            _check_sources(f"{places['nodes']}[{index}].sources", one, by_id)


def check_outputs(places: Mapping[str, str], nodes: Sequence[Node], outputs: Sequence[Output]) -> None:
    """Complain about outputs of no node, and about two of the same."""
    known = {node.id for node in nodes}
    read: set[str] = set()
    for index, output in enumerate(outputs):
        place = Value(output.node, f"{places['outputs']}[{index}].node")
        if output.node not in known:
            _no_node(place)
        if output.node in read:
            place.fail(f"{place.shown()} is already an output", "remove one of the two")
        read.add(output.node)


def _check_sources(place: str, feature: Feature, by_id: Mapping[str, Node]) -> None:
    for index, source in enumerate(feature.sources):
        at = Value(source, f"{place}[{index}]")
        if source not in by_id:
            _no_node(at)
        if isinstance(by_id[source], Neuron):
            at.fail(f"{at.shown()} is a neuron, and a feature is calculated from the data", "name an input or feature")
        if source in feature.sources[:index]:
            at.fail(f"{at.shown()} is named twice", "remove one of the two")


def _no_node(place: Value) -> None:
    place.fail(f"there is no node {place.shown()}", "name an existing node")
