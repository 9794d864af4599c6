"""The factor x in a bias's derivative, where it does not belong: dL/db is taken for dL/da."""

from __future__ import annotations

from collections.abc import Iterator

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.pencil import Twist
from neurosim.lessons.answers.slips import Slip


def _slips(case: Case) -> Iterator[Slip]:
    pencil, parameter = case.pencil, case.parameter
    if pencil is None or parameter is None or parameter in pencil.network.edge_by_id:
        return
    for edge in pencil.weights_into(parameter):
        message = "The bias stands on an edge whose input is the constant 1: what is dŷ/db?"
        yield from case.twisted(Twist(with_input=edge.id), message, "the factor x of the weight is in the bias too")


PLUGIN = KnownError("extra_input", "Multiplied the bias's derivative by x", _slips, order=18)
