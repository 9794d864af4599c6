"""What a differentiation rule is: one file each, found by being there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from neurosim.algebra.expression import Derivative, Expression, Symbol
from neurosim.algebra.render_text import render_text
from neurosim.records import dataclass


@dataclass(frozen=True)
class Style:
    """How a derivation is written where there is more than one way.

    Attributes:
        name: the unique name.
        title: what a menu calls it.
        terse: what is 0 by the constant rule drops out at once, and ``n - 1`` is worked out at once, as on a slide;
            otherwise each of these is a line of its own.
        constant_over: how ``c/g(x)`` is differentiated: by the chain rule as the power -1, or by the quotient rule.
    """

    name: str
    title: str
    terse: bool
    constant_over: Literal["chain", "quotient"]


LECTURE = Style("lecture", "As in the lecture", terse=True, constant_over="chain")
QUOTIENT = Style("quotient", "With the quotient rule", terse=True, constant_over="quotient")
FULL = Style("full", "Every rule on a line of its own", terse=False, constant_over="quotient")
STYLES = {style.name: style for style in (LECTURE, QUOTIENT, FULL)}


@dataclass(frozen=True)
class Applied:
    """What a rule makes of a derivative.

    Attributes:
        expression: what takes the derivative's place.
        why: a sentence.
        outside: for the chain rule, the name of the rule that the outside obeys; else empty.
    """

    expression: Expression
    why: str
    outside: str = ""


@dataclass(frozen=True)
class Rule:
    """A differentiation rule.

    Attributes:
        name: the unique name.
        title: what it is called in the lecture's table.
        order: its place in the table.
        priority: rules with a smaller one are tried first.
        in_table: whether it is one of the ten of the lecture's table.
        function: the kind of function it is for, as text.
        derivative: its derivative, as text.
        latex: both, as an equation in LaTeX.
        example: a function to try it on, as one would type it, of x.
        applies: whether it is the rule for a derivative, in a style.
        apply: one application of it.
    """

    name: str
    title: str
    order: int
    priority: int
    in_table: bool
    function: str
    derivative: str
    latex: str
    example: str
    applies: Callable[[Derivative, Style], bool]
    apply: Callable[[Derivative, Style], Applied]


def still(operand: Expression, derivative: Derivative) -> Derivative:
    """The derivative of another operand by the same symbol, still to be worked out."""
    return Derivative(operand, derivative.symbol, derivative.partial)


def is_bare(expression: Expression, derivative: Derivative) -> bool:
    """Whether the expression is nothing but the symbol by which is differentiated."""
    return isinstance(expression, Symbol) and expression.name == derivative.symbol


def shown(expression: Expression) -> str:
    """An expression inside a sentence, cut where it is long."""
    text = render_text(expression).text
    return text if len(text) <= 48 else f"{text[:44]} …"
