"""The numbered lines of a step in parts, each written when one of its lines is looked at: a frame shows a few."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from itertools import accumulate, groupby
from typing import NamedTuple

from neurosim.engine.settings import TrainingSettings
from neurosim.working.line import Line, Phase


class Part(NamedTuple):
    """Lines of one phase that are written together.

    What *write* reads must be frozen: it may be called much later. How many lines it gives must follow from the plan's
    key alone.
    """

    phase: Phase
    write: Callable[[], Sequence[Line]]


class PlanKey(NamedTuple):
    """All that decides how many lines each part has; numbers alone do not.

    Attributes:
        shape: the token of the network without its parameters.
        settings: of the training.
        rest: what else: the rows that are worked out, what can be computed, whether a step can be taken.
    """

    shape: object
    settings: TrainingSettings
    rest: tuple[object, ...]


class Plan(NamedTuple):
    """How many lines there are. One object for as long as nothing but numbers differs.

    Attributes:
        starts: how many lines stand before each part, and how many there are in all.
        phases: the phase of each line.
    """

    starts: tuple[int, ...]
    phases: tuple[Phase, ...]


_PLANS: deque[tuple[PlanKey, Plan]] = deque(maxlen=8)
"""The last plans, each under what it follows from; held by the objects themselves."""


class Script:
    """The lines of a step from first to last."""

    def __init__(self, parts: Sequence[Part], key: PlanKey | None = None) -> None:
        """*parts* in their order. An earlier step with the same *key* tells how many lines there are.

        Without a key, or with one that is new, all lines are written at once.
        """
        self._parts = parts
        self._lines: list[tuple[Line, ...] | None] = [None] * len(parts)
        known = None if key is None else _known(key)
        if known is None:
            written = [part.write() for part in parts]
            starts = tuple(accumulate(map(len, written), initial=0))
            known = Plan(starts, tuple([line.phase for lines in written for line in lines]))
            if key is not None:
                _PLANS.appendleft((key, known))
            self._plan = known
            for part, lines in enumerate(written):
                self._number(part, lines)
        self._plan = known

    @property
    def phases(self) -> tuple[Phase, ...]:
        """The phase of each line; the same object as before while nothing but numbers differs."""
        return self._plan.phases

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines, numbered from 1."""
        return tuple([line for part in range(len(self._parts)) for line in self._of(part)])

    def line(self, number: int) -> Line:
        """The line with this number, from 1."""
        if not 1 <= number <= len(self._plan.phases):
            raise IndexError(f"there is no line {number}; there are {len(self._plan.phases)}")
        part = bisect_right(self._plan.starts, number - 1) - 1
        return self._of(part)[number - 1 - self._plan.starts[part]]

    def _of(self, part: int) -> tuple[Line, ...]:
        found = self._lines[part]
        return self._number(part, self._parts[part].write()) if found is None else found

    def _number(self, part: int, lines: Sequence[Line]) -> tuple[Line, ...]:
        first, end = self._plan.starts[part : part + 2]
        if len(lines) != end - first:
            raise RuntimeError(f"{self._parts[part].phase}: {len(lines)} lines where the plan has {end - first}")
        found = self._lines[part] = tuple([line.numbered(i) for i, line in enumerate(lines, start=first + 1)])
        return found


def finished(lines: Sequence[Line]) -> Script:
    """The script of lines that are there already."""
    parts: list[Part] = []
    for phase, together in groupby(lines, key=lambda line: line.phase):
        part = tuple(together)
        parts.append(Part(phase, partial(tuple, part)))
    return Script(parts)


def _known(key: PlanKey) -> Plan | None:
    for known, plan in _PLANS.copy():
        if known.shape is key.shape and known.settings is key.settings and known.rest == key.rest:
            return plan
    return None
