"""D5: from new data or a moved point to the painted window, against Orange's gradient descent widget.

``python -m benchmarks.bench_paint`` (under xvfb-run, or with QT_QPA_PLATFORM=offscreen). Both programs are given the
same rows, one right after the other, and each change is followed by the same wait: see hands.py. Ours shows all default
panels; its time includes making the data set from arrays, the other's begins with its finished table.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Collection, Iterator

from PySide6.QtWidgets import QApplication

from benchmarks import widget_peer
from benchmarks.figures import TIMES, Figure, amount, show
from benchmarks.hands import HANDS, QUIET, RESTING, Hand, Rows, Taken, place, to_paint, undisturbed
from benchmarks.screen import Frames, opened, wait
from benchmarks.shapes import layered, task
from neurosim.document import edits
from neurosim.document.document import Document
from neurosim.engine.dataset import Column, Dataset

GOAL = 10.0
SIZES = (100, 10_000)
Edit = Callable[[], object]


def new_data(rows: int, hand: Hand = RESTING) -> float:
    """Milliseconds from new data for a logistic neuron to the painted window."""
    return undisturbed(lambda: _new_data(rows, hand)).milliseconds


def moved_point(rows: int, hand: Hand = RESTING) -> float:
    """Milliseconds from one moved point of a logistic neuron's data to the painted window."""
    return undisturbed(lambda: _moved_point(rows, hand)).milliseconds


def _new_data(rows: int, hand: Hand) -> Taken:
    source = Rows(rows)

    def next_edit(document: Document, _number: int) -> Edit:
        x, y = source.new()

        def edit() -> None:
            data = Dataset({"x0": Column(x[0]), "x1": Column(x[1]), "y0": Column(y)})
            document.edit("New data", edits.use_dataset, data)

        return edit

    return _in_window(rows, next_edit, hand)


def _moved_point(rows: int, hand: Hand) -> Taken:
    gesture = object()

    def next_edit(document: Document, number: int) -> Edit:
        x0, x1 = place(number)
        there = {"x0": x0, "x1": x1}
        return lambda: document.edit("Move point", edits.move_row, 0, there, gesture=gesture)

    return _in_window(rows, next_edit, hand)


KINDS: dict[str, Callable[[int, Hand], Taken]] = {"new data": _new_data, "a moved point": _moved_point}


def _in_window(rows: int, next_edit: Callable[[Document, int], Edit], hand: Hand) -> Taken:
    """What each edit that *next_edit* makes ready takes to be on the screen."""
    work = task(layered([2, 1], "sigmoid", "sigmoid"), rows, "cross_entropy")
    with opened(work) as window:

        def painted(number: int) -> float:
            edit, frames = next_edit(window.document, number), Frames(window)
            began = time.perf_counter()
            edit()
            while not frames.ends:
                QApplication.processEvents()
            frames.stop()
            return 1000 * (frames.ends[0] - began)

        return to_paint(hand, painted, wait)


def figures(_wanted: Collection[str] = ()) -> Iterator[Figure]:
    """D5 for both numbers of rows, both kinds of change and both hands."""
    with widget_peer.started() as theirs:
        print(widget_peer.MISSING if theirs is None else f"D5 is against {theirs.about}")
        for rows in SIZES:
            for kind in KINDS:
                for hand in HANDS.values():
                    yield _compared(kind, rows, hand, theirs)


def _compared(kind: str, rows: int, hand: Hand, theirs: widget_peer.Widget | None) -> Figure:
    mine = undisturbed(lambda: KINDS[kind](rows, hand))
    if theirs is None:
        other, said = Taken(widget_peer.PUBLISHED[rows], 0.0), " (published)"
    else:
        other, said = undisturbed(lambda: theirs.to_paint(kind, rows, hand.name)), ""
    waited = max(mine.waited, other.waited)
    return Figure(
        "D5",
        f"{kind} to paint, n={rows:,}, {hand.name}",
        other.milliseconds / mine.milliseconds,
        TIMES,
        ours=amount(mine.milliseconds, "ms"),
        peer=f"Orange's widget {amount(other.milliseconds, 'ms')}{said}",
        least=GOAL,
        note=f"kept waiting for {waited:.0%} of the time" if waited > QUIET else "",
    )


def main() -> int:
    """Print the figures with their goals."""
    return show(figures())


if __name__ == "__main__":
    sys.exit(main())
