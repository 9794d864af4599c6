"""Run by the interpreter that has Orange: shows its gradient descent widget and times it. See widget_peer.

Reads orders as lines of JSON, ``{"kind": "new data" | "a moved point", "rows": n, "hand": name}``, and answers each
with the fields of ``Taken``; an empty order is answered with the versions.
"""

from __future__ import annotations

import importlib.metadata
import json
import sys
import time
from dataclasses import asdict

from AnyQt.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer, qVersion
from AnyQt.QtWidgets import QApplication
from Orange.data import ContinuousVariable, DiscreteVariable, Domain, Table
from orangecontrib.educational.widgets.owgradientdescent import OWGradientDescent

from benchmarks import SIZE
from benchmarks.hands import HANDS, Rows, Taken, place, to_paint
from benchmarks.machine import interpreter


class Painted(QObject):
    """Notes when the widget's window has been painted."""

    def __init__(self, widget: OWGradientDescent) -> None:
        super().__init__()
        self.end: float | None = None
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.UpdateRequest:
            # The next thing to be delivered when this event, which paints everything, is over.
            QCoreApplication.postEvent(self, QEvent(QEvent.User), Qt.HighEventPriority)
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.User:
            self.end = time.perf_counter()
            return True
        return super().event(event)


def wait(seconds: float) -> None:
    """Let the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def measured(widget: OWGradientDescent, kind: str, rows: int, hand: str) -> Taken:
    """What it takes from ``set_data``, with a table made before, to the painted widget."""
    domain = Domain([ContinuousVariable("x0"), ContinuousVariable("x1")], DiscreteVariable("y", values=("0", "1")))
    source = Rows(rows)
    x, y = source.new()
    painted = Painted(widget)

    def change(number: int) -> float:
        nonlocal x, y
        if kind == "new data":
            x, y = source.new()
        else:
            x = x.copy()
            x[:, 0] = [float(value) for value in place(number)]
        table = Table.from_numpy(domain, x.T, y)
        painted.end = None
        began = time.perf_counter()
        widget.set_data(table)
        while painted.end is None:
            QApplication.processEvents()
        return 1000 * (painted.end - began)

    widget.show()
    wait(0.3)
    try:
        return to_paint(HANDS[hand], change, wait)
    finally:
        widget.removeEventFilter(painted)
        widget.hide()
        wait(0.1)


def main() -> None:
    """Answer orders until there are no more."""
    application = QApplication(sys.argv[:1])
    widget = OWGradientDescent()
    widget.resize(*SIZE)
    for line in sys.stdin:
        order = json.loads(line)
        if order:
            answer: dict[str, object] = asdict(measured(widget, order["kind"], order["rows"], order["hand"]))
        else:
            version = importlib.metadata.version("Orange3-Educational")
            answer = {"about": f"Orange3-Educational {version} with Qt {qVersion()} in {interpreter()}"}
        print(json.dumps(answer), flush=True)
    del application


if __name__ == "__main__":
    main()
