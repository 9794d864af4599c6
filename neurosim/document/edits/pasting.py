"""Pasting a block of cells into the table: what its names mean, which columns it adds, which of them are numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from neurosim.document.clipboard import Block
from neurosim.document.edits.common import EditError, with_dataset
from neurosim.document.state import DocumentState
from neurosim.engine import table_block, table_columns
from neurosim.engine.dataset import Dataset
from neurosim.engine.table_edits import Cell
from neurosim.numbers.cells import cell_number, is_missing, looks_numeric
from neurosim.numbers.parse import NumberError, parse_number


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
    return with_dataset(state, table_block.with_block(data, given))


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
