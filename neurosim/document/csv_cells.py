"""From the cells of one column to numbers: exact for hand-sized tables, and a sentence for each cell that is none."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from neurosim.document.table import MOST_PROBLEMS, Kind, TableColumn, TableProblem
from neurosim.engine.dataset import EXACT_ROWS, FloatArray
from neurosim.numbers.exact import Number
from neurosim.numbers.parse import NumberError, parse_number

MISSING = frozenset({"", "na", "n/a", "nan", "null", "none", "nil", "-", "?", ".", "#n/a"})
"""Cells (in lower case) that say that there is no value."""

_PLAIN = re.compile(r"[+-]?(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?")
_FRACTION = re.compile(r"[+-]?[0-9]+/[0-9]+")
_INFINITE = re.compile(r"[+-]?inf(?:inity)?", re.IGNORECASE)
_NUMERIC_SHARE = 0.5


class Reading:
    """What is known while one table is read: the decimal sign, choices made, and the problems found so far."""

    def __init__(self, decimal: str, notes: tuple[str, ...] = ()) -> None:
        self.decimal = decimal
        self.notes = notes
        self.problems: list[TableProblem] = []
        self.count = 0

    def complain(self, line: int, column: str | None, sentence: str) -> None:
        """Note a problem; beyond the first thousand they are only counted."""
        self.count += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(TableProblem(line, column, sentence))

    def fitting(self, row: list[str], line: int, width: int) -> list[str] | None:
        """The *width* cells of *row*, empty ones beyond them cut off; ``None`` and a complaint when they do not fit."""
        cells = row if len(row) <= width or any(cell.strip() for cell in row[width:]) else row[:width]
        if len(cells) == width:
            return cells
        count = f"{len(cells)} cell{'s' if len(cells) != 1 else ''}"
        self.complain(line, None, f"{count} instead of {width}; the row is left out.")
        return None


def looks_numeric(cell: str, decimal: str | None = None) -> bool:
    """Whether *cell* is written like a number; with a decimal comma or point, or only with *decimal*."""
    plain = _latin(cell.strip())
    if decimal is not None and ("," if decimal == "." else ".") in plain:
        return False
    return bool(_PLAIN.fullmatch(plain) or _FRACTION.fullmatch(plain) or _INFINITE.fullmatch(plain))


def build_column(name: str, cells: Sequence[str], lines: Sequence[int], reading: Reading) -> TableColumn:
    """The column *name* of *cells*, which stand in *lines* of the file.

    It is one of numbers when at least half of its cells that are not missing are written like numbers. Then each
    missing, unreadable or infinite cell becomes a problem and NaN.
    """
    if len(cells) > EXACT_ROWS:
        return _long_column(name, cells, lines, reading)
    present = [cell for cell in cells if cell.lower() not in MISSING]
    if _holds_words(sum(looks_numeric(cell, reading.decimal) for cell in present), len(present)):
        return TableColumn(name, "text", np.full(len(cells), np.nan), None, tuple(cells))
    numbers = [read_number(cell, name, line, reading) for cell, line in zip(cells, lines, strict=True)]
    floats = np.array([np.nan if number is None else float(number) for number in numbers])
    return TableColumn(name, kind_of(floats), floats, tuple(numbers))


def _holds_words(numeric: int, present: int) -> bool:
    return not numeric or numeric < _NUMERIC_SHARE * present


def _long_column(name: str, cells: Sequence[str], lines: Sequence[int], reading: Reading) -> TableColumn:
    """A column above ``EXACT_ROWS``: plain numbers go straight to float64, the odd ones through the careful way."""
    floats = np.full(len(cells), np.nan)
    odd: list[int] = []
    for row, cell in enumerate(cells):
        value = plain_float(cell, reading.decimal)
        if value is None:
            odd.append(row)
        else:
            floats[row] = value
    present = sum(cells[row].lower() not in MISSING for row in odd)
    numeric = sum(looks_numeric(cells[row], reading.decimal) for row in odd)
    plain = len(cells) - len(odd)
    if _holds_words(plain + numeric, plain + present):
        return TableColumn(name, "text", np.full(len(cells), np.nan), None, tuple(cells))
    for row in odd:
        number = read_number(cells[row], name, lines[row], reading)
        floats[row] = np.nan if number is None else float(number)
    return TableColumn(name, kind_of(floats), floats, None)


def kind_of(floats: FloatArray) -> Kind:
    """Whether numbers (NaN for none) are all 0 or 1, both present, or any others."""
    zeros, ones = floats == 0.0, floats == 1.0
    binary = zeros.any() and ones.any() and (zeros | ones | np.isnan(floats)).all()
    return "binary" if binary else "number"


def plain_float(cell: str, decimal: str) -> float | None:
    """A plain finite number as float64, quickly; ``None`` for anything that needs a closer look."""
    text = cell if decimal == "." else cell.replace(".", "?").replace(",", ".")
    try:
        value = float(text)
    except ValueError:
        return None
    # Python also reads 1_000, and digits of other scripts.
    return value if math.isfinite(value) and text.isascii() and "_" not in text else None


def read_number(cell: str, name: str, line: int, reading: Reading) -> Number | None:
    """The number in *cell*, or ``None`` after a complaint."""
    lower = cell.lower()
    if lower in MISSING:
        said = "the cell is empty" if not cell else f'"{cell}" says that there is no value'
        reading.complain(line, name, f"{said}; nothing is guessed.")
        return None
    plain = _latin(cell)
    if _INFINITE.fullmatch(plain):
        reading.complain(line, name, f'"{_short(cell)}" is not a finite number.')
        return None
    if not looks_numeric(plain, reading.decimal):
        reading.complain(line, name, f'"{_short(cell)}" is not a number.')
        return None
    try:
        # The file's decimal sign is settled, so 1.234 is no grouped 1234 here.
        number = parse_number(plain.replace(",", "."), ".")
    except NumberError:
        reading.complain(line, name, f'"{_short(cell)}" is beyond what a number can hold.')
        return None
    return number if isinstance(number, Fraction) else float(number)


def _latin(cell: str) -> str:
    """Digits of any script as 0-9 and the true minus sign as "-"."""
    if cell.isascii():
        return cell
    found = []
    for character in cell.replace("\u2212", "-").replace("\u066b", "."):
        digit = unicodedata.decimal(character, None)
        found.append(character if digit is None else str(digit))
    return "".join(found)


def _short(cell: str) -> str:
    line = " ".join(cell.split())
    return line if len(line) <= 30 else f"{line[:27]}..."
