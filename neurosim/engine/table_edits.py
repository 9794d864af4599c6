"""Changes of a table's cells and rows as people make them: a cell is typed or emptied, rows come, go, change places.

A row whose numbers are not all there is set aside, and comes back where it stood as soon as they are. Nothing is
guessed. All functions take a ``Dataset`` and return another one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from neurosim.engine.aside import Aside
from neurosim.engine.column import merged
from neurosim.engine.dataset import Dataset
from neurosim.engine.errors import DatasetError
from neurosim.engine.table_form import Spelling
from neurosim.numbers.cells import cell_number, cell_text
from neurosim.numbers.exact import Number, as_number

Cell = Number | int | str
"""A number; or a text: a word, a number as written in the table's file, or what says that a value is missing."""


# -- cells -------------------------------------------------------------------------------------------------------------


def with_cells(data: Dataset, table_row: int, values: Mapping[str, Cell]) -> Dataset:
    """A copy in which one row holds *values* in the columns named.

    A text in a column of numbers that is a number is taken as this number; any other sets the row aside.

    Raises:
        DatasetError: the row or a column does not exist, or a number is not finite.
    """
    _check_row(data, table_row)
    for name in values:
        check_column(data, name)
    given = {name: read_cell(data, name, value) for name, value in values.items()}
    row = data.complete_row(table_row)
    if row is None:
        return _with_aside_cells(data, table_row, given)
    if all(name in data.texts or not isinstance(value, str) for name, value in given.items()):
        changed = data.with_values(row, {n: v for n, v in given.items() if not isinstance(v, str)})
        return _with_words(changed, row, table_row, {n: v for n, v in given.items() if isinstance(v, str)})
    return _with_aside_cells(set_aside(data, table_row), table_row, given)


def set_aside(data: Dataset, table_row: int) -> Dataset:
    """A copy in which the complete row at *table_row* is set aside as it is; its cells keep their spelling."""
    return set_all_aside(data, (table_row,))


def set_all_aside(data: Dataset, table_rows: Iterable[int]) -> Dataset:
    """A copy in which all complete rows among *table_rows* are set aside as they are."""
    found = sorted({row for row in table_rows if data.complete_row(row) is not None})
    if not found:
        return data
    complete = [row for table_row in found if (row := data.complete_row(table_row)) is not None]
    tests = set(data.test_rows)
    rows = {
        row.place + index: replace(row, place=row.place - bisect_left(complete, row.place))
        for index, row in enumerate(data.aside)
    }
    for before, (table_row, row) in enumerate(zip(found, complete, strict=True)):
        cells = {name: as_text(data, table_row, name) for name in data.names}
        rows[table_row] = Aside(row - before, cells, test=row in tests)
    left = data.without_rows(complete)
    return replace(left, aside=tuple(rows[at] for at in sorted(rows)), spelling=data.spelling)


def as_text(data: Dataset, table_row: int, column: str) -> str:
    """What stands in a cell, as a text in the decimal sign of the table's file."""
    value = data.cell(table_row, column)
    return value if isinstance(value, str) else cell_text(value, data.form.decimal)


def missing_columns(data: Dataset, table_row: int) -> tuple[str, ...]:
    """The columns of numbers in which a row set aside has none; empty for a complete row."""
    aside = data.aside_row(table_row)
    return () if aside is None else _lacking(data, aside)


def _lacking(data: Dataset, aside: Aside) -> tuple[str, ...]:
    decimal = data.form.decimal
    return tuple(name for name in data.columns if cell_number(aside.cells.get(name, ""), decimal) is None)


def read_cell(data: Dataset, name: str, value: Cell) -> Number | str:
    """*value* as the column takes it: a word, a number, or a text that is none.

    Raises:
        DatasetError: the number is not finite.
    """
    if name in data.texts:
        return value if isinstance(value, str) else cell_text(as_number(value), data.form.decimal)
    if isinstance(value, str):
        number = cell_number(value, data.form.decimal)
        return value.strip() if number is None else number
    try:
        return as_number(value)
    except ValueError as error:
        raise DatasetError(f"{name}: {error}") from error


def _with_words(data: Dataset, row: int, table_row: int, words: Mapping[str, str]) -> Dataset:
    if not words:
        return data
    texts = {n: (*c[:row], words[n], *c[row + 1 :]) if n in words else c for n, c in data.texts.items()}
    return replace(data, texts=texts, spelling=data.spelling.without_cells(table_row, words))


def _with_aside_cells(data: Dataset, table_row: int, values: Mapping[str, Number | str]) -> Dataset:
    index = data.aside_before(table_row)
    aside = data.aside[index]
    decimal = data.form.decimal
    written = {n: v if isinstance(v, str) else cell_text(v, decimal) for n, v in values.items()}
    # A short row gets all its cells up to the last that is written.
    last = max((data.names.index(n) for n in (*aside.cells, *written)), default=-1)
    cells = {n: written.get(n, aside.cells.get(n, "")) for n in data.names[: last + 1]}
    exact = {n: v for n, v in values.items() if not isinstance(v, str)}
    changed = replace(
        data,
        aside=(*data.aside[:index], replace(aside, cells=cells), *data.aside[index + 1 :]),
        spelling=data.spelling.without_cells(table_row, written),
    )
    return _completed(changed, index, exact)


