"""The update lines: each new value from the old ones, pending; then all applied together, and the new loss."""

from __future__ import annotations

import math
from collections.abc import Iterator

from neurosim.engine.snapshot import Snapshot
from neurosim.markup.tree import Mark
from neurosim.markup.write_text import write_text
from neurosim.numbers.format import format_number
from neurosim.working.line import Equation, Line, equation
from neurosim.working.names import LOSS
from neurosim.working.next_step import NextStep
from neurosim.working.optimizer_forms import UPDATE, update_equations
from neurosim.working.penalty_lines import LOSS_REFS
from neurosim.working.sheet import Sheet

MOST_PARAMETERS = 40
"""So many parameters' updates are written out."""


def update_lines(sheet: Sheet, after: NextStep, new: Snapshot | None) -> list[Line]:
    """The lines from the gradient to the new parameters; *new* is the snapshot after the step, where it is known."""
    names = list(after.values)
    if not names:
        return [Line(0, "update", "Nothing moves: no parameter may be trained")]
    shown = names[:MOST_PARAMETERS]
    by_title: dict[str, list[Equation]] = {}
    concerned: dict[str, set[str]] = {}
    for parameter in shown:
        for title, found in update_equations(sheet, after, parameter):
            by_title.setdefault(title, []).append(found)
            concerned.setdefault(title, set()).add(parameter)
    # Bias corrections share a title, but come in pairs per parameter: they stay in the order of the parameters.
    lines = []
    for title, equations in by_title.items():
        note = _pending_note(sheet, names) if title == UPDATE else ""
        lines.append(Line(0, "update", title, equations.copy, frozenset(concerned[title]), note=note))
    lines.append(_applied(sheet, after, shown, new))
    return lines


def _pending_note(sheet: Sheet, names: list[str]) -> str:
    parts = []
    if len(names) == 2:
        first, second = (_plain(sheet, name) for name in names)
        parts.append(f"Both from the OLD {first} and {second}; nothing has moved yet.")
    elif len(names) > 2:
        parts.append("All from the OLD values; nothing has moved yet.")
    if len(names) > MOST_PARAMETERS:
        parts.append(f"… {len(names) - MOST_PARAMETERS} more parameters, worked out alike …")
    frozen = [name for name, free in sheet.network.trainable.items() if not free and name in sheet.step.gradient]
    if frozen:
        named = ", ".join(_plain(sheet, name) for name in frozen)
        parts.append(f"Frozen, so left as it is: {named}." if len(frozen) == 1 else f"Frozen, so left: {named}.")
    return " ".join(parts)


def _plain(sheet: Sheet, parameter: str) -> str:
    return write_text(sheet.names.parameter(parameter))


def _applied(sheet: Sheet, after: NextStep, shown: list[str], new: Snapshot | None) -> Line:
    def write() -> Iterator[Equation]:
        for parameter in shown:
            refs = frozenset({parameter})
            symbol = Mark(sheet.names.parameter(parameter), refs)
            value = after.values[parameter]
            yield equation(symbol, None, value, sheet.style, refs=refs, role="next", emphasis="changed")
        if new is not None and new.loss is not None:
            left = Mark(LOSS, LOSS_REFS, "loss")
            yield equation(
                left, None, new.loss, sheet.style, refs=LOSS_REFS, role="loss", emphasis="changed", both=True
            )

    note = "" if new is None else _change_note(sheet, new) if new.loss is not None else new.problem or ""
    title = {1: "Apply it", 2: "Apply both together"}.get(len(after.values), "Apply all together")
    return Line(0, "update", title, write, frozenset(shown) | LOSS_REFS, note=note)


def _change_note(sheet: Sheet, new: Snapshot) -> str:
    old, now = sheet.step.loss, new.loss
    if old is None or now is None or not math.isfinite(float(now)):
        return ""
    before, later = (format_number(value, sheet.style.mode, sheet.style.decimal) for value in (old, now))
    of = " of the mini-batch" if sheet.step is not sheet.full else ""
    if now == old:
        return f"The loss{of} stays {before}."
    if now < old:
        return f"The loss{of} falls from {before} to {later}."
    return f"The loss{of} rises from {before} to {later}: the step was too long."
