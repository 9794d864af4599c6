"""Edits of the table as people see it, rows set aside among the others: cells, rows, columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from neurosim.document.edits.common import EditError, with_dataset
from neurosim.document.edits.rows import delete_column
from neurosim.document.state import DocumentState
from neurosim.engine import table_block, table_columns, table_edits
from neurosim.engine.dataset import Dataset
from neurosim.engine.table_edits import Cell
from neurosim.numbers.cells import cell_number
from neurosim.numbers.exact import Number

Cells = Mapping[int, Mapping[str, Cell]]
"""Table row (from 0) to column to what stands there."""


# -- cells -------------------------------------------------------------------------------------------------------------


def set_cells(state: DocumentState, cells: Cells) -> DocumentState:
    """Write *cells*; a row that lacks a number is set aside, one that lacks none comes back."""
    _check_rows(state.dataset, cells)
    return with_dataset(state, table_block.with_block(state.dataset, cells)) if cells else state


def clear_cells(state: DocumentState, rows: Iterable[int], columns: Sequence[str]) -> DocumentState:
    """Empty the cells of *columns* in *rows*."""
    return set_cells(state, {row: dict.fromkeys(columns, "") for row in rows})


def fill_down(state: DocumentState, rows: Iterable[int], columns: Sequence[str]) -> DocumentState:
    """Write what stands in the first of *rows* into the others."""
    chosen = sorted(set(rows))
    _check_rows(state.dataset, chosen)
    if len(chosen) < 2:
        raise EditError("Select the cell to fill from and those below it.")
    first = {name: _content(state.dataset, chosen[0], name) for name in columns}
    return set_cells(state, dict.fromkeys(chosen[1:], first))


def fill_series(state: DocumentState, rows: Iterable[int], columns: Sequence[str]) -> DocumentState:
    """Go on from the numbers in the first two of *rows* with equal differences: 1, 3 gives 5, 7, 9."""
    chosen = sorted(set(rows))
    _check_rows(state.dataset, chosen)
    if len(chosen) < 3:
        raise EditError("Select two numbers to go on from, and the cells below them.")
    cells: dict[int, dict[str, Cell]] = {row: {} for row in chosen[2:]}
    for name in columns:
        first, second = (_content(state.dataset, row, name) for row in chosen[:2])
        if isinstance(first, str) or isinstance(second, str):
            raise EditError(f"{name}: a series needs numbers in rows {chosen[0] + 1} and {chosen[1] + 1}.")
        step = _difference(second, first)
        for times, row in enumerate(chosen[2:], 2):
            cells[row][name] = first + times * step
    return set_cells(state, cells)


# -- rows --------------------------------------------------------------------------------------------------------------


def insert_rows(state: DocumentState, place: int, cells: Sequence[Mapping[str, Cell]]) -> DocumentState:
    """Add rows before the table row *place*; each is set aside while a number is missing in it."""
    data = state.dataset
    if not data.names:
        raise EditError("The table has no columns yet: add one first, or paste a table.")
    if place == data.n_table_rows and all(set(data.columns) <= set(values) for values in cells):
        rows = [_exact(values) for values in cells]
        if not any(isinstance(row[name], str) for row in rows for name in data.columns):
            return with_dataset(state, table_block.with_rows_appended(data, rows))
    for offset, values in enumerate(cells):
        data = table_edits.with_table_row(data, place + offset, values)
    return with_dataset(state, data)


def delete_table_rows(state: DocumentState, rows: Iterable[int]) -> DocumentState:
    """Delete rows, complete ones and those set aside."""
    chosen = set(rows)
    _check_rows(state.dataset, chosen)
    return with_dataset(state, table_edits.without_table_rows(state.dataset, chosen)) if chosen else state


def duplicate_rows(state: DocumentState, rows: Iterable[int]) -> DocumentState:
    """Put a copy of *rows* behind the last of them; a copy of a test row is a test row."""
    chosen = set(rows)
    _check_rows(state.dataset, chosen)
    return with_dataset(state, table_block.with_copies(state.dataset, chosen)) if chosen else state


# -- columns -----------------------------------------------------------------------------------------------------------


def insert_column(state: DocumentState, name: str, index: int | None = None, words: bool = False) -> DocumentState:
    """Add a column before the *index*-th one, or at the end: 0 in every row, or no word."""
    data, name = state.dataset, _fresh(state.dataset, name)
    if words:
        data = table_columns.with_texts(data, name, ("",) * data.n_rows)
    else:
        data = table_columns.with_column(data, name, (Fraction(0),) * data.n_rows, aside="0")
    return with_dataset(state, data if index is None else _moved(data, name, index))


def move_column(state: DocumentState, name: str, index: int) -> DocumentState:
    """Let a column be the *index*-th one of the table (from 0)."""
    if name not in state.dataset.names:
        raise EditError(f"The table has no column {name!r}.")
    return with_dataset(state, _moved(state.dataset, name, index))


def delete_columns(state: DocumentState, names: Iterable[str]) -> DocumentState:
    """Delete columns; outputs that were compared with them are compared with none."""
    for name in names:
        state = delete_column(state, name)
    return state


def set_column_kind(state: DocumentState, name: str, words: bool) -> DocumentState:
    """Let a column hold words, or numbers; rows whose word is no number are set aside."""
    change = table_columns.as_words if words else table_columns.as_numbers
    return with_dataset(state, change(state.dataset, name))


# -- helpers -----------------------------------------------------------------------------------------------------------


def _exact(values: Mapping[str, Cell]) -> dict[str, Number | str]:
    """The values with whole numbers as fractions."""
    return {name: Fraction(value) if isinstance(value, int) else value for name, value in values.items()}


def _check_rows(data: Dataset, rows: Iterable[int]) -> None:
    wrong = next((row for row in rows if not 0 <= row < data.n_table_rows), None)
    if wrong is not None:
        raise EditError(f"There is no row {wrong + 1}: the table has {data.n_table_rows} rows.")


def _content(data: Dataset, row: int, column: str) -> Cell:
    """What stands in a cell; the number that a text of a row set aside is."""
    value = data.cell(row, column)
    if isinstance(value, str) and column in data.columns:
        number = cell_number(value, data.form.decimal)
        return value if number is None else number
    return value


def _difference(a: Number | int, b: Number | int) -> Number:
    exact = isinstance(a, Fraction | int) and isinstance(b, Fraction | int)
    return Fraction(a) - Fraction(b) if exact else float(a) - float(b)


def _moved(data: Dataset, name: str, index: int) -> Dataset:
    others = [other for other in data.names if other != name]
    place = min(max(index, 0), len(others))
    order = (*others[:place], name, *others[place:])
    return data if order == data.names else replace(data, order=order)


def _fresh(data: Dataset, name: str) -> str:
    name = name.strip()
    if not name:
        raise EditError("A column needs a name.")
    if name in data.names:
        raise EditError(f"There is already a column {name!r}.")
    return name
