"""What a loss map costs: made anew, and while one row is dragged (D3: 100,000 rows over 100, at most 2).

``python -m benchmarks.bench_loss_map``. Times are medians in milliseconds for a map of 100 x 100 points; a drag is the
time from the new data to the new values. Cases are measured in turns, so that the ratio is of one run.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from statistics import median

import numpy as np

from benchmarks.figures import TIMES, Figure, amount, show
from benchmarks.shapes import Task, layered, task
from neurosim.engine.dataset import Dataset
from neurosim.engine.loss_map.loss_map import LossMap

ROUNDS, MOVES = 9, 60
RANGE = (-6.0, 6.0)
FEW, MANY, GOAL = 100, 100_000, 2.0

LINEAR = layered([1, 1], "identity", "identity")
LOGISTIC = layered([1, 1], "identity", "sigmoid")
PLANE = layered([2, 1], "identity", "sigmoid")
SMALL = layered([2, 8, 8, 1], "tanh", "tanh")


@dataclass
class Drag:
    """One row that goes on moving over one map."""

    work: Task
    loss_map: LossMap

    @staticmethod
    def of(work: Task) -> Drag:
        """A map of the first weight and the first bias, finished."""
        found = made(work)
        found.advance(float("inf"))
        return Drag(work, found)

    def __call__(self) -> float:
        """The median milliseconds of an update."""
        network, dataset, settings = self.work.network, self.work.dataset, self.work.settings
        row = dataset.n_rows // 2
        target = next(name for name in dataset.columns if name.startswith("y"))
        classes = settings.loss == "cross_entropy"
        times = []
        for i in range(MOVES):
            place = moved(dataset, row, {"x0": 0.01 * i, target: i % 2 if classes else 0.1 * i})
            begin = time.perf_counter()
            self.loss_map.follow(network, place, settings)
            values = self.loss_map.values
            times.append(time.perf_counter() - begin)
            assert values is not None  # noqa: S101
            assert self.loss_map.current  # noqa: S101
        return 1e3 * median(times)


def made(work: Task) -> LossMap:
    """A new map of *work*."""
    weight, bias = next(iter(work.network.edge_by_id)), f"{work.network.neurons[0].id}.bias"
    return LossMap(work.network, work.dataset, work.settings, weight, bias, RANGE, RANGE)


def moved(dataset: Dataset, row: int, values: dict[str, float]) -> Dataset:
    """*dataset* with other values in one row; columns not named stay the same objects."""
    return replace(
        dataset,
        columns={
            name: column.with_value(row, float(values[name])) if name in values else column
            for name, column in dataset.columns.items()
        },
    )


def anew(work: Task, repeat: int = 5) -> tuple[float, float]:
    """Milliseconds to the first picture, which may be coarse, and to the finished map."""
    first, finished = [], []
    for _ in range(repeat):
        begin = time.perf_counter()
        found = made(work)
        while found.values is None:
            found.advance(0.002)
        first.append(time.perf_counter() - begin)
        found.advance(float("inf"))
        finished.append(time.perf_counter() - begin)
    return 1e3 * median(first), 1e3 * median(finished)


def figures(_wanted: Collection[str] = ()) -> Iterator[Figure]:
    """D3: one row dragged among many rows over the same among few."""
    for title, network, loss, most in (
        ("linear neuron", LINEAR, "squared_error", GOAL),
        ("logistic neuron", LOGISTIC, "cross_entropy", GOAL),
        ("logistic neuron, 2 inputs", PLANE, "cross_entropy", None),
    ):
        drags = [Drag.of(task(network, n, loss)) for n in (FEW, MANY)]
        few, many = np.median(np.array([[drag() for drag in drags] for _ in range(ROUNDS)]), axis=0).tolist()
        yield Figure(
            "D3",
            f"loss map while a row is dragged, {title}, n={MANY:,} over n={FEW:,}",
            many / few,
            TIMES,
            ours=amount(many, "ms"),
            peer=f"n={FEW:,} {amount(few, 'ms')}",
            most=most,
        )


def main() -> None:
    """Measure and print."""
    print(f"{'100 x 100 points':34}{'first picture':>15}{'finished':>11}   ms")
    for title, work in (
        ("linear neuron, n=100", task(LINEAR, 100, "squared_error")),
        ("linear neuron, n=100,000", task(LINEAR, MANY, "squared_error")),
        ("linear neuron, n=1,000,000", task(LINEAR, 1_000_000, "squared_error")),
        ("logistic neuron, n=100", task(LOGISTIC, 100, "cross_entropy")),
        ("logistic neuron, n=10,000", task(LOGISTIC, 10_000, "cross_entropy")),
        ("logistic neuron, n=100,000", task(LOGISTIC, MANY, "cross_entropy")),
        ("logistic, 2 inputs, n=10,000", task(PLANE, 10_000, "cross_entropy")),
        ("2-8-8-1, n=200", task(SMALL, 200, "squared_error", signs=True)),
    ):
        first, finished = anew(work)
        print(f"{title:34}{first:15.2f}{finished:11.2f}")
    print()
    show(figures())


if __name__ == "__main__":
    main()
