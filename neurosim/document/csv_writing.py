"""Writing a table: what was opened and not changed is written byte for byte as it stood in its file."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from neurosim.document.atomic_write import write_atomically
from neurosim.document.csv_decode import SPOKEN
from neurosim.document.csv_spelling import behind, raw_cell
from neurosim.document.table import TableError
from neurosim.engine.column import merged
from neurosim.engine.dataset import Aside, Dataset, Spelling, TableForm
from neurosim.engine.table_form import HEADER
from neurosim.numbers.cells import cell_number, cell_text, float_texts
from neurosim.numbers.exact import Number

_BLOCK = 10_000
_MARKS = {"utf-8": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


def write_table(dataset: Dataset, path: Path, form: TableForm | None = None) -> None:
    """Write *dataset* to *path*, whole or not at all, in its own form and spelling or in another *form*.

    Raises:
        TableError: there is nothing to write, a sign is not in the encoding, or the place refuses.
    """
    data = table_bytes(dataset, form)
    try:
        write_atomically(path, data)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise TableError(f"{path} cannot be written ({reason}); choose another folder or name.") from error


def table_bytes(dataset: Dataset, form: TableForm | None = None) -> bytes:
    """*dataset* as a file in its own form and spelling, or in another *form*.

    Raises:
        TableError: there is nothing to write, or a sign is not in the encoding.
    """
    if not dataset.names:
        raise TableError("There are no data to write: the table has no columns.")
    own = form is None or form == dataset.form
    writer = _Writer(dataset, dataset.form if form is None else form, dataset.spelling if own else Spelling())
    found = bytearray(_MARKS[writer.form.encoding] if writer.form.bom and writer.form.encoding in _MARKS else b"")
    for text in writer.blocks():
        try:
            found += text.encode(writer.form.encoding)
        except UnicodeEncodeError as error:
            sign = text[error.start]
            spoken = SPOKEN[writer.form.encoding]
            raise TableError(f"“{sign}” cannot be written as {spoken}: export the data as UTF-8.") from error
    return bytes(found)


def first_lines(dataset: Dataset, form: TableForm, n_lines: int) -> str:
    """The first lines of the file that ``table_bytes(dataset, form)`` gives, ended by ``"\\n"``.

    Raises:
        TableError: there is nothing to write.
    """
    if not dataset.names:
        raise TableError("There are no data to write: the table has no columns.")
    writer = _Writer(dataset, form, dataset.spelling if form == dataset.form else Spelling())
    text = ""
    for block in writer.blocks():
        text += block.replace("\r\n", "\n").replace("\r", "\n")
        if text.count("\n") >= n_lines:
            break
    return "".join(text.splitlines(keepends=True)[:n_lines])


class _Writer:
    """Writes one table."""

    def __init__(self, dataset: Dataset, form: TableForm, spelling: Spelling) -> None:
        self._data = dataset
        self.form = form
        self._spelling = spelling
        self._last = dataset.n_table_rows - 1

    def blocks(self) -> Iterator[str]:
        """The text, some rows at a time."""
        if self.form.header:
            yield self._header()
        aside, n_rows, done = self._data.aside, self._data.n_rows, 0
        places = [row.place for row in aside]
        for low in range(0, max(n_rows, 1), _BLOCK):
            high = min(low + _BLOCK, n_rows)
            end = len(aside) if high == n_rows else bisect_left(places, high)
            lines = self._complete(low, high)
            if end > done:
                others = [self._aside(aside[index], places[index] + index) for index in range(done, end)]
                lines = merged(lines, [place - low for place in places[done:end]], others)
            yield "".join(self._ended(lines, low + done))
            done = end

    def _header(self) -> str:
        names = self._data.names if self.form.corner else self._data.names[1:]
        raw = []
        for index, name in enumerate(names):
            spelled = self._spelling.cell(HEADER, name)
            raw.append(self._raw(name, word=True, first=index == 0) if spelled is None else spelled)
        return self._line(HEADER, self._joined(raw), self.form.newline)

    def _complete(self, low: int, high: int) -> list[str]:
        """The complete rows from *low* to *high*, without their ends."""
        if low == high:
            return []
        columns = [self._column(name, low, high) for name in self._data.names]
        if self.form.delimiter == " ":
            return [self._joined(row) for row in zip(*columns, strict=True)]
        return list(map(self.form.delimiter.join, zip(*columns, strict=True)))

    def _ended(self, lines: list[str], first: int) -> Iterator[str]:
        if not self._spelling.lines and self._last >= first + len(lines):
            yield self.form.newline.join([*lines, ""])
            return
        for row, line in enumerate(lines, start=first):
            yield self._line(row, line)

    def _column(self, name: str, low: int, high: int) -> list[str]:
        """The raw cells of one column in the complete rows from *low* to *high*."""
        word = name in self._data.texts
        texts = list(self._data.texts[name][low:high]) if word else self._numbers(name, low, high)
        raw = self._all_raw(texts, word, self._is_first(name))
        spelled = self._spelling.cells.get(name)
        if spelled:
            for index, row in enumerate(self._table_rows(low, high)):
                if row in spelled:
                    raw[index] = spelled[row]
        return raw

    def _table_rows(self, low: int, high: int) -> Iterable[int]:
        """Where the complete rows from *low* to *high* stand in the table."""
        if not self._data.aside:
            return range(low, high)
        return map(self._data.table_row, range(low, high))

    def _numbers(self, name: str, low: int, high: int) -> list[str]:
        column, decimal = self._data.columns[name], self.form.decimal
        style = self._spelling.styles.get(name, "")
        if column.numbers is not None:
            return [cell_text(number, decimal, style) for number in column.numbers[low:high]]
        floats = column.floats[low:high].tolist()
        if style:
            return [cell_text(number, decimal, style) for number in floats]
        texts = float_texts(floats)
        return texts if decimal == "." else [text.replace(".", decimal) for text in texts]

    def _all_raw(self, texts: list[str], word: bool, first: bool) -> list[str]:
        form = self.form
        if not (form.padded or form.quoting == "all" or (word and form.quoting == "words") or form.delimiter == " "):
            joined = "".join(texts)
            plain = not any(sign in joined for sign in (form.delimiter, '"', "\n", "\r")) and not (
                word and any(text != text.strip() for text in texts)
            )
            if plain and not self._alone:
                return texts
        return [self._raw(text, word=word, first=first) for text in texts]

    @property
    def _alone(self) -> bool:
        """Whether there is one column only: an empty cell would be no row."""
        return len(self._data.names) == 1

    def _aside(self, aside: Aside, row: int) -> str:
        """A row set aside, without its end."""
        raw = []
        for name in self._data.names[: self._width(aside)]:
            spelled = self._spelling.cell(row, name)
            raw.append(self._aside_cell(aside, name) if spelled is None else spelled)
        if row not in self._spelling.lines:
            raw.extend(self._raw(text, word=False, first=False) for text in aside.beyond)
        return self._joined(raw)

    def _width(self, aside: Aside) -> int:
        """How many cells the row has; all where it has none, for that would be no row."""
        names = self._data.names
        return next((len(names) - i for i, name in enumerate(reversed(names)) if name in aside.cells), len(names))

    def _aside_cell(self, aside: Aside, name: str) -> str:
        text = aside.cells.get(name, "")
        word = name in self._data.texts
        number = None if word else cell_number(text, self._data.form.decimal)
        if number is not None:
            text = self._aside_number(text, number, self._spelling.styles.get(name, ""))
        return self._raw(text, word=word, first=self._is_first(name))

    def _aside_number(self, text: str, number: Number, style: str) -> str:
        """A number in a row set aside, where only its *text* is kept."""
        if number == 0 and text.startswith("-"):
            number = -0.0  # no fraction has this sign
        # In a large table it was read as float64, and as such it may be written otherwise than as a fraction.
        as_float = cell_text(float(number), self._data.form.decimal, style)
        own = self.form.decimal == self._data.form.decimal
        return text if own and text == as_float else cell_text(number, self.form.decimal, style)

    def _raw(self, text: str, *, word: bool, first: bool) -> str:
        return raw_cell(text, self.form, word=word, first=first, alone=self._alone)

    def _is_first(self, name: str) -> bool:
        return self._data.names[0] == name

    def _joined(self, raw: Sequence[str]) -> str:
        return "".join([raw[0], *(behind(cell, self.form) for cell in raw[1:])]) if raw else ""

    def _line(self, row: int, cells: str, usual: str | None = None) -> str:
        ends = self._spelling.lines.get(row)
        if ends is not None:
            after = ends[1]
            if row != self._last and not after.endswith(("\n", "\r")):
                after += self.form.newline  # it was the last one, and others came after it
            return f"{ends[0]}{cells}{after}"
        if usual is None:
            usual = self.form.newline if row != self._last or self.form.final_newline else ""
        return cells + usual


__all__ = ["table_bytes", "write_table"]
