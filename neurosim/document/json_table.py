"""What stands beside the numbers of a data set, in JSON: words, rows set aside, the form of the file, spellings.

Everything is optional and written only where it differs from its default.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from neurosim.document.json_values import Value
from neurosim.engine.aside import Aside
from neurosim.engine.dataset import Dataset
from neurosim.engine.table_form import ENCODINGS, HEADER, NEWLINES, QUOTINGS, STYLE, Quoting, Spelling, TableForm
from neurosim.records import dataclass, fields

KEYS = ("texts", "aside", "order", "form", "spelling")
"""The optional keys of a data set that are read and written here."""

_DEFAULT = TableForm()


# -- writing -----------------------------------------------------------------------------------------------------------


def table_json(dataset: Dataset) -> dict[str, Any]:
    """The members of the data set that stand beside its numbers."""
    found: dict[str, Any] = {}
    if dataset.texts:
        found["texts"] = {name: list(words) for name, words in dataset.texts.items()}
    if dataset.aside:
        found["aside"] = [_aside_json(row) for row in dataset.aside]
    if _order_is_needed(dataset):
        found["order"] = list(dataset.names)
    form = {f.name: v for f in fields(TableForm) if (v := getattr(dataset.form, f.name)) != getattr(_DEFAULT, f.name)}
    if form:
        found["form"] = form
    if dataset.spelling:
        found["spelling"] = _spelling_json(dataset.spelling)
    return found


def _order_is_needed(dataset: Dataset) -> bool:
    # Words are written as an object whose keys are sorted, so their order stands here too.
    return bool(dataset.order) or list(dataset.texts) != sorted(dataset.texts)


def _aside_json(row: Aside) -> dict[str, Any]:
    found: dict[str, Any] = {"place": row.place, "cells": dict(row.cells)}
    if row.beyond:
        found["beyond"] = list(row.beyond)
    if row.test:
        found["test"] = True
    return found


def _spelling_json(spelling: Spelling) -> dict[str, Any]:
    cells = {name: {str(row): text for row, text in rows.items()} for name, rows in spelling.cells.items()}
    lines = {str(row): list(ends) for row, ends in spelling.lines.items()}
    return {key: part for key, part in (("cells", cells), ("lines", lines), ("styles", dict(spelling.styles))) if part}


# -- reading -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Beside:
    """The arguments of a ``Dataset`` beside its numbers, and how many complete rows it has."""

    texts: Mapping[str, tuple[str, ...]]
    aside: tuple[Aside, ...]
    order: tuple[str, ...]
    form: TableForm
    spelling: Spelling
    n_rows: int


def read_beside(found: Mapping[str, Value], columns: Sequence[str], n_rows: int | None) -> Beside:
    """What stands beside the *columns* of *n_rows* numbers (``None`` without columns) in the members *found*.

    Raises:
        FaultError: something in it cannot be used.
    """
    texts: dict[str, tuple[str, ...]] = {}
    if "texts" in found:
        texts, n_rows = _texts(found["texts"], columns, n_rows)
    names = (*columns, *texts)
    order = _order(found["order"], names) if "order" in found else ()
    if order and texts:
        texts = {name: texts[name] for name in order if name in texts}
    aside = _asides(found["aside"], order or names, n_rows or 0) if "aside" in found else ()
    form = _form(found["form"]) if "form" in found else _DEFAULT
    n_table = (n_rows or 0) + len(aside)
    spelling = _spelling(found["spelling"], names, n_table) if "spelling" in found else Spelling()
    return Beside(texts, aside, order, form, spelling, n_rows or 0)


def _texts(value: Value, columns: Sequence[str], n_rows: int | None) -> tuple[dict[str, tuple[str, ...]], int | None]:
    texts: dict[str, tuple[str, ...]] = {}
    for name, item in value.mapping().items():
        if name in columns:
            item.fail("a column of numbers has the same name", "give each column its own")
        words = item.raw_list()
        for cell in item.items() if set(map(type, words)) - {str} or not "".join(words).isascii() else ():
            cell.text()
        if n_rows is not None and len(words) != n_rows:
            item.fail(f"it has {len(words)} rows, and the others have {n_rows}", "give every column the same length")
        n_rows = len(words)
        texts[name] = tuple(words)
    return texts, n_rows


def _order(value: Value, names: Sequence[str]) -> tuple[str, ...]:
    order = tuple(item.choice(names) for item in value.items())
    if len(order) != len(names) or len(set(order)) != len(names):
        value.fail("it does not name each column once", f"write the {len(names)} names in some order")
    return order


def _asides(value: Value, names: Sequence[str], n_rows: int) -> tuple[Aside, ...]:
    rows: list[Aside] = []
    for item in value.items():
        found = item.members(("place", "cells"), ("beyond", "test"))
        place = found["place"].integer(0)
        if place > n_rows:
            found["place"].fail(f"{place} is too large", f"write {n_rows} or less: the row stands before this one")
        if rows and place < rows[-1].place:
            found["place"].fail("the rows are not in their order", "sort them by their place")
        cells = {}
        for name, cell in found["cells"].mapping().items():
            if name not in names:
                cell.fail("there is no such column", f"name one of {', '.join(names)}")
            cells[name] = cell.text()
        in_order = {name: cells[name] for name in names if name in cells}
        beyond = tuple(cell.text() for cell in found["beyond"].items()) if "beyond" in found else ()
        rows.append(Aside(place, in_order, beyond, found["test"].flag() if "test" in found else False))
    return tuple(rows)


def _form(value: Value) -> TableForm:
    found = value.members((), tuple(f.name for f in fields(TableForm)))
    delimiter = found["delimiter"].text() if "delimiter" in found else _DEFAULT.delimiter
    if len(delimiter) != 1 or delimiter in '"\r\n':
        found["delimiter"].fail(
            f"{found['delimiter'].shown()} cannot stand between cells", "write one sign such as a comma"
        )
    return TableForm(
        delimiter=delimiter,
        decimal=found["decimal"].choice((".", ",")) if "decimal" in found else _DEFAULT.decimal,
        encoding=found["encoding"].choice(ENCODINGS) if "encoding" in found else _DEFAULT.encoding,
        bom=_flag(found, "bom"),
        newline=found["newline"].choice(NEWLINES) if "newline" in found else _DEFAULT.newline,
        header=_flag(found, "header"),
        quoting=cast(Quoting, found["quoting"].choice(QUOTINGS)) if "quoting" in found else _DEFAULT.quoting,
        final_newline=_flag(found, "final_newline"),
        padded=_flag(found, "padded"),
        corner=_flag(found, "corner"),
    )


def _flag(found: Mapping[str, Value], key: str) -> bool:
    return found[key].flag() if key in found else bool(getattr(_DEFAULT, key))


def _spelling(value: Value, names: Sequence[str], n_table: int) -> Spelling:
    found = value.members((), ("cells", "lines", "styles"))
    cells: dict[str, dict[int, str]] = {}
    for name, rows in (found["cells"].mapping() if "cells" in found else {}).items():
        if name not in names:
            rows.fail("there is no such column", f"name one of {', '.join(names)}")
        cells[name] = {_row(key, item, n_table): item.text() for key, item in rows.mapping().items()}
    lines: dict[int, tuple[str, str]] = {}
    for key, item in (found["lines"].mapping() if "lines" in found else {}).items():
        ends = item.items()
        if len(ends) != 2:
            item.fail("a line has two ends", "write what stands before it and after it")
        lines[_row(key, item, n_table)] = (ends[0].text(), ends[1].text())
    styles: dict[str, str] = {}
    for name, item in (found["styles"].mapping() if "styles" in found else {}).items():
        if name not in names:
            item.fail("there is no such column", f"name one of {', '.join(names)}")
        styles[name] = item.text()
        if STYLE.fullmatch(styles[name]) is None:
            item.fail(f"{item.shown()} is no format of numbers", "write one such as .2f or .6e")
    return Spelling(cells, lines, styles)


def _row(key: str, item: Value, n_table: int) -> int:
    if not (key.removeprefix("-").isdecimal() and key.isascii() and HEADER <= int(key) < n_table):
        item.fail(
            f"there is no row {key}", f"rows are counted from 0, and there are {n_table}; -1 is the line of names"
        )
    return int(key)
