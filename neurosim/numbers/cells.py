"""Numbers in the cells of a table: which texts are numbers, which say that a value is missing, and how one is written.

A cell is narrower than what people type into a field: a plain decimal, a power of ten or a fraction, in the decimal
sign of its table. Nothing in it stands between thousands, so ``1.234`` is never 1234.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from fractions import Fraction

from neurosim.numbers.exact import Number
from neurosim.numbers.parse import NumberError, parse_number
from neurosim.numbers.tokens import EXACT_DIGITS

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


def cell_text(value: Number, decimal: str = ".", style: str = "") -> str:
    """*value* as a cell that reads back as the same number: a decimal where one is exact, else a fraction.

    In the format *style*, such as ``.2f``, if that loses nothing.
    """
    text = _styled(value, style) if style else ""
    if not text:
        text = _exact_text(value) if isinstance(value, Fraction) else float_text(value)
    return text.replace(".", decimal) if decimal != "." else text


def float_text(value: float) -> str:
    """The shortest decimal that means *value*."""
    text = repr(float(value)).removesuffix(".0")
    return "-0.0" if text == "-0" else text


def float_texts(values: list[float]) -> list[str]:
    """``float_text`` of many *values*, ten times as fast."""
    if not values:
        return []
    # Python writes a whole list without a call for each number; ".0, " occurs at the end of a number only.
    joined = f"{repr(values)[1:-1]}, ".replace(".0, ", ", ").replace("-0, ", "-0.0, ")
    return joined[:-2].split(", ")


def styled_texts(values: list[float], style: str) -> list[str]:
    """``cell_text`` of many *values* in the format *style*, some ten times as fast."""
    # One call formats them all; a number that the format would change is written in full.
    texts = (f"%{style} " * len(values) % tuple(values)).split()
    for index, (read, value) in enumerate(zip(map(float, texts), values, strict=True)):
        if read != value:
            texts[index] = float_text(value)
    return texts


def _styled(value: Number, style: str) -> str:
    try:
        text = format(float(value), style)
    except OverflowError:
        return ""
    if isinstance(value, Fraction):
        return text if Fraction(text) == value and _keeps_exact(text) else ""
    return text if float(text) == value else ""


def _exact_text(value: Fraction) -> str:
    if value.denominator == 1 and abs(value.numerator) < 10**EXACT_DIGITS:
        return str(value.numerator)
    text = _decimal(value)
    if text and _keeps_exact(text):
        return text
    with suppress(OverflowError):
        text = float_text(float(value))
        if Fraction(text) == value and _keeps_exact(text):
            return text
    return str(value)


def _keeps_exact(text: str) -> bool:
    """Whether a decimal is read as the exact number: long digits are taken for measured ones."""
    return isinstance(cell_number(text), Fraction)


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
