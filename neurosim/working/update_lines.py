"""The update lines: each new value from the old ones, pending; then all applied together, and the new loss."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from neurosim.engine.snapshot import Snapshot
from neurosim.working.applying import MOST_PARAMETERS, applied_line, pending_note
from neurosim.working.line import Equation, Line
from neurosim.working.next_step import NextStep
from neurosim.working.optimizer_forms import UPDATE, update_equations, update_titles
from neurosim.working.rate_lines import rate_lines
from neurosim.working.sheet import Sheet


def update_lines(sheet: Sheet, after: NextStep, new: Snapshot | None) -> list[Line]:
    """The lines from the gradient to the new parameters; *new* is the snapshot after the step, where it is known."""
    names = list(after.values)
    if not names:
        return [Line(0, "update", "Nothing moves: no parameter may be trained")]
    shown = names[:MOST_PARAMETERS]
    concerned: dict[str, dict[str, None]] = {}
    for parameter in shown:
        for title in update_titles(sheet, after, parameter):
            concerned.setdefault(title, {})[parameter] = None
    # Bias corrections share a title, but come in pairs per parameter: they stay in the order of the parameters.
    lines = rate_lines(sheet)
    for title, parameters in concerned.items():
        note = pending_note(sheet, names) if title == UPDATE else ""
        write = partial(_titled, sheet, after, title, tuple(parameters))
        lines.append(Line(0, "update", title, write, frozenset(parameters), note=note))
    lines.append(applied_line(sheet, after.values, shown, new))
    return lines


def _titled(sheet: Sheet, after: NextStep, title: str, parameters: Iterable[str]) -> Iterator[Equation]:
    """The equations of one title, parameter by parameter."""
    for parameter in parameters:
        for found, equation in update_equations(sheet, after, parameter):
            if found == title:
                yield equation
