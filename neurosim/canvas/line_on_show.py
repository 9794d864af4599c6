"""The line of the walk as the graph shows it: what it concerns, whose row it is, what is pending and has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from neurosim.canvas.drawing.line_marks import LineMark
from neurosim.markup.tree import Mark, Markup, Over, Row, Symbol
from neurosim.training.walk import LineWalk
from neurosim.widgets.display import Display
from neurosim.working.line import Line


def line_mark(walk: LineWalk, display: Display) -> LineMark | None:
    """What the line that was shown last puts on the graph; ``None`` before the first."""
    line = walk.line
    if line is None:
        return None
    refs = line.refs
    is_factor = any(ref.endswith(".factor") for ref in refs)
    written = walk.line_in(display.mode, display.decimal) if is_factor else None
    return LineMark(
        refs,
        backward=line.phase == "backward",
        pending=walk.pending,
        changed=_changed(walk),
        taken=walk.at_end,
        factors={} if written is None else _factors(written),
        numbers_only=line.phase == "update",
    )


def row_on_show(walk: LineWalk) -> int | None:
    """The row whose values the line is about, from 0; ``None`` when it is about no row in particular."""
    line = walk.line
    if line is None:
        return None
    return walk.row if line.row is None else line.row


def _changed(walk: LineWalk) -> frozenset[str]:
    if not walk.at_end:
        return frozenset()
    working, _ = walk.on_view()
    before = working.snapshot.network.parameters
    return frozenset(name for name, value in working.pending.items() if before.get(name) != value)


def _factors(line: Line) -> Mapping[str, Markup]:
    return {
        ref.removesuffix(".factor"): on_one_line(equation.markup)
        for equation in line.equations
        for ref in equation.refs
        if ref.endswith(".factor")
    }


def on_one_line(markup: Markup) -> Markup:
    """The formula with its fractions in a line of text: ``∂ŷ/∂a``."""
    match markup:
        case Over(above, below):
            return Row((on_one_line(above), Symbol("/", "upright"), on_one_line(below)))
        case Row(parts):
            return Row(tuple(on_one_line(part) for part in parts))
        case Mark(inside):
            return replace(markup, inside=on_one_line(inside))
        case _:
            return markup
