"""Expressions as LaTeX, set as in a textbook, with the fewest brackets."""

from __future__ import annotations

from neurosim.algebra.expression import (
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
    walk,
)
from neurosim.algebra.functions import FUNCTIONS
from neurosim.algebra.names import latex_of
from neurosim.algebra.render_markup import takes_minus
from neurosim.algebra.render_text import decimal_text
from neurosim.algebra.writer import Rendered, Writer


def render_latex(expression: Expression, decimal: str = ".") -> Rendered:
    r"""The expression in LaTeX for maths mode, with the span of each part.

    Args:
        expression: what to write.
        decimal: the decimal sign; a comma is written ``{,}`` so that no space follows it.
    """
    writer = Writer()
    _Latex(writer, "{,}" if decimal == "," else decimal).whole(expression, ())
    return writer.done()


class _Latex:
    """One rendering."""

    def __init__(self, writer: Writer, decimal: str) -> None:
        self._writer = writer
        self._decimal = decimal

    def whole(self, expression: Expression, path: Path) -> None:
        write = self._writer.write
        with self._writer.part(path):
            if isinstance(expression, Constant):
                write(decimal_text(expression.value, self._decimal))
            elif isinstance(expression, NamedConstant):
                write({"e": "e", "pi": r"\pi"}[expression.name])
            elif isinstance(expression, Symbol):
                write(latex_of(expression.name))
            elif isinstance(expression, Negation):
                self._negation(expression, path)
            elif isinstance(expression, Sum):
                self._sum(expression, path)
            elif isinstance(expression, Product):
                self._product(expression, path)
            elif isinstance(expression, Quotient):
                self._fraction(expression, path)
            elif isinstance(expression, Power):
                self._power(expression, path)
            elif isinstance(expression, Function):
                self._function(expression, path)
            elif isinstance(expression, Derivative):
                self._derivative(expression, path)

    def _child(self, parent: Expression, index: int, path: Path, brackets: bool) -> None:
        child = parent.children[index]
        opening, closing = _brackets(child) if brackets else ("", "")
        self._writer.write(opening)
        self.whole(child, (*path, index))
        self._writer.write(closing)

    def _negation(self, expression: Negation, path: Path) -> None:
        operand = expression.operand
        # The lecture writes -1/(...)^2 with its minus in the fraction: so where a plain number stands over a formula.
        if takes_minus(operand):
            with self._writer.part((*path, 0)):
                self._fraction(operand, (*path, 0), minus=True)
        elif isinstance(operand, Product) and takes_minus(operand.factors[0]):
            with self._writer.part((*path, 0)):
                self._product(operand, (*path, 0), minus=True)
        else:
            self._writer.write("-")
            self._child(expression, 0, path, isinstance(operand, Sum | Negation))

    def _sum(self, expression: Sum, path: Path) -> None:
        for index, term in enumerate(expression.terms):
            if index and isinstance(term, Negation):
                self._writer.write(" ")
                with self._writer.part((*path, index)):
                    self._writer.write("- ")
                    self._child(term, 0, (*path, index), isinstance(term.operand, Sum | Negation))
            else:
                self._writer.write(" + " if index else "")
                self._child(expression, index, path, isinstance(term, Sum))

    def _product(self, expression: Product, path: Path, minus: bool = False) -> None:
        for index, factor in enumerate(expression.factors):
            if index:
                self._writer.write(_between(expression.factors[index - 1], factor))
            if index == 0 and minus:
                with self._writer.part((*path, 0)):
                    self._fraction(factor, (*path, 0), minus=True)
            else:
                self._child(expression, index, path, isinstance(factor, Sum | Negation | Product))

    def _fraction(self, expression: Expression, path: Path, minus: bool = False) -> None:
        self._writer.write(r"\frac{-" if minus else r"\frac{")
        self._child(expression, 0, path, brackets=False)
        self._writer.write("}{")
        self._child(expression, 1, path, brackets=False)
        self._writer.write("}")

    def _power(self, expression: Power, path: Path) -> None:
        plain = isinstance(expression.base, Constant | NamedConstant | Symbol)
        shut = isinstance(expression.base, Function) and expression.base.name != "sqrt"
        self._child(expression, 0, path, not (plain or shut))
        exponent = expression.exponent
        single = isinstance(exponent, Constant) and len(decimal_text(exponent.value)) == 1
        letter = isinstance(exponent, Symbol | NamedConstant) and len(exponent.name) == 1
        braces = ("", "") if single or (letter and exponent != NamedConstant("pi")) else ("{", "}")
        self._writer.write(f"^{braces[0]}")
        self._child(expression, 1, path, brackets=False)
        self._writer.write(braces[1])

    def _function(self, expression: Function, path: Path) -> None:
        command = FUNCTIONS[expression.name].latex
        if expression.name == "sqrt":
            self._writer.write(r"\sqrt{")
            self._child(expression, 0, path, brackets=False)
            self._writer.write("}")
        elif expression.name == "abs":
            self._writer.write(r"\left|")
            self._child(expression, 0, path, brackets=False)
            self._writer.write(r"\right|")
        else:
            self._writer.write(command)
            self._child(expression, 0, path, brackets=True)

    def _derivative(self, expression: Derivative, path: Path) -> None:
        sign = r"\partial " if expression.partial else "d"
        self._writer.write(rf"\frac{{{sign.strip()}}}{{{sign}{latex_of(expression.symbol)}}}")
        operand = expression.operand
        bare = isinstance(operand, Quotient | Symbol | NamedConstant | Constant | Function)
        self._writer.write(" " if bare else "")
        self._child(expression, 0, path, not bare)


def _tall(expression: Expression) -> bool:
    return any(isinstance(part, Quotient | Derivative) for _, part in walk(expression))


def _brackets(expression: Expression) -> tuple[str, str]:
    return (r"\left(", r"\right)") if _tall(expression) else ("(", ")")


def _between(left: Expression, right: Expression) -> str:
    """What stands between two factors: a dot where digits would run together, a little air where words would."""
    bracketed = isinstance(right, Sum | Negation | Product)
    if bracketed:
        named = isinstance(left, Symbol) and left.name[0] in "fghFGH"
        return r" \cdot " if named else ""
    starts = right.base if isinstance(right, Power) else right
    if isinstance(starts, Constant) or (isinstance(left, Constant) and isinstance(right, Quotient)):
        return r" \cdot "
    if isinstance(right, Derivative):
        return r"\,"
    if isinstance(right, Function) or isinstance(left, Function):
        return r"\," if not isinstance(left, Constant) or right != starts else " "
    return (
        " "
        if isinstance(left, Symbol | NamedConstant | Constant) and isinstance(starts, Symbol | NamedConstant)
        else r"\,"
    )
