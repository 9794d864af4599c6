"""How changes follow one another while the way from a change to the painted window is measured.

Knows neither Qt nor neurosim: the same lines run in our program and in the interpreter of the other one.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

CHANGES, WARM = 24, 4
"""How many changes there are, and how many of the first are thrown away."""


@dataclass(frozen=True)
class Hand:
    """How long is waited from a painted change to the next: *rest* seconds, or until *every* seconds since the last."""

    name: str
    rest: float = 0.0
    every: float = 0.0

    def pause(self, spent: float) -> float:
        """Seconds to wait now, *spent* after the last change was made."""
        return self.rest + max(0.0, self.every - spent)


RESTING = Hand("after 50 ms of rest", rest=0.05)
"""The cold case: by then the processor's caches hold other things."""
MOVING = Hand("moving every 16 ms", every=0.016)
"""A hand that goes on dragging; whoever takes longer than that is given the next change at once."""
HANDS = {hand.name: hand for hand in (RESTING, MOVING)}


def median_to_paint(hand: Hand, change: Callable[[int], float], wait: Callable[[float], object]) -> float:
    """Median of the milliseconds that *change* gives, which makes change number i and returns once it is painted.

    *wait* lets the program's event loop run for so many seconds.
    """
    found = []
    for number in range(CHANGES):
        began = time.perf_counter()
        found.append(change(number))
        wait(hand.pause(time.perf_counter() - began))
    return statistics.median(found[WARM:])


class Rows:
    """The rows that both programs are shown: two inputs, and a class that the first of them decides."""

    def __init__(self, count: int) -> None:
        self._rng = np.random.default_rng(3)
        self._count = count

    def new(self) -> tuple[np.ndarray, np.ndarray]:
        """Other rows: inputs (2, count) and classes 0.0 or 1.0 (count)."""
        x = self._rng.normal(size=(2, self._count))
        return x, (x[0] > 0.0).astype(np.float64)


def place(number: int) -> tuple[Fraction, Fraction]:
    """Where the held point is at change *number*."""
    return Fraction(number, 20), Fraction(number, 30)
