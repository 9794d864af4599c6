"""Whether an edge may be drawn from one node of a network to another, and if not, why."""

from __future__ import annotations

from neurosim.engine.feature import Feature
from neurosim.engine.network import InputNode, Network, Neuron
from neurosim.engine.transforms import TRANSFORMS


def reason_to_refuse(network: Network, source: str, target: str) -> str | None:
    """Why no edge may be drawn from *source* to *target*, in plain words; ``None`` when it may."""
    nodes = network.node_by_id
    for end in (source, target):
        if end not in nodes:
            return f"There is no node {end}."
    name, into = network.title(source), network.title(target)
    into_node = nodes[target]
    if isinstance(into_node, InputNode):
        return f"{into} is an input: nothing can flow into it."
    if source == target:
        return f"{name} cannot feed itself: that would close a loop: {name} -> {name}."
    if isinstance(into_node, Feature):
        return _reason_to_refuse_wire(network, source, into_node)
    if any(edge.target == target for edge in network.outgoing[source]):
        return f"{name} and {into} are already connected."
    return _loop(network, source, target)


def _reason_to_refuse_wire(network: Network, source: str, feature: Feature) -> str | None:
    name, into = network.title(source), network.title(feature.id)
    if isinstance(network.node_by_id[source], Neuron):
        return f"{into} is calculated from the data before any training: only inputs and features can lead into it."
    if source in feature.sources:
        return f"{name} and {into} are already connected."
    transform = TRANSFORMS.get(feature.transform)
    if transform is not None and len(feature.sources) >= transform.sources[1]:
        most = transform.sources[1]
        return f"{into} takes {most} {'column' if most == 1 else 'columns'}, and has {'it' if most == 1 else 'them'}."
    return _loop(network, source, feature.id)


def _loop(network: Network, source: str, target: str) -> str | None:
    """The loop that an edge from *source* to *target* would close, in words; ``None``: it would close none."""
    path = _path(network, target, source)
    if path is None:
        return None
    return "would close a loop: " + " -> ".join(network.title(node) for node in (*path, path[0]))


def _path(network: Network, start: str, goal: str) -> tuple[str, ...] | None:
    """A way along edges and wires from *start* to *goal*, both ends included; ``None``: there is none."""
    came_from: dict[str, str] = {start: start}
    waiting = [start]
    while waiting:
        node = waiting.pop()
        if node == goal:
            path = [node]
            while path[-1] != start:
                path.append(came_from[path[-1]])
            return tuple(reversed(path))
        onward = [edge.target for edge in network.outgoing[node]]
        onward += [feature.id for feature in network.readers(node)]
        for target in onward:
            if target not in came_from:
                came_from[target] = node
                waiting.append(target)
    return None
