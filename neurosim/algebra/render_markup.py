"""Expressions as markup trees, for the widget that sets formulas: each part knows its path, and pieces can be boxed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

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
from neurosim.algebra.names import symbol_parts
from neurosim.algebra.render_text import decimal_text
from neurosim.markup import tree
from neurosim.markup.build import NEGATIVE, PARTIAL, PLUS, TAKE_AWAY, TIMES, bracketed, italic, row
from neurosim.markup.tree import Bracket, Hat, Mark, Markup, Over, Root, Script
from neurosim.markup.write_text import write_text
from neurosim.numbers.format import MINUS

Refs = Mapping[str, frozenset[str]]
_D = tree.Symbol("d", "upright")
_PLAIN = Constant | NamedConstant | Symbol


def path_ref(path: Path) -> str:
    """What the markup of the part at *path* refers to: ``part:0.1``."""
    return f"part:{'.'.join(str(index) for index in path)}"


def render_markup(
    expression: Expression,
    decimal: str = ".",
    boxed: Collection[Path] = (),
    refs: Refs | None = None,
    numbers: Mapping[str, Markup] | None = None,
) -> Markup:
    """The expression as markup.

    Args:
        expression: what to set.
        decimal: the decimal sign.
        boxed: paths of the parts to draw a box round; neighbours share one.
        refs: for symbols that stand for something, such as a weight, the ids that light up with them.
        numbers: for symbols, the numbers to write in their places, as ``markup.build.number`` sets them.
    """
    return _Setting(decimal, frozenset(boxed), refs or {}, numbers or {}).part(expression, ())


class _Setting:
    """One rendering."""

    def __init__(self, decimal: str, boxed: frozenset[Path], refs: Refs, numbers: Mapping[str, Markup]) -> None:
        self._decimal = decimal
        self._boxed = boxed
        self._refs = refs
        self._numbers = numbers

    def part(self, expression: Expression, path: Path, box: bool = True, minus: bool = False) -> Mark:
        """A part with its reference; *minus* writes the minus sign in front of it into its fraction."""
        refs = frozenset({path_ref(path)})
        if isinstance(expression, Symbol):
            refs |= self._refs.get(expression.name, frozenset())
        inside = self._fraction(expression, path, minus) if minus else self._inside(expression, path)
        return Mark(inside, refs, emphasis="boxed" if box and path in self._boxed else None)

    def _inside(self, expression: Expression, path: Path) -> Markup:
        if isinstance(expression, Constant):
            return tree.Symbol(decimal_text(expression.value, self._decimal), "number")
        if isinstance(expression, NamedConstant):
            return tree.Symbol({"e": "e", "pi": "π"}[expression.name], "upright")
        if isinstance(expression, Symbol):
            return self._numbers.get(expression.name) or symbol_markup(expression.name)
        if isinstance(expression, Negation):
            return self._negation(expression, path)
        if isinstance(expression, Sum):
            return self._sum(expression, path)
        if isinstance(expression, Product):
            return self._product(expression, path)
        if isinstance(expression, Quotient):
            return self._fraction(expression, path)
        if isinstance(expression, Power):
            plain = isinstance(expression.base, _PLAIN)
            shut = not plain and not isinstance(expression.base, Function)
            base = self._child(expression, 0, path, shut or self._is_composite(expression.base))
            return Script(base, self._child(expression, 1, path))
        if isinstance(expression, Function):
            return self._function(expression, path)
        if isinstance(expression, Derivative):
            sign = PARTIAL if expression.partial else _D
            bare = isinstance(expression.operand, Quotient | Function | _PLAIN)
            below = row(sign, symbol_markup(expression.symbol))
            return row(Over(sign, below), self._child(expression, 0, path, not bare))
        raise TypeError(f"{type(expression).__name__} cannot be set.")

    def _child(self, parent: Expression, index: int, path: Path, brackets: bool = False) -> Markup:
        found = self.part(parent.children[index], (*path, index))
        return bracketed(found) if brackets else found

    def _negation(self, expression: Negation, path: Path) -> Markup:
        operand = expression.operand
        if takes_minus(operand):
            return self.part(operand, (*path, 0), minus=True)
        if isinstance(operand, Product) and takes_minus(operand.factors[0]):
            inside = self._product(operand, (*path, 0), minus=True)
            emphasis: tree.Emphasis | None = "boxed" if (*path, 0) in self._boxed else None
            return Mark(inside, frozenset({path_ref((*path, 0))}), emphasis=emphasis)
        shut = isinstance(operand, Sum | Negation) or self._is_negative(operand)
        return row(NEGATIVE, self._child(expression, 0, path, shut))

    def _sum(self, expression: Sum, path: Path) -> Markup:
        items: list[tuple[Markup | None, Markup]] = []
        boxed = self._runs(expression, path)
        for index, term in enumerate(expression.terms):
            place = (*path, index)
            if index and isinstance(term, Negation):
                inside = self.part(term.operand, (*place, 0))
                inside = replace(inside, refs=inside.refs | {path_ref(place)})
                shut = isinstance(term.operand, Sum | Negation) or self._is_negative(term.operand)
                items.append((TAKE_AWAY, bracketed(inside) if shut else inside))
            else:
                found = self.part(term, place, box=False)
                shut = isinstance(term, Sum) or (index > 0 and self._is_negative(term))
                items.append((PLUS if index else None, bracketed(found) if shut else found))
        return _grouped(items, boxed)

    def _product(self, expression: Product, path: Path, minus: bool = False) -> Markup:
        items: list[tuple[Markup | None, Markup]] = []
        for index, factor in enumerate(expression.factors):
            dot = TIMES if index and self._needs_dot(expression.factors[index - 1], factor) else None
            found = self.part(factor, (*path, index), box=False, minus=minus and index == 0)
            shut = isinstance(factor, Sum | Negation | Product) or self._is_negative(factor)
            items.append((dot, bracketed(found) if shut else found))
        return _grouped(items, self._runs(expression, path))

    def _runs(self, expression: Expression, path: Path) -> list[bool]:
        return [(*path, index) in self._boxed for index in range(len(expression.children))]

    def _fraction(self, expression: Expression, path: Path, minus: bool = False) -> Markup:
        above = self._child(expression, 0, path)
        return Over(row(NEGATIVE, above) if minus else above, self._child(expression, 1, path))

    def _function(self, expression: Function, path: Path) -> Markup:
        inside = self._child(expression, 0, path)
        if expression.name == "sqrt":
            return Root(inside)
        if expression.name == "abs":
            return Bracket(inside, "|", "|")
        return row(tree.Symbol(FUNCTIONS[expression.name].text, "upright"), bracketed(inside))

    # -- numbers in the places of symbols --------------------------------------------------------------------------

    def _is_number(self, expression: Expression) -> bool:
        return isinstance(expression, Constant) or (isinstance(expression, Symbol) and expression.name in self._numbers)

    def _is_negative(self, expression: Expression) -> bool:
        """Whether a number with a minus stands here: beside others it needs brackets, at the beginning it does not."""
        if not isinstance(expression, Symbol) or expression.name not in self._numbers:
            return False
        return write_text(self._numbers[expression.name]).lstrip("~").startswith(MINUS)

    def _is_composite(self, expression: Expression) -> bool:
        """Whether the number here needs brackets under an exponent."""
        if not isinstance(expression, Symbol) or expression.name not in self._numbers:
            return False
        return self._is_negative(expression) or isinstance(self._numbers[expression.name], Over)

    def _needs_dot(self, left: Expression, right: Expression) -> bool:
        if self._numbers:
            starts = right.base if isinstance(right, Power) else right
            if self._is_number(starts) or (self._is_number(left) and isinstance(right, Quotient)):
                return True
        return _needs_dot(left, right)


def symbol_markup(name: str) -> Markup:
    """A symbol as it is set: italic, with its hat and its index; a quantity named ``f(x)`` as a function."""
    letter, hat, index, argument = symbol_parts(name)
    base: Markup = Hat(italic(letter)) if hat else italic(letter)
    if index:
        base = Script(base, None, tree.Symbol(index, "number" if index.isdigit() else "italic"))
    return row(base, bracketed(italic(argument))) if argument else base


def takes_minus(expression: Expression) -> bool:
    """Whether a minus sign in front is written into the fraction, as in the lecture's -1/(...)^2."""
    if not isinstance(expression, Quotient) or not isinstance(expression.numerator, Constant):
        return False
    return any(isinstance(part, Symbol) for _, part in walk(expression.denominator))


def _needs_dot(left: Expression, right: Expression) -> bool:
    starts = right.base if isinstance(right, Power) else right
    if isinstance(starts, Constant) or (isinstance(left, Constant) and isinstance(right, Quotient)):
        return True
    return isinstance(starts, Function) and not isinstance(left, Constant)


def _grouped(items: list[tuple[Markup | None, Markup]], boxed: list[bool]) -> Markup:
    """The parts with their signs in one row; neighbours that are boxed share a box, with a minus that is theirs."""
    parts: list[Markup] = []
    box: list[Markup] = []
    for (sign, body), inside in zip(items, boxed, strict=True):
        if not inside and box:
            parts.append(Mark(row(*box), emphasis="boxed"))
            box = []
        begins = inside and not box
        target = box if inside and not (begins and sign is not TAKE_AWAY) else parts
        if sign is not None:
            target.append(sign)
        (box if inside else parts).append(body)
    if box:
        parts.append(Mark(row(*box), emphasis="boxed"))
    return row(*parts)
