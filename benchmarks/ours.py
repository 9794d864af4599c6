"""The engine as the program uses it: a Trainer on a drawn network."""

from __future__ import annotations

from benchmarks.shapes import Task
from benchmarks.tight import Run
from neurosim.engine.trainer import Trainer


def trainer(task: Task) -> Run:
    """A run that keeps going: one trainer that takes steps without looking for the end."""
    found = Trainer(task.network, task.dataset, task.settings)

    def run(steps: int) -> float:
        found.advance(steps, watch=False)
        found.take_trace()
        return found.loss

    return run
