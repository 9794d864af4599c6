"""Finding a row: by its number, or by what stands in a cell."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from neurosim.engine.dataset import Dataset
from neurosim.numbers.cells import cell_number
from neurosim.numbers.parse import NumberError, parse_number


def find_next(data: Dataset, text: str, start: tuple[int, int], decimal: str) -> tuple[int, int] | None:
    """The next cell after *start* (table row, place of the column) that holds *text*, going round at the end.

    ``#12`` is the row with the number 12. A number finds equal numbers, written in any way, and words that contain
    its text; other text finds the words that contain it, whatever the case.
    """
    wanted = text.strip()
    if not wanted or not data.names:
        return None
    if wanted.startswith("#"):
        return _numbered(data, wanted[1:].strip())
    found = sorted(set(_matches(data, wanted, decimal)))
    if not found:
        return None
    return next((place for place in found if place > start), found[0])


def _numbered(data: Dataset, digits: str) -> tuple[int, int] | None:
    if not digits.isascii() or not digits.isdigit() or not 1 <= int(digits) <= data.n_rows:
        return None
    return data.table_row(int(digits) - 1), 0


def _matches(data: Dataset, wanted: str, decimal: str) -> Iterator[tuple[int, int]]:
    try:
        number = parse_number(wanted, decimal)
    except NumberError:
        number = None
    lower = wanted.casefold()
    for place, name in enumerate(data.names):
        if name in data.columns and number is not None:
            column = data.columns[name]
            for row in np.flatnonzero(column.floats == float(number)).tolist():
                if column[row] == number or column.numbers is None:
                    yield data.table_row(row), place
        elif name in data.texts:
            for row, word in enumerate(data.texts[name]):
                if lower in word.casefold():
                    yield data.table_row(row), place
    for index, aside in enumerate(data.aside):
        for place, name in enumerate(data.names):
            cell = aside.cells.get(name, "")
            same = number is not None and name in data.columns and cell_number(cell, data.form.decimal) == number
            if same or lower in cell.casefold():
                yield aside.place + index, place
