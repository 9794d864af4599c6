"""Terms written as formulas: with symbols, or with the numbers in their places."""

from __future__ import annotations

from collections.abc import Callable

from neurosim.markup.build import NEGATIVE, PLUS, TAKE_AWAY, TIMES, bracketed, datum, number, row
from neurosim.markup.tree import Bracket, Mark, Markup, Over, Root, Row, Script, Symbol
from neurosim.working.terms import (
    Absolute,
    Call,
    Constant,
    Leaf,
    Negative,
    NumberStyle,
    Power,
    Product,
    Quotient,
    SquareRoot,
    Sum,
    Term,
)

Writer = Callable[[Leaf], Markup]


def as_symbols(term: Term) -> Markup:
    """The term in symbols; each quantity is marked with what it stands for."""
    return _write(term, _symbol, NumberStyle())


def as_numbers(term: Term, style: NumberStyle) -> Markup:
    """The term with the numbers in their places, negative ones in brackets where they follow a sign."""
    return _write(term, lambda leaf: _number(leaf, style), style)


def _symbol(leaf: Leaf) -> Markup:
    return _marked(leaf, leaf.symbol)


def _number(leaf: Leaf, style: NumberStyle) -> Markup:
    if leaf.form is not None and style.mode != "decimal":
        return _marked(leaf, leaf.form)
    write = datum if leaf.is_datum else number
    return _marked(leaf, write(leaf.value, style.mode, style.decimal))


def _marked(leaf: Leaf, inside: Markup) -> Markup:
    if not leaf.refs and leaf.role is None and leaf.emphasis is None:
        return inside
    return Mark(inside, leaf.refs, leaf.role, leaf.emphasis)


def _write(term: Term, leaf: Writer, style: NumberStyle) -> Markup:
    match term:
        case Leaf():
            return leaf(term)
        case Constant(value):
            return number(value, style.mode, style.decimal)
        case Sum(terms):
            return _sum(terms, leaf, style)
        case Product(factors):
            parts: list[Markup] = []
            for factor in factors:
                parts += [TIMES, _factor(factor, leaf, style)] if parts else [_factor(factor, leaf, style)]
            return Row(tuple(parts))
        case Quotient(above, below):
            return Over(_write(above, leaf, style), _write(below, leaf, style))
        case Power(base, exponent):
            bottom = Symbol("e", "upright") if base is None else _atom(base, leaf, style)
            return Script(bottom, _write(exponent, leaf, style))
        case Negative(part):
            return Row((NEGATIVE, _factor(part, leaf, style)))
        case Absolute(part):
            return Bracket(_write(part, leaf, style), "|", "|")
        case SquareRoot(part):
            return Root(_write(part, leaf, style))
        case Call(name, arguments):
            inside: list[Markup] = []
            for part in arguments:
                inside += [Symbol(", ", "words")] if inside else []
                inside.append(_write(part, leaf, style))
            return Row((Symbol(name, "upright"), bracketed(row(*inside))))


def _sum(terms: tuple[tuple[int, Term], ...], leaf: Writer, style: NumberStyle) -> Markup:
    parts: list[Markup] = []
    for sign, part in terms:
        if not parts:
            parts += [NEGATIVE, _factor(part, leaf, style)] if sign < 0 else [_write(part, leaf, style)]
            continue
        written = _write(part, leaf, style)
        parts.append(PLUS if sign > 0 else TAKE_AWAY)
        opens = isinstance(part, Sum) and sign < 0
        parts.append(bracketed(written) if opens or _starts_negative(written) else written)
    return row(*parts)


def _factor(term: Term, leaf: Writer, style: NumberStyle) -> Markup:
    """The term as a factor: sums and what begins with a minus in brackets."""
    written = _write(term, leaf, style)
    return bracketed(written) if isinstance(term, Sum | Negative) or _starts_negative(written) else written


def _atom(term: Term, leaf: Writer, style: NumberStyle) -> Markup:
    """The term as a base: whatever is more than one sign in brackets."""
    written = _write(term, leaf, style)
    simple = isinstance(_bare(written), Symbol | Bracket) and not _starts_negative(written)
    symbol = isinstance(term, Leaf) and isinstance(_bare(written), Script)
    if isinstance(_bare(written), Script) and not symbol:
        simple = False
    return written if simple or (symbol and _has_room_above(_bare(written))) else bracketed(written)


def _has_room_above(markup: Markup) -> bool:
    return isinstance(markup, Script) and markup.above is None


def _bare(markup: Markup) -> Markup:
    while isinstance(markup, Mark):
        markup = markup.inside
    return markup


def _starts_negative(markup: Markup) -> bool:
    while True:
        match markup:
            case Mark(inside) | Row((inside, *_)):
                markup = inside
            case Symbol(text, "number"):
                return text.lstrip("~\u200a").startswith("−")
            case _:
                return False
