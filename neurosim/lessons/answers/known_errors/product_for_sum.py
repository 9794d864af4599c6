"""Everything multiplied, where the products are added."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors._forward import forward_slip
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import Slip
from neurosim.numbers.exact import Number

_MESSAGE = "Along an edge one multiplies; where edges meet one adds."


def _slips(case: Case) -> Iterator[Slip]:
    def all_multiplied(weights: list[Number], inputs: list[Number], bias: Number) -> Number:
        return math.prod([*weights, *inputs], start=Fraction(1)) * bias

    def products_multiplied(weights: list[Number], inputs: list[Number], bias: Number) -> Number:
        return math.prod([*weights, *inputs], start=Fraction(1)) + bias

    yield from forward_slip(case, all_multiplied, _MESSAGE, "everything is multiplied")
    pencil, node = case.pencil, case.node
    if pencil is not None and node is not None and len(pencil.network.incoming[node]) > 1:
        yield from forward_slip(case, products_multiplied, _MESSAGE, "the products are multiplied")


PLUGIN = KnownError("product_for_sum", "Multiplied where one adds", _slips, order=14)
