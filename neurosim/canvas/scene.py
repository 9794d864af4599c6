"""The drawing of the network: items made once per node, one layer of edges, one of chips, refreshed per snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF
from PySide6.QtWidgets import QGraphicsScene

from neurosim.canvas import arrangement, geometry, labels
from neurosim.canvas.items.chip_layer import GRADIENT_HEIGHT, HEIGHT, Chip, ChipLayer
from neurosim.canvas.items.constant_item import ConstantItem
from neurosim.canvas.items.edge_layer import EdgeEntry, EdgeLayer
from neurosim.canvas.items.input_item import InputItem
from neurosim.canvas.items.neuron_item import RADIUS, NeuronItem
from neurosim.canvas.items.node_item import PORT, NodeItem
from neurosim.canvas.items.output_item import OutputItem
from neurosim.document.selection import OUTPUT, output_id
from neurosim.document.state import DocumentState
from neurosim.engine.network import InputNode, Network, bias_id
from neurosim.engine.problems import find_problems
from neurosim.engine.snapshot import Snapshot
from neurosim.widgets.display import Display

CROWDED = 60
"""With more edges than this only those under the pointer or selected show their numbers."""
MANY = 16
"""A node with more edges than this does not show their numbers when it is selected."""
PORT_TARGET = 14.0
"""A port can be hit this many screen pixels around its dot."""

Part = Literal["node", "in", "out", "chip", "edge", "grip", "name", "empty"]


@dataclass(frozen=True, slots=True)
class Hit:
    """What is at a place: the part, and the key of the node, edge or parameter it belongs to."""

    part: Part
    key: str = ""


class GraphScene(QGraphicsScene):
    """Owns the items of one network. It never changes the document; ``view.py`` and the tools do."""

    def __init__(self, display: Display, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.display = display
        self.nodes: dict[str, NodeItem] = {}
        self.edges = EdgeLayer()
        self.chips = ChipLayer()
        self.addItem(self.edges)
        self.addItem(self.chips)
        self.network = Network()
        self.page: str | None = None
        self.row = 0
        self.show_numbers = True
        self.show_gradients = True
        self.banner = ""
        self._state: DocumentState | None = None
        self._snapshot: Snapshot | None = None
        self._opened: frozenset[str] = frozenset()
        self._entries: tuple[EdgeEntry, ...] = ()
        self._chip_t: dict[str, float] = {}
        self._product_at: dict[str, tuple[float, float]] = {}
        self._angles: dict[str, float] = {}
        self._rows_by_node: dict[str, list[int]] = {}
        self._parameter_rows: list[tuple[int, str]] = []

    # -- structure -------------------------------------------------------------------------------------------------

    def set_state(self, state: DocumentState, *, force: bool = False) -> None:
        """Take over what the document says: items are added, removed and moved; values come with ``set_snapshot``."""
        old = self._state
        self._state = state
        if not force and old is not None and old.network is state.network and old.view is state.view:
            self._find_problems(state)
            return
        self.network = network = state.network
        if self.page is not None and self.page not in network.node_by_id:
            self.page = None
        self._opened = frozenset({self.page}) if self.page is not None else arrangement.expanded(state)
        self._sync_items(network)
        self._sync_edges(network)
        self.place_all()
        self._find_problems(state)

    def _sync_items(self, network: Network) -> None:
        shown = self._shown_keys(network)
        for key in [key for key in self.nodes if key not in shown]:
            self.removeItem(self.nodes.pop(key))
        for key in shown:
            item = self.nodes.get(key)
            if item is not None and not _fits(item, key, network):
                self.removeItem(self.nodes.pop(key))
                item = None
            if item is None:
                item = self.nodes[key] = _make(key, network)
                self.addItem(item)
            node = network.node_by_id.get(key)
            if isinstance(item, NeuronItem) and node is not None and not isinstance(node, InputNode):
                title = labels.activation_title(node.activation)
                name = network.title(key)
                item.set_form(name, node.activation, title, key in self._opened)
            elif isinstance(item, InputItem):
                item.set_words(network.title(key), item.value)

    def _shown_keys(self, network: Network) -> list[str]:
        if self.page is None:
            keys = [node.id for node in network.nodes] + [output_id(output.node) for output in network.outputs]
        else:
            keys = [edge.source for edge in network.incoming[self.page]] + [self.page]
            keys += [output_id(self.page)] if network.output_of(self.page) is not None else []
        neurons = {node.id: node for node in network.neurons}
        keys += [f"{key}.one" for key in sorted(self._opened) if key in neurons and neurons[key].bias is not None]
        return keys

    def _sync_edges(self, network: Network) -> None:
        entries = [
            EdgeEntry(edge.id, edge.source, edge.target, muted=edge.muted)
            for edge in network.edges
            if self.page is None or edge.target == self.page
        ]
        entries += [
            EdgeEntry(bias_id(neuron.id), f"{neuron.id}.one", neuron.id, muted=neuron.muted)
            for neuron in network.neurons
            if f"{neuron.id}.one" in self.nodes
        ]
        entries += [
            EdgeEntry(output_id(output.node), output.node, output_id(output.node), link=True)
            for output in network.outputs
            if self.page in {None, output.node}
        ]
        made = tuple(entries)
        if made != self._entries:
            self._entries = made
            self.edges.set_entries(made)
            self._chip_t.clear()
        self.chips.crowded = sum(not entry.link for entry in made) > CROWDED
        self._rows_by_node = {key: [] for key in self.nodes}
        for i, entry in enumerate(made):
            self._rows_by_node[entry.source].append(i)
            self._rows_by_node[entry.target].append(i)
        self._parameter_rows = [(i, entry.key) for i, entry in enumerate(made) if not entry.link]
        self._sync_chips(network)

    def _sync_chips(self, network: Network) -> None:
        wanted: dict[str, None] = {entry.key: None for entry in self._entries if not entry.link}
        for neuron in network.neurons:
            if neuron.bias is not None and neuron.id in self.nodes:
                wanted[bias_id(neuron.id)] = None
        chips: dict[tuple[str, Literal["weight", "gradient", "product"]], Chip] = {}
        old = self.chips.chips
        for name in wanted:
            edge = network.edge_by_id.get(name)
            owner = network.node_by_id.get(name.removesuffix(".bias"))
            opened = (edge.target if edge is not None else name.removesuffix(".bias")) in self._opened
            chip = old.get((name, "weight")) or Chip(name, "weight")
            if edge is not None:
                chip.muted, chip.frozen = edge.muted, not edge.trainable
                chip.name = f"{edge.id} = " if opened else ""
            elif owner is not None and not isinstance(owner, InputNode):
                chip.muted, chip.frozen = owner.muted, not owner.trainable
                chip.name = "b = " if opened else "b "
            chips[name, "weight"] = chip
            chips[name, "gradient"] = old.get((name, "gradient")) or Chip(name, "gradient")
            if opened:
                chips[name, "product"] = old.get((name, "product")) or Chip(name, "product")
        self.chips.chips = chips

    def _find_problems(self, state: DocumentState) -> None:
        found: dict[str, str] = {}
        general = ""
        for problem in find_problems(state.network, state.dataset, state.training):
            if problem.node is not None:
                found.setdefault(problem.node, problem.sentence)
            elif problem.edge is not None and problem.edge in state.network.edge_by_id:
                found.setdefault(state.network.edge_by_id[problem.edge].target, problem.sentence)
            elif not general:
                general = problem.sentence
        self.banner = general if state.network.nodes else ""
        for key, item in self.nodes.items():
            sentence = found.get(key, "")
            if item.look.problem != sentence:
                item.look.problem = sentence
                item.update()

    # -- places ----------------------------------------------------------------------------------------------------

    def place_all(self) -> None:
        """Put every item at its place in the document (or on the page) and draw all edges anew."""
        if self.page is not None:
            places = arrangement.page_places(self.network, self.page, self.nodes)
        else:
            places = arrangement.node_places(self.network, self.nodes)
        for key, item in self.nodes.items():
            if key in places:
                item.setPos(places[key])
        self._place_constants()
        self._sort_arrivals(self.nodes)
        self._place_edges(range(len(self._entries)))
        self.place_chips()

    def move_items(self, places: dict[str, QPointF]) -> None:
        """Show items elsewhere while they are dragged; the document learns of it on release."""
        moved = set(places)
        for output in self.network.outputs:
            key = output_id(output.node)
            if output.position is None and output.node in places and key not in places:
                reach = self.nodes[output.node].out_port().x() + arrangement.OUTPUT_GAP
                self.nodes[key].setPos(places[output.node] + QPointF(reach, 0))
                moved.add(key)
        for key, place in places.items():
            self.nodes[key].setPos(place)
        moved |= self._place_constants()
        rows = sorted({row for key in moved for row in self._rows_by_node[key]})
        self._place_edges(rows)
        self._move_chips(rows, moved)

    def companions(self, keys: Iterable[str]) -> set[str]:
        """*keys* and what moves along with them: outputs without a place of their own, and constants."""
        found = set(keys)
        for output in self.network.outputs:
            if output.position is None and output.node in found:
                found.add(output_id(output.node))
        for key, item in self.nodes.items():
            if isinstance(item, ConstantItem) and (
                item.neuron in found or any(edge.source in found for edge in self.network.incoming[item.neuron])
            ):
                found.add(key)
        return found

    def rows_of(self, keys: Iterable[str]) -> list[int]:
        """The rows of the edge layer that begin or end at *keys*."""
        return sorted({row for key in keys if key in self._rows_by_node for row in self._rows_by_node[key]})

    def _place_constants(self) -> set[str]:
        moved: set[str] = set()
        for key, item in self.nodes.items():
            if not isinstance(item, ConstantItem):
                continue
            sources = [self.nodes[e.source].pos() for e in self.network.incoming[item.neuron] if e.source in self.nodes]
            others = [
                other.extent().translated(other.pos())
                for other in self.nodes.values()
                if other is not item and not isinstance(other, ConstantItem)
            ]
            item.setPos(arrangement.constant_place(self.nodes[item.neuron].pos(), sources, others))
            moved.add(key)
        return moved

    def _sort_arrivals(self, targets: Iterable[str]) -> None:
        """Edges arrive at a circle in the order of their sources, so that they do not cross just before it."""
        wanted = {key for key in targets if isinstance(self.nodes.get(key), NeuronItem)}
        arriving: dict[str, list[EdgeEntry]] = {}
        for entry in self._entries:
            if entry.target in wanted and not entry.link:
                arriving.setdefault(entry.target, []).append(entry)
        for found in arriving.values():
            found.sort(key=lambda entry: self.nodes[entry.source].y())
            for entry, angle in zip(found, geometry.spread(len(found)).tolist(), strict=True):
                self._angles[entry.key] = angle

    def _place_edges(self, rows: Sequence[int]) -> None:
        n = len(rows)
        starts, ends, directions = np.empty((n, 2)), np.empty((n, 2)), np.empty((n, 2))
        for k, row in enumerate(rows):
            entry = self._entries[row]
            source, target = self.nodes[entry.source], self.nodes[entry.target]
            begin = source.pos() + source.out_port() + QPointF(PORT + 1.0, 0.0)
            if isinstance(target, NeuronItem):
                place, outward = target.arrival(self._angles.get(entry.key, 0.0))
            else:
                place, outward = target.in_port(), QPointF(-1.0, 0.0)
            finish = target.pos() + place
            starts[k] = begin.x(), begin.y()
            ends[k] = finish.x(), finish.y()
            directions[k] = outward.x(), outward.y()
        self.edges.set_ends(rows, starts, ends, directions)

    def place_chips(self) -> None:
        """Find the best places for the chips of all edges; called when the drawing changes, not while numbers do."""
        self._set_feet()
        tall = HEIGHT + (GRADIENT_HEIGHT + 3 if self.show_gradients else 0)
        wanted = {
            key: (max(self._chip_size(key, "weight"), self._chip_size(key, "gradient")), tall)
            for _, key in self._parameter_rows
        }
        if not self.chips.crowded:
            obstacles = [item.extent().translated(item.pos()) for item in self.nodes.values()]
            opened = {name for name, kind in self.chips.chips if kind == "product" and self.show_numbers}
            self._chip_t = arrangement.chip_places(self.edges, wanted, obstacles, opened)
        self._move_chips(range(len(self._entries)), set(self.nodes))
        self._choose_product_places()

    def _choose_product_places(self) -> None:
        products = {name: chip for (name, kind), chip in self.chips.chips.items() if kind == "product" and chip.wanted}
        if not products:
            return
        taken = [chip.rect() for chip in self.chips.chips.values() if chip.kind != "product" and chip.wanted]
        for item in self.nodes.values():
            body = item.body() if not isinstance(item, NeuronItem) else item.sum_rect()
            taken.append(body.translated(item.pos()))
        sizes = {name: chip.size() for name, chip in products.items() if name in self.edges.row}
        self._product_at = arrangement.product_places(self.edges, sizes, taken)
        for name in sizes:
            self._place_product(name)

    def _set_feet(self) -> None:
        """Leave room at the foot of each neuron for its bias, the bias's gradient and the value."""
        for key, item in self.nodes.items():
            if isinstance(item, NeuronItem):
                name = bias_id(key)
                there = self.show_numbers and not self.chips.crowded and (name, "weight") in self.chips.chips
                beside = there and self.chips.chips[name, "gradient"].wanted
                half = max(36.0, self._chip_size(name, "weight") / 2, self._chip_size(name, "gradient") / 2)
                drop = RADIUS + 14.0 + (HEIGHT - 8.0 if there else 0.0) + (GRADIENT_HEIGHT + 1.0 if beside else 0.0)
                item.set_foot(drop, half if there else 36.0)

    def _chip_size(self, key: str, kind: Literal["weight", "gradient"]) -> float:
        chip = self.chips.chips.get((key, kind))
        return chip.size()[0] if chip is not None and (kind == "weight" or self.show_gradients) else 0.0

    def _move_chips(self, rows: Iterable[int], nodes: Iterable[str]) -> None:
        chips = self.chips.chips
        shown = self._singled_out() if self.chips.crowded else None
        for row in rows:
            entry = self._entries[row]
            if entry.link or (shown is not None and entry.key not in shown):
                continue
            at = self.edges.point_on(entry.key, self._chip_t.get(entry.key, 0.5))
            chips[entry.key, "weight"].centre = at
            chips[entry.key, "gradient"].centre = at + QPointF(0, HEIGHT / 2 + GRADIENT_HEIGHT / 2 + 1)
            if (entry.key, "product") in chips:
                self._place_product(entry.key)
        for key in nodes:
            name = bias_id(key)
            if (name, "weight") in chips and name not in self.edges.row:
                foot = self.nodes[key].pos() + QPointF(0, RADIUS + 3)
                chips[name, "weight"].centre = foot
                chips[name, "gradient"].centre = foot + QPointF(0, HEIGHT / 2 + GRADIENT_HEIGHT / 2 + 1)

    def graph_rect(self, keys: Iterable[str] | None = None) -> QRectF:
        """The rectangle around the nodes *keys*, or around everything; empty when there is nothing."""
        rect = QRectF()
        for key in self.nodes if keys is None else keys:
            item = self.nodes.get(key)
            if item is not None:
                rect = rect.united(item.extent().translated(item.pos()))
                if item.look.problem:
                    rect = rect.united(
                        QRectF(
                            item.sentence_at() + item.pos() - QPointF(105, 0),
                            QPointF(0, 0) + item.pos() + item.sentence_at() + QPointF(105, 34),
                        )
                    )
        if keys is None:
            for chip in self.chips.chips.values():
                if chip.text and not self.chips.crowded:
                    rect = rect.united(chip.rect())
        return rect

    # -- values ----------------------------------------------------------------------------------------------------

    def set_snapshot(self, snapshot: Snapshot, row: int) -> None:
        """Show the numbers of *snapshot*; inputs, z and outputs are those of *row*."""
        self._snapshot, self.row = snapshot, row
        self.refresh_values()

    @property
    def snapshot(self) -> Snapshot | None:
        """The snapshot on show."""
        return self._snapshot

    def refresh_values(self) -> None:
        """Write all numbers anew: after a snapshot, another row, another number format."""
        snapshot = self._snapshot
        if snapshot is None:
            return
        parameters = snapshot.network.parameters
        weights = np.full(len(self._entries), np.nan)
        for row, key in self._parameter_rows:
            value = parameters.get(key)
            weights[row] = 0.0 if value is None else float(value)
        self.edges.set_weights(weights)
        self._refresh_nodes(snapshot)
        grown = self._refresh_chips(snapshot)
        if grown:
            self.place_chips()
        self.update()

    def _refresh_nodes(self, snapshot: Snapshot) -> None:
        row, display = self.row, self.display
        there = row < snapshot.dataset.n_rows
        moved: set[str] = set()
        grown = False
        for key, item in self.nodes.items():
            if isinstance(item, InputItem):
                a = snapshot.activation(key, row) if there else None
                text = display.datum(a) if self.show_numbers else ""
                if text != item.value and item.set_words(item.name, text):
                    moved.add(key)
            elif isinstance(item, NeuronItem):
                z = snapshot.pre_activation(key, row) if there else None
                a = snapshot.activation(key, row) if there else None
                known = self.show_numbers and a is not None
                z_text = display.text(z) if known and item.expanded else ""
                a_text = display.text(a) if known else ""
                grown = item.set_values(None if z is None else float(z), z_text, a_text) or grown
            elif isinstance(item, OutputItem):
                said, target = self._output_words(snapshot, key.removeprefix(OUTPUT), there)
                if (said, target) != (item.said, item.target) and item.set_words(said, target):
                    moved.add(key)
        if grown:
            self.place_all()
        elif moved:
            self._place_edges(self.rows_of(moved))

    def _output_words(self, snapshot: Snapshot, node: str, there: bool) -> tuple[str, str]:
        output = self.network.output_of(node)
        column = None if output is None else output.column
        a = snapshot.activation(node, self.row) if there else None
        said = f"ŷ = {self.display.text(a)}" if self.show_numbers else "ŷ"
        if column is None:
            return said, self.tr("no target yet")
        if not self.show_numbers or column not in snapshot.dataset.columns or not there:
            return said, self.tr("target {column}").format(column=column)
        value = self.display.datum(snapshot.dataset.columns[column][self.row])
        return said, self.tr("target {column} = {value}").format(column=column, value=value)

    def _refresh_chips(self, snapshot: Snapshot) -> bool:
        """Write the chips; returns whether one that had no number has one now, so that it needs a place."""
        chips, parameters, display = self.chips.chips, snapshot.network.parameters, self.display
        names: Iterable[str] = {name for name, _ in chips}
        if self.chips.crowded:
            names = self._singled_out()
        grown = False
        for name in names:
            chip = chips.get((name, "weight"))
            value = parameters.get(name)
            if chip is None or value is None:
                continue
            grown = grown or not chip.text
            chip.sign = labels.sign(value)
            chip.text = labels.signed(value, display)
            chip.wanted = self.show_numbers
            slope = snapshot.gradient.get(name)
            beside = chips[name, "gradient"]
            beside.wanted = self.show_gradients and slope is not None
            beside.text = "" if slope is None else f"∂ {labels.gradient(slope, display)}"
            part = chips.get((name, "product"))
            if part is not None:
                self._write_product(snapshot, name, part)
        return grown

    def _write_product(self, snapshot: Snapshot, name: str, chip: Chip) -> None:
        edge = self.network.edge_by_id.get(name)
        chip.wanted = self.show_numbers and edge is not None and not edge.muted and self.row < snapshot.dataset.n_rows
        if edge is None:
            return
        value = labels.product(snapshot, name, edge.source, self.row)
        text = f"{edge.id}·{self.network.title(edge.source)} = {self.display.text(value)}"
        chip.text = text if len(text) <= 18 else f"= {self.display.text(value)}"
        self._place_product(name)

    def _place_product(self, name: str) -> None:
        """The product ends where its edge's chosen place is, above or below the line."""
        part = self.chips.chips[name, "product"]
        t, drop = self._product_at.get(name, (0.88, -15.0))
        part.centre = self.edges.point_on(name, t) + QPointF(-part.size()[0] / 2, drop)

    # -- looks -----------------------------------------------------------------------------------------------------

    def set_looks(self, selected: frozenset[str], lit: frozenset[str], hover: Hit | None, focus: Hit | None) -> None:
        """Show what is selected, lit up, under the pointer and under the keyboard."""
        hovered = hover.key if hover is not None and hover.part != "empty" else ""
        focused = focus.key if focus is not None else ""
        for key, item in self.nodes.items():
            look = item.look
            look.selected = key in selected
            look.lit = key in lit
            look.hovered = key == hovered and hover is not None and hover.part not in {"chip", "edge"}
            look.focus = (
                focus.part if focus is not None and key == focused and focus.part in {"node", "in", "out"} else ""
            )
        self.edges.selected, self.edges.lit = selected, lit
        self.edges.focused = focused if focus is not None and focus.part in {"edge", "chip"} else None
        self.chips.hovered = hovered if hover is not None and hover.part in {"chip", "edge"} else None
        self.chips.focused = focused if focus is not None and focus.part in {"edge", "chip"} else None
        self.chips.emphasised = frozenset((selected | lit) & {name for name, _ in self.chips.chips})
        around: set[str] = set()
        if self.chips.crowded:
            for node in (selected | {hovered}) & self.nodes.keys():
                incoming = self.network.incoming.get(node, ())
                around |= {edge.id for edge in incoming} if len(incoming) <= MANY else set()
        self.chips.around = frozenset(around)
        if self.chips.crowded and self._snapshot is not None:
            self._refresh_chips(self._snapshot)
            self._spread_emphasised()
        self.update()

    def _singled_out(self) -> frozenset[str]:
        chips = self.chips
        return chips.emphasised | chips.around | {chips.hovered or "", chips.focused or ""}

    def _spread_emphasised(self) -> None:
        """In a crowd, the chips that are shown stand where they do not hide each other."""
        shown = self._singled_out()
        wanted = {key: (self._chip_size(key, "weight"), HEIGHT) for key in sorted(shown) if key in self.edges.row}
        if len(wanted) <= CROWDED:
            self._chip_t.update(arrangement.chip_places(self.edges, wanted, ()))
            self._move_chips([self.edges.row[key] for key in wanted], ())

    # -- asking ----------------------------------------------------------------------------------------------------

    def hit(self, point: QPointF, detail: float) -> Hit:
        """What is at *point* at a zoom of *detail*: ports before chips before nodes before edges."""
        reach = PORT_TARGET / max(detail, 0.2) if detail < 1 else PORT_TARGET
        for key, item in reversed(self.nodes.items()):
            if isinstance(item, ConstantItem):
                continue
            local = point - item.pos()
            for part, there, place in (("out", item.has_out, item.out_port()), ("in", item.has_in, item.in_port())):
                away = local - place
                outside = away.x() >= -4 if part == "out" else away.x() <= 4
                if there and outside and away.x() ** 2 + away.y() ** 2 <= reach * reach:
                    return Hit("out" if part == "out" else "in", key)
        chip = self.chips.chip_at(point, detail)
        if chip is not None:
            return Hit("chip", chip.parameter)
        for key, item in reversed(self.nodes.items()):
            local = point - item.pos()
            if item.contains_point(local):
                return Hit("node", item.neuron if isinstance(item, ConstantItem) else key)
            if item.look.hovered and item.grip_rect().contains(local):
                return Hit("grip", key)
            if item.name and detail >= 0.35 and item.name_rect().contains(local):
                return Hit("name", key)
        edge = self.edges.edge_at(point, detail)
        return Hit("edge", edge) if edge is not None else Hit("empty")

    def node_under(self, point: QPointF, skip: Iterable[str] = ()) -> str | None:
        """The node whose body, a little enlarged, holds *point*."""
        for key, item in reversed(self.nodes.items()):
            if key not in skip and not isinstance(item, ConstantItem):
                body = item.body().adjusted(-16, -16, 16, 16)
                if body.contains(point - item.pos()):
                    return key
        return None

    def keys_inside(self, rect: QRectF) -> set[str]:
        """The nodes whose bodies, and the edges whose middles, lie in *rect*."""
        found = {
            key
            for key, item in self.nodes.items()
            if not isinstance(item, ConstantItem) and rect.intersects(item.body().translated(item.pos()))
        }
        middles = geometry.at(self.edges.curves, np.array([0.5]))[:, 0]
        for row, key in self._parameter_rows:
            if key in self.network.edge_by_id and rect.contains(QPointF(*middles[row].tolist())):
                found.add(key)
        return found

    def is_opened(self, key: str) -> bool:
        """Whether a neuron is drawn as its close-up."""
        return key in self._opened


def _fits(item: NodeItem, key: str, network: Network) -> bool:
    node = network.node_by_id.get(key)
    if node is None:
        return True
    return isinstance(item, InputItem) == isinstance(node, InputNode)


def _make(key: str, network: Network) -> NodeItem:
    if key.startswith(OUTPUT):
        return OutputItem(key)
    if key.endswith(".one"):
        return ConstantItem(key.removesuffix(".one"))
    node = network.node_by_id[key]
    if isinstance(node, InputNode):
        return InputItem(key, network.title(key))
    return NeuronItem(key, network.title(key), node.activation)
