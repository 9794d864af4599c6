"""Expressions as immutable trees that keep the order in which they were typed, with a path to every part."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from neurosim.records import dataclass

Path = tuple[int, ...]
"""The way from the top to a part: the index of the child at each level; ``()`` is the whole."""


def is_decimal(value: Fraction) -> bool:
    """Whether *value* can be written as a decimal that ends."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


class Expression:
    """Any expression. Equality is of form: ``a + b`` and ``b + a`` are different expressions."""

    __slots__ = ()

    @property
    def children(self) -> tuple[Expression, ...]:
        """The direct parts, in the order in which they are written."""
        return ()

    def with_children(self, children: tuple[Expression, ...]) -> Expression:
        """The same kind of expression with other parts, as many as before."""
        if children:
            raise ValueError(f"{type(self).__name__} has no parts.")
        return self


@dataclass(frozen=True, slots=True)
class Constant(Expression):
    """A number as it is typed: a whole number or a finite decimal, without sign (see ``number`` for all the others)."""

    value: Fraction

    def __post_init__(self) -> None:
        if self.value < 0 or not is_decimal(self.value):
            raise ValueError(f"{self.value} is no plain number: use number({self.value}).")


@dataclass(frozen=True, slots=True)
class NamedConstant(Expression):
    """Euler's number ``e`` or the circle's ``pi``."""

    name: str

    def __post_init__(self) -> None:
        if self.name not in {"e", "pi"}:
            raise ValueError(f"There is no constant named {self.name!r}.")


@dataclass(frozen=True, slots=True)
class Symbol(Expression):
    """A variable or parameter: one letter, perhaps with a hat, perhaps with an index as in ``x_1``."""

    name: str


@dataclass(frozen=True, slots=True)
class Sum(Expression):
    """Two or more terms, added; a subtracted term is a ``Negation``."""

    terms: tuple[Expression, ...]

    def __post_init__(self) -> None:
        if len(self.terms) < 2:
            raise ValueError("A sum has two terms or more.")

    @property
    def children(self) -> tuple[Expression, ...]:
        """The parts, in reading order."""
        return self.terms

    def with_children(self, children: tuple[Expression, ...]) -> Expression:
        """The same with other parts."""
        return Sum(children)


@dataclass(frozen=True, slots=True)
class Product(Expression):
    """Two or more factors, multiplied."""

    factors: tuple[Expression, ...]

    def __post_init__(self) -> None:
        if len(self.factors) < 2:
            raise ValueError("A product has two factors or more.")

    @property
    def children(self) -> tuple[Expression, ...]:
        """The parts, in reading order."""
        return self.factors

    def with_children(self, children: tuple[Expression, ...]) -> Expression:
        """The same with other parts."""
        return Product(children)


@dataclass(frozen=True, slots=True)
class Quotient(Expression):
    """A fraction."""

    numerator: Expression
    denominator: Expression

    @property
    def children(self) -> tuple[Expression, ...]:
        """The parts, in reading order."""
        return (self.numerator, self.denominator)

    def with_children(self, children: tuple[Expression, ...]) -> Expression:
        """The same with other parts."""
        return Quotient(*children)


@dataclass(frozen=True, slots=True)
class Power(Expression):
    """A base with an exponent."""

    base: Expression
    exponent: Expression

    @property
    def children(self) -> tuple[Expression, ...]:
        """The parts, in reading order."""
        return (self.base, self.exponent)

    def with_children(self, children: tuple[Expression, ...]) -> Expression:
        """The same with other parts."""
        return Power(*children)


@dataclass(frozen=True, slots=True)
class Negation(Expression):
    """The negative of an expression."""

    operand: Expression

    @property
    def children(self) -> tuple[Expression, ...]:
        """The parts, in reading order."""
        return (self.operand,)

    def with_children(self, children: tuple[Expression, ...]) -> Expression:
        """The same with other parts."""
        return Negation(*children)


