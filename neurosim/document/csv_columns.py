"""From blocks of raw cells to columns: numbers or words, what cannot be read, and how the file spells it all."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np

from neurosim.document.csv_block import Block, RawBlock
from neurosim.document.csv_cells import Reading, exact_numbers, float_numbers, kind_of
from neurosim.document.csv_regular import Cells, RegularBlock
from neurosim.document.csv_scan import unquoted
from neurosim.document.csv_spelling import STYLE_SAMPLE, behind, found_style, raw_cell
from neurosim.document.table import TableColumn
from neurosim.engine.column import FloatArray
from neurosim.engine.table_form import TableForm
from neurosim.numbers.cells import cell_text, float_texts, styled_texts
from neurosim.numbers.exact import Number
from neurosim.records import dataclass, field

_FEW = 0.25
"""The share of a block's cells up to which those that are not plain are read one by one, and the others at once."""


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


def fitted(block: Block, width: int, form: TableForm) -> Rows:
    """*block* with *width* cells in each row; empty cells behind them belong to the row's end."""
    if isinstance(block, RegularBlock):
        return Rows([block.cells(index, form.decimal) for index in range(width)], block.lines)
    found = Rows([], block.lines)
    if isinstance(block, RawBlock):
        _fit(block, found, width, form)
    return found


def _fit(block: RawBlock, found: Rows, width: int, form: TableForm) -> None:
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


def lengthen(block: Block, row: int, more: Sequence[str], form: TableForm) -> None:
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

    def find_style(self, raw: Iterator[str]) -> None:
        """Find the format of the numbers in the first cells, before any is added."""
        texts: list[str] = []
        numbers: list[Number] = []
        while not self._word and len(texts) < STYLE_SAMPLE and (some := list(islice(raw, STYLE_SAMPLE))):
            cells = self._cleaned(some)
            for cell, number in zip(cells, self._read(cells), strict=True):
                if number is not None and not math.isnan(number):
                    texts.append(cell.replace(",", "."))
                    numbers.append(number)
        self.style = found_style(texts, list(map(float, numbers)), list(map(cell_text, numbers)))

    def add(self, raw: Sequence[str], lines: Sequence[int], absent: frozenset[int], reading: Reading) -> None:
        """Take the *raw* cells of the next rows; those in *absent* do not exist in the file."""
        if self._word:
            cells = self._cleaned(raw)
            self._words.extend(cells)
            self._spell(self._wanted(cells), raw, range(len(raw)), absent)
        else:
            self._floats.append(self._numbers_of(raw, lines, absent, reading))
        self._n_rows += len(raw)

    def built(self) -> TableColumn:
        """The column."""
        if self._word:
            return TableColumn(self.name, "text", np.full(self._n_rows, np.nan), None, tuple(self._words))
        floats = np.concatenate(self._floats) if self._floats else np.empty(0)
        numbers = tuple(self._numbers) if self._exact else None
        return TableColumn(self.name, kind_of(floats), floats, numbers, odd=self._odd)

    # -- what cells hold -------------------------------------------------------------------------------------------

    def _cleaned(self, raw: Sequence[str]) -> list[str]:
        if self._quoted:
            return [unquoted(cell) if '"' in cell else cell.strip() for cell in raw]
        return [cell.strip() for cell in raw]

    def _read(self, cells: Sequence[str]) -> Sequence[Number | None]:
        """The number in each of *cells*; NaN or ``None`` where there is none."""
        if self._exact:
            return exact_numbers(cells, self._form.decimal)
        floats: list[float] = float_numbers(cells, self._form.decimal).tolist()
        return floats

    def _numbers_of(
        self, raw: Sequence[str], lines: Sequence[int], absent: frozenset[int], reading: Reading
    ) -> FloatArray:
        """The numbers in *raw*: at once where they are surely written as the form writes them, the others singly."""
        if isinstance(raw, Cells) and not self._exact and self._as_they_are:
            sure = raw.plain.written_in(self.style)
            others = None if sure is None else np.flatnonzero(~sure)
            if others is not None and len(others) <= len(raw) * _FEW:
                rows = others.tolist()
                floats = raw.plain.values.copy()
                floats[others] = self._take([raw[row] for row in rows], rows, lines, absent, reading)
                return floats
        return self._take(raw[:], range(len(raw)), lines, absent, reading)

    def _take(
        self, raw: Sequence[str], rows: Sequence[int], lines: Sequence[int], absent: frozenset[int], reading: Reading
    ) -> FloatArray:
        """The numbers in the raw cells of *rows* of a block; what is none, or is written unlike the form, is kept."""
        cells = self._cleaned(raw)
        numbers = self._read(cells)
        if self._exact:
            self._numbers.extend(numbers)
        floats = np.array([math.nan if number is None else float(number) for number in numbers], dtype=np.float64)
        bad = np.flatnonzero(np.isnan(floats)).tolist()
        self._odd |= {self._n_rows + rows[index]: cells[index] for index in bad}
        said = {lines[rows[index]]: cells[index] for index in bad if rows[index] not in absent}
        reading.complain_of_cells(said, self.name)
        texts = self._texts(numbers, floats)
        for index in bad:
            texts[index] = cells[index]
        self._spell(self._wanted(texts), raw, rows, absent)
        return floats

    # -- how they are written --------------------------------------------------------------------------------------

    @property
    def _as_they_are(self) -> bool:
        """Whether the form writes plain numbers without anything around them."""
        return not self._form.padded and self._form.quoting != "all"

    def _texts(self, numbers: Sequence[Number | None], floats: FloatArray) -> list[str]:
        """*numbers* in the style and with the decimal sign of the column; anything where there is none."""
        decimal = self._form.decimal
        if self._exact:
            return ["" if number is None else cell_text(number, decimal, self.style) for number in numbers]
        values = np.where(np.isnan(floats), 0.0, floats).tolist()
        texts = styled_texts(values, self.style) if self.style else float_texts(values)
        return texts if decimal == "." else [text.replace(".", decimal) for text in texts]

    def _wanted(self, texts: list[str]) -> list[str]:
        """How the form writes *texts* as raw cells."""
        form = self._form
        if not (self._alone or form.padded or form.quoting == "all" or (self._word and form.quoting == "words")):
            joined = "".join(texts)
            if form.delimiter != " " and not any(sign in joined for sign in (form.delimiter, '"', "\n", "\r")):
                return texts
        return [raw_cell(text, form, word=self._word, first=self._first, alone=self._alone) for text in texts]

    def _spell(self, wanted: Sequence[str], raw: Sequence[str], rows: Sequence[int], absent: frozenset[int]) -> None:
        """Keep the raw cells of *rows* that are not as *wanted*."""
        for text, cell, row in zip(wanted, raw, rows, strict=True):
            if text != cell and row not in absent:
                self.spelled[self._n_rows + row] = cell
