"""What a frame of the loss map panel costs: following a snapshot and painting, while a point or the dot is dragged.

``python -m benchmarks.bench_loss_map_panel``. Milliseconds, median and p99, on a plot of 430 x 260 and one of 700 x 500
pixels. A frame is what the panel does with a new snapshot (``refresh``) and the painting of all of it; the evaluation
of the network, which all panels share, is not in it. Sizes are measured in turns, so that the ratio is of one run.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import gc

import numpy as np
from PySide6.QtWidgets import QApplication

from neurosim.document import edits
from neurosim.document.document import Document
from neurosim.document.selection import Selection
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import TrainingSettings
from neurosim.panels import PANELS, PanelContext
from neurosim.panels.loss_map.panel import LossMapPanel
from neurosim.training.session import TrainingSession
from neurosim.widgets.display import Display
from neurosim.widgets.theme import apply_theme

ROUNDS, FRAMES, WARM = 5, 60, 8
FEW, MANY, GOAL = 100, 100_000, 2.0
SIZES = ((430, 260), (700, 500))


def neuron(n_rows: int, *, logistic: bool) -> DocumentState:
    """One neuron with one input and *n_rows* rows."""
    rng = np.random.default_rng(1)
    x = rng.uniform(0, 6, n_rows)
    y = 2 * x - 4 + rng.normal(0, 1.5, n_rows)
    activation, loss = ("sigmoid", "cross_entropy") if logistic else ("identity", "squared_error")
    network = Network(
        (InputNode("x", "x"), Neuron("n", bias=Fraction(-3), activation=activation)),
        (Edge("w", "x", "n", Fraction(1)),),
        (Output("n", "y"),),
    )
    columns = {"x": Column(x), "y": Column((y > 2).astype(np.float64) if logistic else y)}
    return DocumentState(network, Dataset(columns), TrainingSettings(loss=loss, learning_rate=Fraction(1, 30)))


class Bench:
    """Owns a panel on a document of its own."""

    def __init__(self, state: DocumentState, size: tuple[int, int]) -> None:
        self.document = Document(state)
        self.session = TrainingSession(self.document)
        context = PanelContext(self.document, self.session, Selection(self.document), Display())
        panel = PANELS["loss_map"].create(context)
        assert isinstance(panel, LossMapPanel)  # noqa: S101
        self.panel = panel
        panel.resize(*size)
        panel.show()
        # Frames are made by hand: what the session does by itself is not measured.
        self.session.snapshot_changed.disconnect(panel._frame)
        self.show()
        while panel.landscape.pending or panel.ways.pending:
            panel._work()

    def show(self) -> float:
        """Follow the newest snapshot and paint it; milliseconds."""
        snapshot = self.session.snapshot
        begin = time.perf_counter()
        self.panel.refresh(snapshot)
        QApplication.processEvents()  # the scene asks the view to paint what has changed, and the view does
        return 1000 * (time.perf_counter() - begin)

    def drag_point(self) -> list[float]:
        """Drag a row in the middle; milliseconds of each frame."""
        row, gesture = self.document.state.dataset.n_rows // 2, object()
        return self._drag(gesture, lambda i: (edits.move_row, row, {"x": Fraction(20 + i, 20)}))

    def drag_dot(self) -> list[float]:
        """Move the dot to and fro; milliseconds of each frame."""
        return self._drag(
            object(),
            lambda i: (
                edits.set_parameters,
                {"w": Fraction(50 + i % 20, 50), "n.bias": Fraction(-150 + i % 20, 50)},
            ),
        )

    def _drag(self, gesture: object, edit: Callable[[int], tuple[Any, ...]]) -> list[float]:
        times = []
        for i in range(FRAMES):
            self.document.edit("Move", *edit(i), gesture=gesture)
            times.append(self.show())
        self.document.finish(gesture)
        return times[WARM:]


def main() -> int:
    """Measure and print."""
    app = QApplication.instance() or QApplication(sys.argv)
    assert isinstance(app, QApplication)  # noqa: S101
    apply_theme(app, "light")
    print(f"{'a frame of the loss map panel, ms':44}{f'n={FEW:,}':>16}{f'n={MANY:,}':>18}    ratio")
    for logistic in (False, True):
        for size in SIZES:
            benches = [Bench(neuron(n, logistic=logistic), size) for n in (FEW, MANY)]
            gc.collect()
            gc.freeze()
            for title, drag in (("a point dragged", Bench.drag_point), ("the dot dragged", Bench.drag_dot)):
                found: list[list[float]] = [[], []]
                for _ in range(ROUNDS):
                    for number, bench in enumerate(benches):
                        found[number] += drag(bench)
                few, many = (np.array(times) for times in found)
                ratio = float(np.median(many) / np.median(few))
                name = f"{'logistic' if logistic else 'linear'} {size[0]}x{size[1]}, {title}"
                parts = [f"{np.median(times):7.2f} (p99 {np.percentile(times, 99):5.2f})" for times in (few, many)]
                # The goal is about the data: when the dot moves there is no map to work out.
                goal = f"  <= {GOAL:g}x {'yes' if ratio <= GOAL else 'NO'}" if drag is Bench.drag_point else ""
                print(f"{name:40}{parts[0]:>20}{parts[1]:>20}   {ratio:5.2f}x{goal}")
            for bench in benches:
                bench.panel.close()
                bench.session.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
