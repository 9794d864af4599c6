"""The factor x left out of a weight's derivative: dL/da is taken for dL/db."""

from __future__ import annotations

from collections.abc import Iterator

from neurosim.algebra.expression import Product, Symbol, factors_of, product_of, walk
from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.pencil import Twist
from neurosim.lessons.answers.slips import FormulaSlip, Slip

_MESSAGE = "Each residual is multiplied by something in d/da that is 1 in d/db. Look at dŷ/da."
_BRIEF = "the factor x is left out"


def _slips(case: Case) -> Iterator[Slip]:
    pencil, parameter = case.pencil, case.parameter
    if pencil is None or parameter is None or parameter not in pencil.network.edge_by_id:
        return
    plain = parameter == "a" and len(pencil.network.neurons) == 1
    message = (
        _MESSAGE if plain else "A weight's derivative has a factor that a bias's has not: what comes in by its edge."
    )
    yield from case.twisted(Twist(without_input=True), message, _BRIEF)


def _formulas(case: Case) -> Iterator[FormulaSlip]:
    right = case.right_formula
    if right is None or not case.asks("gradient", ""):
        return
    for path, part in walk(right):
        if path in {(), (0,)} and isinstance(part, Product):
            kept = [factor for factor in factors_of(part) if not (isinstance(factor, Symbol) and factor.name[0] == "x")]
            if len(kept) < len(part.factors):
                shorter = product_of(kept)
                formula = shorter if path == () else right.with_children((shorter, *right.children[1:]))
                yield FormulaSlip(formula, "One factor is missing: the derivative of ax + b by a is not 1.", _BRIEF)


PLUGIN = KnownError("forgot_input", "Left out the factor x of a weight", _slips, _formulas, order=10)
