"""Orange's gradient descent widget, in an interpreter of its own, measured by our own protocol; optional."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from benchmarks import peers
from benchmarks.hands import Taken

PUBLISHED = {100: 78.0, 10_000: 147.0}
"""Milliseconds from new data to paint by the number of rows (logistic), measured on another machine of this kind."""
MISSING = (
    "Orange is not there, its published figures are used: python3 -m venv .peers/orange && "
    ".peers/orange/bin/pip install Orange3==3.40.0 Orange3-Educational==0.8.1 PyQt5 PyQtWebEngine"
)


@dataclass(frozen=True)
class Widget:
    """The running widget; ``about`` says which versions of what it is."""

    about: str
    process: subprocess.Popen[str]

    def to_paint(self, kind: str, rows: int, hand: str) -> Taken:
        """What a change of *kind* by *hand* takes to be on the screen."""
        found = _ask(self.process, {"kind": kind, "rows": rows, "hand": hand})
        return Taken(**found)


@contextmanager
def started() -> Iterator[Widget | None]:
    """The widget, shown while it is measured and hidden in between; None where Orange is not installed."""
    python = peers.interpreter("orange", "orangecontrib.educational")
    if python is None:
        yield None
        return
    process = subprocess.Popen(
        [python, "-m", "benchmarks.widget_worker"],
        cwd=peers.CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield Widget(str(_ask(process, {})["about"]), process)
    finally:
        if process.stdin is not None:
            process.stdin.close()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _ask(process: subprocess.Popen[str], order: dict[str, object]) -> dict[str, Any]:
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("Orange's process has no pipes")
    process.stdin.write(json.dumps(order) + "\n")
    process.stdin.flush()
    for line in process.stdout:
        if line.startswith("{"):
            found: dict[str, Any] = json.loads(line)
            return found
    raise RuntimeError("Orange's process ended: run python -m benchmarks.widget_worker with its interpreter to see why")
