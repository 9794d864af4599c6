"""The working of methods that have rules of their own: which lines each of them writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from neurosim.engine.coming_step import coming_step
from neurosim.engine.evaluate import Evaluator
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.records import dataclass, field
from neurosim.working.forward_lines import all_forward_lines
from neurosim.working.line import Line
from neurosim.working.loss_lines import loss_lines
from neurosim.working.sheet import Sheet

NOTHING: Mapping[str, Number] = MappingProxyType({})
"""What waits to be applied where there is no step."""


def no_step() -> Snapshot | None:
    """The snapshot after the step, where there is none."""
    return None


@dataclass(frozen=True)
class Written:
    """The lines of a step, why they end early, the values that it leads to, and what gives the snapshot there."""

    lines: list[Line]
    problem: str | None = None
    pending: Mapping[str, Number] = field(default_factory=lambda: NOTHING)
    look: Callable[[], Snapshot | None] = no_step


def own_lines(sheet: Sheet, evaluator: Evaluator) -> Written | None:
    """The lines of the coming step by the method of its own; ``None`` for a method that follows the gradient."""
    write = _WRITERS.get(sheet.settings.method)
    if write is None:
        return None
    problem = sheet.full.problem or sheet.step.problem
    coming = coming_step(sheet.full) if problem is None else None
    if coming is None or coming.problem is not None:
        lines = all_forward_lines(sheet)
        if problem is None:
            lines += loss_lines(sheet)
        return Written(lines, problem or (coming.problem if coming is not None else None))
    values = dict(coming.values)
    after = evaluator.evaluate(sheet.network.with_parameters(values), sheet.full.dataset, sheet.settings)
    if not values:
        return Written([*write(sheet, values, after)][:-1], None, coming.values, lambda: after)
    return Written(write(sheet, values, after), None, coming.values, lambda: after)


Writer = Callable[[Sheet, dict[str, Number], Snapshot], list[Line]]


# Each is loaded for a document that trains by its method.


def _perceptron_rule(sheet: Sheet, values: dict[str, Number], _after: Snapshot) -> list[Line]:
    from neurosim.working.perceptron_lines import perceptron_lines

    return perceptron_lines(sheet, values)


def _closed_form(sheet: Sheet, values: dict[str, Number], after: Snapshot) -> list[Line]:
    from neurosim.working.closed_form_lines import closed_form_lines

    return closed_form_lines(sheet, values, after)


def _random_search(sheet: Sheet, values: dict[str, Number], after: Snapshot) -> list[Line]:
    from neurosim.working.search_lines import search_lines

    return search_lines(sheet, values, after)


def _finite_difference(sheet: Sheet, values: dict[str, Number], after: Snapshot) -> list[Line]:
    from neurosim.working.difference_lines import difference_lines

    return difference_lines(sheet, values, after)


_WRITERS: Mapping[str, Writer] = {
    "perceptron_rule": _perceptron_rule,
    "closed_form": _closed_form,
    "random_search": _random_search,
    "finite_difference": _finite_difference,
}