def _completed(data: Dataset, index: int, exact: Mapping[str, Number] | None = None) -> Dataset:
    """A copy in which the row ``aside[index]`` stands among the complete ones, if nothing in it is missing."""
    values = _all_numbers(data, data.aside[index], exact or {})
    return data if values is None else _brought_back(data, {index: values})


def _all_numbers(data: Dataset, aside: Aside, exact: Mapping[str, Number]) -> dict[str, Number] | None:
    """A number for each column of them, from *exact* or as read; ``None`` when one is missing or the row too long."""
    if aside.beyond or not (data.columns or data.texts):
        return None
    values: dict[str, Number] = {}
    for name in data.columns:
        number = exact.get(name, cell_number(aside.cells.get(name, ""), data.form.decimal))
        if number is None:
            return None
        values[name] = number
    return values


def _brought_back(data: Dataset, found: Mapping[int, Mapping[str, Number]]) -> Dataset:
    """A copy in which the rows ``aside[index]`` of *found* stand among the complete ones, where they stood before."""
    indices = sorted(found)
    rows = [data.aside[index] for index in indices]
    places = [row.place for row in rows]
    columns = {
        name: column.with_merged(places, [found[index][name] for index in indices])
        for name, column in data.columns.items()
    }
    texts = {
        name: tuple(merged(words, places, [row.cells.get(name, "") for row in rows]))
        for name, words in data.texts.items()
    }
    left = tuple(
        replace(row, place=row.place + bisect_left(indices, index))
        for index, row in enumerate(data.aside)
        if index not in found
    )
    back = (place + before for before, (place, row) in enumerate(zip(places, rows, strict=True)) if row.test)
    tests = (row + bisect_right(places, row) for row in data.test_rows)
    return replace(data, columns=columns, texts=texts, aside=left, test_rows=tuple(sorted((*tests, *back))))


# -- rows --------------------------------------------------------------------------------------------------------------


def with_table_row(data: Dataset, table_row: int, values: Mapping[str, Cell]) -> Dataset:
    """A copy with a new row before *table_row*; set aside unless *values* has a number for each numeric column."""
    if not 0 <= table_row <= data.n_table_rows:
        raise DatasetError(f"There is no place {table_row + 1} among {data.n_table_rows} rows.")
    for name in values:
        check_column(data, name)
    before = data.aside_before(table_row)
    empty = Aside(table_row - before, dict.fromkeys(data.names, ""))
    rows = (*data.aside[:before], empty, *data.aside[before:])
    grown = replace(data, aside=rows, spelling=data.spelling.with_row_inserted(table_row))
    return with_cells(grown, table_row, values)


def without_table_rows(data: Dataset, table_rows: Iterable[int]) -> Dataset:
    """A copy without *table_rows*, complete or set aside."""
    gone = sorted(set(table_rows))
    for row in gone:
        _check_row(data, row)
    asides = [data.aside_before(row) for row in gone if data.complete_row(row) is None]
    complete = [number for row in gone if (number := data.complete_row(row)) is not None]
    return data.without_both(complete, asides, gone)


def reordered(data: Dataset, order: Sequence[int]) -> Dataset:
    """A copy whose table row i is the table row ``order[i]`` of this one (each must occur once)."""
    if sorted(order) != list(range(data.n_table_rows)):
        raise DatasetError(f"The new order must name each of the {data.n_table_rows} rows once.")
    return with_order(data, order, data.spelling.reordered(order))


def with_order(data: Dataset, order: Sequence[int], spelling: Spelling) -> Dataset:
    """A copy whose table row i is the table row ``order[i]`` of this one, spelled by *spelling*.

    Rows may be left out or taken twice.
    """
    found, complete = data.told_apart(order)
    rows, before = found[complete], np.cumsum(complete)
    asides = [replace(data.aside[found[at]], place=int(before[at])) for at in np.flatnonzero(~complete).tolist()]
    return replace(
        data,
        columns={name: column.taken(rows) for name, column in data.columns.items()},
        texts={name: tuple(map(words.__getitem__, rows.tolist())) for name, words in data.texts.items()},
        test_rows=tuple(np.flatnonzero(np.isin(rows, data.test_rows)).tolist()) if data.test_rows else (),
        aside=tuple(asides),
        spelling=spelling,
    )


def with_asides_completed(data: Dataset) -> Dataset:
    """A copy in which every row set aside that lacks nothing stands among the complete ones."""
    found = {
        index: values for index, row in enumerate(data.aside) if (values := _all_numbers(data, row, {})) is not None
    }
    return _brought_back(data, found) if found else data


def _check_row(data: Dataset, table_row: int) -> None:
    if not 0 <= table_row < data.n_table_rows:
        raise DatasetError(f"There is no row {table_row + 1}: the table has {data.n_table_rows} rows.")


def check_column(data: Dataset, name: str) -> None:
    """Complain when there is no such column.

    Raises:
        DatasetError: there is none.
    """
    if name not in data.columns and name not in data.texts:
        raise DatasetError(f"The data have no column {name!r}.")
