"""Cutting the text of a table into rows of raw cells, so that putting them together again gives the same text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

BLOCK = 10_000
"""Rows that are read at a time."""
_CHUNK = 1 << 18
_NEWLINE = re.compile(r"\r\n|\n|\r")
_LINE = re.compile(r"([^\r\n]*+)(\r\n|\n|\r|\Z)")
_SPACED = re.compile(r'[ \t]*+(?:"[^"]*+(?:""[^"]*+)*+"[^ \t]*+|[^ \t]++)')


@dataclass(slots=True)
class RawBlock:
    """Some rows of a table as they stand in the file.

    Attributes:
        rows: their raw cells, spaces and quotation marks included.
        lines: the line of the file (from 1) in which each begins.
        margins: index in ``rows`` to what stands before its first cell and after its last one, where that is not
            nothing and one line end; the last line of a file may lack it.
        unended: whether the last row has no line end.
    """

    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    margins: dict[int, tuple[str, str]] = field(default_factory=dict)
    unended: bool = False

    def ends(self, row: int, newline: str) -> tuple[str, str]:
        """What stands around *row* where a line usually ends with *newline*."""
        usual = "" if self.unended and row == len(self.rows) - 1 else newline
        return self.margins.get(row, ("", usual))


def usual_newline(text: str) -> str:
    """The line end that occurs most often; ``"\\n"`` when there is none."""
    pairs = text.count("\r\n")
    counts = {"\n": text.count("\n") - pairs, "\r\n": pairs, "\r": text.count("\r") - pairs}
    return max(counts, key=lambda newline: counts[newline])


def scan(text: str, delimiter: str | None, quoted: bool, newline: str) -> Iterator[RawBlock]:
    """The rows of *text*, block by block; lines with nothing in them become margins.

    Args:
        delimiter: one sign; ``None`` for runs of spaces.
        quoted: whether quotation marks hold cells together.
        newline: what usually ends a line.
    """
    end = _end_of_rows(text)
    gatherer = _Gatherer(delimiter or " ", newline, text[end:])
    if delimiter is None:
        found = _spaced(text[:end])
    elif quoted or not _only(text, newline):
        found = _row_by_row(text[:end], delimiter, quoted)
    else:
        yield from gatherer.gather_lines(_chunks(text[:end], newline))
        return
    yield from gatherer.gather(found)


def unquoted(raw: str) -> str:
    """What a raw cell holds, if quotation marks hold cells together; line ends in it become ``"\\n"``."""
    text = raw.strip()
    if not text.startswith('"'):
        return text
    at = 1
    while True:
        at = text.find('"', at)
        if at < 0:
            return text
        if not text.startswith('""', at):
            break
        at += 2
    inside = text[1:at].replace('""', '"') + text[at + 1 :]
    return _NEWLINE.sub("\n", inside).strip()


def _end_of_rows(text: str) -> int:
    """Where the last line that holds something ends, its line end included."""
    last = len(text.rstrip())
    match = _NEWLINE.search(text, last)
    return match.end() if match else len(text)


def _only(text: str, newline: str) -> bool:
    """Whether *newline* is the only kind of line end in *text*."""
    if newline == "\r\n":
        return text.count("\r\n") == text.count("\n") == text.count("\r")
    return ("\r" if newline == "\n" else "\n") not in text


# -- where rows are lines ----------------------------------------------------------------------------------------------


def _chunks(text: str, newline: str) -> Iterator[list[str]]:
    """The lines of *text*, some at a time; the last is empty when the text ends with a line end."""
    start = 0
    while start + _CHUNK < len(text):
        end = text.find(newline, start + _CHUNK)
        if end < 0 or end + len(newline) >= len(text):
            break
        yield text[start:end].split(newline)
        start = end + len(newline)
    yield text[start:].split(newline)


# -- where they may not be ---------------------------------------------------------------------------------------------

_Row = tuple[list[str], str, int]
"""Raw cells, the line end, and how many lines it takes."""


def _row_by_row(text: str, delimiter: str, quoted: bool) -> Iterator[_Row]:
    sign = re.escape(delimiter)
    plain = rf"[^{sign}\r\n]*+"
    cell = rf' *+"[^"]*+(?:""[^"]*+)*+"{plain}|{plain}' if quoted else plain
    match = re.compile(rf"({cell})({sign}|\r\n|\n|\r|\Z)").match
    at = start = 0
    row: list[str] = []
    while at < len(text) or row:
        found = match(text, at)
        if found is None:  # a plain cell matches everywhere
            break
        row.append(found[1])
        at = found.end()
        if found[2] == delimiter:
            continue
        inner = quoted and '"' in text[start:at]
        yield row, found[2], len(_NEWLINE.findall(text, start, at)) if inner and found[2] else 1
        row, start = [], at


def _spaced(text: str) -> Iterator[_Row]:
    for found in _LINE.finditer(text):
        if not found[0]:
            break
        cells = _SPACED.findall(found[1])
        used = sum(map(len, cells))
        # A single space is what usually stands before a cell that is not the first.
        raw = [
            cell[1:] if index and cell[0] == " " and cell[1:2] not in (" ", "\t") else cell
            for index, cell in enumerate(cells)
        ]
        yield raw or [found[1]], found[1][used:] + found[2] if raw else found[2], 1


# -- putting rows into blocks ------------------------------------------------------------------------------------------


class _Gatherer:
    """Collects rows into blocks and what stands around them into margins."""

    def __init__(self, delimiter: str, newline: str, tail: str) -> None:
        self._delimiter = delimiter
        self._newline = newline
        self._tail = tail
        self._line = 1
        self._pending = ""
        self._block = RawBlock()

    def gather(self, rows: Iterator[_Row]) -> Iterator[RawBlock]:
        """The blocks of *rows*."""
        for row, end, lines in rows:
            if len(self._block.rows) >= BLOCK:
                yield self._block
                self._block = RawBlock()
            self._add(row, end)
            self._line += lines
        yield self._last()

    def gather_lines(self, chunks: Iterator[Sequence[str]]) -> Iterator[RawBlock]:
        """The blocks of lines without quotation marks."""
        waiting: Sequence[str] | None = None
        for lines in chunks:
            if waiting is not None:
                yield from self._add_lines(waiting)
            waiting = lines
        # The last line has no line end, or is the nothing behind the last line end.
        *lines, rest = waiting or [""]
        yield from self._add_lines(lines)
        if rest:
            self._add(rest.split(self._delimiter), "")
        yield self._last()

    def _add_lines(self, lines: Sequence[str]) -> Iterator[RawBlock]:
        if len(self._block.rows) >= BLOCK:
            yield self._block
            self._block = RawBlock()
        if not self._pending and all(map(str.strip, lines)):
            delimiter = self._delimiter
            self._block.rows.extend([line.split(delimiter) for line in lines])
            self._block.lines.extend(range(self._line, self._line + len(lines)))
            self._line += len(lines)
            return
        for line in lines:
            self._add(line.split(self._delimiter), self._newline)
            self._line += 1

    def _add(self, row: list[str], end: str) -> None:
        if (len(row) == 1 or self._delimiter == "\t") and not any(map(str.strip, row)):
            self._pending += self._delimiter.join(row) + end
            return
        if self._pending or end not in (self._newline, ""):
            self._block.margins[len(self._block.rows)] = (self._pending, end)
            self._pending = ""
        self._block.rows.append(row)
        self._block.lines.append(self._line)
        self._block.unended = not end

    def _last(self) -> RawBlock:
        block = self._block
        if self._tail and block.rows:
            last = len(block.rows) - 1
            before, after = block.ends(last, self._newline)
            block.margins[last] = (before, after + self._tail)
        return block
