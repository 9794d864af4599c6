"""One column of numbers: exact while the table is hand-sized, a float64 array throughout."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from neurosim.engine.errors import DatasetError
from neurosim.engine.exact_vector import ExactVector
from neurosim.numbers.exact import Number, all_exact, as_number

T = TypeVar("T")
FloatArray = NDArray[np.float64]

EXACT_ROWS = 2000
"""Up to this many rows a column keeps the numbers as typed; longer ones keep float64 alone."""


class Column:
    """One column: ``floats`` is a read-only float64 array (n_rows,); ``numbers`` the same exactly, or ``None``."""

    __slots__ = ("_exact", "_hash", "_vector", "floats", "numbers")

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
        self._exact: bool | None = None
        self._vector: ExactVector | None = None

    def __len__(self) -> int:
        return int(self.floats.shape[0])

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Column) or len(self) != len(other):
            return False
        mine, theirs = self.numbers, other.numbers
        if mine is not None and theirs is not None:
            pairs = zip(mine, theirs, strict=True)
            return all(a is b or (type(a) is type(b) and a == b) for a, b in pairs)
        # Without exact numbers, or with nothing but floats among them, a column is its float64 array.
        if any(isinstance(value, Fraction) for value in mine or theirs or ()):
            return False
        if len(self) and self.floats[0] != other.floats[0]:
            return False  # other data mostly differ from the first row on
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
        if self._exact is None:
            self._exact = self.numbers is not None and all_exact(self.numbers)
        return self._exact

    @property
    def vector(self) -> ExactVector | None:
        """The numbers as fractions over one denominator; ``None`` where not every value is a fraction.

        Kept, as whether they are exact is: a hand moves one column of several, and each frame asks for all.
        """
        if self._vector is None and self.exact:
            self._vector = ExactVector.of(cast("tuple[Fraction, ...]", self.numbers))
        return self._vector

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

    def taken(self, rows: Sequence[int] | NDArray[np.intp]) -> Column:
        """A copy that holds *rows*, in their order."""
        if self.numbers is not None:
            return Column(tuple(self.numbers[int(row)] for row in rows))
        return Column(self.floats[np.asarray(rows, dtype=np.intp)])

    def with_merged(self, places: Sequence[int], values: Sequence[Number]) -> Column:
        """A copy with each of *values* before the row of this column that *places* (in their order) names for it."""
        if self.numbers is not None:
            return Column(tuple(merged(self.numbers, places, values)))
        return Column(np.insert(self.floats, list(places), [float(value) for value in values]))


def without(rows: Sequence[T], gone: Iterable[int]) -> list[T]:
    """*rows* without those whose places *gone* names, in their order."""
    found: list[T] = []
    done = 0
    for place in gone:
        found += rows[done:place]
        done = place + 1
    found += rows[done:]
    return found


def merged(rows: Sequence[T], places: Sequence[int], values: Sequence[T]) -> list[T]:
    """*rows* with each of *values* before the row that *places* (in their order) names for it."""
    found: list[T] = []
    done = 0
    for place, value in zip(places, values, strict=True):
        found += rows[done:place]
        found.append(value)
        done = place
    found += rows[done:]
    return found
