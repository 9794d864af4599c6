"""Reading CSV, TSV and the like: the layout is found out, every row is kept, bad cells are named."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from neurosim.document.csv_block import Block, Ends
from neurosim.document.csv_cells import Reading, holds_words
from neurosim.document.csv_columns import ColumnBuilder, fitted, lengthen
from neurosim.document.csv_decode import Decoded, decode
from neurosim.document.csv_layout import Layout, find_layout
from neurosim.document.csv_regular import Cells
from neurosim.document.csv_scan import BLOCK, scan, unquoted, usual_newline
from neurosim.document.csv_spelling import STYLE_SAMPLE, found_form, raw_cell
from neurosim.document.limited_read import read_limited
from neurosim.document.table import Table, TableColumn, TableError, TableProblem
from neurosim.engine.column import EXACT_ROWS
from neurosim.engine.table_form import HEADER, Spelling, TableForm

LARGEST_FILE = 512 * 1024 * 1024
"""Bytes."""
_BEGINNING = 1 << 17
"""Signs."""


def read_table(
    source: str | os.PathLike[str],
    *,
    name: str = "",
    delimiter: str | None = None,
    decimal: str | None = None,
    header: bool | None = None,
) -> Table:
    """The table in a file or in pasted text.

    Args:
        source: a path; or the text itself when it has more than one line.
        name: what to call it; by default the file's name, or "pasted data".
        delimiter, decimal, header: what separates cells, the decimal sign, whether the first line holds names; found
            out from the text when ``None``.

    Raises:
        TableError: the file cannot be read, is empty, or has no rows.
    """
    if isinstance(source, str) and ("\n" in source or "\r" in source):
        called, found = name or "pasted data", Decoded(source.removeprefix("\ufeff"))
        if "\0" in source:
            raise TableError(f"{called} is no text: copy the cells of a table.")
    else:
        path = Path(source)
        called = name or path.name
        found = decode(_bytes(path, called), called)
    if not found.text.strip():
        raise TableError(f"{called} is empty: there is nothing to read.")
    layout = find_layout(found.text, delimiter, decimal, header)
    return _Reader(found, called, layout).read()


def _bytes(path: Path, name: str) -> bytes:
    try:
        data = read_limited(path, LARGEST_FILE)
    except FileNotFoundError as error:
        raise TableError(f"{path}: there is no such file; check the name and the folder.") from error
    except IsADirectoryError as error:
        raise TableError(f"{path} is a folder: name the file inside it.") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise TableError(f"{path} cannot be read ({reason}); check its permissions.") from error
    if len(data) > LARGEST_FILE:
        raise TableError(f"{name} is larger than {LARGEST_FILE // 2**20} MiB: keep fewer rows in it.")
    return data


class _Reader:
    """Reads one text of which the layout is known."""

    def __init__(self, found: Decoded, name: str, layout: Layout) -> None:
        self._found = found
        self._name = name
        self._layout = layout
        newline = usual_newline(found.text)
        self._form = TableForm(
            delimiter=layout.delimiter or " ",
            decimal=layout.decimal,
            encoding=found.encoding,
            bom=found.bom,
            newline=newline,
            header=layout.header,
            final_newline=found.text.endswith(("\n", "\r")),
            corner=layout.corner,
        )

    def read(self) -> Table:
        """The table; once more when a column turns out to hold words."""
        words: frozenset[int] = frozenset()
        while True:
            table, more = self._read(words)
            if not more:
                return table
            words |= more

    def _blocks(self) -> Iterator[Block]:
        layout, text, newline = self._layout, self._found.text, self._form.newline
        # Exact numbers are read one by one anyway. The beginning of a large file tells that it has more rows.
        last = newline[-1]
        many = text.count(last, 0, _BEGINNING) > EXACT_ROWS or text.count(last) > EXACT_ROWS
        many = many and layout.delimiter != layout.decimal
        return scan(text, layout.delimiter, layout.quoted, newline, len(layout.names) if many else None)

    def _read(self, words: frozenset[int]) -> tuple[Table, frozenset[int]]:
        """The table with *words* in these columns at least, and the columns that need to be read as words too."""
        layout, reading = self._layout, Reading(self._layout.decimal)
        blocks = self._blocks()
        start, head, head_margin = self._start(blocks)
        exact = sum(map(len, start)) <= EXACT_ROWS
        width = len(layout.names)
        sample = _Sample(start, layout)
        kinds = [index in words or sample.holds_words(index) for index in range(width)]
        form = self._form = found_form(self._form, sample.rows, kinds)
        builders = [
            ColumnBuilder(name, form, word=kind, first=i == 0, alone=width == 1, quoted=layout.quoted, exact=exact)
            for i, (name, kind) in enumerate(zip(layout.names, kinds, strict=True))
        ]
        for index, builder in enumerate(builders):
            builder.find_style(sample.column(index))
        gathered = _Gathered(form, layout.quoted)
        for block in chain(start, blocks):
            gathered.add(block, builders, reading)
        columns = tuple(builder.built() for builder in builders)
        more = frozenset(i for i, column in enumerate(columns) if column.is_numeric and self._mostly_words(column))
        spelling = gathered.spelling(builders, self._spelled_names(head), head_margin)
        return self._table(columns, reading, gathered, spelling), more

    def _start(self, blocks: Iterator[Block]) -> tuple[list[Block], list[str], Ends | None]:
        """The blocks that hold the first ``BLOCK`` rows, and the line of names with what stands around it."""
        found = [next(blocks)]
        head, margin = found[0].take_first() if self._layout.header else ([], None)
        while sum(map(len, found)) < BLOCK and (block := next(blocks, None)) is not None:
            found.append(block)
        if not any(map(len, found)):
            raise TableError(f"{self._name} has a line of names but no rows of data: write some below it.")
        return [block for block in found if len(block)], head, margin

    def _mostly_words(self, column: TableColumn) -> bool:
        """Whether a column that began with numbers holds words for the most part."""
        numbers = len(column.floats) - len(column.odd)
        return len(column.odd) > numbers and holds_words([*column.odd.values(), *["0"] * numbers], self._form.decimal)

    def _spelled_names(self, head: list[str]) -> dict[str, str]:
        """Names that the file writes otherwise than its form would."""
        names = self._layout.names if self._layout.corner else self._layout.names[1:]
        pairs = enumerate(zip(names, head, strict=False))
        return {name: raw for i, (name, raw) in pairs if raw_cell(name, self._form, word=True, first=i == 0) != raw}

    def _table(self, columns: tuple[TableColumn, ...], reading: Reading, rows: _Gathered, spelling: Spelling) -> Table:
        return Table(
            self._name,
            columns,
            np.concatenate(rows.lines),
            tuple(reading.problems),
            reading.count,
            (*self._found.notes, *self._layout.notes),
            form=self._form,
            spelling=spelling,
            short=rows.short,
            beyond=rows.beyond,
        )


class _Sample:
    """The first ``BLOCK`` rows, from which it is found out what the columns hold.

    Attributes:
        rows: the raw cells of the first of them, as many as say how the file writes cells.
    """

    def __init__(self, blocks: Sequence[Block], layout: Layout) -> None:
        self.rows = list(islice(chain.from_iterable(block.head(STYLE_SAMPLE) for block in blocks), STYLE_SAMPLE))
        self._blocks = blocks
        self._decimal = layout.decimal
        self._clean = unquoted if layout.quoted else str.strip

    def column(self, index: int) -> Iterator[str]:
        """The raw cells of a column, where rows are long enough."""
        return islice(chain.from_iterable(block.cells(index, self._decimal) for block in self._blocks), BLOCK)

    def holds_words(self, index: int) -> bool:
        """Whether a column holds words rather than numbers."""
        left, numbers, looked = BLOCK, 0, 0
        for block in self._blocks:
            cells = block.cells(index, self._decimal)
            looked += min(left, len(cells))
            if isinstance(cells, Cells):
                numbers += int(np.isfinite(cells.plain.values[:left]).sum())
            left -= min(left, len(cells))
        if 0 < looked <= 2 * numbers:  # half of all are plain numbers, so half of those that are not missing are
            return False
        return holds_words(map(self._clean, self.column(index)), self._decimal)


class _Gathered:
    """What belongs to rows as a whole, over all blocks."""

    def __init__(self, form: TableForm, quoted: bool) -> None:
        self.lines: list[NDArray[np.intp]] = []
        self.short: dict[int, int] = {}
        self.beyond: dict[int, tuple[str, ...]] = {}
        self._n_rows = 0
        self._margins: dict[int, Ends] = {}
        self._form = form
        self._quoted = quoted

    def add(self, raw: Block, builders: list[ColumnBuilder], reading: Reading) -> None:
        """Take the next rows."""
        block = fitted(raw, len(builders), self._form)
        start = self._n_rows
        width = len(builders)
        for row, count in block.short.items():
            self.short[start + row] = count
            self._complain(reading, block.lines[row], count, width)
        for row, more in block.beyond.items():
            surplus = tuple(unquoted(cell) if self._quoted else cell.strip() for cell in more)
            self.beyond[start + row] = surplus
            self._complain(reading, block.lines[row], width + len(surplus), width)
            # A row of which the end is spelled has its surplus cells there.
            usual = [raw_cell(cell, self._form, word=False, first=False, alone=width == 1) for cell in surplus]
            if row in raw.margins or usual != more:
                lengthen(raw, row, more, self._form)
        for index, (builder, cells) in enumerate(zip(builders, block.cells, strict=True)):
            absent = frozenset(row for row, count in block.short.items() if count <= index)
            builder.add(cells, block.lines, absent, reading)
        self._margins |= {start + row: ends for row, ends in raw.margins.items()}
        self.lines.append(_as_array(block.lines))
        self._n_rows += len(raw)
        reading.settle()

    def spelling(self, builders: list[ColumnBuilder], names: dict[str, str], head: Ends | None) -> Spelling:
        """Where the file departs from its form."""
        cells = {builder.name: builder.spelled for builder in builders}
        for name, raw in names.items():
            cells[name] = {HEADER: raw, **cells[name]}
        lines = self._margins if head is None else {HEADER: head, **self._margins}
        return Spelling(cells, lines, {builder.name: builder.style for builder in builders if builder.style})

    @staticmethod
    def _complain(reading: Reading, line: int, count: int, width: int) -> None:
        cells = f"{count} cell{'s' if count != 1 else ''}"
        reading.complain(line, None, f"{cells} instead of {width}; the row is set aside.")


def _as_array(lines: Sequence[int]) -> NDArray[np.intp]:
    if isinstance(lines, range):  # numpy would ask it for one line after another
        return np.arange(lines.start, lines.stop, lines.step)
    return np.array(lines, dtype=np.intp)


__all__ = ["Table", "TableColumn", "TableError", "TableProblem", "read_table"]
