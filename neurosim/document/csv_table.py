"""Reading CSV, TSV and the like: the layout is found out, good rows are kept, bad cells are named."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from neurosim.document.csv_blocks import read_blocks
from neurosim.document.csv_cells import Reading, build_column, kind_of, looks_numeric
from neurosim.document.csv_layout import Layout, find_layout, split_rows
from neurosim.document.table import MOST_PROBLEMS, Table, TableColumn, TableError, TableProblem
from neurosim.engine.dataset import EXACT_ROWS

LARGEST_FILE = 512 * 1024 * 1024
"""Bytes."""


@dataclass(frozen=True, slots=True)
class _Text:
    text: str
    notes: tuple[str, ...]


def read_table(
    source: str | os.PathLike[str],
    *,
    name: str = "",
    delimiter: str | None = None,
    decimal: str | None = None,
    header: bool | None = None,
) -> Table:
    """The table in a file or in pasted text.

    Args:
        source: a path; or the text itself when it has more than one line.
        name: what to call it; by default the file's name, or "pasted data".
        delimiter, decimal, header: what separates cells, the decimal sign, whether the first line holds names; found
            out from the text when ``None``.

    Raises:
        TableError: the file cannot be read, is empty, or has no rows.
    """
    if isinstance(source, str) and ("\n" in source or "\r" in source):
        called, found = name or "pasted data", _Text(source.removeprefix("\ufeff"), ())
    else:
        path = Path(source)
        called = name or path.name
        found = _decode(_bytes(path, called), called)
    text = found.text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise TableError(f"{called} is empty: there is nothing to read.")
    if "\0" in text:
        raise TableError(f"{called} is no text file: open a CSV file, or save a workbook as CSV first.")
    layout = find_layout(text, delimiter, decimal, header)
    return _fast(text, called, layout, found.notes) or _careful(text, called, layout, found.notes)


def _bytes(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except FileNotFoundError as error:
        raise TableError(f"{path}: there is no such file; check the name and the folder.") from error
    except IsADirectoryError as error:
        raise TableError(f"{path} is a folder: name the file inside it.") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise TableError(f"{path} cannot be read ({reason}); check its permissions.") from error
    if len(data) > LARGEST_FILE:
        raise TableError(f"{name} is larger than {LARGEST_FILE // 2**20} MiB: keep fewer rows in it.")
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise TableError(f"{name} is a workbook, not text: save it as CSV first.")
    return data


def _decode(data: bytes, name: str) -> _Text:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return _Text(data.decode("utf-16"), ("The file was read as UTF-16.",))
        except UnicodeDecodeError as error:
            raise TableError(f"{name} begins like UTF-16 text but is none: save it as UTF-8.") from error
    try:
        return _Text(data.decode("utf-8-sig"), ())
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        note = f"The file is not UTF-8 (first seen in line {line}), so it was read as Latin-1 (Western European)."
        return _Text(data.decode("latin-1"), (note,))


# -- many rows: nothing but numbers --------------------------------------------------------------------------------


def _fast(text: str, name: str, layout: Layout, notes: tuple[str, ...]) -> Table | None:
    """A long table of numbers; ``None`` when it is short, quoted, or a column holds words."""
    start = text.find("\n", layout.start) + 1 if layout.header else layout.start
    body = text[start:].rstrip("\n")
    if body.count("\n") < EXACT_ROWS or '"' in body:
        return None
    reading = Reading(layout.decimal, (*notes, *layout.notes))
    found = read_blocks(body.split("\n"), text.count("\n", 0, start) + 1, layout, reading)
    if found is None or not len(found.lines):
        return None
    floats = np.ascontiguousarray(found.floats.T)
    columns = tuple(
        TableColumn(column, kind_of(values), values, None) for column, values in zip(layout.names, floats, strict=True)
    )
    if any(not column.usable.any() for column in columns):
        return None
    return _table(name, columns, found.lines, reading, found.n_dropped)


def _table(
    name: str,
    columns: tuple[TableColumn, ...],
    lines: NDArray[np.intp],
    reading: Reading,
    n_dropped: int,
) -> Table:
    problems = tuple(sorted(reading.problems, key=lambda problem: problem.line)[:MOST_PROBLEMS])
    return Table(name, columns, lines, problems, reading.count, reading.notes, n_dropped)


# -- careful: cell by cell -----------------------------------------------------------------------------------------


def _careful(text: str, name: str, layout: Layout, notes: tuple[str, ...]) -> Table:
    rows, lines = split_rows(text, layout)
    if layout.header:
        rows, lines = rows[1:], lines[1:]
    if not rows:
        raise TableError(f"{name} has a line of names but no rows of data.")
    reading = Reading(layout.decimal, (*notes, *layout.notes))
    width = len(layout.names)
    kept: list[list[str]] = []
    kept_lines: list[int] = []
    for row, line in zip(rows, lines, strict=True):
        cells = reading.fitting(row, line, width)
        if cells is not None:
            kept.append(cells)
            kept_lines.append(line)
    if not kept:
        raise TableError(f"{name}: no row has as many cells as the first line ({width}).")
    numbers: NDArray[np.intp] = np.array(kept_lines, dtype=np.intp)
    columns = tuple(
        build_column(column, [cell.strip() for cell in cells], kept_lines, reading)
        for column, cells in zip(layout.names, zip(*kept, strict=True), strict=True)
    )
    return _table(name, columns, numbers, reading, len(rows) - len(kept))


__all__ = ["Table", "TableColumn", "TableError", "TableProblem", "looks_numeric", "read_table"]
