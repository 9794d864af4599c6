"""The text of a lesson as values: paragraphs, lists, tables and formulas, in which live numbers stand."""

from __future__ import annotations

from typing import Literal

from neurosim.markup.tree import Markup
from neurosim.records import dataclass

Wording = Literal["exact", "decimal", "both", "over"]


@dataclass(frozen=True)
class Words:
    """Running words in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False


@dataclass(frozen=True)
class Maths:
    """A formula in the line; its live numbers are symbols such as ``{loss}``."""

    markup: Markup


@dataclass(frozen=True)
class LiveNumber:
    """A number of the live state in the line.

    Attributes:
        reference: what it is, such as ``gradient:a``.
        wording: how it is written; ``None``: as all numbers on the screen are.
        over: of the wording ``over``, the denominator that it is brought to.
    """

    reference: str
    wording: Wording | None = None
    over: int = 1


Span = Words | Maths | LiveNumber
Spans = tuple[Span, ...]


@dataclass(frozen=True)
class Paragraph:
    """One paragraph."""

    spans: Spans


@dataclass(frozen=True)
class Bullets:
    """A list; each item is one paragraph."""

    items: tuple[Spans, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Table:
    """A table; the first row is its head."""

    head: tuple[Spans, ...]
    rows: tuple[tuple[Spans, ...], ...]


@dataclass(frozen=True)
class Display:
    """Formulas on lines of their own."""

    lines: tuple[Markup, ...]


_PLAIN: dict[str, Wording] = {"exact": "exact", "decimal": "decimal", "both": "both"}


def live_of(text: str) -> LiveNumber:
    """The live number that the inside of ``{...}`` names: ``loss``, ``loss|decimal``, ``gradient:a|over 3``.

    Raises:
        ValueError: what stands behind the bar is not known; the message is a sentence without its full stop.
    """
    reference, bar, how = (part.strip() for part in text.strip("{}").partition("|"))
    if not bar:
        return LiveNumber(reference)
    if how in _PLAIN:
        return LiveNumber(reference, _PLAIN[how])
    word, _, number = how.partition(" ")
    if word == "over" and number.strip().isdigit() and int(number) > 0:
        return LiveNumber(reference, "over", int(number))
    raise ValueError(f'"{how}" in {{{text.strip("{}")}}} is no way to write a number')
