"""Where everything stands that has no place of its own: outputs, constants, the close-up page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QPointF, QRectF

from neurosim.canvas import style
from neurosim.canvas.items.node_item import NodeItem
from neurosim.canvas.items.output_item import WIDEST
from neurosim.document.selection import output_id
from neurosim.document.state import DocumentState
from neurosim.engine.network import Network

OUTPUT_GAP = 108.0
"""From a node's right port to the centre of an output without a place of its own."""
AIR = 8.0
SOURCE_GAP = 100.0
PAGE_WIDTH = 290.0
"""In the close-up of one neuron among others: from its sources to its sum."""

EXPANDED = "expanded"
"""The key of ``DocumentState.view`` that lists the neurons drawn as their close-ups."""


def expanded(state: DocumentState) -> frozenset[str]:
    """The neurons drawn as close-ups in their places: those listed in the file, else the only neuron there is."""
    neurons = {node.id for node in state.network.neurons}
    listed = state.view.get(EXPANDED)
    if isinstance(listed, (list, tuple)):
        return frozenset(node for node in listed if node in neurons)
    return frozenset(neurons) if len(neurons) == 1 else frozenset()


def node_places(network: Network, items: Mapping[str, NodeItem]) -> dict[str, QPointF]:
    """The scene position of every node and output of *network*."""
    places = {node.id: QPointF(*node.position) for node in network.nodes}
    for output in network.outputs:
        key = output_id(output.node)
        if output.position is not None:
            places[key] = QPointF(*output.position)
        elif output.node in items:
            places[key] = places[output.node] + QPointF(output_reach(items[output.node]), 0)
    return places


def page_places(network: Network, node: str, items: Mapping[str, NodeItem]) -> dict[str, QPointF]:
    """The close-up page of *node*: its sources in a column, the constant below them, its output to the right."""
    sources = [edge.source for edge in network.incoming[node]]
    sources.sort(key=lambda source: network.node_by_id[source].position[1])
    rows = len(sources) + 1
    gap = max([SOURCE_GAP, *(items[source].extent().height() + AIR for source in sources)])
    top = -gap * (rows - 1) / 2
    width = PAGE_WIDTH + 16.0 * rows
    places = {source: QPointF(-width, top + gap * i) for i, source in enumerate(sources)}
    places[node] = QPointF(0, 0)
    if network.output_of(node) is not None:
        places[output_id(node)] = QPointF(output_reach(items[node]), 0)
    return places


def output_reach(item: NodeItem) -> float:
    """From a node to the centre of its output: clear, at its widest, of what stands beside the node."""
    if style.lettering() > 1.0:
        return item.out_port().x() + OUTPUT_GAP  # for a class, places are found by what stands there
    beside = max((part.right() for part in item.covered()[1:]), default=0.0)
    return max(item.out_port().x() + OUTPUT_GAP, beside + AIR + style.tall(WIDEST) / 2)


def constant_place(node: QPointF, sources: Iterable[QPointF], others: Iterable[QRectF]) -> QPointF:
    """Where the constant 1 of an opened neuron at *node* stands: below its sources, clear of *others*."""
    places = list(sources)
    x = min([place.x() for place in places] + [node.x() - 170.0])
    x = max(x, node.x() - style.tall(480.0))
    y = max([place.y() + SOURCE_GAP for place in places] + [node.y() + SOURCE_GAP])
    y = min(y, node.y() + 4 * SOURCE_GAP)
    obstacles = list(others)
    for _ in range(20):
        rect = QRectF(x - 30, y - 30, 60, 60)
        if not any(rect.intersects(other) for other in obstacles):
            break
        y += 24.0
    return QPointF(x, y)
