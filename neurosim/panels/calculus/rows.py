"""What stands in the derivation's list: its lines, the last one with numbers, and another one worth looking at."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal

from neurosim.algebra.expression import Expression, Path
from neurosim.algebra.render_markup import render_markup
from neurosim.markup.build import EQUALS, row
from neurosim.markup.tree import Bracket, Hat, Mark, Markup, Over, Root, Row, Script, Symbol
from neurosim.panels.calculus.lines import ShownLine
from neurosim.records import dataclass, replace

Boxes = Literal["", "before", "after"]
"""What is boxed in a line: nothing; the piece that the next line acts on; what took the place of a piece."""

Refs = Mapping[str, frozenset[str]]
NO_RULES: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class Entry:
    """One entry of the list.

    Attributes:
        kind: a line of the derivation; the last line with numbers; another derivation's result.
        label: what was done.
        markup: the formula without boxes.
        why: a sentence or two on it.
        line: of a line.
        verdict, check: said below it, for what is no line: whether it holds, and the numbers or words behind that.
        right: whether it holds.
    """

    kind: Literal["line", "numbers", "beside"]
    label: str
    markup: Markup
    why: str = ""
    line: ShownLine | None = None
    verdict: str = ""
    check: str = ""
    right: bool = False

    @property
    def rules(self) -> frozenset[str]:
        """The rules that were used."""
        return NO_RULES if self.line is None else self.line.rules


def line_markup(
    line: Expression, decimal: str, refs: Refs, first: bool, boxed: Collection[Path] = (), quiet: bool = False
) -> Markup:
    """A line as it is set: after an equals sign unless it is the first, with its boxes, which may be *quiet* ones."""
    found = render_markup(line, decimal, boxed, refs)
    shown = _quietened(found) if quiet and boxed else found
    return shown if first else row(EQUALS, shown)


def _quietened(markup: Markup) -> Markup:
    """The same with an outline in place of each box."""
    match markup:
        case Symbol():
            return markup
        case Row(parts):
            return Row(tuple(_quietened(part) for part in parts))
        case Over(above, below):
            return Over(_quietened(above), _quietened(below))
        case Script(base, above, below, big):
            raised = None if above is None else _quietened(above)
            return Script(_quietened(base), raised, None if below is None else _quietened(below), big)
        case Root(inside):
            return Root(_quietened(inside))
        case Bracket(inside, left, right):
            return Bracket(_quietened(inside), left, right)
        case Hat(base):
            return Hat(_quietened(base))
        case Mark(inside, emphasis=emphasis):
            outline = "changed" if emphasis == "boxed" else emphasis
            return replace(markup, inside=_quietened(inside), emphasis=outline)
