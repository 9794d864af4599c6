"""D4: dragging a node, and every weight changing in each frame, on a graph of 50/500 and of 200/2,000 nodes and edges.

``python -m benchmarks.bench_canvas``. A frame is one mouse move (or one new snapshot) with its repaint of the whole
viewport, done at once. Offscreen unless QT_QPA_PLATFORM says otherwise.
"""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from benchmarks.figures import Figure, amount, show
from neurosim.canvas.view import GraphView
from neurosim.document.document import Document
from neurosim.document.selection import Selection
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Node, Output
from neurosim.engine.snapshot import Snapshot
from neurosim.training.session import TrainingSession
from neurosim.widgets.display import Display
from neurosim.widgets.theme import apply_theme

SIZE = (1000, 760)
FRAMES = 240
GOALS = {(50, 500): (8.0, 16.0), (200, 2000): (16.0, 33.0)}
"""For nodes and edges: milliseconds at most for the drag (p99) and for all weights changing."""


def thicket(n_nodes: int, n_edges: int, seed: int = 0) -> DocumentState:
    """A random network in layers, with edges that skip layers."""
    rng = np.random.default_rng(seed)
    layers = max(4, round(n_nodes**0.5))
    column = [min(i * layers // n_nodes, layers - 1) for i in range(n_nodes)]
    nodes: list[Node] = []
    for i, k in enumerate(column):
        place = (k * 260.0, (i - column.index(k) - column.count(k) / 2) * 130.0)
        if k == 0:
            nodes.append(InputNode(f"x{i}", f"x{i}", position=place))
        else:
            nodes.append(Neuron(f"n{i}", bias=float(rng.normal()), activation="tanh", position=place))
    pairs = {(int(a), int(b)) for a, b in rng.integers(0, n_nodes, (n_edges * 40, 2)) if column[a] < column[b]}
    near = sorted(pairs, key=lambda p: (column[p[1]] - column[p[0]], p))[:n_edges]
    edges = tuple(Edge(f"w{i}", nodes[a].id, nodes[b].id, float(rng.normal() * 2)) for i, (a, b) in enumerate(near))
    inputs = [node for node in nodes if isinstance(node, InputNode)]
    columns = {node.column: Column(rng.normal(size=100)) for node in inputs} | {"y": Column(rng.normal(size=100))}
    network = Network(tuple(nodes), edges, (Output(nodes[-1].id, "y"),))
    return DocumentState(network, Dataset(columns))


def percentiles(times: list[float]) -> tuple[float, float]:
    """Median and p99 in milliseconds."""
    return float(np.median(times) * 1000), float(np.percentile(times, 99) * 1000)


def measure(frame: Callable[[int], None]) -> list[float]:
    """The time of each frame, after a few to get warm, with the collector as after the program's start."""
    for i in range(10):
        frame(i)
    gc.collect()
    gc.freeze()
    times = []
    for i in range(FRAMES):
        start = time.perf_counter()
        frame(i)
        times.append(time.perf_counter() - start)
    return times


class Bench:
    """A view on a thicket."""

    def __init__(self, n_nodes: int, n_edges: int) -> None:
        self.document = Document(thicket(n_nodes, n_edges))
        self.session = TrainingSession(self.document)
        self.view = GraphView(self.document, self.session, Selection(self.document), Display())
        self.view.resize(*SIZE)
        self.view.show()
        QApplication.processEvents()
        self.view.fit_all()

    def drag(self) -> list[float]:
        """Carry the node with the most edges around."""
        network, viewport = self.document.state.network, self.view.viewport()
        key = max(network.neurons, key=lambda n: len(network.incoming[n.id]) + len(network.outgoing[n.id])).id
        start = QPointF(self.view.mapFromScene(self.view.drawing.nodes[key].pos() + QPointF(-12, 4)))
        self._mouse(QEvent.Type.MouseButtonPress, start, Qt.MouseButton.LeftButton)

        def frame(i: int) -> None:
            away = QPointF(60 * np.cos(i / 9), 60 * np.sin(i / 9))
            self._mouse(QEvent.Type.MouseMove, start + away, Qt.MouseButton.NoButton)
            viewport.repaint()

        times = measure(frame)
        self._mouse(QEvent.Type.MouseButtonRelease, start, Qt.MouseButton.LeftButton)
        return times

    def change(self) -> list[float]:
        """All weights and biases change in each frame."""
        rng = np.random.default_rng(1)
        base = self.session.snapshot
        names = list(base.network.parameters)
        snapshots: list[Snapshot] = []
        for _ in range(30):
            values = dict(zip(names, (rng.normal(size=len(names)) * 2).tolist(), strict=True))
            snapshots.append(replace(base, network=base.network.with_parameters(values)))
        viewport = self.view.viewport()

        def frame(i: int) -> None:
            self.session.snapshot_changed.emit(snapshots[i % len(snapshots)])
            viewport.repaint()

        return measure(frame)

    def _mouse(self, kind: QEvent.Type, place: QPointF, button: Qt.MouseButton) -> None:
        held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
        where = QPointF(self.view.viewport().mapToGlobal(place.toPoint()))
        event = QMouseEvent(kind, place, where, button, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self.view.viewport(), event)


def figures(_wanted: Collection[str] = ()) -> Iterator[Figure]:
    """D4 for both graphs: the p99 of a frame while a node is dragged, and while all weights change."""
    application = QApplication([])
    apply_theme(application, "light")
    for (n_nodes, n_edges), (drag_goal, change_goal) in GOALS.items():
        bench = Bench(n_nodes, n_edges)
        for what, times, goal in (
            ("a node dragged", bench.drag(), drag_goal),
            ("all weights changing", bench.change(), change_goal),
        ):
            median, p99 = percentiles(times)
            said = f"{what}, {n_nodes:,} nodes, {n_edges:,} edges: a frame, p99"
            yield Figure("D4", said, p99, "ms", ours=f"median {amount(median, 'ms')}", most=goal)
        bench.session.close()


def main() -> None:
    """Print the figures with their goals."""
    show(figures())


if __name__ == "__main__":
    main()
