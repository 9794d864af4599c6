"""Markdown read by markdown-it-py into the text of a lesson; what a lesson has no place for is a mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from neurosim.lessons.faults import Faults
from neurosim.lessons.mathtext import MathError, read_math
from neurosim.lessons.text import Bullets, Display, LiveNumber, Maths, Paragraph, Span, Spans, Table, Words, live_of

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_LIVE = re.compile(r"\$([^$\n]+)\$|\{([^{}\n]+)\}")
_NO_PLACE = {
    "html_block": "HTML",
    "html_inline": "HTML",
    "image": "a picture",
    "link_open": "a link",
    "blockquote_open": "a quotation",
    "hr": "a line across",
}


def parser() -> MarkdownIt:
    """CommonMark with tables. ``$...$`` and ``{...}`` are kept from Markdown's own signs by ``protected``."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table")


_KEPT = "\ue000"


class Protected:
    """A text in which formulas and live numbers are hidden from Markdown, whose ``_`` and ``*`` mean something else."""

    def __init__(self, text: str) -> None:
        self._pieces: list[str] = []
        self.text = _LIVE.sub(self._hide, text)

    def _hide(self, found: re.Match[str]) -> str:
        self._pieces.append(found[0])
        return f"{_KEPT}{len(self._pieces) - 1}{_KEPT}"

    def parts(self, text: str) -> Iterator[str]:
        """*text* cut into words and the formulas and numbers that were hidden in it."""
        for index, part in enumerate(text.split(_KEPT)):
            if index % 2:
                yield self._pieces[int(part)]
            elif part:
                yield part


def read_spans(text: str, line: int, faults: Faults) -> Spans:
    """One run of text, such as an option or a hint."""
    protected = Protected(text.strip())
    tokens = parser().parseInline(protected.text)
    return _Spans(protected, line, faults).of(tokens[0].children or [])


def read_blocks(text: str, line: int, faults: Faults) -> list[Paragraph | Bullets | Table | Display]:
    """Paragraphs, lists and tables; *line* is that of the first line of *text*."""
    return _Blocks(text, line, faults).read()


class _Spans:
    def __init__(self, protected: Protected, line: int, faults: Faults) -> None:
        self._protected = protected
        self._line = line
        self._faults = faults

    def of(self, tokens: list[Token]) -> Spans:
        found: list[Span] = []
        bold = italic = 0
        for token in tokens:
            if token.type == "text":
                for part in self._protected.parts(token.content):
                    span = self._special(part) if part[0] in "${" else Words(part, bold > 0, italic > 0)
                    if isinstance(span, Words):
                        self._check_words(span.text)
                    if span is not None:
                        found.append(span)
            elif token.type == "code_inline":
                found.append(Words("".join(self._protected.parts(token.content)), code=True))
            elif token.type in {"softbreak", "hardbreak"}:
                found.append(Words(" "))
            elif token.type in {"strong_open", "strong_close"}:
                bold += token.nesting
            elif token.type in {"em_open", "em_close"}:
                italic += token.nesting
            elif token.type in _NO_PLACE:
                what = _NO_PLACE[token.type]
                self._faults.add(self._line, f"{what} has no place in a lesson", "write it in words")
        return tuple(found)

    def _check_words(self, text: str) -> None:
        """What opens a formula or a live number and is left over in running text has lost its partner."""
        if "$" in text:
            self._faults.add(self._line, 'a "$" without its partner', "write a formula between two $ on one line")
        if "{" in text or "}" in text:
            which, other = ("{", "}") if "{" in text else ("}", "{")
            self._faults.add(self._line, f'a "{which}" without its "{other}"', "write a live number as {loss}")

    def _special(self, part: str) -> Span | None:
        if part.startswith("$") and part.endswith("$") and len(part) > 2:
            try:
                return Maths(read_math(part[1:-1]))
            except MathError as error:
                self._faults.add(self._line, str(error), "see the list of signs in docs/writing-lessons.md")
                return None
        if part.startswith("{") and part.endswith("}"):
            return self._live(part)
        return Words(part)

    def _live(self, part: str) -> LiveNumber | None:
        try:
            return live_of(part)
        except ValueError as error:
            self._faults.add(self._line, str(error), "write exact, decimal, both or over N after the bar")
            return None


class _Blocks:
    def __init__(self, text: str, line: int, faults: Faults) -> None:
        self._first = line
        self._faults = faults
        self._protected = Protected(text)
        self._tokens = parser().parse(self._protected.text)
        self._at = 0

    def read(self) -> list[Paragraph | Bullets | Table | Display]:
        found: list[Paragraph | Bullets | Table | Display] = []
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            line = self._line(token)
            if token.type == "paragraph_open":
                found.append(_paragraph(self._inline(self._at + 1)))
                self._at += 3
            elif token.type in {"bullet_list_open", "ordered_list_open"}:
                found.append(self._list(token))
            elif token.type == "table_open":
                found.append(self._table())
            elif token.type == "heading_open":
                self._faults.add(line, "a heading inside a page", "begin another page with # or write a bold line")
                self._at += 3
            elif token.type in _NO_PLACE:
                self._faults.add(line, f"{_NO_PLACE[token.type]} has no place in a lesson", "write it in words")
                self._at += 1
            elif token.type == "code_block":
                self._faults.add(line, "a line that is moved in by four spaces", "begin it at the left")
                self._at += 1
            else:
                self._at += 1
        return found

    def _line(self, token: Token) -> int:
        return self._first + (token.map[0] if token.map else 0)

    def _inline(self, at: int) -> Spans:
        token = self._tokens[at]
        return _Spans(self._protected, self._line(token), self._faults).of(token.children or [])

    def _list(self, opening: Token) -> Bullets:
        items: list[Spans] = []
        depth = 0
        numbered = opening.type == "ordered_list_open"
        while True:
            token = self._tokens[self._at]
            if token.type.endswith("_list_open"):
                depth += 1
                if depth == 2:
                    self._faults.add(self._line(token), "a list inside a list", "write one list")
            elif token.type.endswith("_list_close"):
                depth -= 1
            elif token.type == "inline":
                items.append(self._inline(self._at))
            self._at += 1
            if depth == 0:
                return Bullets(tuple(items), numbered)

    def _table(self) -> Table:
        rows: list[tuple[Spans, ...]] = []
        cells: list[Spans] = []
        while True:
            token = self._tokens[self._at]
            if token.type == "tr_open":
                cells = []
            elif token.type == "inline":
                cells.append(self._inline(self._at))
            elif token.type == "tr_close":
                rows.append(tuple(cells))
            self._at += 1
            if token.type == "table_close":
                return Table(rows[0], tuple(rows[1:]))


def _paragraph(spans: Spans) -> Paragraph | Display:
    """A paragraph; one of formulas alone, each on its line, is set apart."""
    formulas = [span.markup for span in spans if isinstance(span, Maths)]
    others = [
        span for span in spans if not isinstance(span, Maths) and not (isinstance(span, Words) and span.text == " ")
    ]
    return Display(tuple(formulas)) if formulas and not others else Paragraph(spans)
