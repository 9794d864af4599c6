"""The lines of regularisation: what the size of the weights costs, and how it pulls at each of them."""

from __future__ import annotations

from fractions import Fraction

from neurosim.markup.build import derivative, index, italic, words
from neurosim.markup.tree import Bracket, Mark, Markup, Row, Script, Symbol
from neurosim.numbers.exact import Number
from neurosim.working.line import Equation, Line, equation
from neurosim.working.names import LOSS
from neurosim.working.sheet import Sheet
from neurosim.working.terms import TWO, Absolute, Call, Leaf, Quotient, Term, plus, square, times

LOSS_REFS = frozenset({"loss"})
PENALTY = italic("R")
MOST_WEIGHTS = 12
"""So many weights of a penalty are written out."""


def data_loss_symbol() -> Markup:
    """The loss without the penalty."""
    return index(LOSS, words("data"))


def penalised(sheet: Sheet) -> list[str]:
    """The edges whose weights the penalty counts."""
    return [edge.id for edge in sheet.network.edges if not edge.muted and edge.id in sheet.step.gradient]


def strength(sheet: Sheet, kind: str) -> Leaf:
    """λ₁ or λ₂ of the settings."""
    value = sheet.settings.l1 if kind == "1" else sheet.settings.l2
    return Leaf(Script(italic("λ"), None, Symbol(kind, "number")), value)


def penalty_lines(sheet: Sheet) -> list[Line]:
    """The penalty, and its sum with the loss of the data."""
    title = "What the size of the weights costs"
    return [
        Line(0, "loss", title, lambda: [_penalty(sheet)], note="Biases cost nothing."),
        Line(0, "loss", "Add the penalty to the loss of the data", lambda: [_with_penalty(sheet)]),
    ]


def _penalty(sheet: Sheet) -> Equation:
    edges = penalised(sheet)
    shown = edges if len(edges) <= MOST_WEIGHTS else edges[: MOST_WEIGHTS - 1]
    parts: list[Term] = []
    for kind, power in (("2", True), ("1", False)):
        factor = strength(sheet, kind)
        if not factor.value:
            continue
        terms: list[Term] = [square(sheet.weight(e)) if power else Absolute(sheet.weight(e)) for e in shown]
        if len(shown) < len(edges):
            terms.append(_other_weights(sheet, edges[len(shown) :], power))
        half = Quotient(factor, TWO) if power else factor
        parts.append(times(half, plus(*terms)))
    refs = frozenset(edges)
    left = Mark(PENALTY, refs, "loss")
    return equation(left, plus(*parts), sheet.step.penalty or Fraction(0), sheet.style, refs=refs, role="loss")


def _with_penalty(sheet: Sheet) -> Equation:
    refs = frozenset(penalised(sheet))
    data = Leaf(data_loss_symbol(), sheet.step.data_loss or Fraction(0), LOSS_REFS, "loss")
    penalty = Leaf(PENALTY, sheet.step.penalty or Fraction(0), refs, "loss")
    return equation(
        Mark(LOSS, LOSS_REFS, "loss"),
        plus(data, penalty),
        sheet.step.loss,
        sheet.style,
        refs=LOSS_REFS,
        role="loss",
        both=True,
    )


def _other_weights(sheet: Sheet, edges: list[str], power: bool) -> Leaf:
    value: Number = Fraction(0)
    for edge in edges:
        weight = sheet.network.edge_by_id[edge].weight
        value = value + (weight * weight if power else weight if weight > 0 else -weight)
    sign = Script(Symbol("Σ", "upright"), None, words(f"{len(edges)} more weights"), big=True)
    w = italic("w")
    term: Markup = Script(w, Symbol("2", "number")) if power else Bracket(w, "|", "|")
    return Leaf(Row((sign, term)), value, frozenset(edges))


def penalty_gradient_line(sheet: Sheet) -> Line:
    """The gradient of each weight with the penalty's part."""
    edges = penalised(sheet)
    return Line(0, "backward", "Add the pull of the penalty", lambda: [_pulled(sheet, edge) for edge in edges])


def _pulled(sheet: Sheet, edge: str) -> Equation:
    weight = sheet.weight(edge)
    refs = frozenset({edge})
    symbol = derivative(data_loss_symbol(), weight.symbol)
    terms: list[Term] = [Leaf(symbol, sheet.data_gradient[edge], refs, "gradient")]
    if sheet.settings.l2:
        terms.append(times(strength(sheet, "2"), weight))
    if sheet.settings.l1:
        terms.append(times(strength(sheet, "1"), Call("sgn", (weight,))))
    left = Mark(sheet.names.gradient(edge), refs, "gradient")
    value = sheet.step.gradient[edge]
    return equation(left, plus(*terms), value, sheet.style, refs=refs, role="gradient")
