"""A formula as a tree of what stands beside, above and below what, and what each part of it stands for.

The tree says nothing about fonts or pixels: one widget sets it, and three writers turn it into text, LaTeX and speech.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from neurosim.records import dataclass

Style = Literal["italic", "upright", "number", "operator", "relation", "words"]
"""``italic``: a variable; ``upright``: a function's name; ``operator`` and ``relation`` get room on both sides."""

Role = Literal["positive", "negative", "gradient", "loss", "muted", "next"]
"""The colour token of a part; the same as on the graph and in the plots."""

Emphasis = Literal["boxed", "cancelled", "changed", "pending"]


@dataclass(frozen=True, slots=True)
class Symbol:
    """Characters set as one: a variable, a number, a sign, words."""

    text: str
    style: Style = "italic"


@dataclass(frozen=True, slots=True)
class Row:
    """Parts side by side on one line."""

    parts: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class Over:
    """A fraction with a bar."""

    above: Markup
    below: Markup


@dataclass(frozen=True, slots=True)
class Script:
    """A base with an exponent, an index, or both; on a ``big`` operator such as the sum sign: its limits."""

    base: Markup
    above: Markup | None = None
    below: Markup | None = None
    big: bool = False


@dataclass(frozen=True, slots=True)
class Root:
    """A square root."""

    inside: Markup


@dataclass(frozen=True, slots=True)
class Bracket:
    """Something in brackets that grow with it."""

    inside: Markup
    left: str = "("
    right: str = ")"


@dataclass(frozen=True, slots=True)
class Hat:
    """A variable with a hat: a prediction."""

    base: Markup


@dataclass(frozen=True, slots=True)
class Mark:
    """A part that stands for something: ``refs`` light up with it (ids of nodes and edges, ``"n.bias"``, ``"row:3"``).

    ``row:3`` is the row with index 3. ``role`` colours it; ``emphasis`` boxes it, strikes it through, or outlines it.
    """

    inside: Markup
    refs: frozenset[str] = frozenset()
    role: Role | None = None
    emphasis: Emphasis | None = None


Markup = Symbol | Row | Over | Script | Root | Bracket | Hat | Mark


def parts_of(markup: Markup) -> tuple[Markup, ...]:
    """The direct parts of a formula, in reading order."""
    match markup:
        case Symbol():
            return ()
        case Row(parts):
            return parts
        case Over(above, below):
            return above, below
        case Script(base, above, below):
            return tuple(part for part in (base, below, above) if part is not None)
        case Root(inside) | Bracket(inside) | Mark(inside):
            return (inside,)
        case Hat(base):
            return (base,)


def walk(markup: Markup) -> Iterator[Markup]:
    """The formula and all of its parts, each before its own parts."""
    waiting = [markup]
    while waiting:
        part = waiting.pop()
        yield part
        waiting.extend(reversed(parts_of(part)))


def refs_of(markup: Markup) -> frozenset[str]:
    """Everything that a formula or a part of it stands for."""
    return frozenset().union(*(part.refs for part in walk(markup) if isinstance(part, Mark)))
