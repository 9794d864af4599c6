"""The loss at other parameters as one line, which opens into the whole working there."""

from __future__ import annotations

from neurosim.engine.snapshot import Snapshot
from neurosim.markup.tree import Mark, Markup
from neurosim.working.forward_lines import all_forward_lines
from neurosim.working.line import Equation, Line, Phase, equation
from neurosim.working.loss_lines import loss_lines
from neurosim.working.penalty_lines import LOSS_REFS
from neurosim.working.sheet import Sheet, sheet_of


def loss_elsewhere(
    sheet: Sheet, there: Snapshot, title: str, symbol: Markup, *, phase: Phase, problem: str | None = None
) -> Line:
    """The loss in the snapshot *there*, called *symbol*; opened, it is worked out as the present one is."""

    def write() -> list[Equation]:
        if there.loss is None:
            return []
        return [equation(Mark(symbol, LOSS_REFS, "loss"), None, there.loss, sheet.style, role="loss", both=True)]

    def opened() -> list[Line]:
        other = sheet_of(there, sheet.rows, sheet.style)
        return [*all_forward_lines(other), *loss_lines(other)]

    return Line(0, phase, title, write, LOSS_REFS, None, opened if there.loss is not None else None, problem or "")
