"""What stands out in the data table: the selection, what the pointer lights up, what the current line concerns."""

from __future__ import annotations

from neurosim.records import dataclass

LIT = 0.13
"""How strongly a lit row is coloured."""


@dataclass(frozen=True)
class Marks:
    """Complete rows by their numbers, columns by their places.

    Attributes:
        selected: the rows that are selected anywhere.
        lit: lit up by the pointer, here or in another view.
        line: what the current line of the working concerns.
        lit_columns: columns whose input or output is lit up.
        sorted_by, descending: the column that the table was last sorted by, while it still is; -1 for none.
    """

    selected: frozenset[int] = frozenset()
    lit: frozenset[int] = frozenset()
    line: frozenset[int] = frozenset()
    lit_columns: frozenset[int] = frozenset()
    sorted_by: int = -1
    descending: bool = False


NO_MARKS = Marks()
