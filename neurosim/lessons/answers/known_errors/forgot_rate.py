"""The whole gradient subtracted, without the learning rate."""

from __future__ import annotations

from collections.abc import Iterator

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import Slip


def _slips(case: Case) -> Iterator[Slip]:
    pencil, parameter = case.pencil, case.parameter
    if pencil is None or parameter is None or not case.asks("next"):
        return
    old, gradient = pencil.value(parameter), pencil.gradient(parameter)
    message = f"That is the whole gradient. A step takes only {_share(case)} of it: the learning rate."
    yield Slip(old - gradient, message, "the learning rate is left out")
    yield Slip(
        old + gradient, f"{message} And it is subtracted.", "the learning rate is left out and the gradient added"
    )


def _share(case: Case) -> str:
    return str(case.pencil.rate) if case.pencil is not None else "a part"


PLUGIN = KnownError("forgot_rate", "Left out the learning rate", _slips, order=14)
