"""The gradient added where it has to be subtracted."""

from __future__ import annotations

from collections.abc import Iterator

from neurosim.engine.evaluate import evaluate
from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import Slip
from neurosim.numbers.format import HAIR_SPACE, format_number


def _slips(case: Case) -> Iterator[Slip]:
    pencil, parameter = case.pencil, case.parameter
    if pencil is None or parameter is None or not case.asks("next") or not pencil.plain_descent:
        return
    up = {name: pencil.value(name) + pencil.rate * pencil.gradient(name) for name in pencil.snapshot.gradient}
    after = evaluate(pencil.network.with_parameters(up), pencil.snapshot.dataset, pencil.settings).loss
    shown = ""
    if after is not None:
        shown = f" (the loss would be {format_number(after, 'decimal', case.decimal).lstrip('~' + HAIR_SPACE)})"
    yield Slip(up[parameter], f"You went uphill{shown}. Subtract.", "the gradient is added")


PLUGIN = KnownError("uphill", "Added the gradient", _slips, order=10)
