"""A table read from elsewhere: columns of numbers, of 0 and 1, or of words, and what was wrong with which cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from neurosim.engine.dataset import EXACT_ROWS, Column, Dataset, FloatArray
from neurosim.numbers.exact import Number

Kind = Literal["number", "binary", "text"]

_TARGET_NAMES = ("y", "target", "label", "class", "output", "outcome", "response")
_ROW_NAMES = ("", "id", "index", "row", "rownames", "rowname", "unnamed: 0", "#")
MOST_PROBLEMS = 1000
"""Problems kept with their sentence; all are counted."""


class TableError(ValueError):
    """A table cannot be read or used; the message is the sentence that the user reads."""


@dataclass(frozen=True, slots=True)
class TableProblem:
    """What is wrong in one line: ``line`` counts from 1 in the file, ``column`` is a name or ``None`` for all of it."""

    line: int
    column: str | None
    sentence: str

    def __str__(self) -> str:
        where = f"line {self.line}" if self.column is None else f"line {self.line}, {self.column}"
        return f"{where}: {self.sentence}"


@dataclass(frozen=True, eq=False)
class TableColumn:
    """One column.

    Attributes:
        kind: ``number``; ``binary`` (numbers, all of them 0 or 1, both present); ``text``.
        floats: (n_rows,) float64, NaN where the cell is missing or no number; all NaN for text.
        numbers: the same as typed, ``None`` where the cell is missing; ``None`` as a whole above ``EXACT_ROWS`` rows.
        texts: the cells of a text column, else empty.
    """

    name: str
    kind: Kind
    floats: FloatArray
    numbers: tuple[Number | None, ...] | None
    texts: tuple[str, ...] = ()

    @cached_property
    def usable(self) -> NDArray[np.bool_]:
        """(n_rows,): where there is a number."""
        return np.isfinite(self.floats)

    @property
    def is_numeric(self) -> bool:
        """Whether the column can be an input or a target."""
        return self.kind != "text"

    @property
    def missing(self) -> int:
        """How many rows have no number here."""
        return int(len(self.floats) - self.usable.sum())


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Which columns look like inputs and which like the target (``None`` with fewer than two usable columns)."""

    inputs: tuple[str, ...]
    target: str | None


@dataclass(frozen=True, eq=False)
class Table:
    """Rows of cells with named columns.

    Attributes:
        name: what the table is called in messages and as the source of the data set.
        lines: (n_rows,) the line of each row in the file, from 1.
        problems: the first ``MOST_PROBLEMS`` in the order of their lines; ``n_problems`` counts all.
        notes: how the file was read where it left a choice (decimal comma, no header, another encoding).
        n_dropped: rows kept out whole because they have too many or too few cells.
    """

    name: str
    columns: tuple[TableColumn, ...]
    lines: NDArray[np.intp]
    problems: tuple[TableProblem, ...] = ()
    n_problems: int = 0
    notes: tuple[str, ...] = ()
    n_dropped: int = 0

    @property
    def n_rows(self) -> int:
        """How many rows the table has, those with missing cells included."""
        return len(self.lines)

    @cached_property
    def by_name(self) -> Mapping[str, TableColumn]:
        """Each column by its name."""
        return {column.name: column for column in self.columns}

    @property
    def numeric(self) -> tuple[str, ...]:
        """The names of the columns that can be inputs or targets."""
        return tuple(column.name for column in self.columns if column.is_numeric)

    def usable_rows(self, columns: Sequence[str]) -> NDArray[np.intp]:
        """The rows in which each of *columns* has a number.

        Raises:
            TableError: a column does not exist or holds words.
        """
        usable = np.ones(self.n_rows, dtype=bool)
        for name in columns:
            column = self.by_name.get(name)
            if column is None:
                raise TableError(f"{self.name} has no column {name}; it has: {', '.join(self.by_name)}.")
            if not column.is_numeric:
                raise TableError(f"The column {name} of {self.name} holds words, not numbers.")
            usable &= column.usable
        return np.flatnonzero(usable)

    def dataset(self, columns: Sequence[str] | None = None) -> Dataset:
        """The data set of *columns* (all numeric ones by default): the rows in which each of them has a number.

        A missing cell is never guessed: its row is left out, and ``left_out`` says so.

        Raises:
            TableError: a column does not exist or holds words, or no row is complete.
        """
        names = self.numeric if columns is None else tuple(columns)
        rows = self.usable_rows(names)
        if not names:
            raise TableError(f"{self.name} has no column of numbers.")
        if not len(rows):
            raise TableError(f"No row of {self.name} has a number in each of: {', '.join(names)}.")
        return Dataset({name: _taken(self.by_name[name], rows) for name in names}, source=self.name)

    def left_out(self, columns: Sequence[str]) -> str | None:
        """Which rows ``dataset(columns)`` leaves out, as a sentence; ``None`` when it keeps them all."""
        rows = self.usable_rows(columns)
        incomplete = self.n_rows - len(rows)
        if not incomplete and not self.n_dropped:
            return None
        total = self.n_rows + self.n_dropped
        reasons = []
        if self.n_dropped:
            reasons.append(f"{self.n_dropped} with too few or too many cells")
        if incomplete:
            gone = np.setdiff1d(np.arange(self.n_rows), rows)[:3]
            lines = ", ".join(str(int(self.lines[row])) for row in gone)
            more = ", ..." if incomplete > 3 else ""
            word = "line" if incomplete == 1 else "lines"
            reasons.append(f"{incomplete} without a number in a chosen column ({word} {lines}{more})")
        return f"{len(rows)} of {total} rows are used; left out: {' and '.join(reasons)}."

    @cached_property
    def suggestion(self) -> Suggestion:
        """A first guess at inputs and target, by names, by 0/1 columns and by place; the user decides."""
        names = [column.name for column in self.columns if column.is_numeric and not _counts_rows(column)]
        if len(names) < 2:
            return Suggestion(tuple(names), None)
        target = self._target(names)
        partner = f"x{target[1:]}" if target[:1].lower() == "y" and target[1:].isdigit() else ""
        if partner in names:
            return Suggestion((partner,), target)
        return Suggestion(tuple(name for name in names if name != target), target)

    def _target(self, names: list[str]) -> str:
        for wanted in _TARGET_NAMES:
            for name in names:
                if name.lower() == wanted:
                    return name
        if "y1" in names:
            return "y1"
        binary = [name for name in names if self.by_name[name].kind == "binary"]
        if len(binary) == 1:
            return binary[0]
        return names[-1]


def _taken(column: TableColumn, rows: NDArray[np.intp]) -> Column:
    if column.numbers is not None:
        return Column([number for row in rows if (number := column.numbers[row]) is not None])
    floats = column.floats[rows]
    return Column(floats.tolist() if len(rows) <= EXACT_ROWS else floats)


def _counts_rows(column: TableColumn) -> bool:
    """Whether the column only numbers the rows."""
    if column.name.strip().lower() not in _ROW_NAMES:
        return False
    first = column.floats[0] if len(column.floats) else np.nan
    return first in (0.0, 1.0) and bool(np.all(np.diff(column.floats) == 1))
