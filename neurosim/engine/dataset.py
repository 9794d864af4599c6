"""Named columns of numbers and of words, their rows, and the rows that are set aside: every change is a copy.

Numbers alone are trained on. ``rows`` of this class are the complete ones; the table that people see has the rows set
aside among them, and methods that speak of a *table row* count both.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from neurosim.engine.aside import Aside
from neurosim.engine.column import EXACT_ROWS, Column, FloatArray, without
from neurosim.engine.errors import DatasetError
from neurosim.engine.table_form import Spelling, TableForm
from neurosim.numbers.exact import Number, as_number
from neurosim.records import dataclass, field, replace

__all__ = ["EXACT_ROWS", "Aside", "Column", "Dataset", "FloatArray", "Spelling", "TableForm"]


@dataclass(frozen=True)
class Dataset:
    """Columns of equal length and the rows beside them that cannot be trained on.

    Attributes:
        columns: name to numbers.
        test_rows: the rows (sorted) that are kept out of training.
        source: where the data come from, in words.
        texts: name to words, one for each row; they are never trained on.
        aside: rows with a missing or unreadable number, in their order.
        order: all names as the table shows them; when empty, numbers first.
        form: how the file of the table is written.
        spelling: where that file departs from its form.

    Raises:
        DatasetError: on construction, when the columns differ in length, a name occurs twice or a row does not exist.
    """

    columns: Mapping[str, Column]
    test_rows: tuple[int, ...] = ()
    source: str = ""
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    aside: tuple[Aside, ...] = ()
    order: tuple[str, ...] = ()
    form: TableForm = field(default_factory=TableForm)
    spelling: Spelling = field(default_factory=Spelling)

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", MappingProxyType(dict(self.columns)))
        object.__setattr__(self, "texts", MappingProxyType(dict(self.texts)))
        lengths = {name: len(column) for name, column in self.columns.items()}
        lengths |= {name: len(words) for name, words in self.texts.items()}
        if len(set(lengths.values())) > 1:
            parts = ", ".join(f"{name} has {length}" for name, length in lengths.items())
            raise DatasetError(f"The columns need the same number of rows: {parts}.")
        if any(row < 0 or row >= self.n_rows for row in self.test_rows):
            raise DatasetError(f"test_rows: rows go from 0 to {self.n_rows - 1}.")
        self._check_beside()

    def _check_beside(self) -> None:
        twice = next((name for name in self.texts if name in self.columns), None)
        if twice is not None:
            raise DatasetError(f"{twice}: a column holds either numbers or words.")
        if self.order and sorted(self.order) != sorted((*self.columns, *self.texts)):
            raise DatasetError("order: it must name each column once.")
        if self.order == (*self.columns, *self.texts):
            object.__setattr__(self, "order", ())
        places = [row.place for row in self.aside]
        if any(place < 0 or place > self.n_rows for place in places) or places != sorted(places):
            raise DatasetError(f"aside: places go from 0 to {self.n_rows}, in order.")

    # -- numbers ---------------------------------------------------------------------------------------------------

    @cached_property
    def n_rows(self) -> int:
        """How many rows each column has, those set aside not counted."""
        for column in self.columns.values():
            return len(column)
        return len(next(iter(self.texts.values()))) if self.texts else 0

    @cached_property
    def train_rows(self) -> NDArray[np.intp] | slice:
        """The rows that are trained on: an index array, or ``slice(None)`` when there are no test rows."""
        if not self.test_rows:
            return slice(None)
        mask = np.ones(self.n_rows, dtype=bool)
        mask[list(self.test_rows)] = False
        return np.flatnonzero(mask)

    @cached_property
    def makeup(self) -> tuple[object, ...]:
        """Everything but the values that decides whether a network can be run and trained on these data."""
        untrained = len(set(self.test_rows)) == self.n_rows if self.test_rows else self.n_rows == 0
        return tuple(self.columns), tuple(self.texts), self.n_rows == 0, untrained

    def row(self, index: int) -> Mapping[str, Number]:
        """One row as column name to number."""
        return {name: column[index] for name, column in self.columns.items()}

    def numbers_only(self, columns: Mapping[str, Column] | None = None) -> Dataset:
        """The columns of numbers, or other *columns* of any length, with nothing beside them and no test rows."""
        return Dataset(self.columns if columns is None else columns, source=self.source)

    def with_values(self, row: int, values: Mapping[str, Number]) -> Dataset:
        """A copy in which *row* holds *values* in the columns named."""
        changed = {
            name: column.with_value(row, values[name]) if name in values else column
            for name, column in self.columns.items()
        }
        spelling = self.spelling.without_cells(self.table_row(row), values) if self.spelling else self.spelling
        # Each frame of a drag comes through here. Nothing needs checking, and what the dataset has worked out about
        # itself does not depend on values.
        copy = object.__new__(type(self))
        copy.__dict__.update(self.__dict__, columns=MappingProxyType(changed), spelling=spelling)
        return copy

    def with_row(self, index: int, values: Mapping[str, Number], texts: Mapping[str, str] | None = None) -> Dataset:
        """A copy with a new row before *index*, behind what is set aside there.

        Columns that *values* does not name get 0, those that *texts* does not name get no word.
        """
        at = index + bisect_right(self._places, index)
        words = texts or {}
        return replace(
            self,
            columns={n: c.with_inserted(index, values.get(n, as_number(0))) for n, c in self.columns.items()},
            texts={n: (*c[:index], words.get(n, ""), *c[index:]) for n, c in self.texts.items()},
            test_rows=tuple(r + (r >= index) for r in self.test_rows),
            aside=tuple(replace(a, place=a.place + 1) if a.place > index else a for a in self.aside),
            spelling=self.spelling.with_row_inserted(at),
        )

    def without_rows(self, rows: Iterable[int]) -> Dataset:
        """A copy without *rows*; those set aside stay."""
        gone = sorted({row for row in rows if 0 <= row < self.n_rows})
        return self.without_both(gone, (), [self.table_row(row) for row in gone])

    def without_both(self, rows: Sequence[int], asides: Iterable[int], table_rows: Iterable[int]) -> Dataset:
        """A copy without complete *rows* (sorted) and ``aside[index]`` of *asides*, which stand at *table_rows*."""
        gone, put_away = set(rows), set(asides)
        texts = self.texts
        if gone and texts:
            texts = {name: tuple(without(words, rows)) for name, words in texts.items()}
        return replace(
            self,
            columns={name: column.without(gone) for name, column in self.columns.items()} if gone else self.columns,
            texts=texts,
            test_rows=tuple(row - bisect_left(rows, row) for row in self.test_rows if row not in gone),
            aside=tuple(
                replace(row, place=row.place - bisect_left(rows, row.place))
                for i, row in enumerate(self.aside)
                if i not in put_away
            ),
            spelling=self.spelling.without_rows(table_rows),
        )

    # -- the table: complete rows and those set aside, in one order ------------------------------------------------

    @cached_property
    def names(self) -> tuple[str, ...]:
        """All columns as the table shows them."""
        return self.order or (*self.columns, *self.texts)

    @property
    def n_table_rows(self) -> int:
        """How many rows the table has, those set aside included."""
        return self.n_rows + len(self.aside)

    @cached_property
    def _places(self) -> tuple[int, ...]:
        return tuple(row.place for row in self.aside)

    @cached_property
    def _aside_at(self) -> Mapping[int, int]:
        """Table row to the index in ``aside``."""
        return {row.place + index: index for index, row in enumerate(self.aside)}

    def table_row(self, row: int) -> int:
        """Where the complete row *row* stands in the table."""
        return row + bisect_right(self._places, row) if self.aside else row

    def complete_row(self, table_row: int) -> int | None:
        """The number of the complete row that stands at *table_row*; ``None`` when a row set aside does."""
        if not self.aside:
            return table_row
        return None if table_row in self._aside_at else table_row - self.aside_before(table_row)

    def told_apart(self, table_rows: Sequence[int] | NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        """For each of *table_rows* the number of its complete row, or its index in ``aside``; which are complete."""
        places = np.asarray(table_rows, dtype=np.intp)
        if not self.aside:
            return places, np.ones(len(places), dtype=bool)
        asides = np.array(self._aside_rows, dtype=np.intp)
        before = np.searchsorted(asides, places)
        complete = asides[np.minimum(before, len(asides) - 1)] != places
        return np.where(complete, places - before, before), complete

    def complete_rows(self, table_rows: Sequence[int] | NDArray[np.intp]) -> NDArray[np.intp]:
        """The numbers of the complete rows among *table_rows*, in their order."""
        found, complete = self.told_apart(table_rows)
        return found[complete]

    def aside_row(self, table_row: int) -> Aside | None:
        """The row set aside that stands at *table_row*; ``None`` when it is complete."""
        index = self._aside_at.get(table_row)
        return None if index is None else self.aside[index]

    def aside_before(self, table_row: int) -> int:
        """How many rows set aside stand above *table_row*."""
        return bisect_left(self._aside_rows, table_row)

    @cached_property
    def _aside_rows(self) -> tuple[int, ...]:
        return tuple(self._aside_at)

    def cell(self, table_row: int, column: str) -> Number | str:
        """What stands in the table: a number, a word, or in a row set aside the text as read."""
        row = self.complete_row(table_row)
        if row is None:
            return self.aside[self._aside_at[table_row]].cells.get(column, "")
        return self.texts[column][row] if column in self.texts else self.columns[column][row]
