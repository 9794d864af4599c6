"""What is at a place of a figure: ports before chips and badges before nodes before edges."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from neurosim.canvas import geometry
from neurosim.canvas.drawing.figure import Figure
from neurosim.canvas.drawing.lights import BADGES, NODE_PARTS
from neurosim.canvas.items.constant_item import ConstantItem
from neurosim.canvas.items.far import is_far
from neurosim.canvas.items.neuron_item import NeuronItem
from neurosim.canvas.items.node_item import NodeItem
from neurosim.engine.network import bias_id
from neurosim.records import dataclass

PORT_TARGET = 14.0
"""A port can be hit this many screen pixels around its dot."""

Part = Literal["node", "in", "out", "chip", "badge", "edge", "grip", "name", "empty"]
PARAMETERS: frozenset[Part] = frozenset({"chip", "badge", "edge"})
"""The parts that belong to a weight or bias."""
PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Hit:
    """What is at a place: the part, and the key of the node, edge or parameter it belongs to.

    ``piece`` says more where it matters to what lights up: ``"sum"`` or ``"activation"`` of an opened neuron, ``"one"``
    for its constant, the kind of a badge. ``"picture"``, the picture of a neuron's output, is the neuron itself to all
    but the tooltip.
    """

    part: Part
    key: str = ""
    piece: str = ""

    @property
    def owner(self) -> str:
        """What is selected with it: a bias's neuron, else the key itself."""
        return self.key.removesuffix(".bias") if self.part in {"chip", "badge"} else self.key

    @property
    def refs(self) -> frozenset[str]:
        """What lights up with it everywhere, as in ``working.line.Line.refs``."""
        if self.part == "empty":
            return frozenset()
        if self.piece == "one":
            return frozenset({bias_id(self.key)})
        named = self.piece in NODE_PARTS or self.piece in BADGES
        return frozenset({self.key, f"{self.key}.{self.piece}"} if named else {self.key})


def hit(figure: Figure, point: QPointF, detail: float) -> Hit:
    """What is at *point* at a zoom of *detail*."""
    reach = PORT_TARGET / max(detail, 0.2) if detail < 1 else PORT_TARGET
    far = is_far(detail, figure.far_below)
    for key, item in reversed(figure.nodes.items()):
        if isinstance(item, ConstantItem):
            continue
        local = point - item.pos()
        for part, there, place in (("out", item.has_out, item.out_port()), ("in", item.has_in, item.in_port())):
            away = local - place
            outside = away.x() >= -4 if part == "out" else away.x() <= 4
            if there and outside and away.x() ** 2 + away.y() ** 2 <= reach * reach:
                return Hit("out" if part == "out" else "in", key)
    chip = figure.chips.chip_at(point, detail)
    if chip is not None:
        return Hit("chip", chip.parameter)
    badge = figure.chips.badge_at(point, detail)
    if badge is not None:
        return Hit("badge", badge.parameter, badge.kind)
    for key, item in reversed(figure.nodes.items()):
        local = point - item.pos()
        if item.contains_point(local) or (far and item.can_be_far() and item.far_body()[0].contains(local)):
            if isinstance(item, ConstantItem):
                return Hit("node", item.neuron, "one")
            return Hit("node", key, _piece(item, local))
        if isinstance(item, NeuronItem) and item.on_picture(local, detail):
            return Hit("node", key, PICTURE)
        if item.look.hovered and item.grip_rect().contains(local):
            return Hit("grip", key)
        if item.name and not far and item.name_rect().contains(local):
            return Hit("name", key)
    edge = figure.edges.edge_at(point, detail)
    return Hit("edge", edge) if edge is not None else Hit("empty")


def _piece(item: NodeItem, local: QPointF) -> str:
    found = item.part_at(local) if isinstance(item, NeuronItem) else ""
    return found if found in NODE_PARTS else ""


def node_under(figure: Figure, point: QPointF, skip: Iterable[str] = ()) -> str | None:
    """The node whose body, a little enlarged, holds *point*."""
    for key, item in reversed(figure.nodes.items()):
        if key not in skip and not isinstance(item, ConstantItem):
            body = item.body().adjusted(-16, -16, 16, 16)
            if body.contains(point - item.pos()):
                return key
    return None


def keys_inside(figure: Figure, rect: QRectF) -> set[str]:
    """The nodes whose bodies, and the edges whose middles, lie in *rect*."""
    found = {
        key
        for key, item in figure.nodes.items()
        if not isinstance(item, ConstantItem) and rect.intersects(item.body().translated(item.pos()))
    }
    middles = geometry.at(figure.edges.curves, np.array([0.5]))[:, 0]
    for row, key in figure.parameter_rows:
        if key in figure.network.edge_by_id and rect.contains(QPointF(*middles[row].tolist())):
            found.add(key)
    return found
