"""The table as text for spreadsheets: tabs between cells, a line of titles, every number in full."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from neurosim.numbers.exact import Number
from neurosim.numbers.format import MINUS, format_datum
from neurosim.panels.values.columns import TableColumn

ROW_TITLE = "row"

Line = tuple[str, Callable[[TableColumn], Number | None]]
"""The label of a line, and its number in a column."""


def in_full(value: Number | None, column: TableColumn, decimal: str) -> str:
    """A number as spreadsheets and programs read it: all its digits, a keyboard's minus, no "~"; empty for none."""
    if value is None:
        return ""
    if not isinstance(value, Fraction):
        return repr(float(value)).replace(".", decimal)
    datum = format_datum(value, decimal) if column.kind == "data" else ""
    return (str(value) if not datum or datum.startswith("~") else datum).replace(MINUS, "-")


def table_text(columns: Sequence[TableColumn], lines: Iterable[Line], decimal: str) -> str:
    """Tab-separated text: the titles, then each line's label and numbers."""
    found = ["\t".join([ROW_TITLE, *(column.title for column in columns)])]
    for label, value in lines:
        found.append("\t".join([label, *(in_full(value(column), column, decimal) for column in columns)]))
    return "\n".join(found) + "\n"
