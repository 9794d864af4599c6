"""A network as a small picture: what will be drawn, laid out as the canvas will lay it out."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from neurosim.canvas import geometry
from neurosim.canvas.auto_layout import Box, tidy
from neurosim.engine.dataset import FloatArray
from neurosim.engine.network import InputNode, Network, Neuron
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.theme import Theme, mix, theme, theme_notifier

HEIGHT = 128
RADIUS = 11.0
SMALLEST = 3.0
NAME_WIDTH = 150
"""Pixels at 100 % at most for a column's name beside its input or output."""
GAP = 64.0
"""Between two layers; what is too wide or too high is drawn smaller."""
MARGIN = 10


class Miniature(QWidget):
    """Owns the picture of one network; it takes no part in what is done with it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._network = Network()
        self._places: dict[str, tuple[float, float]] = {}
        theme_notifier().changed.connect(self._follow_theme)

    @property
    def network(self) -> Network:
        """What is shown."""
        return self._network

    def set_network(self, network: Network, words: str) -> None:
        """Show *network*; *words* say what it is to whoever does not see it."""
        self._network = network
        box = Box(RADIUS, RADIUS, RADIUS, RADIUS)
        self._places = tidy({node.id: box for node in network.nodes}, _pairs(network), GAP)
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        """As high as a few layers want it."""
        return QSize(theme().px(360), theme().px(HEIGHT))

    def node_places(self) -> Mapping[str, QPointF]:
        """Where each node is painted now, in pixels of the widget."""
        if not self._places:
            return {}
        names = self._name_width() + theme().px(MARGIN) + theme().px(RADIUS)
        room = QRectF(self.rect()).adjusted(names, theme().px(MARGIN + 8), -names, -theme().px(MARGIN + 8))
        x, y = (np.array([place[axis] for place in self._places.values()]) for axis in (0, 1))
        scale = min(room.width() / max(np.ptp(x), 1.0), room.height() / max(np.ptp(y), 1.0), 1.6 * theme().zoom)
        left, top = x.min() + np.ptp(x) / 2, y.min() + np.ptp(y) / 2
        middle = room.center()
        return {
            node: QPointF(middle.x() + (px - left) * scale, middle.y() + (py - top) * scale)
            for node, (px, py) in self._places.items()
        }

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Edges below, nodes above them, the columns' names at the sides."""
        of = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(of.hairline, 1))
        painter.setBrush(of.canvas)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), of.px(6), of.px(6))
        places = self.node_places()
        if not places:
            return
        radius = self._radius(places)
        self._paint_edges(painter, of, places, radius)
        self._paint_nodes(painter, of, places, radius)

    def _radius(self, places: Mapping[str, QPointF]) -> float:
        """Smaller where nodes stand close together."""
        found = RADIUS * theme().zoom
        by_column: dict[int, list[float]] = {}
        for place in places.values():
            by_column.setdefault(round(place.x()), []).append(place.y())
        for column in by_column.values():
            gaps = np.diff(np.sort(np.array(column)))
            if gaps.size:
                found = min(found, float(gaps.min()) * 0.42)
        return max(found, SMALLEST)

    def _paint_edges(self, painter: QPainter, of: Theme, places: Mapping[str, QPointF], radius: float) -> None:
        edges = self._network.edges
        painter.setPen(QPen(of.border, of.stroke(1.0), Qt.PenStyle.DotLine))
        for feature in self._network.features:
            for source in feature.sources:
                painter.drawLine(places[source] + QPointF(radius, 0), places[feature.id] - QPointF(radius, 0))
        if not edges:
            return
        starts = np.array([(places[e.source].x() + radius, places[e.source].y()) for e in edges])
        ends = np.array([(places[e.target].x() - radius, places[e.target].y()) for e in edges])
        curves = _curves(starts, ends)
        widths = geometry.edge_widths(np.array([float(edge.weight) for edge in edges])) * (
            0.55 if len(edges) < 80 else 0.35
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for edge, curve, width in zip(edges, curves.tolist(), widths.tolist(), strict=True):
            colour = of.border if edge.weight == 0 else of.positive if edge.weight > 0 else of.negative
            pen = QPen(colour, of.stroke(width))
            if edge.weight < 0:
                pen.setDashPattern([4, 3])
            painter.setPen(pen)
            path = QPainterPath(QPointF(*curve[0]))
            path.cubicTo(QPointF(*curve[1]), QPointF(*curve[2]), QPointF(*curve[3]))
            painter.drawPath(path)

    def _paint_nodes(self, painter: QPainter, of: Theme, places: Mapping[str, QPointF], radius: float) -> None:
        painter.setFont(ui_font(12))
        metrics = QFontMetricsF(painter.font())
        columns = {output.node: self._network.target_title(output.node) or "" for output in self._network.outputs}
        wide = float(self._name_width())
        gap = radius + of.px(6)
        for node in self._network.nodes:
            at = places[node.id]
            painter.setPen(QPen(of.border, of.stroke(1.25)))
            painter.setBrush(mix(of.canvas, of.surface, 0.6))
            frame = QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)
            if not isinstance(node, Neuron):
                painter.drawRoundedRect(frame, radius / 3, radius / 3)
            else:
                painter.drawEllipse(frame)
            painter.setPen(of.text)
            line = metrics.height()
            if isinstance(node, InputNode):
                text = metrics.elidedText(node.column, Qt.TextElideMode.ElideRight, wide)
                side = QRectF(at.x() - gap - wide, at.y() - line / 2, wide, line)
                painter.drawText(side, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
            elif node.id in columns:
                text = metrics.elidedText(columns[node.id], Qt.TextElideMode.ElideMiddle, wide)
                side = QRectF(at.x() + gap, at.y() - line / 2, wide, line)
                painter.drawText(side, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def _name_width(self) -> int:
        metrics = QFontMetricsF(ui_font(12))
        network = self._network
        names = [node.column for node in network.inputs]
        names += [network.target_title(output.node) or "" for output in network.outputs]
        longest = max((metrics.horizontalAdvance(name) for name in names), default=0.0)
        return min(theme().px(NAME_WIDTH), int(longest) + 2, self.width() // 4)  # the network needs room, too

    def _follow_theme(self) -> None:
        self.updateGeometry()
        self.update()


def _pairs(network: Network) -> list[tuple[str, str]]:
    """Edges, and the wires that lead into features."""
    wires = [(source, feature.id) for feature in network.features for source in feature.sources]
    return [(edge.source, edge.target) for edge in network.edges] + wires


def _curves(starts: FloatArray, ends: FloatArray) -> FloatArray:
    """Cubics that leave to the right and arrive from the left."""
    reach = np.maximum(0.45 * (ends[:, 0] - starts[:, 0]), 6.0)
    curves = np.stack([starts, starts, ends, ends], axis=1)
    curves[:, 1, 0] += reach
    curves[:, 2, 0] -= reach
    return curves
