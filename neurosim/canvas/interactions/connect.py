"""Draw an edge from port to port, by dragging or by click and click; what fits grows, what does not is dimmed."""

from __future__ import annotations

from typing import Literal

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPolygonF

from neurosim.canvas import geometry, style
from neurosim.canvas.interactions.host import Host
from neurosim.canvas.interactions.tool import Modifiers, Tool
from neurosim.canvas.items.constant_item import ConstantItem
from neurosim.canvas.items.node_item import NodeItem
from neurosim.document import edits
from neurosim.document.selection import OUTPUT
from neurosim.document.state import DocumentState
from neurosim.document.wires import wire_id
from neurosim.engine.connecting import reason_to_refuse
from neurosim.engine.feature import Feature
from neurosim.engine.network import InputNode
from neurosim.numbers.exact import Number
from neurosim.widgets.theme import Theme, theme

Side = Literal["out", "in"]


class Connect(Tool):
    """Holds one end of a new edge at a port; the other end is in hand.

    ``moving``: the edge that is being taken elsewhere (Alt+drag) instead of a new one being drawn.
    """

    cursor = Qt.CursorShape.CrossCursor

    def __init__(
        self, host: Host, at: QPointF, screen: QPointF, node: str, side: Side, *, moving: str | None = None
    ) -> None:
        super().__init__(host, at, screen)
        self.node = node
        self.side = side
        self.moving = moving
        self.target: str | None = None
        self._now = at
        self._clicked = False
        self._show_reach()

    def reason(self, other: str) -> str | None:
        """Why the edge may not end at *other*; ``None`` when it may."""
        network = self.host.document.state.network
        if other.startswith(OUTPUT):
            reads = network.title(other.removeprefix(OUTPUT))
            if self.side == "in":
                return QCoreApplication.translate("Connect", "An output has nothing to send on.")
            return QCoreApplication.translate("Connect", "This output already reads {node}.").format(node=reads)
        if self.moving is not None and self.moving in network.edge_by_id:
            network = network.without(self.moving)
        source, target = (self.node, other) if self.side == "out" else (other, self.node)
        return reason_to_refuse(network, source, target)

    def fitting(self) -> list[str]:
        """The nodes where the edge may end, from top to bottom."""
        drawing = self.host.drawing
        found = [key for key in drawing.nodes if key in drawing.network.node_by_id and self.reason(key) is None]
        return sorted(found, key=lambda key: (drawing.nodes[key].y(), drawing.nodes[key].x()))

    def aim(self, key: str | None) -> None:
        """Point at a node, as the arrow keys do."""
        self.target = key
        if key is not None:
            item = self.host.drawing.nodes[key]
            self._now = item.pos() + (item.in_port() if self.side == "out" else item.out_port())
        self._show_reason(key)
        self.host.drawing.update()

    def moved(self, at: QPointF, screen: QPointF, modifiers: Modifiers) -> None:
        """The loose end follows the pointer, with the button held or not."""
        super().moved(at, screen, modifiers)
        drawing = self.host.drawing
        self._now = at
        self.target = drawing.node_under(at)
        fits = self.target is not None and self.target != self.node and self.reason(self.target) is None
        if fits and self.target is not None:
            item = drawing.nodes[self.target]
            self._now = item.pos() + (item.in_port() if self.side == "out" else item.out_port())
        self._show_reason(self.target)
        drawing.update()

    def released(self, at: QPointF, screen: QPointF, modifiers: Modifiers) -> bool:
        """Connect, say why not, or offer new nodes; after a mere click on the port, wait for the second click."""
        if not self.dragged and not self._clicked:
            self._clicked = True
            return False
        self.moved(at, screen, modifiers)
        return self.conclude()

    def conclude(self) -> bool:
        """End the edge where it points to; returns whether the gesture is over."""
        target = self.target
        at = self._now
        self._clear()
        if target is None:
            if self.moving is not None:
                text = QCoreApplication.translate("Connect", "Detach {edge}").format(edge=self.moving)
                self.host.edit(text, edits.disconnect, self.moving)
            else:
                source, into = (self.node, None) if self.side == "out" else (None, self.node)
                self.host.offer_nodes(at, source, into)
            return True
        if target == self.node:
            return True
        reason = self.reason(target)
        if reason is not None:
            self.host.refuse(reason, at)
            return True
        self._connect(target)
        return True

    def cancel(self) -> None:
        """No new edge."""
        self._clear()

    def _connect(self, other: str) -> None:
        source, target = (self.node, other) if self.side == "out" else (other, self.node)
        network = self.host.document.state.network
        names = {"source": network.title(source), "target": network.title(target)}
        if self.moving is not None:
            text = QCoreApplication.translate("Connect", "Move {edge} to {source} → {target}")
            if self.host.edit(text.format(edge=self.moving, **names), reconnect, self.moving, source, target):
                self.host.selection.select({self.moving})
            return
        feature = isinstance(network.node_by_id[target], Feature)
        name = wire_id(source, target) if feature else network.fresh_id("w")
        text = QCoreApplication.translate("Connect", "Connect {source} to {target}").format(**names)
        if self.host.edit(text, edits.connect, source, target):
            self.host.selection.select({name})

    def _show_reach(self) -> None:
        for key, item in self.host.drawing.nodes.items():
            if key == self.node or isinstance(item, ConstantItem):
                continue
            item.look.reach = "fit" if self.reason(key) is None else "unfit"
        self.host.drawing.update()

    def _show_reason(self, key: str | None) -> None:
        for other, item in self.host.drawing.nodes.items():
            wanted = other == key and item.look.reach == "unfit"
            reason = (self.reason(other) or "") if wanted else ""
            if item.look.reason != reason:
                item.look.reason = reason

    def _clear(self) -> None:
        for item in self.host.drawing.nodes.values():
            item.look.reach = ""
            item.look.reason = ""
        self.host.drawing.update()

    def paint(self, painter: QPainter) -> None:
        """The loose edge."""
        of = theme()
        item = self.host.drawing.nodes.get(self.node)
        if item is None:
            return
        port = item.pos() + (item.out_port() if self.side == "out" else item.in_port())
        begin, finish = (port, self._now) if self.side == "out" else (self._now, port)
        curve = geometry.cubics(
            np.array([[begin.x(), begin.y()]]), np.array([[finish.x() - 9.0, finish.y()]]), np.array([[-1.0, 0.0]])
        )[0]
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = curve.tolist()
        path = QPainterPath(QPointF(x0, y0))
        path.cubicTo(x1, y1, x2, y2, x3, y3)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(style.pen(of.accent, 2.5, of, (7.0, 4.0)))
        painter.drawPath(path)
        head = geometry.arrow_heads(np.array([[finish.x(), finish.y()]]), np.array([[-1.0, 0.0]]), np.array([2.5]))[0]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(of.accent)
        painter.drawPolygon(QPolygonF([QPointF(float(x), float(y)) for x, y in head]))
        for other in self.host.drawing.nodes.values():
            if other.look.reason:
                self._write_reason(painter, of, other)

    def _write_reason(self, painter: QPainter, of: Theme, item: NodeItem) -> None:
        """Why the edge may not end at *item*, below it and over everything else, as large as the interface."""
        enlarge = max(of.zoom / self.host.camera.detail(), 1.0)
        painter.save()
        painter.translate(item.pos() + QPointF(item.body().center().x(), item.body().bottom() + 14))
        painter.scale(enlarge, enlarge)
        wide = style.width(item.look.reason, style.CAPTION) + 16
        rect = QRectF(-wide / 2, 0, wide, 24)
        painter.setPen(style.pen(of.border, 1.0, of))
        painter.setBrush(of.raised)
        painter.drawRoundedRect(rect, 6, 6)
        style.write(painter, item.look.reason, style.CAPTION, of.text, rect.center())
        painter.restore()


def reconnect(state: DocumentState, edge: str, source: str, target: str) -> DocumentState:
    """Take an edge to other ends; it keeps its id, weight, and whether it is frozen or muted."""
    old = state.network.edge_by_id[edge]
    weight: Number = old.weight
    state = edits.disconnect(state, edge)
    state = edits.connect(state, source, target, weight, identifier=edge)
    if old.muted:
        state = edits.set_muted(state, edge, True)
    return state if old.trainable else edits.set_frozen(state, edge, True)


def is_input(state: DocumentState, key: str) -> bool:
    """Whether *key* is an input node."""
    return isinstance(state.network.node_by_id.get(key), InputNode)
