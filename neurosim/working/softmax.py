"""The softmax inside a loss: exponentials, their sum, the probabilities, and the cross-entropy from the logits."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction

from neurosim.markup.tree import Mark
from neurosim.numbers.exact import Number
from neurosim.working.line import Equation, equation
from neurosim.working.sheet import Sheet
from neurosim.working.terms import Call, Constant, Leaf, Power, Quotient, Term, minus, plus, times
from neurosim.working.writing import as_symbols

_LARGE = 30.0

Prepared = tuple[str, Callable[[], Iterable[Equation]]]
"""A line's title and what writes its equations."""


def _shift(sheet: Sheet, i: int) -> Number:
    """What is taken off each z so that no exponential is out of reach: the greatest z, once they are large."""
    z = sorted(sheet.passes[i].z(node) for node in sheet.outputs)
    return z[-1] if -z[0] > _LARGE or z[-1] > _LARGE else Fraction(0)


def exponential(sheet: Sheet, node: str, i: int) -> tuple[Leaf, Term]:
    """e to the power z of an output, as a quantity and as a term."""
    z, shift = sheet.pre_activation_or_input(node, i), _shift(sheet, i)
    term: Term = Power(None, minus(z, Constant(shift)) if shift else z)
    return Leaf(as_symbols(term), math.exp(z.value - shift), z.refs), term


def _total(sheet: Sheet, i: int) -> Leaf:
    value = math.fsum(float(exponential(sheet, node, i)[0].value) for node in sheet.outputs)
    return Leaf(sheet.names.of_row("S", i), value, frozenset({f"row:{i}"}))


def probability(sheet: Sheet, node: str, i: int) -> Leaf:
    """p of an output: its share of the exponentials."""
    value = float(exponential(sheet, node, i)[0].value) / float(_total(sheet, i).value)
    return Leaf(sheet.names.probability(node, i), value, sheet.refs(node, i))


def softmax_lines(sheet: Sheet, rows: tuple[int, ...]) -> list[Prepared]:
    """Titles and writers: the exponentials, their sums, the probabilities."""

    def powers() -> Iterator[Equation]:
        for i in rows:
            for node in sheet.outputs:
                leaf, term = exponential(sheet, node, i)
                yield equation(None, term, leaf.value, sheet.style, row=i, refs=leaf.refs)

    def totals() -> Iterator[Equation]:
        for i in rows:
            total = _total(sheet, i)
            term = plus(*(exponential(sheet, node, i)[0] for node in sheet.outputs))
            yield equation(total.symbol, term, total.value, sheet.style, row=i, refs=total.refs)

    def shares() -> Iterator[Equation]:
        for i in rows:
            for node in sheet.outputs:
                p, term = probability(sheet, node, i), Quotient(exponential(sheet, node, i)[0], _total(sheet, i))
                yield equation(Mark(p.symbol, p.refs), term, p.value, sheet.style, row=i, refs=p.refs)

    shifted = any(_shift(sheet, i) for i in rows)
    first = "Take e to the power of each z, less the greatest" if shifted else "Take e to the power of each z"
    return [(first, powers), ("Add them up", totals), ("Divide: the probabilities", shares)]


def softmax_loss(sheet: Sheet, i: int) -> list[Term]:
    """-sum of y ln p, each ln p from the logits: ln S - (z - shift), so that nothing is lost where p rounds to 1."""
    parts: list[Term] = []
    shift = _shift(sheet, i)
    for node in sheet.outputs:
        y = sheet.target(node, i)
        if y.value == 0:
            continue
        z = sheet.pre_activation_or_input(node, i)
        distance = minus(Call("ln", (_total(sheet, i),)), minus(z, Constant(shift)) if shift else z)
        parts.append(distance if y.value == 1 else times(y, distance))
    return [plus(*parts)]
