"""TensorFlow Playground's way of computing, re-implemented in JavaScript and run by node; optional."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.timing import Measure


def available() -> bool:
    """Whether node is installed."""
    return shutil.which("node") is not None


@contextmanager
def playground(sizes: Sequence[int], rows: int, batch: int) -> Iterator[Measure]:
    """A process of node that trains a network of *sizes*; it takes its own processor time."""
    node = shutil.which("node") or "node"
    script = Path(__file__).with_name("playground.js")
    order = json.dumps({"sizes": list(sizes), "rows": rows, "batch": batch})
    process = subprocess.Popen([node, str(script), order], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    stdin, stdout = process.stdin, process.stdout
    if stdin is None or stdout is None:
        raise RuntimeError("node gave no pipes")

    def measure(steps: int) -> float:
        stdin.write(f"{steps}\n")
        stdin.flush()
        return float(stdout.readline().split()[0]) / 1e6

    try:
        yield measure
    finally:
        stdin.close()
        process.wait(timeout=10)
        stdout.close()
