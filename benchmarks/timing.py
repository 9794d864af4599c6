"""Fair comparison: all contenders take turns, and the medians of their rounds are compared.

Processor time is measured, not time on the wall, so that other programs on the machine disturb less.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping
from time import process_time

Measure = Callable[[int], float]
"""Takes a number of steps, makes them, and returns the seconds of processor time they took."""

ROUNDS = 9
SLICE = 0.03
"""Seconds that one contender works per round."""


def timed(run: Callable[[int], object]) -> Measure:
    """A measure that takes the time of ``run(steps)``."""

    def measure(steps: int) -> float:
        begin = process_time()
        run(steps)
        return process_time() - begin

    return measure


def compare(contenders: Mapping[str, Measure]) -> dict[str, float]:
    """Microseconds per step of each contender: the median of interleaved rounds."""
    steps: dict[str, int] = {}
    for name, measure in contenders.items():
        count, seconds = 1, measure(1)
        while seconds < SLICE / 4:
            count *= 4
            seconds = measure(count)
        steps[name] = max(1, round(count * SLICE / seconds))
    samples: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(ROUNDS):
        for name, measure in contenders.items():
            samples[name].append(measure(steps[name]) / steps[name] * 1e6)
    return {name: statistics.median(values) for name, values in samples.items()}
