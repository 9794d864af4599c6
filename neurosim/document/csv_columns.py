"""From blocks of raw cells to columns: numbers or words, what cannot be read, and how the file spells it all."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from neurosim.document.csv_cells import Reading, exact_numbers, float_numbers, kind_of
from neurosim.document.csv_scan import RawBlock, unquoted
from neurosim.document.csv_spelling import behind, found_style, raw_cell
from neurosim.document.table import TableColumn
from neurosim.engine.column import FloatArray
from neurosim.engine.table_form import TableForm
from neurosim.numbers.cells import cell_text, float_texts, styled_texts
from neurosim.numbers.exact import Number


@dataclass(slots=True)
class Rows:
    """A block whose rows all have one cell for each column.

    Attributes:
        cells: for each column its raw cells; empty ones where a row is too short.
        lines: the line of the file in which each row begins.
        short: row to the number of cells that it has.
        beyond: row to the raw cells that it has too many.
    """

    cells: list[Sequence[str]]
    lines: Sequence[int]
    short: dict[int, int] = field(default_factory=dict)
    beyond: dict[int, list[str]] = field(default_factory=dict)


def fitted(block: RawBlock, width: int, form: TableForm) -> Rows:
    """*block* with *width* cells in each row; empty cells behind them belong to the row's end."""
    found = Rows([], block.lines)
    if set(map(len, block.rows)) - {width}:
        for index, row in enumerate(block.rows):
            if len(row) < width:
                found.short[index] = len(row)
                row.extend([""] * (width - len(row)))
            elif len(row) > width:
                more = row[width:]
                del row[width:]
                if any(cell.strip() for cell in more):
                    found.beyond[index] = more
                else:
                    lengthen(block, index, more, form)
    found.cells = [list(column) for column in zip(*block.rows, strict=True)] or [[] for _ in range(width)]
    return found


def lengthen(block: RawBlock, row: int, more: Sequence[str], form: TableForm) -> None:
    """Count the raw cells *more* to what stands behind *row*."""
    before, after = block.ends(row, form.newline)
    block.margins[row] = (before, "".join(behind(cell, form) for cell in more) + after)


class ColumnBuilder:
    """Gathers one column, block by block.

    Attributes:
        spelled: row to raw cell, where the form writes the cell otherwise.
        style: the format of its numbers.
    """

    def __init__(
        self, name: str, form: TableForm, *, word: bool, first: bool, alone: bool, quoted: bool, exact: bool
    ) -> None:
        self.name = name
        self.spelled: dict[int, str] = {}
        self.style = ""
        self._form = form
        self._word = word
        self._first = first
        self._alone = alone
        self._quoted = quoted
        self._exact = exact
        self._words: list[str] = []
        self._floats: list[FloatArray] = []
        self._numbers: list[Number | None] = []
        self._odd: dict[int, str] = {}
        self._n_rows = 0

    def add(self, raw: Sequence[str], lines: Sequence[int], absent: frozenset[int], reading: Reading) -> None:
        """Take the *raw* cells of the next rows; those in *absent* do not exist in the file."""
        cells = [unquoted(cell) if '"' in cell else cell.strip() for cell in raw] if self._quoted else None
        if cells is None:
            cells = [cell.strip() for cell in raw]
        start = self._n_rows
        self._n_rows += len(raw)
        if self._word:
            self._words.extend(cells)
            wanted = self._wanted(cells)
        else:
            wanted = self._take_numbers(cells, lines, absent, start, reading)
        if wanted != raw:
            for index, (text, cell) in enumerate(zip(wanted, raw, strict=True)):
                if text != cell and index not in absent:
                    self.spelled[start + index] = cell

    def _take_numbers(
        self, cells: list[str], lines: Sequence[int], absent: frozenset[int], start: int, reading: Reading
    ) -> list[str]:
        """Keep the numbers in *cells*, and give back how the form writes each cell."""
        decimal = self._form.decimal
        if self._exact:
            numbers = exact_numbers(cells, decimal)
            self._numbers.extend(numbers)
            floats = np.array([np.nan if number is None else float(number) for number in numbers])
        else:
            floats = float_numbers(cells, decimal)
            numbers = floats.tolist()
        bad = np.flatnonzero(np.isnan(floats)).tolist()
        for index in bad:
            if index not in absent:
                reading.complain_of_cell(cells[index], lines[index], self.name)
            self._odd[start + index] = cells[index]
        self._floats.append(floats)
        if self._exact:
            plain = ["" if number is None else cell_text(number, decimal) for number in numbers]
        elif self.style and not bad:
            plain = []  # written in the style below, all of them
        else:
            plain = float_texts(floats.tolist())
        if start == 0:
            good = [i for i in range(len(cells)) if not np.isnan(floats[i])]
            texts = [cells[i].replace(",", ".") for i in good]
            self.style = found_style(texts, floats[good].tolist(), [plain[i].replace(",", ".") for i in good])
        if self.style and not self._exact and not bad:
            plain = styled_texts(floats.tolist(), self.style)
            if decimal == ",":
                plain = [text.replace(".", ",") for text in plain]
        elif self.style:
            plain = ["" if n is None or math.isnan(n) else cell_text(n, decimal, self.style) for n in numbers]
        elif decimal == "," and not self._exact:
            plain = [text.replace(".", ",") for text in plain]
        for index in bad:
            plain[index] = cells[index]
        return self._wanted(plain)

    def _wanted(self, texts: list[str]) -> list[str]:
        """How the form writes *texts* as raw cells."""
        form = self._form
        if not (self._alone or form.padded or form.quoting == "all" or (self._word and form.quoting == "words")):
            joined = "".join(texts)
            if form.delimiter != " " and not any(sign in joined for sign in (form.delimiter, '"', "\n", "\r")):
                return texts
        return [raw_cell(text, form, word=self._word, first=self._first, alone=self._alone) for text in texts]

    def built(self) -> TableColumn:
        """The column."""
        if self._word:
            return TableColumn(self.name, "text", np.full(self._n_rows, np.nan), None, tuple(self._words))
        floats = np.concatenate(self._floats) if self._floats else np.empty(0)
        numbers = tuple(self._numbers) if self._exact else None
        return TableColumn(self.name, kind_of(floats), floats, numbers, odd=self._odd)
