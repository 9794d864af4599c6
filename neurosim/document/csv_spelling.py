"""How a table's form writes a cell: in quotation marks or not, after a space or not, with so many decimals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from neurosim.document.csv_scan import unquoted
from neurosim.engine.table_form import QUOTINGS, TableForm

_FIXED = re.compile(r"([+-]?)[0-9]*\.([0-9]+)")
_POWER = re.compile(r"([+-]?)[0-9](?:\.([0-9]+))?([eE])[+-][0-9]{2,3}")
STYLE_SAMPLE = 200
"""Cells from which the form and the formats of a file are found out."""


def raw_cell(text: str, form: TableForm, *, word: bool, first: bool, alone: bool = False) -> str:
    """*text* as a raw cell of a file of this *form*.

    *word* says that its column holds words, *first* that it is the first column, *alone* that there is no other: then
    an empty cell needs quotation marks, for its line would be no row.
    """
    quotes = (
        form.quoting == "all"
        or (word and form.quoting == "words")
        or '"' in text
        or form.delimiter in text
        or "\n" in text
        or "\r" in text
        or (not text and (alone or form.delimiter == " "))
        or text != text.strip()
    )
    cell = f'"{text.replace(chr(34), chr(34) * 2)}"' if quotes else text
    return f" {cell}" if form.padded and not first else cell


def behind(raw: str, form: TableForm) -> str:
    """A raw cell that is not the first, with what separates it from the one before.

    Between runs of spaces a raw cell brings them along unless they are a single one.
    """
    return raw if form.delimiter == " " and raw[:1] in (" ", "\t") else form.delimiter + raw


def found_form(form: TableForm, rows: Sequence[Sequence[str]], words: Sequence[bool]) -> TableForm:
    """*form* with the quoting and padding that fit the raw cells of *rows* best; *words* tells of each column."""
    sample = [row for row in rows[:STYLE_SAMPLE] if len(row) == len(words)]
    padded = form.delimiter != " " and _most(cell.startswith(" ") for row in sample for cell in row[1:])
    best, fewest = form, len(sample) * len(words) + 1
    for quoting in QUOTINGS:
        tried = replace(form, quoting=quoting, padded=padded)
        wrong = sum(
            raw_cell(unquoted(cell), tried, word=word, first=index == 0) != cell
            for row in sample
            for index, (cell, word) in enumerate(zip(row, words, strict=True))
        )
        if wrong < fewest:
            best, fewest = tried, wrong
        if not wrong:
            break
    return best


def found_style(texts: Sequence[str], floats: Sequence[float], plain: Sequence[str]) -> str:
    """The format, such as ``.2f``, in which more of *texts* are written than as *plain*; empty when there is none.

    *texts* are the numbers as written, with a decimal point.
    """
    sample = range(min(len(texts), STYLE_SAMPLE))
    usual = sum(texts[i] == plain[i] for i in sample)
    best = ""
    odd = [texts[i] for i in sample if texts[i] != plain[i]]
    digits = max((len(_significant(text)) for text in odd), default=0)
    for candidate in dict.fromkeys([*filter(None, map(_style, odd)), f".{digits}g"] if odd else ()):
        count = sum(texts[i] == format(floats[i], candidate) for i in sample)
        if count > usual:
            best, usual = candidate, count
    return best


def _style(text: str) -> str:
    if match := _FIXED.fullmatch(text):
        return f"{'+' if match[1] == '+' else ''}.{len(match[2])}f"
    if match := _POWER.fullmatch(text):
        return f"{'+' if match[1] == '+' else ''}.{len(match[2] or '')}{match[3]}"
    return ""


def _significant(text: str) -> str:
    return text.lower().partition("e")[0].lstrip("+-0.").replace(".", "")


def _most(flags: Iterable[bool]) -> bool:
    found = list(flags)
    return bool(found) and sum(found) > len(found) / 2
