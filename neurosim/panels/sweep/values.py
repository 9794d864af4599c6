"""The values of a sweep as a person types them: numbers with commas or semicolons between them."""

from __future__ import annotations

from collections.abc import Iterable

from neurosim.numbers.exact import Number
from neurosim.numbers.parse import NumberError, parse_number
from neurosim.widgets.display import Display

MOST = 40
"""So many values are swept at once."""


def written(values: Iterable[Number], display: Display) -> str:
    """*values* as one line; where the comma is the decimal sign, semicolons stand between them."""
    between = "; " if display.decimal == "," else ", "
    return between.join(display.text(value) for value in values)


def read(text: str, display: Display) -> list[Number]:
    """The values that *text* names, rising, each once.

    Raises:
        NumberError: a value is not understood, or there are none or too many.
    """
    parts = text.split(";") if ";" in text or display.decimal == "," else text.split(",")
    found = sorted({parse_number(part, display.decimal) for part in parts if part.strip()})
    if not found:
        raise NumberError("Name at least one value, such as 1/100, 1/30, 1/11.")
    if len(found) > MOST:
        raise NumberError(f"These are {len(found)} values: name {MOST} at most.")
    return found
