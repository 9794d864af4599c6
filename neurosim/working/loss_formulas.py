"""A row's loss as a formula in textbook letters: what stands under the sum sign, and what it is short for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from neurosim.markup.build import EQUALS, TAKE_AWAY, TIMES, bracketed, italic, row, words
from neurosim.markup.tree import Bracket, Hat, Markup, Over, Row, Script, Symbol

EACH = italic("i")
"""The running index of a sum over rows."""

_OUTPUT = italic("j")
ONE, TWO = Symbol("1", "number"), Symbol("2", "number")
_ZERO = Symbol("0", "number")
_COMMA = Symbol(", ", "words")
_LN, _MAX = Symbol("ln", "upright"), Symbol("max", "upright")
_MINUS = Symbol(TAKE_AWAY.text, "number")
"""The minus in front of a term: it stands close to it."""


def row_symbol(loss: str) -> Markup:
    """What stands under the sum sign: the square of the residual, or ℓ with the row as an index."""
    if loss == "squared_error":
        return Script(bracketed(_residual()), TWO)
    if loss == "absolute_error":
        return Bracket(_residual(), "|", "|")
    return Script(italic("ℓ"), None, EACH)


def row_formula(loss: str) -> Markup | None:
    """What ℓ is; ``None`` where the sum says it itself, or for a loss whose formula is not known here."""
    write = _TERMS.get(loss)
    return None if write is None else Row((Script(italic("ℓ"), None, EACH), EQUALS, *write().parts))


def penalty_terms(*, l1: bool, l2: bool) -> list[Markup]:
    """The penalties on the weights that are added to the loss of the rows."""
    total, w = Symbol("Σ", "upright"), italic("w")
    found: list[Markup] = []
    if l2:
        half = Over(Script(italic("λ"), None, TWO), TWO)
        found.append(row(half, Script(total, big=True), Script(w, TWO)))
    if l1:
        found.append(row(Script(italic("λ"), None, ONE), Script(total, big=True), Bracket(w, "|", "|")))
    return found


def _prediction() -> Markup:
    return Script(Hat(italic("y")), None, EACH)


def _target() -> Markup:
    return Script(italic("y"), None, EACH)


def _residual() -> Markup:
    return Row((_prediction(), TAKE_AWAY, _target()))


def _log(of: Markup) -> Markup:
    return Row((_LN, bracketed(of)))


def _cross_entropy() -> Row:
    rest = bracketed(Row((ONE, TAKE_AWAY, _target())))
    other = bracketed(Row((ONE, TAKE_AWAY, _prediction())))
    return Row((_MINUS, _target(), TIMES, _log(_prediction()), TAKE_AWAY, rest, TIMES, _LN, other))


def _softmax() -> Row:
    both = Row((EACH, _OUTPUT))
    total = Script(Symbol("Σ", "upright"), None, _OUTPUT, big=True)
    return Row((_MINUS, total, Script(italic("y"), None, both), TIMES, _log(Script(italic("p"), None, both))))


def _hinge() -> Row:
    inside = Row((_ZERO, _COMMA, ONE, TAKE_AWAY, _target(), TIMES, _prediction()))
    return Row((_MAX, bracketed(inside)))


def _huber() -> Row:
    size = Bracket(_residual(), "|", "|")
    half = Over(ONE, TWO)
    small = (half, Script(bracketed(_residual()), TWO), words(" if "), size, Symbol("≤", "relation"), ONE)
    return Row((*small, words(", else "), size, TAKE_AWAY, half))


_TERMS: Mapping[str, Callable[[], Row]] = {
    "cross_entropy": _cross_entropy,
    "softmax_cross_entropy": _softmax,
    "hinge": _hinge,
    "huber": _huber,
}
