"""Numbers in the cells of a table: which texts are numbers, which say that a value is missing, and how one is written.

A cell is narrower than what people type into a field: a plain decimal, a power of ten or a fraction, in the decimal
sign of its table. Nothing in it stands between thousands, so ``1.234`` is never 1234.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from neurosim.numbers.exact import Number
from neurosim.numbers.parse import NumberError, parse_number

MISSING = frozenset({"", "na", "n/a", "nan", "null", "none", "nil", "-", "?", ".", "#n/a"})
"""Cells (in lower case) that say that there is no value."""

_PLAIN = re.compile(r"[+-]?(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?")
_FRACTION = re.compile(r"[+-]?[0-9]+/[0-9]+")
_INFINITE = re.compile(r"[+-]?inf(?:inity)?", re.IGNORECASE)


def is_missing(cell: str) -> bool:
    """Whether *cell* says that there is no value."""
    return cell.strip().lower() in MISSING


def is_infinite(cell: str) -> bool:
    """Whether *cell* is a word for an infinite number."""
    return bool(_INFINITE.fullmatch(latin(cell.strip())))


def looks_numeric(cell: str, decimal: str | None = None) -> bool:
    """Whether *cell* is written like a number; with a decimal comma or point, or only with *decimal*."""
    plain = latin(cell.strip())
    if decimal is not None and ("," if decimal == "." else ".") in plain:
        return False
    return bool(_PLAIN.fullmatch(plain) or _FRACTION.fullmatch(plain) or _INFINITE.fullmatch(plain))


def cell_number(cell: str, decimal: str = ".") -> Number | None:
    """The finite number that *cell* holds, exact where its digits are few; ``None`` when it holds none."""
    plain = latin(cell.strip())
    if not looks_numeric(plain, decimal) or _INFINITE.fullmatch(plain):
        return None
    try:
        # The table's decimal sign is settled, so 1.234 is no grouped 1234 here.
        number = parse_number(plain.replace(",", "."), ".")
    except NumberError:
        return None
    return number if isinstance(number, Fraction) else float(number)


def cell_text(value: Number, decimal: str = ".") -> str:
    """*value* as a cell that reads back as the same number: a decimal where one is exact, else a fraction."""
    if isinstance(value, Fraction):
        text = _exact_text(value)
    else:
        text = repr(float(value)).removesuffix(".0")
        if text == "-0":
            text = "-0.0"
    return text.replace(".", decimal) if decimal != "." else text


def _exact_text(value: Fraction) -> str:
    if value.denominator == 1 and abs(value.numerator) < 10**12:
        return str(value.numerator)
    for text in (_decimal(value), repr(float(value)).removesuffix(".0")):
        # Long digits are read as float64, and a number that was exact must stay so.
        if text and cell_number(text) == value and isinstance(cell_number(text), Fraction):
            return text
    return str(value)


def _decimal(value: Fraction) -> str:
    """The finite decimal expansion of *value*; empty when there is none of at most 15 places."""
    for places in range(16):
        scaled = value * 10**places
        if scaled.denominator == 1:
            digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
            sign = "-" if value < 0 else ""
            return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"
    return ""


def latin(cell: str) -> str:
    """Digits of any script as 0-9 and the true minus sign as "-"."""
    if cell.isascii():
        return cell
    found = []
    for character in cell.replace("\u2212", "-").replace("\u066b", "."):
        digit = unicodedata.decimal(character, None)
        found.append(character if digit is None else str(digit))
    return "".join(found)
