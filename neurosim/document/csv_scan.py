"""Cutting the text of a table into rows of raw cells, so that putting them together again gives the same text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from neurosim.document.csv_block import Block, RawBlock
from neurosim.document.csv_regular import RegularBlock, regular_block

BLOCK = 10_000
"""Rows that are read at a time."""
_CHUNK = 1 << 18
_NEWLINE = re.compile(r"\r\n|\n|\r")
_LINE = re.compile(r"([^\r\n]*+)(\r\n|\n|\r|\Z)")
_SPACED = re.compile(r'[ \t]*+(?:"[^"]*+(?:""[^"]*+)*+"[^ \t]*+|[^ \t]++)')


def usual_newline(text: str) -> str:
    """The line end that occurs most often; ``"\\n"`` when there is none."""
    if "\r" not in text:
        return "\n"
    pairs = text.count("\r\n")
    counts = {"\n": text.count("\n") - pairs, "\r\n": pairs, "\r": text.count("\r") - pairs}
    return max(counts, key=lambda newline: counts[newline])


def scan(text: str, delimiter: str | None, quoted: bool, newline: str, width: int | None = None) -> Iterator[Block]:
    """The rows of *text*, block by block; lines with nothing in them become margins.

    Args:
        delimiter: one sign; ``None`` for runs of spaces.
        quoted: whether quotation marks hold cells together.
        newline: what usually ends a line.
        width: how many cells most lines of a large file have, which are then read at once where they do.
    """
    end = _end_of_rows(text)
    gatherer = _Gatherer(delimiter or " ", newline, text[end:])
    text = text[:end]
    if delimiter is None:
        yield from gatherer.gather(_spaced(text))
    else:
        # Behind the last quotation mark, often that of a name in the first line, no cell is held together by any.
        cut = _behind_quotes(text, newline) if quoted else 0
        if not _only(text, newline, cut):
            cut = len(text)
        yield from gatherer.gather(_row_by_row(text[:cut], delimiter, quoted))
        yield from gatherer.gather_lines(_chunks(text, newline, cut), width)
    yield gatherer.last()


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


def _behind_quotes(text: str, newline: str) -> int:
    """Where the first line begins that has no quotation mark in it or behind it."""
    end = text.find(newline, text.rfind('"'))
    return len(text) if end < 0 else end + len(newline)


def _only(text: str, newline: str, start: int) -> bool:
    """Whether *newline* is the only kind of line end in *text* from *start* on."""
    if newline == "\r\n":
        return text.count("\r\n", start) == text.count("\n", start) == text.count("\r", start)
    return text.find("\r" if newline == "\n" else "\n", start) < 0


# -- where rows are lines ----------------------------------------------------------------------------------------------


def _chunks(text: str, newline: str, start: int) -> Iterator[str]:
    """*text* from *start* on, some lines at a time, each with its line end; if the last lacks it, it comes alone."""
    while start < len(text):
        end = text.find(newline, start + _CHUNK)
        if end < 0:
            end = text.rfind(newline, start)
        if end < 0:
            yield text[start:]
            return
        yield text[start : end + len(newline)]
        start = end + len(newline)


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
        self._raw = RawBlock()
        self._block: Block = self._raw

    def gather(self, rows: Iterator[_Row]) -> Iterator[Block]:
        """Take *rows*; gives the blocks that are full."""
        for row, end, lines in rows:
            if len(self._block) >= BLOCK:
                yield self._taken()
            self._add(row, end)
            self._line += lines

    def gather_lines(self, chunks: Iterator[str], width: int | None) -> Iterator[Block]:
        """Take lines without quotation marks; gives the blocks that are full."""
        for chunk in chunks:
            regular = self._regular(chunk, width)
            ended = regular is not None or self._block is not self._raw or len(self._block) >= BLOCK
            if ended and len(self._block):
                yield self._taken()
            if regular is None:
                self._add_lines(chunk)
            else:
                self._block = regular
                self._line += len(regular)

    def last(self) -> Block:
        """The last block, with what stands behind its last row."""
        block = self._block
        if self._tail and len(block):
            last = len(block) - 1
            before, after = block.ends(last, self._newline)
            block.margins[last] = (before, after + self._tail)
        return block

    def _taken(self) -> Block:
        """The rows gathered so far."""
        found = self._block
        self._block = self._raw = RawBlock()
        return found

    def _regular(self, chunk: str, width: int | None) -> RegularBlock | None:
        if width is None or self._pending or not chunk.endswith(self._newline):
            return None
        return regular_block(chunk, self._delimiter, self._newline, width, self._line)

    def _add_lines(self, chunk: str) -> None:
        *lines, rest = chunk.split(self._newline)
        if not self._pending and all(map(str.strip, lines)):
            delimiter = self._delimiter
            self._raw.rows.extend([line.split(delimiter) for line in lines])
            self._raw.lines.extend(range(self._line, self._line + len(lines)))
            self._line += len(lines)
        else:
            for line in lines:
                self._add(line.split(self._delimiter), self._newline)
                self._line += 1
        if rest:
            self._add(rest.split(self._delimiter), "")

    def _add(self, row: list[str], end: str) -> None:
        if (len(row) == 1 or self._delimiter == "\t") and not any(map(str.strip, row)):
            self._pending += self._delimiter.join(row) + end
            return
        if self._pending or end not in (self._newline, ""):
            self._raw.margins[len(self._raw.rows)] = (self._pending, end)
            self._pending = ""
        self._raw.rows.append(row)
        self._raw.lines.append(self._line)
        self._raw.unended = not end
