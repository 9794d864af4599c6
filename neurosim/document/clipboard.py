"""Blocks of cells as spreadsheets put them on the clipboard: tabs between cells, quotation marks where needed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from neurosim.numbers.cells import is_missing, looks_numeric
from neurosim.records import dataclass

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Block:
    """Cells as text, every row equally wide.

    Attributes:
        rows: the cells without a line of names.
        names: the line of names above them; empty when there is none.
        decimal: the decimal sign in which the numbers are written.
    """

    rows: Rows
    names: tuple[str, ...] = ()
    decimal: str = "."

    @property
    def width(self) -> int:
        """How many cells each row has."""
        return len(self.rows[0]) if self.rows else len(self.names)


def read_block(text: str, decimal: str = ".") -> Block | None:
    """The block in *text*; ``None`` when there is no cell in it.

    Args:
        text: tab-separated as from a spreadsheet; or separated by semicolons, or by commas under a line of names.
        decimal: the decimal sign that is taken where the block does not tell.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    if text.endswith("\n"):
        text = text[:-1]
    if not text.strip(" \n"):
        return None
    rows = _split(text)
    width = max(len(row) for row in rows)
    full = tuple(tuple(cell.strip() for cell in row) + ("",) * (width - len(row)) for row in rows)
    sign = _decimal(full, decimal)
    if _has_names(full, sign):
        return Block(full[1:], full[0], sign)
    return Block(full, (), sign)


def write_block(rows: Iterable[Sequence[str]]) -> str:
    """Tab-separated text; cells with tabs, line ends or quotation marks stand in quotation marks."""
    stream = io.StringIO()
    csv.writer(stream, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_MINIMAL).writerows(rows)
    return stream.getvalue()


def _split(text: str) -> list[list[str]]:
    delimiter = _delimiter(text)
    if text.count('"') % 2 == 0:
        try:
            return list(csv.reader(io.StringIO(text), delimiter=delimiter)) or [[text]]
        except csv.Error:  # a cell of endless length, or a sign that no table has
            pass
    return [line.split(delimiter) for line in text.split("\n")]


def _delimiter(text: str) -> str:
    if "\t" in text:
        return "\t"
    lines = [line for line in text.split("\n") if line.strip()]
    for sign in (";", ","):
        counts = {line.count(sign) for line in lines}
        # 1,5 above 2,5 is a column with decimal commas; x,y above 1,5 is none.
        parts = sign == ";" or not any(looks_numeric(cell) for cell in lines[0].split(","))
        if parts and len(lines) > 1 and len(counts) == 1 and counts != {0}:
            return sign
    return "\t"


def _decimal(rows: Rows, otherwise: str) -> str:
    cells = [cell for row in rows for cell in row if "," in cell or "." in cell]
    counts = {sign: sum(looks_numeric(cell, sign) for cell in cells) for sign in (".", ",")}
    if counts["."] == counts[","]:
        return otherwise
    return max(counts, key=lambda sign: counts[sign])


def _has_names(rows: Rows, decimal: str) -> bool:
    """Whether the first line holds names: words over at least one column of numbers."""
    first, rest = rows[0], rows[1:]
    if not rest or any(is_missing(cell) or looks_numeric(cell, decimal) for cell in first):
        return False
    return any(all(looks_numeric(row[at], decimal) or is_missing(row[at]) for row in rest) for at in range(len(first)))
