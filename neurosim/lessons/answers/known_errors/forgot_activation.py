"""The sum where the output is asked for: the activation is not applied."""

from __future__ import annotations

from collections.abc import Iterator

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import Slip


def _slips(case: Case) -> Iterator[Slip]:
    if case.pencil is not None and case.asks("output", "value") and case.node is not None and case.row is not None:
        z = case.pencil.z(case.node, case.row)
        yield Slip(z, "That is the sum z. The output is f(z): apply the activation.", "the activation is left out")
    if case.pencil is not None and case.asks("z") and case.node is not None and case.row is not None:
        a = case.pencil.a(case.node, case.row)
        yield Slip(a, "That is the output f(z). The sum before the activation is asked for.", "the output is given")


PLUGIN = KnownError("forgot_activation", "Left out the activation", _slips, order=9)
