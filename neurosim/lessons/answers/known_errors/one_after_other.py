"""Parameters updated one after the other: the second one's gradient is taken at the new first one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from neurosim.engine.evaluate import evaluate
from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import Slip
from neurosim.numbers.exact import Number

_MOST = 3
"""Parameters up to which every order is tried; beyond it only the one that they are listed in."""


def _slips(case: Case) -> Iterator[Slip]:
    pencil, parameter = case.pencil, case.parameter
    if pencil is None or parameter is None or not case.asks("next") or not pencil.plain_descent:
        return
    names = [name for name in pencil.snapshot.gradient if pencil.network.trainable[name]]
    orders = permutations(names) if len(names) <= _MOST else iter([tuple(names)])
    seen: set[Number] = set()
    for order in orders:
        network = pencil.network
        for name in order:
            now = evaluate(network, pencil.snapshot.dataset, pencil.settings)
            if name not in now.gradient:
                break
            new = network.parameters[name] - pencil.rate * now.gradient[name]
            if name == parameter:
                if name != order[0] and new not in seen:
                    seen.add(new)
                    yield _slip(new, _called(order[0]), _called(name))
                break
            network = network.with_parameters({name: new})


def _slip(value: Number, first: str, second: str) -> Slip:
    return Slip(
        value,
        f"You used the new {first}. Both come from the old {first} and {second}.",
        f"the new {first} is used for {second}",
    )


def _called(parameter: str) -> str:
    return "b" if parameter.endswith(".bias") else parameter


PLUGIN = KnownError("one_after_other", "Updated one parameter after the other", _slips, order=12)
