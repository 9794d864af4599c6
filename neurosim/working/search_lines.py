"""Random search, line by line: the loss now, a random direction, the loss there, and the better of the two."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from neurosim.engine.compiled import compile_network
from neurosim.engine.evaluate import Evaluator
from neurosim.engine.methods._losses import free_names
from neurosim.engine.methods.random_search import HUNDREDTHS, drawn
from neurosim.engine.snapshot import Snapshot
from neurosim.markup.build import index, italic, words
from neurosim.markup.tree import Mark, Script
from neurosim.numbers.exact import Number
from neurosim.numbers.format import format_number
from neurosim.working.applying import MOST_PARAMETERS, applied_line, new_value
from neurosim.working.elsewhere import loss_elsewhere
from neurosim.working.forward_lines import all_forward_lines
from neurosim.working.line import Equation, Line, equation, stated
from neurosim.working.loss_lines import loss_lines
from neurosim.working.names import LOSS
from neurosim.working.penalty_lines import LOSS_REFS
from neurosim.working.rate_lines import rate_leaf, rate_lines
from neurosim.working.sheet import Sheet
from neurosim.working.terms import Leaf, plus, times

TRIED = words("try")


def search_lines(sheet: Sheet, values: dict[str, Number], after: Snapshot) -> list[Line]:
    """All lines of the step that leads to *values*."""
    names = list(values)
    lines = [*all_forward_lines(sheet), *loss_lines(sheet)]
    directions = _directions(sheet)
    rate = rate_leaf(sheet)
    tried: dict[str, Number] = {}
    for name in names:
        value, direction = sheet.network.parameters[name], directions[name]
        exact = isinstance(value, Fraction) and isinstance(rate.value, Fraction)
        tried[name] = value + rate.value * direction if exact else float(value) + float(rate.value) * float(direction)
    there = Evaluator().evaluate(sheet.network.with_parameters(tried), sheet.full.dataset, sheet.settings)
    shown = names[:MOST_PARAMETERS]
    refs = frozenset(shown)
    kept = all(values[name] == tried[name] for name in names) and values != {
        name: sheet.network.parameters[name] for name in names
    }

    def draw() -> Iterator[Equation]:
        for name in shown:
            yield stated(_direction(sheet, name), directions[name], sheet.style)

    def candidates() -> Iterator[Equation]:
        for name in shown:
            d = Leaf(_direction(sheet, name), directions[name])
            term = plus(sheet.parameter(name), times(rate, d))
            yield equation(_tried(sheet, name), term, tried[name], sheet.style, refs=frozenset({name}))

    def keep() -> Iterator[Equation]:
        for name in shown:
            leaf = Leaf(_tried(sheet, name), tried[name]) if kept else sheet.parameter(name)
            yield new_value(sheet, name, leaf, values[name])

    seed, step = sheet.settings.seed, sheet.settings.step
    note = f"Drawn from the seed {seed} and the step number {step} alone, so that the same step draws the same again."
    lines += rate_lines(sheet)
    lines.append(Line(0, "update", "Draw a direction at random", draw, refs, note=note))
    lines.append(Line(0, "update", "Try a step in that direction", candidates, refs))
    lines.append(
        loss_elsewhere(sheet, there, "The loss there", index(LOSS, None, TRIED), phase="update", problem=there.problem)
    )
    title = "It is lower: keep the step" if kept else "It is not lower: stay"
    lines.append(Line(0, "update", title, keep, refs | LOSS_REFS, note=_compared(sheet, there)))
    return [*lines, applied_line(sheet, values, shown, after)]


def _directions(sheet: Sheet) -> dict[str, Fraction]:
    exact = sheet.full.exact
    position = None if exact else compile_network(sheet.network, sheet.full.dataset).position
    names = free_names(sheet.network, position)
    draws = drawn(len(names), sheet.settings.seed, sheet.settings.step).tolist()
    return {name: Fraction(int(draw), HUNDREDTHS) for name, draw in zip(names, draws, strict=True)}


def _direction(sheet: Sheet, name: str) -> Script:
    return Script(italic("d"), None, sheet.names.parameter(name))


def _tried(sheet: Sheet, name: str) -> Mark:
    base = sheet.names.parameter(name)
    symbol = Script(base.base, TRIED, base.below) if isinstance(base, Script) else Script(base, TRIED)
    return Mark(symbol, frozenset({name}))


def _compared(sheet: Sheet, there: Snapshot) -> str:
    old, new = sheet.full.loss, there.loss
    if old is None or new is None:
        return there.problem or ""
    here, tried = (format_number(value, sheet.style.mode, sheet.style.decimal) for value in (old, new))
    relation = "is below" if new < old else "is not below"
    return f"{tried} {relation} {here}."
