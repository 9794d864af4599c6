"""The keyboard's way through the graph: from node to port to edge to node, without a pointer."""

from __future__ import annotations

from neurosim.canvas.drawing.hits import Hit
from neurosim.canvas.items.constant_item import ConstantItem
from neurosim.canvas.scene import GraphScene
from neurosim.document.selection import OUTPUT, output_id
from neurosim.document.wires import wire_ends, wire_id
from neurosim.engine.feature import Feature
from neurosim.engine.network import Neuron, bias_id


def start(drawing: GraphScene, selected: frozenset[str]) -> Hit | None:
    """Where the walk begins: at what is selected, else at the first node."""
    for key in drawing.nodes:
        if key in selected and not isinstance(drawing.nodes[key], ConstantItem):
            return Hit("node", key)
    for key in selected:
        if key in drawing.edges.row:
            return Hit("edge", key)
    first = next((key for key, item in drawing.nodes.items() if not isinstance(item, ConstantItem)), None)
    return None if first is None else Hit("node", first)


def valid(drawing: GraphScene, at: Hit | None) -> bool:
    """Whether what the keyboard was on is still drawn."""
    if at is None:
        return False
    if at.part in {"edge", "chip"}:
        return (at.key, "weight") in drawing.chips.chips or at.key in drawing.edges.row
    return at.key in drawing.nodes


def right(drawing: GraphScene, at: Hit) -> Hit:
    """One place along the flow: in port, bias, node, out port, first edge, its target."""
    if at.part == "edge":
        target = _ends(drawing, at.key)[1]
        return at if target is None else Hit("node", target)
    stops = _stops(drawing, at.key if at.part != "chip" else at.key.removesuffix(".bias"))
    here = stops.index(at) if at in stops else 0
    if here + 1 < len(stops):
        return stops[here + 1]
    following = _edges_from(drawing, stops[-1].key)
    if following:
        return Hit("edge", following[0])
    output = output_id(stops[-1].key)
    return Hit("node", output) if output in drawing.nodes else at


def left(drawing: GraphScene, at: Hit) -> Hit:
    """One place against the flow."""
    if at.part == "edge":
        source = _ends(drawing, at.key)[0]
        if source is None:
            return at
        item = drawing.nodes[source]
        return Hit("out" if item.has_out else "node", source)
    node = at.key if at.part != "chip" else at.key.removesuffix(".bias")
    stops = _stops(drawing, node)
    here = stops.index(at) if at in stops else 0
    if here > 0:
        return stops[here - 1]
    if node.startswith(OUTPUT):
        return Hit("out", node.removeprefix(OUTPUT))
    arriving = _edges_into(drawing, node)
    return Hit("edge", arriving[0]) if arriving else at


def vertical(drawing: GraphScene, at: Hit, step: int) -> Hit:
    """Up (-1) or down (1): the nearest node there, or the next edge of the same port."""
    if at.part == "edge":
        source, target = _ends(drawing, at.key)
        siblings = _edges_from(drawing, source) if source is not None else []
        if len(siblings) < 2 and target is not None:
            siblings = _edges_into(drawing, target)
        place = siblings.index(at.key) + step if at.key in siblings else 0
        return Hit("edge", siblings[place]) if 0 <= place < len(siblings) else at
    key = at.key if at.part != "chip" else at.key.removesuffix(".bias")
    here = drawing.nodes[key].pos()
    best, cheapest = at, float("inf")
    for other, item in drawing.nodes.items():
        if other == key or isinstance(item, ConstantItem):
            continue
        dx, dy = item.x() - here.x(), (item.y() - here.y()) * step
        if dy > 1.0:
            cost = dy + 2.5 * abs(dx)
            if cost < cheapest:
                best, cheapest = Hit("node", other), cost
    return best


def _stops(drawing: GraphScene, node: str) -> list[Hit]:
    item = drawing.nodes[node]
    found = [Hit("in", node)] if item.has_in and not node.startswith(OUTPUT) else []
    neuron = drawing.network.node_by_id.get(node)
    if isinstance(neuron, Neuron) and neuron.bias is not None:
        found.append(Hit("chip", bias_id(node)))
    found.append(Hit("node", node))
    return [*found, Hit("out", node)] if item.has_out else found


def _ends(drawing: GraphScene, edge: str) -> tuple[str | None, str | None]:
    ends = wire_ends(edge)
    if ends is not None:
        return ends
    found = drawing.network.edge_by_id.get(edge)
    return (None, None) if found is None else (found.source, found.target)


def _edges_from(drawing: GraphScene, node: str) -> list[str]:
    edges = [edge for edge in drawing.network.outgoing.get(node, ()) if edge.id in drawing.edges.row]
    found = [(drawing.nodes[edge.target].y(), edge.id) for edge in edges]
    features = (feature.id for feature in drawing.network.readers(node)) if drawing.page is None else ()
    found += [(drawing.nodes[feature].y(), wire_id(node, feature)) for feature in features]
    return [key for _, key in sorted(found)]


def _edges_into(drawing: GraphScene, node: str) -> list[str]:
    edges = [edge for edge in drawing.network.incoming.get(node, ()) if edge.id in drawing.edges.row]
    found = [(drawing.nodes[edge.source].y(), edge.id) for edge in edges]
    feature = drawing.network.node_by_id.get(node)
    if isinstance(feature, Feature) and drawing.page is None:
        found += [(drawing.nodes[source].y(), wire_id(source, node)) for source in feature.sources]
    return [key for _, key in sorted(found)]
