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

from benchmarks.machine import kept_waiting

QUIET = 0.06
"""Up to this share of the time others may take; to be woken up after a rest alone takes half of it."""
TRIES = 3
"""How often what others disturbed is measured at most."""


@dataclass(frozen=True)
class Hand:
    """How long is waited from a painted change to the next: *rest* seconds, or until *every* seconds since the last.

    There are so many *changes*, of which the first *warm* ones are thrown away.
    """

    name: str
    changes: int
    warm: int
    rest: float = 0.0
    every: float = 0.0

    def pause(self, spent: float) -> float:
        """Seconds to wait now, *spent* after the last change was made."""
        return self.rest + max(0.0, self.every - spent)


RESTING = Hand("after 50 ms of rest", changes=24, warm=4, rest=0.05)
"""The cold case: by then the processor's caches hold other things."""
MOVING = Hand("moving every 16 ms", changes=48, warm=8, every=0.016)
"""A hand that goes on dragging; whoever takes longer than that is given the next change at once."""
HANDS = {hand.name: hand for hand in (RESTING, MOVING)}


@dataclass(frozen=True)
class Taken:
    """Median of the milliseconds from a change to its paint, and the share of them that others had the processor."""

    milliseconds: float
    waited: float


def to_paint(hand: Hand, change: Callable[[int], float], wait: Callable[[float], object]) -> Taken:
    """What *change* takes, which makes change number i and gives the milliseconds until it was painted.

    *wait* lets the program's event loop run for so many seconds.
    """
    found: list[float] = []
    waited = 0.0
    for number in range(hand.changes):
        began, before = time.perf_counter(), kept_waiting()
        found.append(change(number))
        if number >= hand.warm:
            waited += kept_waiting() - before
        wait(hand.pause(time.perf_counter() - began))
    return Taken(statistics.median(found[hand.warm :]), 1000 * waited / sum(found[hand.warm :]))


def undisturbed(measure: Callable[[], Taken]) -> Taken:
    """The first that was hardly kept waiting by other programs; the one that was least, if none of ``TRIES`` was."""
    best = measure()
    for _ in range(TRIES - 1):
        if best.waited <= QUIET:
            break
        best = min(best, measure(), key=lambda taken: taken.waited)
    return best


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
