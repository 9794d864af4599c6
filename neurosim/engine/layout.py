"""Where things go in a compiled network: the rows of nodes, the rows that a level reads, and levels in groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from neurosim.records import dataclass

GROUP_ROWS = 16
"""A group has at most so many neurons: more would compute too many products that no edge needs."""


def place(by_depth: list[list[str]], read: Mapping[str, list[int]]) -> tuple[dict[str, int], list[int]]:
    """The row of each node and the rows of ones, given the nodes of each depth and the depths that each node reads.

    A row of ones is wanted near what a level reads: one after the inputs, and one after each level that the next reads
    alone; a level that reads from far below passes an earlier one anyway.
    """
    row: dict[str, int] = {}
    ones: list[int] = []
    latest = -1
    for depth, names in enumerate(by_depth):
        for name in names:
            row[name] = len(row) + len(ones)
        nearest = [below for name in by_depth[depth + 1] for below in read[name]] if depth + 1 < len(by_depth) else []
        if depth == 0 or min(nearest, default=0) > latest:
            ones.append(len(row) + len(ones))
            latest = depth
    return row, ones


@dataclass(frozen=True)
class Range:
    """The rows of one level (``first`` to ``last``) and those that it must read (``low`` to ``high``)."""

    first: int
    last: int
    low: int
    high: int


def range_of(rows: Sequence[int], read: set[int], ones: Sequence[int], *, biased: bool) -> Range:
    """The range of a level that fills *rows* and reads the rows in *read*, and one of *ones* when it is *biased*."""
    wanted = set(read)
    if biased or not wanted:
        wanted.add(_nearest_ones([one for one in ones if one < rows[0]], wanted))
    return Range(rows[0], rows[-1] + 1, min(wanted), max(wanted) + 1)


def grouped(ranges: list[Range]) -> list[tuple[int, int, int, int]]:
    """For each level the first of its group, and its low, high and stride."""
    found: list[tuple[int, int, int, int]] = []
    begin = 0
    while begin < len(ranges):
        end = begin + 1
        while end < len(ranges) and _goes_together(ranges[begin : end + 1]):
            end += 1
        low = min(part.low for part in ranges[begin:end])
        stride = max(part.high for part in ranges[begin:end]) - low
        found += [(begin, low, part.high, stride) for part in ranges[begin:end]]
        begin = end
    return found


def _goes_together(parts: list[Range]) -> bool:
    """Whether levels lie side by side and read so much the same rows that little is computed in vain."""
    if any(below.last != above.first for below, above in pairwise(parts)):
        return False
    rows = parts[-1].last - parts[0].first
    together = rows * (max(part.high for part in parts) - min(part.low for part in parts))
    apart = sum((part.last - part.first) * (part.high - part.low) for part in parts)
    return rows <= GROUP_ROWS and together <= 1.4 * apart


def _nearest_ones(ones: list[int], rows: set[int]) -> int:
    """The row of ones that widens the range of *rows* least; the latest of equals."""
    if not rows:
        return ones[-1]
    low, high = min(rows), max(rows)
    return min(reversed(ones), key=lambda one: max(high, one) - min(low, one))


def runs(names: list[str], first: int) -> tuple[tuple[str, int, int], ...]:
    """Stretches of equal *names* as (name, first row, row after the last), the first of them at row *first*."""
    found: list[tuple[str, int, int]] = []
    for offset, name in enumerate(names):
        if found and found[-1][0] == name:
            found[-1] = (name, found[-1][1], first + offset + 1)
        else:
            found.append((name, first + offset, first + offset + 1))
    return tuple(found)
