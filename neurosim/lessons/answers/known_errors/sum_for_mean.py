"""The sum over the rows where the mean is asked for: n is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from neurosim.algebra.expression import Product, Symbol, symbols
from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.pencil import Twist
from neurosim.lessons.answers.slips import FormulaSlip, Slip

_BRIEF = "the sum is not divided by n"


def _slips(case: Case) -> Iterator[Slip]:
    pencil, expected = case.pencil, case.expected
    if pencil is None or pencil.n < 2 or not pencil.settings.reduction.endswith("mean") or case.asks("share"):
        return
    yield from case.twisted(
        Twist(times=Fraction(pencil.n)),
        "That is the gradient of the sum. L here is the mean: divide by n.",
        _BRIEF,
    )
    if case.asks("loss") and expected is not None:
        yield Slip(
            expected * pencil.n,
            f"That is the sum over the rows. The mean is the sum divided by n = {pencil.n}.",
            _BRIEF,
        )


def _formulas(case: Case) -> Iterator[FormulaSlip]:
    right = case.right_formula
    if right is not None and "n" in symbols(right):
        yield FormulaSlip(Product((Symbol("n"), right)), "That belongs to the sum. The mean is divided by n.", _BRIEF)


PLUGIN = KnownError("sum_for_mean", "Took the sum for the mean", _slips, _formulas, order=14)
