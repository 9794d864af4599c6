"""Lines that all have the same cells, as most of a large file have: found by numpy, cut into strings where asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

import numpy as np
from numpy.typing import NDArray

from neurosim.document.csv_block import Block
from neurosim.document.csv_plain import PlainCells, plain_cells
from neurosim.records import dataclass

DELIMITERS = frozenset("\t;,|")
"""What may stand between the cells of regular lines."""
_BLANKS = np.array([sign for sign in range(256) if not chr(sign).strip()], dtype=np.uint8)


class Cells(Sequence[str]):
    """The raw cells of one column of a ``RegularBlock``, and those of them that are plain decimals."""

    __slots__ = ("_ends", "_starts", "_text", "plain")

    def __init__(self, text: str, starts: NDArray[np.intp], ends: NDArray[np.intp], plain: PlainCells) -> None:
        self._text = text
        self._starts = starts
        self._ends = ends
        self.plain = plain

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, row: int) -> str: ...
    @overload
    def __getitem__(self, row: slice) -> list[str]: ...
    def __getitem__(self, row: int | slice) -> str | list[str]:
        if isinstance(row, slice):
            text = self._text
            pairs = zip(self._starts[row].tolist(), self._ends[row].tolist(), strict=True)
            return [text[start:end] for start, end in pairs]
        return self._text[self._starts[row] : self._ends[row]]

    def __iter__(self) -> Iterator[str]:
        for low in range(0, len(self), 256):
            yield from self[low : low + 256]


@dataclass(slots=True, kw_only=True)
class RegularBlock(Block):
    """Rows that are one line each and have one cell for each column.

    Attributes:
        text: the lines.
        signs: the same, a byte for each sign.
        low, high: (n_rows, n_columns): where each cell stands in them.
    """

    text: str
    signs: NDArray[np.uint8]
    low: NDArray[np.intp]
    high: NDArray[np.intp]
    _plain: tuple[str, PlainCells] | None = None

    def head(self, count: int) -> list[list[str]]:
        """The raw cells of the first *count* rows."""
        text = self.text
        pairs = zip(self.low[:count].tolist(), self.high[:count].tolist(), strict=True)
        return [[text[start:end] for start, end in zip(*row, strict=True)] for row in pairs]

    def _drop_first(self) -> None:
        self.low, self.high, self.lines = self.low[1:], self.high[1:], self.lines[1:]
        self._plain = None

    def cells(self, index: int, decimal: str) -> Cells:
        """The cells of one column; *decimal* is the decimal sign of numbers."""
        if self._plain is None or self._plain[0] != decimal:
            found = plain_cells(self.signs, self.low.ravel(), self.high.ravel(), ord(decimal))
            self._plain = decimal, found.shaped(self.low.shape[1])
        return Cells(self.text, self.low[:, index], self.high[:, index], self._plain[1].column(index))


def regular_block(text: str, delimiter: str, newline: str, width: int, line: int) -> RegularBlock | None:
    """The block of *text*: lines without quotation marks that hold something, the first of them line number *line*.

    Args:
        text: its lines all end with *newline*, and no other line end occurs.
        width: how many cells there are for each line.

    Returns:
        None: a line has another number of cells or may be blank, or a sign is beyond Latin-1.
    """
    if delimiter not in DELIMITERS:
        return None
    try:
        signs = np.frombuffer(text.encode("latin-1"), dtype=np.uint8)
    except UnicodeEncodeError:
        return None
    between, last = ord(delimiter), ord(newline[-1])
    ends = np.flatnonzero((signs == between) | (signs == last))
    if not len(ends) or len(ends) % width:
        return None
    grid = ends.reshape(-1, width)
    if (signs[grid[:, -1]] != last).any() or (width > 1 and (signs[grid[:, :-1]] != between).any()):
        return None
    starts = np.empty_like(grid)
    starts.flat[0] = 0
    starts.flat[1:] = ends[:-1] + 1
    grid[:, -1] -= len(newline) - 1
    # A blank line is no row: with one column it has no delimiter, and tabulators between nothing are blank as well.
    if (width == 1 or delimiter == "\t") and np.isin(signs[starts[:, 0]], _BLANKS).any():
        return None
    lines = range(line, line + len(grid))
    return RegularBlock(lines=lines, text=text, signs=signs, low=starts, high=grid)
