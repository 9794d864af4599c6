"""Expressions as they are read aloud, so that a listener hears where each part begins and ends."""

from __future__ import annotations

from neurosim.algebra.expression import (
    TWO,
    Constant,
    Derivative,
    Expression,
    Function,
    NamedConstant,
    Negation,
    Path,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
)
from neurosim.algebra.functions import FUNCTIONS
from neurosim.algebra.names import spoken_of
from neurosim.algebra.render_text import decimal_text
from neurosim.algebra.writer import Rendered, Writer

_SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_THREE = Constant(TWO.value + 1)


def render_speech(expression: Expression, decimal: str = ".") -> Rendered:
    """The expression in words, with the span of each part.

    A part of several terms or factors, where it could be heard wrongly, is "the quantity ..., end quantity".

    Args:
        expression: what to say.
        decimal: the decimal sign that is said in numbers.
    """
    writer = Writer()
    _Speech(writer, decimal).whole(expression, ())
    return writer.done()


class _Speech:
    """One rendering."""

    def __init__(self, writer: Writer, decimal: str) -> None:
        self._writer = writer
        self._decimal = decimal

    def whole(self, expression: Expression, path: Path) -> None:
        write = self._writer.write
        with self._writer.part(path):
            if isinstance(expression, Constant):
                write(self._number(expression))
            elif isinstance(expression, NamedConstant):
                write(expression.name)
            elif isinstance(expression, Symbol):
                write(spoken_of(expression.name))
            elif isinstance(expression, Negation):
                write("minus ")
                self._part(expression, 0, path, isinstance(expression.operand, Sum | Negation))
            elif isinstance(expression, Sum):
                self._sum(expression, path)
            elif isinstance(expression, Product):
                self._product(expression, path)
            elif isinstance(expression, Quotient):
                heavy = Sum | Negation | Product | Quotient | Derivative
                self._part(expression, 0, path, isinstance(expression.numerator, Sum | Quotient | Derivative))
                write(" over ")
                self._part(expression, 1, path, isinstance(expression.denominator, heavy))
            elif isinstance(expression, Power):
                self._power(expression, path)
            elif isinstance(expression, Function):
                write(f"{FUNCTIONS[expression.name].spoken} ")
                self._part(expression, 0, path, not isinstance(expression.argument, Constant | NamedConstant | Symbol))
            elif isinstance(expression, Derivative):
                kind = "the partial derivative" if expression.partial else "the derivative"
                write(f"{kind} with respect to {spoken_of(expression.symbol)} of ")
                self._part(expression, 0, path, not isinstance(expression.operand, Constant | NamedConstant | Symbol))

    def _part(self, parent: Expression, index: int, path: Path, quantity: bool) -> None:
        if quantity:
            self._writer.write("the quantity ")
        self.whole(parent.children[index], (*path, index))
        if quantity:
            self._writer.write(", end quantity")

    def _number(self, expression: Constant) -> str:
        value = expression.value
        if value.denominator == 1 and value < len(_SMALL):
            return _SMALL[int(value)]
        return decimal_text(value).replace(".", " point " if self._decimal == "." else " comma ")

    def _sum(self, expression: Sum, path: Path) -> None:
        for index, term in enumerate(expression.terms):
            if index and isinstance(term, Negation):
                self._writer.write(" ")
                with self._writer.part((*path, index)):
                    self._writer.write("minus ")
                    self._part(term, 0, (*path, index), isinstance(term.operand, Sum | Negation))
            else:
                self._writer.write(" plus " if index else "")
                self._part(expression, index, path, isinstance(term, Sum))

    def _product(self, expression: Product, path: Path) -> None:
        for index, factor in enumerate(expression.factors):
            if index:
                left = expression.factors[index - 1]
                plain = isinstance(left, Constant | Symbol) and isinstance(factor, Symbol)
                self._writer.write(" " if plain else " times ")
            self._part(expression, index, path, isinstance(factor, Sum | Negation | Product | Quotient))

    def _power(self, expression: Power, path: Path) -> None:
        self._part(expression, 0, path, not isinstance(expression.base, Constant | NamedConstant | Symbol))
        exponent = expression.exponent
        words = {TWO: " squared", _THREE: " cubed"}
        if exponent in words:
            with self._writer.part((*path, 1)):
                self._writer.write(words[exponent])
            return
        inside = exponent.operand if isinstance(exponent, Negation) else exponent
        quantity = not isinstance(inside, Constant | NamedConstant | Symbol)
        self._writer.write(" to " if quantity else " to the ")
        self._part(expression, 1, path, quantity)
