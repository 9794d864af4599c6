"""The network of an exercise as the lecture draws it: inputs, weights on the edges, the constant 1, a sum, f."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from neurosim.engine.network import Network, Neuron
from neurosim.exporters.worksheets.ink import BLACK, black, formula
from neurosim.markup.build import name, number
from neurosim.markup.tree import Markup, Script, Symbol
from neurosim.numbers.exact import Number
from neurosim.records import dataclass

_STEP = 104.0
_ROW = 40.0
_RADIUS = 13.0
_ARROW = 5.0
_LABEL = 9.0
_SYMBOLS = {"identity": "f", "relu": "f", "step": "f", "sigmoid": "σ"}


@dataclass(frozen=True)
class _Place:
    x: float
    y: float


@dataclass(frozen=True)
class Diagram:
    """A small network, drawn from the left to the right."""

    network: Network

    def _columns(self) -> dict[str, int]:
        """How many edges lie between each node and the inputs, at most."""
        found: dict[str, int] = {}
        for node in self.network.order:
            sources = [found[edge.source] for edge in self.network.incoming[node]]
            found[node] = 1 + max(sources) if sources else 0
        return found

    def _places(self) -> dict[str, _Place]:
        columns = self._columns()
        inputs = [node.id for node in self.network.inputs]
        middle = max(0.0, (len(inputs) - 1) / 2 * _ROW)
        found: dict[str, _Place] = {}
        for node, column in columns.items():
            y = inputs.index(node) * _ROW if node in inputs else middle
            found[node] = _Place(_RADIUS + column * _STEP, _RADIUS + y)
        return found

    def _bottom(self) -> float:
        return max(place.y for place in self._places().values()) + _RADIUS

    def width(self) -> float:
        """How wide it is."""
        return max(place.x for place in self._places().values()) + _RADIUS + 44.0

    def height(self, width: float) -> float:  # noqa: ARG002 - as wide as it is
        """How high it is at *width*."""
        return self._bottom() + _ROW

    def paint(self, painter: QPainter, x: float, y: float, width: float) -> None:  # noqa: ARG002
        """Paint it with its upper left corner at (*x*, *y*)."""
        places = {node: _Place(place.x + x, place.y + y) for node, place in self._places().items()}
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for edge in self.network.edges:
            _arrow(painter, places[edge.source], places[edge.target])
            _label(painter, places[edge.source], places[edge.target], edge.weight)
        for neuron in self.network.neurons:
            place = places[neuron.id]
            if neuron.bias is not None:
                one = _Place(place.x - 0.5 * _STEP, y + self._bottom() + _ROW - _RADIUS)
                _arrow(painter, one, place)
                _circle(painter, one, Symbol("1", "number"))
                _label(painter, one, place, neuron.bias)
            _circle(painter, place, _inside(neuron))
        for node in self.network.inputs:
            _circle(painter, places[node.id], name(node.column))
        for output in self.network.outputs:
            place = places[output.node]
            _arrow(painter, place, _Place(place.x + _RADIUS + 40.0, place.y), free=True)


def _inside(neuron: Neuron) -> Markup:
    return Script(Symbol("Σ", "upright"), None, Symbol(_SYMBOLS.get(neuron.activation, "f"), "italic"))


def _circle(painter: QPainter, place: _Place, markup: Markup) -> None:
    painter.setPen(QPen(BLACK, 0.8))
    painter.setBrush(Qt.GlobalColor.white)
    painter.drawEllipse(QPointF(place.x, place.y), _RADIUS, _RADIUS)
    found = formula(markup, size=11.0)
    found.paint(painter, place.x - found.width / 2, place.y + (found.ascent - found.descent) / 2, black())


def _arrow(painter: QPainter, start: _Place, end: _Place, *, free: bool = False) -> None:
    """From rim to rim, or to a free end."""
    line = QLineF(start.x, start.y, end.x, end.y)
    length = line.length()
    first, last = line.pointAt(_RADIUS / length), line.pointAt(1.0 if free else 1 - _RADIUS / length)
    painter.setPen(QPen(BLACK, 0.8))
    painter.drawLine(first, last)
    unit = QPointF(line.dx() / length, line.dy() / length)
    across = QPointF(-unit.y(), unit.x())
    painter.setBrush(BLACK)
    back = last - unit * _ARROW
    painter.drawPolygon(QPolygonF([last, back + across * (_ARROW / 2.4), back - across * (_ARROW / 2.4)]))


def _label(painter: QPainter, start: _Place, end: _Place, value: Number) -> None:
    """The number of an edge on its middle, on white so that the line does not cross it."""
    found = formula(number(value), size=_LABEL + 1.0)
    x, y = start.x + 0.45 * (end.x - start.x), start.y + 0.45 * (end.y - start.y)
    box = QRectF(x - found.width / 2 - 2.0, y - found.height / 2 - 1.0, found.width + 4.0, found.height + 2.0)
    painter.fillRect(box, Qt.GlobalColor.white)
    found.paint(painter, box.x() + 2.0, box.y() + 1.0 + found.ascent, black())
