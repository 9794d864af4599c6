"""Where the items of a figure stand: nodes from the document, outputs, constants and chips where there is room."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Sequence
from typing import Literal, cast

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from neurosim.canvas import arrangement, beside, geometry, style
from neurosim.canvas.chip_places import ROOM, chip_places, product_places
from neurosim.canvas.drawing.figure import CROWDED, Figure
from neurosim.canvas.items.chip import BESIDE, GRADIENT_HEIGHT, HEIGHT, Chip, ChipKey
from neurosim.canvas.items.constant_item import ConstantItem
from neurosim.canvas.items.edge_layer import EdgeEntry
from neurosim.canvas.items.far import growth
from neurosim.canvas.items.light import flow_line
from neurosim.canvas.items.neuron_item import RADIUS, NeuronItem
from neurosim.canvas.items.node_item import PORT
from neurosim.canvas.rectangles import boxes
from neurosim.canvas.stage_places import Span, stage_places
from neurosim.document.selection import output_id
from neurosim.engine.network import bias_id

SPARE = 18.0
"""Room that is kept for the digits of a rounded number, which come and go."""


WORDS_BESIDE = 110.0
"""Room at both sides of a graph that is seen from far away: words there are wider than their nodes."""


class Placement:
    """Owns the places that were found for the chips of a figure's edges, and the order in which edges arrive.

    ``room`` is what can be seen of the scene, where that matters.
    """

    def __init__(self, figure: Figure) -> None:
        self._figure = figure
        self._chip_t: dict[str, float] = {}
        self._product_at: dict[str, tuple[float, float]] = {}
        self._angles: dict[str, float] = {}
        self._beside: dict[ChipKey, QPointF] = {}
        self._widths: dict[ChipKey, float] = {}
        self._bottom: float | None = None
        self.room = QRectF()
        # What was found last, and all that it was found from: in a step numbers change, hardly ever what they cover.
        self._found: tuple[Hashable, dict[str, float]] | None = None
        self._found_products: tuple[Hashable, dict[str, tuple[float, float]]] | None = None

    def forget(self) -> None:
        """There are other edges now: their chips begin in the middle."""
        self._chip_t.clear()

    # -- nodes and edges -------------------------------------------------------------------------------------------

    def place_all(self) -> None:
        """Put every item at its place in the document (or on the page) and draw all edges anew."""
        figure = self._figure
        if figure.page is not None:
            places = arrangement.page_places(figure.network, figure.page, figure.nodes)
        else:
            places = arrangement.node_places(figure.network, figure.nodes)
            if style.lettering() > 1.0:
                self._set_feet()
                places = stage_places(places, {key: figure.nodes[key].extent() for key in places}, self._spans())
        for key, item in figure.nodes.items():
            if key in places:
                item.setPos(places[key])
        self._place_constants()
        self._grow_circles()
        self._sort_arrivals(figure.nodes)
        self.place_edges(range(len(figure.entries)))
        self.place_chips()

    def _grow_circles(self) -> None:
        """From far away all circles are as large as the node that is closest to one of them allows."""
        nodes = list(self._figure.nodes.values())
        circles = [i for i, item in enumerate(nodes) if isinstance(item, NeuronItem)]
        places = np.array([(item.x(), item.y()) for item in nodes]).reshape(-1, 2)
        away = np.sqrt(((places[circles, None] - places[None]) ** 2).sum(axis=2))
        away[range(len(circles)), circles] = np.inf
        grown = growth(RADIUS, float(away.min(initial=np.inf)))
        for i in circles:
            cast("NeuronItem", nodes[i]).growth = grown

    def _keeps_gradients(self) -> bool:
        """Whether room is kept for gradients: where they are seldom seen, only around a single neuron."""
        figure = self._figure
        return figure.show_gradients and not (figure.chips.sparse and len(figure.network.neurons) > 1)

    def _spans(self) -> list[Span]:
        """The edges, with the room that the numbers on them take."""
        high = style.tall(HEIGHT) + (style.tall(GRADIENT_HEIGHT) + 3 if self._keeps_gradients() else 0)
        found: list[Span] = []
        for entry in self._figure.entries:
            if entry.source.endswith(".one"):  # a constant stands below the sources of its neuron
                sources = self._figure.network.incoming[entry.target]
                if sources:
                    wide = self._chip_size(entry.key, "weight")
                    found.append(Span(sources[0].source, entry.target, wide, high))
            elif entry.link or self._figure.chips.crowded:
                found.append(Span(entry.source, entry.target))
            else:
                found.append(Span(entry.source, entry.target, self._chip_size(entry.key, "weight"), high))
        return found

    def move_items(self, places: dict[str, QPointF]) -> None:
        """Show items elsewhere while they are dragged; the document learns of it on release."""
        nodes = self._figure.nodes
        moved = set(places)
        for output in self._figure.network.outputs:
            key = output_id(output.node)
            if output.position is None and output.node in places and key not in places:
                reach = arrangement.output_reach(nodes[output.node])
                nodes[key].setPos(places[output.node] + QPointF(reach, 0))
                moved.add(key)
        for key, place in places.items():
            nodes[key].setPos(place)
        moved |= self._place_constants()
        rows = self._figure.rows_of(moved)
        self.place_edges(rows)
        self._move_chips(rows, moved)

    def companions(self, keys: Iterable[str]) -> set[str]:
        """*keys* and what moves along with them: outputs without a place of their own, and constants."""
        network = self._figure.network
        found = set(keys)
        for output in network.outputs:
            if output.position is None and output.node in found:
                found.add(output_id(output.node))
        for key, item in self._figure.nodes.items():
            if isinstance(item, ConstantItem) and (
                item.neuron in found or any(edge.source in found for edge in network.incoming[item.neuron])
            ):
                found.add(key)
        return found

    def place_edges(self, rows: Sequence[int]) -> None:
        """Draw the edges *rows* from port to port: nodes have been moved, or have grown."""
        self.forget_bottom()
        self._figure.arranged += 1
        nodes = self._figure.nodes
        n = len(rows)
        starts, ends, directions = np.empty((n, 2)), np.empty((n, 2)), np.empty((n, 2))
        for k, row in enumerate(rows):
            entry = self._figure.entries[row]
            source, target = nodes[entry.source], nodes[entry.target]
            begin = source.pos() + source.out_port() + QPointF(PORT + 1.0, 0.0)
            if isinstance(target, NeuronItem):
                place, outward = target.arrival(self._angles.get(entry.key, 0.0))
            else:
                place, outward = target.in_port(), QPointF(-1.0, 0.0)
            finish = target.pos() + place
            starts[k] = begin.x(), begin.y()
            ends[k] = finish.x(), finish.y()
            directions[k] = outward.x(), outward.y()
        self._figure.edges.set_ends(rows, starts, ends, directions)

    def _place_constants(self) -> set[str]:
        nodes, incoming = self._figure.nodes, self._figure.network.incoming
        moved: set[str] = set()
        for key, item in nodes.items():
            if not isinstance(item, ConstantItem):
                continue
            sources = [nodes[e.source].pos() for e in incoming[item.neuron] if e.source in nodes]
            others = [
                other.extent().translated(other.pos())
                for other in nodes.values()
                if other is not item and not isinstance(other, ConstantItem)
            ]
            item.setPos(arrangement.constant_place(nodes[item.neuron].pos(), sources, others))
            moved.add(key)
        return moved

    def _sort_arrivals(self, targets: Iterable[str]) -> None:
        """Edges arrive at a circle in the order of their sources, so that they do not cross just before it."""
        nodes = self._figure.nodes
        wanted = {key for key in targets if isinstance(nodes.get(key), NeuronItem)}
        arriving: dict[str, list[EdgeEntry]] = {}
        for entry in self._figure.entries:
            if entry.target in wanted and not entry.link:
                arriving.setdefault(entry.target, []).append(entry)
        for found in arriving.values():
            found.sort(key=lambda entry: nodes[entry.source].y())
            for entry, angle in zip(found, geometry.spread(len(found)).tolist(), strict=True):
                self._angles[entry.key] = angle

    # -- chips -----------------------------------------------------------------------------------------------------

    def place_chips(self) -> None:
        """Find the best places for the chips of all edges; called when the drawing changes, not while numbers do."""
        figure = self._figure
        self._set_feet()
        tall = style.tall(HEIGHT) + (style.tall(GRADIENT_HEIGHT) + 3 if self._keeps_gradients() else 0)
        wanted = {
            key: (max(self._chip_size(key, "weight"), self._chip_size(key, "gradient")), tall)
            for _, key in figure.parameter_rows
        }
        if not figure.chips.crowded:
            obstacles = self._covered()
            opened = frozenset(name for name, kind in figure.chips.chips if kind == "product" and figure.tells_results)
            covers = boxes(obstacles).tobytes()
            key = (figure.edges.lines.tobytes(), tuple(wanted.items()), covers, opened, style.lettering())
            if self._found is None or self._found[0] != key:
                self._found = key, chip_places(figure.edges, wanted, obstacles, opened)
            self._chip_t = dict(self._found[1])
        self._move_chips(range(len(figure.entries)), set(figure.nodes))
        self._choose_product_places()
        self.place_beside()

    def place_product(self, name: str) -> None:
        """The product ends where its edge's chosen place is, above or below the line."""
        part = self._figure.chips.chips[name, "product"]
        t, drop = self._product_at.get(name, (0.88, -style.tall(15.0)))
        part.centre = self._figure.edges.point_on(name, t) + QPointF(-part.size()[0] / 2, drop)

    def spread_singled_out(self) -> None:
        """In a crowd, the chips that are shown stand where they do not hide each other."""
        edges = self._figure.edges
        shown = sorted(self._figure.chips.all_singled_out)
        wanted = {key: (self._chip_size(key, "weight"), style.tall(HEIGHT)) for key in shown if key in edges.row}
        if len(wanted) <= CROWDED:
            self._chip_t.update(chip_places(edges, wanted, ()))
            self._move_chips([edges.row[key] for key in wanted], ())
            self.place_beside()

    def place_beside(self) -> None:
        """Find places for the chips that the walk has put beside the values, clear of nodes and of all other chips."""
        figure, chips = self._figure, self._figure.chips.chips
        keys = [key for key, chip in chips.items() if chip.kind in BESIDE]
        self._beside.clear()
        # A place never shrinks while its chip is there: numbers that change in every frame do not make it jump.
        self._widths = widths = {key: wide for key, wide in self._widths.items() if key in chips}
        if not keys:
            return
        seen = figure.chips.all_singled_out if figure.chips.crowded else None
        there = [chip for chip in chips.values() if chip.kind not in BESIDE and self._is_there(chip, seen)]
        taken = self._covered()
        flows = [flow_line(figure.edges.lines[figure.edges.row[key]]) for key in figure.edges.flows]
        room = beside.Room(
            (*taken, *(chip.rect() for chip in there)),
            tuple(item.outline("sum")[0].translated(item.pos()) for item in figure.nodes.values()),
            np.concatenate([figure.edges.lines, np.array(flows).reshape(-1, *figure.edges.lines.shape[1:])]),
            np.array([chip.centre.toTuple() for chip in there if chip.kind == "weight"]).reshape(-1, 2),
            self.room,
        )
        wishes: dict[ChipKey, beside.Wish] = {}
        for key in keys:
            if seen is None or key[0] in seen:
                wide, high = chips[key].size()
                spare = style.tall(SPARE) if "~" in chips[key].text else 0.0
                widths[key] = max(
                    wide + spare if wide > widths.get(key, 0.0) else 0.0, widths.get(key, style.tall(ROOM))
                )
                size = widths[key], high
                wishes[key] = beside.Wish(chips[key[0], "weight"].rect(), size, figure.edges.row.get(key[0]))
        found = beside.places_beside(wishes, room)
        for key in keys:
            chips[key].wanted = key in found  # nowhere near: better nothing than something on top of a node
        for key, place in found.items():
            self._beside[key] = place - chips[key[0], "weight"].centre
            chips[key].centre = place

    def _covered(self) -> list[QRectF]:
        return [part.translated(item.pos()) for item in self._figure.nodes.values() for part in item.covered()]

    def has_room(self, key: ChipKey) -> bool:
        """Whether a chip beside a value still fits into the place that was found for it."""
        return self._figure.chips.chips[key].size()[0] <= self._widths.get(key, math.inf)

    def _is_there(self, chip: Chip, seen: frozenset[str] | None) -> bool:
        layer = self._figure.chips
        hidden = (chip.kind == "product" and chip.parameter in layer.without_product) or layer.spares(chip)
        return chip.wanted and bool(chip.text) and not hidden and (seen is None or chip.parameter in seen)

    def _choose_product_places(self) -> None:
        figure = self._figure
        chips = figure.chips.chips
        products = {name: chip for (name, kind), chip in chips.items() if kind == "product" and chip.wanted}
        if not products:
            return
        taken = [chip.rect() for chip in chips.values() if chip.kind != "product" and chip.wanted]
        for item in figure.nodes.values():
            body = item.body() if not isinstance(item, NeuronItem) else item.sum_rect()
            taken.append(body.translated(item.pos()))
            taken += [part.translated(item.pos()) for part in item.covered()[1:]]
        sizes = {name: chip.size() for name, chip in products.items() if name in figure.edges.row}
        key = (figure.edges.lines.tobytes(), tuple(sizes.items()), boxes(taken).tobytes(), style.lettering())
        if self._found_products is None or self._found_products[0] != key:
            self._found_products = key, product_places(figure.edges, sizes, taken)
        self._product_at = dict(self._found_products[1])
        for name in sizes:
            self.place_product(name)

    def _set_feet(self) -> None:
        """Leave room at the foot of each neuron for its bias, the bias's gradient and the value."""
        figure, chips = self._figure, self._figure.chips
        for key, item in figure.nodes.items():
            if isinstance(item, NeuronItem):
                name = bias_id(key)
                there = figure.show_numbers and not chips.crowded and (name, "weight") in chips.chips
                beside = there and chips.chips[name, "gradient"].wanted and self._keeps_gradients()
                value = style.width(item.a_text, style.VALUE) / 2 if style.lettering() > 1.0 else 0.0
                half = max(36.0, value, self._chip_size(name, "weight") / 2, self._chip_size(name, "gradient") / 2)
                drop = RADIUS + style.tall(14.0) + (style.tall(HEIGHT) - 8.0 if there else 0.0)
                drop += style.tall(GRADIENT_HEIGHT) + 1.0 if beside else 0.0
                item.set_foot(drop, half if there else 36.0)

    def _chip_size(self, key: str, kind: Literal["weight", "gradient"]) -> float:
        chip = self._figure.chips.chips.get((key, kind))
        return chip.size()[0] if chip is not None and (kind == "weight" or self._keeps_gradients()) else 0.0

    def _move_chips(self, rows: Iterable[int], nodes: Iterable[str]) -> None:
        figure, chips = self._figure, self._figure.chips.chips
        self.forget_bottom()
        shown = figure.chips.all_singled_out if figure.chips.crowded else None
        moved: set[str] = set()
        below = QPointF(0, style.tall(HEIGHT + GRADIENT_HEIGHT) / 2 + 1)
        for row in rows:
            entry = figure.entries[row]
            if entry.link or (shown is not None and entry.key not in shown):
                continue
            at = figure.edges.point_on(entry.key, self._chip_t.get(entry.key, 0.5))
            chips[entry.key, "weight"].centre = at
            chips[entry.key, "gradient"].centre = at + below
            if (entry.key, "product") in chips:
                self.place_product(entry.key)
            moved.add(entry.key)
        for key in nodes:
            name = bias_id(key)
            if (name, "weight") in chips and name not in figure.edges.row:
                foot = figure.nodes[key].pos() + QPointF(0, RADIUS - 9.0 + style.tall(HEIGHT) / 2)
                chips[name, "weight"].centre = foot
                chips[name, "gradient"].centre = foot + below
                moved.add(name)
        for beside_key, away in self._beside.items():
            if beside_key[0] in moved and beside_key in chips:
                chips[beside_key].centre = chips[beside_key[0], "weight"].centre + away

    # -- extent ----------------------------------------------------------------------------------------------------

    def rect(self, keys: Iterable[str] | None = None) -> QRectF:
        """The rectangle around the nodes *keys*, or around everything; empty when there is nothing."""
        figure = self._figure
        rect = QRectF()
        for key in figure.nodes if keys is None else keys:
            item = figure.nodes.get(key)
            if item is not None:
                rect = rect.united(item.extent().translated(item.pos()))
                if item.look.problem:
                    middle = item.pos() + item.sentence_at()
                    rect = rect.united(QRectF(middle - QPointF(105, 0), middle + QPointF(105, 34)))
        if keys is None:
            for chip in figure.chips.chips.values():
                if chip.text and not figure.chips.crowded:
                    rect = rect.united(chip.rect())
        return rect

    @property
    def bottom(self) -> float:
        """How far down everything reaches: known until something has another place, for numbers grow to the sides."""
        if self._bottom is None:
            self._bottom = max(self.rect().bottom(), self._figure.edges.reach.bottom())
        return self._bottom

    def forget_bottom(self) -> None:
        """Something stands elsewhere now, or says more than before."""
        self._bottom = None

    def bodies_rect(self) -> QRectF:
        """The rectangle around all nodes as they are seen from far away, and the edges between them."""
        rect = self._figure.edges.reach
        for item in self._figure.nodes.values():
            body = item.far_body()[0] if item.can_be_far() else item.extent()
            rect = rect.united(body.translated(item.pos()))
        return rect.adjusted(-WORDS_BESIDE, 0.0, WORDS_BESIDE, 0.0)
