"""Work that brings something from the rows that it stands for to those that it should stand for, in short pieces."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Generator
from time import perf_counter
from typing import TypeVar

from neurosim.engine.loss_map.rows import TrainRows
from neurosim.engine.loss_map.terms import Plane

Result = TypeVar("Result")
Work = Generator[None, None, Result]
"""Work that pauses after each short piece."""


class Following(ABC):
    """Sums over a grid that follow the rows.

    Attributes:
        rows: the rows that ``plane`` stands for; ``None`` before there is one.
        version: changes with the plane.
    """

    def __init__(self, rows: TrainRows) -> None:
        """Begin with nothing; *rows* are to be added up."""
        self.rows: TrainRows | None = None
        self.version = 0
        self._aim = rows
        self._untidy = False  # whether the rows should be added up again
        self._work: Work[None] | None = None

    @property
    def pending(self) -> bool:
        """Whether there is work left."""
        return self.rows is not self._aim or self._untidy

    def aim(self, rows: TrainRows) -> None:
        """From now on the sums should stand for *rows*; what is being worked out is finished first."""
        self._aim = rows

    def work(self, deadline: float) -> None:
        """Go on until nothing is left or ``perf_counter()`` is past *deadline*; at least one piece is done."""
        while self.pending:
            if self._work is None:
                self._work = self._run(self._aim)
            for _ in self._work:
                if perf_counter() >= deadline:
                    return
            self._work = None

    @abstractmethod
    def plane(self) -> Plane:
        """The sums."""

    @abstractmethod
    def _catch_up(self, aim: TrainRows) -> Work[None]:
        """Bring the sums from ``rows`` to *aim*; what ``plane`` gives changes at the end, all at once."""

    def _run(self, aim: TrainRows) -> Work[None]:
        if self.rows is None or self.rows is aim or aim.since(self.rows):
            yield from self._catch_up(aim)
            self.version += 1
        self.rows = aim
