"""How a table is laid out: what separates its cells and its decimals, and whether its first line holds names."""

from __future__ import annotations

from collections import Counter

from neurosim.document.csv_scan import scan, unquoted
from neurosim.numbers.cells import is_missing, looks_numeric
from neurosim.records import dataclass

_SAMPLE_LINES = 200
_SAMPLE_CHARACTERS = 200_000
_DELIMITERS = ("\t", ";", ",", "|")


@dataclass(frozen=True, slots=True)
class Layout:
    """How to read a table.

    Attributes:
        delimiter: the sign between cells; ``None`` stands for runs of spaces.
        decimal: "." or ",".
        header: whether the first line that is not blank holds the names.
        names: of the columns, all different.
        corner: whether the line of names has one for the first column.
        quoted: whether quotation marks hold cells together.
        notes: choices made, as sentences.
    """

    delimiter: str | None
    decimal: str
    header: bool
    names: tuple[str, ...]
    corner: bool
    quoted: bool
    notes: tuple[str, ...]


def find_layout(
    text: str, delimiter: str | None = None, decimal: str | None = None, header: bool | None = None
) -> Layout:
    """The layout of *text*, found out from its first lines where it is not given."""
    start = len(text) - len(text.lstrip())
    start = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    sample = "\n".join(text[start : start + _SAMPLE_CHARACTERS].splitlines()[:_SAMPLE_LINES])
    notes: list[str] = []
    # Where they do not pair up, one of them is a part of its cell, and nobody knows which.
    quoted = '"' in text and text.count('"') % 2 == 0
    if '"' in text and not quoted:
        notes.append("A quotation mark is opened and never closed, so quotation marks were read as part of the cells.")
    separator = delimiter if delimiter is not None else _delimiter(sample, quoted)
    rows = _rows(sample, separator or None, quoted)
    body = rows[1:] if len(rows) > 1 else rows
    sign = decimal or _decimal(body, separator)
    if decimal is None and sign == ",":
        notes.append("Commas were read as decimal signs (1,5 is 1.5).")
    has_header = _is_header(rows[0], body, sign) if header is None else header
    corner = not (has_header and _lacks_corner(rows[0], body))
    if not corner:
        rows[0] = ["rows", *rows[0]]
        notes.append("The line of names is one cell short, so the first column was named rows.")
    names = _header_names(rows[0], notes) if has_header else _invented_names(_usual_width(rows))
    if not has_header:
        shown = ", ".join(names[:4]) + (", ..." if len(names) > 4 else "")
        notes.append(f"The first line holds numbers, so the columns were named {shown}.")
    return Layout(separator or None, sign, has_header, names, corner, quoted, tuple(notes))


def _rows(text: str, delimiter: str | None, quoted: bool) -> list[list[str]]:
    """The cells of each line that holds something."""
    rows = [row for block in scan(text, delimiter, quoted, "\n") for row in block.head(len(block))]
    return [[unquoted(cell) if quoted else cell.strip() for cell in row] for row in rows]


def _delimiter(sample: str, quoted: bool) -> str:
    """The sign that cuts most lines into the same number (above one) of cells; "" for spaces or a single column."""
    best, best_score = "", 0.0
    for candidate in _DELIMITERS:
        if candidate not in sample:
            continue
        widths = Counter(map(len, _rows(sample, candidate, quoted)))
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
        score = count / widths.total() if width > 1 else 0.0
        # 1,5;2,5: the semicolon comes first, and the comma must do clearly better to win.
        if score > best_score + (0.2 if best else 0.0):
            best, best_score = candidate, score
    if best:
        return best
    rows = _rows(sample, None, quoted)
    widths = Counter(map(len, rows))
    width, count = widths.most_common(1)[0]
    numeric = sum(any(looks_numeric(cell) for cell in row) for row in rows)
    return "" if width > 1 and count > len(rows) / 2 and numeric > len(rows) / 2 else ","


def _decimal(rows: list[list[str]], delimiter: str) -> str:
    cells = [cell.strip() for row in rows for cell in row]
    commas = sum("," in cell and looks_numeric(cell, ",") for cell in cells)
    points = sum("." in cell and looks_numeric(cell, ".") for cell in cells)
    if delimiter == "," and commas < len(cells) / 4:
        return "."
    return "," if commas > points else "."


def _is_header(first: list[str], body: list[list[str]], decimal: str) -> bool:
    """Whether the first row holds names: it has a word where the rows below have numbers, or words throughout."""
    if all(looks_numeric(cell, decimal) for cell in first):
        return False
    words = [not looks_numeric(cell, decimal) and not is_missing(cell) for cell in first]
    if not any(words):
        return False
    if all(words) or not body or body[0] is first:
        return True
    width = len(first)
    for index, is_word in enumerate(words):
        below = [row[index].strip() for row in body if len(row) == width]
        if is_word and below and sum(looks_numeric(cell, decimal) for cell in below) > len(below) / 2:
            return True
    return False


def _lacks_corner(first: list[str], body: list[list[str]]) -> bool:
    """Whether the rows begin with a row name that the line of names has no cell for, as R writes tables."""
    wider = [row for row in body if len(row) == len(first) + 1 and row[-1].strip()]
    return len(wider) > len(body) / 2


def _usual_width(rows: list[list[str]]) -> int:
    return Counter(len(row) for row in rows).most_common(1)[0][0]


def _header_names(cells: list[str], notes: list[str]) -> tuple[str, ...]:
    names: list[str] = []
    for number, cell in enumerate(cells, start=1):
        wanted = " ".join(cell.split())
        name = wanted or f"column {number}"
        count = 2
        while name in names:
            name = f"{wanted or 'column'} {count}"
            count += 1
        if name != wanted:
            why = f'the name "{wanted}" occurs twice' if wanted else "it has no name"
            notes.append(f"Column {number} was named {name}, because {why}.")
        names.append(name)
    return tuple(names)


def _invented_names(width: int) -> tuple[str, ...]:
    """x and y for two columns; x1, x2, ... and y for more."""
    if width == 1:
        return ("x",)
    return ("x", "y") if width == 2 else (*(f"x{number}" for number in range(1, width)), "y")
