"""Long tables of numbers, block by block: numpy reads all but those with a bad row, which are read cell by cell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from neurosim.document.csv_cells import Reading, plain_float, read_number
from neurosim.document.csv_layout import Layout, split_rows
from neurosim.engine.dataset import FloatArray

BLOCK = 10_000
"""Lines."""

_PATIENCE = 8
"""After so many bad blocks, more bad than good ones mean that a column holds words."""


@dataclass(frozen=True)
class Blocks:
    """``floats`` (n_rows, n_columns), NaN where a cell is no number; ``lines`` (n_rows,); rows dropped whole."""

    floats: FloatArray
    lines: NDArray[np.intp]
    n_dropped: int


def read_blocks(body: list[str], first_line: int, layout: Layout, reading: Reading) -> Blocks | None:
    """The rows of *body*, lines without quotation marks of which the first is *first_line* of the file.

    ``None`` when so many blocks have something else than numbers that a column must hold words.
    """
    floats: list[FloatArray] = []
    lines: list[NDArray[np.intp]] = []
    bad = dropped = 0
    for start in range(0, len(body), BLOCK):
        block = body[start : start + BLOCK]
        line = first_line + start
        values = _plain(block, layout)
        if values is not None:
            floats.append(values)
            lines.append(np.arange(line, line + len(block)))
            continue
        bad += 1
        if bad > _PATIENCE and bad > len(floats) / 2:
            return None
        careful = _careful(block, line, layout, reading)
        floats.append(careful.floats)
        lines.append(careful.lines)
        dropped += careful.n_dropped
    return Blocks(np.concatenate(floats), np.concatenate(lines), dropped)


def _plain(block: list[str], layout: Layout) -> FloatArray | None:
    """A block in which every cell of every line is a finite number."""
    if layout.decimal == ",":
        text = "\n".join(block)
        if "." in text:
            return None
        block = text.replace(",", ".").split("\n")
    if not all(block):  # numpy would pass over a blank line without a word
        return None
    try:
        values = np.loadtxt(block, delimiter=layout.delimiter, comments=None, ndmin=2)
    except ValueError:
        return None
    whole = values.shape == (len(block), len(layout.names)) and bool(np.isfinite(values).all())
    return values if whole else None


def _careful(block: list[str], first_line: int, layout: Layout, reading: Reading) -> Blocks:
    rows, lines = split_rows("\n".join(block), layout)
    floats: list[list[float]] = []
    kept: list[int] = []
    for row, number in zip(rows, lines, strict=True):
        line = first_line + number - 1
        cells = reading.fitting(row, line, len(layout.names))
        if cells is None:
            continue
        kept.append(line)
        floats.append([_float(cell.strip(), i, line, layout, reading) for i, cell in enumerate(cells)])
    values = np.array(floats, dtype=np.float64).reshape(len(kept), len(layout.names))
    return Blocks(values, np.array(kept, dtype=np.intp), len(rows) - len(kept))


def _float(cell: str, column: int, line: int, layout: Layout, reading: Reading) -> float:
    value = plain_float(cell, layout.decimal)
    if value is not None:
        return value
    number = read_number(cell, layout.names[column], line, reading)
    return np.nan if number is None else float(number)
