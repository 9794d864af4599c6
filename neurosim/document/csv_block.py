"""Some rows of a table as they stand in its file."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from neurosim.records import dataclass, field

Ends = tuple[str, str]
"""What stands before the first cell of a row and after its last one, its line end included."""


@dataclass(slots=True, kw_only=True)
class Block(ABC):
    """Rows of raw cells, spaces and quotation marks included.

    Attributes:
        lines: the line of the file (from 1) in which each row begins.
        margins: index of a row to what stands around it, where that is not nothing and one line end; the last line of
            a file may lack it.
        unended: whether the last row has no line end.
    """

    lines: Sequence[int]
    margins: dict[int, Ends] = field(default_factory=dict)
    unended: bool = False

    def __len__(self) -> int:
        return len(self.lines)

    @abstractmethod
    def head(self, count: int) -> list[list[str]]:
        """The raw cells of the first *count* rows."""

    @abstractmethod
    def cells(self, index: int, decimal: str) -> Sequence[str]:
        """The raw cells of one column, of the rows that have it; *decimal* is the decimal sign of numbers."""

    @abstractmethod
    def _drop_first(self) -> None:
        """Lose the first row and its line."""

    def take_first(self) -> tuple[list[str], Ends | None]:
        """Take the first row off, with what stands around it if that is unusual."""
        (row,) = self.head(1)
        self._drop_first()
        margin = self.margins.pop(0, None)
        self.margins = {row - 1: ends for row, ends in self.margins.items()}
        return row, margin

    def ends(self, row: int, newline: str) -> Ends:
        """What stands around *row* where a line usually ends with *newline*."""
        usual = "" if self.unended and row == len(self) - 1 else newline
        return self.margins.get(row, ("", usual))


@dataclass(slots=True, kw_only=True)
class RawBlock(Block):
    """Rows of any number of cells."""

    lines: list[int] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)

    def head(self, count: int) -> list[list[str]]:
        """The raw cells of the first *count* rows."""
        return self.rows[:count]

    def cells(self, index: int, decimal: str) -> Sequence[str]:  # noqa: ARG002 - numbers are not looked for
        """The raw cells of one column, of the rows that have it."""
        return [row[index] for row in self.rows if index < len(row)]

    def _drop_first(self) -> None:
        del self.rows[0], self.lines[0]
