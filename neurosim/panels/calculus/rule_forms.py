"""The rules of the lecture's table as they are set: a kind of function, and its derivative."""

from __future__ import annotations

from collections.abc import Mapping

from neurosim.algebra.rules import RULES, Rule
from neurosim.markup.build import PLUS, TAKE_AWAY, bracketed, italic, row, words
from neurosim.markup.tree import Markup, Over, Script, Symbol

_X, _N, _A, _C = italic("x"), italic("n"), italic("a"), italic("c")
_E = Symbol("e", "upright")
_PRIME = Symbol("′", "upright")
_ONE, _TWO, _ZERO = Symbol("1", "number"), Symbol("2", "number"), Symbol("0", "number")


def _of(name: str, inside: Markup, prime: bool = False) -> Markup:
    return row(italic(name), *([_PRIME] if prime else []), bracketed(inside))


def _ln(inside: Markup) -> Markup:
    return row(Symbol("ln", "upright"), bracketed(inside))


_F, _G = _of("f", _X), _of("g", _X)
_DF, _DG = _of("f", _X, prime=True), _of("g", _X, prime=True)
_LESS = row(_N, TAKE_AWAY, _ONE)

FORMS: Mapping[str, tuple[Markup, Markup]] = {
    "constant": (_C, _ZERO),
    "constant_multiple": (row(_C, _F), row(_C, _DF)),
    "sum": (row(_F, PLUS, _G), row(_DF, PLUS, _DG)),
    "power": (Script(_X, _N), row(_N, Script(_X, _LESS))),
    "exponential_e": (Script(_E, _X), Script(_E, _X)),
    "exponential_a": (Script(_A, _X), row(Script(_A, _X), _ln(_A))),
    "logarithm": (_ln(_X), Over(_ONE, _X)),
    "product": (row(_F, _G), row(_DF, _G, PLUS, _F, _DG)),
    "quotient": (Over(_F, _G), Over(row(_DF, _G, TAKE_AWAY, _F, _DG), Script(_G, _TWO))),
    "chain": (_of("f", _G), row(_of("f", _G, prime=True), _DG)),
}
"""Function and derivative by the rule's name."""


def forms_of(rule: Rule) -> tuple[Markup, Markup]:
    """How a rule is set; in plain words where nobody has set it yet."""
    return FORMS.get(rule.name) or (words(rule.function), words(rule.derivative))


TABLE: tuple[Rule, ...] = tuple(rule for rule in RULES.values() if rule.in_table)
"""The ten rules of the lecture, in its order."""
