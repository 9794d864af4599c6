"""Terms of arithmetic that are written twice from one tree: with symbols, and with the numbers in their places."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from neurosim.markup.tree import Emphasis, Markup, Role
from neurosim.numbers.exact import Number
from neurosim.numbers.format import Mode
from neurosim.records import dataclass

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
            value = value_of(part)
            return -value if value < 0 else value
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
    if name in ("max", "min"):
        found = values[0]
        for value in values[1:]:
            if (value > found) == (name == "max"):
                found = value
        return found
    if name == "sgn":
        return Fraction((values[0] > 0) - (values[0] < 0))
    return _FUNCTIONS[name](float(values[0]))
