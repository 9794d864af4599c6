"""Why the derivative of the cross-entropy by z is σ(z) − y: its three factors, and how they cancel."""

from __future__ import annotations

from dataclasses import replace

from neurosim.markup.build import EQUALS, bracketed, derivative, italic
from neurosim.markup.tree import Row
from neurosim.numbers.exact import Number
from neurosim.working.line import Equation, Line, equation
from neurosim.working.sheet import Sheet
from neurosim.working.terms import (
    ONE,
    Leaf,
    Negative,
    NumberStyle,
    Quotient,
    Term,
    minus,
    plus,
    times,
)
from neurosim.working.writing import as_symbols

_ELL = italic("ℓ")


def opened_into_factors(sheet: Sheet) -> tuple[Line, ...]:
    """The lines that the derivative of the cross-entropy opens into: of each row's own loss, before the reduction.

    Rows whose probability rounds to 0 or 1 are left out: there the factors cannot be written in float64, although
    their product can.
    """
    first: list[Equation] = []
    second: list[Equation] = []
    product: list[Equation] = []
    cancelled: list[Equation] = []
    for row in sheet.summed:
        for node in sheet.outputs:
            p, y = sheet.activation(node, row), sheet.target(node, row)
            if not 0 < p.value < 1:
                continue
            found = _factors(sheet.style, p, y, sheet.pre_activation(node, row), row)
            for equations, one in zip((first, second, product, cancelled), found, strict=True):
                equations.append(one)
    if not first:
        return ()
    titles = (
        "The first factor: the loss by the probability",
        "The second and third: the probability by z",
        "Multiply: each denominator cancels one factor",
        "What is left",
    )
    return tuple(
        Line(0, "backward", title, found.copy)
        for title, found in zip(titles, (first, second, product, cancelled), strict=True)
    )


def _factors(style: NumberStyle, p: Leaf, y: Leaf, z: Leaf, row: int) -> tuple[Equation, ...]:
    """The four equations of one row and output; a target of 0 or 1 leaves one of the two fractions."""
    rest: Number = 1 - p.value
    q = Leaf(bracketed(as_symbols(minus(ONE, p))), rest, p.refs)
    by_p = _by_probability(p, minus(ONE, p), y)
    slope_value: Number = -y.value / p.value + (1 - y.value) / rest
    struck_p, struck_q = replace(p, emphasis="cancelled"), replace(q, emphasis="cancelled")
    left: Term = plus(Negative(times(y, q)), times(minus(ONE, y), p))
    product = times(_by_probability(struck_p, struck_q, y), struck_p, struck_q)
    if y.value == 1:
        product, left = times(Negative(Quotient(ONE, struck_p)), struck_p, q), Negative(q)
    elif y.value == 0:
        product, left = times(Quotient(ONE, struck_q), p, struck_q), p
    residual: Number = p.value - y.value
    by_z = derivative(_ELL, z.symbol)
    last = equation(by_z, minus(p, y), residual, style, row=row, refs=p.refs, role="gradient")
    return (
        equation(derivative(_ELL, p.symbol), by_p, slope_value, style, row=row, refs=p.refs, role="gradient"),
        equation(derivative(p.symbol, z.symbol), times(p, minus(ONE, p)), p.value * rest, style, row=row, refs=p.refs),
        equation(by_z, product, residual, style, row=row, refs=p.refs, role="gradient"),
        replace(last, symbols=Row((as_symbols(left), EQUALS, as_symbols(minus(p, y))))),
    )


def _by_probability(p: Leaf, q: Term, y: Leaf) -> Term:
    """The derivative of -y ln p - (1 - y) ln(1 - p) by p."""
    if y.value == 1:
        return Negative(Quotient(ONE, p))
    if y.value == 0:
        return Quotient(ONE, q)
    return plus(Negative(Quotient(y, p)), Quotient(minus(ONE, y), q))
