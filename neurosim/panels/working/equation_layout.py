"""Equations under one another, their equals signs aligned, broken before a sign where room ends.

Where everything stands depends on the form of the equations alone: while numbers change, only they are set anew.
"""

from __future__ import annotations

from collections.abc import Sequence

from neurosim.markup.build import EQUALS, PLUS, TAKE_AWAY, row
from neurosim.markup.tree import Markup, Row
from neurosim.panels.working.measures import Measures
from neurosim.records import dataclass
from neurosim.widgets.formula import Formula, Placed, set_formula, side_by_side
from neurosim.widgets.formula.form import Form, read_form
from neurosim.widgets.formula.formula import set_form
from neurosim.widgets.formula.kept import Kept
from neurosim.working.line import Equation, starts_with_about

SMALLEST = 0.5
"""A piece that cannot be broken and is wider than the room is set smaller, down to this part of the usual size."""
_KEPT = 256
"""Blocks that are remembered, one for each form; a screen shows some dozens."""


@dataclass(frozen=True, eq=False, slots=True)
class Block:
    """The rows of the equations, each as one formula, and the room they take, from (0, 0)."""

    placed: tuple[Placed, ...]
    width: float
    height: float

    def with_numbers(self, numbers: tuple[str, ...]) -> Block:
        """The same with other numbers; rows whose numbers are the same stay what they are."""
        rows: list[Placed] = []
        begin = 0
        for one in self.placed:
            end = begin + len(one.formula.numbers)
            formula = one.formula.with_numbers(numbers[begin:end])
            rows.append(one if formula is one.formula else Placed(formula, one.x, one.baseline))
            begin = end
        return Block(tuple(rows), self.width, self.height)


@dataclass(frozen=True, eq=False, slots=True)
class _Part:
    """A piece that is not broken: the sign before it, if it has one, and its width with the room after it."""

    sign: Formula | None
    formula: Formula
    width: float


Places = list[tuple[float, _Part]]
"""Pieces side by side, each with its distance from the column of the equals signs."""


_BLOCKS: Kept[tuple[object, ...], list[Block]] = Kept(_KEPT)
"""Of each form the block that was asked for last."""

Read = tuple[Markup, Form, tuple[str, ...]]
"""A part of an equation with its form and its numbers."""


def lay_out(equations: Sequence[Equation], room: float, of: Measures) -> Block:
    """Place *equations* in *room* pixels of width."""
    chains: list[list[Read]] = []
    forms: list[object] = [room, of.em, of.equals, of.indent, of.gap, of.sign_gap]
    numbers: tuple[str, ...] = ()
    for equation in equations:
        chain: list[Read] = []
        for markup in equation.chain:
            form, found = read_form(markup)
            chain.append((markup, form, found))
            forms.append(form)
            numbers += found
        chains.append(chain)
        forms.append(None)
    key = tuple(forms)
    latest = _BLOCKS.get(key)
    if latest is None:
        latest = _BLOCKS.put(key, [_arranged(chains, room, of)])
    latest[0] = block = latest[0].with_numbers(numbers)
    return block


def _arranged(equations: Sequence[list[Read]], room: float, of: Measures) -> Block:
    lefts = [_left(equation, of) for equation in equations]
    column = max([of.equals, *(left.width + of.sign_gap for left in lefts if left is not None)])
    column = min(column, max(of.equals, room * 0.4))
    chains = [_chain(equation, of, room - column) for equation in equations]
    columns = _columns(chains, room - column)
    rows: list[Placed] = []
    width, top = 0.0, 0.0
    for left, chain in zip(lefts, chains, strict=True):
        for i, pieces in enumerate(_rows(chain, left, column, room, columns, of.indent)):
            members: list[tuple[Formula, float]] = []
            signs: list[tuple[Formula, float]] = []
            if left is not None and i == 0:
                members.append((left, max(0.0, column - of.sign_gap - left.width)))
                width = max(width, left.width)
            for x, piece in pieces:
                start = x
                if piece.sign is not None:
                    signs.append((piece.sign, start))
                    start += piece.sign.width + of.sign_gap
                members.append((piece.formula, start))
                width = max(width, start + piece.formula.width)
            # Signs need no room of their own: beside pieces that are set smaller they may be the tallest.
            baseline = top + max(formula.ascent for formula, _ in members)
            rows.append(Placed(side_by_side([*members, *signs]), 0.0, baseline))
            top = baseline + max(formula.descent for formula, _ in members) + of.gap
    return Block(tuple(rows), width, max(0.0, top - of.gap))


