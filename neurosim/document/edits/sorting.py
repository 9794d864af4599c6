"""Sorting the table by a column, rows set aside among the others."""

from __future__ import annotations

import numpy as np

from neurosim.document.edits.common import EditError, with_dataset
from neurosim.document.state import DocumentState
from neurosim.engine import table_block, table_edits
from neurosim.engine.column import merged
from neurosim.engine.dataset import Dataset
from neurosim.numbers.cells import cell_number
from neurosim.numbers.exact import Number


def sort_rows(state: DocumentState, column: str, descending: bool = False) -> DocumentState:
    """Put the rows in the order of a column; equal ones keep theirs, rows without a value come last."""
    data, order = state.dataset, sorted_order(state.dataset, column, descending)
    if order is None:
        return state
    if data.aside:
        return with_dataset(state, table_edits.reordered(data, order))
    return with_dataset(state, table_block.permuted(data, np.array(order, dtype=np.intp)))


def is_sorted(data: Dataset, column: str, descending: bool = False) -> bool:
    """Whether the rows stand in the order of a column."""
    if not data.aside and column in data.columns:
        floats = data.columns[column].floats
        before, after = (floats[1:], floats[:-1]) if descending else (floats[:-1], floats[1:])
        return bool(np.all(before <= after))
    return column in data.names and sorted_order(data, column, descending) is None


def sorted_order(data: Dataset, column: str, descending: bool = False) -> list[int] | None:
    """The table rows in the order of *column*; ``None`` when they stand in it already.

    Raises:
        EditError: there is no such column.
    """
    if column not in data.names:
        raise EditError(f"The table has no column {column!r}.")
    if not data.aside and column in data.columns:
        floats = data.columns[column].floats
        if descending:
            # A stable descending order: turn the rows round, sort, turn round again.
            order = (len(floats) - 1 - np.argsort(floats[::-1], kind="stable"))[::-1]
        else:
            order = np.argsort(floats, kind="stable")
        return None if np.array_equal(order, np.arange(len(order))) else [int(row) for row in order]
    keys = _keys(data, column)
    rows = range(len(keys))
    there = [row for row in rows if keys[row] is not None]
    ranked = sorted(there, key=keys.__getitem__, reverse=descending)  # type: ignore[arg-type]
    found = [*ranked, *(row for row in rows if keys[row] is None)]
    return None if found == list(rows) else found


def _keys(data: Dataset, column: str) -> list[Number | tuple[str, str] | None]:
    """What the table rows are sorted by; ``None`` for those without a value."""
    places = [aside.place for aside in data.aside]
    asides = [aside.cells.get(column, "") for aside in data.aside]
    if column in data.columns:
        numbers = data.columns[column].numbers or data.columns[column].floats.tolist()
        return merged(numbers, places, [cell_number(text, data.form.decimal) for text in asides])
    words = merged(data.texts[column], places, asides)
    known = {word: (word.casefold(), word) if word else None for word in set(words)}
    return list(map(known.__getitem__, words))
