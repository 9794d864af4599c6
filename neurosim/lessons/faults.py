"""What is wrong in a lesson's files: each mistake one sentence with its file, its line and the remedy."""

from __future__ import annotations

from collections.abc import Sequence

from neurosim.records import dataclass


@dataclass(frozen=True)
class Fault:
    """One mistake.

    Attributes:
        file: the file as its author knows it.
        line: counted from 1; 0: the whole file.
        problem: what is wrong, without a full stop.
        remedy: what to write instead, without a full stop.
    """

    file: str
    line: int
    problem: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.problem}; {self.remedy}."

    @property
    def place(self) -> tuple[str, int, str, str]:
        """What mistakes are sorted by."""
        return self.file, self.line, self.problem, self.remedy


class LessonError(Exception):
    """A lesson cannot be used; ``faults`` holds every mistake that was found, in the order of the lines."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.place))
        super().__init__("\n".join(map(str, self.faults)))


class Faults:
    """Collects the mistakes of one file while it is read."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Fault] = []

    def add(self, line: int, problem: str, remedy: str) -> None:
        """Note one mistake."""
        self.found.append(Fault(self.file, line, problem.rstrip(". "), remedy.rstrip(". ")))
