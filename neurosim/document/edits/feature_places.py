"""Where features stand in the graph: to the right of their sources, before what reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from neurosim.engine.network import Network, Node, Point

GAP = 200.0
"""A feature stands so far to the right of its source, in pixels at 100 %."""
ROOM, WIDEST = 340.0, 480.0
"""What reads features stands at least, and need not stand farther than, so far to the right of them."""
ROW = 96.0
"""Features of one source stand so far below one another."""


def free_place(network: Network, sources: Sequence[str]) -> Point:
    """Where a feature of *sources* stands: to their right, below what stands there already."""
    if not sources:
        return (0.0, 0.0)
    places = [network.node_by_id[source].position for source in sources]
    x = max(place[0] for place in places) + GAP
    y = sum(place[1] for place in places) / len(places)
    taken = [node.position for node in network.sources]
    while any(abs(x - a) < GAP / 2 and abs(y - b) < ROW - 1 for a, b in taken):
        y += ROW
    return x, y


def make_room(network: Network, feature: str, *sources: str) -> Network:
    """Everything that a feature's sources lead to moves to the right of it, as far off as it was from the sources."""
    node = network.node_by_id[feature]
    behind = _behind(network, sources) - {feature}
    nearest = min((network.node_by_id[name].position[0] for name in behind), default=None)
    if nearest is None:
        return network
    alone = not any(abs(f.position[0] - node.position[0]) < GAP / 2 for f in network.features if f.id != feature)
    before = max(network.node_by_id[source].position[0] for source in sources)
    wanted = max(ROOM, min(nearest - before, WIDEST)) if alone else ROOM
    by = node.position[0] + wanted - nearest
    if by <= 0:
        return network
    nodes = tuple(_moved(one, by) if one.id in behind else one for one in network.nodes)
    outputs = tuple(
        replace(o, position=(o.position[0] + by, o.position[1])) if o.position is not None and o.node in behind else o
        for o in network.outputs
    )
    return replace(network, nodes=nodes, outputs=outputs)


def _moved(node: Node, by: float) -> Node:
    return replace(node, position=(node.position[0] + by, node.position[1]))


def _behind(network: Network, sources: Sequence[str]) -> set[str]:
    """The neurons that *sources* lead to, over any number of edges."""
    found: set[str] = set()
    waiting = list(sources)
    while waiting:
        for edge in network.outgoing[waiting.pop()]:
            if edge.target not in found:
                found.add(edge.target)
                waiting.append(edge.target)
    return found
