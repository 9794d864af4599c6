"""The bias with the opposite sign."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors._forward import forward_slip
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import Slip
from neurosim.numbers.exact import Number


def _slips(case: Case) -> Iterator[Slip]:
    def turned(weights: list[Number], inputs: list[Number], bias: Number) -> Number:
        return sum((w * x for w, x in zip(weights, inputs, strict=True)), Fraction(0)) - bias

    yield from forward_slip(
        case, turned, "The products are right. Look at the sign of the bias.", "the bias changes its sign"
    )


PLUGIN = KnownError("bias_sign", "Changed the sign of the bias", _slips, order=11)
