"""D5: from new data or a moved point to the painted window, against Orange's gradient descent widget.

``python -m benchmarks.bench_paint`` (under xvfb-run, or with QT_QPA_PLATFORM=offscreen). Both programs are given the
same rows, one right after the other, and each change is followed by the same wait: see hands.py. Ours shows all default
panels; its time counts from before the data are made, the other's from its finished table.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Collection, Iterator

from PySide6.QtWidgets import QApplication

from benchmarks import widget_peer
from benchmarks.figures import TIMES, Figure, amount
from benchmarks.hands import HANDS, RESTING, Hand, Rows, median_to_paint, place
from benchmarks.screen import Frames, opened, wait
from benchmarks.shapes import layered, task
from neurosim.document import edits
from neurosim.engine.dataset import Column, Dataset
from neurosim.main_window.window import MainWindow

GOAL = 10.0
SIZES = (100, 10_000)


def new_data(rows: int, hand: Hand = RESTING) -> float:
    """Median of ms from new data for a logistic neuron to the painted window."""
    source = Rows(rows)

    def change(window: MainWindow, _number: int) -> None:
        x, y = source.new()
        data = Dataset({"x0": Column(x[0]), "x1": Column(x[1]), "y0": Column(y)})
        window.document.edit("New data", edits.use_dataset, data)

    return to_paint(rows, change, hand)


def moved_point(rows: int, hand: Hand = RESTING) -> float:
    """Median of ms from one moved point of a logistic neuron's data to the painted window."""
    gesture = object()

    def change(window: MainWindow, number: int) -> None:
        x0, x1 = place(number)
        window.document.edit("Move point", edits.move_row, 0, {"x0": x0, "x1": x1}, gesture=gesture)

    return to_paint(rows, change, hand)


KINDS: dict[str, Callable[[int, Hand], float]] = {"new data": new_data, "a moved point": moved_point}


def to_paint(rows: int, change: Callable[[MainWindow, int], None], hand: Hand) -> float:
    """Median of ms that *change*, called with the window and how often it was called, takes to be on the screen."""
    work = task(layered([2, 1], "sigmoid", "sigmoid"), rows, "cross_entropy")
    with opened(work) as window:

        def painted(number: int) -> float:
            frames = Frames(window)
            began = time.perf_counter()
            change(window, number)
            while not frames.ends:
                QApplication.processEvents()
            frames.stop()
            return 1000 * (frames.ends[0] - began)

        return median_to_paint(hand, painted, wait)


def figures(_wanted: Collection[str] = ()) -> Iterator[Figure]:
    """D5 for both numbers of rows, both kinds of change and both hands."""
    with widget_peer.started() as theirs:
        if theirs is None:
            print(widget_peer.MISSING)
        else:
            print(f"D5 is against {theirs.about}")
        for rows in SIZES:
            for kind, measured in KINDS.items():
                for hand in HANDS.values():
                    mine = measured(rows, hand)
                    other = widget_peer.PUBLISHED[rows] if theirs is None else theirs.to_paint(kind, rows, hand.name)
                    yield Figure(
                        "D5",
                        f"{kind} to paint, n={rows:,}, {hand.name}",
                        other / mine,
                        TIMES,
                        ours=amount(mine, "ms"),
                        peer=f"Orange's widget {amount(other, 'ms')}" + (" (published)" if theirs is None else ""),
                        least=GOAL,
                    )


def main() -> int:
    """Print the figures with their goals."""
    for figure in figures():
        print(figure, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
