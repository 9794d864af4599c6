"""Columns of numbers: exact while the table is hand-sized, float64 arrays throughout."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from neurosim.engine.errors import DatasetError
from neurosim.numbers.exact import Number, all_exact, as_number

FloatArray = NDArray[np.float64]

EXACT_ROWS = 2000
"""Up to this many rows a column keeps the numbers as typed; longer ones keep float64 alone."""


class Column:
    """One column: ``floats`` is a read-only float64 array (n_rows,); ``numbers`` the same exactly, or ``None``."""

    __slots__ = ("_hash", "floats", "numbers")

    def __init__(self, values: Sequence[Number] | FloatArray) -> None:
        """Keep *values*: numbers as they are up to ``EXACT_ROWS`` rows, arrays (or longer sequences) as float64.

        Raises:
            DatasetError: a value is NaN or infinite.
        """
        if isinstance(values, np.ndarray):
            floats = np.array(values, dtype=np.float64)
            self.numbers: tuple[Number, ...] | None = None
        else:
            floats = np.array([float(value) for value in values], dtype=np.float64)
            self.numbers = tuple(values) if len(values) <= EXACT_ROWS else None
        if not np.isfinite(floats).all():
            row = int(np.flatnonzero(~np.isfinite(floats))[0])
            raise DatasetError(f"row {row + 1}: {floats[row]} is not a finite number.")
        floats.setflags(write=False)
        self.floats = floats
        self._hash: int | None = None

    def __len__(self) -> int:
        return int(self.floats.shape[0])

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Column) or len(self) != len(other):
            return False
        if self.numbers is not None and other.numbers is not None:
            return all(type(a) is type(b) and a == b for a, b in zip(self.numbers, other.numbers, strict=True))
        # Without exact numbers, or with nothing but floats among them, a column is its float64 array.
        if any(isinstance(value, Fraction) for column in (self, other) for value in column.numbers or ()):
            return False
        return bool(np.array_equal(self.floats, other.floats))

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash((len(self), self.floats.tobytes()))
        return self._hash

    def __repr__(self) -> str:
        return f"Column({len(self)} rows)"

    @property
    def exact(self) -> bool:
        """Whether every value is a fraction."""
        return self.numbers is not None and all_exact(self.numbers)

    def __getitem__(self, row: int) -> Number:
        return self.numbers[row] if self.numbers is not None else float(self.floats[row])

    def with_value(self, row: int, value: Number) -> Column:
        """A copy in which *row* holds *value*."""
        if self.numbers is not None:
            return Column((*self.numbers[:row], as_number(value), *self.numbers[row + 1 :]))
        floats = self.floats.copy()
        floats[row] = float(value)
        return Column(floats)

    def with_inserted(self, row: int, value: Number) -> Column:
        """A copy with *value* before *row*."""
        if self.numbers is not None:
            return Column((*self.numbers[:row], as_number(value), *self.numbers[row:]))
        return Column(np.insert(self.floats, row, float(value)))

    def without(self, rows: Iterable[int]) -> Column:
        """A copy without *rows*."""
        gone = set(rows)
        if self.numbers is not None:
            return Column(tuple(v for i, v in enumerate(self.numbers) if i not in gone))
        return Column(np.delete(self.floats, sorted(gone)))


@dataclass(frozen=True)
class Dataset:
    """Named columns of equal length; ``test_rows`` (sorted) are kept out of training; ``source`` says where from.

    Raises:
        DatasetError: on construction, when the columns differ in length or a test row does not exist.
    """

    columns: Mapping[str, Column]
    test_rows: tuple[int, ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", MappingProxyType(dict(self.columns)))
        lengths = {name: len(column) for name, column in self.columns.items()}
        if len(set(lengths.values())) > 1:
            parts = ", ".join(f"{name} has {length}" for name, length in lengths.items())
            raise DatasetError(f"The columns need the same number of rows: {parts}.")
        if any(row < 0 or row >= self.n_rows for row in self.test_rows):
            raise DatasetError(f"test_rows: rows go from 0 to {self.n_rows - 1}.")

    @cached_property
    def n_rows(self) -> int:
        """How many rows each column has."""
        return len(next(iter(self.columns.values()))) if self.columns else 0

    @cached_property
    def train_rows(self) -> NDArray[np.intp] | slice:
        """The rows that are trained on: an index array, or ``slice(None)`` when there are no test rows."""
        if not self.test_rows:
            return slice(None)
        mask = np.ones(self.n_rows, dtype=bool)
        mask[list(self.test_rows)] = False
        return np.flatnonzero(mask)

    def row(self, index: int) -> Mapping[str, Number]:
        """One row as column name to value."""
        return {name: column[index] for name, column in self.columns.items()}

    def with_values(self, row: int, values: Mapping[str, Number]) -> Dataset:
        """A copy in which *row* holds *values* in the columns named."""
        changed = {
            name: column.with_value(row, values[name]) if name in values else column
            for name, column in self.columns.items()
        }
        return replace(self, columns=changed)

    def with_row(self, index: int, values: Mapping[str, Number]) -> Dataset:
        """A copy with a new row before *index*; columns that *values* does not name get 0."""
        changed = {
            name: column.with_inserted(index, values.get(name, as_number(0))) for name, column in self.columns.items()
        }
        return replace(self, columns=changed, test_rows=tuple(r + (r >= index) for r in self.test_rows))

    def without_rows(self, rows: Iterable[int]) -> Dataset:
        """A copy without *rows*."""
        gone = set(rows)
        kept = [row for row in range(self.n_rows) if row not in gone]
        renumbered = {old: new for new, old in enumerate(kept)}
        return replace(
            self,
            columns={name: column.without(gone) for name, column in self.columns.items()},
            test_rows=tuple(renumbered[row] for row in self.test_rows if row not in gone),
        )