@dataclass(frozen=True, slots=True)
class Function(Expression):
    """A named function of one argument; the names are those of ``neurosim.algebra.functions``."""

    name: str
    argument: Expression

    @property
    def children(self) -> tuple[Expression, ...]:
        """The parts, in reading order."""
        return (self.argument,)

    def with_children(self, children: tuple[Expression, ...]) -> Expression:
        """The same with other parts."""
        return Function(self.name, *children)


@dataclass(frozen=True, slots=True)
class Derivative(Expression):
    """A derivative that is still to be worked out: ``d/dx(operand)``, or with round d's when ``partial``."""

    operand: Expression
    symbol: str
    partial: bool = False

    @property
    def children(self) -> tuple[Expression, ...]:
        """The parts, in reading order."""
        return (self.operand,)

    def with_children(self, children: tuple[Expression, ...]) -> Expression:
        """The same with other parts."""
        return Derivative(children[0], self.symbol, self.partial)


E = NamedConstant("e")
PI = NamedConstant("pi")
ZERO = Constant(Fraction(0))
ONE = Constant(Fraction(1))
TWO = Constant(Fraction(2))


def number(value: Fraction | int, decimal: bool = False) -> Expression:
    """The expression of a number as one writes it: ``-3/4`` is the negative of the fraction 3 over 4.

    Args:
        value: any rational number.
        decimal: write it as a decimal (``0.75``) where that ends.
    """
    value = Fraction(value)
    size = abs(value)
    shown: Expression
    if size.denominator == 1 or (decimal and is_decimal(size)):
        shown = Constant(size)
    else:
        shown = Quotient(Constant(Fraction(size.numerator)), Constant(Fraction(size.denominator)))
    return Negation(shown) if value < 0 else shown


def sum_of(terms: tuple[Expression, ...] | list[Expression]) -> Expression:
    """The sum of any number of terms: none is 0, one is itself; the order is kept."""
    return Sum(tuple(terms)) if len(terms) > 1 else (terms[0] if terms else ZERO)


def product_of(factors: tuple[Expression, ...] | list[Expression]) -> Expression:
    """The product of any number of factors: none is 1, one is itself; the order is kept."""
    return Product(tuple(factors)) if len(factors) > 1 else (factors[0] if factors else ONE)


def factors_of(expression: Expression) -> tuple[Expression, ...]:
    """The factors of a product; anything else is its own only factor."""
    return expression.factors if isinstance(expression, Product) else (expression,)


def terms_of(expression: Expression) -> tuple[Expression, ...]:
    """The terms of a sum; anything else is its own only term."""
    return expression.terms if isinstance(expression, Sum) else (expression,)


def without_sign(expression: Expression) -> tuple[bool, Expression]:
    """Whether the expression is a negative, and what stands behind its minus sign."""
    return (True, expression.operand) if isinstance(expression, Negation) else (False, expression)


def walk(expression: Expression, path: Path = ()) -> Iterator[tuple[Path, Expression]]:
    """Every part with its path, from the outside in and from left to right."""
    waiting = [(path, expression)]
    while waiting:
        place, part = waiting.pop()
        yield place, part
        children = part.children
        waiting.extend(((*place, index), children[index]) for index in reversed(range(len(children))))


def symbols(expression: Expression) -> tuple[str, ...]:
    """The names of the symbols, each once, in the order in which they first appear."""
    return tuple(dict.fromkeys(part.name for _, part in walk(expression) if isinstance(part, Symbol)))


def depends_on(expression: Expression, symbol: str) -> bool:
    """Whether the symbol of that name appears."""
    return any(isinstance(part, Symbol) and part.name == symbol for _, part in walk(expression))


def substitute(expression: Expression, symbol: str, by: Expression) -> Expression:
    """The expression with *by* at each place of the symbol."""
    if isinstance(expression, Symbol):
        return by if expression.name == symbol else expression
    if not expression.children:
        return expression
    return expression.with_children(tuple(substitute(child, symbol, by) for child in expression.children))