def _left(equation: list[Read], of: Measures) -> Formula | None:
    """What stands before the first sign; nothing when the equation is a single formula."""
    return set_form(*equation[0], of.em) if len(equation) > 1 else None


def _chain(equation: list[Read], of: Measures, room: float) -> list[list[_Part]]:
    """The members after the left side, each as one piece, or as several where it is too wide."""
    if len(equation) == 1:
        return [_pieces(equation[0], None, of, room)]
    equals = set_formula(EQUALS, of.em)
    return [_pieces(part, None if starts_with_about(part[0]) else equals, of, room) for part in equation[1:]]


def _pieces(part: Read, sign: Formula | None, of: Measures, room: float) -> list[_Part]:
    lead = sign.width + of.sign_gap if sign is not None else 0.0
    whole = set_form(*part, of.em)
    if whole.width + lead <= room:
        return [_Part(sign, whole, whole.width + lead + of.sign_gap)]
    found: list[_Part] = []
    for plus, piece in _summands(part[0]):
        before = sign if not found else set_formula(plus, of.em) if plus is not None else None
        lead = before.width + of.sign_gap if before is not None else 0.0
        formula = set_formula(piece, of.em)
        if formula.width + lead > room > 0:
            smaller = max(SMALLEST, (room - lead) / formula.width)
            formula = set_formula(piece, of.em * smaller)
        found.append(_Part(before, formula, formula.width + lead + of.sign_gap))
    return found


def _summands(markup: Markup) -> list[tuple[Markup | None, Markup]]:
    """A sum in pieces, each with the sign before it (the first has none); anything else in one."""
    if not isinstance(markup, Row):
        return [(None, markup)]
    pieces: list[tuple[Markup | None, list[Markup]]] = [(None, [])]
    for part in markup.parts:
        if part in (PLUS, TAKE_AWAY) and pieces[-1][1]:
            pieces.append((part, []))
        else:
            pieces[-1][1].append(part)
    return [(sign, row(*parts)) for sign, parts in pieces if parts]


def _columns(chains: Sequence[Sequence[list[_Part]]], room: float) -> list[float] | None:
    """Where the members of equally long chains begin, so that their signs align; ``None`` where that does not fit."""
    if len(chains) < 2 or len({len(chain) for chain in chains}) != 1:
        return None
    if any(len(pieces) > 1 for chain in chains for pieces in chain):
        return None
    starts, x = [], 0.0
    for members in zip(*chains, strict=True):
        starts.append(x)
        x += max(pieces[0].width for pieces in members)
    return starts if x <= room else None


def _rows(
    chain: Sequence[list[_Part]],
    left: Formula | None,
    column: float,
    room: float,
    columns: list[float] | None,
    indent: float,
) -> list[Places]:
    """The pieces of a chain with their horizontal places, row by row."""
    if columns is not None:
        return [[(column + x, pieces[0]) for x, pieces in zip(columns, chain, strict=True)]]
    first = column if left is not None else 0.0
    if left is not None and left.width > column:
        first += left.width - column  # a left side longer than the column pushes the first member on
    rows: list[Places] = [[]]
    x = first
    for pieces in chain:
        for i, piece in enumerate(pieces):
            if rows[-1] and x + piece.width > room:
                rows.append([])
                # What goes on with a sum is moved in behind the equals sign.
                x = column + (0.0 if i == 0 else indent)
            rows[-1].append((x, piece))
            x += piece.width
    return rows
