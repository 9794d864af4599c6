"""The sum rule: each term is differentiated on its own, and keeps its sign."""

from __future__ import annotations

from neurosim.algebra.expression import Derivative, Expression, Negation, Sum, depends_on, sum_of, without_sign
from neurosim.algebra.names import text_of
from neurosim.algebra.rules.base import Applied, Rule, Style, shown, still


def _applies(derivative: Derivative, _style: Style) -> bool:
    return isinstance(derivative.operand, Sum)


def _apply(derivative: Derivative, style: Style) -> Applied:
    terms: list[Expression] = []
    dropped: list[str] = []
    for term in derivative.operand.children:
        negative, inside = without_sign(term)
        if style.terse and not depends_on(inside, derivative.symbol):
            dropped.append(shown(term))
            continue
        slope = still(inside, derivative)
        terms.append(Negation(slope) if negative else slope)
    why = "The derivative of a sum is the sum of the derivatives."
    if dropped:
        verb, ending = ("does", "its derivative 0 drops") if len(dropped) == 1 else ("do", "their derivatives 0 drop")
        why += f" {_listed(dropped)} {verb} not depend on {text_of(derivative.symbol)}: {ending} out."
    return Applied(sum_of(terms), why)


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


PLUGIN = Rule(
    name="sum",
    title="Sum",
    order=3,
    priority=40,
    in_table=True,
    function="f(x) + g(x)",
    derivative="f′(x) + g′(x)",
    latex=r"\frac{d}{dx}\bigl(f(x) + g(x)\bigr) = f'(x) + g'(x)",
    example="1 + e^-x",
    applies=_applies,
    apply=_apply,
)
