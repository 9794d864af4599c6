"""Weights added to the inputs, or left out, where they multiply them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors._forward import forward_slip
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import Slip
from neurosim.numbers.exact import Number


def _slips(case: Case) -> Iterator[Slip]:
    def added(weights: list[Number], inputs: list[Number], bias: Number) -> Number:
        return sum((w + x for w, x in zip(weights, inputs, strict=True)), Fraction(0)) + bias

    def unweighted(_weights: list[Number], inputs: list[Number], bias: Number) -> Number:
        return sum(inputs, Fraction(0)) + bias

    message = "A weight is a multiplier on its edge: the input is multiplied by it."
    yield from forward_slip(case, added, message, "the weights are added to the inputs")
    yield from forward_slip(case, unweighted, message, "the weights are left out")


PLUGIN = KnownError("sum_for_product", "Added the weight or left it out", _slips, order=18)
