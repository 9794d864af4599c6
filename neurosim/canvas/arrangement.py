"""Where everything stands that has no place of its own: outputs, constants, the close-up page, chips on edges."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from neurosim.canvas import geometry, style
from neurosim.canvas.items.chip import HEIGHT
from neurosim.canvas.items.edge_layer import EdgeLayer
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
ROOM = 72.0
"""Width that is kept free for a chip, so that it need not move when its number changes."""
PRODUCT_PLACES = (0.88, 0.8, 0.94, 0.72, 0.64, 0.56)
PLACES_BEFORE_PRODUCT = (0.4, 0.34, 0.45, 0.3, 0.5, 0.26, 0.56)
ROUNDS = 4
"""So often chips are asked to make room for each other."""
PLACES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.2, 0.8)
FARTHER_PLACES = (0.46, 0.54, 0.38, 0.62, 0.3, 0.7, 0.235, 0.765, 0.165, 0.835, 0.13, 0.87)
"""Where chips look that find no free place among the first."""

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


def chip_places(
    layer: EdgeLayer,
    wanted: Mapping[str, tuple[float, float]],
    obstacles: Iterable[QRectF],
    with_product: Container[str] = frozenset(),
) -> dict[str, float]:
    """For each edge in *wanted* (key to width and height of its chips) the curve parameter where they stand best.

    Chips keep clear of nodes and of each other, and of other edges where they can: the first of ``PLACES`` that costs
    nothing, else the cheapest. As long as a chip covers something all are asked again, so that others make room for
    it. Those ``with_product`` leave room for it near the sum.
    """
    nodes = list(obstacles)
    chosen: dict[str, float] = {}
    taken: dict[str, QRectF] = {}
    for turn in range(ROUNDS):
        unhappy = False
        for key, (wide, high) in wanted.items():
            row = layer.row[key]
            t = np.array(PLACES_BEFORE_PRODUCT if key in with_product else PLACES + (FARTHER_PLACES if turn else ()))
            points = geometry.at(layer.curves[row : row + 1], t)[0]
            others = np.delete(layer.lines, row, axis=0) if len(layer.lines) <= 80 else None
            around = [*nodes, *(rect for other, rect in taken.items() if other != key)]
            best, cheapest = 0, np.inf
            for i, (x, y) in enumerate(points.tolist()):
                rect = chip_rect(QPointF(x, y), max(wide, style.tall(ROOM)), high)
                covered = sum(_area(rect.intersected(other)) for other in around)
                cost = covered + 4.0 * i
                if others is not None and cost < cheapest:
                    crossed = geometry.crosses(others, rect.left(), rect.top(), rect.right(), rect.bottom())
                    cost += 160.0 * float(crossed.sum())
                if cost < cheapest:
                    best, cheapest, covers = i, cost, covered > 0.0
                if cost <= 4.0 * i:
                    break
            unhappy = unhappy or covers
            chosen[key] = float(t[best])
            x, y = points[best].tolist()
            taken[key] = chip_rect(QPointF(x, y), max(wide, style.tall(ROOM)), high)
        if not unhappy:
            break
    return chosen


def product_places(
    layer: EdgeLayer, sizes: Mapping[str, tuple[float, float]], obstacles: Iterable[QRectF]
) -> dict[str, tuple[float, float]]:
    """For each product where its right end stands: the curve parameter, and pixels above (-) or below (+) the line."""
    taken = list(obstacles)
    chosen: dict[str, tuple[float, float]] = {}
    for name, (wide, high) in sizes.items():
        row = layer.row[name]
        others = np.delete(layer.lines, row, axis=0)
        below = bool(layer.directions[row][1] > 0.05)
        away = style.tall(15.0)
        drops = (away, -away) if below else (-away, away)
        best, cheapest = (PRODUCT_PLACES[0], drops[0]), np.inf
        points = geometry.at(layer.curves[row : row + 1], np.array(PRODUCT_PLACES))[0].tolist()
        for i, (x, y) in enumerate(points):
            for drop in drops:
                rect = QRectF(x - wide, y + drop - high / 2, wide, high)
                cost = (
                    sum(_area(rect.intersected(other)) for other in taken) + 8.0 * i + (4.0 if drop != drops[0] else 0)
                )
                crossed = geometry.crosses(others, rect.left(), rect.top(), rect.right(), rect.bottom())
                cost += 120.0 * float(crossed.sum())
                if cost < cheapest:
                    best, cheapest = (PRODUCT_PLACES[i], drop), cost
        chosen[name] = best
        x, y = points[PRODUCT_PLACES.index(best[0])]
        taken.append(QRectF(x - wide, y + best[1] - high / 2, wide, high))
    return chosen


def chip_rect(at: QPointF, wide: float, high: float) -> QRectF:
    """What the chips of an edge cover: the value around *at*, the gradient below it."""
    return QRectF(at.x() - wide / 2, at.y() - style.tall(HEIGHT) / 2, wide, high).adjusted(-3, -2, 3, 2)


def _area(rect: QRectF) -> float:
    return max(rect.width(), 0.0) * max(rect.height(), 0.0)
