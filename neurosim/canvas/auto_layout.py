"""Tidy: a drawing from left to right in layers, with few crossings and no overlaps, without Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from neurosim.records import dataclass

LAYER_GAP = 132.0
"""Room between two layers for curves and the chips on them, in pixels."""
NODE_GAP = 20.0
MOST_EDGES = 16
"""More edges than this between two layers do not want more room: their numbers are not all shown."""
SWEEPS = 12


@dataclass(frozen=True, slots=True)
class Box:
    """What a node covers around its position: pixels to the left, above, to the right and below."""

    left: float
    top: float
    right: float
    bottom: float


def tidy(
    boxes: Mapping[str, Box],
    edges: Iterable[tuple[str, str]],
    gap: float = LAYER_GAP,
    *,
    per_edge: float = 0.0,
    share: float = 0.0,
) -> dict[str, tuple[float, float]]:
    """Positions for the nodes in *boxes* so that every edge runs to the right and no two boxes overlap.

    Layers are longest paths from the sources; a sink stands right after what feeds it. The order within a layer comes
    from sweeps of the median of the neighbours (Sugiyama's method), with placeholders where an edge skips a layer.
    The first node in the order of *boxes* keeps nothing: the drawing's top left is near (0, 0).

    Args:
        boxes: what each node covers, in drawing order.
        edges: source and target of each.
        gap: room between two layers, in pixels.
        per_edge: what each of the edges between two layers, but 16 at most, adds to it for the numbers on them.
        share: nodes of a layer part until it is at least so much of the tallest as high, so that edges fan out.

    Raises:
        ValueError: the edges close a loop.
    """
    if not boxes:
        return {}
    pairs = [(a, b) for a, b in edges if a in boxes and b in boxes]
    rank = _ranks(list(boxes), pairs)
    chains, layers = _with_placeholders(list(boxes), pairs, rank)
    _reduce_crossings(layers, chains)
    x = _columns(layers, boxes, _gaps(layers, chains, gap, per_edge))
    y = _rows(layers, chains, boxes, share)
    return {node: (x[rank[node]], y[node]) for node in boxes}


def crossings(above: Sequence[str], below: Sequence[str], pairs: Iterable[tuple[str, str]]) -> int:
    """How many pairs of edges between two ordered layers cross."""
    i, j = {n: k for k, n in enumerate(above)}, {n: k for k, n in enumerate(below)}
    placed = [(i[a], j[b]) for a, b in pairs if a in i and b in j]
    return sum((a < c) != (b < d) and a != c and b != d for k, (a, b) in enumerate(placed) for c, d in placed[k + 1 :])


def _ranks(nodes: list[str], pairs: list[tuple[str, str]]) -> dict[str, int]:
    incoming: dict[str, list[str]] = {node: [] for node in nodes}
    outgoing: dict[str, list[str]] = {node: [] for node in nodes}
    for a, b in pairs:
        incoming[b].append(a)
        outgoing[a].append(b)
    waiting = {node: len(found) for node, found in incoming.items()}
    ready = [node for node in nodes if not waiting[node]]
    rank = dict.fromkeys(nodes, 0)
    done = 0
    while ready:
        node = ready.pop()
        done += 1
        for follower in outgoing[node]:
            rank[follower] = max(rank[follower], rank[node] + 1)
            waiting[follower] -= 1
            if not waiting[follower]:
                ready.append(follower)
    if done < len(nodes):
        raise ValueError("The edges close a loop.")
    for node in nodes:  # a source without forerunners stands just before the first node that reads it, if that is deep
        if not incoming[node] and outgoing[node] and all(incoming[f] != [node] for f in outgoing[node]):
            first = min(rank[f] for f in outgoing[node])
            if any(incoming[other] for other in nodes if rank[other] == first - 1):
                continue
            rank[node] = max(0, first - 1)
    return rank


def _with_placeholders(
    nodes: list[str], pairs: list[tuple[str, str]], rank: Mapping[str, int]
) -> tuple[list[tuple[str, str]], list[list[str]]]:
    layers: list[list[str]] = [[] for _ in range(max(rank.values()) + 1)]
    for node in nodes:
        layers[rank[node]].append(node)
    links: list[tuple[str, str]] = []
    for a, b in pairs:
        before = a
        for layer in range(rank[a] + 1, rank[b]):
            placeholder = f"\0{a}\0{b}\0{layer}"
            layers[layer].append(placeholder)
            links.append((before, placeholder))
            before = placeholder
        links.append((before, b))
    return links, layers


def _reduce_crossings(layers: list[list[str]], links: list[tuple[str, str]]) -> None:
    left: dict[str, list[str]] = {}
    right: dict[str, list[str]] = {}
    for a, b in links:
        right.setdefault(a, []).append(b)
        left.setdefault(b, []).append(a)
    best = [list(layer) for layer in layers]
    fewest = _all_crossings(layers, links)
    for sweep in range(SWEEPS):
        if not fewest:
            break
        forward = sweep % 2 == 0
        span = range(1, len(layers)) if forward else range(len(layers) - 2, -1, -1)
        for k in span:
            near = layers[k - 1] if forward else layers[k + 1]
            place = {node: i for i, node in enumerate(near)}
            neighbours = left if forward else right
            now = {node: i for i, node in enumerate(layers[k])}
            layers[k].sort(key=lambda n: _mean([place[m] for m in neighbours.get(n, ())], now[n]))
        found = _all_crossings(layers, links)
        if found < fewest:
            fewest, best = found, [list(layer) for layer in layers]
    layers[:] = best


def _all_crossings(layers: list[list[str]], links: list[tuple[str, str]]) -> int:
    where = {node: k for k, layer in enumerate(layers) for node in layer}
    by_layer: list[list[tuple[str, str]]] = [[] for _ in layers]
    for a, b in links:
        by_layer[where[a]].append((a, b))
    if len(links) > 600:  # counting pairs is quadratic; for a thicket the order of the last sweep is as good
        return 1
    return sum(crossings(layers[k], layers[k + 1], by_layer[k]) for k in range(len(layers) - 1))


def _mean(places: list[int], default: float) -> float:
    return sum(places) / len(places) if places else default


def _gaps(layers: list[list[str]], links: list[tuple[str, str]], gap: float, per_edge: float) -> list[float]:
    """The room before each layer; none before the first."""
    where = {node: k for k, layer in enumerate(layers) for node in layer}
    counts = [0] * len(layers)
    for _, b in links:
        counts[where[b]] += 1
    return [gap + per_edge * min(count, MOST_EDGES) if k else 0.0 for k, count in enumerate(counts)]


def _columns(layers: list[list[str]], boxes: Mapping[str, Box], gaps: Sequence[float]) -> list[float]:
    found: list[float] = []
    edge = 0.0
    for layer, gap in zip(layers, gaps, strict=True):
        here = [boxes[node] for node in layer if node in boxes]
        centre = edge + max((box.left for box in here), default=0.0) + gap
        found.append(round(centre))
        edge = centre + max((box.right for box in here), default=0.0)
    return found


def _rows(
    layers: list[list[str]], links: list[tuple[str, str]], boxes: Mapping[str, Box], share: float
) -> dict[str, float]:
    thin = Box(0.0, 6.0, 0.0, 6.0)
    neighbours: dict[str, list[str]] = {}
    for a, b in links:
        neighbours.setdefault(a, []).append(b)
        neighbours.setdefault(b, []).append(a)
    y: dict[str, float] = {}
    covered = [sum(boxes.get(n, thin).top + boxes.get(n, thin).bottom for n in layer) for layer in layers]
    wanted = share * max(high + NODE_GAP * (len(layer) - 1) for high, layer in zip(covered, layers, strict=True))
    apart = [
        max(NODE_GAP, (wanted - high) / max(len(layer) - 1, 1)) for high, layer in zip(covered, layers, strict=True)
    ]
    for layer, high, gap in zip(layers, covered, apart, strict=True):
        top = -(high + gap * (len(layer) - 1)) / 2
        for node in layer:
            box = boxes.get(node, thin)
            y[node] = top + box.top
            top += box.top + box.bottom + gap
    for sweep in range(SWEEPS):
        order = range(len(layers)) if sweep % 2 == 0 else range(len(layers) - 1, -1, -1)
        for k in order:
            wish = {n: _mean_of([y[m] for m in neighbours.get(n, ())], y[n]) for n in layers[k]}
            _place(layers[k], wish, boxes, thin, apart[k], y)
    return {node: round(value) for node, value in y.items() if node in boxes}


def _mean_of(values: list[float], default: float) -> float:
    return sum(values) / len(values) if values else default


def _place(
    layer: list[str], wish: Mapping[str, float], boxes: Mapping[str, Box], thin: Box, gap: float, y: dict[str, float]
) -> None:
    """Bring each node near its wish while the order and the gaps hold: blocks that collide move to their mean."""
    offset = 0.0
    offsets: list[float] = []
    for i, node in enumerate(layer):
        if i:
            offset += boxes.get(layer[i - 1], thin).bottom + gap + boxes.get(node, thin).top
        offsets.append(offset)
    blocks: list[tuple[float, int]] = []  # pool adjacent violators: (mean of wish - offset, members)
    for node, away in zip(layer, offsets, strict=True):
        mean, size = wish[node] - away, 1
        while blocks and blocks[-1][0] > mean:
            before, members = blocks.pop()
            mean = (before * members + mean * size) / (members + size)
            size += members
        blocks.append((mean, size))
    k = 0
    for mean, size in blocks:
        for _ in range(size):
            y[layer[k]] = mean + offsets[k]
            k += 1
