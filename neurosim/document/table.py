"""A table read from elsewhere: columns of numbers, of 0 and 1, or of words, and what was wrong with which cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from neurosim.document.csv_scan import unquoted
from neurosim.engine.dataset import EXACT_ROWS, Aside, Column, Dataset, FloatArray, Spelling, TableForm
from neurosim.numbers.cells import cell_text, is_missing
from neurosim.numbers.exact import Number
from neurosim.records import dataclass, field

Kind = Literal["number", "binary", "text"]

_TARGET_NAMES = ("y", "target", "label", "class", "output", "outcome", "response")
_ROW_NAMES = ("", "id", "index", "row", "rownames", "rowname", "unnamed: 0", "#")
MOST_CLASSES = 12
"""More different words are no classes that anybody tells apart by a neuron each."""
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
        odd: row to cell, without quotation marks, where a column of numbers has none.
    """

    name: str
    kind: Kind
    floats: FloatArray
    numbers: tuple[Number | None, ...] | None
    texts: tuple[str, ...] = ()
    odd: Mapping[int, str] = field(default_factory=dict)

    @cached_property
    def usable(self) -> NDArray[np.bool_]:
        """(n_rows,): where there is a number."""
        return np.isfinite(self.floats)

    @property
    def is_numeric(self) -> bool:
        """Whether the column can be an input or a target."""
        return self.kind != "text"

    @cached_property
    def classes(self) -> tuple[str, ...]:
        """The different words of a column that can be a target of classes, in their order; empty for any other."""
        if self.is_numeric:
            return ()
        found = tuple(word for word in dict.fromkeys(self.texts) if not is_missing(word))
        return found if 2 <= len(found) <= min(MOST_CLASSES, len(self.texts) - 1) else ()

    @cached_property
    def present(self) -> NDArray[np.bool_]:
        """(n_rows,): where there is a number, or in a column of words a word."""
        if self.is_numeric:
            return self.usable
        missing = {word for word in set(self.texts) if is_missing(word)}
        if not missing:
            return np.ones(len(self.texts), dtype=bool)
        return np.array([word not in missing for word in self.texts], dtype=bool)

    @property
    def missing(self) -> int:
        """How many rows have no number here."""
        return int(len(self.floats) - self.usable.sum()) if self.is_numeric else 0


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
        form: how the file is written.
        spelling: where the file departs from its form; its rows are those of the table.
        short: row to how many cells it has, where they are too few.
        beyond: row to the cells that it has too many.
    """

    name: str
    columns: tuple[TableColumn, ...]
    lines: NDArray[np.intp]
    problems: tuple[TableProblem, ...] = ()
    n_problems: int = 0
    notes: tuple[str, ...] = ()
    form: TableForm = field(default_factory=TableForm)
    spelling: Spelling = field(default_factory=Spelling)
    short: Mapping[int, int] = field(default_factory=dict)
    beyond: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def n_rows(self) -> int:
        """How many rows the table has, those with missing cells included."""
        return len(self.lines)

    @property
    def n_ragged(self) -> int:
        """How many rows have too many or too few cells."""
        return len(self.short) + len(self.beyond)

    @cached_property
    def by_name(self) -> Mapping[str, TableColumn]:
        """Each column by its name."""
        return {column.name: column for column in self.columns}

    @property
    def numeric(self) -> tuple[str, ...]:
        """The names of the columns that can be inputs or targets."""
        return tuple(column.name for column in self.columns if column.is_numeric)

    def usable_rows(self, columns: Sequence[str]) -> NDArray[np.intp]:
        """The rows in which each of *columns* has a number, or a word where it holds words.

        Raises:
            TableError: a column does not exist.
        """
        usable = np.ones(self.n_rows, dtype=bool)
        usable[[*self.short, *self.beyond]] = False
        for name in columns:
            column = self.by_name.get(name)
            if column is None:
                raise TableError(f"{self.name} has no column {name}; it has: {', '.join(self.by_name)}.")
            usable &= column.present
        return np.flatnonzero(usable)

    def dataset(self, columns: Sequence[str] | None = None) -> Dataset:
        """The data set of *columns* alone (all numeric ones by default): the rows in which each of them has a number.

        A missing cell is never guessed: its row is left out, and ``left_out`` says so.

        Raises:
            TableError: a column does not exist or holds words, or no row is complete.
        """
        names = self.numeric if columns is None else tuple(columns)
        words = next((name for name in names if name in self.by_name and not self.by_name[name].is_numeric), None)
        if words is not None:
            raise TableError(f"The column {words} of {self.name} holds words, not numbers.")
        rows = self._complete_rows(names)
        return Dataset({name: _taken(self.by_name[name], rows) for name in names}, source=self.name)

    def whole(self, columns: Sequence[str] | None = None) -> Dataset:
        """The data set with all that the table holds: rows in which one of *columns* has no value are set aside.

        Another column of numbers that has gaps in the rows that are left is kept as words, so that no row is lost to
        it (all columns of numbers are asked for by default).

        Raises:
            TableError: a column does not exist, or no row is complete.
        """
        names = self.numeric if columns is None else tuple(columns)
        rows = self._complete_rows(names)
        numeric = [c for c in self.columns if c.is_numeric and (c.name in names or c.usable[rows].all())]
        words = {c.name: self._words(c, rows) for c in self.columns if c not in numeric}
        return Dataset(
            {column.name: _taken(column, rows) for column in numeric},
            source=self.name,
            texts=words,
            aside=tuple(self._aside(rows)),
            order=tuple(self.by_name),
            form=self.form,
            spelling=self.spelling,
        )

    def kept_as_words(self, columns: Sequence[str]) -> tuple[str, ...]:
        """The columns of numbers that ``whole(columns)`` keeps as words, because they have gaps."""
        rows = self.usable_rows(columns)
        return tuple(c.name for c in self.columns if c.is_numeric and not c.usable[rows].all())

    def text(self, column: TableColumn, row: int) -> str:
        """The cell of *column* in *row* as it stands in the file, without quotation marks."""
        if not column.is_numeric:
            return column.texts[row]
        if row in column.odd:
            return column.odd[row]
        raw = self.spelling.cell(row, column.name)
        if raw is not None:
            return unquoted(raw)
        number = None if column.numbers is None else column.numbers[row]
        if number is None:
            number = float(column.floats[row])
        return cell_text(number, self.form.decimal, self.spelling.styles.get(column.name, ""))

    def _words(self, column: TableColumn, rows: NDArray[np.intp]) -> tuple[str, ...]:
        if not column.is_numeric:
            everything = len(rows) == self.n_rows
            return column.texts if everything else tuple(map(column.texts.__getitem__, rows.tolist()))
        return tuple(self.text(column, row) for row in rows.tolist())

    def _aside(self, rows: NDArray[np.intp]) -> Iterator[Aside]:
        """The rows that are not among *rows*."""
        others = np.flatnonzero(self._left(rows))
        for row, place in zip(others.tolist(), np.searchsorted(rows, others).tolist(), strict=True):
            cells = {c.name: self.text(c, row) for c in self.columns[: self.short.get(row)]}
            yield Aside(place, cells, self.beyond.get(row, ()))

    def _left(self, rows: NDArray[np.intp]) -> NDArray[np.bool_]:
        """(n_rows,): where a row is not among *rows*."""
        left = np.ones(self.n_rows, dtype=bool)
        left[rows] = False
        return left

    def _complete_rows(self, names: Sequence[str]) -> NDArray[np.intp]:
        rows = self.usable_rows(names)
        if not names:
            raise TableError(f"{self.name} has no column of numbers.")
        if not len(rows):
            raise TableError(f"No row of {self.name} has a number in each of: {', '.join(names)}.")
        return rows

    def left_out(self, columns: Sequence[str]) -> str | None:
        """Which rows ``whole(columns)`` sets aside, as a sentence; ``None`` when it keeps them all."""
        rows = self.usable_rows(columns)
        if len(rows) == self.n_rows:
            return None
        left = self._left(rows)
        left[[*self.short, *self.beyond]] = False
        lacking = np.flatnonzero(left)
        reasons = []
        if len(lacking):
            lines = ", ".join(str(int(self.lines[row])) for row in lacking[:3]) + (", ..." if len(lacking) > 3 else "")
            word = "line" if len(lacking) == 1 else "lines"
            reasons.append(f"{_have(len(lacking))} no value in a chosen column ({word} {lines})")
        if self.n_ragged:
            reasons.append(f"{_have(self.n_ragged)} too few or too many cells")
        gone = self.n_rows - len(rows)
        if len(reasons) == 1:
            reason = reasons[0].split(" ", 2)[2]
            told = f"{_have(gone, self.n_rows)} {reason} and {'is' if gone == 1 else 'are'} kept out of training"
        else:
            told = f"{gone} of {self.n_rows} rows are kept out of training: {' and '.join(reasons)}"
        return f"{told}. Nothing is guessed."

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


def _have(count: int, of: int | None = None) -> str:
    """Such as "1 has", or "2 of 9 rows have"."""
    rows = "" if of is None else f" of {of} row{'s' if of != 1 else ''}"
    return f"{count}{rows} {'has' if count == 1 else 'have'}"


def _counts_rows(column: TableColumn) -> bool:
    """Whether the column only numbers the rows."""
    if column.name.strip().lower() not in _ROW_NAMES:
        return False
    first = column.floats[0] if len(column.floats) else np.nan
    return first in (0.0, 1.0) and bool(np.all(np.diff(column.floats) == 1))
