"""The end of every step: new values that wait, and the line that applies them all together."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from neurosim.engine.snapshot import Snapshot
from neurosim.markup.tree import Mark
from neurosim.markup.write_text import write_text
from neurosim.numbers.exact import Number
from neurosim.numbers.format import format_number
from neurosim.working.line import Equation, Line, equation
from neurosim.working.names import LOSS
from neurosim.working.penalty_lines import LOSS_REFS
from neurosim.working.sheet import Sheet
from neurosim.working.terms import Term

MOST_PARAMETERS = 40
"""So many parameters' updates are written out."""


def new_value(sheet: Sheet, parameter: str, term: Term | None, value: Number) -> Equation:
    """The new value of a parameter, which waits to be applied."""
    return equation(
        sheet.names.new(parameter),
        term,
        value,
        sheet.style,
        refs=frozenset({parameter}),
        role="next",
        emphasis="pending",
    )


def pending_note(sheet: Sheet, names: list[str]) -> str:
    """What else is to be said of new values: that nothing has moved yet, and what never does."""
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


def applied_line(
    sheet: Sheet, values: Mapping[str, Number], shown: Sequence[str], new: Snapshot | None, *, note: str = ""
) -> Line:
    """The line that applies *values*, of which those *shown* are written; *new* is the snapshot after the step."""

    def write() -> Iterator[Equation]:
        for parameter in shown:
            refs = frozenset({parameter})
            symbol = Mark(sheet.names.parameter(parameter), refs)
            yield equation(symbol, None, values[parameter], sheet.style, refs=refs, role="next", emphasis="changed")
        if new is not None and new.loss is not None:
            left = Mark(LOSS, LOSS_REFS, "loss")
            yield equation(
                left, None, new.loss, sheet.style, refs=LOSS_REFS, role="loss", emphasis="changed", both=True
            )

    if not note and new is None:
        note = "The loss after it is shown when the step has been taken."
    elif not note and new is not None:
        note = change_note(sheet, new) if new.loss is not None else new.problem or ""
    title = {1: "Apply it", 2: "Apply both together"}.get(len(values), "Apply all together")
    refs = frozenset(shown) | (LOSS_REFS if new is not None else frozenset())
    return Line(0, "update", title, write, refs, note=note)


def change_note(sheet: Sheet, new: Snapshot) -> str:
    """How the loss changes from before the step to *new*."""
    old, now = sheet.step.loss, new.loss
    if old is None or now is None or not math.isfinite(float(now)):
        return ""
    before, later = (format_number(value, sheet.style.mode, sheet.style.decimal) for value in (old, now))
    of = " of the mini-batch" if sheet.step is not sheet.full and sheet.n < len(sheet.full.row_losses) else ""
    if now == old:
        return f"The loss{of} stays {before}."
    if now < old:
        return f"The loss{of} falls from {before} to {later}."
    return f"The loss{of} rises from {before} to {later}: the step was too long."


def _plain(sheet: Sheet, parameter: str) -> str:
    return write_text(sheet.names.parameter(parameter))
