"""Many cells of a table at once, and rows copied: one pass over the table instead of one for each row.

All functions take a ``Dataset`` and return another one; ``table_edits`` has those for single cells and rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from neurosim.engine.aside import Aside
from neurosim.engine.column import Column
from neurosim.engine.dataset import Dataset
from neurosim.engine.errors import DatasetError
from neurosim.engine.table_edits import Cell, check_column, read_cell, with_cells, with_order
from neurosim.engine.table_form import HEADER, Spelling
from neurosim.numbers.cells import cell_number, cell_text
from neurosim.numbers.exact import Number, as_number
from neurosim.records import dataclass, field, replace

FEW = 24
"""Up to so many rows are changed one by one."""


def with_block(data: Dataset, changes: Mapping[int, Mapping[str, Cell]]) -> Dataset:
    """A copy in which the cells of *changes* (table row, column) hold other values.

    Rows behind the last one are new; what is not given in them is missing. A row is set aside or completed by what it
    is given, as by ``with_cells``.

    Raises:
        DatasetError: a column does not exist, a number is not finite, or there is a gap between new rows and old.
    """
    for name in {name for values in changes.values() for name in values}:
        check_column(data, name)
    n = max((row + 1 for row in changes), default=0)
    if any(row < 0 for row in changes) or any(row not in changes for row in range(data.n_table_rows, n)):
        raise DatasetError("New rows go behind the last one, without a gap.")
    given = {
        row: {name: read_cell(data, name, cell) for name, cell in values.items()} for row, values in changes.items()
    }
    if n <= data.n_table_rows and len(changes) <= FEW:
        for row, values in given.items():
            data = with_cells(data, row, values)
        return data
    return _plain(data, given) or _Rebuilding(data, given, n).whole()


def permuted(data: Dataset, order: NDArray[np.intp]) -> Dataset:
    """A copy whose row i is the row ``order[i]`` of this one, in which no row is set aside."""
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    return replace(
        data,
        columns={name: column.taken(order) for name, column in data.columns.items()},
        texts={name: tuple(map(words.__getitem__, order.tolist())) for name, words in data.texts.items()},
        test_rows=tuple(np.sort(place[list(data.test_rows)]).tolist()) if data.test_rows else (),
        spelling=data.spelling.reordered(order.tolist()) if data.spelling else data.spelling,
    )


def with_rows_appended(data: Dataset, rows: Sequence[Mapping[str, Number | str]]) -> Dataset:
    """A copy with complete rows behind the last one; columns that a row does not name get 0, or no word."""
    if not rows:
        return data
    zero = as_number(0)
    columns = {}
    for name, column in data.columns.items():
        added = [value for row in rows if not isinstance(value := row.get(name, zero), str)]
        if column.numbers is not None:
            columns[name] = Column([*column.numbers, *added])
        else:
            columns[name] = Column(np.concatenate((column.floats, [float(value) for value in added])))
    texts = {name: (*words, *(str(row.get(name, "")) for row in rows)) for name, words in data.texts.items()}
    return replace(data, columns=columns, texts=texts)


def with_copies(data: Dataset, table_rows: Iterable[int]) -> Dataset:
    """A copy in which *table_rows* stand a second time, together, behind the last of them."""
    chosen = sorted(set(table_rows))
    if not chosen:
        return data
    after = chosen[-1] + 1
    return taken_in_order(data, [*range(after), *chosen, *range(after, data.n_table_rows)])


def taken_in_order(data: Dataset, order: Sequence[int]) -> Dataset:
    """A copy whose table row i is the table row ``order[i]`` of this one; rows may be left out or taken twice."""
    spelled = data.spelling
    if spelled.cells:
        header = {name: {HEADER: there[HEADER]} for name, there in spelled.cells.items() if HEADER in there}
        moved = {
            name: {new: there[old] for new, old in enumerate(order) if old in there}
            for name, there in spelled.cells.items()
        }
        spelled = Spelling({name: {**header.get(name, {}), **moved[name]} for name in moved}, {})
    elif spelled:
        spelled = Spelling()
    return with_order(data, order, spelled)


def _plain(data: Dataset, given: Mapping[int, Mapping[str, Number | str]]) -> Dataset | None:
    """Numbers and words in complete rows alone: whole columns are written; ``None`` where that is not all of it."""
    places: dict[str, tuple[list[int], list[Number | str]]] = {}
    for table_row, values in given.items():
        row = data.complete_row(table_row) if table_row < data.n_table_rows else None
        if row is None:
            return None
        for name, value in values.items():
            if isinstance(value, str) and name in data.columns:
                return None
            rows, found = places.setdefault(name, ([], []))
            rows.append(row)
            found.append(value)
    columns, texts = dict(data.columns), dict(data.texts)
    for name, (rows, found) in places.items():
        if name in texts:
            words = list(texts[name])
            for row, value in zip(rows, found, strict=True):
                words[row] = str(value)
            texts[name] = tuple(words)
        else:
            columns[name] = _written(columns[name], rows, [value for value in found if not isinstance(value, str)])
    return replace(data, columns=columns, texts=texts, spelling=_unspelled(data.spelling, given))


def _written(column: Column, rows: Sequence[int], values: Sequence[Number]) -> Column:
    if column.numbers is not None:
        numbers = list(column.numbers)
        for row, value in zip(rows, values, strict=True):
            numbers[row] = value
        return Column(numbers)
    floats = column.floats.copy()
    floats[rows] = [float(value) for value in values]
    return Column(floats)


def _unspelled(spelling: Spelling, given: Mapping[int, Mapping[str, object]]) -> Spelling:
    """*spelling* without the cells that are given anew."""
    if not spelling.cells:
        return spelling
    cells = {
        name: {row: text for row, text in rows.items() if row not in given or name not in given[row]}
        for name, rows in spelling.cells.items()
    }
    return Spelling(cells, spelling.lines)


@dataclass
class _Rebuilding:
    """The table anew, row by row: complete ones by their old number or by new values, the others set aside."""

    data: Dataset
    given: Mapping[int, Mapping[str, Number | str]]
    n: int
    source: list[int] = field(default_factory=list)
    numbers: dict[int, Mapping[str, Number]] = field(default_factory=dict)
    words: dict[int, Mapping[str, str]] = field(default_factory=dict)
    asides: list[Aside] = field(default_factory=list)
    tests: list[int] = field(default_factory=list)

    def whole(self) -> Dataset:
        """The table with everything in place."""
        data, tests = self.data, set(self.data.test_rows)
        blank = Aside(0, dict.fromkeys(data.names, ""))
        for table_row in range(max(data.n_table_rows, self.n)):
            old = table_row < data.n_table_rows
            row = data.complete_row(table_row) if old else None
            aside = None if row is not None else data.aside_row(table_row) if old else blank
            values = self.given.get(table_row)
            if values is None:
                if row is None and aside is not None:
                    self._put_aside(aside, aside.cells, aside.test)
                elif row is not None:
                    self._keep(row, row in tests)
            else:
                self._change(row, aside, values, row in tests if aside is None else aside.test)
        return replace(
            data,
            columns={name: self._column(name, column) for name, column in data.columns.items()},
            texts={name: self._texts(name, words) for name, words in data.texts.items()},
            test_rows=tuple(self.tests),
            aside=tuple(self.asides),
            spelling=_unspelled(data.spelling, self.given),
        )

    def _keep(self, row: int, test: bool) -> None:
        if test:
            self.tests.append(len(self.source))
        self.source.append(row)

    def _put_aside(self, like: Aside | None, cells: Mapping[str, str], test: bool) -> None:
        beyond = () if like is None else like.beyond
        self.asides.append(Aside(len(self.source), cells, beyond, test))

    def _change(self, row: int | None, aside: Aside | None, values: Mapping[str, Number | str], test: bool) -> None:
        data, decimal = self.data, self.data.form.decimal
        now: dict[str, Number | str] = {}
        for name in data.names:
            if name in values:
                now[name] = values[name]
            elif row is not None:
                now[name] = data.texts[name][row] if name in data.texts else data.columns[name][row]
            else:
                text = aside.cells.get(name, "") if aside is not None else ""
                number = cell_number(text, decimal) if name in data.columns else None
                now[name] = text if number is None else number
        lacking = any(isinstance(now[name], str) for name in data.columns)
        if lacking or (aside is not None and aside.beyond):
            cells = {
                name: value if isinstance(value, str) else cell_text(value, decimal) for name, value in now.items()
            }
            self._put_aside(aside, cells, test)
            return
        at = len(self.source)
        self.numbers[at] = {n: value for n, value in now.items() if not isinstance(value, str)}
        self.words[at] = {n: value for n, value in now.items() if isinstance(value, str)}
        self._keep(-1, test)

    def _column(self, name: str, column: Column) -> Column:
        if column.numbers is not None:
            old = column.numbers
            return Column([old[row] if row >= 0 else self.numbers[at][name] for at, row in enumerate(self.source)])
        source = np.array(self.source, dtype=np.intp)
        floats = np.zeros(len(source))
        kept = source >= 0
        floats[kept] = column.floats[source[kept]]
        for at, values in self.numbers.items():
            floats[at] = float(values[name])
        return Column(floats)

    def _texts(self, name: str, words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(words[row] if row >= 0 else self.words[at][name] for at, row in enumerate(self.source))
