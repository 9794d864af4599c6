"""R1, R2 and S3: what a run costs with the window painting.

``python -m benchmarks.bench_run`` (under xvfb-run, or with QT_QPA_PLATFORM=offscreen). R1 compares with the bare engine
in turn in the same process, S3 with a page in a browser right after our window has done the same.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Collection, Iterator

import numpy as np
from PySide6.QtCore import Qt, QTimer

from benchmarks import browser_peer, ours
from benchmarks.figures import TIMES, Figure, amount, show
from benchmarks.machine import kept_waiting
from benchmarks.screen import Frames, opened, wait
from benchmarks.shapes import Task, layered, task

SECONDS = 3.0
QUIET = 0.03
"""Up to this share of the time other programs may take from the window; beyond it the figures are not its own."""


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


def rates(wanted: Collection[str]) -> Iterator[Figure]:
    """R1 of all tasks, and S3, whose peer paints right after ours."""
    for name, work in tasks().items():
        is_page = work.settings.batch_size == 10
        if "R1" not in wanted and not is_page:
            continue
        before = bare_rate(work)
        rate, frames, p99, waited = on_screen(work)
        bare = (before + bare_rate(work)) / 2
        note = f"kept waiting for {waited:.0%} of the time" if waited > QUIET else ""
        yield Figure(
            "R1",
            f"{name}: share of the engine's steps",
            rate / bare,
            TIMES,
            ours=amount(rate, "steps/s"),
            peer=f"bare engine {amount(bare, 'steps/s')}",
            least=0.45,
            note=note,
        )
        yield Figure("R1", f"{name}: frames", frames, "frames/s", least=60, note=note)
        yield Figure("R1", f"{name}: length of a frame, p99", p99, "ms", most=20, note=note)
        if is_page and "S3" in wanted:
            yield epochs(rate * 10 / work.dataset.n_rows)


def epochs(mine: float) -> Figure:
    """S3: epochs a second on the screen against those of TensorFlow Playground's page."""
    if browser_peer.available():
        trained = browser_peer.trained()
        theirs, said = trained.rate, f"TF Playground in {trained.browser}"
    else:
        print(browser_peer.MISSING)
        theirs, said = browser_peer.PUBLISHED, "TF Playground, published,"
    return Figure(
        "S3",
        "2-8-8-1 n=200 batch 10, trained and painted",
        mine / theirs,
        TIMES,
        ours=amount(mine, "epochs/s"),
        peer=f"{said} {amount(theirs, 'epochs/s')}",
        least=10,
    )


def figures(wanted: Collection[str] = ("R1", "R2", "S3")) -> Iterator[Figure]:
    """R1 and S3, which come from the same runs, and R2."""
    if {"R1", "S3"} & set(wanted):
        yield from rates(wanted)
    if "R2" in wanted:
        yield Figure("R2", "longest gap while steps over 10^6 rows are taken", longest_gap(1_000_000), "ms", most=50)


def main() -> int:
    """Print the figures with their goals."""
    return show(figures())


if __name__ == "__main__":
    sys.exit(main())
