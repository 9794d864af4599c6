"""One measured figure: what it is of, what it is compared with, its goal, and whether that was met.

A part of the benchmarks prints its figures as lines for the eye; ``benchmarks.part`` hands them on as lines of JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

MARK = "FIGURE "
"""Begins each line of JSON among whatever else a part prints."""
TIMES = "x"
"""The unit of a ratio."""


@dataclass(frozen=True)
class Figure:
    """A result with its goal: at least *least* or at most *most*, in the unit of the result; without both, for reading.

    ``label`` is the goal's name such as ``D5``; ``ours`` and ``peer`` say what a ratio was made of; ``note`` says what
    must be known of this run.
    """

    label: str
    what: str
    result: float
    unit: str
    ours: str = ""
    peer: str = ""
    least: float | None = None
    most: float | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the goal was met; None where there is none."""
        if self.least is None and self.most is None:
            return None
        return (self.least is None or self.result >= self.least) and (self.most is None or self.result <= self.most)

    @property
    def shown(self) -> str:
        """The result with its unit."""
        return amount(self.result, self.unit)

    @property
    def goal(self) -> str:
        """The goal in words; empty where there is none."""
        wanted = [("at least", self.least), ("at most", self.most)]
        return ", ".join(f"{words} {_plain(limit, self.unit)}" for words, limit in wanted if limit is not None)

    @property
    def verdict(self) -> str:
        """``met``, ``missed`` or nothing."""
        return {True: "met", False: "missed", None: ""}[self.met]

    def __str__(self) -> str:
        """A line for the eye."""
        sides = " / ".join(side for side in (self.ours, self.peer) if side)
        tail = f"  [{self.note}]" if self.note else ""
        return f"{self.label:<3} {self.what:<58} {self.shown:>14}  {self.goal:<20} {self.verdict:<7} {sides}{tail}"

    def to_json(self) -> str:
        """A line that :func:`from_output` finds."""
        return MARK + json.dumps(asdict(self))


def amount(value: float, unit: str) -> str:
    """A measured number with as many digits as mean something: ``5.31x``, ``14.7 ms``, ``3,644 epochs/s``."""
    digits = 0 if abs(value) >= 100 or not unit else 1 if abs(value) >= 10 or unit != TIMES else 2
    if unit in {"ms", "µs"} and abs(value) < 10:
        digits = 2
    return _joined(f"{value:,.{digits}f}", unit)


def _plain(limit: float, unit: str) -> str:
    return _joined(f"{limit:,g}" if limit < 1000 else f"{limit:,.0f}", unit)


def _joined(number: str, unit: str) -> str:
    return f"{number}{unit}" if unit == TIMES else f"{number} {unit}".rstrip()


def show(figures: Iterable[Figure]) -> int:
    """Print each figure as soon as it is measured; what the process ends with, 0."""
    for figure in figures:
        print(figure, flush=True)
    return 0


def from_output(text: str) -> list[Figure]:
    """The figures in what a part printed; all other lines are left out."""
    return [Figure(**json.loads(line.removeprefix(MARK))) for line in text.splitlines() if line.startswith(MARK)]
