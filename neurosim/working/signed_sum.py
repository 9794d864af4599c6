"""Sums of numbers times quantities, each sign as an operator: 2000.68 + 786.2 · x', never 5 + −3 · x."""

from __future__ import annotations

from collections.abc import Iterable

from neurosim.markup.build import NEGATIVE, PLUS, TAKE_AWAY, TIMES, number, sign_role
from neurosim.markup.tree import Mark, Markup
from neurosim.numbers.exact import Number
from neurosim.working.terms import NumberStyle


def signed_sum(
    parts: Iterable[tuple[Number, Markup | None]], style: NumberStyle, *, coloured: bool = False
) -> tuple[Markup, ...]:
    """The parts of a row: each number times its quantity (``None``: alone), added up; *coloured* by their signs."""
    found: list[Markup] = []
    for value, of in parts:
        negative = value < 0
        if found:
            found.append(TAKE_AWAY if negative else PLUS)
        elif negative:
            found.append(NEGATIVE)
        shown = number(-value if negative else value, style.mode, style.decimal)
        found.append(Mark(shown, frozenset(), sign_role(value)) if coloured else shown)
        if of is not None:
            found += [TIMES, of]
    return tuple(found)
