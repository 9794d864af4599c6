"""Four variants trained side by side in the real window: frames a second, and what of a frame is not training.

The window is arranged side by side (the graph and the panel of the variants) and the variants run as fast as they go.
A frame ends when the whole window has been painted. Processor time is measured beside time on the wall: other
programs on the machine slow the frames down, but not what they cost. QT_QPA_PLATFORM=offscreen gives nearly the same
figures as a screen.
"""

from __future__ import annotations

import gc
import sys
import time
from fractions import Fraction

import numpy as np
from PySide6.QtCore import QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.screen import Painted
from neurosim import paths
from neurosim.app import create_window
from neurosim.document import edits
from neurosim.document.edits.architecture import draw_layers
from neurosim.document.json_format import load
from neurosim.document.state import DocumentState
from neurosim.document.variants import add_variant
from neurosim.engine.dataset import Column, Dataset
from neurosim.training.frame_clock import FrameClock
from neurosim.training.run import SLICE

SECONDS = 4.0
WARM_FRAMES = 20
GOAL = 60.0


class Stopwatch:
    """Owns the times at which frames had been painted, on the wall and in processor time."""

    def __init__(self, window: QObject, clock: FrameClock) -> None:
        self.ends: list[float] = []
        self.used: list[float] = []
        self._painted = Painted(window, clock, self._note)

    def stop(self) -> None:
        """Note no more."""
        self._painted.stop()

    def _note(self) -> None:
        self.ends.append(time.perf_counter())
        self.used.append(time.process_time())


def circles() -> DocumentState:
    """200 rows of two rings, and a network 2-4-1 for them."""
    rng = np.random.default_rng(1)
    angle, inner = rng.uniform(0, 2 * np.pi, 200), np.arange(200) % 2
    radius = np.where(inner == 1, 0.4, 1.0) + rng.normal(0, 0.06, 200)
    columns = {
        "x1": Column(radius * np.cos(angle)),
        "x2": Column(radius * np.sin(angle)),
        "y": Column(inner.astype(float)),
    }
    state = edits.use_dataset(load(paths.example("xor")), Dataset(columns, source="circles"))
    return edits.set_learning_rate(draw_layers(state, (4,)), Fraction(1, 5))


def compared(state: DocumentState) -> DocumentState:
    """Four variants of *state*: as it is, another rate, another optimizer, another architecture."""
    state = add_variant(state)
    state = add_variant(state, edits.set_learning_rate, state.training.learning_rate / 3)
    state = add_variant(state, edits.set_optimizer, "adam")
    return add_variant(state, draw_layers, (6, 4))


def measure(state: DocumentState) -> dict[str, float]:
    """Run the four for a while; frames per second, milliseconds of processor time, and steps."""
    window = create_window()
    app = QApplication.instance()
    window.resize(1280, 720)
    window.show()
    window.document.reset(compared(state))
    window.book["layout-compare"].trigger()
    for _ in range(6):
        app.processEvents()
        window.session.advance()
    gc.collect()
    gc.freeze()
    variants = window.session.variants
    watch = Stopwatch(window, window.session.clock)
    variants.run()
    # A loop of its own: to quit the application would ask about unsaved changes.
    loop = QEventLoop()
    QTimer.singleShot(int(SECONDS * 1000), loop.quit)
    loop.exec()
    running, steps = variants.running, variants.step
    variants.pause()
    watch.stop()
    window.document.mark_saved(window.document.path)
    window.close()
    window.session.close()
    ends, costs = np.array(watch.ends[WARM_FRAMES:]), 1000 * np.diff(np.array(watch.used[WARM_FRAMES:]))
    if not running or ends.size < 10:
        raise RuntimeError("the run ended before it was measured")
    return {
        "frames": (ends.size - 1) / (ends[-1] - ends[0]),
        "interval": 1000 * float(np.percentile(np.diff(ends), 99)),
        "cost": float(np.median(costs)),
        "worst": float(np.percentile(costs, 99)),
        "steps": float(steps),
    }


def main() -> int:
    """Print the figures with their goal; 1 when a frame costs more than there is time for."""
    slow = False
    for name, state in (("XOR, 4 rows", load(paths.example("xor"))), ("circles, 200 rows", circles())):
        found = measure(state)
        slow = slow or found["cost"] > 1000 / GOAL
        print(
            f"four variants of {name}: {found['frames']:.1f} frames/s (99th percentile of the interval "
            f"{found['interval']:.1f} ms); processor time of a frame median {found['cost']:.1f} ms, p99 "
            f"{found['worst']:.1f} ms (at most {1000 * SLICE:.0f} ms of it training); {found['steps']:,.0f} steps "
            f"each in {SECONDS:.0f} s (goal: {GOAL:.0f} frames/s, so at most {1000 / GOAL:.1f} ms)"
        )
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
