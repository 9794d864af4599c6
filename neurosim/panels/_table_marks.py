"""What stands out in a table: the selection, what the pointer lights up, what the current line concerns."""

from __future__ import annotations

from neurosim.records import dataclass

LIT_ROW, LIT_COLUMN = 0.13, 0.07
"""How strongly lit rows and columns are coloured."""


@dataclass(frozen=True)
class TableMarks:
    """Rows by their numbers as complete rows, columns by their places in the table.

    Attributes:
        selected: the rows that are selected anywhere.
        lit_rows, lit_columns: lit up by the pointer, here or in another view.
        line_rows, line_columns: what the current line of the working concerns; it stays until the next line.
        sorted_by, descending: the column that the table was last sorted by, while it still is; -1 for none.
    """

    selected: frozenset[int] = frozenset()
    lit_rows: frozenset[int] = frozenset()
    lit_columns: frozenset[int] = frozenset()
    line_rows: frozenset[int] = frozenset()
    line_columns: frozenset[int] = frozenset()
    sorted_by: int = -1
    descending: bool = False


NO_MARKS = TableMarks()
