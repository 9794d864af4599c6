"""Terms of arithmetic that are written twice from one tree: with symbols, and with the numbers in their places."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from neurosim.markup.build import NEGATIVE, PLUS, TAKE_AWAY, TIMES, bracketed, datum, number, row
from neurosim.markup.tree import Bracket, Emphasis, Mark, Markup, Over, Role, Root, Row, Script, Symbol
from neurosim.numbers.exact import Number
from neurosim.numbers.format import Mode

NO_REFS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How numbers are shown in formulas: as ``numbers.format`` writes them."""

    mode: Mode = "exact"
    decimal: str = "."


@dataclass(frozen=True, slots=True)
class Leaf:
    """A quantity: its symbol, its value, and what on graph, plot and table it stands for.

    ``form`` is shown instead of the value's own digits where it is the same number (an unreduced fraction);
    ``is_datum`` says that it comes from the table and is written as there.
    """

    symbol: Markup
    value: Number
    refs: frozenset[str] = NO_REFS
    role: Role | None = None
    form: Markup | None = None
    is_datum: bool = False
    emphasis: Emphasis | None = None


@dataclass(frozen=True, slots=True)
class Constant:
    """A number of the formula itself."""

    value: Number


@dataclass(frozen=True, slots=True)
class Sum:
    """Terms added up; a sign of -1 takes the term away."""

    terms: tuple[tuple[int, Term], ...]


@dataclass(frozen=True, slots=True)
class Product:
    """Factors."""

    factors: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Quotient:
    """One term over another."""

    above: Term
    below: Term


@dataclass(frozen=True, slots=True)
class Power:
    """A base with an exponent; ``base`` of ``None`` is Euler's number."""

    base: Term | None
    exponent: Term


@dataclass(frozen=True, slots=True)
class Negative:
    """A term with a minus in front."""

    term: Term


@dataclass(frozen=True, slots=True)
class Call:
    """A named function of one or more terms, such as ``ln`` or ``max``."""

    name: str
    arguments: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Absolute:
    """The size of a term."""

    term: Term


@dataclass(frozen=True, slots=True)
class SquareRoot:
    """The square root of a term."""

    term: Term


Term = Leaf | Constant | Sum | Product | Quotient | Power | Negative | Call | Absolute | SquareRoot
Writer = Callable[[Leaf], Markup]

ZERO, ONE, TWO = Constant(Fraction(0)), Constant(Fraction(1)), Constant(Fraction(2))
HALF = Constant(Fraction(1, 2))


def plus(*terms: Term) -> Term:
    """The sum of *terms*; one term as it is, none as 0."""
    if not terms:
        return ZERO
    return terms[0] if len(terms) == 1 else Sum(tuple((1, term) for term in terms))


def minus(first: Term, second: Term) -> Term:
    """*first* - *second*."""
    return Sum(((1, first), (-1, second)))


def times(*factors: Term) -> Term:
    """The product of *factors*; one factor as it is."""
    return factors[0] if len(factors) == 1 else Product(factors)


def square(term: Term) -> Term:
    """*term* squared."""
    return Power(term, TWO)


def as_symbols(term: Term) -> Markup:
    """The term in symbols; each quantity is marked with what it stands for."""
    return _write(term, _symbol, NumberStyle())


def as_numbers(term: Term, style: NumberStyle) -> Markup:
    """The term with the numbers in their places, negative ones in brackets where they follow a sign."""
    return _write(term, lambda leaf: _number(leaf, style), style)


def value_of(term: Term) -> Number:
    """What the term is worth: exact as long as its numbers and operations are rational.

    Raises:
        OverflowError, ZeroDivisionError, ValueError: as the operations do.
    """
    match term:
        case Leaf(value=value) | Constant(value):
            return value
        case Sum(terms):
            total: Number = Fraction(0)
            for sign, part in terms:
                total = total + sign * value_of(part)
            return total
        case Product(factors):
            found: Number = Fraction(1)
            for part in factors:
                found = found * value_of(part)
            return found
        case Quotient(above, below):
            top, bottom = value_of(above), value_of(below)
            if isinstance(top, Fraction) and isinstance(bottom, Fraction):
                return top / bottom
            return float(top) / float(bottom)
        case Negative(part):
            return -value_of(part)
        case Absolute(part):
            return abs(value_of(part))
        case SquareRoot(part):
            return math.sqrt(value_of(part))
        case Power(base, exponent):
            return _power(base, value_of(exponent))
        case Call(name, arguments):
            return _call(name, [value_of(part) for part in arguments])


def _power(base: Term | None, exponent: Number) -> Number:
    if base is None:
        return math.exp(exponent)
    value = value_of(base)
    if isinstance(value, Fraction) and isinstance(exponent, Fraction) and exponent.denominator == 1:
        return Fraction(value ** int(exponent))
    return math.pow(value, exponent)


_FUNCTIONS: Mapping[str, Callable[[float], float]] = {
    "ln": math.log,
    "tanh": math.tanh,
    "sin": math.sin,
    "cos": math.cos,
    "Φ": lambda z: math.erfc(-z / math.sqrt(2)) / 2,
    "φ": lambda z: math.exp(-z * z / 2) / math.sqrt(2 * math.pi),
}
FUNCTIONS = (*_FUNCTIONS, "max", "min", "sgn")
"""The names that ``Call`` can be given and ``value_of`` knows."""


def _call(name: str, values: Sequence[Number]) -> Number:
    if name == "max":
        return max(values, key=float)
    if name == "min":
        return min(values, key=float)
    if name == "sgn":
        return Fraction((values[0] > 0) - (values[0] < 0))
    return _FUNCTIONS[name](float(values[0]))


# -- writing -------------------------------------------------------------------------------------------------------


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
    bare = _bare(markup)
    if isinstance(bare, Row) and bare.parts:
        return _starts_negative(bare.parts[0])
    return isinstance(bare, Symbol) and bare.style == "number" and bare.text.lstrip("~\u200a").startswith("−")
