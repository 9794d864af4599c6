"""D1 and D2: from the newest mouse move to the painted frame while a data point is dragged in the real window.

Moves arrive every 5 ms, as from a good mouse. A frame ends when the whole window has been painted; its latency counts
from the newest move that arrived before the frame was computed. Run it on a screen (or under xvfb-run) for figures
that mean something; QT_QPA_PLATFORM=offscreen gives nearly the same.
"""

from __future__ import annotations

import gc
import math
import sys
import time
from collections.abc import Collection, Iterator
from fractions import Fraction

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from benchmarks import SIZE
from benchmarks.figures import TIMES, Figure, amount, show
from benchmarks.screen import Painted
from neurosim.app import create_window
from neurosim.document import edits
from neurosim.engine.dataset import Column, Dataset
from neurosim.main_window.window import MainWindow

SECONDS = 4.0
MOVE_EVERY = 5
WARM_FRAMES = 10


class Stopwatch:
    """Owns the times of moves and of painted frames of one window."""

    def __init__(self, window: MainWindow) -> None:
        self.newest_move = 0.0
        self._computed_for = 0.0
        self.latencies: list[float] = []
        self.ends: list[float] = []
        self.work: list[float] = []
        self._began = 0.0
        window.session.clock.ticked.connect(self._begin)
        self._painted = Painted(window, window.session.clock, self._note)

    def _begin(self, _milliseconds: float) -> None:
        self._computed_for = self.newest_move
        self._began = time.perf_counter()

    def _note(self) -> None:
        now = time.perf_counter()
        self.latencies.append(1000 * (now - self._computed_for))
        self.work.append(1000 * (now - self._began))
        self.ends.append(now)

    def stop(self) -> None:
        """Note no more."""
        self._painted.stop()


def straight_line(n_rows: int) -> Dataset:
    """*n_rows* points around y = 2 x - 4, the first in the middle of the plot."""
    rng = np.random.default_rng(1)
    x = rng.uniform(0, 6, n_rows)
    y = 2 * x - 4 + rng.normal(0, 1.5, n_rows)
    x[0], y[0] = 3.0, 2.0
    return Dataset({"x": Column(x), "y": Column(y)}, source=f"{n_rows} rows")


def measure(n_rows: int, panels: tuple[str, ...] = ()) -> dict[str, float]:
    """Drag the first of *n_rows* points in a circle with *panels* open besides; milliseconds and frames per second."""
    window = create_window()
    app = QApplication.instance()
    window.resize(*SIZE)
    window.show()
    app.processEvents()
    docks = window.workspace.docks
    for name in panels:  # side by side under the graph, not as tabs
        window.workspace.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, docks[name], Qt.Orientation.Horizontal)
    for name in panels:
        docks[name].bring_to_front()
    app.processEvents()
    assert all(docks[name].in_front for name in panels)  # noqa: S101 - or the figure would not be what it says
    state = edits.fit_neuron_to(window.document.state, straight_line(n_rows), ["x"], "y")
    window.document.reset(edits.set_parameters(state, {"w": Fraction(1), "n.bias": Fraction(-3)}))
    window.session.advance()
    app.processEvents()
    plot = window.findChild(QObject, "dataPlot")
    viewport = plot.viewport()

    def place(x: float, y: float) -> QPointF:
        return QPointF(plot.mapFromScene(plot.getViewBox().mapViewToScene(QPointF(x, y))))

    def send(kind: QEvent.Type, at: QPointF, button: Qt.MouseButton, held: Qt.MouseButton) -> None:
        where = QPointF(viewport.mapToGlobal(at.toPoint()))
        app.sendEvent(viewport, QMouseEvent(kind, at, where, button, held, Qt.KeyboardModifier.ShiftModifier))

    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    middle = place(3.0, 2.0)
    send(QEvent.Type.MouseButtonPress, middle, left, left)
    gc.collect()
    gc.freeze()
    watch = Stopwatch(window)
    began = time.perf_counter()

    def move() -> None:
        angle = 4 * (time.perf_counter() - began)
        watch.newest_move = time.perf_counter()
        at = middle + QPointF(60 * math.sin(angle), 60 * math.cos(angle) - 60)
        send(QEvent.Type.MouseMove, at, none, left)

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(move)
    timer.start(MOVE_EVERY)
    # A loop of its own: to quit the application would ask about unsaved changes.
    loop = QEventLoop()
    QTimer.singleShot(int(SECONDS * 1000), loop.quit)
    loop.exec()
    timer.stop()
    send(QEvent.Type.MouseButtonRelease, middle, left, none)
    watch.stop()
    window.document.mark_saved(window.document.path)
    window.close()
    latencies, work = np.array(watch.latencies[WARM_FRAMES:]), np.array(watch.work[WARM_FRAMES:])
    ends = np.array(watch.ends[WARM_FRAMES:])
    return {
        "median": float(np.median(latencies)),
        "p99": float(np.percentile(latencies, 99)),
        "work": float(np.median(work)),
        "frames": (ends.size - 1) / (ends[-1] - ends[0]),
    }


def figures(_wanted: Collection[str] = ()) -> Iterator[Figure]:
    """D1 and D2, and D1 once more with what else one may have open."""
    few = measure(100)
    yield from smooth("n=100", few)
    many = measure(10_000)
    yield Figure(
        "D2",
        "work in a frame of a drag, n=10,000 over n=100",
        many["work"] / few["work"],
        TIMES,
        ours=amount(many["work"], "ms"),
        peer=f"n=100 {amount(few['work'], 'ms')}",
        most=1.5,
    )
    yield Figure("D1", "a point dragged, n=10,000, newest move to painted frame, p99", many["p99"], "ms")
    yield from smooth("n=100, working and values open, too", measure(100, ("working", "values")), judged=False)


def smooth(said: str, found: dict[str, float], judged: bool = True) -> Iterator[Figure]:
    """D1 of one drag: how late the picture is, and how often it comes."""
    late = f"median {amount(found['median'], 'ms')}, work in a frame {amount(found['work'], 'ms')}"
    what = f"a point dragged, {said}"
    yield Figure(
        "D1", f"{what}: newest move to painted frame, p99", found["p99"], "ms", ours=late, most=16 if judged else None
    )
    yield Figure("D1", f"{what}: frames", found["frames"], "frames/s", least=60)


def main() -> int:
    """Print the figures with their goals."""
    return show(figures())


if __name__ == "__main__":
    sys.exit(main())
