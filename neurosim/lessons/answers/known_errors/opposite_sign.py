"""The right size with the opposite sign: a residual or a minus the other way round."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from neurosim.algebra.expression import Negation
from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.pencil import Twist
from neurosim.lessons.answers.slips import FormulaSlip, Slip

_BRIEF = "the sign is the other way round"
_RESIDUAL = "Right size, opposite sign. Is r = ŷ − y, or the other way round?"


def _slips(case: Case) -> Iterator[Slip]:
    expected = case.expected
    if expected is None:
        return
    if case.asks("gradient"):
        yield from case.twisted(Twist(times=Fraction(-1)), _RESIDUAL, _BRIEF)
    elif case.asks("residual", "slope"):
        yield Slip(-expected, _RESIDUAL, _BRIEF)
    elif case.asks("loss", "rowloss", "square", "squares"):
        yield Slip(-expected, "Right size, but a loss is never below 0: look at the minus in front.", _BRIEF)
    else:
        yield Slip(-expected, "Right size, opposite sign: where did a minus come in, or get lost?", _BRIEF)


def _formulas(case: Case) -> Iterator[FormulaSlip]:
    if case.right_formula is not None:
        message = "All of it is there but for one minus: where does it come from?"
        yield FormulaSlip(Negation(case.right_formula), message, "a minus is missing or too many")


PLUGIN = KnownError("opposite_sign", "Got the opposite sign", _slips, _formulas, order=20)
