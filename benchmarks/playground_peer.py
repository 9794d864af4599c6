"""TensorFlow Playground's way of computing, re-implemented in JavaScript and run by node; optional."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.shapes import Task
from benchmarks.tight import weights_of
from benchmarks.timing import Measure


def available() -> bool:
    """Whether node is installed."""
    return shutil.which("node") is not None


@contextmanager
def playground(task: Task) -> Iterator[Measure]:
    """A process of node that trains the network of *task* on its rows; it takes its own processor time.

    Rows and start are those that the others have: what a tanh costs depends on its argument.
    """
    node = shutil.which("node") or "node"
    script = Path(__file__).with_name("playground.js")
    work = {
        "weights": [layer[:, :-1].tolist() for layer in weights_of(task)],
        "inputs": task.x.T.tolist(),
        "targets": task.y[0].tolist(),
        "rate": float(task.settings.learning_rate),
        "batch": task.settings.batch_size or task.x.shape[1],
    }
    order = json.dumps(work)
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
