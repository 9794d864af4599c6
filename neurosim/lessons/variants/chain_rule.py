"""Derivatives by the chain rule: slides 8 and 9 with other functions."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from neurosim.algebra.derivation import Derivation, derive
from neurosim.algebra.evaluate import evaluate
from neurosim.algebra.expression import Expression
from neurosim.algebra.parse import parse
from neurosim.algebra.render_markup import render_markup
from neurosim.algebra.render_text import render_text
from neurosim.lessons.variants._friendly import friendly
from neurosim.lessons.variants._writing import Sheet
from neurosim.lessons.variants.base import Draft, SolutionLine, VariantKind
from neurosim.markup.build import EQUALS
from neurosim.markup.tree import Markup, Row, Symbol


def _attempt(generator: Random) -> Draft | None:
    function, inside = _function(generator)
    outer = parse(function)
    derivation, inner = derive(outer, "x"), derive(parse(inside), "x")
    sheet = Sheet(None)
    sheet.ask_formula("u", "u(x)", inside, _shown(parse(inside)))
    sheet.ask_formula("du", "u′(x)", _text(inner.result), _shown(inner.result), f"derivative:x:{inside}")
    sheet.ask_formula("df", "f′(x)", _text(derivation.result), _shown(derivation.result), f"derivative:x:{function}")
    place = _place(generator, derivation.result)
    if place is not None:
        sheet.ask("at", f"f′({place[0]})", place[1])
    task = "Name the inside u(x), differentiate it, then differentiate f by the chain rule."
    shown = Row((Symbol("f", "italic"), _of_x(), EQUALS, _shown(outer)))
    draft = sheet.done(task, _lines(derivation))
    return Draft(draft.task, (shown,), draft.tables, None, draft.question, draft.labels, draft.answers, draft.lines)


def _function(generator: Random) -> tuple[str, str]:
    """A function and its inside, as they are typed."""
    p, q = generator.choice((-3, -2, 2, 3, 4, 5)), generator.choice((-5, -4, -3, -2, -1, 1, 2, 3, 4, 5))
    power, up = generator.randint(3, 5), generator.randint(1, 7)
    sign, k = ("+" if q > 0 else "-"), generator.choice((-4, -3, -2, -1, 2, 3, 4, 5))
    line, square = f"{p}x {sign} {abs(q)}", f"x^2 + {up}"
    choices = (
        (f"({line})^{power}", line),
        (f"({square})^{generator.randint(2, 4)}", square),
        (f"e^({k}x)", f"{k}x"),
        (f"e^({generator.choice((-3, -2, -1, 2, 3))}x^2)".replace("(-1x", "(-x"), ""),
        (f"ln({square})", square),
        (f"1/({line})", line),
        (f"1/(1 + e^({k}x))", f"1 + e^({k}x)"),
        (f"sqrt({square})", square),
        (f"sigma({line})", line),
    )
    function, inside = generator.choice(choices)
    function, inside = function.replace("-1x", "-x"), inside.replace("-1x", "-x")
    return function, inside or function.removeprefix("e^(").removesuffix(")")


def _place(generator: Random, result: Expression) -> tuple[int, Fraction] | None:
    """A whole x at which the derivative is a friendly number; ``None`` when it is none anywhere near."""
    places = [x for x in (-2, -1, 1, 2, 3) if _friendly_at(result, x)]
    if not places:
        return None
    x = generator.choice(places)
    value = evaluate(result, {"x": Fraction(x)})
    return (x, value) if isinstance(value, Fraction) else None


def _friendly_at(result: Expression, x: int) -> bool:
    try:
        value = evaluate(result, {"x": Fraction(x)})
    except ValueError:
        return False
    return bool(value) and friendly([value], 50, 5000)


def _lines(derivation: Derivation) -> tuple[SolutionLine, ...]:
    """The derivation as on the slide, each line with the rule that leads to it."""
    found = []
    for line in derivation.condensed():
        equals: Markup = _shown(line.expression)
        found.append(SolutionLine(line.label or "What is asked", (equals,)))
    return tuple(found)


def _text(expression: Expression) -> str:
    return render_text(expression).text.replace("−", "-").replace("·", "*")


def _shown(expression: Expression) -> Markup:
    return render_markup(expression)


def _of_x() -> Markup:
    from neurosim.markup.build import bracketed, italic

    return bracketed(italic("x"))


PLUGIN = VariantKind(
    "chain_rule",
    "The chain rule",
    "Inside and outside, each differentiated once, and multiplied.",
    "8-9",
    _attempt,
    order=30,
)
