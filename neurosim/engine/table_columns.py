"""Changes of a table's columns as people make them: they come and go, get other names, hold words or numbers.

All functions take a ``Dataset`` and return another one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from neurosim.engine.column import Column
from neurosim.engine.dataset import Dataset
from neurosim.engine.errors import DatasetError
from neurosim.engine.table_edits import as_text, check_column, set_all_aside, with_asides_completed
from neurosim.numbers.cells import cell_number
from neurosim.numbers.exact import Number


def with_column(data: Dataset, name: str, values: Sequence[Number] | Column, aside: str = "") -> Dataset:
    """A copy with one more column of numbers, at the end; rows set aside hold the text *aside* in it."""
    _check_new(data, name)
    column = values if isinstance(values, Column) else Column(values)
    asides = data.aside if data.columns or data.texts else ()
    rows = tuple(replace(row, cells={**row.cells, name: aside}) for row in asides)
    return replace(data, columns={**data.columns, name: column}, aside=rows, order=(*data.names, name))


def with_texts(data: Dataset, name: str, words: Sequence[str]) -> Dataset:
    """A copy with one more column of words, at the end."""
    _check_new(data, name)
    rows = tuple(replace(row, cells={**row.cells, name: ""}) for row in data.aside)
    return replace(data, texts={**data.texts, name: tuple(words)}, aside=rows, order=(*data.names, name))


def renamed(data: Dataset, old: str, new: str) -> Dataset:
    """A copy in which the column *old* is called *new*."""
    check_column(data, old)
    if new == old:
        return data
    _check_new(data, new)

    def name(key: str) -> str:
        return new if key == old else key

    return replace(
        data,
        columns={name(key): column for key, column in data.columns.items()},
        texts={name(key): words for key, words in data.texts.items()},
        aside=tuple(replace(row, cells={name(key): text for key, text in row.cells.items()}) for row in data.aside),
        order=tuple(map(name, data.names)),
        spelling=data.spelling.renamed(old, new),
    )


def without_column(data: Dataset, name: str) -> Dataset:
    """A copy without a column; rows that lacked nothing else are complete again."""
    check_column(data, name)
    columns = {key: column for key, column in data.columns.items() if key != name}
    texts = {key: words for key, words in data.texts.items() if key != name}
    if not columns and not texts:
        return Dataset({}, source=data.source, form=data.form)
    rows = tuple(replace(row, cells={key: t for key, t in row.cells.items() if key != name}) for row in data.aside)
    left = replace(
        data,
        columns=columns,
        texts=texts,
        aside=rows,
        order=tuple(key for key in data.names if key != name),
        spelling=data.spelling.without_columns((name,)),
    )
    return with_asides_completed(left)


def as_words(data: Dataset, name: str) -> Dataset:
    """A copy in which a column of numbers is one of words, written as it was; its gaps set no row aside any more."""
    if name in data.texts:
        return data
    check_column(data, name)
    words = tuple(as_text(data, data.table_row(row), name) for row in range(data.n_rows))
    columns = {key: column for key, column in data.columns.items() if key != name}
    return with_asides_completed(replace(data, columns=columns, texts={**data.texts, name: words}, order=data.names))


def as_numbers(data: Dataset, name: str) -> Dataset:
    """A copy in which a column of words is one of numbers; rows whose word is none are set aside."""
    if name in data.columns:
        return data
    check_column(data, name)
    numbers = [cell_number(word, data.form.decimal) for word in data.texts[name]]
    data = set_all_aside(data, [data.table_row(row) for row, number in enumerate(numbers) if number is None])
    column = Column([number for number in numbers if number is not None])
    texts = {key: words for key, words in data.texts.items() if key != name}
    return replace(data, columns={**data.columns, name: column}, texts=texts, order=data.names)


def _check_new(data: Dataset, name: str) -> None:
    if name in data.columns or name in data.texts:
        raise DatasetError(f"There is already a column {name!r}.")
