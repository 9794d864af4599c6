"""S1, the start: first paint of neurosim's window over that of a bare PySide6 + pyqtgraph window, in time and memory.

``python -m benchmarks.bench_start [ROUNDS]``. Both start in fresh processes, in turn, so that the machine's mood is the
same for both; the medians are compared. Offscreen unless QT_QPA_PLATFORM says otherwise.

Only the moment at which the window is exposed is watched, on which all of it is painted: a filter over the events of
the whole application has Python look at each of thousands, which no user waits for. The colours tell that the picture
was there.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Iterator
from typing import Any

from benchmarks.figures import TIMES, Figure, amount, show

GOAL = 1.4
COLOURS = 100
"""Fewer would be an empty window."""
HEAVY = ("sympy", "scipy", "pydantic", "matplotlib")

REPORT = """
import json, os, resource, sys, time
def report(window):
    seconds = time.monotonic() - float(os.environ["BENCH_BEGAN"])  # one clock for all processes
    loaded = [name for name in %r if name in sys.modules]
    mebibytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    shown = window.screen().grabWindow(window.winId()).toImage()
    colours = {shown.pixel(x, y) for x in range(0, shown.width(), 3) for y in range(0, shown.height(), 3)}
    print(json.dumps(
        {"seconds": seconds, "mebibytes": mebibytes, "heavy": loaded, "colours": len(colours)}
    ), flush=True)
    os._exit(0)

def report_after_first_paint(window):
    from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
    class Watch(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Expose:  # everything is painted at once on that
                QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), Qt.EventPriority.HighEventPriority.value)
            return False
        def event(self, event):
            if event.type() == QEvent.Type.User:
                report(window)
            return super().event(event)
    watch = Watch()
    window.show()
    window.windowHandle().installEventFilter(watch)
    QCoreApplication.instance().exec()
""" % (HEAVY,)  # noqa: UP031 - braces are Python's here

BARE = (
    REPORT
    + """
import pyqtgraph
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
plot = pyqtgraph.PlotWidget()
plot.plot([1, 2, 3])
window.setCentralWidget(plot)
window.resize(1280, 720)
report_after_first_paint(window)
"""
)

OURS = (
    REPORT
    + """
from neurosim.app import first_window
window = first_window()
window.resize(1280, 720)
report_after_first_paint(window)
"""
)


def start(code: str, compiled: str) -> dict[str, Any]:
    """Start a process that ends right after its first paint; seconds since it began to exist, and its memory.

    Panels behind tabs are made after that.

    Python keeps its compiled files in the folder *compiled*, as it does beside the sources for every user: some
    environments forbid that, and then each start would compile everything anew.
    """
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    ended = subprocess.run(
        [sys.executable, "-c", code],
        env={
            **{"QT_QPA_PLATFORM": "offscreen", **environ, "OPENBLAS_NUM_THREADS": "1"},
            **{"PYTHONPYCACHEPREFIX": compiled, "BENCH_BEGAN": repr(time.monotonic())},
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


def figures(_wanted: Collection[str] = (), rounds: int = 9) -> Iterator[Figure]:
    """The two ratios of S1, with the medians that they come from, and what was there at the first paint."""
    with tempfile.TemporaryDirectory(prefix="neurosim-bench-") as compiled:
        for code in (BARE, OURS):
            start(code, compiled)  # the disk's cache is warm from here on
        pairs = [(start(BARE, compiled), start(OURS, compiled)) for _ in range(rounds)]
    for what, key, unit, factor in (("time", "seconds", "ms", 1000), ("memory", "mebibytes", "MB", 1)):
        bare, ours = (statistics.median(pair[which][key] for pair in pairs) * factor for which in (0, 1))
        ratio = statistics.median(pair[1][key] / pair[0][key] for pair in pairs)
        peer = f"bare window {amount(bare, unit)}"
        yield Figure("S1", f"first paint, {what}", ratio, TIMES, ours=amount(ours, unit), peer=peer, most=GOAL)
    heavy = pairs[0][1]["heavy"]
    yield Figure("S1", "heavy packages loaded before the first paint", len(heavy), "", ours=", ".join(heavy), most=0)
    colours = min(pair[1]["colours"] for pair in pairs)
    yield Figure("S1", "colours on the screen at that moment", colours, "", least=COLOURS)


def main(rounds: int = 9) -> None:
    """Print the figures with their goals."""
    show(figures(rounds=rounds))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
