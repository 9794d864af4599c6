"""How the file that a table came from is written: kept beside the numbers, so that it can be written back unchanged."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal

from neurosim.records import dataclass

Quoting = Literal["minimal", "words", "all"]

QUOTINGS: tuple[Quoting, ...] = ("minimal", "words", "all")
NEWLINES = ("\n", "\r\n", "\r")
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp1252", "latin-1")
STYLE = re.compile(r"\+?\.[0-9]{1,2}[feEg]")
"""The formats of ``Spelling.styles``."""
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
        padded: whether a space stands before each cell but the first.
        corner: whether the line of names has a name for the first column; R leaves it out.
    """

    delimiter: str = ","
    decimal: str = "."
    encoding: str = "utf-8"
    bom: bool = False
    newline: str = "\n"
    header: bool = True
    quoting: Quoting = "minimal"
    final_newline: bool = True
    padded: bool = False
    corner: bool = True


class Spelling:
    """Where a file departs from its own form: cells such as ``1.50`` or ``" 2"``, blank lines, other line ends.

    Rows count in table order, complete rows and those set aside together; ``HEADER`` is the line of names. Never
    changed in place.

    Attributes:
        cells: column to row to the text that stands in the file, quotation marks and spaces included.
        lines: row to what stands before its first cell and after its last one, its line end included.
        styles: column to the format in which its numbers are written, such as ``.2f`` or ``.18e``, where that does not
            lose anything.
    """

    __slots__ = ("cells", "lines", "styles")

    def __init__(
        self,
        cells: Mapping[str, Mapping[int, str]] | None = None,
        lines: Mapping[int, tuple[str, str]] | None = None,
        styles: Mapping[str, str] | None = None,
    ) -> None:
        self.cells: Mapping[str, Mapping[int, str]] = {name: rows for name, rows in (cells or {}).items() if rows}
        self.lines: Mapping[int, tuple[str, str]] = lines or {}
        self.styles: Mapping[str, str] = styles or {}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Spelling):
            return NotImplemented
        return self is other or (
            self.cells == other.cells and self.lines == other.lines and self.styles == other.styles
        )

    def __hash__(self) -> int:
        return hash((frozenset(self.cells), len(self.lines)))

    def __repr__(self) -> str:
        return f"Spelling({sum(map(len, self.cells.values()))} cells, {len(self.lines)} lines)"

    def __bool__(self) -> bool:
        return bool(self.cells or self.lines or self.styles)

    def cell(self, row: int, column: str) -> str | None:
        """The text in the file, or ``None`` where it is written as the form says."""
        return self.cells.get(column, _NONE).get(row)

    def without_cells(self, row: int, columns: Iterable[str]) -> Spelling:
        """A copy in which the cells of *row* in *columns* are written as the form says."""
        changed = {name: rows for name in columns if row in (rows := self.cells.get(name, _NONE))}
        if not changed:
            return self
        kept = {name: {r: text for r, text in rows.items() if r != row} for name, rows in changed.items()}
        return Spelling({**self.cells, **kept}, self.lines, self.styles)

    def without_columns(self, columns: Iterable[str]) -> Spelling:
        """A copy without *columns*."""
        gone = set(columns)
        cells = {name: rows for name, rows in self.cells.items() if name not in gone}
        return Spelling(cells, self.lines, {name: style for name, style in self.styles.items() if name not in gone})

    def without_line(self, row: int) -> Spelling:
        """A copy in which *row* begins and ends as usual."""
        if row not in self.lines:
            return self
        return Spelling(self.cells, {r: ends for r, ends in self.lines.items() if r != row}, self.styles)

    def renamed(self, old: str, new: str) -> Spelling:
        """A copy that knows the column *old* as *new*; the name itself is written as the form says."""
        if old not in self.cells and old not in self.styles:
            return self
        cells = {new if name == old else name: rows for name, rows in self.without_cells(HEADER, (old,)).cells.items()}
        styles = {new if name == old else name: style for name, style in self.styles.items()}
        return Spelling(cells, self.lines, styles)

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
        return Spelling(cells, self.lines, self.styles)

    def _moved(self, place: Callable[[int], int | None]) -> Spelling:
        cells = {
            name: {new: text for old, text in rows.items() if (new := place(old)) is not None}
            for name, rows in self.cells.items()
        }
        lines = {new: ends for old, ends in self.lines.items() if (new := place(old)) is not None}
        return Spelling(cells, lines, self.styles)


_NONE: Mapping[int, str] = {}
