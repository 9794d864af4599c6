"""The update lines: each new value from the old ones, pending; then all applied together, and the new loss."""

from __future__ import annotations

from neurosim.engine.snapshot import Snapshot
from neurosim.working.applying import MOST_PARAMETERS, applied_line, pending_note
from neurosim.working.line import Equation, Line
from neurosim.working.next_step import NextStep
from neurosim.working.optimizer_forms import UPDATE, update_equations
from neurosim.working.rate_lines import rate_lines
from neurosim.working.sheet import Sheet


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
    lines = rate_lines(sheet)
    for title, equations in by_title.items():
        note = pending_note(sheet, names) if title == UPDATE else ""
        lines.append(Line(0, "update", title, equations.copy, frozenset(concerned[title]), note=note))
    lines.append(applied_line(sheet, after.values, shown, new))
    return lines
