"""The chain rule without its inner factor: only the outside is differentiated."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors._careless import careless
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.pencil import Pencil, Twist
from neurosim.lessons.answers.slips import FormulaSlip, Slip
from neurosim.numbers.exact import Number

_BRIEF = "the inside is not differentiated"


def _slips(case: Case) -> Iterator[Slip]:
    pencil = case.pencil
    if pencil is None or all(neuron.activation == "identity" for neuron in pencil.network.neurons):
        return
    message = "The chain has one more link: what comes back passes through f, so f'(z) is a factor too."
    yield from case.twisted(Twist(slope=lambda _node, _row: Fraction(1)), message, "the factor f'(z) is left out")
    for bent in pencil.network.neurons:
        if bent.activation != "identity" and len(pencil.network.neurons) > 1:

            def slope(node: str, row: int, found: Pencil = pencil, skipped: str = bent.id) -> Number:
                return Fraction(1) if node == skipped else found.slope(node, row)

            yield from case.twisted(Twist(slope=slope), message, "one factor f'(z) is left out")


def _formulas(case: Case) -> Iterator[FormulaSlip]:
    if case.derived is None:
        return
    for formula in careless(*case.derived, "outside_only"):
        yield FormulaSlip(
            formula,
            "The outside is differentiated well. The chain rule has one more factor: the derivative of the inside.",
            _BRIEF,
        )


PLUGIN = KnownError("outside_only", "Differentiated the outside only", _slips, _formulas, order=8)
