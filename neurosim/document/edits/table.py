"""Edits of the table as people see it, rows set aside among the others: cells, blocks, sorting, columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from neurosim.document.clipboard import Block
from neurosim.document.edits.common import EditError
from neurosim.document.edits.rows import delete_column
from neurosim.document.state import DocumentState
from neurosim.engine import table_block, table_columns, table_edits
from neurosim.engine.column import merged
from neurosim.engine.dataset import Dataset
from neurosim.engine.table_edits import Cell
from neurosim.numbers.cells import cell_number, is_missing, looks_numeric
from neurosim.numbers.exact import Number
from neurosim.numbers.parse import NumberError, parse_number

Cells = Mapping[int, Mapping[str, Cell]]
"""Table row (from 0) to column to what stands there."""


# -- cells -------------------------------------------------------------------------------------------------------------


def set_cells(state: DocumentState, cells: Cells) -> DocumentState:
    """Write *cells*; a row that lacks a number is set aside, one that lacks none comes back."""
    _check_rows(state.dataset, cells)
    return _with(state, table_block.with_block(state.dataset, cells)) if cells else state


def clear_cells(state: DocumentState, rows: Iterable[int], columns: Sequence[str]) -> DocumentState:
    """Empty the cells of *columns* in *rows*."""
    return set_cells(state, {row: dict.fromkeys(columns, "") for row in rows})


def paste_block(state: DocumentState, row: int, column: int, block: Block) -> DocumentState:
    """Write *block* with its first cell at *row* and at the *column*-th column; the table grows where it must.

    A line of names over the block names the columns that it adds, and is no row where it names those that are there.

    Raises:
        EditError: a cell is no number where one must be (the first such is named), or the names are others.
    """
    data = state.dataset
    if not 0 <= row <= data.n_table_rows or not 0 <= column <= len(data.names):
        raise EditError("There is no such cell to paste at.")
    there = data.names[column : column + block.width]
    rows, names = _without_names(data, there, block)
    new = _new_names(data, names[len(there) :], column + len(there), block.width - len(there))
    kinds = {name: _is_numeric([line[len(there) + at] for line in rows]) for at, name in enumerate(new)}
    given = _read_block(data, (*there, *new), rows, block, row=row, kinds=kinds)
    n, old = data.n_table_rows, data.names
    for name in new:
        data = _with_empty_column(data, name, number=kinds[name])
    numeric = [name for name in new if kinds[name]]
    if numeric:
        # What the block does not reach has no value in the new columns, and none is made up.
        for other in range(n):
            given.setdefault(other, dict.fromkeys(numeric, ""))
    if not old:
        data = replace(data, source=data.source or "pasted data")
    return _with(state, table_block.with_block(data, given))


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
            return _with(state, table_block.with_rows_appended(data, rows))
    for offset, values in enumerate(cells):
        data = table_edits.with_table_row(data, place + offset, values)
    return _with(state, data)


def delete_table_rows(state: DocumentState, rows: Iterable[int]) -> DocumentState:
    """Delete rows, complete ones and those set aside."""
    chosen = set(rows)
    _check_rows(state.dataset, chosen)
    return _with(state, table_edits.without_table_rows(state.dataset, chosen)) if chosen else state


def duplicate_rows(state: DocumentState, rows: Iterable[int]) -> DocumentState:
    """Put a copy of *rows* behind the last of them; a copy of a test row is a test row."""
    chosen = set(rows)
    _check_rows(state.dataset, chosen)
    return _with(state, table_block.with_copies(state.dataset, chosen)) if chosen else state


def sort_rows(state: DocumentState, column: str, descending: bool = False) -> DocumentState:
    """Put the rows in the order of a column; equal ones keep theirs, rows without a value come last."""
    data, order = state.dataset, sorted_order(state.dataset, column, descending)
    if order is None:
        return state
    if data.aside:
        return _with(state, table_edits.reordered(data, order))
    return _with(state, table_block.permuted(data, np.array(order, dtype=np.intp)))


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


# -- columns -----------------------------------------------------------------------------------------------------------


def insert_column(state: DocumentState, name: str, index: int | None = None, words: bool = False) -> DocumentState:
    """Add a column before the *index*-th one, or at the end: 0 in every row, or no word."""
    data, name = state.dataset, _fresh(state.dataset, name)
    if words:
        data = table_columns.with_texts(data, name, ("",) * data.n_rows)
    else:
        data = table_columns.with_column(data, name, (Fraction(0),) * data.n_rows, aside="0")
    return _with(state, data if index is None else _moved(data, name, index))


def move_column(state: DocumentState, name: str, index: int) -> DocumentState:
    """Let a column be the *index*-th one of the table (from 0)."""
    if name not in state.dataset.names:
        raise EditError(f"The table has no column {name!r}.")
    return _with(state, _moved(state.dataset, name, index))


def delete_columns(state: DocumentState, names: Iterable[str]) -> DocumentState:
    """Delete columns; outputs that were compared with them are compared with none."""
    for name in names:
        state = delete_column(state, name)
    return state


def set_column_kind(state: DocumentState, name: str, words: bool) -> DocumentState:
    """Let a column hold words, or numbers; rows whose word is no number are set aside."""
    change = table_columns.as_words if words else table_columns.as_numbers
    return _with(state, change(state.dataset, name))


# -- helpers -----------------------------------------------------------------------------------------------------------


def _with(state: DocumentState, data: Dataset) -> DocumentState:
    return state if data is state.dataset else replace(state, dataset=data)


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


# -- pasting -----------------------------------------------------------------------------------------------------------


def _without_names(data: Dataset, there: Sequence[str], block: Block) -> tuple[Sequence[Sequence[str]], Sequence[str]]:
    """The rows to write and the names of the columns, as far as the block has them."""
    if not block.names:
        return block.rows, ()
    if there and all(name in data.texts for name in there) and block.width == len(there):
        return (block.names, *block.rows), ()  # words among words
    wrong = [(a, b) for a, b in zip(block.names, there, strict=False) if a.casefold() != b.casefold()]
    if wrong:
        raise EditError(
            f'The first line holds names, but "{_short(wrong[0][0])}" stands over the column {wrong[0][1]}: copy the '
            "numbers without their names, or rename the column. Nothing is pasted."
        )
    return block.rows, block.names


def _new_names(data: Dataset, wanted: Sequence[str], place: int, count: int) -> list[str]:
    names: list[str] = []
    for at in range(count):
        name = wanted[at].strip() if at < len(wanted) else ""
        number = place + at + 1
        base = name or ("x" if not data.names and count == 1 else f"c{number}")
        name, again = base, 2
        while name in data.names or name in names:
            name, again = f"{base}_{again}", again + 1
        names.append(name)
    return names


def _is_numeric(cells: Sequence[str]) -> bool:
    """Whether a new column of these cells is one of numbers."""
    present = [cell for cell in cells if not is_missing(cell)]
    return bool(present) and all(looks_numeric(cell) for cell in present)


def _read_block(
    data: Dataset,
    names: Sequence[str],
    rows: Sequence[Sequence[str]],
    block: Block,
    *,
    row: int,
    kinds: Mapping[str, bool],
) -> dict[int, dict[str, Cell]]:
    given: dict[int, dict[str, Cell]] = {}
    for at, cells in enumerate(rows):
        values: dict[str, Cell] = {}
        for name, cell in zip(names, cells, strict=False):
            numeric = kinds.get(name, name in data.columns)
            values[name] = _read_cell(cell, block.decimal, at + 1 + bool(block.names), name) if numeric else cell
        given[row + at] = values
    return given


def _read_cell(cell: str, decimal: str, line: int, name: str) -> Cell:
    """The number in a cell, or the text that says that there is none."""
    if is_missing(cell):
        return cell
    number = cell_number(cell, decimal)
    if number is not None:
        return number
    try:
        return parse_number(cell, decimal)
    except NumberError:
        raise EditError(
            f'"{_short(cell)}" is not a number (line {line} of the clipboard, column {name}). Nothing is pasted.'
        ) from None


def _with_empty_column(data: Dataset, name: str, number: bool) -> Dataset:
    if number:
        return table_columns.with_column(data, name, (Fraction(0),) * data.n_rows)
    return table_columns.with_texts(data, name, ("",) * data.n_rows)


def _short(cell: str) -> str:
    line = " ".join(cell.split())
    return line if len(line) <= 30 else f"{line[:27]}..."


__all__ = [
    "clear_cells",
    "delete_columns",
    "delete_table_rows",
    "duplicate_rows",
    "fill_down",
    "fill_series",
    "insert_column",
    "insert_rows",
    "is_sorted",
    "move_column",
    "paste_block",
    "set_cells",
    "set_column_kind",
    "sort_rows",
    "sorted_order",
]
