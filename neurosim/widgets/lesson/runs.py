"""What running text is made of: words in a style, and formulas that stand in the line."""

from __future__ import annotations

from dataclasses import replace as changed

from neurosim.markup.tree import Bracket, Mark, Markup, Over, Row, Script, Symbol
from neurosim.records import dataclass


@dataclass(frozen=True)
class Text:
    """Words in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False


@dataclass(frozen=True)
class Inline:
    """A formula in the line."""

    markup: Markup


Run = Text | Inline
Runs = tuple[Run, ...]


def breakable(markup: Markup) -> tuple[Markup, ...]:
    """A formula cut before each of its relations, where a line may end: ``a``, ``= 1/3 · 2``, ``= 2/3``."""
    if not isinstance(markup, Row):
        return (markup,)
    pieces: list[list[Markup]] = [[]]
    for part in markup.parts:
        if isinstance(part, Symbol) and part.style == "relation" and pieces[-1]:
            pieces.append([])
        pieces[-1].append(part)
    return tuple(_row(piece) for piece in pieces)


def smaller(markup: Markup) -> tuple[Markup, ...]:
    """A piece that is still too wide, cut before each plus and minus of its outermost level."""
    if isinstance(markup, Mark):
        return (markup,)
    if not isinstance(markup, Row):
        return (markup,)
    pieces: list[list[Markup]] = [[]]
    for place, part in enumerate(markup.parts):
        opens = isinstance(part, Symbol) and (
            (part.style == "operator" and part.text in {"+", "−"})
            or (part.style == "words" and not part.text.strip(","))
        )
        if opens and place:
            pieces.append([])
        pieces[-1].append(part)
    return tuple(_row(piece) for piece in pieces)


def flat(markup: Markup) -> Markup:
    """A formula for a line of text: fractions of plain numbers are written with a slash, so that lines stay even."""
    match markup:
        case Over(Symbol(above, "number"), Symbol(below, "number")):
            return Symbol(f"{above}/{below}", "number")
        case Row(parts):
            return Row(tuple(map(flat, parts)))
        case Bracket(inside) | Mark(inside):
            return changed(markup, inside=flat(inside))
        case Script(base):
            return changed(markup, base=flat(base))
    return markup


def _row(parts: list[Markup]) -> Markup:
    return parts[0] if len(parts) == 1 else Row(tuple(parts))
