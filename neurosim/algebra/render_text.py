"""Expressions as plain Unicode text with the fewest brackets, which ``parse`` reads back as the same expression."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

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
)
from neurosim.algebra.functions import FUNCTIONS
from neurosim.algebra.names import text_of
from neurosim.algebra.words import ENDINGS, FUNCTION_LETTERS, LONGEST_RUN
from neurosim.algebra.writer import Rendered, Writer

_SUPERSCRIPTS = str.maketrans("0123456789−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
Bracketed = Callable[[Expression, Expression, int], bool]


def render_text(expression: Expression, decimal: str = ".") -> Rendered:
    """The expression in one line, with the span of each part.

    Args:
        expression: what to write.
        decimal: the decimal sign.
    """
    return _render(expression, decimal, _needs_brackets, explicit=False)


def read_as(expression: Expression, decimal: str = ".") -> str:
    """The expression with a bracket round every composite part and a dot at every product: how something was read."""
    return _render(expression, decimal, _explicit_brackets, explicit=True).text


def decimal_text(value: Fraction, decimal: str = ".") -> str:
    """A number without sign as its digits; the decimals end."""
    whole, rest = divmod(value, 1)
    digits = ""
    while rest:
        digit, rest = divmod(rest * 10, 1)
        digits += str(digit)
    return f"{whole}{decimal}{digits}" if digits else str(whole)


def _render(expression: Expression, decimal: str, bracketed: Bracketed, explicit: bool) -> Rendered:
    writer = Writer()
    _Text(writer, decimal, bracketed, explicit).whole(expression, ())
    return writer.done()


class _Text:
    """One rendering."""

    def __init__(self, writer: Writer, decimal: str, bracketed: Bracketed, explicit: bool) -> None:
        self._writer = writer
        self._decimal = decimal
        self._bracketed = bracketed
        self._explicit = explicit

    def whole(self, expression: Expression, path: Path) -> None:
        write = self._writer.write
        with self._writer.part(path):
            if isinstance(expression, Constant):
                write(decimal_text(expression.value, self._decimal))
            elif isinstance(expression, NamedConstant):
                write({"e": "e", "pi": "π"}[expression.name])
            elif isinstance(expression, Symbol):
                write(text_of(expression.name))
            elif isinstance(expression, Negation):
                write("−")
                self._child(expression, 0, path)
            elif isinstance(expression, Sum):
                self._sum(expression, path)
            elif isinstance(expression, Product):
                self._product(expression, path)
            elif isinstance(expression, Quotient):
                self._child(expression, 0, path)
                write("/")
                self._child(expression, 1, path)
            elif isinstance(expression, Power):
                self._power(expression, path)
            elif isinstance(expression, Function):
                self._function(expression, path)
            elif isinstance(expression, Derivative):
                sign = "∂" if expression.partial else "d"
                write(f"{sign}/{sign}{text_of(expression.symbol)}(")
                self.whole(expression.operand, (*path, 0))
                write(")")

    def _child(self, parent: Expression, index: int, path: Path) -> None:
        child = parent.children[index]
        brackets = self._bracketed(parent, child, index)
        if brackets:
            self._writer.write("(")
        self.whole(child, (*path, index))
        if brackets:
            self._writer.write(")")

    def _sum(self, expression: Sum, path: Path) -> None:
        for index, term in enumerate(expression.terms):
            if index and isinstance(term, Negation):
                self._writer.write(" ")
                with self._writer.part((*path, index)):
                    self._writer.write("− ")
                    self._child(term, 0, (*path, index))
            else:
                self._writer.write(" + " if index else "")
                self._child(expression, index, path)

    def _product(self, expression: Product, path: Path) -> None:
        run = ""
        for index, factor in enumerate(expression.factors):
            if index:
                left = expression.factors[index - 1]
                touching = not self._explicit and _touch(
                    left,
                    factor,
                    (
                        self._bracketed(expression, left, index - 1),
                        self._bracketed(expression, factor, index),
                    ),
                    run,
                )
                self._writer.write("" if touching else "·")
                run = run if touching else ""
            run += _letters(factor)
            self._child(expression, index, path)

    def _power(self, expression: Power, path: Path) -> None:
        self._child(expression, 0, path)
        raised = _superscript(expression.exponent)
        if raised and not self._explicit:
            with self._writer.part((*path, 1)):
                self._raised(raised, (*path, 1))
        else:
            self._writer.write("^")
            self._child(expression, 1, path)

    def _raised(self, digits: str, path: Path) -> None:
        if not digits.startswith("⁻"):
            self._writer.write(digits)
            return
        self._writer.write("⁻")
        with self._writer.part((*path, 0)):
            self._writer.write(digits[1:])

    def _function(self, expression: Function, path: Path) -> None:
        bars = expression.name == "abs" and not self._explicit
        self._writer.write("|" if bars else f"{FUNCTIONS[expression.name].text}(")
        self.whole(expression.argument, (*path, 0))
        self._writer.write("|" if bars else ")")


def _superscript(exponent: Expression) -> str:
    """A whole exponent as small raised digits; empty for any other."""
    sign, size = ("−", exponent.operand) if isinstance(exponent, Negation) else ("", exponent)
    if isinstance(size, Constant) and size.value.denominator == 1:
        return f"{sign}{size.value}".translate(_SUPERSCRIPTS)
    return ""


def _letters(factor: Expression) -> str:
    """The letters by which a factor could run into its neighbour and make a word."""
    if isinstance(factor, Symbol | NamedConstant):
        return text_of(factor.name) if factor.name != "pi" else "π"
    return "|"


def _touch(left: Expression, right: Expression, brackets: tuple[bool, bool], run: str) -> bool:
    """Whether two factors are written side by side, without a dot, as a textbook does."""
    if any(
        isinstance(factor, Quotient | Derivative) and not shut
        for factor, shut in zip((left, right), brackets, strict=True)
    ):
        return False
    if brackets[1]:
        return brackets[0] or _may_open(left, run) or isinstance(left, Constant) or _ends_shut(left)
    if brackets[0] or not (_is_letter(right) or (isinstance(right, Power) and _is_letter(right.base))):
        return False
    if isinstance(left, Constant):
        return True
    if "(" in str(getattr(right, "name", "")):
        return False  # a quantity named f(x)
    plain = _is_letter(left) and text_of(getattr(left, "name", "")).isalnum()
    after = isinstance(left, Power) and _is_letter(left.base) and bool(_superscript(left.exponent))
    if after:
        return True
    first = _letters(right.base if isinstance(right, Power) else right)
    return plain and not any((run + first[0]).endswith(word) for word in ENDINGS)


def _may_open(left: Expression, run: str) -> bool:
    """Whether a bracket directly after this letter is read as a factor: f(x) or foo(x) would look like a function."""
    return _is_letter(left) and getattr(left, "name", "")[0] not in FUNCTION_LETTERS and len(run) < LONGEST_RUN


def _ends_shut(factor: Expression) -> bool:
    """Whether the factor ends with a round bracket or a raised number, so that a bracket may follow directly."""
    if isinstance(factor, Power):
        return bool(_superscript(factor.exponent))
    return isinstance(factor, Function) and factor.name != "abs"


def _is_letter(expression: Expression) -> bool:
    return isinstance(expression, Symbol | NamedConstant)


def _needs_brackets(parent: Expression, child: Expression, index: int) -> bool:
    if isinstance(parent, Sum):
        return isinstance(child, Sum) or (index > 0 and isinstance(child, Negation))
    if isinstance(parent, Negation):
        return isinstance(child, Sum | Negation)
    if isinstance(parent, Product):
        return isinstance(child, Sum | Negation | Product) or (index > 0 and isinstance(child, Quotient))
    if isinstance(parent, Quotient):
        heavy = isinstance(child, Sum | Negation | Quotient | Derivative)
        return heavy or (index == 1 and isinstance(child, Product))
    if isinstance(parent, Power):
        if index == 0:
            return not isinstance(child, Constant | NamedConstant | Symbol | Function)
        plain = child.operand if isinstance(child, Negation) else child
        return not isinstance(plain, Constant | NamedConstant | Symbol | Function)
    return False


def _explicit_brackets(parent: Expression, child: Expression, index: int) -> bool:
    if isinstance(parent, Sum) and isinstance(child, Negation) and index == 0:
        return False
    return bool(child.children) and not isinstance(child, Function | Derivative)
