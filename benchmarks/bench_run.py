"""R1, R2, S3 and D5: what a run costs with the window painting, and how soon new data are on the screen.

``python -m benchmarks.bench_run`` (under xvfb-run, or with QT_QPA_PLATFORM=offscreen). R1 and S3 compare with the bare
engine in turn in the same process; the browser and the other widget are the published figures of the same kind of
machine, for neither runs here.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from fractions import Fraction

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks import ours
from benchmarks.screen import Frames, kept_waiting, opened, wait
from benchmarks.shapes import Task, layered, task
from neurosim.document import edits
from neurosim.engine.dataset import Column, Dataset
from neurosim.main_window.window import MainWindow

SECONDS = 3.0
CHANGES, WARM = 24, 4
BROWSER_EPOCHS = 36.0
"""Epochs a second of TensorFlow Playground on 2-8-8-1, batch 10, 200 rows, in a browser."""
QUIET = 0.03
"""Up to this share of the time other programs may take from the window; beyond it the figures are not its own."""
WIDGET = {100: 78.0, 10_000: 147.0}
"""Milliseconds from new data to paint in Orange's gradient descent widget, logistic."""


def tasks() -> dict[str, Task]:
    """What runs: rates so small that no run comes to its end while it is measured."""
    one, net = layered([1, 1], "identity", "identity"), layered([2, 8, 8, 1], "tanh", "tanh")
    return {
        "linear neuron n=100": task(one, 100, "squared_error", learning_rate=1e-7),
        "logistic neuron n=100": task(layered([2, 1], "sigmoid", "sigmoid"), 100, "cross_entropy", learning_rate=1e-7),
        "2-8-8-1 n=200": task(net, 200, "squared_error", signs=True, learning_rate=1e-6),
        "2-8-8-1 n=200 batch 10": task(net, 200, "squared_error", signs=True, learning_rate=1e-6, batch_size=10),
    }


def bare_rate(work: Task) -> float:
    """Steps a second of the engine alone, with the losses of every step kept as in the window."""
    run = ours.trainer(work)
    run(100)
    steps, began = 0, time.perf_counter()
    while time.perf_counter() - began < SECONDS / 3:
        run(200)
        steps += 200
    return steps / (time.perf_counter() - began)


def on_screen(work: Task) -> tuple[float, float, float, float]:
    """Steps a second at full speed in the window, frames a second, the p99 of a frame's length in ms.

    And the share of the time for which other programs had the processor that the window could have used.
    """
    with opened(work) as window:
        window.session.set_speed("max")
        window.session.run()
        wait(0.5)
        frames = Frames(window)
        step, began, waited = window.document.state.training.step, time.perf_counter(), kept_waiting()
        wait(SECONDS)
        waited = kept_waiting() - waited
        rate = (window.document.state.training.step - step) / (time.perf_counter() - began)
        frames.stop()
    return rate, 1000 / float(np.mean(frames.lengths)), float(np.percentile(frames.lengths, 99)), waited / SECONDS


def longest_gap(rows: int) -> float:
    """The longest time in ms for which nothing could be done in the window while steps over *rows* rows are taken."""
    work = task(layered([2, 1], "sigmoid", "sigmoid"), rows, "cross_entropy", learning_rate=1e-3)
    turns: list[float] = []
    with opened(work) as window:
        window.session.set_speed("max")
        timer = QTimer()
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(lambda: turns.append(time.perf_counter()))
        window.session.run()
        wait(1.0)
        timer.start(5)
        wait(SECONDS)
        timer.stop()
    return 1000 * float(np.max(np.diff(turns)))


def new_data(rows: int) -> float:
    """Median of ms from new data for a logistic neuron to the painted window."""
    rng = np.random.default_rng(3)

    def change(window: MainWindow, _time: int) -> None:
        x = rng.normal(size=(2, rows))
        y = (x[0] > 0.0).astype(np.float64)
        data = Dataset({"x0": Column(x[0]), "x1": Column(x[1]), "y0": Column(y)})
        window.document.edit("New data", edits.use_dataset, data)

    return to_paint(rows, change)


def moved_point(rows: int) -> float:
    """Median of ms from one moved point of a logistic neuron's data to the painted window."""
    gesture = object()

    def change(window: MainWindow, time_: int) -> None:
        place = {"x0": Fraction(time_, 20), "x1": Fraction(time_, 30)}
        window.document.edit("Move point", edits.move_row, 0, place, gesture=gesture)

    return to_paint(rows, change)


def to_paint(rows: int, change: Callable[[MainWindow, int], None]) -> float:
    """Median of ms that *change*, called with the window and how often it was called, takes to be on the screen."""
    work = task(layered([2, 1], "sigmoid", "sigmoid"), rows, "cross_entropy")
    found = []
    with opened(work) as window:
        for time_ in range(CHANGES):
            frames = Frames(window)
            began = time.perf_counter()
            change(window, time_)
            while not frames.ends:
                QApplication.processEvents()
            found.append(1000 * (frames.ends[0] - began))
            frames.stop()
            wait(0.05)
    return statistics.median(found[WARM:])


def main() -> int:
    """Print the figures with their goals."""
    for name, work in tasks().items():
        before = bare_rate(work)
        rate, frames, p99, waited = on_screen(work)
        bare = (before + bare_rate(work)) / 2
        print(
            f"R1 {name:24} {rate:10,.0f} steps/s on the screen, {rate / bare:4.2f} of the engine's {bare:10,.0f} "
            f"(goal 0.45); {frames:4.1f} frames/s (goal 60), p99 {p99:4.1f} ms a frame (goal 20)"
            + (f"; disturbed: kept waiting for {waited:.0%} of the time" if waited > QUIET else "")
        )
        if work.settings.batch_size == 10:
            epochs = rate * 10 / work.dataset.n_rows
            print(
                f"S3 {epochs:,.0f} epochs/s with painting, {epochs / BROWSER_EPOCHS:.0f} times a browser's 36 (goal 10)"
            )
    print(f"R2 longest gap while steps over 10^6 rows are taken: {longest_gap(1_000_000):.0f} ms (goal 50)")
    for rows, theirs in WIDGET.items():
        for name, measured in (("new data", new_data), ("a moved point", moved_point)):
            mine = measured(rows)
            print(
                f"D5 {name} to paint, n={rows:,}: {mine:.1f} ms, {theirs / mine:.1f} times as fast as "
                f"{theirs:.0f} ms of another widget (goal 10)"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
