"""The learning rate of the step as a formula: what the schedule makes of the one that was chosen."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction

from neurosim.engine.rate import coming_rate, is_constant
from neurosim.engine.schedules import SCHEDULES
from neurosim.markup.build import italic
from neurosim.markup.tree import Markup, Script, Symbol
from neurosim.working.line import Equation, Line, equation, stated
from neurosim.working.names import RATE
from neurosim.working.sheet import Sheet
from neurosim.working.terms import ONE, TWO, Call, Leaf, Power, Quotient, Term, minus, plus, times

STEP = italic("t")
PI = Leaf(Symbol("π", "upright"), math.pi)


def rate_leaf(sheet: Sheet) -> Leaf:
    """The learning rate of the coming step: η, or η_t where a schedule changes it."""
    if is_constant(sheet.settings):
        return Leaf(RATE, sheet.settings.learning_rate)
    return Leaf(Script(RATE, None, STEP), coming_rate(sheet.settings))


def rate_lines(sheet: Sheet) -> list[Line]:
    """The line that works the rate out; none where it is the one that was chosen."""
    if is_constant(sheet.settings):
        return []
    schedule = SCHEDULES[sheet.settings.schedule.name]
    form = _FORMS.get(schedule.name)

    def write() -> list[Equation]:
        leaf = rate_leaf(sheet)
        if form is None:
            return [stated(leaf.symbol, leaf.value, sheet.style)]
        first, term = form(sheet)
        return [*first, equation(leaf.symbol, term, leaf.value, sheet.style)]

    taken = sheet.settings.step
    note = f"{schedule.title}: t = {taken}, the number of steps taken so far."
    return [Line(0, "update", "The learning rate of this step", write, frozenset(), note=note)]


def _setting(sheet: Sheet, name: str, symbol: Markup) -> Leaf:
    schedule = sheet.settings.schedule
    return Leaf(symbol, Fraction(SCHEDULES[schedule.name].complete(schedule.settings)[name]))


def _chosen(sheet: Sheet) -> Leaf:
    return Leaf(RATE, sheet.settings.learning_rate)


def _taken(sheet: Sheet) -> Leaf:
    return Leaf(STEP, Fraction(sheet.settings.step))


Form = Callable[[Sheet], tuple[list[Equation], Term]]


def _step_decay(sheet: Sheet) -> tuple[list[Equation], Term]:
    every = int(_setting(sheet, "every", italic("k")).value)
    fallen = Leaf(italic("k"), Fraction(sheet.settings.step // every))
    said = stated(fallen.symbol, fallen.value, sheet.style)
    return [said], times(_chosen(sheet), Power(_setting(sheet, "factor", italic("γ")), fallen))


def _exponential(sheet: Sheet) -> tuple[list[Equation], Term]:
    return [], times(_chosen(sheet), Power(_setting(sheet, "factor", italic("γ")), _taken(sheet)))


def _inverse_time(sheet: Sheet) -> tuple[list[Equation], Term]:
    return [], Quotient(_chosen(sheet), plus(ONE, times(_setting(sheet, "decay", italic("δ")), _taken(sheet))))


def _cosine(sheet: Sheet) -> tuple[list[Equation], Term]:
    steps, least = _setting(sheet, "steps", italic("T")), _setting(sheet, "least", italic("ρ"))
    if sheet.settings.step >= steps.value:
        return [], times(_chosen(sheet), least)
    wave = Quotient(plus(ONE, Call("cos", (Quotient(times(PI, _taken(sheet)), steps),))), TWO)
    return [], times(_chosen(sheet), plus(least, times(minus(ONE, least), wave)))


def _warm_up(sheet: Sheet) -> tuple[list[Equation], Term]:
    steps = _setting(sheet, "steps", italic("T"))
    if sheet.settings.step + 1 >= steps.value:
        return [], times(_chosen(sheet), ONE)
    return [], times(_chosen(sheet), Quotient(plus(_taken(sheet), ONE), steps))


_FORMS: Mapping[str, Form] = {
    "step_decay": _step_decay,
    "exponential": _exponential,
    "inverse_time": _inverse_time,
    "cosine": _cosine,
    "warm_up": _warm_up,
}
