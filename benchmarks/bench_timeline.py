"""Scrubbing through a run of a million steps: how long a random place takes, painted, and what the run's way costs.

The handle of the timeline is moved to random places of the track in the real window, and the time until that very
state is on the screen is measured, and until the first frame has been painted (of a state that the run passed on the
way there, where the place takes longer than a slice of a frame). Memory is that of the kept states.
"""

from __future__ import annotations

import gc
import sys
import time
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from benchmarks.screen import Painted
from benchmarks.shapes import layered, task
from neurosim.app import create_window
from neurosim.document.state import DocumentState
from neurosim.main_window.window import MainWindow
from neurosim.training.trajectory import TrainingRecord

STEPS = 1_000_000
PLACES = 200
WARM = 10


class Stopwatch:
    """Notes when all that followed from a frame of the session had been painted, on the wall and in processor time."""

    def __init__(self, window: MainWindow) -> None:
        self.frames: list[tuple[float, float]] = []
        self._painted = Painted(window, window.session.clock, self._note)

    def stop(self) -> None:
        """Note no more."""
        self._painted.stop()

    def _note(self) -> None:
        self.frames.append((time.perf_counter(), time.process_time()))


def lecture() -> DocumentState:
    """The lecture's neuron at a rate at which a million steps do not end by themselves."""
    window = create_window()
    state = window.document.state
    window.close()
    return replace(state, training=replace(state.training, learning_rate=1e-5))


def small() -> DocumentState:
    """A network 2-8-8-1 of tanh neurons on 200 rows."""
    found = task(layered([2, 8, 8, 1], "tanh", "tanh"), 200, "squared_error", signs=True, reduction="half_mean")
    return DocumentState(found.network, found.dataset, found.settings)


def long_run(window: MainWindow, state: DocumentState) -> None:
    """A million steps at full speed, with nobody watching."""
    window.document.reset(state)
    window.session.set_speed("max")
    window.session.run()
    while window.session.running:
        window.session.advance()


def scrub(window: MainWindow) -> tuple[list[float], list[float], list[float]]:
    """Milliseconds to the first painted frame, to the wanted state painted, and its processor time; random places."""
    app = QApplication.instance()
    track = window.workspace.panels["timeline"].track
    spans, y = track.layout_now.geometry.main, round(track.layout_now.rows.track)
    watch, timeline = Stopwatch(window), window.session.timeline
    rng = np.random.default_rng(1)

    def send(kind: QEvent.Type, x: float, held: Qt.MouseButton) -> None:
        at = QPointF(x, y)
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
        event = QMouseEvent(kind, at, QPointF(track.mapToGlobal(at.toPoint())), button, held, Qt.KeyboardModifier(0))
        app.sendEvent(track, event)

    first, whole, work = [], [], []
    send(QEvent.Type.MouseButtonPress, spans.right, Qt.MouseButton.LeftButton)
    for number in range(PLACES + WARM):
        rest = time.perf_counter() + 0.05
        while time.perf_counter() < rest or window.session.clock.pending:
            app.processEvents()
        watch.frames.clear()
        x = rng.uniform(spans.left, spans.right)
        began, used = time.perf_counter(), time.process_time()
        send(QEvent.Type.MouseMove, x, Qt.MouseButton.LeftButton)
        while timeline.pending is not None or not watch.frames:
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)
        if window.document.state.training.step != spans.index_at(x):
            raise RuntimeError("the place shown is not the one that was asked for")
        if number >= WARM:
            first.append(1000 * (watch.frames[0][0] - began))
            whole.append(1000 * (watch.frames[-1][0] - began))
            work.append(1000 * (watch.frames[-1][1] - used))
    send(QEvent.Type.MouseButtonRelease, spans.left, Qt.MouseButton.NoButton)
    watch.stop()
    return first, whole, work


def find(record: TrainingRecord) -> list[float]:
    """Milliseconds of processor time to find the exact state at random places of a run, without any window."""
    rng, found = np.random.default_rng(2), []
    if record.trajectory is None:
        raise RuntimeError("the run has left no way")
    for step in rng.integers(1, record.steps, PLACES).tolist():
        used = time.process_time()
        record.trajectory.state_after(step)
        found.append(1000 * (time.process_time() - used))
    return found


def measure(name: str, state: DocumentState) -> None:
    """Print the figures of one document."""
    window, app = create_window(), QApplication.instance()
    window.resize(1280, 720)
    window.show()
    began = time.perf_counter()
    long_run(window, state)
    seconds = time.perf_counter() - began
    window.workspace.docks["timeline"].show()
    window.workspace.docks["timeline"].raise_()
    for _ in range(5):
        app.processEvents()
    record = window.document.history.head.record
    if not isinstance(record, TrainingRecord) or record.trajectory is None:
        raise RuntimeError("the run has left no way")
    kept, nbytes = len(record.trajectory.checkpoints), record.trajectory.nbytes
    gc.collect()
    gc.freeze()
    alone = find(replace(record, trajectory=record.trajectory.until(record.steps)))
    first, whole, work = scrub(window)
    print(
        f"{name}: {record.steps:,} steps in {seconds:.0f} s, {kept:,} states kept in {nbytes / 1024:,.0f} KiB "
        f"(after scrubbing {record.trajectory.nbytes / 1024:,.0f} KiB)\n"
        f"  the exact state of a random step, processor time: {_figures(alone)}\n"
        f"  in the window, first frame painted: {_figures(first)}\n"
        f"  in the window, exact state painted: {_figures(whole)}; processor time for it: {_figures(work)}"
    )
    window.document.mark_saved(window.document.path)
    window.close()


def _figures(milliseconds: list[float]) -> str:
    return f"median {np.median(milliseconds):.1f} ms, p95 {np.percentile(milliseconds, 95):.1f} ms"


def main() -> int:
    """Both documents."""
    measure("lecture's neuron", lecture())
    measure("2-8-8-1", small())
    print("goal: a random place in less than 16 ms, or the nearest state at once and the exact one when still")
    return 0


if __name__ == "__main__":
    sys.exit(main())
