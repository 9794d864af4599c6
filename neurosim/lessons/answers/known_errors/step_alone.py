"""The step, or the gradient, where the parameter after the step is asked for."""

from __future__ import annotations

from collections.abc import Iterator

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import Slip


def _slips(case: Case) -> Iterator[Slip]:
    pencil, parameter = case.pencil, case.parameter
    if pencil is None or parameter is None or not case.asks("next"):
        return
    gradient, old = pencil.gradient(parameter), pencil.value(parameter)
    step = "That is the step alone: the learning rate times the gradient. Take it away from the old value."
    yield Slip(pencil.rate * gradient, step, "only the step is given")
    yield Slip(-pencil.rate * gradient, step, "only the step is given")
    yield Slip(gradient, "That is the gradient. The parameter after the step is asked for.", "the gradient is given")
    yield Slip(old, "That is the old value: the step is still to be taken.", "the old value is given")


PLUGIN = KnownError("step_alone", "Gave the step instead of the new value", _slips, order=16)
