"""The prediction where the residual is asked for, or the target added instead of taken away."""

from __future__ import annotations

from collections.abc import Iterator

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import Slip


def _slips(case: Case) -> Iterator[Slip]:
    pencil, row = case.pencil, case.row
    if pencil is None or row is None or pencil.neuron is None or not case.asks("residual"):
        return
    prediction, target = pencil.a(pencil.neuron.id, row), pencil.y(pencil.neuron.id, row)
    alone = "That is the prediction. The residual is how far it is from the target: take the target away."
    yield Slip(prediction, alone, "the target is not taken away")
    yield Slip(prediction + target, "The target is taken away from the prediction, not added.", "the target is added")


PLUGIN = KnownError("forgot_target", "Did not take the target away", _slips, order=18)
