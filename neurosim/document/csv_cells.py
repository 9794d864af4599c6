"""The cells of one column: numbers where they are written like numbers, and a sentence for each cell that is none."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

import numpy as np

from neurosim.document.table import MOST_PROBLEMS, Kind, TableProblem
from neurosim.engine.column import FloatArray
from neurosim.numbers.cells import cell_number, is_infinite, is_missing, looks_numeric
from neurosim.numbers.exact import Number

_NUMERIC_SHARE = 0.5


class Reading:
    """What is known while one table is read: the decimal sign, and the problems found so far."""

    def __init__(self, decimal: str) -> None:
        self.decimal = decimal
        self.problems: list[TableProblem] = []
        self.count = 0

    def complain(self, line: int, column: str | None, sentence: str) -> None:
        """Note a problem."""
        self.count += 1
        self.problems.append(TableProblem(line, column, sentence))

    def complain_of_cells(self, cells: Mapping[int, str], column: str) -> None:
        """Say why each of *cells* (by their lines, in order) holds no number; beyond the first thousand: count them."""
        self.count += max(0, len(cells) - MOST_PROBLEMS)
        for line, cell in islice(cells.items(), MOST_PROBLEMS):
            self.complain(line, column, self._why(cell))

    def settle(self) -> None:
        """Keep the first thousand problems in the order of their lines; those that come later stand in later lines."""
        self.problems.sort(key=lambda problem: problem.line)
        del self.problems[MOST_PROBLEMS:]

    def _why(self, cell: str) -> str:
        if is_missing(cell):
            said = "the cell is empty" if not cell else f'"{cell}" says that there is no value'
            return f"{said}; nothing is guessed."
        if is_infinite(cell):
            return f'"{_short(cell)}" is not a finite number.'
        if looks_numeric(cell, self.decimal):
            return f'"{_short(cell)}" is beyond what a number can hold.'
        return f'"{_short(cell)}" is not a number.'


def holds_words(cells: Iterable[str], decimal: str) -> bool:
    """Whether fewer than half of those *cells* that are not missing are written like numbers."""
    # Words occur again and again: each is looked at once.
    present = {cell: count for cell, count in Counter(cells).items() if not is_missing(cell)}
    numeric = sum(count for cell, count in present.items() if looks_numeric(cell, decimal))
    return not numeric or numeric < _NUMERIC_SHARE * sum(present.values())


def exact_numbers(cells: Sequence[str], decimal: str) -> list[Number | None]:
    """The number in each of *cells*, exact where its digits are few; ``None`` where there is none."""
    return [cell_number(cell, decimal) for cell in cells]


def float_numbers(cells: Sequence[str], decimal: str) -> FloatArray:
    """(n,) float64: the number in each of *cells*, NaN where there is none. Quick for plain ones."""
    joined = "".join(cells)
    if joined.isascii() and "_" not in joined and not (decimal == "," and "." in joined):
        try:
            found = list(map(float, cells if decimal == "." else [cell.replace(",", ".") for cell in cells]))
        except ValueError:
            pass
        else:
            if all(map(math.isfinite, found)):
                return _without_vanished(np.array(found), cells)
    return np.array([_float(cell, decimal) for cell in cells], dtype=np.float64)


def _without_vanished(floats: FloatArray, cells: Sequence[str]) -> FloatArray:
    """*floats* with NaN where a number is so small that only 0 was left of it."""
    for row in np.flatnonzero(floats == 0.0).tolist():
        mantissa = cells[row].lower().partition("e")[0]
        if mantissa != "0" and mantissa.strip("+-0.,"):
            floats[row] = np.nan
    return floats


def _float(cell: str, decimal: str) -> float:
    text = cell if decimal == "." else cell.replace(".", "?").replace(",", ".")
    try:
        value = float(text)
    except ValueError:
        number = cell_number(cell, decimal)
        return math.nan if number is None else float(number)
    # Python also reads 1_000 and infinite numbers.
    return value if math.isfinite(value) and "_" not in text else math.nan


def kind_of(floats: FloatArray) -> Kind:
    """Whether numbers (NaN for none) are all 0 or 1, both present, or any others."""
    zeros, ones = floats == 0.0, floats == 1.0
    binary = zeros.any() and ones.any() and (zeros | ones | np.isnan(floats)).all()
    return "binary" if binary else "number"


def _short(cell: str) -> str:
    line = " ".join(cell.split())
    return line if len(line) <= 30 else f"{line[:27]}..."
