"""How the file that a table came from is written: kept beside the numbers, so that it can be written back unchanged."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Quoting = Literal["minimal", "words", "all"]

QUOTINGS: tuple[Quoting, ...] = ("minimal", "words", "all")
NEWLINES = ("\n", "\r\n", "\r")
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp1252", "latin-1")
HEADER = -1
"""The row number under which the line of names is spelled."""


@dataclass(frozen=True, slots=True)
class TableForm:
    """The general rules of a table file; the defaults are those of a new one.

    Attributes:
        delimiter: the sign between cells, one character.
        decimal: the decimal sign, "." or ",".
        encoding: one of ``ENCODINGS``.
        bom: whether the file begins with a byte order mark.
        newline: what ends a line, one of ``NEWLINES``.
        header: whether the first line holds the names.
        quoting: which cells stand in quotation marks: those that need it, all that hold words, or all.
        final_newline: whether the last line is ended too.
    """

    delimiter: str = ","
    decimal: str = "."
    encoding: str = "utf-8"
    bom: bool = False
    newline: str = "\n"
    header: bool = True
    quoting: Quoting = "minimal"
    final_newline: bool = True


class Spelling:
    """Where a file departs from its own form: cells such as ``1.50`` or ``" 2"``, blank lines, other line ends.

    Rows count in table order, complete rows and those set aside together; ``HEADER`` is the line of names. Never
    changed in place.

    Attributes:
        cells: column to row to the text that stands in the file, quotation marks and spaces included.
        lines: row to what stands before its first cell and after its last one, its line end included.
    """

    __slots__ = ("cells", "lines")

    def __init__(
        self,
        cells: Mapping[str, Mapping[int, str]] | None = None,
        lines: Mapping[int, tuple[str, str]] | None = None,
    ) -> None:
        self.cells: Mapping[str, Mapping[int, str]] = {name: rows for name, rows in (cells or {}).items() if rows}
        self.lines: Mapping[int, tuple[str, str]] = lines or {}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Spelling):
            return NotImplemented
        return self is other or (self.cells == other.cells and self.lines == other.lines)

    def __hash__(self) -> int:
        return hash((frozenset(self.cells), len(self.lines)))

    def __repr__(self) -> str:
        return f"Spelling({sum(map(len, self.cells.values()))} cells, {len(self.lines)} lines)"

    def __bool__(self) -> bool:
        return bool(self.cells or self.lines)

    def cell(self, row: int, column: str) -> str | None:
        """The text in the file, or ``None`` where it is written as the form says."""
        return self.cells.get(column, _NONE).get(row)

    def without_cells(self, row: int, columns: Iterable[str]) -> Spelling:
        """A copy in which the cells of *row* in *columns* are written as the form says."""
        changed = {name: rows for name in columns if row in (rows := self.cells.get(name, _NONE))}
        if not changed:
            return self
        kept = {name: {r: text for r, text in rows.items() if r != row} for name, rows in changed.items()}
        return Spelling({**self.cells, **kept}, self.lines)

    def without_columns(self, columns: Iterable[str]) -> Spelling:
        """A copy without *columns*."""
        gone = set(columns)
        return Spelling({name: rows for name, rows in self.cells.items() if name not in gone}, self.lines)

    def renamed(self, old: str, new: str) -> Spelling:
        """A copy that knows the column *old* as *new*; the name itself is written as the form says."""
        if old not in self.cells:
            return self
        kept = self.without_cells(HEADER, (old,))
        return Spelling({new if name == old else name: rows for name, rows in kept.cells.items()}, kept.lines)

    def with_row_inserted(self, row: int) -> Spelling:
        """A copy in which *row* and all after it stand one lower."""
        return self._moved(lambda old: old + (old >= row)) if self else self

    def without_rows(self, rows: Iterable[int]) -> Spelling:
        """A copy without *rows*; what comes after them moves up."""
        gone = sorted(set(rows))
        if not self or not gone:
            return self
        missing = set(gone)
        return self._moved(lambda old: None if old in missing else old - bisect_left(gone, old))

    def reordered(self, order: Sequence[int]) -> Spelling:
        """A copy whose row i is the row ``order[i]`` of this one; line ends and blank lines stay at their places."""
        if not self.cells:
            return self
        place = {old: new for new, old in enumerate(order)}
        cells = {name: {place.get(r, r): t for r, t in rows.items()} for name, rows in self.cells.items()}
        return Spelling(cells, self.lines)

    def _moved(self, place: Callable[[int], int | None]) -> Spelling:
        cells = {
            name: {new: text for old, text in rows.items() if (new := place(old)) is not None}
            for name, rows in self.cells.items()
        }
        return Spelling(cells, {new: ends for old, ends in self.lines.items() if (new := place(old)) is not None})


_NONE: Mapping[int, str] = {}
