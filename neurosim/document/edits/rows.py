"""Edits of the data: move, add and delete rows, add, rename and delete columns, keep rows for testing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from neurosim.document.edits.common import EditError, finite, with_network
from neurosim.document.edits.put_back import put_back, with_words
from neurosim.document.state import DocumentState
from neurosim.engine import table_block, table_columns
from neurosim.engine.dataset import Column, Dataset
from neurosim.numbers.exact import Number


def move_row(state: DocumentState, row: int, values: Mapping[str, Fraction | float | int]) -> DocumentState:
    """Change the values of one row (counted from 0) in the columns named.

    The column of a transformed target stands for the column that it is made of, where it can be put back.
    """
    _check_row(state, row)
    numbers, words = put_back(state, values, row)
    return replace(state, dataset=with_words(state.dataset.with_values(row, _numbers(state, numbers)), row, words))


def add_row(
    state: DocumentState, values: Mapping[str, Fraction | float | int], index: int | None = None
) -> DocumentState:
    """Add a row, at the end or before *index*; columns that *values* does not name get 0.

    Into a document without data the columns named are made.
    """
    dataset = state.dataset
    if not dataset.names:
        if not values:
            raise EditError("The data have no columns yet: name the columns of the new row.")
        columns = {name: Column((finite(value, name),)) for name, value in values.items()}
        return replace(state, dataset=replace(dataset, columns=columns))
    place = dataset.n_rows if index is None else index
    if not 0 <= place <= dataset.n_rows:
        raise EditError(f"There is no place {place + 1} among {dataset.n_rows} rows.")
    numbers, words = put_back(state, values)
    return replace(state, dataset=dataset.with_row(place, _numbers(state, numbers), words))


def add_rows(state: DocumentState, rows: Sequence[Mapping[str, Fraction | float | int | str]]) -> DocumentState:
    """Add several rows at the end, with words for columns of words; columns that a row does not name get 0, or none."""
    data = state.dataset
    if not data.columns:
        raise EditError("The data have no columns yet: name the columns of the new row.")
    found: list[dict[str, Number | str]] = []
    for values in rows:
        numbers = {name: value for name, value in values.items() if not isinstance(value, str)}
        words = {name: value for name, value in values.items() if isinstance(value, str)}
        wrong = next((name for name in words if name not in data.texts), None)
        if wrong is not None:
            raise EditError(f"The data have no column of words {wrong!r}.")
        found.append({**_numbers(state, numbers), **words})
    return replace(state, dataset=table_block.with_rows_appended(data, found))


def delete_rows(state: DocumentState, rows: Iterable[int]) -> DocumentState:
    """Delete rows (counted from 0)."""
    gone = set(rows)
    for row in gone:
        _check_row(state, row)
    return replace(state, dataset=state.dataset.without_rows(gone)) if gone else state


def add_column(
    state: DocumentState, name: str, values: Sequence[Fraction | float | int] | None = None
) -> DocumentState:
    """Add a column; without *values* it is 0 in every row."""
    name = _fresh_name(state, name)
    rows = state.dataset.n_rows
    if values is None:
        column = Column((Fraction(0),) * rows)
    else:
        if state.dataset.names and len(values) != rows:
            raise EditError(f"The column needs {rows} values, not {len(values)}.")
        column = Column(tuple(finite(value, name) for value in values))
    return replace(state, dataset=table_columns.with_column(state.dataset, name, column, aside="" if values else "0"))


def rename_column(state: DocumentState, old: str, new: str) -> DocumentState:
    """Rename a column; the inputs and outputs that read it follow."""
    if old not in state.dataset.names:
        raise EditError(f"The data have no column {old!r}.")
    if new.strip() == old:
        return state
    new = _fresh_name(state, new)
    network = state.network
    for node in network.inputs:
        if node.column == old:
            network = network.with_node(replace(node, column=new))
    outputs = tuple(replace(o, column=new) if o.column == old else o for o in network.outputs)
    state = with_network(state, replace(network, outputs=outputs))
    return replace(state, dataset=table_columns.renamed(state.dataset, old, new))


def delete_column(state: DocumentState, name: str) -> DocumentState:
    """Delete a column; outputs that were compared with it are compared with none, inputs keep its name."""
    if name not in state.dataset.names:
        raise EditError(f"The data have no column {name!r}.")
    outputs = tuple(replace(o, column=None) if o.column == name else o for o in state.network.outputs)
    state = with_network(state, replace(state.network, outputs=outputs))
    return replace(state, dataset=table_columns.without_column(state.dataset, name))


def use_dataset(state: DocumentState, dataset: Dataset) -> DocumentState:
    """Take other data; the network stays as it is, and the training goes on from where it stands."""
    return replace(state, dataset=dataset)


def _check_row(state: DocumentState, row: int) -> None:
    if not 0 <= row < state.dataset.n_rows:
        raise EditError(f"There is no row {row + 1}: the data have {state.dataset.n_rows} rows.")


def _numbers(state: DocumentState, values: Mapping[str, Fraction | float | int]) -> dict[str, Number]:
    for name in values:
        if name not in state.dataset.columns:
            raise EditError(f"The data have no column {name!r}.")
    return {name: finite(value, name) for name, value in values.items()}


def _fresh_name(state: DocumentState, name: str) -> str:
    name = name.strip()
    if not name:
        raise EditError("A column needs a name.")
    if name in state.dataset.names:
        raise EditError(f"There is already a column {name!r}.")
    return name
