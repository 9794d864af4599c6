"""The selected cells as rows and columns, as text for the clipboard, and as a sum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from PySide6.QtCore import QRect

from neurosim.engine.dataset import EXACT_ROWS, Dataset
from neurosim.numbers.cells import cell_number, cell_text
from neurosim.numbers.exact import Number
from neurosim.records import dataclass


@dataclass(frozen=True)
class Chosen:
    """A rectangle of cells, gaps between its rows and columns left out; rising."""

    rows: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()

    @property
    def count(self) -> int:
        """How many cells."""
        return len(self.rows) * len(self.columns)


def chosen_in(blocks: Iterable[QRect], n_rows: int) -> Chosen:
    """The rows and columns that the rectangles *blocks* touch; rows from *n_rows* on (the blank one) are none."""
    rows: set[int] = set()
    columns: set[int] = set()
    for block in blocks:
        rows.update(range(block.top(), min(block.bottom() + 1, n_rows)))
        columns.update(range(block.left(), block.right() + 1))
    return Chosen(tuple(sorted(rows)), tuple(sorted(columns)))


def texts_of(data: Dataset, chosen: Chosen, decimal: str) -> Iterator[list[str]]:
    """Each row's cells with every digit, in the decimal sign *decimal*."""
    names = [data.names[column] for column in chosen.columns]
    for row in chosen.rows:
        yield [_text(data, row, name, decimal) for name in names]


def sum_of(data: Dataset, chosen: Chosen) -> tuple[int, Number] | None:
    """How many numbers there are in complete rows among the cells, and their sum; exact while all of them are."""
    names = [data.names[column] for column in chosen.columns if data.names[column] in data.columns]
    rows = data.complete_rows(chosen.rows).tolist()
    if not names or not rows:
        return None
    exact = len(rows) * len(names) <= EXACT_ROWS
    total: Number = Fraction(0)
    for name in names:
        column = data.columns[name]
        if exact:
            for row in rows:
                total = total + column[row]
        else:
            total = float(total) + float(column.floats[rows].sum())
    return len(rows) * len(names), total


def _text(data: Dataset, row: int, name: str, decimal: str) -> str:
    value = data.cell(row, name)
    if isinstance(value, str):
        number = cell_number(value, data.form.decimal) if name in data.columns else None
        return value if number is None else cell_text(number, decimal)
    return cell_text(value, decimal)
