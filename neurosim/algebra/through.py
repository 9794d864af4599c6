"""Derivations through a quantity with a name: from the loss through the prediction to the parameter."""

from __future__ import annotations

from dataclasses import replace as changed

from neurosim.algebra.derivation import Derivation, Step, Writing, derive
from neurosim.algebra.errors import AlgebraError
from neurosim.algebra.expression import (
    Derivative,
    Expression,
    Negation,
    Path,
    Product,
    Sum,
    Symbol,
    depends_on,
    factors_of,
    substitute,
    sum_of,
    walk,
    without_sign,
)
from neurosim.algebra.names import text_of
from neurosim.algebra.paths import replace, size
from neurosim.algebra.render_text import render_text
from neurosim.algebra.rules import LECTURE, RULES, Style
from neurosim.algebra.simplify import EXPANDING, LIGHT, simplified


def derive_through(
    outer: Expression, middle: str, inner: Expression, symbol: str, style: Style = LECTURE, partial: bool = False
) -> Derivation:
    """The chain rule through a quantity with a name: ``dL/dz = dL/dp dp/dz`` with ``p = sigma(z)``.

    The outer function is differentiated by the name, then the name is replaced by what it stands for, then that is
    differentiated, and the product simplified; it is multiplied out when that makes it shorter.

    Args:
        outer: the outer function, in which *middle* appears and *symbol* does not.
        middle: the name of the quantity in the middle.
        inner: what it stands for.
        symbol: by which symbol the whole is differentiated.
        style: see ``derive``.
        partial: write round d's.

    Raises:
        AlgebraError: the outer function depends on the symbol directly too, or the inner one on the middle.
    """
    if depends_on(outer, symbol) and symbol != middle:
        raise AlgebraError(
            f"The outer function depends on {text_of(symbol)} directly, not only through {text_of(middle)}."
        )
    if depends_on(inner, middle):
        raise AlgebraError(f"What {text_of(middle)} stands for must not depend on {text_of(middle)} itself.")
    whole = substitute(outer, middle, inner)
    last = Derivative(inner, symbol, partial)
    writing = Writing(Derivative(whole, symbol, partial))
    first = derive(outer, middle, style, partial)
    chain = RULES["chain"]
    name = text_of(middle)
    why = (
        f"It depends on {text_of(symbol)} through {name} = {render_text(inner)}: "
        f"its derivative by {name}, times the derivative of {name} by {text_of(symbol)}."
    )
    writing.add(Step(_beside(first.start, last), "rule", chain.name, chain.title, "", ((),), ((0,), (1,)), why))
    before = first.start
    for step in first.steps:
        writing.add(
            changed(
                step,
                expression=_beside(step.expression, last),
                before=tuple(path for place in step.before for path in _all_lifted(place, before)),
                after=tuple(path for place in step.after for path in _all_lifted(place, step.expression)),
            )
        )
        before = step.expression
    if depends_on(before, middle):
        put_in = substitute(before, middle, inner)
        why = f"{name} stands for {render_text(inner)}."
        places = _all_lifted((), put_in)
        writing.add(
            Step(
                _beside(put_in, last),
                "substitution",
                "put_in",
                f"Put in {name}",
                "",
                _all_lifted((), before),
                places,
                why,
            )
        )
    writing.differentiate(style)
    light, expanded = simplified(writing.line, LIGHT), simplified(writing.line, EXPANDING)
    writing.simplify(EXPANDING if size(expanded) < size(light) else LIGHT)
    return Derivation(whole, symbol, writing.start, tuple(writing.steps))


def abbreviate(derivation: Derivation, name: str, meaning: Expression) -> Derivation:
    """The derivation with one more line, in which *name* is written for *meaning*: ``y - f(x)`` for ``y - a x - b``.

    The terms of *meaning* may stand in a longer sum, all with the same sign. Nothing is added where it does not appear.
    """
    line = derivation.result
    for path, part in walk(line):
        shorter = _shortened(part, name, meaning)
        if shorter is not None:
            done, after = replace(line, path, shorter)
            text = f"{text_of(name)} stands for {render_text(meaning)}."
            step = Step(done, "substitution", "abbreviate", f"Write {text_of(name)}", "", (path,), after, text)
            return changed(derivation, steps=(*derivation.steps, step))
    return derivation


def _shortened(part: Expression, name: str, meaning: Expression) -> Expression | None:
    if part == meaning:
        return Symbol(name)
    if not (isinstance(part, Sum) and isinstance(meaning, Sum)):
        return None
    plus = list(meaning.terms)
    minus: list[Expression] = []
    for term in plus:
        negative, inside = without_sign(term)
        minus.append(inside if negative else Negation(term))
    for wanted, shown in ((plus, Symbol(name)), (minus, Negation(Symbol(name)))):
        places = [part.terms.index(term) for term in wanted if term in part.terms]
        if len(set(places)) == len(wanted):
            first = min(places)
            kept = [
                shown if place == first else term
                for place, term in enumerate(part.terms)
                if place == first or place not in places
            ]
            return sum_of(kept)
    return None


def _beside(left: Expression, last: Derivative) -> Expression:
    """The left factor times the last one; a minus sign stands before both, and a product's factors side by side."""
    negative, inside = without_sign(left)
    product = Product((*factors_of(inside), last))
    return Negation(product) if negative else product


def _all_lifted(path: Path, left: Expression) -> tuple[Path, ...]:
    """Where a part of the left factor stands beside the last one; the whole of a product is each of its factors."""
    negative, inside = without_sign(left)
    if negative:
        return tuple((0, *place) for place in _all_lifted(path[1:], inside))
    if not isinstance(inside, Product):
        return ((0, *path),)
    return (path,) if path else tuple((index,) for index in range(len(inside.factors)))
