"""Many edges at once: where they run, what they show of each weight, and which of two that cross is to be seen."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter

from neurosim.canvas import geometry
from neurosim.canvas.items.edge_batches import ASTRAY, KNOTS, PIECES, _astray
from neurosim.canvas.items.edge_layer import FINE, EdgeEntry, EdgeLayer
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.widgets.theme import theme

CROSSING = (100.0, 50.0)
MANY = FINE + 4


def crowd(first: float, second: float | None) -> EdgeLayer:
    """Two edges that cross at ``CROSSING`` (or one), and so many others elsewhere that all are drawn at once."""
    layer = EdgeLayer()
    layer.set_entries([EdgeEntry(f"w{i}", "a", "b") for i in range(MANY)])
    starts = np.full((MANY, 2), 5000.0)
    starts[:2] = (0.0, 0.0), (0.0, 100.0)
    ends = starts + np.array([200.0, 0.0])
    ends[:2] = (200.0, 100.0), (200.0, 0.0)
    if second is None:
        starts[1] = ends[1] = 5000.0
    layer.set_ends(range(MANY), starts, ends, np.tile([-1.0, 0.0], (MANY, 1)))
    weights = np.ones(MANY)
    weights[:2] = first, second or 0.0
    layer.set_weights(weights)
    return layer


def picture(layer: EdgeLayer) -> QImage:
    image = QImage(220, 120, QImage.Format.Format_RGB32)
    image.fill(theme().canvas)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    layer.draw(painter, 1.0)
    painter.end()
    return image


def near(image: QImage, colour: QColor, at: tuple[float, float], reach: int = 12) -> int:
    """So many pixels around a place are nearly of *colour*."""
    found = 0
    for x in range(int(at[0]) - reach, int(at[0]) + reach):
        for y in range(int(at[1]) - reach, int(at[1]) + reach):
            there = image.pixelColor(x, y)
            away = abs(there.red() - colour.red()) + abs(there.green() - colour.green())
            found += away + abs(there.blue() - colour.blue()) < 24
    return found


@pytest.mark.parametrize(("large", "small"), [(40.0, -0.01), (-40.0, 0.01)])
def test_a_large_weight_is_seen_whole_where_a_small_one_crosses_it(qtbot, large, small):
    of = theme()
    colour = of.positive if large > 0 else of.negative
    alone = near(picture(crowd(large, None)), colour, CROSSING)
    assert alone > 30
    assert near(picture(crowd(large, small)), colour, CROSSING) == alone


def test_a_weight_of_nought_has_no_sign_among_many(qtbot):
    of = theme()
    image = picture(crowd(0.0, 0.0))
    assert near(image, of.text_muted, CROSSING) > 20
    assert near(image, of.positive, CROSSING) == near(image, of.negative, CROSSING) == 0


def test_few_pieces_stay_near_the_curve():
    """Where half of the pieces would lie beside the curve, all are drawn: compared with a hundred points of each."""
    rng = np.random.default_rng(3)
    n = 200
    starts = rng.uniform(0, 400, (n, 2))
    ends = starts + np.stack([rng.uniform(60, 900, n), rng.uniform(-700, 700, n)], axis=1)
    curves = geometry.cubics(starts, ends, np.tile([-1.0, 0.0], (n, 1)))
    lines, coarse = geometry.flattened(curves, PIECES), geometry.at(curves, KNOTS)
    exact = geometry.flattened(curves, 100)
    said = _astray(lines, coarse)
    beside = np.array([geometry.distances(coarse[i : i + 1], tuple(p)).item() for i in range(n) for p in exact[i]])
    true = beside.reshape(n, -1).max(axis=1)
    assert said == pytest.approx(true, rel=0.35, abs=0.6)
    for detail in (0.1, 0.25, 0.5):
        kept = said * detail <= ASTRAY
        assert kept.any()
        assert (true[kept] * detail).max() < 1.5 * ASTRAY


def test_edges_that_swing_out_above_the_highest_node_are_in_sight(make_hand):
    """Two inputs and two layers of eight: the edge that arrives at the top of a circle runs above all circles."""
    names = [[f"x{i}" for i in range(2)], [f"g{i}" for i in range(8)], [f"h{i}" for i in range(8)], ["p"]]
    nodes = [InputNode(name, name) for name in names[0]]
    neurons = [Neuron(name, bias=0.0, activation="tanh") for layer in names[1:] for name in layer]
    pairs = [pair for before, after in pairwise(names) for pair in product(before, after)]
    edges = tuple(Edge(f"w{i}", a, b, 0.5) for i, (a, b) in enumerate(pairs))
    columns = {name: Column(np.linspace(-1.0, 1.0, 6)) for name in ("x0", "x1", "y")}
    network = Network((*nodes, *neurons), edges, (Output("p", "y"),))
    hand = make_hand(DocumentState(network, Dataset(columns)), (1247, 643))
    hand.view.tidy()
    hand.frame()
    drawing = hand.view.drawing
    assert hand.view.is_far
    highest = min(item.y() - item.far_body()[0].height() / 2 for item in drawing.nodes.values())
    assert drawing.edges.lines[..., 1].min() < highest
    for line in drawing.edges.lines:
        assert all(hand.view.room().contains(QPointF(x, y)) for x, y in line.tolist())
