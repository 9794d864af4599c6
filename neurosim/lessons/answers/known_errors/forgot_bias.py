"""The sum without the bias."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors._forward import forward_slip
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import Slip
from neurosim.numbers.exact import Number


def _slips(case: Case) -> Iterator[Slip]:
    def without(weights: list[Number], inputs: list[Number], _bias: Number) -> Number:
        return sum((w * x for w, x in zip(weights, inputs, strict=True)), Fraction(0))

    message = "One edge is left out: the constant 1 comes in too, times the bias."
    yield from forward_slip(case, without, message, "the bias is left out")


PLUGIN = KnownError("forgot_bias", "Left out the bias", _slips, order=10)
