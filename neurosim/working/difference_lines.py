"""Finite differences, line by line: the loss to both sides of each parameter, the slope between, and the step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from neurosim.engine.evaluate import Evaluator
from neurosim.engine.methods.finite_difference import NUDGE, PLUGIN
from neurosim.engine.snapshot import Snapshot
from neurosim.markup.build import PLUS, TAKE_AWAY, italic
from neurosim.markup.tree import Bracket, Mark, Markup, Row
from neurosim.numbers.exact import Number
from neurosim.working.applying import MOST_PARAMETERS
from neurosim.working.elsewhere import loss_elsewhere
from neurosim.working.forward_lines import all_forward_lines
from neurosim.working.line import Equation, Line, equation
from neurosim.working.loss_lines import loss_lines
from neurosim.working.names import LOSS, refs_of_gradient
from neurosim.working.next_step import next_step
from neurosim.working.sheet import Sheet
from neurosim.working.terms import TWO, Leaf, Quotient, minus, times
from neurosim.working.update_lines import update_lines

H = italic("h")


def difference_lines(sheet: Sheet, values: dict[str, Number], after: Snapshot) -> list[Line]:
    """All lines of the step that leads to *values*."""
    lines = [*all_forward_lines(sheet), *loss_lines(sheet)]
    h = Leaf(H, PLUGIN.complete(sheet.settings.method_settings)[NUDGE.name])
    slopes: dict[str, Number] = dict(sheet.full.gradient)
    evaluator = Evaluator()
    exact = sheet.full.exact
    for name in values:
        here = sheet.network.parameters[name]
        above, below = (
            evaluator.evaluate(
                sheet.network.with_parameters({name: _sum(here, sign * h.value)}), sheet.full.dataset, sheet.settings
            )
            for sign in (1, -1)
        )
        if above.loss is None or below.loss is None:
            continue
        slopes[name] = (above.loss - below.loss) / (2 * h.value)
        exact = exact and above.exact and below.exact
        if len(lines) < 4 * MOST_PARAMETERS:
            lines += _nudged(sheet, name, h, above, below, slopes[name])
    estimated = replace(sheet.step, gradient=MappingProxyType(slopes), exact=exact)
    along = replace(sheet, full=estimated, step=estimated)
    step = next_step(estimated)
    if step is None:
        return lines
    return [*lines, *update_lines(along, replace(step, values=_agreeing(step.values, values)), after)]


def _agreeing(worked: Mapping[str, Number], taken: Mapping[str, Number]) -> Mapping[str, Number]:
    """The values that the step takes: those of the engine, whose sums run in another order by a last bit."""
    return MappingProxyType({name: taken.get(name, value) for name, value in worked.items()})


def _sum(value: Number, change: Number) -> Number:
    return value + change


def _nudged(sheet: Sheet, name: str, h: Leaf, above: Snapshot, below: Snapshot, slope: Number) -> list[Line]:
    parameter = sheet.names.parameter(name)
    up, down = (_at(parameter, sign) for sign in (PLUS, TAKE_AWAY))
    refs = refs_of_gradient(name)

    def write() -> list[Equation]:
        high, low = Leaf(up, above.loss or 0.0, role="loss"), Leaf(down, below.loss or 0.0, role="loss")
        term = Quotient(minus(high, low), times(TWO, h))
        left = Mark(sheet.names.gradient(name), refs, "gradient")
        return [equation(left, term, slope, sheet.style, refs=refs, role="gradient")]

    title = "the bias" if name not in sheet.network.edge_by_id else name
    return [
        loss_elsewhere(sheet, above, f"Nudge {title} up: the loss there", up, phase="backward"),
        loss_elsewhere(sheet, below, f"Nudge {title} down: the loss there", down, phase="backward"),
        Line(0, "backward", f"The slope along {title}: the difference over twice the nudge", write, refs),
    ]


def _at(parameter: Markup, sign: Markup) -> Markup:
    return Row((LOSS, Bracket(Row((parameter, sign, H)))))
